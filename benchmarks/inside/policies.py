"""District-style policies and firms in any number, for measuring and for comparing evaluators with each other.

Forty patterns as districts write them (about six conditions over 33 facts, an amount by rate and cap, by band, level,
year or fixed); more than forty are the same patterns with other thresholds and amounts. All of it is invented and
follows from the seed alone.

``make_dictionary()``   the 33 facts
``make_clauses(n, seed)``   n clauses as a ``ClauseSet``
``make_facts(rows, seed, unknown_share)``   the facts of that many firms, some of them unknown
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from benchmarks.inside.rule_parts import at_least, plain_clause, ratio, term
from feidi.engines.rules.amounts import (
    Amount,
    Band,
    Banded,
    ByCode,
    ByYear,
    Capped,
    Fixed,
    Less,
    Progressive,
    Rate,
    Smallest,
    Step,
    Sum,
    Times,
    Where,
)
from feidi.engines.rules.clauses import Clause, ClauseSet, Decision
from feidi.engines.rules.conditions import (
    All,
    Any,
    AtLeast,
    Compare,
    Condition,
    Holds,
    Is,
    Linear,
    Not,
    OnDay,
    OneOf,
    Op,
    Since,
    Span,
)
from feidi.engines.rules.facts import FactDef, FactDictionary, Facts, FactType, Value, dictionary_of, exactly, ordinal

AS_OF = date(2026, 11, 29)
WAN = 1_000_000
"""万元 in hundredths of a yuan."""

PATTERNS = 40
_MOST = 10**14
_DAYS = (ordinal(date(1990, 1, 1)), ordinal(AS_OF))
_LEVELS = ("none", "district", "city", "province", "nation")
_TITLES = ("tech_sme", "provincial_sme", "little_giant", "champion", "high_tech", "gazelle")
_TRADES = ("robots", "ceramics", "energy", "chips", "medicine", "software", "food", "other")


@dataclass(frozen=True, slots=True)
class Draw:
    """How a firm's value of one fact is drawn: log-uniform between two powers of ten, or with a chance, or one of."""

    low: float = 0
    high: float = 0
    chance: float = 0


#: money facts in 万元 as powers of ten
MONEY = {
    "revenue": Draw(2, 5.5),
    "revenue_before": Draw(2, 5.5),
    "rd_spend": Draw(0.5, 4),
    "rd_spend_before": Draw(0.5, 4),
    "fixed_investment": Draw(1, 5),
    "land_price": Draw(0, 3.5),
    "paid_in_capital": Draw(1, 4.5),
    "export_value": Draw(0, 4),
    "equipment_spend": Draw(0.5, 4),
    "loan_interest": Draw(-1, 2.5),
    "rent_paid": Draw(0, 3),
    "contribution": Draw(0, 4),
    "received_same_kind": Draw(-1, 2.5),
    "certification_cost": Draw(-1, 3),
}
#: counts and areas as powers of ten
COUNTS = {
    "staff": Draw(1, 3.5),
    "rd_staff": Draw(0, 2.5),
    "patents": Draw(0, 2),
    "standards": Draw(0, 1),
    "plant_area": Draw(2, 4.5),
    "storage_kwh": Draw(2, 4.5),
}
DATES = ("founded", "moved_in", "recognised")
LEVEL_FACTS = ("rd_centre", "incubator")
YESNO = {"listed": 0.08, "in_zone": 0.55, "clean_record": 0.93, "above_scale": 0.4, "high_tech_firm": 0.3, "new": 0.3}
CODE_FACT, SET_FACT = "trade", "titles"


def make_dictionary() -> FactDictionary:
    """Return the facts that the policies are about."""
    return dictionary_of(list(_definitions()))


def _definitions() -> Iterator[FactDef]:
    for fact in MONEY:
        yield FactDef(fact, fact, FactType.NUMBER, unit="元", scale=2, lo=0, hi=_MOST)
    for fact in COUNTS:
        yield FactDef(fact, fact, FactType.NUMBER, unit="项", lo=0, hi=10**7)
    for fact in DATES:
        yield FactDef(fact, fact, FactType.DATE, lo=_DAYS[0], hi=_DAYS[1])
    for fact in LEVEL_FACTS:
        yield FactDef(fact, fact, FactType.LEVEL, codes=_LEVELS)
    for fact in YESNO:
        yield FactDef(fact, fact, FactType.YESNO)
    yield FactDef(CODE_FACT, CODE_FACT, FactType.CODE, codes=_TRADES)
    yield FactDef(SET_FACT, SET_FACT, FactType.CODES, codes=_TITLES)


def make_facts(rows: int, seed: int, unknown_share: float = 0.15) -> list[Facts]:
    """Return what is known of that many firms; each fact is unknown with the given chance."""
    chance = random.Random(seed)
    draws: dict[str, Callable[[], Value]] = _draws(chance)
    return [{fact: draw() for fact, draw in draws.items() if chance.random() >= unknown_share} for _row in range(rows)]


def _draws(chance: random.Random) -> dict[str, Callable[[], Value]]:
    def number(draw: Draw, unit: int) -> Callable[[], Value]:
        return lambda: exactly(int(10 ** chance.uniform(draw.low, draw.high) * unit))

    def yes(share: float) -> Callable[[], Value]:
        return lambda: chance.random() < share

    return {
        **{fact: number(draw, WAN) for fact, draw in MONEY.items()},
        **{fact: number(draw, 1) for fact, draw in COUNTS.items()},
        **dict.fromkeys(DATES, lambda: exactly(chance.randint(_DAYS[0] + 7000, _DAYS[1]))),
        **dict.fromkeys(LEVEL_FACTS, lambda: exactly(chance.choices(range(5), (40, 25, 20, 10, 5))[0])),
        **{fact: yes(share) for fact, share in YESNO.items()},
        CODE_FACT: lambda: chance.choice(_TRADES),
        SET_FACT: lambda: frozenset(title for title in _TITLES if chance.random() < 0.2),
    }


def make_clauses(n: int, seed: int) -> ClauseSet:
    """Return n clauses: the forty patterns, then the same ones with other thresholds and amounts."""
    clauses = {}
    for number in range(n):
        pattern = random.Random(f"{seed}/{number % PATTERNS}")
        factor = (
            Fraction(random.Random(f"{seed}+{number}").randint(60, 180), 100) if number >= PATTERNS else Fraction(1)
        )
        clause = _Writer(pattern, factor).clause(f"P{number:04d}")
        clauses[clause.code] = clause
    return ClauseSet(clauses)


class _Writer:
    """Writes one clause of a pattern; every threshold and amount times ``factor``."""

    def __init__(self, chance: random.Random, factor: Fraction) -> None:
        self.chance, self.factor = chance, factor

    def clause(self, code: str) -> Clause:
        kinds = (
            self._money,
            self._growth,
            self._ratio,
            self._count,
            self._age,
            self._alternative,
            self._level,
            self._two,
        )
        parts: list[Condition] = [self._trades(), self._money(), self._flag()]
        parts += [self.chance.choice(kinds)() for _more in range(self.chance.choice((1, 2, 3, 3)))]
        decision = self.chance.choices(list(Decision), (55, 20, 5, 20))[0]
        return plain_clause(code, All(tuple(parts)), self._amount(), decision=decision)

    def _wan(self, *choices: int) -> Fraction:
        return Fraction(int(self.chance.choice(choices) * WAN * self.factor))

    def _trades(self) -> Condition:
        count = self.chance.randint(4, 7)
        return OneOf(CODE_FACT, frozenset(self.chance.sample(_TRADES, count)))

    def _flag(self) -> Condition:
        fact = self.chance.choice(list(YESNO))
        return Not(Is(fact)) if fact == "new" else Is(fact)

    def _money(self) -> Condition:
        fact = self.chance.choice(("revenue", "rd_spend", "fixed_investment", "paid_in_capital", "equipment_spend"))
        low = self._wan(50, 100, 200, 500, 1000, 2000)
        if self.chance.random() < 0.25:
            return All((at_least(fact, low), at_least(fact, low * 20, Op.LT)))
        return at_least(fact, low)

    def _growth(self) -> Condition:
        rate = Fraction(self.chance.choice((105, 110, 120)), 100)
        return Compare(Linear((("revenue", Fraction(1)), ("revenue_before", -rate))), Op.GE)

    def _ratio(self) -> Condition:
        rate = Fraction(self.chance.choice((3, 4, 5, 10)), 100) * self.factor
        return ratio(
            *self.chance.choice((("rd_spend", "revenue"), ("rd_staff", "staff"), ("export_value", "revenue"))), rate
        )

    def _count(self) -> Condition:
        fact = self.chance.choice(("staff", "rd_staff", "patents", "standards", "plant_area", "storage_kwh"))
        return at_least(fact, int(self.chance.choice((2, 5, 10, 20)) * self.factor))

    def _age(self) -> Condition:
        if self.chance.random() < 0.3:
            return OnDay("recognised", Op.GE, _DAYS[1] - int(self.chance.choice((365, 730, 1460)) * self.factor))
        op = self.chance.choice((Op.GE, Op.LE))
        return Since(self.chance.choice(("founded", "moved_in")), op, self.chance.choice((1, 2, 3, 5, 10)), Span.YEAR)

    def _alternative(self) -> Condition:
        parts = (self._money(), self._level(), self._titles(), self._count())
        return AtLeast(2, parts) if self.chance.random() < 0.3 else Any(parts[: self.chance.choice((2, 3))])

    def _level(self) -> Condition:
        return at_least(self.chance.choice(LEVEL_FACTS), self.chance.choice((1, 2, 3)))

    def _titles(self) -> Condition:
        k = self.chance.choice((1, 1, 1, 2))
        return Holds(SET_FACT, frozenset(self.chance.sample(_TITLES, k + 1)), k)

    def _two(self) -> Condition:
        terms = (("fixed_investment", Fraction(1)), ("land_price", Fraction(-1)))
        return Compare(Linear(terms, -self._wan(500, 1000, 2000)), Op.GE)

    def _amount(self) -> Amount | None:
        kinds = (
            (self._fixed, 25), (self._rate, 35), (self._banded, 12), (self._by_level, 6), (self._by_year, 5),
            (self._times, 5), (self._less, 4), (self._progressive, 3), (self._per_unit, 5),
        )  # fmt: skip
        return self.chance.choices([kind for kind, _weight in kinds], [weight for _kind, weight in kinds])[0]()

    def _fixed(self) -> Amount:
        return Fixed(self._wan(5, 10, 20, 30, 50, 100))

    def _rate(self) -> Amount:
        fact = self.chance.choice(("rd_spend", "equipment_spend", "loan_interest", "rent_paid", "certification_cost"))
        rate = Fraction(self.chance.choice((5, 10, 20, 30, 50)), 100)
        return Capped(Rate(term(fact, rate)), Fixed(self._wan(50, 100, 200, 300, 500)), per="organization", name="cap")

    def _per_unit(self) -> Amount:
        fact, fen = self.chance.choice((("plant_area", 100_000), ("storage_kwh", 20_000), ("rd_staff", WAN)))
        return Capped(Rate(term(fact, fen)), Fixed(self._wan(100, 200)), per="project")

    def _banded(self) -> Amount:
        fact = self.chance.choice(("rd_spend", "revenue", "fixed_investment", "contribution"))
        edges = [self._wan(200) * each for each in (1, 5, 15, 50)]
        amounts = [Fixed(self._wan(5) * each) for each in (1, 2, 6, 20)]
        uppers = [*edges[1:], None]
        bands = tuple(
            Band(low, lo_inclusive=True, hi=high, hi_inclusive=False, amount=amount)
            for low, high, amount in zip(edges, uppers, amounts, strict=True)
        )
        return Banded(term(fact), bands)

    def _by_level(self) -> Amount:
        table = tuple((level, Fixed(self._wan(10) * step)) for step, level in enumerate(_LEVELS) if step)
        return ByCode(self.chance.choice(LEVEL_FACTS), table)

    def _by_year(self) -> Amount:
        first, later = (Rate(term("contribution", Fraction(rate, 100))) for rate in (50, 30))
        return ByYear("moved_in", Span.YEAR, ((1, 2, first), (3, 5, later)))

    def _times(self) -> Amount:
        table = (("provincial_sme", Fraction(3, 2)), ("little_giant", Fraction(2)))
        return Capped(Times(self._banded(), SET_FACT, table), Fixed(self._wan(300, 400)), name="by title")

    def _less(self) -> Amount:
        return Less(self._fixed(), term("received_same_kind"))

    def _progressive(self) -> Amount:
        steps = (Step(self._wan(1000), Fraction(1, 100)), Step(None, Fraction(2, 100)))
        scale = Progressive(term("export_value"), steps)
        return Sum((Smallest((scale, self._fixed())), Where(Is("listed"), self._fixed())))
