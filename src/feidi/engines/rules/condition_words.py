"""Conditions in Chinese words. What a line says here, the language reads back with the same meaning."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from math import lcm
from typing import Final

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
from feidi.engines.rules.facts import FactDictionary, FactType
from feidi.engines.rules.quantities import name_of, said_in, spelled

SIGNS: Final = {Op.GE: "≥", Op.GT: ">", Op.LE: "≤", Op.LT: "<", Op.EQ: "=", Op.NE: "≠"}
LEVEL_WORDS: Final = {Op.GE: "不低于", Op.GT: "高于", Op.LE: "不高于", Op.LT: "低于", Op.EQ: "等于", Op.NE: "不等于"}
SINCE_WORDS: Final = {Op.GE: "满", Op.LT: "不满", Op.GT: "已过", Op.LE: "未超过"}
SPAN_WORDS: Final = {Span.DAY: "天", Span.MONTH: "个月", Span.YEAR: "年"}
_FLIPPED: Final = {Op.GE: Op.LE, Op.GT: Op.LT, Op.LE: Op.GE, Op.LT: Op.GT, Op.EQ: Op.EQ, Op.NE: Op.NE}
_LOWER: Final = {Op.GE: "[", Op.GT: "("}
_UPPER: Final = {Op.LE: "]", Op.LT: ")"}


def say_condition(condition: Condition, dictionary: FactDictionary) -> str:
    """Return a condition in one line of Chinese words that the language reads back."""
    match condition:
        case All(parts=()):
            return "无"
        case All(parts=parts):
            within = _interval(parts, dictionary)
            return within or _group("全部", parts, dictionary)
        case Any(parts=parts):
            return _group("任一", parts, dictionary)
        case AtLeast(k=k, parts=parts):
            return _group(f"至少{k}项", parts, dictionary)
        case Not(part=part):
            return _negated(part, dictionary)
        case _:
            return say_atom(condition, dictionary)


def atom_words(condition: Condition, dictionary: FactDictionary) -> str:
    """Return the words of one node: an atom in full, a group by what it asks of its parts."""
    match condition:
        case All(parts=parts):
            return _interval(parts, dictionary) or ("同时满足" if parts else "无条件")
        case Any():
            return "满足任一项"
        case AtLeast(k=k):
            return f"至少满足{k}项"
        case Not(part=part):
            return _negated(part, dictionary) if not isinstance(part, All | Any | AtLeast | Not) else "不得"
        case _:
            return say_atom(condition, dictionary)


def _group(word: str, parts: Sequence[Condition], dictionary: FactDictionary) -> str:
    return f"{word}（{'；'.join(say_condition(each, dictionary) for each in parts)}）"


def _negated(part: Condition, dictionary: FactDictionary) -> str:
    match part:
        case OneOf(fact=fact, codes=codes):
            return f"{name_of(fact, dictionary)} 不属于 {_labels(fact, codes, dictionary)}"
        case Holds(fact=fact, codes=codes, k=1):
            return f"{name_of(fact, dictionary)} 不含 {_labels(fact, codes, dictionary)}"
        case _:
            return f"非（{say_condition(part, dictionary)}）"


def say_atom(atom: Condition, dictionary: FactDictionary) -> str:
    """Return an atom in words."""
    match atom:
        case Compare():
            return _compare(atom, dictionary)
        case Since(fact=fact, op=op, n=n, span=span):
            return f"{name_of(fact, dictionary)} {SINCE_WORDS[op]} {n}{SPAN_WORDS[span]}"
        case OnDay(fact=fact, op=op, day=day):
            return f"{name_of(fact, dictionary)} {SIGNS[op]} {date.fromordinal(day)}"
        case Is(fact=fact, value=value):
            return _is(fact, dictionary, value=value)
        case OneOf(fact=fact, codes=codes):
            return f"{name_of(fact, dictionary)} 属于 {_labels(fact, codes, dictionary)}"
        case Holds(fact=fact, codes=codes, k=k):
            word = "含" if k == 1 else f"含其中{k}项"
            return f"{name_of(fact, dictionary)} {word} {_labels(fact, codes, dictionary)}"
        case _:
            return say_condition(atom, dictionary)


def _is(fact: str, dictionary: FactDictionary, *, value: bool) -> str:
    name = name_of(fact, dictionary)
    if fact in dictionary and dictionary[fact].judgement:
        return f"人工核定：{name}" if value else f"非（人工核定：{name}）"
    return name if value else f"{name} = 否"


def _labels(fact: str, codes: frozenset[str], dictionary: FactDictionary) -> str:
    if fact not in dictionary:
        return "、".join(sorted(codes))
    known = dictionary[fact]
    order = {code: at for at, code in enumerate(known.codes)}
    return "、".join(
        known.labels.get(code, code) for code in sorted(codes, key=lambda each: (order.get(each, 0), each))
    )


def _compare(atom: Compare, dictionary: FactDictionary) -> str:
    if atom.denominator is not None:
        above, rate = ratio_of(atom)
        sides = f"{_bracketed(above, dictionary, like=above if above.terms else atom.denominator)} / {_bracketed(atom.denominator, dictionary)}"
        return f"{sides} {SIGNS[atom.op]} {_rate_words(above, atom.denominator, rate, dictionary)}"
    level = _level(atom, dictionary)
    if level:
        return level
    left, op, right = balanced(atom)
    both = [say_linear(each, dictionary, like=atom.linear) for each in (left, right)]
    return f" {SIGNS[op]} ".join(both)


def _level(atom: Compare, dictionary: FactDictionary) -> str:
    terms = atom.linear.terms
    if len(terms) != 1 or terms[0][0] not in dictionary:
        return ""
    fact, (coefficient, constant) = dictionary[terms[0][0]], (terms[0][1], atom.linear.constant)
    rank = -constant / coefficient
    if fact.type is not FactType.LEVEL or rank.denominator != 1 or not 0 <= rank < len(fact.codes):
        return ""
    op = atom.op if coefficient > 0 else _FLIPPED[atom.op]
    code = fact.codes[int(rank)]
    return f"{fact.name} {LEVEL_WORDS[op]} {fact.labels.get(code, code)}"


def ratio_of(atom: Compare) -> tuple[Linear, Fraction]:
    """Return numerator and rate of a ratio: ``linear`` is numerator − rate × denominator."""
    below = atom.denominator or Linear()
    have = dict(atom.linear.terms)
    rate = next((-have[fact] / each for fact, each in below.terms if fact in have), Fraction(0))
    terms = {**have}
    for fact, each in below.terms:
        terms[fact] = terms.get(fact, Fraction(0)) + rate * each
    kept = tuple((fact, each) for fact, each in sorted(terms.items()) if each)
    return Linear(kept, atom.linear.constant + rate * below.constant), rate


def _rate_words(above: Linear, below: Linear, rate: Fraction, dictionary: FactDictionary) -> str:
    """Return the rate in the units of both sums: 5%, or 50万元/人."""
    top = above if above.terms else below
    one, other = said_in(top, dictionary, base=True), said_in(below, dictionary, base=True)
    if one.base == other.base or not one.base or not other.base:
        return spelled(rate * one.small / other.small, "%")
    one, other = said_in(top, dictionary), said_in(below, dictionary)
    return f"{spelled(rate * one.small / other.small, one.base)}/{other.base}"


def balanced(atom: Compare) -> tuple[Linear, Op, Linear]:
    """Return the sides of a comparison with whole coefficients: what is added left, what is taken away right."""
    linear, op = _whole(atom.linear), atom.op
    plus = tuple((fact, each) for fact, each in linear.terms if each > 0)
    less = tuple((fact, -each) for fact, each in linear.terms if each < 0)
    if not plus:
        plus, less, op = less, (), _FLIPPED[op]
        return Linear(plus), op, Linear((), linear.constant)
    if linear.constant == 0:
        return Linear(plus), op, Linear(less)
    return Linear(linear.terms), op, Linear((), -linear.constant)


def _whole(linear: Linear) -> Linear:
    """Return the same sum with whole coefficients; a comparison with 0 stays what it is."""
    times = lcm(*(each.denominator for _fact, each in linear.terms), linear.constant.denominator)
    return Linear(tuple((fact, each * times) for fact, each in linear.terms), linear.constant * times)


def _bracketed(linear: Linear, dictionary: FactDictionary, *, like: Linear | None = None) -> str:
    said = say_linear(linear, dictionary, like=like)
    parts = len(linear.terms) + bool(linear.constant)
    several = parts > 1 or linear.constant < 0 or any(each != 1 for _fact, each in linear.terms)
    return f"({said})" if several else said


def say_linear(linear: Linear, dictionary: FactDictionary, *, like: Linear | None = None) -> str:
    """Return a sum in words, in the unit of ``like`` (the whole that it is a side of) when that is given."""
    unit = said_in(like or linear, dictionary)
    words = ""
    for fact, coefficient in sorted(linear.terms, key=lambda each: each[1] < 0):
        per = unit.times(fact, coefficient, dictionary)
        factor = "" if abs(per) == 1 else f"{spelled(abs(per), '')} * "
        sign = (" - " if per < 0 else " + ") if words else ("-" if per < 0 else "")
        words += f"{sign}{factor}{name_of(fact, dictionary)}"
    if linear.constant or not words:
        constant = spelled(abs(linear.constant) * unit.small, unit.base)
        sign = (" - " if linear.constant < 0 else " + ") if words else ("-" if linear.constant < 0 else "")
        words += f"{sign}{constant}"
    return words


def _interval(parts: Sequence[Condition], dictionary: FactDictionary) -> str:
    """Return ``x 在 [a, b)`` when the two parts say just that, else ""."""
    match parts:
        case (OnDay(fact=one, op=lo, day=first), OnDay(fact=other, op=hi, day=last)) if one == other:
            if lo in _LOWER and hi in _UPPER and first < last:
                ends = f"{date.fromordinal(first)}, {date.fromordinal(last)}"
                return f"{name_of(one, dictionary)} 在 {_LOWER[lo]}{ends}{_UPPER[hi]}"
        case (Compare() as low, Compare() as high):
            return _numbers(low, high, dictionary)
        case _:
            pass
    return ""


def _numbers(low: Compare, high: Compare, dictionary: FactDictionary) -> str:
    plain = low.denominator is None and high.denominator is None and low.linear.terms == high.linear.terms
    if (
        not plain
        or -low.linear.constant >= -high.linear.constant
        or low.op not in _LOWER
        or high.op not in _UPPER
        or len(low.linear.terms) != 1
    ):
        return ""
    fact, coefficient = low.linear.terms[0]
    if coefficient != 1 or fact not in dictionary or dictionary[fact].type is not FactType.NUMBER:
        return ""
    unit = said_in(low.linear, dictionary)
    ends = ", ".join(spelled(-each.linear.constant * unit.small, unit.base) for each in (low, high))
    return f"{name_of(fact, dictionary)} 在 {_LOWER[low.op]}{ends}{_UPPER[high.op]}"
