"""A year's notice as it is published, read into days.

As published: 一、元旦：1月1日（周五）至3日（周日）放假调休，共3天。1月4日（周一）上班。Written dates (2027-01-01至2027-01-03) do as well.
What the text says twice (weekday, number of days) is compared; what is not understood is listed, never guessed. Pure.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from feidi.engines.findings import Finding, Level
from feidi.kernel.calendar.almanac import Special

_YEAR = re.compile(r"(\d{4})年(?:部分)?节假日")
_HEAD = re.compile(r"(?:^|[。\n])\s*(?:[一二三四五六七八九十]+、)?\s*([\u4e00-\u9fff、和]{2,12}):")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_BRACKET = r"(?:\(([^()]*)\))?"
_DAY = re.compile(
    rf"(?:(\d{{4}})年)?(?:(\d{{1,2}})月)?(\d{{1,2}})日{_BRACKET}"
    rf"(?:\s*(?:至|到|-|—|~|\.\.)\s*(?:(\d{{4}})年)?(?:(\d{{1,2}})月)?(\d{{1,2}})日{_BRACKET})?"
    r"|(放假|补休|休息|上班)|共(\d{1,2})天"
)
_WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日天])")
_WEEKDAYS: Final = "一二三四五六日"
_DECEMBER, _NEW_YEAR = 12, "元旦"
_LONGEST: Final = 15


@dataclass(frozen=True, slots=True)
class Notice:
    """What was read: the days, and everything that does not agree or was not understood."""

    days: tuple[Special, ...]
    findings: tuple[Finding, ...]


@dataclass(slots=True)
class _Section:
    """One holiday while it is read: days that wait for 放假 or 上班, and the last run that got one."""

    name: str
    year: int
    month: int = 0
    waiting: list[date] = field(default_factory=list)
    last: int = 0
    days: list[Special] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def remark(self, code: str, level: Level = Level.PROBLEM, **params: str | int) -> None:
        self.findings.append(Finding(level, code, {"name": self.name, **params}))


def read_notice(year: int, text: str) -> Notice:
    """Read a notice of ``year``.

    >>> found = read_notice(2026, "一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。")
    >>> [f"{each.date:%m-%d}" for each in found.days if each.is_working], len(found.days), found.findings
    (['01-04'], 4, ())
    """
    plain = _ISO.sub(r"\1年\2月\3日", unicodedata.normalize("NFKC", text))
    findings: list[Finding] = []
    said = _YEAR.search(plain)
    if said and int(said[1]) != year:
        findings.append(Finding(Level.PROBLEM, "calendar.notice_of_other_year", {"year": year, "said": int(said[1])}))
    sections = list(_sections(year, plain))
    for each in sections:
        findings += each.findings
    days = [day for each in sections for day in each.days]
    return Notice(tuple(sorted(days, key=lambda each: each.date)), tuple(findings))


def _sections(year: int, plain: str) -> Iterator[_Section]:
    heads = list(_HEAD.finditer(plain))
    for at, head in enumerate(heads):
        end = heads[at + 1].start() if at + 1 < len(heads) else len(plain)
        section = _Section(head[1], year)
        for found in _DAY.finditer(plain, head.end(), end):
            _take(section, found)
        if section.waiting:
            named = f"{section.waiting[0]:%Y-%m-%d}"
            section.remark("calendar.day_without_kind", Level.NOTE, day=named, count=len(section.waiting))
        yield section


def _take(section: _Section, found: re.Match[str]) -> None:
    if kind := found[9]:
        section.days += [Special(day, kind == "上班", section.name) for day in section.waiting]
        section.last, section.waiting = len(section.waiting) or section.last, []
    elif found[10]:
        if int(found[10]) != section.last:
            section.remark("calendar.count_differs", said=int(found[10]), found=section.last)
    else:
        section.waiting += _span(section, found)


def _span(section: _Section, found: re.Match[str]) -> list[date]:
    first = _day(section, found[1], found[2], found[3], found[4])
    if found[7] is None or first is None:
        return [first] if first else []
    last = _day(section, found[5] or (str(first.year) if found[6] is None else None), found[6], found[7], found[8])
    if last is None:
        return [first]
    if last < first or (last - first).days > _LONGEST:
        section.remark("calendar.span_wrong", day=f"{first}", until=f"{last}")
        return [first]
    return [first + timedelta(days=each) for each in range((last - first).days + 1)]


def _day(section: _Section, year: str | None, month: str | None, day: str, bracket: str | None) -> date | None:
    section.month = int(month) if month else section.month
    before = not year and section.month == _DECEMBER and section.name.startswith(_NEW_YEAR)
    try:
        found = date(int(year) if year else section.year - before, section.month, int(day))
    except ValueError:
        section.remark("calendar.no_such_day", day=f"{section.month}月{day}日")
        return None
    said = _WEEKDAY.search(bracket or "")
    if said and _WEEKDAYS[found.weekday()] != said[1].replace("天", "日"):
        section.remark(
            "calendar.weekday_differs", day=f"{found}", said=said[0], found=f"周{_WEEKDAYS[found.weekday()]}"
        )
    return found
