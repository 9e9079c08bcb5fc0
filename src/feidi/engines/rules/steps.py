"""How an amount came about, step by step in words: which band or row, which rate, which cap bound, how it was rounded."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from feidi.engines.rules.amounts import (
    Amount,
    Banded,
    ByCode,
    ByYear,
    Capped,
    Fixed,
    Largest,
    Less,
    Progressive,
    Rate,
    Rounding,
    Smallest,
    Sum,
    Times,
    Unstated,
    Where,
)
from feidi.engines.rules.clauses import Clause
from feidi.engines.rules.conditions import Linear, Span
from feidi.engines.rules.facts import FactDictionary, FactType
from feidi.engines.rules.granting import OTHERWISE, Valued, rounded, value_of
from feidi.engines.rules.quantities import name_of, said_in, spelled
from feidi.engines.rules.results import Truth
from feidi.engines.rules.saying import UNKNOWN, say_between, say_code, say_money, say_quantity
from feidi.engines.rules.units import RATE
from feidi.engines.rules.wording import SPAN_WORDS, say_condition, say_linear
from feidi.engines.rules.worlds import World

_KINDS: Final = {
    Fixed: "fixed", Rate: "rate", Banded: "banded", Progressive: "progressive", ByCode: "by_code", ByYear: "by_year",
    Times: "times", Less: "less", Capped: "capped", Sum: "sum", Largest: "largest", Smallest: "smallest",
    Where: "where", Unstated: "unstated",
}  # fmt: skip
_PER: Final = {
    "project": "每个项目", "organization": "每家企业", "firm": "每家企业", "year": "每年", "person": "每人", "case": "每次", "pool": "总盘",
}  # fmt: skip
_ROUNDING: Final = {Rounding.HALF_UP: "四舍五入", Rounding.DOWN: "舍去", Rounding.UP: "进一"}
_UNITS: Final = {1: "分", 100: "元", 10_000: "百元", 1_000_000: "万元"}
_NO_ROW: Final = "不在任何一档内"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its words and what it comes to, exact hundredths of a yuan (hi None: no bound); parts follow, deeper.

    ``kind``    fixed, rate, banded, …; ``outside`` a value in no row of a table; ``rounding`` the one rounding
    ``binds``   this cap certainly held the amount down
    ``missing`` facts that keep this step from being exact
    """

    depth: int
    kind: str
    words: str
    lo_fen: Fraction
    hi_fen: Fraction | None
    binds: bool = False
    missing: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """What it comes to, in words."""
        return say_between(say_money(self.lo_fen), None if self.hi_fen is None else say_money(self.hi_fen))


def steps_of(clause: Clause, amount: Amount, world: World) -> tuple[Step, ...]:
    """Return the steps of a clause's amount, the whole first; a rounding that changed something before all."""
    valued = value_of(amount, world)
    steps = tuple(_below(valued, world, None, 0))
    lo = rounded(valued.lo, clause.rounding, clause.unit_fen)
    hi = None if valued.hi is None else rounded(valued.hi, clause.rounding, clause.unit_fen)
    if lo == valued.lo and hi == valued.hi:
        return steps
    unit = _UNITS.get(clause.unit_fen) or say_money(clause.unit_fen)
    words = f"{_ROUNDING[clause.rounding]}到{unit}"
    missing = () if lo == hi else valued.missing
    first = Step(0, "rounding", words, Fraction(lo), None if hi is None else Fraction(hi), missing=missing)
    return (first, *(replace(step, depth=step.depth + 1) for step in steps))


def _below(valued: Valued, world: World, whole: Amount | None, depth: int) -> list[Step]:
    """Return the step of a value and, deeper, of its parts; ``whole`` is the amount it is a part of."""
    amount, row = valued.amount, _row(whole, valued.row, world.dictionary)
    words = _NO_ROW if amount is None else _words(amount, valued, world)
    step = Step(
        depth, "outside" if amount is None else _KINDS[type(amount)], f"{row}：{words}" if row else words,
        valued.lo, valued.hi, _binds(valued), valued.missing,
    )  # fmt: skip
    return [step, *(each for part in valued.parts for each in _below(part, world, amount, depth + 1))]


def _binds(valued: Valued) -> bool:
    if not isinstance(valued.amount, Capped):
        return False
    return valued.bound_by == (valued.amount.name or valued.amount.per,) and valued.parts[0].bound_by != valued.bound_by


def _row(whole: Amount | None, row: str, dictionary: FactDictionary) -> str:
    """Return which row of the whole's table a part is."""
    if not row:
        return ""
    match whole:
        case Banded(basis=basis, bands=bands):
            band, unit = bands[int(row) - 1], said_in(basis, dictionary)
            lo, hi = ("" if end is None else spelled(end * unit.small, unit.base) for end in (band.lo, band.hi))
            return f"第{row}档 {'[' if band.lo_inclusive else '('}{lo}, {hi}{']' if band.hi_inclusive else ')'}"
        case ByYear(span=span):
            return f"第{row}{'个月' if span is Span.MONTH else SPAN_WORDS[span]}"
        case ByCode(fact=fact):
            return "其他" if row == OTHERWISE else say_code(dictionary.facts.get(fact), row)
        case Where():
            return "是" if row == Truth.YES.value else "否"
        case _:
            return ""


def _words(amount: Amount, valued: Valued, world: World) -> str:
    dictionary = world.dictionary
    match amount:
        case Rate(linear=linear):
            return _rate(linear, dictionary)
        case Banded(basis=basis):
            return f"按 {say_linear(basis, dictionary)} 分档"
        case Progressive(basis=basis):
            return f"按 {say_linear(basis, dictionary)} 累进"
        case ByCode(fact=fact):
            return f"按 {name_of(fact, dictionary)}"
        case ByYear(since=since, span=span):
            return f"按 {name_of(since, dictionary)} 起第几{SPAN_WORDS[span]}"
        case Where(condition=condition):
            return f"看是否 {condition.mark.words or say_condition(condition, dictionary)}"
        case _:
            return _words_of_whole(amount, valued, world)


def _rate(linear: Linear, dictionary: FactDictionary) -> str:
    """Return a rate in words: a share of money, a sum per unit, or the whole sum."""
    definition = dictionary.facts.get(linear.terms[0][0]) if len(linear.terms) == 1 and not linear.constant else None
    if definition is None or definition.type is not FactType.NUMBER:
        return say_linear(linear, dictionary)
    each = linear.terms[0][1]
    if definition.is_money:
        return f"{definition.name} × {say_quantity(each, RATE)}"
    return f"{definition.name} × {say_money(each * 10**definition.scale)}/{definition.unit}"


def _words_of_whole(amount: Amount, valued: Valued, world: World) -> str:
    match amount:
        case Fixed(fen=fen):
            return say_money(fen)
        case Times(fact=fact):
            return f"{name_of(fact, world.dictionary)} 的倍数 {valued.row.replace('-', ' 至 ')}"
        case Less(received=received):
            return f"减去 {say_linear(received, world.dictionary)}"
        case Capped(per=per, name=name):
            return f"封顶 {name or _PER.get(per, per)}"
        case Unstated(reason=reason):
            return f"{UNKNOWN}：{reason}"
        case _:
            return {"sum": "合计", "largest": "取高", "smallest": "取低"}[_KINDS[type(amount)]]
