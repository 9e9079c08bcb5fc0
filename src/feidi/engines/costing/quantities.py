"""Quantities and prices as people write them in a profile: 200㎡, 20-25万元/年, 5万kWh/年, 18元/㎡/月, 30%.

A unit is always written; a bare number is sent back with the units that fit. Nothing is guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from feidi.engines.costing.catalogue import UNITS, Kind
from feidi.engines.costing.ranges import Range
from feidi.engines.findings import Scalar

_NUMBER: Final = r"\d[\d,]*(?:\.\d+)?"
_WRITTEN: Final = re.compile(
    rf"(?P<sign>-)?(?P<lo>{_NUMBER})(?P<scale>[万亿]?)(?:[-–~至](?P<hi>{_NUMBER})(?P<upper>[万亿]?))?(?P<unit>.*)"
)
_SCALES: Final = {"": 1, "万": 10**4, "亿": 10**8}
_MOST: Final = Fraction(10**13)
#: Other spellings → the one of the tables; the longer first.
_SPELLINGS: Final = (
    ("平方米", "㎡"), ("平米", "㎡"), ("m²", "㎡"), ("m2", "㎡"), ("立方米", "m³"), ("m3", "m³"), ("千瓦时", "kWh"),
    ("kwh", "kWh"), ("度", "kWh"), ("每年", "/年"), ("每月", "/月"), ("每天", "/天"), ("/日", "/天"), ("/人", ""),
)  # fmt: skip
#: Quantity → how its unit may be written → factor into its base: ㎡, kWh per year, m³ per year, yuan per year, a share.
QUANTITIES: Final[Mapping[str, Mapping[str, Fraction]]] = {
    "area": {"㎡": Fraction(1)},
    "energy": {"kWh/年": Fraction(1), "kWh/月": Fraction(12)},
    "volume": {"m³/年": Fraction(1), "m³/月": Fraction(12)},
    "money": {"元/年": Fraction(1), "元/月": Fraction(12)},
    "share": {"%": Fraction(1, 100)},
}


class QuantityError(ValueError):
    """A text that is no quantity of the kind asked for; carries the finding's code and params."""

    def __init__(self, code: str, **params: Scalar) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def parse_quantity(given: object, kind: str) -> Range:
    """Return a quantity in its base unit. Raises ``QuantityError``: not a quantity, no unit, another unit, negative.

    >>> parse_quantity("24万元/年", "money").lo, parse_quantity("300-500 m2", "area").hi
    (Fraction(240000, 1), Fraction(500, 1))
    """
    value, unit = _split(given, tuple(QUANTITIES[kind]))
    return value.times(QUANTITIES[kind][unit])


def parse_price(given: object, kind: Kind) -> tuple[Range, str]:
    """Return a price as written and its unit, one of the units of a figure's kind. Raises ``QuantityError``.

    >>> parse_price("18元/平方米/月", Kind.RENT)[1]
    '元/㎡/月'
    """
    return _split(given, tuple(UNITS[kind]))


def _split(given: object, units: tuple[str, ...]) -> tuple[Range, str]:
    allowed = "、".join(units)
    if isinstance(given, bool) or not isinstance(given, str | int | float):
        raise QuantityError("costing.not_quantity", value=_spoken(given), units=allowed)
    text = _folded(str(given))
    found = _WRITTEN.fullmatch(text)
    if found is None:
        raise QuantityError("costing.not_quantity", value=_spoken(given), units=allowed)
    if found["sign"]:
        raise QuantityError("costing.negative", value=_spoken(given))
    value = _range_of(found)
    if value is None:
        raise QuantityError("costing.not_quantity", value=_spoken(given), units=allowed)
    if value.hi > _MOST:
        raise QuantityError("costing.too_large", value=_spoken(given))
    unit = found["unit"]
    if unit not in units:
        code = "costing.unit_wrong" if unit else "costing.unit_missing"
        raise QuantityError(code, value=_spoken(given), unit=unit, units=allowed)
    return value, unit


def _range_of(found: re.Match[str]) -> Range | None:
    """Return lo..hi; of 20-25万 both ends are in 万. None when the ends stand the wrong way round."""
    upper = found["upper"] or ""
    scale = found["scale"] or (upper if found["hi"] else "")
    lo = Fraction(found["lo"].replace(",", "")) * _SCALES[scale]
    hi = lo if found["hi"] is None else Fraction(found["hi"].replace(",", "")) * _SCALES[upper]
    return Range(lo, hi) if lo <= hi else None


def _folded(text: str) -> str:
    """Return the text with one spelling of each unit and no spaces. NFKC alone would turn ㎡ into m2: put back here."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    for other, ours in _SPELLINGS:
        plain = plain.replace(other, ours)
    return plain


def _spoken(value: object) -> str:
    if isinstance(value, Mapping):
        return "{…}"
    return "[…]" if isinstance(value, list) else str(value)[:60]
