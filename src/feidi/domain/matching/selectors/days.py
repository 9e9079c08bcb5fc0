"""对接日: which days there are, who meets whom at which table, who is elsewhere then, who stays without and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Count, Q, QuerySet

from feidi.domain.matching.access import visible_to
from feidi.domain.matching.enums import IntroductionState
from feidi.domain.matching.models import Introduction, IntroductionMeeting, MatchmakingDay
from feidi.domain.matching.selectors.day_firms import Wanted, wanted_of
from feidi.domain.matching.selectors.day_seating import Seat
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.engines.findings import Finding, Level
from feidi.kernel.access import Actor

#: Column of the list → field.
SORTS: Final = {"title": "title", "on": "held_on", "meetings": "meeting_count"}
#: Names are shown and nothing is over: whose meetings may be arranged.
_MAY_MEET: Final = (IntroductionState.REVEALED, IntroductionState.MET, IntroductionState.TRYING)
#: How long a meeting outside of a day is taken to last: nobody writes that down.
_UNSAID_MINUTES: Final = 60
_COMING: Final = (IntroductionState.INTERESTED, IntroductionState.AGREED, IntroductionState.REVEALED)
_SIDES: Final = tuple(f"{side}__{of}" for side in ("need", "offer") for of in ("organization", "project", "person"))


@dataclass(frozen=True, slots=True)
class DayFilter:
    """What the list shows. ``show``: coming (today and later), past, all."""

    words: str = ""
    show: str = "all"
    outpost_id: int | None = None


@dataclass(frozen=True, slots=True)
class Without:
    """An introduction without a meeting on this day, and why."""

    introduction: Introduction
    why: Finding


def list_days(actor: Actor, wanted: DayFilter, today: date) -> QuerySet[MatchmakingDay]:
    """Return the matchmaking days of the actor's outposts, the latest first, each with its ``meeting_count``."""
    rows = visible_to(actor, MatchmakingDay.objects.filter(voided_at__isnull=True))
    if wanted.words:
        rows = rows.filter(Q(title__icontains=wanted.words) | Q(place__icontains=wanted.words))
    if wanted.show == "coming":
        rows = rows.filter(held_on__gte=today)
    if wanted.show == "past":
        rows = rows.filter(held_on__lt=today)
    if wanted.outpost_id is not None:
        rows = rows.filter(outpost_id=wanted.outpost_id)
    live = Count("meetings", filter=Q(meetings__voided_at__isnull=True))
    return rows.select_related("outpost").annotate(meeting_count=live).order_by("-held_on", "-id")


def get_day(actor: Actor, uid: str) -> MatchmakingDay:
    """Return one of the actor's outposts; raises ``MatchmakingDay.DoesNotExist`` for every other."""
    return visible_to(actor, MatchmakingDay.objects.select_related("outpost__home")).get(uid=uid)


def meetings_of(day: MatchmakingDay) -> list[IntroductionMeeting]:
    """Return the day's meetings by slot and table, with both sides."""
    rows = day.meetings.filter(voided_at__isnull=True)
    joined = rows.select_related("introduction", *(f"introduction__{each}" for each in _SIDES))
    return list(joined.order_by("slot", "table"))


def moment_of(day: MatchmakingDay, slot: int) -> datetime:
    """Return when a slot begins."""
    begins = datetime.combine(day.held_on, day.begins_at, SHANGHAI)
    return begins + timedelta(minutes=day.slot_minutes * (slot - 1))


def placeable(day: MatchmakingDay) -> QuerySet[Introduction]:
    """Return the introductions whose two sides may sit down together on this day."""
    rows = Introduction.objects.filter(outpost_id=day.outpost_id, voided_at__isnull=True, state__in=_MAY_MEET)
    return rows.select_related(*_SIDES).order_by("pk")


def to_arrange(day: MatchmakingDay) -> list[Introduction]:
    """Return whom an agenda brings together: names shown, not met yet, no meeting of their own elsewhere."""
    elsewhere = _planned().exclude(day=day).values("introduction_id")
    return list(placeable(day).filter(state=IntroductionState.REVEALED).exclude(pk__in=elsewhere))


def board_of(
    day: MatchmakingDay, meetings: Sequence[IntroductionMeeting], asked: Sequence[Introduction] = ()
) -> tuple[Board, list[Wanted]]:
    """Return the day with these meetings on it and what both sides of it have elsewhere, and ``asked`` with its firms.

    All are looked at together: merged firms and owners of one project are one, wherever they sit.
    """
    away = _away(day)
    wanted = wanted_of([*(each.introduction for each in (*meetings, *away)), *asked])
    return Board(day, meetings, away, wanted), wanted[len(meetings) + len(away) :]


def clashes_of(day: MatchmakingDay, meetings: Sequence[IntroductionMeeting]) -> dict[int, IntroductionMeeting]:
    """Return meeting of the day → the one elsewhere that one of its two sides has at the same time."""
    board, _asked = board_of(day, meetings)
    found = {each.pk: board.clash(each) for each in meetings if each.held_on is None}
    return {pk: away for pk, away in found.items() if away is not None}


def _away(day: MatchmakingDay) -> list[IntroductionMeeting]:
    """Return the outpost's meetings that are planned elsewhere while the day goes on."""
    begins, ends = moment_of(day, 1), moment_of(day, day.slots + 1)
    rows = (
        _planned()
        .exclude(day=day)
        .filter(
            introduction__outpost_id=day.outpost_id, planned_for__lt=ends, planned_for__gt=begins - timedelta(days=1)
        )
    )
    joined = rows.select_related("day", "introduction", *(f"introduction__{each}" for each in _SIDES))
    return [each for each in joined.order_by("planned_for", "pk") if slots_met(day, each)]


def slots_met(day: MatchmakingDay, meeting: IntroductionMeeting) -> list[int]:
    """Return the slots of a day during which a meeting elsewhere goes on."""
    minutes = meeting.day.slot_minutes if meeting.day else _UNSAID_MINUTES
    ends = meeting.planned_for + timedelta(minutes=minutes)
    slots = range(1, day.slots + 1)
    return [at for at in slots if moment_of(day, at) < ends and meeting.planned_for < moment_of(day, at + 1)]


def without_meeting(day: MatchmakingDay, meetings: Sequence[IntroductionMeeting]) -> list[Without]:
    """Return everybody who hopes to meet and has no meeting on this day, each with the one reason, as it stands now."""
    sat = {each.introduction_id for each in meetings}
    rows = Introduction.objects.filter(outpost_id=day.outpost_id, voided_at__isnull=True, state__in=_COMING)
    waiting = list(rows.exclude(pk__in=sat).select_related(*_SIDES).order_by("pk"))
    elsewhere = dict(
        _planned().filter(introduction__in=waiting).exclude(day=day).values_list("introduction_id", "planned_for")
    )
    board, wanted = board_of(day, meetings, waiting)
    found = []
    for each in wanted:
        at = elsewhere.get(each.introduction.pk)
        found.append(Without(each.introduction, _elsewhere(at) if at else board.why(each)))
    return found


def _planned() -> QuerySet[IntroductionMeeting]:
    return IntroductionMeeting.objects.filter(voided_at__isnull=True, held_on__isnull=True)


def _elsewhere(at: datetime) -> Finding:
    return _note("matching.day_meets_elsewhere", at=at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M"))


class Board:
    """The day as it stands: which firm sits where in which slot, which tables are taken."""

    def __init__(
        self,
        day: MatchmakingDay,
        meetings: Iterable[IntroductionMeeting],
        away: Iterable[IntroductionMeeting],
        wanted: Iterable[Wanted],
    ) -> None:
        self.day = day
        firms = {each.introduction.pk: each.firms for each in wanted}
        self.away = {
            (slot, one): each for each in away for slot in slots_met(day, each) for one in firms[each.introduction_id]
        }
        self.table: dict[tuple[int, int], IntroductionMeeting] = {}
        self.firm: dict[tuple[int, str], IntroductionMeeting] = {}
        self.pairs: dict[frozenset[str], IntroductionMeeting] = {}
        for each in meetings:
            slot = each.slot or 0
            self.table[slot, each.table or 0] = each
            for one in firms[each.introduction_id]:
                self.firm[slot, one] = each
            self.pairs[frozenset(firms[each.introduction_id])] = each

    @property
    def busy(self) -> frozenset[tuple[int, str]]:
        """In which slots which firm sits already or is elsewhere."""
        return frozenset((*self.firm, *self.away))

    def seats(self, firm: str) -> int:
        """Return how many meetings a firm has on this day already."""
        return sum(1 for _slot, one in self.firm if one == firm)

    def clash(self, meeting: IntroductionMeeting) -> IntroductionMeeting | None:
        """Return the meeting elsewhere that one of the two has at the same time."""
        firms = (one for (slot, one), each in self.firm.items() if each == meeting and slot == meeting.slot)
        return next((self.away[meeting.slot or 0, one] for one in firms if (meeting.slot or 0, one) in self.away), None)

    def free_seat(self, wanted: Wanted) -> tuple[bool, Seat | None]:
        """Return whether both firms have a slot in common, and the first one with a free table."""
        day = self.day
        busy, slots = self.busy, range(1, day.slots + 1)
        common = [slot for slot in slots if not any((slot, one) in busy for one in wanted.firms)]
        for slot in common:
            table = next((at for at in range(1, day.tables + 1) if (slot, at) not in self.table), None)
            if table is not None:
                return True, Seat(slot, table)
        return bool(common), None

    def why(self, wanted: Wanted) -> Finding:
        """Return why these two have no meeting on this day."""
        row = wanted.introduction
        if row.state != IntroductionState.REVEALED:
            return _note("matching.day_names_not_shown", state=str(IntroductionState(row.state).label))
        if together := self.pairs.get(frozenset(wanted.firms)):
            return _note("matching.day_meets_already", slot=together.slot or 0, number=together.introduction.number)
        for side, firm in (("need", wanted.need), ("offer", wanted.offer)):
            if sum(1 for _slot, one in self.busy if one == firm) >= self.day.slots:
                return _note(f"matching.day_{side}_full", n=self.day.slots)
        common, seat = self.free_seat(wanted)
        if seat is not None:
            return _note("matching.day_has_room", slot=seat.slot, table=seat.table)
        return _note("matching.day_no_table" if common else "matching.day_no_common_slot")


def _note(code: str, **params: str | int) -> Finding:
    return Finding(Level.NOTE, code, params)
