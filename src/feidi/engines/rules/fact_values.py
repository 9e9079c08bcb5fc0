"""Values of facts as people write them: ``2000万元以上``, ``1200万元-1500万元``, ``2026-01-31``, ``市级以上``, ``是``.

``parse_value`` reads one, ``say_value`` writes it; what it writes it reads back as the same value. Nothing is guessed: a bare
number for money, another unit, a code that is none, a value outside the fact's range are refused. Absent is unknown and is
no value: ask ``is_absent`` first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from math import ceil, floor
from typing import Final

from feidi.engines.findings import Scalar
from feidi.engines.rules.facts import FactDef, FactType, Interval, Value
from feidi.engines.rules.language.codes_read import code_of, codes_of, labels_of, rank_of
from feidi.engines.rules.language.numbers import small_of
from feidi.engines.rules.language.source import WrongError
from feidi.engines.rules.language.words import day_of, fold, shown
from feidi.engines.rules.saying import UNKNOWN, say_codes, say_known, say_number
from feidi.engines.rules.units import unit_of

#: No sum of money is larger than this (10 万亿元 in 分), no other number larger than that many small units: a larger one is
#: a slip, and sums within these cannot overflow.
LARGEST_MONEY: Final = 10**15
LARGEST_NUMBER: Final = 10**12
_ABSENT: Final = frozenset({"", "未知", "不详", "不清楚", "待核实", "null", "none", "unknown", "-", "—", "n/a"})
_YES: Final = frozenset({"是", "yes", "true", "y"})
_NO: Final = frozenset({"否", "no", "false", "n"})
_NONE: Final = frozenset({"无", "none", "没有"})
#: (pattern, which end the figure is, whether it belongs to it)
_ONE_END: Final = (
    (re.compile(r"(?:>=|不低于|不少于|不小于|至少) ?(?P<it>.+)"), "lo", True),
    (re.compile(r"(?:<=|不高于|不超过|不大于|不多于|至多|最多) ?(?P<it>.+)"), "hi", True),
    (re.compile(r"(?:>|高于|超过|大于|多于) ?(?P<it>.+)"), "lo", False),
    (re.compile(r"(?:<|低于|少于|小于|不足|不满) ?(?P<it>.+)"), "hi", False),
    (re.compile(r"(?P<it>.+?) ?(?:\(含\))?(?:及以上|以上|以后|起)"), "lo", True),
    (re.compile(r"(?P<it>.+?) ?(?:\(含\))?(?:及以下|以下|以内|之内|以前|止)"), "hi", True),
)
_BETWEEN: Final = re.compile(r"(?P<lo>.+?) ?(?:~|至|到|-(?=[^-]*$)) ?(?P<hi>.+)")
_DAYS_BETWEEN: Final = re.compile(r"(?P<lo>\d{4}-\d{1,2}-\d{1,2}) ?(?:~|至|到|-) ?(?P<hi>\d{4}-\d{1,2}-\d{1,2})")
_MONTH: Final = re.compile(r"(\d{4})(?:-|年|/)(\d{1,2})月?")
_YEAR: Final = re.compile(r"(\d{4})年?")
_DAY: Final = re.compile(r"(\d{4})(?:年|/|\.)(\d{1,2})(?:月|/|\.)(\d{1,2})日?")
_UNIT: Final = re.compile(r"[\d,.\s]+(?P<unit>\D+)")
_DECEMBER: Final = 12
_INTERVALS: Final = frozenset({FactType.NUMBER, FactType.DATE, FactType.LEVEL})


class FactValueError(ValueError):
    """A value cannot be read as the fact it is for: a code with its parameters, as a finding has them."""

    def __init__(self, code: str, params: Mapping[str, Scalar]) -> None:
        super().__init__(f"{code} {dict(params)}")
        self.code = code
        self.params = params


def is_absent(definition: FactDef, given: object) -> bool:
    """Tell whether nothing is said of a fact: null, blank, 未知. Absent is unknown, never 0 and never "no".

    A word that a code of the fact has (none, unknown) is that code; written in other letters it is no code, and refused.
    """
    if not isinstance(given, str):
        return given is None
    word = fold(given).lower()
    return word in _ABSENT and not _names_a_code(definition, word)


def parse_value(definition: FactDef, given: object) -> Value:
    """Return the value that is meant. Raises ``FactValueError`` with a code and its parameters."""
    try:
        return _checked(definition, _read(definition, given))
    except WrongError as error:
        said = {"where": f"{definition.name}“{shown(given)}”", "fact": definition.name, "given": shown(given)}
        raise FactValueError(error.code, {**said, **error.params}) from error


def value_of_small(definition: FactDef, lo: int | None, hi: int | None) -> Value | None:
    """Return a value kept as whole numbers: small units, ordinals, ranks; a code's place, a set's mask of bits, 1 and 0.

    Both None: nothing is known. Raises ``FactValueError`` for what the fact cannot be.
    """
    try:
        return None if lo is None and hi is None else _checked(definition, _of_small(definition, lo, hi))
    except WrongError as error:
        said = {"where": definition.name, "fact": definition.name, "given": shown(lo if lo is not None else hi)}
        raise FactValueError(error.code, {**said, **error.params}) from error


def _of_small(definition: FactDef, lo: int | None, hi: int | None) -> Value:
    if definition.type in _INTERVALS:
        return Interval(lo, hi)
    if lo is None or lo != hi or lo < 0:
        raise WrongError("rules.value_interval")
    match definition.type:
        case FactType.YESNO if lo in (0, 1):
            return bool(lo)
        case FactType.CODE if lo < len(definition.codes):
            return definition.codes[lo]
        case FactType.CODES if lo >> len(definition.codes) == 0:
            return frozenset(code for place, code in enumerate(definition.codes) if lo >> place & 1)
    raise WrongError("rules.value_impossible", low="0", high=str(len(definition.codes)))


def say_value(definition: FactDef, value: Value | None) -> str:
    """Return a value as it is written: ``2,000万元``, ``≥ 2,000万元``, ``未知``. ``parse_value`` reads it back."""
    if not isinstance(value, Interval) or value.is_exact:
        return say_known(definition, value)
    known = definition.range
    lo = None if value.lo == known.lo and value.hi not in (None, known.hi) else value.lo
    hi = None if value.hi == known.hi and value.lo not in (None, known.lo) else value.hi
    if lo is not None and hi is not None:
        return f"{say_number(definition, lo)} 至 {say_number(definition, hi)}"
    return say_known(definition, Interval(lo, hi))


def _read(definition: FactDef, given: object) -> Value:
    if is_absent(definition, given):
        raise WrongError("rules.value_absent")
    if isinstance(given, Mapping):
        return _ends(definition, given)
    match definition.type:
        case FactType.YESNO:
            return _yes_no(given)
        case FactType.CODE:
            return code_of(definition, given)
        case FactType.CODES:
            return _codes(definition, given)
        case _:
            return _interval(definition, given)


def _yes_no(given: object) -> bool:
    if isinstance(given, bool):
        return given
    word = fold(given).lower() if isinstance(given, str) else ""
    if word in _YES or word in _NO:
        return word in _YES
    raise WrongError("rules.value_yesno")


def _codes(definition: FactDef, given: object) -> frozenset[str]:
    if isinstance(given, str):
        return frozenset() if _is_none(definition, given) else codes_of(definition, fold(given))
    if isinstance(given, list | tuple | set | frozenset):
        return frozenset(code_of(definition, each) for each in given)
    raise WrongError("rules.value_codes")


def _is_none(definition: FactDef, given: str) -> bool:
    word = fold(given).lower()
    return word in _NONE and not _names_a_code(definition, word)


def _names_a_code(definition: FactDef, word: str) -> bool:
    """Tell whether a code or label of the fact is written so, in small letters."""
    return word in {each.lower() for each in labels_of(definition)}


def _ends(definition: FactDef, given: Mapping[object, object]) -> Interval:
    if definition.type not in _INTERVALS or not given.keys() <= {"lo", "hi"}:
        raise WrongError("rules.value_interval")
    stated = [given.get(key) for key in ("lo", "hi")]
    lo, hi = (None if is_absent(definition, each) else _exact(definition, each) for each in stated)
    return Interval(lo, hi)


def _exact(definition: FactDef, given: object) -> int:
    if definition.type is FactType.LEVEL:
        return rank_of(definition, given)
    if definition.type is FactType.DATE:
        return day_of(_dashed(given))
    small = small_of(definition, given)
    if small.denominator != 1:
        raise WrongError("rules.too_exact", places=definition.scale, unit=definition.unit)
    return int(small)


def _dashed(given: object) -> object:
    if isinstance(given, datetime):
        return given.date() if given.time() == datetime.min.time() else given
    match = _DAY.fullmatch(fold(given)) if isinstance(given, str) else None
    return f"{match[1]}-{match[2]}-{match[3]}" if match else given


def _interval(definition: FactDef, given: object) -> Interval:
    if not isinstance(given, str):
        value = _exact(definition, given)
        return Interval(value, value)
    text = fold(given)
    for pattern, end, included in _ONE_END:
        match = pattern.fullmatch(text)
        if match is not None and not _is_label(definition, text):
            bound = _bound(definition, match["it"], end, included=included)
            return Interval(bound, None) if end == "lo" else Interval(None, bound)
    return _period(definition, text) or _between(definition, text) or _one(definition, text)


def _is_label(definition: FactDef, text: str) -> bool:
    """Tell whether a level is called so (本科及以上 may be one)."""
    return text in map(fold, (*definition.codes, *definition.labels.values()))


def _one(definition: FactDef, text: str) -> Interval:
    value = _exact(definition, text)
    return Interval(value, value)


def _bound(definition: FactDef, text: str, end: str, *, included: bool) -> int:
    """Return the end of a half-open range: the nearest value that belongs to it."""
    period = _period(definition, text) if definition.type is FactType.DATE else None
    if period is not None:
        low, high = period.lo or 0, period.hi or 0
        return (low if included else high + 1) if end == "lo" else (high if included else low - 1)
    exact = small_of(definition, text) if definition.type is FactType.NUMBER else Fraction(_exact(definition, text))
    if end == "lo":
        return ceil(exact) if included else floor(exact) + 1
    return floor(exact) if included else ceil(exact) - 1


def _period(definition: FactDef, text: str) -> Interval | None:
    """2026-01 and 2026年 are all days of that month or year."""
    if definition.type is not FactType.DATE:
        return None
    month, year = _MONTH.fullmatch(text), _YEAR.fullmatch(text)
    try:
        if month is not None:
            first = date(int(month[1]), int(month[2]), 1)
            after = date(first.year + first.month // _DECEMBER, first.month % _DECEMBER + 1, 1)
        elif year is not None:
            first, after = date(int(year[1]), 1, 1), date(int(year[1]) + 1, 1, 1)
        else:
            return None
    except ValueError as error:
        raise WrongError("rules.day_impossible", found=shown(text)) from error
    return Interval(first.toordinal(), after.toordinal() - 1)


def _between(definition: FactDef, text: str) -> Interval | None:
    days = definition.type is FactType.DATE
    match = (_DAYS_BETWEEN if days else _BETWEEN).fullmatch(text)
    if match is None or (not days and _is_label(definition, text)):
        return None
    low, high = match["lo"], match["hi"]
    if definition.type is FactType.NUMBER:
        low = _lent_unit(low, high)
    return Interval(_exact(definition, low), _exact(definition, high))


def _lent_unit(low: str, high: str) -> str:
    """1200-1500万元: the first figure has the unit of the second."""
    unit = _UNIT.fullmatch(high)
    bare = re.fullmatch(r"[\d,.]+", low)
    return f"{low}{unit['unit']}" if unit and bare and unit_of(unit["unit"].strip()) is not None else low


def _checked(definition: FactDef, value: Value) -> Value:
    """Return a value within the fact's range, open ends closed by it. Raises when none of it can be."""
    if not isinstance(value, Interval):
        return value
    known = definition.range
    lo, hi = value.lo, value.hi
    if lo is not None and hi is not None and lo > hi:
        raise WrongError("rules.value_reversed")
    for end in (lo, hi):
        if end is not None and not _possible(end, known, definition):
            raise WrongError("rules.value_impossible", low=_end(definition, known.lo), high=_end(definition, known.hi))
    return Interval(known.lo if lo is None else lo, known.hi if hi is None else hi)


def _possible(value: int, known: Interval, definition: FactDef) -> bool:
    if (known.lo is not None and value < known.lo) or (known.hi is not None and value > known.hi):
        return False
    return definition.type is not FactType.NUMBER or abs(value) <= largest(definition)


def largest(definition: FactDef) -> int:
    """Return how many small units no value of a number is beyond, whatever its declared range."""
    return LARGEST_MONEY if definition.is_money else LARGEST_NUMBER


def _end(definition: FactDef, value: int | None) -> str:
    return "不限" if value is None else say_number(definition, value)


__all__ = [
    "UNKNOWN",
    "FactValueError",
    "is_absent",
    "parse_value",
    "say_codes",
    "say_value",
    "value_of_small",
]
