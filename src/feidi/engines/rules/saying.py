"""How what is known of a fact reads: a quantity with its unit, a range, a day, codes, or 未知.

A number without end is cut (towards −∞) to two places, and to as many more as it takes to differ from what it is held
against: 4.99999…% never reads as 5%. Whole amounts take a short way to the same words as ``quantities``.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Final

from feidi.engines.rules.facts import FactDef, FactType, Interval, Value
from feidi.engines.rules.units import MONEY, RATE

UNKNOWN: Final = "未知"
NONE: Final = "无"
_YES: Final = "是"
_NO: Final = "否"
_WAN: Final = 1_000_000
_YI: Final = 10_000_000_000
_PLACES, _MOST_PLACES = 2, 12


def say_quantity(value: int | Fraction, base: str, against: Fraction | None = None) -> str:
    """Return a quantity in its unit; one without end is cut so that it differs from what it is held against."""
    if base == MONEY:
        if value.denominator == 1:
            return say_money(int(value))
        unit, word = (_WAN, "万元") if value >= _WAN or value <= -_WAN else (100, "元")
        return _figures(Fraction(value) / unit, None if against is None else against / unit) + word
    if base == RATE:
        return _figures(Fraction(value) * 100, None if against is None else against * 100) + RATE
    return _figures(Fraction(value), against) + base


def _figures(value: Fraction, against: Fraction | None) -> str:
    """Return a number in figures, cut towards −∞ where it has no end within a dozen places."""
    above, below = value.numerator, value.denominator
    places = _MOST_PLACES
    if 10**_MOST_PLACES % below:
        cuts = (
            place
            for place in range(_PLACES, _MOST_PLACES)
            if against is None or Fraction(above * 10**place // below, 10**place) != against
        )
        places = next(cuts, _MOST_PLACES)
    whole = above * 10**places // below
    return f"-{_grouped(-whole, 10**places, places)}" if whole < 0 else _grouped(whole, 10**places, places)


def say_money(fen: int | Fraction) -> str:
    """Return an amount of hundredths in 亿元, 万元 or 元: the words of ``money_words``, whole amounts without a fraction."""
    if isinstance(fen, Fraction):
        return say_quantity(fen, MONEY)
    sign, whole = ("-" if fen < 0 else ""), abs(fen)
    if whole >= _YI and not whole % (_YI // 100):
        return f"{sign}{_grouped(whole, _YI, 10)}亿元"
    if whole >= _WAN and not whole % 100:
        return f"{sign}{_grouped(whole, _WAN, 6)}万元"
    return f"{sign}{_grouped(whole, 100, 2)}元"


def _grouped(whole: int, unit: int, places: int) -> str:
    above, below = divmod(whole, unit)
    return f"{above:,}.{below:0{places}d}".rstrip("0") if below else f"{above:,}"


def say_number(definition: FactDef | None, value: int) -> str:
    """Return a value in the small units of a fact as it reads: a number with its unit, a day, a level."""
    if definition is None:
        return f"{value:,}"
    if definition.type is FactType.DATE:
        return date.fromordinal(value).isoformat()
    if definition.type is FactType.LEVEL:
        return say_code(definition, definition.codes[value]) if 0 <= value < len(definition.codes) else str(value)
    if definition.is_money:
        return say_money(value)
    if not definition.scale:
        return f"{value:,}{definition.unit}"
    return _figures(Fraction(value, 10**definition.scale), None) + definition.unit


def say_code(definition: FactDef | None, code: str) -> str:
    """Return the Chinese label of a code."""
    return code if definition is None else definition.labels.get(code, code)


def say_codes(definition: FactDef | None, codes: Iterable[str]) -> str:
    """Return the labels of codes in the order of the dictionary."""
    if definition is None:
        return "、".join(sorted(codes))
    place = {code: number for number, code in enumerate(definition.codes)}
    last = len(place)
    return "、".join(
        say_code(definition, code) for code in sorted(codes, key=lambda code: (place.get(code, last), code))
    )


def say_known(definition: FactDef | None, value: Value | None) -> str:
    """Return what is known of a fact: its value, "≥ …", "…-…" or 未知."""
    match value:
        case None:
            return UNKNOWN
        case bool():
            return _YES if value else _NO
        case str():
            return say_code(definition, value)
        case Interval(lo=lo, hi=hi):
            if lo is not None and lo == hi:
                return say_number(definition, lo)
            below = None if lo is None else say_number(definition, lo)
            return say_between(below, None if hi is None else say_number(definition, hi))
        case _:
            return say_codes(definition, value) or NONE


def say_between(lo: str | None, hi: str | None) -> str:
    """Return a range in words; without both ends 未知."""
    if lo is None:
        return UNKNOWN if hi is None else f"≤ {hi}"
    if hi is None:
        return f"≥ {lo}"
    return lo if lo == hi else f"{lo}-{hi}"
