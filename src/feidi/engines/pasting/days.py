"""Days in a message: written out, without a year, or counted from today."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from feidi.engines.pasting.model import TAKEN, Board, Sure, What

_HOUR: Final = r"(?:\s*(?:上午|下午|晚上|中午|早上|傍晚)?\s*\d{1,2}(?::\d{2}|[点时](?:半|\d{1,2}分?)?)|\s*(?:上午|下午|晚上|中午|早上))?"
_FULL: Final = re.compile(rf"(?<!\d)(20\d\d)\s?[-./年]\s?(\d{{1,2}})\s?[-./月]\s?(\d{{1,2}})(?!\d)[日号]?{_HOUR}")
_MONTH_DAY: Final = re.compile(rf"(?<!\d)(\d{{1,2}})月(\d{{1,2}})[日号]?(?!\d){_HOUR}")
_DOTTED: Final = re.compile(
    rf"(?:^|(?<=[\n,;。，；{TAKEN}]))\s*(\d{{1,2}})\.(\d{{1,2}})(?=[\s\u4e00-\u9fff])(?![万亿元个%年月米平])"
)
_WORDS: Final = {
    "大后天": 3,
    "大前天": -3,
    "今天": 0,
    "今日": 0,
    "明天": 1,
    "明日": 1,
    "后天": 2,
    "昨天": -1,
    "前天": -2,
}
_NAMED: Final = re.compile(rf"({'|'.join(_WORDS)}){_HOUR}")
_WEEKDAYS: Final = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
_WEEKDAY: Final = re.compile(rf"(上|本|这|下)个?(?:周|星期|礼拜)([一二三四五六日天]){_HOUR}")


def take_days(board: Board) -> None:
    """Take the days that a message names. Weekdays need 上, 本 or 下: 周三 alone may be any."""
    for found in _FULL.finditer(board.text):
        _take(board, found, _day(int(found[1]), int(found[2]), int(found[3])), Sure.CLEAR)
    for pattern, sure in ((_MONTH_DAY, Sure.CLEAR), (_DOTTED, Sure.LIKELY)):
        for found in pattern.finditer(board.text):
            _take(board, found, _nearest(board.today, int(found[1]), int(found[2])), sure, year_proposed=True)
    for found in _NAMED.finditer(board.text):
        _take(board, found, _counted(board.today, _WORDS[found[1]]), Sure.LIKELY)
    for found in _WEEKDAY.finditer(board.text):
        weeks = {"上": -1, "下": 1}.get(found[1], 0)
        days = weeks * 7 + _WEEKDAYS[found[2]] - board.today.weekday()
        _take(board, found, _counted(board.today, days), Sure.LIKELY)


def _take(board: Board, found: re.Match[str], day: date | None, sure: Sure, *, year_proposed: bool = False) -> None:
    if day is not None:
        board.take(What.DATE, found.span(), sure, day=day, year_proposed=year_proposed)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _nearest(today: date, month: int, day: int) -> date | None:
    """Return the day in the year that brings it nearest to today."""
    known = [_day(today.year + step, month, day) for step in (0, -1, 1) if date.min.year < today.year + step]
    days = [each for each in known if each is not None]
    return min(days, key=lambda each: abs((each - today).days)) if days else None


def _counted(today: date, days: int) -> date | None:
    try:
        return today + timedelta(days=days)
    except OverflowError:
        return None
