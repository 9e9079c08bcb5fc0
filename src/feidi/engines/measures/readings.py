"""Readings: every figure of the table in one shape, with the rows above and below the line and what each adds.

The amounts of the rows above add up to the numerator, those below to the denominator: a test holds it for every code.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Literal

from feidi.engines.measures.definitions_more import INDICATORS
from feidi.engines.measures.figures import Bound, Figure, Pot
from feidi.engines.measures.one import Asked
from feidi.engines.measures.rows import MoneyRow

#: Promoters give at least the first, detractors at most the second.
PROMOTES, DETRACTS = 9, 6
#: As of a figure; ``missing``: what it rests on is not known (``why``); ``hidden``: too few rows to be shown.
ReadingState = Literal["known", "none", "early", "unclear", "missing", "hidden"]


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of one kind by key. ``amounts``: what each adds, None: one each."""

    kind: str
    keys: tuple[int, ...] = ()
    amounts: tuple[Fraction, ...] | None = None

    @property
    def total(self) -> Fraction:
        """What the rows add up to."""
        if self.amounts is None:
            return Fraction(len(self.keys))
        # few denominators among many amounts: whole numbers are added first
        parts: dict[int, int] = {}
        for each in self.amounts:
            parts[each.denominator] = parts.get(each.denominator, 0) + each.numerator
        return sum((Fraction(n, by) for by, n in parts.items()), Fraction(0))


@dataclass(frozen=True, slots=True)
class Reading:
    """One figure. ``value`` is exact, None unless ``state`` is known; ``why`` a code and its ``facts`` when it is missing.

    ``above`` and ``below``: the rows that make numerator and denominator. ``apart``: rows that count in neither, by what
    they are (opening, forced, unknown …). ``unknown`` rows below the line of which nobody has said whether they count.
    ``split``: the rows above by kind, where a figure is told by kind.
    """

    code: str
    state: ReadingState
    value: Fraction | None
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    bound: Bound = ""
    above: Rows = Rows("")
    below: Rows | None = None
    apart: Mapping[str, Rows] = field(default_factory=dict)
    sums: tuple[Pot, ...] = ()
    agreed: tuple[Pot, ...] = ()
    spread: tuple[Fraction, Fraction] | None = None
    why: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)
    split: tuple[tuple[str, Rows], ...] = ()

    @property
    def unknown(self) -> int:
        """How many rows below the line nobody has said anything of."""
        return len(self.apart["unknown"].keys) if "unknown" in self.apart else 0

    def beside(self, apart: Mapping[str, Rows]) -> Reading:
        """Return the same with more rows apart."""
        return replace(self, apart={**self.apart, **apart}) if apart else self

    def told(self, **facts: object) -> Reading:
        """Return the same with more said of it."""
        return replace(self, facts={**self.facts, **facts})


def missing(code: str, why: str, **facts: object) -> Reading:
    """Return a reading without a value, because something it rests on is not known."""
    return Reading(code, "missing", None, above=Rows(INDICATORS[code].subject), why=why, facts=facts)


def hidden(code: str, kind: str) -> Reading:
    """Return a reading that says nothing, because it would speak of one of a few."""
    return Reading(code, "hidden", None, above=Rows(kind), facts={"least": INDICATORS[code].hide_below})


def count_reading(code: str, above: Rows) -> Reading:
    """Return a count of rows."""
    return Reading(code, "known", above.total, above.total, above=above)


def ratio_reading(
    code: str, above: Rows, below: Rows, *, unknown: Rows | None = None, factor: Fraction = Fraction(1)
) -> Reading:
    """Return ``above`` over ``below`` (times ``factor``). Nothing below: n/a, never 0.

    ``unknown``: rows below the line that may belong above it as well; the ratio is then at least what it says, and n/a
    where nothing at all is known.

    >>> one, two = Rows("x", (1,)), Rows("x", (1, 2))
    >>> ratio_reading("K27", one, two).value
    Fraction(1, 2)
    >>> ratio_reading("K27", one, two, unknown=Rows("x", (2,))).bound
    '>='
    >>> ratio_reading("K27", Rows("x"), two, unknown=two).state
    'missing'
    >>> ratio_reading("K27", Rows("x"), Rows("x")).state
    'none'
    """
    apart = {"unknown": unknown} if unknown is not None and unknown.keys else {}
    told = Reading(code, "known", None, above.total, below.total, above=above, below=below, apart=apart)
    if not below.total:
        return replace(told, state="none")
    if apart and unknown is not None and len(unknown.keys) >= len(below.keys):
        return replace(told, state="missing", why="figures.nobody_said", facts={"n": len(below.keys)})
    if len(below.keys) < INDICATORS[code].hide_below:
        return hidden(code, above.kind)
    return replace(told, value=above.total / below.total * factor, bound=">=" if apart else "")


def average_reading(code: str, above: Rows, by: Fraction | None, below: Rows | None = None, why: str = "") -> Reading:
    """Return so much per one of ``by``, which need not be a number of rows (square metres, years). None: not known."""
    if by is None:
        return replace(missing(code, why), above=above)
    told = Reading(code, "none", None, above.total, by, above=above, below=below)
    return replace(told, state="known", value=above.total / by) if by else told


def mean_reading(code: str, marks: Rows) -> Reading:
    """Return the mean of marks; hidden for too few.

    >>> few, five = Rows("x", (1,), (Fraction(9),)), Rows("x", (1, 2, 3, 4, 5), tuple(map(Fraction, (5, 4, 4, 3, 5))))
    >>> mean_reading("K39", few).state, mean_reading("K39", five).value
    ('hidden', Fraction(21, 5))
    """
    return _scored(code, marks, Rows(marks.kind, marks.keys), 1)


def nps_reading(code: str, marks: Rows) -> Reading:
    """Return, of marks out of ten, the share of promoters (9–10) less that of detractors (0–6) in per cent.

    >>> nps_reading("K39N", Rows("x", (1, 2, 3, 4, 5), tuple(map(Fraction, (10, 9, 8, 7, 3))))).value
    Fraction(20, 1)
    """
    leaning = tuple(Fraction((each >= PROMOTES) - (each <= DETRACTS)) for each in marks.amounts or ())
    return _scored(code, Rows(marks.kind, marks.keys, leaning), Rows(marks.kind, marks.keys), 100)


def _scored(code: str, above: Rows, below: Rows, factor: int) -> Reading:
    n = len(below.keys)
    if 0 < n < INDICATORS[code].hide_below:
        return hidden(code, above.kind)
    told = Reading(code, "none", None, above.total, Fraction(n), above=above, below=below)
    return replace(told, state="known", value=above.total / n * factor) if n else told


def net_reading(code: str, into: Rows, out: Rows) -> Reading:
    """Return what came in less what went out; nothing of either is known to be 0 only where somebody looked."""
    told = Reading(code, "none", None, into.total, out.total, above=into, below=out)
    return replace(told, state="known", value=into.total - out.total) if into.keys or out.keys else told


def grown(now: Fraction | None, before: Fraction | None, least: Fraction = Fraction(1, 5)) -> bool | None:
    """Tell whether something grew by more than ``least`` year on year; None: not comparable (unknown, or nothing before).

    >>> grown(Fraction(121), Fraction(100)), grown(Fraction(120), Fraction(100)), grown(Fraction(5), Fraction(0))
    (True, False, None)
    """
    return None if now is None or not before or before < 0 else (now - before) / before > least


def reading_of(figure: Figure, money: Sequence[MoneyRow] = ()) -> Reading:
    """Return a figure over projects as a reading. ``money``: the sums it was measured with, of a share."""
    definition, kind = INDICATORS[figure.code], "pipeline.project"
    ratio = definition.kind == "ratio"
    apart = {name: Rows(kind, keys) for name, keys in (("opening", figure.opening), ("forced", figure.forced)) if keys}
    above, below = Rows(kind, figure.hits), Rows(kind, figure.rows) if ratio else None
    if definition.kind == "share":
        above, below = _sums(kind, figure, money)
    return Reading(
        figure.code,
        figure.state,
        figure.value,
        above.total,
        below.total if below else None,
        figure.bound,
        above,
        below,
        apart,
        figure.sums,
        figure.agreed,
        figure.spread,
    )


def _sums(kind: str, figure: Figure, money: Iterable[MoneyRow]) -> tuple[Rows, Rows]:
    """Return yuan per project under contract that was paid in, and that was signed, by the end."""
    under = set(figure.hits)
    last = Asked(figure.period, figure.as_of).end if figure.period and figure.as_of else None
    fen: dict[str, dict[int, int]] = {"paid": {}, "signed": {}}
    for each in money:
        if each.currency == "CNY" and each.key in under and (last is None or each.on < last):
            side = fen[each.kind]
            side[each.key] = side.get(each.key, 0) + (each.fen or 0)
    paid, signed = (
        Rows(kind, tuple(side), tuple(Fraction(amount, 100) for amount in side.values())) for side in fen.values()
    )
    return paid, signed
