"""What the readers of amounts share: sums of money, rates, the keys of a mapping, facts by name, tables by code."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from feidi.engines.rules.conditions import Linear
from feidi.engines.rules.facts import FactDef, FactType
from feidi.engines.rules.language.codes_read import code_of
from feidi.engines.rules.language.conditions import Rules
from feidi.engines.rules.language.expressions import Sum, linear_of, parse_sum, unit_name
from feidi.engines.rules.language.numbers import quantity_of
from feidi.engines.rules.language.scanner import fact_unknown
from feidi.engines.rules.language.source import Path, WrongError
from feidi.engines.rules.language.words import fold, shown, suggestion
from feidi.engines.rules.quantities import spelled_number
from feidi.engines.rules.units import MONEY, PLAIN, RATE, unit_of

#: Facts that a table may go by.
CODED: Final = frozenset({FactType.LEVEL, FactType.CODE, FactType.CODES})


def money_of(value: object) -> Fraction:
    """Return a written sum of money in 分. Raises ``WrongError`` without a unit or with another.

    >>> money_of("1.5亿元"), money_of("2元")
    (Fraction(15000000000, 1), Fraction(200, 1))
    """
    if isinstance(value, str) and fold(value) == "无":
        raise WrongError("rules.none_inside")
    number, word = quantity_of(value)
    unit = unit_of(word)
    if word == "" or (unit is not None and unit.base == PLAIN):
        given = spelled_number(number)
        how = f"{given}{word}元" if word else f"{given}万元 / {given}元"
        raise WrongError("rules.unit_needed", number=f"{given}{word}", unit=MONEY, how=how)
    if unit is None or unit.base != MONEY:
        raise WrongError("rules.not_money", found=shown(value))
    if number < 0:
        raise WrongError("rules.negative", found=shown(value))
    return number * unit.factor


def rate_of(value: object, *, most: Fraction = Fraction(10)) -> Fraction:
    """Return a rate: 5%, 3‰, 0.05. Raises ``WrongError``; a bare number above 1 is no rate."""
    number, word = quantity_of(value)
    unit = unit_of(word)
    if unit is None or unit.base not in (PLAIN, RATE) or (word == "" and number > 1):
        raise WrongError("rules.rate_expected", found=shown(value))
    rate = number * unit.factor
    if rate < 0:
        raise WrongError("rules.negative", found=shown(value))
    if rate > most:
        raise WrongError("rules.rate_too_high", found=shown(value))
    return rate


def keys_of(
    value: Any, rules: Rules, path: Path, needed: Sequence[str], optional: Sequence[str] = ()
) -> Mapping[str, Any]:
    """Return a mapping with all the keys that are needed. Raises ``WrongError`` when one is missing; unknown ones are noted."""
    known = (*needed, *optional)
    if not isinstance(value, Mapping):
        raise WrongError("rules.mapping_expected", found=shown(value), keys="、".join(needed))
    for key in value:
        if key not in known:
            rules.notes.problem((*path, key), "rules.key_unknown", key=shown(key), near=suggestion(str(key), known))
    missing = [key for key in needed if value.get(key) is None]
    if missing:
        raise WrongError("rules.key_missing", key="、".join(missing), keys="、".join(known))
    return value


def linear_at(
    value: Mapping[str, Any], key: str, rules: Rules, path: Path, unit: str | None = None
) -> tuple[Sum, Linear]:
    """Return the sum written under a key, and as a linear form in the facts' small units; of one ``unit`` when given."""
    try:
        found = _of_unit(parse_sum(value[key], rules.dictionary), unit, value[key])
    except WrongError as error:
        rules.notes.wrong((*path, key), error)
        return Sum(unit or "", {}), Linear()
    return found, linear_of(found, per=Fraction(1) if unit == MONEY else None)


def _of_unit(found: Sum, unit: str | None, text: object) -> Sum:
    if unit is not None and found.unit != unit:
        raise WrongError("rules.basis_unit", text=shown(text), unit=unit_name(found.unit), needed=unit_name(unit))
    return found


def fact_at(value: Mapping[str, Any], key: str, rules: Rules, types: frozenset[FactType]) -> FactDef:
    """Return the fact that is named under a key. Raises ``WrongError`` when it is unknown or of another type."""
    word = value[key]
    found = rules.vocabulary.find(fold(word)) if isinstance(word, str) else None
    if found is None:
        raise fact_unknown(shown(word), rules.vocabulary)
    if found.type not in types:
        wanted = "/".join(sorted(each.value for each in types))
        raise WrongError("rules.fact_type", fact=found.name, type=found.type.value, wanted=wanted)
    return found


def coded(
    given: Any, fact: FactDef, rules: Rules, path: Path, read: Callable[[Any, Path], Any]
) -> tuple[tuple[str, Any], ...]:
    """Return a table by code; unknown codes and codes written twice (code and label) are noted."""
    if not isinstance(given, Mapping) or not given:
        raise WrongError("rules.table_expected", found=shown(given), fact=fact.name)
    found: dict[str, Any] = {}
    for key, each in given.items():
        here = (*path, key)
        with rules.notes.catching(here):
            code = code_of(fact, str(key))
            if code in found:
                raise WrongError("rules.code_repeated", fact=fact.name, word=shown(key))
            found[code] = read(each, here)
    return tuple(found.items())
