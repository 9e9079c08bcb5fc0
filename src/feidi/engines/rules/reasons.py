"""What one condition needed and what there was, in words: the two texts beside every node of an explanation.

``texts_of`` looks at a condition once, for a dictionary and a day; what it returns reads any subject's facts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import lcm
from typing import Final

from feidi.engines.rules.conditions import (
    All,
    Any,
    AtLeast,
    Atom,
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
    facts_of,
)
from feidi.engines.rules.days import holding
from feidi.engines.rules.facts import FactDef, FactDictionary, FactType
from feidi.engines.rules.quantities import SaidIn, said_in, spelled
from feidi.engines.rules.results import Truth
from feidi.engines.rules.saying import UNKNOWN, say_between, say_code, say_codes, say_known, say_quantity
from feidi.engines.rules.units import RATE
from feidi.engines.rules.wording import LEVEL_WORDS, SIGNS, SINCE_WORDS, SPAN_WORDS, atom_words, balanced, ratio_of
from feidi.engines.rules.worlds import World

Number = int | Fraction
#: Needed and actual, of a subject's facts.
Said = Callable[[World], tuple[str, str]]
_KINDS: Final = {
    All: "all", Any: "any", AtLeast: "at_least", Not: "not", Compare: "compare", Since: "since", OnDay: "on_day",
    Is: "is", OneOf: "one_of", Holds: "holds",
}  # fmt: skip
_TURNED: Final = {Op.GE: Op.LE, Op.GT: Op.LT, Op.LE: Op.GE, Op.LT: Op.GT, Op.EQ: Op.EQ, Op.NE: Op.NE}
_NO_DAY: Final = "无此日"
_NO_RATIO: Final = "分母不大于 0"


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of one condition: its kind, its words, the facts it looks at, and what it says of a subject's facts."""

    kind: str
    words: str
    facts: tuple[str, ...] = ()
    said: Said | None = None


def texts_of(condition: Condition, dictionary: FactDictionary, day: int) -> Texts:
    """Return the texts of a condition by itself; those of its parts are their own."""
    words = condition.mark.words or atom_words(condition, dictionary)
    kind = _KINDS[type(condition)]
    if isinstance(condition, All | Any | AtLeast | Not):
        return Texts(kind, words)
    return Texts(kind, words, facts_of(condition), _said(condition, dictionary, day))


def said_of_parts(condition: Condition, truths: Sequence[Truth]) -> tuple[str, str]:
    """Return needed and actual of a condition made of parts: how many hold, where that is what is asked."""
    if not isinstance(condition, AtLeast):
        return "", ""
    unknown = truths.count(Truth.UNKNOWN)
    counted = f"{truths.count(Truth.YES)}项"
    return f"至少{condition.k}项", f"{counted}，另{unknown}项{UNKNOWN}" if unknown else counted


def _said(atom: Atom, dictionary: FactDictionary, day: int) -> Said:
    if isinstance(atom, Compare):
        return _ratio(atom, dictionary) if atom.denominator is not None else _comparison(atom, dictionary)
    return _known(atom.fact, _needed(atom, dictionary, day), dictionary)


def _known(fact: str, needed: str, dictionary: FactDictionary) -> Said:
    """Return texts of a condition on one fact: what it needs never changes."""
    definition = dictionary.facts.get(fact)
    return lambda world: (needed, say_known(definition, world.facts.get(fact)))


def _needed(atom: Since | OnDay | Is | OneOf | Holds, dictionary: FactDictionary, day: int) -> str:
    definition = dictionary.facts.get(atom.fact)
    match atom:
        case Since(op=op, n=n, span=span):
            return f"{SINCE_WORDS.get(op, SIGNS[op])} {n}{SPAN_WORDS[span]}（{_days(atom, day)}）"
        case OnDay(op=op, day=fixed):
            return f"{SIGNS[op]} {date.fromordinal(fixed).isoformat()}"
        case Is(value=value):
            return say_known(definition, value)
        case OneOf(codes=codes):
            return f"属于 {say_codes(definition, codes)}"
        case Holds(codes=codes, k=k):
            return f"{'含' if k == 1 else f'含其中{k}项'} {say_codes(definition, codes)}"


def _days(atom: Since, day: int) -> str:
    """Return the days for which it holds on the day of the question: 不晚于 2023-11-29."""
    days = holding(atom, day)
    first = None if days.lo is None else date.fromordinal(max(days.lo, 1)).isoformat()
    if days.hi is None or days.hi < max(days.lo or 1, 1):
        return _NO_DAY
    last = date.fromordinal(days.hi).isoformat()
    return f"不晚于 {last}" if first is None else f"{first} 至 {last}"


def _comparison(atom: Compare, dictionary: FactDictionary) -> Said:
    if len(atom.linear.terms) == 1 and atom.linear.terms[0][1]:
        return _single(atom, dictionary)
    left, op, right = _one_of_its_own(*balanced(atom))
    unit, sign = said_in(left if left.terms else right, dictionary), SIGNS[op]
    one, other = _Sum(left), _Sum(right)

    def said(world: World) -> tuple[str, str]:
        return f"{sign} {_reach(other.of(world), unit)}", _reach(one.of(world), unit)

    return said


class _Sum:
    """A sum in whole numbers of 1/scale: what it comes to, None as soon as one of its facts is unknown."""

    def __init__(self, linear: Linear) -> None:
        self.scale = lcm(linear.constant.denominator, *(each.denominator for _fact, each in linear.terms))
        self.constant = int(linear.constant * self.scale)
        self.terms = [(fact, int(each * self.scale)) for fact, each in linear.terms]

    def of(self, world: World) -> tuple[Number | None, Number | None] | None:
        """Return both ends; an end that is not known is None."""
        lo: int | None = self.constant
        hi: int | None = self.constant
        for fact, factor in self.terms:
            if fact not in world.facts:
                return None
            reach = world.reach(fact)
            below, above = (reach.lo, reach.hi) if factor > 0 else (reach.hi, reach.lo)
            lo = None if lo is None or below is None else lo + factor * below
            hi = None if hi is None or above is None else hi + factor * above
        return self._scaled(lo), self._scaled(hi)

    def _scaled(self, end: int | None) -> Number | None:
        return end if end is None or self.scale == 1 else Fraction(end, self.scale)


def _one_of_its_own(left: Linear, op: Op, right: Linear) -> tuple[Linear, Op, Linear]:
    """Return both sides by the factor of a single fact on the left: its own value against 1.2 times another."""
    if len(left.terms) != 1 or left.constant:
        return left, op, right
    return _divided(left, left.terms[0][1]), op, _divided(right, left.terms[0][1])


def _divided(linear: Linear, by: Fraction) -> Linear:
    return Linear(tuple((fact, each / by) for fact, each in linear.terms), linear.constant / by)


def _single(atom: Compare, dictionary: FactDictionary) -> Said:
    (fact, coefficient), constant = atom.linear.terms[0], atom.linear.constant
    definition, threshold = dictionary.facts.get(fact), -constant / coefficient
    op = atom.op if coefficient > 0 else _TURNED[atom.op]
    return _known(fact, _threshold(definition, op, threshold, atom.linear, dictionary), dictionary)


def _threshold(definition: FactDef | None, op: Op, value: Fraction, like: Linear, dictionary: FactDictionary) -> str:
    if definition is not None and definition.type is FactType.LEVEL and value.denominator == 1:
        rank = int(value)
        return f"{LEVEL_WORDS[op]} {say_code(definition, definition.codes[rank]) if 0 <= rank < len(definition.codes) else rank}"
    unit = said_in(like, dictionary)
    return f"{SIGNS[op]} {spelled(value * unit.small, unit.base)}"


def _reach(ends: tuple[Number | None, Number | None] | None, unit: SaidIn, against: Fraction | None = None) -> str:
    if ends is None:
        return UNKNOWN
    small, base = (1 if unit.small == 1 else unit.small), unit.base
    lo, hi = (None if end is None else say_quantity(end * small, base, against) for end in ends)
    return say_between(lo, hi)


def _ratio(atom: Compare, dictionary: FactDictionary) -> Said:
    """Return texts of a ratio: the rate it needs and the rate there is."""
    above, rate = ratio_of(atom)
    below = atom.denominator or Linear()
    one, other = said_in(above, dictionary), said_in(below, dictionary)
    if one.base == other.base or not above.terms:
        unit = SaidIn(RATE, one.small / other.small if above.terms else Fraction(1), own=False)
    else:
        unit = SaidIn(f"{one.base}/{other.base}", one.small / other.small, own=False)
    against = rate * unit.small
    needed = f"{SIGNS[atom.op]} {say_quantity(against, unit.base)}"

    top, bottom = _Sum(above), _Sum(below)

    def said(world: World) -> tuple[str, str]:
        numerator, denominator = top.of(world), bottom.of(world)
        if numerator is None or denominator is None:
            return needed, UNKNOWN
        if denominator[0] is None or denominator[0] <= 0:
            return needed, _NO_RATIO
        least, most = denominator
        ends = (_over(numerator[0], least, most), _over(numerator[1], most, least))
        return needed, _reach(ends, unit, against)

    return said


def _over(value: Number | None, negative_by: Number | None, positive_by: Number | None) -> Fraction | None:
    """Return an end of a quotient: by one end of the denominator where it is below 0, by the other where it is not."""
    if value is None:
        return None
    divisor = positive_by if value >= 0 else negative_by
    return Fraction(0) if divisor is None else Fraction(value) / divisor
