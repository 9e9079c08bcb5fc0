"""Dates as people write them, with exactly the precision they wrote: never a guessed day, month or year."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from feidi.engines.findings import Finding, Level, Scalar
from feidi.engines.sheets.folding import fold
from feidi.engines.sheets.model import finding
from feidi.engines.sheets.money_words import NOT_STATED
from feidi.engines.sheets.numerals import parse_numeral, text_of


class Precision(StrEnum):
    """How exactly a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class DateText:
    """A date as written. ``date`` only when year, month and day were all written; parts as far as known.

    ``year_missing``: month (and day) are known, the year is not; ``with_year`` completes it once confirmed.
    """

    text: str
    date: date | None = None
    precision: Precision | None = None
    year_missing: bool = False
    year: int | None = None
    month: int | None = None
    day: int | None = None

    def with_year(self, year: int) -> DateText:
        """Return the date in a year that somebody confirmed; unchanged when the year was written or does not fit.

        >>> parse_date_text("11月3日")[0].with_year(2026).date
        datetime.date(2026, 11, 3)
        """
        if not self.year_missing or self.month is None:
            return self
        moment = _day_or_none(year, self.month, self.day) if self.day else None
        if self.day and moment is None:
            return self
        return replace(self, year=year, year_missing=False, date=moment)


Found = tuple[DateText, tuple[Finding, ...]]
_MAX_NUMBER = 10**9
#: Longer texts are prose, not a date.
_MAX_CHARS = 60
_ABOUT = re.compile(r"^(?:约|大约|预计|计划|拟|拟于|暂定)+于?|(?:左右|前后)$")
_SERIAL_FROM, _SERIAL_TO = 25_569, 73_050
_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
_TIME = r"(?:[T\s]*\d{1,2}[:时]\d{1,2}(?:[:分]\d{1,2}(?:\.\d+)?秒?)?分?(?:\s*[AP]M|\s*[上下]午)?(?:Z|[+-]\d\d:?\d\d)?)?"
_SEP = r"[-/.年·、]"
_YMD = re.compile(rf"^(\d{{4}}){_SEP}(\d{{1,2}})[-/.月·、](\d{{1,2}})[日号]?{_TIME}$")
_YM = re.compile(r"^(\d{4})(?:[-/.·]|年)(\d{1,2})(?:月份?)?$")
_Y = re.compile(r"^(\d{4})(?:年度?)?$")
_SHORT_YMD = re.compile(rf"^[''‘’]?(\d{{2}}){_SEP}(\d{{1,2}})[-/.月](\d{{1,2}})[日号]?$")
_SHORT_YM = re.compile(r"^[''‘’]?(\d{2})年(\d{1,2})月份?$")
_MD = re.compile(r"^(\d{1,2})[月./-](\d{1,2})[日号]?$")
_M = re.compile(r"^(\d{1,2})月份?$")
_EIGHT = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_SIX = re.compile(r"^((?:19|20)\d{2})(\d{2})$")
_DMY = re.compile(rf"^(\d{{1,2}})[/.-](\d{{1,2}})[/.-](\d{{4}}){_TIME}$")
_PART = re.compile(
    r"^(?:(\d{4})年?)?(?:度)?(?:(\d{1,2})月份?)?[-—,，]?(上半年|下半年|年初|年中|年底|年末|春节前|第?[一二三四1234]季度?|[Qq][1-4]|上旬|中旬|下旬|初|中|底|末|内|前|份)(?:前|之前|以前)?$"
)
_RANGE = re.compile(
    r"(?<=[\d年月日号])\s*(?:至|到|~|—|--)\s*(?=\d)|(?<=\d{4}[./]\d)-(?=\d{4})|(?<=\d{4}[./]\d\d)-(?=\d{4})|(?<=[日月号])-(?=\d)|(?<=\d[./]\d)-(?=\d{4})|(?<=\d[./]\d\d)-(?=\d{4})"
)
_CN_DATE = re.compile(
    r"[〇零○一二三四五六七八九十]{2,4}年|[一二三四五六七八九十]{1,3}月(?:[一二三四五六七八九十]{1,3}[日号])?"
)
_WEEKDAY = re.compile(r"\s*[(（]?(?:星期|周)[一二三四五六日天][)）]?$")
_FEW = frozenset(
    {
        "长期",
        "近期",
        "尽快",
        "持续",
        "另行通知",
        "上半年",
        "下半年",
        "年内",
        "今年",
        "明年",
        "去年",
        "本月",
        "下月",
        "近日",
        "即日",
        "今年内",
    }
)


def parse_date_text(
    value: str | float | Decimal | date | datetime | None, *, precision: str | None = None, date1904: bool = False
) -> tuple[DateText, tuple[Finding, ...]]:
    """Read one date in any shape. ``precision``: what a cell's number format shows (``month``: the day is not known).

    Numbers are told from texts: the number 2023.1 may be January or October, so its month stays open.
    Returns the date and findings; never raises.

    >>> parse_date_text("2023年5月")[0].precision.value, parse_date_text("2023年5月")[0].date
    ('month', None)
    >>> parse_date_text(45000)[0].date, parse_date_text("5.6")[0].year_missing, parse_date_text("23.5.6")[0].date
    (datetime.date(2023, 3, 15), True, datetime.date(2023, 5, 6))
    """
    if value is None or isinstance(value, bool):
        return DateText(""), ()
    if isinstance(value, date):
        return _from_date(value, precision), ()
    if isinstance(value, (int, float, Decimal)):
        return _from_number(value, date1904=date1904)
    return _from_text(value.strip())


def _from_date(value: date, precision: str | None) -> DateText:
    day = value.date() if isinstance(value, datetime) else value
    if precision == Precision.MONTH:
        return DateText(f"{day:%Y-%m}", None, Precision.MONTH, year=day.year, month=day.month)
    if precision == Precision.YEAR:
        return DateText(f"{day:%Y}", None, Precision.YEAR, year=day.year)
    return DateText(day.isoformat(), day, Precision.DAY, year=day.year, month=day.month, day=day.day)


def _note(code: str, text: str, level: Level = Level.NOTE, **params: Scalar) -> tuple[Finding, ...]:
    return (finding(level, code, {"text": text[:80], **params}),)


def _from_number(value: float | Decimal, *, date1904: bool) -> Found:
    text = text_of(value)
    number = Decimal(text)
    if not number.is_finite() or abs(number) > _MAX_NUMBER:
        return DateText(text), _note("sheets.date.unclear", text, Level.PROBLEM)
    if _SERIAL_FROM <= number <= _SERIAL_TO:
        return _serial(text, int(number), date1904=date1904)
    whole, _, part = text.partition(".")
    # As a number 2023.10 is stored as 2023.1, and 5.20 as 5.2: a zero may be lost.
    if part == "1" and len(whole) == len("2023"):
        known = DateText(text, None, Precision.YEAR, year=int(whole))
        return known, _note("sheets.date.month_unclear", text, Level.PROBLEM)
    if part in ("1", "2", "3") and len(whole) <= len("12"):
        return DateText(text), _note("sheets.date.unclear", text, Level.PROBLEM)
    return _from_text(text)


def _serial(text: str, number: int, *, date1904: bool) -> Found:
    moment = (_EPOCH_1904 if date1904 else _EPOCH) + timedelta(days=number)
    found = replace(_from_date(moment, None), text=text)
    return found, _note("sheets.date.serial", text, date=moment.isoformat())


def _from_text(raw: str) -> Found:
    if len(raw) > _MAX_CHARS:
        return DateText(raw), _note("sheets.date.unclear", raw, Level.PROBLEM)
    text = _WEEKDAY.sub("", fold(raw))
    tight = re.sub(r"\s*([-/.年月日号])\s*", r"\1", text)
    if not text:
        return DateText(raw), ()
    if NOT_STATED.match(tight) or tight in _FEW:
        return DateText(raw), _note("sheets.date.not_stated", raw)
    tight = _CN_DATE.sub(_arabic, tight)
    bare = _ABOUT.sub("", tight)
    findings = _note("sheets.date.approximate", raw) if bare != tight else ()
    found = _first_reading(raw, bare)
    if found is None:
        return DateText(raw), _note("sheets.date.unclear", raw, Level.PROBLEM)
    return found[0], (*findings, *found[1])


def _first_reading(raw: str, text: str) -> Found | None:
    if _RANGE.search(text) and not _YMD.match(text):
        return DateText(raw), _note("sheets.date.range", raw, Level.PROBLEM)
    return next((found for read in _READERS if (found := read(raw, text)) is not None), None)


def _arabic(match: re.Match[str]) -> str:
    """Turn 二〇二三年 and 十一月三日 into digits."""

    def digits(part: re.Match[str]) -> str:
        value = parse_numeral(part.group(0).replace("○", "〇"))
        return str(value) if value is not None else part.group(0)

    return re.sub(r"[〇零○一二三四五六七八九十]+", digits, match.group(0))


def _day_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _full(raw: str, year: int, month: int, day: int, findings: tuple[Finding, ...] = ()) -> Found:
    moment = _day_or_none(year, month, day)
    if moment is None or not 1900 <= year <= 2200:  # noqa: PLR2004 - a ledger's years
        return DateText(raw), _note("sheets.date.impossible", raw, Level.PROBLEM)
    return DateText(raw, moment, Precision.DAY, year=year, month=month, day=day), findings


def _month(raw: str, year: int | None, month: int, findings: tuple[Finding, ...] = ()) -> Found:
    if not 1 <= month <= 12 or (year is not None and not 1900 <= year <= 2200):  # noqa: PLR2004
        return DateText(raw), _note("sheets.date.impossible", raw, Level.PROBLEM)
    if year is None:
        findings = (*findings, *_note("sheets.date.year_missing", raw))
    return DateText(raw, None, Precision.MONTH, year is None, year=year, month=month), findings


def _short_year(two: str) -> int:
    return 2000 + int(two)


def _read_ymd(raw: str, text: str) -> Found | None:
    match = _YMD.match(text) or _EIGHT.match(text)
    return _full(raw, int(match[1]), int(match[2]), int(match[3])) if match else None


def _read_ym(raw: str, text: str) -> Found | None:
    match = _YM.match(text) or _SIX.match(text)
    return _month(raw, int(match[1]), int(match[2])) if match else None


def _read_year(raw: str, text: str) -> Found | None:
    match = _Y.match(text)
    if not match or not 1900 <= int(match[1]) <= 2200:  # noqa: PLR2004
        return None
    return DateText(raw, None, Precision.YEAR, year=int(match[1])), ()


def _read_serial(raw: str, text: str) -> Found | None:
    plain = text.isdecimal() and text.isascii() and _SERIAL_FROM <= int(text) <= _SERIAL_TO
    return _serial(raw, int(text), date1904=False) if plain else None


def _read_short(raw: str, text: str) -> Found | None:
    """Two-digit years: 23.5.6, 23年5月. They are of this century, and said so."""
    match = _SHORT_YMD.match(text)
    if match:
        year = _short_year(match[1])
        return _full(raw, year, int(match[2]), int(match[3]), _note("sheets.date.two_digit_year", raw, year=year))
    match = _SHORT_YM.match(text)
    if match:
        year = _short_year(match[1])
        return _month(raw, year, int(match[2]), _note("sheets.date.two_digit_year", raw, year=year))
    return None


def _read_month_day(raw: str, text: str) -> Found | None:
    match = _MD.match(text)
    if not match:
        match = _M.match(text)
        return _month(raw, None, int(match[1])) if match else None
    month, day = int(match[1]), int(match[2])
    if _day_or_none(2024, month, day) is None:  # 2024 has a 29 February
        if "月" not in text and 13 <= month <= 99 and 1 <= day <= 12:  # noqa: PLR2004 - 23.5: the year 2023, May
            year = _short_year(match[1])
            return _month(raw, year, day, _note("sheets.date.two_digit_year", raw, year=year))
        return DateText(raw), _note("sheets.date.impossible", raw, Level.PROBLEM)
    return DateText(raw, None, Precision.DAY, year_missing=True, month=month, day=day), _note(
        "sheets.date.year_missing", raw
    )


def _read_dmy(raw: str, text: str) -> Found | None:
    match = _DMY.match(text)
    if not match:
        return None
    first, second, year = int(match[1]), int(match[2]), int(match[3])
    if first != second and max(first, second) <= 12:  # noqa: PLR2004 - 5/6/2023: May or June?
        known = DateText(raw, None, Precision.YEAR, year=year)
        return known, _note("sheets.date.month_unclear", raw, Level.PROBLEM)
    month, day = (second, first) if first > 12 else (first, second)  # noqa: PLR2004
    return _full(raw, year, month, day)


def _read_part(raw: str, text: str) -> Found | None:
    """2023年上半年, 2023Q3, 5月上旬, 2023年底: the part is kept as text, the precision stays that of year or month."""
    match = _PART.match(text)
    if not match or not (match[1] or match[2]):
        return None
    findings = _note("sheets.date.part_only", raw, part=match[3])
    if match[2]:
        return _month(raw, int(match[1]) if match[1] else None, int(match[2]), findings)
    return DateText(raw, None, Precision.YEAR, year=int(match[1])), findings


_READERS: tuple[Callable[[str, str], Found | None], ...] = (
    _read_ymd, _read_ym, _read_year, _read_serial, _read_short, _read_dmy, _read_month_day, _read_part,
)  # fmt: skip
