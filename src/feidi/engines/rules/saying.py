"""How quantities read: money in 万元, shares in per cent, days, levels and codes; exact, with thousands separated.

A number that has no end is cut to a few places, and to as many more as it takes to differ from what it is held against:
4.99999 % never reads as 5 %.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from feidi.engines.rules.facts import FactDef, FactType, Interval, Value

UNKNOWN = "未知"
NONE = "无"
_YES, _NO = "是", "否"
_WAN_FEN = 1_000_000
_YUAN_FEN = 100
_PLACES, _MOST_PLACES = 2, 12


def say_decimal(value: int | Fraction, *, against: Fraction | None = None) -> str:
    """Return a number in figures, cut (towards −∞) to two places unless it ends within six or must differ from another."""
    value = Fraction(value)
    if 10**6 % value.denominator == 0:
        return _figures(value, 6)
    for places in range(_PLACES, _MOST_PLACES):
        cut = Fraction(value.numerator * 10**places // value.denominator, 10**places)
        if against is None or cut != against:
            return _figures(cut, places)
    return _figures(Fraction(value.numerator * 10**_MOST_PLACES // value.denominator, 10**_MOST_PLACES), _MOST_PLACES)


def _figures(value: Fraction, places: int) -> str:
    sign, whole = ("-" if value < 0 else ""), abs(value.numerator) * 10**places // value.denominator
    above, below = divmod(whole, 10**places)
    digits = f"{below:0{places}d}".rstrip("0") if below else ""
    return f"{sign}{above:,}.{digits}" if digits else f"{sign}{above:,}"


def say_money(fen: int | Fraction, *, against: Fraction | None = None) -> str:
    """Return an amount in 万元, below one 万元 in 元."""
    small = -_WAN_FEN < fen < _WAN_FEN
    if isinstance(fen, int) and not fen % _WAN_FEN and fen:
        return f"{fen // _WAN_FEN:,}万元"
    unit = _YUAN_FEN if small else _WAN_FEN
    said = say_decimal(Fraction(fen, unit), against=None if against is None else against / unit)
    return f"{said}元" if small else f"{said}万元"


def say_number(definition: FactDef | None, value: int | Fraction, *, against: Fraction | None = None) -> str:
    """Return a value in the small units of a fact as it reads: a number with its unit, a day, a level."""
    if definition is None:
        return say_decimal(value, against=against)
    if definition.type is FactType.DATE:
        return date.fromordinal(int(value)).isoformat()
    if definition.type is FactType.LEVEL:
        return say_code(definition, definition.codes[min(max(int(value), 0), len(definition.codes) - 1)])
    if definition.is_money:
        return say_money(value, against=against)
    scale = 10**definition.scale
    against = None if against is None else against / scale
    return say_decimal(Fraction(value, scale), against=against) + definition.unit


def say_code(definition: FactDef | None, code: str) -> str:
    """Return the Chinese label of a code."""
    return code if definition is None else definition.labels.get(code, code)


def say_codes(definition: FactDef | None, codes: Iterable[str]) -> str:
    """Return the labels of codes in the order of the dictionary."""
    order = {} if definition is None else {code: place for place, code in enumerate(definition.codes)}
    return "、".join(
        say_code(definition, code) for code in sorted(codes, key=lambda code: (order.get(code, len(order)), code))
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
        case Interval():
            return _say_interval(definition, value)
        case _:
            return say_codes(definition, value) or NONE


def _say_interval(definition: FactDef | None, known: Interval) -> str:
    if known.lo is not None and known.lo == known.hi:
        return say_number(definition, known.lo)
    lo = None if known.lo is None else say_number(definition, known.lo)
    hi = None if known.hi is None else say_number(definition, known.hi)
    return say_between(lo, hi)


def say_between(lo: str | None, hi: str | None) -> str:
    """Return a range in words; without both ends 未知."""
    if lo is None:
        return UNKNOWN if hi is None else f"≤ {hi}"
    return f"≥ {lo}" if hi is None else lo if lo == hi else f"{lo}-{hi}"
