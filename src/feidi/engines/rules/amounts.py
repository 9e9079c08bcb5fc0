"""Amounts: what a clause grants, as a small tree over facts. Values in hundredths of a yuan (分), exact fractions
until the one rounding at the end.

Every amount evaluates to lo ≤ amount ≤ hi (hi None: no upper bound known). A missing fact stands for its whole
declared range, so a cap bounds the amount from above and never *becomes* the amount. An amount that the text does
not state (``Unstated``) is 0..unknown with its reason: it is never added, never shown as a sum.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from feidi.engines.rules.conditions import Condition, Linear, Span


class Rounding(StrEnum):
    """How the one exact amount becomes whole hundredths (or whole ``unit_fen``)."""

    HALF_UP = "half_up"
    DOWN = "down"
    UP = "up"


@dataclass(frozen=True, slots=True)
class Fixed:
    """A fixed amount."""

    fen: Fraction


@dataclass(frozen=True, slots=True)
class Rate:
    """A linear sum of facts in hundredths of a yuan: 30 % of an investment, 1,000 yuan per m² (比例, 单价, 人均). Below 0: 0."""

    linear: Linear


@dataclass(frozen=True, slots=True)
class Band:
    """One band of a scale, from ``lo`` to ``hi`` (None: open), each end inclusive or not, in the small units of the basis."""

    lo: Fraction | None
    lo_inclusive: bool
    hi: Fraction | None
    hi_inclusive: bool
    amount: Amount
    line: int = 0


@dataclass(frozen=True, slots=True)
class Banded:
    """分档: the band that the basis falls into decides alone. Outside every band: 0. Two bands with one value: the first."""

    basis: Linear
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a progressive scale: ``rate`` on the part of the basis up to ``upto`` (None: the rest)."""

    upto: Fraction | None
    rate: Fraction


@dataclass(frozen=True, slots=True)
class Progressive:
    """累进: each part of the basis (money) at the rate of its own step."""

    basis: Linear
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class ByCode:
    """按级: the amount of the code that a code or level fact has; of a set of codes, the largest. No entry: ``otherwise``, else 0."""

    fact: str
    table: tuple[tuple[str, Amount], ...]
    otherwise: Amount | None = None


@dataclass(frozen=True, slots=True)
class ByYear:
    """逐年: by the running number of the span since a date fact; the span that begins on the day is the first. Outside: 0."""

    since: str
    span: Span
    table: tuple[tuple[int, int, Amount], ...]


@dataclass(frozen=True, slots=True)
class Times:
    """倍数: base × factor of the code; of a set of codes the largest factor held; no entry: ``otherwise``."""

    base: Amount
    fact: str
    table: tuple[tuple[str, Fraction], ...]
    otherwise: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class Less:
    """补差: the amount less what was already received (a linear sum, 分), never below 0."""

    amount: Amount
    received: Linear


@dataclass(frozen=True, slots=True)
class Capped:
    """At most the cap. ``used`` (分): what of the cap is used up already (pool, firm and year); its absence is unknown.

    ``per``   what the cap is for: project, firm, year, person, case, pool
    ``name``  names the cap in results ("which cap bound")
    """

    amount: Amount
    cap: Amount
    per: str = "case"
    used: Linear | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Sum:
    """合计."""

    parts: tuple[Amount, ...]


@dataclass(frozen=True, slots=True)
class Largest:
    """取高."""

    parts: tuple[Amount, ...]


@dataclass(frozen=True, slots=True)
class Smallest:
    """取低."""

    parts: tuple[Amount, ...]


@dataclass(frozen=True, slots=True)
class Where:
    """One amount where a condition holds, another (else 0) where it does not; both, as an interval, where it is unknown."""

    condition: Condition
    amount: Amount
    otherwise: Amount | None = None


@dataclass(frozen=True, slots=True)
class Unstated:
    """未见: the text seen does not state the amount. ``reason`` in Chinese."""

    reason: str


Amount = (
    Fixed
    | Rate
    | Banded
    | Progressive
    | ByCode
    | ByYear
    | Times
    | Less
    | Capped
    | Sum
    | Largest
    | Smallest
    | Where
    | Unstated
)


def amounts_in(amount: Amount) -> tuple[Amount, ...]:
    """Return the direct parts of an amount; a leaf has none."""
    match amount:
        case Banded():
            return tuple(each.amount for each in amount.bands)
        case ByCode() | ByYear():
            tabled = tuple(entry[-1] for entry in amount.table)
            return tabled if isinstance(amount, ByYear) else (*tabled, *_given(amount.otherwise))
        case Times():
            return (amount.base,)
        case Less() | Capped():
            return (amount.amount,) if isinstance(amount, Less) else (amount.amount, amount.cap)
        case Sum() | Largest() | Smallest():
            return amount.parts
        case Where():
            return (amount.amount, *_given(amount.otherwise))
        case _:
            return ()


def _given(amount: Amount | None) -> tuple[Amount, ...]:
    return () if amount is None else (amount,)
