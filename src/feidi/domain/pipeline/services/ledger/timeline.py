"""最新进展: one cell of dated remarks, taken apart into entries and put together again, letter by letter.

"11.3 电话沟通；11.10 来访，李博士等3人" is two entries. An entry begins where a date begins, at the start of
the cell or after ；。 or a line break. The year that was not written is proposed, never assumed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from feidi.domain.pipeline.enums import InteractionKind

#: 11.3 · 11月3日 · 2026.11.3 · 11/3; "3.5亿元" and "1.5倍" are amounts, not days.
_DATE = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d)\s*[.年/-]\s*)?(?P<month>1[0-2]|0?[1-9])\s*(?P<sep>[.月/-])\s*"
    r"(?P<day>3[01]|[12]\d|0?[1-9])(?!\d|\.\d)\s*[日号]?"
    r"(?!\s*(?:[万亿千百]|元|倍|%|％|‰|㎡|m|k|米|吨|台|套|人|家|个|项|亩|度|平|年|月|天|岁|折|成|[/-]\d))",
    re.IGNORECASE,
)
_BREAK = re.compile(r"[；;。\n\r]\s*")
_TRIM = " \t\r\n；;。，,、:："
_KINDS: tuple[tuple[InteractionKind, str], ...] = (
    (InteractionKind.VISIT_IN, r"来访|到访|来深|来中心|来驻点|参观|接待|前来"),
    (InteractionKind.VISIT_OUT, r"走访|拜访|上门|考察|调研|实地|赴"),
    (InteractionKind.MEETING, r"会议|座谈|会谈|视频会|开会|会商|洽谈会|研讨"),
    (InteractionKind.CALL, r"电话|致电|通话|来电|电联"),
    (InteractionKind.MESSAGE, r"微信|邮件|短信|QQ|发函|回函"),
)
_KIND = re.compile("|".join(f"(?P<{kind.value}>{words})" for kind, words in _KINDS))
_TITLE = r"(?:博士|教授|董事长|总经理|总裁|总监|经理|主任|局长|科长|处长|书记|区长|市长|院长|所长|会长|先生|女士|老师|工程师|总|工)"
_PEOPLE = re.compile(
    rf"[\u4e00-\u9fffA-Za-z·]{{1,8}}?{_TITLE}(?:、[\u4e00-\u9fff]{{1,6}}?{_TITLE})*(?:一行|等)?(?:\d+(?:余|多)?人)?"
    r"|[\u4e00-\u9fff]{2,4}等\d+(?:余|多)?人|一行\d+(?:余|多)?人|\d+(?:余|多)?人"
)
_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Entry:
    """One remark. ``as_written`` is its whole piece of the cell; ``on`` None: no day was written."""

    as_written: str
    on: date | None
    year_proposed: bool
    kind: InteractionKind
    people: str
    summary: str


def parse_timeline(text: str, *, reference: date) -> list[Entry]:
    """Take a cell apart. ``reference``: the day of the file; a proposed date is never after it.

    >>> [(e.on.isoformat(), e.year_proposed, e.kind.value, e.people) for e in parse_timeline(
    ...     "11.3 电话沟通；11.10 来访，李博士等3人", reference=date(2026, 11, 23))]
    [('2026-11-03', True, 'call', ''), ('2026-11-10', True, 'visit_in', '李博士等3人')]
    """
    found: list[Entry] = []
    previous: date | None = None
    for piece in split_timeline(text):
        entry = _entry(piece, reference, previous)
        if entry.on is not None and not entry.year_proposed:
            previous = entry.on
        found.append(entry)
    return found


def proposed_days(text: str, *, reference: date) -> list[date]:
    """Return the days of a cell whose year was proposed: what ``parse_timeline`` says, without the words."""
    found: list[date] = []
    previous: date | None = None
    for piece in split_timeline(text):
        match = _DATE.match(piece.lstrip(" \t\r\n"))
        day, proposed = _day(match, reference, previous) if match else (None, False)
        if day is not None and proposed:
            found.append(day)
        elif day is not None:
            previous = day
    return found


def render_timeline(pieces: Iterable[str]) -> str:
    """Put pieces together again: the text they were taken from."""
    return "".join(pieces)


def split_timeline(text: str) -> list[str]:
    """Cut a cell where a dated remark begins; the pieces joined are the cell.

    >>> split_timeline("初步接触；11.3 电话；有意向。11.10 来访")
    ['初步接触；', '11.3 电话；有意向。', '11.10 来访']
    """
    if not text.strip():
        return []
    breaks = (mark.end() for mark in _BREAK.finditer(text))
    cuts = [0, *(at for at in breaks if at < len(text) and _DATE.match(text, at))]
    pieces = [text[start:end] for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True)]
    return [part for piece in pieces for part in _short(piece)]


def _short(piece: str) -> list[str]:
    return [piece[at : at + _LONGEST] for at in range(0, len(piece), _LONGEST)]


def _entry(piece: str, reference: date, previous: date | None) -> Entry:
    bare = piece.lstrip(" \t\r\n")
    match = _DATE.match(bare)
    day, proposed, body = None, False, bare
    if match is not None:
        day, proposed = _day(match, reference, previous)
        body = bare[match.end() :] if day is not None else bare
    body = body.strip(_TRIM)
    kind, people = _kind(body), _PEOPLE.search(body)
    return Entry(piece, day, proposed, kind, people.group(0)[:300] if people else "", body)


def _day(match: re.Match[str], reference: date, previous: date | None) -> tuple[date | None, bool]:
    month, day = int(match["month"]), int(match["day"])
    if match["year"]:
        return _day_or_none(int(match["year"]), month, day), False
    if previous is not None:
        for year in (previous.year, previous.year + 1):
            after = _day_or_none(year, month, day)
            if after is not None and previous <= after <= reference:
                return after, True
    for year in range(reference.year, reference.year - 9, -1):
        found = _day_or_none(year, month, day)
        if found is not None and found <= reference:
            return found, True
    return None, False


def _day_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _kind(body: str) -> InteractionKind:
    """Return the kind whose word stands first, else a note."""
    match = _KIND.search(body)
    return InteractionKind(str(match.lastgroup)) if match else InteractionKind.NOTE
