"""Conditions: the small intermediate form of what must be true. Frozen values, no behaviour but their shape.

Every numeric comparison is ``Linear ⋈ 0``: a sum of facts with exact coefficients. A ratio ``a / b ≥ r`` is
``a − r·b ≥ 0`` together with ``b`` as its ``denominator``: where the denominator can be 0 or less the ratio
is undefined and the answer *unknown* (cross-multiplied alone, 0/0 would hold).

Three-valued throughout: each condition is the pair (certain, possible). ``All``, ``Any`` and ``AtLeast`` are
monotone in both; ``Not`` swaps them: certain(not x) = not possible(x).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Op(StrEnum):
    """How a linear sum stands to 0."""

    GE = ">="
    GT = ">"
    LE = "<="
    LT = "<"
    EQ = "=="
    NE = "!="


class Span(StrEnum):
    """A unit of time. A month or year ends on the corresponding day, or on the last day of a month that has none.

    (民法典 第二百零二条): one year from 29 February ends on 28 February.
    """

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Linear:
    """constant + Σ coefficient × fact, each fact once, in the facts' small units. ``terms`` are sorted by fact id."""

    terms: tuple[tuple[str, Fraction], ...] = ()
    constant: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Mark:
    """What an author says of a condition: its words, the article and quoted text it rests on, its line in the file.

    ``words``   how it reads in Chinese; the loader fills it from the rule when the author wrote none
    ``role``    why it is asked: condition, quota (an exhausted number of cases), claim (申领期限), subject (who may apply)
    """

    words: str = ""
    article: str = ""
    quote: str = ""
    line: int = 0
    role: str = "condition"


_NONE = Mark()


@dataclass(frozen=True, slots=True)
class Compare:
    """``linear ⋈ 0``; with a ``denominator``, unknown where that can be ≤ 0. Numbers and levels (by rank)."""

    linear: Linear
    op: Op
    denominator: Linear | None = None
    mark: Mark = _NONE


@dataclass(frozen=True, slots=True)
class Since:
    """The time from a date fact to ``as_of`` against ``n`` spans.

    GE  满 n: the end of n spans from the day is on or before as_of     LT  不满 n
    LE  within n: as_of is on or before the end of n spans              GT  more than n
    A day after ``as_of`` has not come: GE and GT do not hold, LE and LT do not either unless ``future`` is set.
    """

    fact: str
    op: Op
    n: int
    span: Span
    mark: Mark = _NONE


@dataclass(frozen=True, slots=True)
class OnDay:
    """A date fact against a fixed day (ordinal): GE on or after, GT after, LE on or before, LT before, EQ."""

    fact: str
    op: Op
    day: int
    mark: Mark = _NONE


@dataclass(frozen=True, slots=True)
class Is:
    """A yes/no fact has this value (also 人工核定: a criterion that only a person can judge)."""

    fact: str
    value: bool = True
    mark: Mark = _NONE


@dataclass(frozen=True, slots=True)
class OneOf:
    """A code fact is one of these codes."""

    fact: str
    codes: frozenset[str]
    mark: Mark = _NONE


@dataclass(frozen=True, slots=True)
class Holds:
    """A set-of-codes fact contains at least ``k`` of these codes."""

    fact: str
    codes: frozenset[str]
    k: int = 1
    mark: Mark = _NONE


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds. No part: holds."""

    parts: tuple[Condition, ...]
    mark: Mark = _NONE


@dataclass(frozen=True, slots=True)
class Any:
    """At least one part holds. No part: does not hold."""

    parts: tuple[Condition, ...]
    mark: Mark = _NONE


@dataclass(frozen=True, slots=True)
class AtLeast:
    """At least ``k`` of the parts hold."""

    k: int
    parts: tuple[Condition, ...]
    mark: Mark = _NONE


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Condition
    mark: Mark = _NONE


Atom = Compare | Since | OnDay | Is | OneOf | Holds
Condition = Atom | All | Any | AtLeast | Not


def parts_of(condition: Condition) -> tuple[Condition, ...]:
    """Return the direct parts of a condition; an atom has none."""
    match condition:
        case All() | Any() | AtLeast():
            return condition.parts
        case Not():
            return (condition.part,)
        case _:
            return ()


def atoms_of(condition: Condition) -> Iterator[Atom]:
    """Yield every atom, left to right, without recursion (a rule may be deep)."""
    waiting: list[Condition] = [condition]
    while waiting:
        each = waiting.pop()
        if isinstance(each, All | Any | AtLeast | Not):
            waiting.extend(reversed(parts_of(each)))
        else:
            yield each


def facts_of(atom: Atom) -> tuple[str, ...]:
    """Return the facts an atom looks at, in order, each once."""
    if not isinstance(atom, Compare):
        return (atom.fact,)
    below = () if atom.denominator is None else atom.denominator.terms
    return tuple(dict.fromkeys(fact for fact, _coefficient in (*atom.linear.terms, *below)))
