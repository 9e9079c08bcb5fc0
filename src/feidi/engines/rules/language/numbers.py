"""Numbers with their units as texts: 2000万元, 5%, 800㎡; and the small units of a fact they amount to."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

from feidi.engines.rules.facts import FactDef
from feidi.engines.rules.language.source import WrongError
from feidi.engines.rules.language.words import exact, fold, shown
from feidi.engines.rules.quantities import spelled_number
from feidi.engines.rules.units import MONEY, PLAIN, RATE, base_of, goes_without, small_unit, unit_of

_QUANTITY: Final = re.compile(
    r"(?P<number>-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?) ?(?P<unit>[^\s\d,.\-][^\s\d]{0,11}2?)?"
)


def quantity_of(given: object) -> tuple[Fraction, str]:
    """Return the number and the unit word of a text, or a bare number and "". Raises ``WrongError``."""
    if isinstance(given, int | float | Fraction) and not isinstance(given, bool):
        return exact(given), PLAIN
    match = _QUANTITY.fullmatch(fold(given)) if isinstance(given, str) else None
    if match is None:
        raise WrongError("rules.quantity_expected", found=shown(given))
    return exact(match["number"]), match["unit"] or PLAIN


def small_of(fact: FactDef, given: object) -> Fraction:
    """Return a number with its unit in a fact's small units, exactly (it may be a part of one).

    Raises ``WrongError`` when it has no unit and needs one, or another's.
    """
    value, word = quantity_of(given)
    known = unit_of(word, frozenset({fact.unit}))
    base = base_of(fact)
    if known is None or known.base not in (base, PLAIN):
        raise WrongError("rules.unit_wrong", fact=fact.name, unit=shown(word), needed=fact.unit or "无单位")
    if known.base == base and base != PLAIN:
        return value * known.factor / small_unit(fact)
    if goes_without(base) or value == 0:
        return value * known.factor * Fraction(10**fact.scale)
    if base == RATE and word == PLAIN and abs(value) < 1:
        return value / small_unit(fact)
    number = f"{spelled_number(value)}{word}"
    how = f"{number}万元 / {number}元" if base == MONEY and word == PLAIN else f"{number}{fact.unit}"
    raise WrongError("rules.unit_needed", number=number, unit=fact.unit, how=how)


def whole_small(fact: FactDef, given: object) -> int:
    """Return a number in a fact's small units. Raises ``WrongError`` also where it is a part of one."""
    small = small_of(fact, given)
    if small.denominator != 1:
        raise WrongError("rules.too_exact", fact=fact.name, found=shown(given), places=fact.scale, unit=fact.unit)
    return int(small)
