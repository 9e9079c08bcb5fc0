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
from feidi.engines.rules.quantities import money_words, spelled
from feidi.engines.rules.units import MONEY, RATE

UNKNOWN: Final = "未知"
NONE: Final = "无"
_YES: Final = "是"
_NO: Final = "否"
_WAN: Final = 1_000_000
_YI: Final = 10_000_000_000
_PLACES, _MOST_PLACES = 2, 12


def say_quantity(value: Fraction, base: str, against: Fraction | None = None) -> str:
    """Return a quantity in its unit; one without end is cut so that it differs from what it is held against."""
    unit = Fraction(_WAN if abs(value) >= _WAN else 100) if base == MONEY else Fraction(1, 100 if base == RATE else 1)
    shown = value / unit
    if 10**_MOST_PLACES % shown.denominator == 0:
        return spelled(value, base)
    cut = shown
    for places in range(_PLACES, _MOST_PLACES):
        cut = Fraction(shown.numerator * 10**places // shown.denominator, 10**places)
        if against is None or cut * unit != against:
            break
    return spelled(cut * unit, base)


def say_money(fen: int | Fraction) -> str:
    """Return an amount of hundredths in 亿元, 万元 or 元."""
    if isinstance(fen, Fraction):
        return say_quantity(fen, MONEY)
    if _WAN <= fen < _YI and not fen % _WAN:
        return f"{fen // _WAN:,}万元"
    return money_words(fen)


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
    return spelled(Fraction(value, 10**definition.scale), "") + definition.unit


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
