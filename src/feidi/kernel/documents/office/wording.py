"""Numerals, headings, days and titles as official papers write them."""

from __future__ import annotations

import math
import re
from datetime import date
from typing import Final

_NUMERALS: Final = "零一二三四五六七八九十"
#: Characters that names and phrases often end with.
_ENDS: Final = frozenset("区市省县镇街局会部院处心站地作况告案法目量企业果的和及与")


#: What XML cannot hold; it would make the file unreadable.
_CONTROLS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def clean(text: str) -> str:
    """Return text without what an office file cannot hold."""
    return _CONTROLS.sub("", text)


def chinese_number(number: int) -> str:
    """Return 1..99 in Chinese numerals.

    >>> [chinese_number(n) for n in (1, 10, 11, 20, 34)]
    ['一', '十', '十一', '二十', '三十四']
    """
    tens, ones = divmod(number, 10)
    if not tens:
        return _NUMERALS[ones]
    return f"{_NUMERALS[tens] if tens > 1 else ''}十{_NUMERALS[ones] if ones else ''}"


def heading_mark(level: int, number: int) -> str:
    """Return what stands before a heading.

    >>> [heading_mark(level, 2) for level in (1, 2, 3, 4)]
    ['二、', '（二）', '2.', '（2）']
    """
    return (f"{chinese_number(number)}、", f"（{chinese_number(number)}）", f"{number}.", f"（{number}）")[level - 1]


def date_words(day: date) -> str:
    """Return a day as papers write it.

    >>> date_words(date(2026, 1, 5))
    '2026年1月5日'
    """
    return f"{day.year}年{day.month}月{day.day}日"


def text_width(text: str) -> float:
    """Return the width in full characters: a Latin letter or digit takes half.

    >>> text_width("2026年")
    3.0
    """
    return sum(0.5 if char.isascii() else 1.0 for char in text)


def title_lines(title: str, longest: int = 20) -> tuple[str, ...]:
    """Return the lines of a title: as written, else balanced, never inside a number, a word or 《》.

    >>> title_lines("关于2026年1—11月云溪区科创飞地招商工作情况的汇报")
    ('关于2026年1—11月云溪区', '科创飞地招商工作情况的汇报')
    """
    if "\n" in title:
        return tuple(line.strip() for line in title.split("\n") if line.strip())
    count = math.ceil(text_width(title) / longest)
    lines, rest = [], title
    while count > 1:
        at = _break_near(rest, text_width(rest) / count)
        lines.append(rest[:at])
        rest, count = rest[at:], count - 1
    return (*lines, rest)


def _break_near(text: str, ideal: float) -> int:
    places = [at for at in range(2, len(text) - 1) if _may_break(text, at)]
    return min(places, key=lambda at: _cost(text, at, ideal), default=len(text))


def _cost(text: str, at: int, ideal: float) -> float:
    """Prefer the even break, but walk up to four characters to one where a name or phrase mostly ends."""
    return abs(text_width(text[:at]) - ideal) + (0 if text[at - 1] in _ENDS else 4)


def _may_break(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    joined = before.isascii() and after.isascii()
    counted = before.isdigit() or after.isdigit()
    hanging = after in "的、，。；：！？）》”—年月日" or before in "（《“—"
    quoted = text[:at].count("《") > text[:at].count("》")
    return not (joined or counted or hanging or quoted)
