"""Units: what one of them is worth in its base, exactly; and which may stand without being written.

Money's base is 分 (hundredths of a yuan), a rate's is the plain number (5 % is 1/20), an area's ㎡, an energy's kWh;
every other unit is its own base. 万 and its like may stand before any unit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from feidi.engines.rules.facts import FactDef

MONEY: Final = "元"
RATE: Final = "%"
#: A number without any unit.
PLAIN: Final = ""

_TIMES: Final = {
    "": 1, "十": 10, "百": 100, "千": 1_000, "万": 10_000, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8,
    "十亿": 10**9, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12,
}  # fmt: skip
_BASES: Final[dict[str, tuple[str, Fraction]]] = {
    "分": (MONEY, Fraction(1)), "角": (MONEY, Fraction(10)), "元": (MONEY, Fraction(100)), "块": (MONEY, Fraction(100)),
    "元人民币": (MONEY, Fraction(100)), "人民币": (MONEY, Fraction(100)),
    "%": (RATE, Fraction(1, 100)), "‰": (RATE, Fraction(1, 1000)), "倍": (RATE, Fraction(1)), "个百分点": (RATE, Fraction(1, 100)),
    **dict.fromkeys(("㎡", "m2", "M2", "平方米", "平米", "平方"), ("㎡", Fraction(1))),
    "亩": ("㎡", Fraction(2000, 3)), "公顷": ("㎡", Fraction(10_000)), "平方公里": ("㎡", Fraction(10**6)),
    **dict.fromkeys(("kWh", "kwh", "KWH", "千瓦时", "度"), ("kWh", Fraction(1))),
    **dict.fromkeys(("MWh", "兆瓦时"), ("kWh", Fraction(1000))),
    **dict.fromkeys(("kW", "kw", "千瓦"), ("kW", Fraction(1))), **dict.fromkeys(("MW", "兆瓦"), ("kW", Fraction(1000))),
    **dict.fromkeys(("人", "名", "人次", "位"), ("人", Fraction(1))),
    **dict.fromkeys(("家", "户"), ("家", Fraction(1))),
    **dict.fromkeys(("个月", "月"), ("个月", Fraction(1))),
    **dict.fromkeys(("吨", "t"), ("吨", Fraction(1))),
}  # fmt: skip
#: Units that a number must not go without: which of several it would be is anybody's guess.
_WRITTEN: Final = frozenset({MONEY, RATE, "㎡", "kWh", "kW"})
_PREFIXED: Final = re.compile(r"(?P<times>[十百千万]?[亿万]|[十百千万亿])(?P<unit>.*)")


@dataclass(frozen=True, slots=True)
class Unit:
    """``word`` as written, its ``base``, and how many of the base one is."""

    word: str
    base: str
    factor: Fraction


def unit_of(word: str, known: frozenset[str] = frozenset()) -> Unit | None:
    """Return the unit that a word means: a unit of ours, one that a fact has (``known``), with 万 and the like before it.

    >>> unit_of("万元").factor, unit_of("‰").factor, unit_of("万㎡").factor
    (Fraction(1000000, 1), Fraction(1, 1000), Fraction(10000, 1))
    >>> unit_of("万度").base, unit_of("斤") is None, unit_of("项", frozenset({"项"})).base
    ('kWh', True, '项')
    """
    if word in _BASES:
        return Unit(word, *_BASES[word])
    if word in known or word == PLAIN:
        return Unit(word, word, Fraction(1))
    match = _PREFIXED.fullmatch(word)
    if match is None:
        return None
    if match["unit"] == "":
        return Unit(word, PLAIN, Fraction(_TIMES[match["times"]]))
    unit = match["unit"]
    if unit not in _BASES and unit not in known:
        return None
    base, factor = _BASES.get(unit, (unit, Fraction(1)))
    return None if base == RATE else Unit(word, base, factor * _TIMES[match["times"]])


def base_of(fact: FactDef) -> str:
    """Return the base of a numeric fact's unit."""
    found = _BASES.get(fact.unit)
    return fact.unit if found is None else found[0]


def small_unit(fact: FactDef) -> Fraction:
    """Return what one small unit of a fact is worth in its base: a hundredth of a yuan is 1 分, 0.01 % is 1/10000."""
    found = _BASES.get(fact.unit)
    return (Fraction(1) if found is None else found[1]) / Fraction(10**fact.scale)


def goes_without(base: str) -> bool:
    """Tell whether a number of this unit may be written without it: 10 for 10人, but never 300 for money or area."""
    return base not in _WRITTEN
