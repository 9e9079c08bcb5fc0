"""What lint tells of tiers, in Chinese and in English: 3,000万元（含）至 3,500万元（不含）, never 34,999,999.99元."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import isinf
from typing import Final

from feidi.engines.rules.lint_ranges import Place, Span
from feidi.engines.rules.quantities import SaidIn, grouped_number, spelled
from feidi.engines.rules.units import MONEY

Pair = tuple[str, str]
COVERED: Final[Pair] = ("前面各档已经包含它", "the bands before it take all of it")
OUT_OF_RANGE: Final[Pair] = ("超出事实的取值范围", "it lies outside the range of the fact")
RULED_OUT: Final[Pair] = ("条件已经排除了它", "the condition rules it out")
_UNITS_EN: Final = {"人": " people", "家": " firms", "个月": " months", "年": " years", "吨": " t"}


@dataclass(frozen=True, slots=True)
class _End:
    """One end of a span in both languages, and whether it belongs to it."""

    zh: str
    en: str
    included: bool


def pair(name: str, said: Pair) -> Mapping[str, str]:
    """Return words in both languages as the parameters that a text with ``{name}`` takes them from."""
    return {f"{name}_zh": said[0], f"{name}_en": said[1]}


def years_words(first: int, last: int) -> Pair:
    """Return running years: 第 3 年, 第 3-5 年."""
    if first == last:
        return f"第 {first} 年", f"year {first}"
    return f"第 {first}-{last} 年", f"years {first}-{last}"


def span_words(span: Span, unit: SaidIn, *, whole: bool) -> Pair:
    """Return a span as people say it. ``whole``: its values are whole numbers, so the number beside an end may stand for it."""
    if span.lo == span.hi:
        only = _said(Fraction(span.lo[0]), unit, included=True)
        return only.zh, only.en
    low = None if isinf(span.lo[0]) else _end(span.lo, -1, unit, whole=whole)
    high = None if isinf(span.hi[0]) else _end(span.hi, 1, unit, whole=whole)
    return _chinese(low, high), _english(low, high)


def _end(place: Place, beyond: int, unit: SaidIn, *, whole: bool) -> _End:
    """Return an end, or the whole number beyond it as left out where that is the rounder one."""
    value = Fraction(place[0])
    if whole and _figures(value + beyond) < _figures(value):
        return _said(value + beyond, unit, included=False)
    return _said(value, unit, included=place[1] == 0)


def _figures(value: Fraction) -> int:
    """Return how many figures a whole number has before its noughts."""
    return len(str(abs(value.numerator)).rstrip("0")) or 1


def _said(value: Fraction, unit: SaidIn, *, included: bool) -> _End:
    number = value * unit.small
    zh = spelled(number, unit.base)
    if unit.base == MONEY:
        return _End(zh, f"{grouped_number(number / 100)} yuan", included)
    return _End(zh, zh.removesuffix(unit.base) + _UNITS_EN.get(unit.base, unit.base), included)


def _chinese(low: _End | None, high: _End | None) -> str:
    ends = [f"{each.zh}（{'含' if each.included else '不含'}）" for each in (low, high) if each is not None]
    if len(ends) > 1:
        return "至 ".join(ends)
    return "任何数" if not ends else f"{ends[0]}{'以下' if low is None else '以上'}"


def _english(low: _End | None, high: _End | None) -> str:
    if low is not None and high is not None:
        ends = [f"{each.en} ({'included' if each.included else 'not included'})" for each in (low, high)]
        return f"from {ends[0]} to {ends[1]}"
    if low is not None:
        return f"{low.en} or more" if low.included else f"more than {low.en}"
    if high is not None:
        return f"{high.en} or less" if high.included else f"less than {high.en}"
    return "any number"
