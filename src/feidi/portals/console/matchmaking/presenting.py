"""From matchmaking days to what the components draw."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feidi.domain.matching.models import Introduction, IntroductionMeeting, MatchmakingDay
from feidi.domain.matching.selectors.days import Without, moment_of
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.kernel.messages import fix_of, text_of
from feidi.portals.console.lists import chat_lines
from feidi.portals.console.profiles.presenting import owner_of
from feidi.portals.ui.pieces import Badge, Column, Row

COLUMNS = [
    Column("title", gettext_lazy("名称"), sortable=True, lead=True),
    Column("on", gettext_lazy("日期"), sortable=True),
    Column("place", gettext_lazy("地点")),
    Column("size", gettext_lazy("时段 × 桌")),
    Column("meetings", gettext_lazy("已排会面"), sortable=True),
]


@dataclass(frozen=True, slots=True)
class Seated:
    """One meeting as the pages and papers write it: when, at which table, who on both sides."""

    meeting: IntroductionMeeting
    slot: int
    table: int
    at: str
    need: str
    offer: str
    need_title: str
    offer_title: str
    clash: str = ""


@dataclass(frozen=True, slots=True)
class Left:
    """One introduction without a meeting: which, why, what helps."""

    introduction: Introduction
    why: str
    fix: str


def rows_of(days: Sequence[Any]) -> list[Row]:
    """Return days (as ``list_days`` gives them) as list rows."""
    return [
        Row(
            cells={
                "title": each.title,
                "on": each.held_on,
                "place": each.place,
                "size": f"{each.slots} × {each.tables}",
                "meetings": each.meeting_count,
            },
            url=reverse("console:matchmaking:day_view", args=[each.uid]),
            uid=each.uid,
        )
        for each in days
    ]


def seated_of(
    day: MatchmakingDay,
    meetings: Iterable[IntroductionMeeting],
    clashes: Mapping[int, IntroductionMeeting] = MappingProxyType({}),
) -> list[Seated]:
    """Return the meetings in words, each with the meeting elsewhere that it clashes with."""
    return [
        Seated(
            meeting=each,
            slot=each.slot or 0,
            table=each.table or 0,
            at=hours_of(day, each.slot or 0),
            need=owner_of(each.introduction.need),
            offer=owner_of(each.introduction.offer),
            need_title=each.introduction.need.title,
            offer_title=each.introduction.offer.title,
            clash=_clash(clashes[each.pk]) if each.pk in clashes else "",
        )
        for each in meetings
    ]


def _clash(away: IntroductionMeeting) -> str:
    at = away.planned_for.astimezone(SHANGHAI)
    return _("同一时间另有会面：{at} {number}").format(at=f"{at:%Y-%m-%d %H:%M}", number=away.introduction.number)


def hours_of(day: MatchmakingDay, slot: int) -> str:
    """Return from when to when a slot is."""
    begins = moment_of(day, slot)
    return f"{_clock(begins)}—{_clock(begins + timedelta(minutes=day.slot_minutes))}"


def _clock(at: datetime) -> str:
    return at.astimezone(SHANGHAI).strftime("%H:%M")


def by_slot(day: MatchmakingDay, seated: Iterable[Seated]) -> list[tuple[int, str, list[Seated]]]:
    """Return (slot, hours, meetings) of every slot, empty ones too."""
    found: dict[int, list[Seated]] = defaultdict(list)
    for each in seated:
        found[each.slot].append(each)
    return [(slot, hours_of(day, slot), found[slot]) for slot in range(1, day.slots + 1)]


def by_table(seated: Iterable[Seated]) -> list[tuple[int, list[Seated]]]:
    """Return (table, meetings in order of time) of every table that is used."""
    found: dict[int, list[Seated]] = defaultdict(list)
    for each in seated:
        found[each.table].append(each)
    return sorted(found.items())


def by_firm(seated: Iterable[Seated]) -> list[tuple[str, list[tuple[Seated, str]]]]:
    """Return (firm, (meeting, whom it meets)) of everybody who comes: a slip holds its own meetings only."""
    found: dict[str, list[tuple[Seated, str]]] = defaultdict(list)
    for each in seated:
        found[each.need].append((each, each.offer))
        found[each.offer].append((each, each.need))
    return sorted(found.items())


def slip_of(seated: Sequence[Seated], profile: str) -> tuple[str, list[tuple[Seated, str]]] | None:
    """Return the slip of the firm that has the profile of this uid; None when it does not come."""
    names = {each.meeting.introduction.need.uid: each.need for each in seated}
    names |= {each.meeting.introduction.offer.uid: each.offer for each in seated}
    name = names.get(profile)
    return next((slip for slip in by_firm(seated) if slip[0] == name), None)


def profile_of(slip: tuple[str, list[tuple[Seated, str]]]) -> str:
    """Return the uid of one profile of a slip's firm, by which the slip is asked for."""
    name, rows = slip
    introduction = rows[0][0].meeting.introduction
    return introduction.need.uid if rows[0][0].need == name else introduction.offer.uid


def slip_lines(rows: Iterable[tuple[Seated, str]]) -> list[tuple[str, str]]:
    """Return (when, where and whom) of one firm's own meetings."""
    return [(each.at, _("第 {table} 桌　{other}").format(table=each.table, other=other)) for each, other in rows]


def agenda_lines(seated: Iterable[Seated]) -> list[tuple[str, str]]:
    """Return (when and where, who meets whom) of the whole day, for the outpost's own people."""
    return [
        (_("{at} 第 {table} 桌").format(at=each.at, table=each.table), f"{each.need} × {each.offer}") for each in seated
    ]


def left_of(without: Iterable[Without]) -> list[Left]:
    """Return who stays without a meeting, in words."""
    return [Left(each.introduction, text_of(each.why), fix_of(each.why)) for each in without]


def badges_of(day: MatchmakingDay, today: date) -> list[Badge]:
    """Return what stands beside the title."""
    if day.voided_at:
        return [Badge(_("已作废"), "quiet")]
    return [Badge(_("已过"), "quiet")] if day.held_on < today else [Badge(f"{day.held_on:%Y-%m-%d}", "info")]


def pairs_of(day: MatchmakingDay, seated: Sequence[Seated], left: Sequence[Left]) -> list[tuple[str, str]]:
    """Return the particulars of a day with how full it is."""
    return [
        (_("日期"), f"{day.held_on:%Y-%m-%d}"),
        (_("地点"), day.place or _("未说明")),
        (_("时段"), _("{n} 个，每场 {minutes} 分钟，{at} 开始").format(
            n=day.slots, minutes=day.slot_minutes, at=f"{day.begins_at:%H:%M}")),
        (_("桌子"), str(day.tables)),
        (_("已排会面"), f"{len(seated)} / {day.slots * day.tables}"),
        (_("没有排上"), str(len(left))),
    ]  # fmt: skip


def list_text(rows: Iterable[Row], total: str) -> str:
    """Return the listed days as lines for a chat message."""
    lines = (f"{each.cells['on']:%Y-%m-%d} {each.cells['title']}" for each in rows)
    return chat_lines(_("对接日 {total}").format(total=total), lines)


def day_text(day: MatchmakingDay, seated: Iterable[Seated]) -> str:
    """Return the agenda as lines for a chat message of the outpost's own people: times and tables by number, no names."""
    title = f"{day.title} {day.held_on:%Y-%m-%d} {day.place}".strip()
    lines = (
        _("{at} 第 {table} 桌 {number}").format(at=each.at, table=each.table, number=each.meeting.introduction.number)
        for each in seated
    )
    return chat_lines(title, lines)
