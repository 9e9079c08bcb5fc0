"""Sums of facts with exact coefficients: ``固定资产投资 - 地价款``, ``2 * 研发费用``, ``研发费用 / 营业收入``.

A sum keeps the base of its unit (分, ㎡, a plain number). ``linear_of`` turns it into the facts' small units.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from feidi.engines.rules.conditions import Linear, Op
from feidi.engines.rules.facts import FactDef, FactDictionary, FactType
from feidi.engines.rules.language.scanner import Scanner, vocabulary_of
from feidi.engines.rules.language.source import WrongError
from feidi.engines.rules.language.words import shown
from feidi.engines.rules.quantities import spelled_number
from feidi.engines.rules.units import MONEY, PLAIN, RATE, base_of, goes_without, small_unit

COMPARISONS: Final[Mapping[str, Op]] = {
    ">=": Op.GE, "不低于": Op.GE, "不少于": Op.GE, "不小于": Op.GE, "大于等于": Op.GE,
    ">": Op.GT, "高于": Op.GT, "大于": Op.GT, "超过": Op.GT, "多于": Op.GT,
    "<=": Op.LE, "不高于": Op.LE, "不超过": Op.LE, "不大于": Op.LE, "不多于": Op.LE, "小于等于": Op.LE,
    "<": Op.LT, "低于": Op.LT, "小于": Op.LT, "少于": Op.LT, "不足": Op.LT,
    "==": Op.EQ, "=": Op.EQ, "等于": Op.EQ, "≠": Op.NE, "!=": Op.NE, "不等于": Op.NE,
}  # fmt: skip
OPERATORS: Final = (*COMPARISONS, "在", "含", "不含", "属于", "不属于", "满", "不满", "已过", "未超过")
_MAX_NESTING: Final = 20
_ONE: Final = Fraction(1)


@dataclass(frozen=True, slots=True)
class Sum:
    """constant + Σ coefficient × fact in base ``unit``; ``finest`` is the smallest small unit among its facts.

    A coefficient is what one small unit of its fact adds.
    """

    unit: str
    terms: Mapping[str, Fraction]
    constant: Fraction = Fraction(0)
    finest: Fraction | None = None

    @property
    def is_number(self) -> bool:
        """Whether there is no fact in it."""
        return not self.terms


@dataclass(frozen=True, slots=True)
class Ratio:
    """One sum over another."""

    above: Sum
    below: Sum


def read_side(scanner: Scanner) -> Sum | Ratio:
    """Read one side of a comparison: a sum, or one sum over another."""
    return _side(scanner, 0)


def read_sum(scanner: Scanner) -> Sum:
    """Read a sum to the end of the line. Raises when there is more, or a ratio."""
    found = read_side(scanner)
    if isinstance(found, Ratio):
        raise WrongError("rules.ratio_not_here", text=shown(scanner.text))
    if not scanner.done:
        raise WrongError("rules.not_understood", rest=shown(scanner.rest), text=shown(scanner.text))
    return found


def _side(scanner: Scanner, depth: int) -> Sum | Ratio:
    if depth > _MAX_NESTING:
        raise WrongError("rules.too_deep", limit=_MAX_NESTING)
    minus = scanner.take("-")
    total = _product(scanner, depth)
    if minus:
        total = _times(_a_sum(total, scanner), Fraction(-1))
    while scanner.peek("+", "-"):
        sign = 1 if scanner.take("+") else -int(scanner.take("-"))
        total = _plus(_a_sum(total, scanner), _a_sum(_product(scanner, depth), scanner), sign)
    return total


def _a_sum(side: Sum | Ratio, scanner: Scanner) -> Sum:
    if isinstance(side, Ratio):
        raise WrongError("rules.ratio_in_sum", text=shown(scanner.text))
    return side


def _product(scanner: Scanner, depth: int) -> Sum | Ratio:
    found = _factor(scanner, depth)
    while scanner.peek("*", "/"):
        if scanner.take("*"):
            found = _multiplied(_a_sum(found, scanner), _a_sum(_factor(scanner, depth), scanner), scanner)
        elif scanner.take("/"):
            found = _per_unit(found, scanner) or _divided(
                _a_sum(found, scanner), _a_sum(_factor(scanner, depth), scanner), scanner
            )
    return found


def _factor(scanner: Scanner, depth: int) -> Sum | Ratio:
    if scanner.take("("):
        inside = _side(scanner, depth + 1)
        if not scanner.take(")"):
            raise WrongError("rules.bracket_open", text=shown(scanner.text))
        return inside
    number = scanner.number()
    if number is not None:
        value, unit = number
        return Sum(unit.base, {}, value * unit.factor)
    fact = scanner.fact(OPERATORS)
    if fact is None:
        raise scanner.unknown_word(OPERATORS)
    return _of_fact(fact)


def _of_fact(fact: FactDef) -> Sum:
    if fact.type is not FactType.NUMBER:
        raise WrongError("rules.not_a_number", fact=fact.name, type=fact.type.value)
    small = small_unit(fact)
    return Sum(base_of(fact), {fact.id: small}, finest=small)


def _multiplied(one: Sum, other: Sum, scanner: Scanner) -> Sum:
    if not one.is_number:
        one, other = other, one
    if not one.is_number or one.unit not in (PLAIN, RATE):
        raise WrongError("rules.not_linear", text=shown(scanner.text))
    return _times(other, one.constant)


def _divided(one: Sum, other: Sum, scanner: Scanner) -> Sum | Ratio:
    if not other.is_number:
        return Ratio(one, other)
    if other.unit != PLAIN or other.constant == 0:
        raise WrongError("rules.not_linear", text=shown(scanner.text))
    return _times(one, _ONE / other.constant)


def _per_unit(found: Sum | Ratio, scanner: Scanner) -> Sum | None:
    """50万元/人: a number of one unit for each of another."""
    if isinstance(found, Ratio) or not found.is_number or found.unit in (PLAIN, RATE):
        return None
    per = scanner.unit_word()
    return None if per is None else Sum(f"{found.unit}/{per.base}", {}, found.constant / per.factor)


def _times(one: Sum, factor: Fraction) -> Sum:
    terms = {fact: each * factor for fact, each in one.terms.items()}
    return Sum(one.unit, terms, one.constant * factor, one.finest)


def _plus(one: Sum, other: Sum, sign: int) -> Sum:
    one, other = matched(one, other)
    terms = dict(one.terms)
    for fact, each in other.terms.items():
        terms[fact] = terms.get(fact, Fraction(0)) + sign * each
    return Sum(one.unit, terms, one.constant + sign * other.constant, _finest(one, other))


def _finest(one: Sum, other: Sum) -> Fraction | None:
    known = [each.finest for each in (one, other) if each.finest is not None]
    return min(known, default=None)


def matched(one: Sum, other: Sum) -> tuple[Sum, Sum]:
    """Return both in one unit: a plain number takes the unit of the other side where it may go without one."""
    if one.unit == other.unit:
        return one, other
    if _is_plain(one):
        return _as_unit(one, other.unit), other
    if _is_plain(other):
        return one, _as_unit(other, one.unit)
    raise WrongError("rules.units_differ", one=unit_name(one.unit), other=unit_name(other.unit))


def _is_plain(one: Sum) -> bool:
    return one.unit == PLAIN and one.is_number


def _as_unit(number: Sum, unit: str) -> Sum:
    value = number.constant
    if not (value == 0 or goes_without(unit) or (unit == RATE and abs(value) < 1)):
        raise WrongError(
            "rules.unit_needed", number=spelled_number(value), unit=unit_name(unit), how=_example(value, unit)
        )
    return Sum(unit, {}, value)


def _example(value: Fraction, unit: str) -> str:
    number = spelled_number(value)
    return f"{number}万元 / {number}元" if unit == MONEY else f"{number}{unit_name(unit)}"


def unit_name(unit: str) -> str:
    """Return how a unit is called in a message."""
    return unit or "无单位的数"


def linear_of(found: Sum, *, per: Fraction | None = None) -> Linear:
    """Return a sum in the small unit of its finest fact (``per`` 1: in its base, 分 for money)."""
    scale = per or found.finest or _ONE
    terms = tuple((fact, each / scale) for fact, each in sorted(found.terms.items()) if each)
    return Linear(terms, found.constant / scale)


def minus(one: Sum, other: Sum) -> Sum:
    """Return the difference of two sums of like unit."""
    return _plus(one, other, -1)


def times(one: Sum, factor: Fraction) -> Sum:
    """Return a sum multiplied."""
    return _times(one, factor)


def parse_sum(text: object, dictionary: FactDictionary) -> Sum:
    """Read the expression of an amount's basis. Raises ``WrongError``."""
    if not isinstance(text, str) or not text.strip():
        raise WrongError("rules.expression_expected", found=shown(text))
    return read_sum(Scanner(text, vocabulary_of(dictionary)))
