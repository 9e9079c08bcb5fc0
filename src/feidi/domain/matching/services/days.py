"""对接日: made, arranged by both sides' wishes, changed by hand, taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.utils.translation import gettext as _

from feidi.domain.matching.access import EDIT
from feidi.domain.matching.models import Introduction, IntroductionMeeting, MatchmakingDay
from feidi.domain.matching.selectors.day_firms import Wanted, Wish
from feidi.domain.matching.selectors.day_seating import Seat, seats_for
from feidi.domain.matching.selectors.days import Board, board_of, meetings_of, moment_of, placeable, to_arrange
from feidi.domain.matching.services.introduction_meetings import KIND as MEETING
from feidi.domain.matching.services.introduction_meetings import cancel_meeting
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import Unit, recorded

KIND: Final = "matching.matchmaking_day"
#: A day of more slots or tables than this was mistyped.
MOST: Final = 100
_SHORTEST: Final = 5


@dataclass(frozen=True, slots=True)
class NewDay:
    """A matchmaking day: so many tables, so many slots of so many minutes, from when on."""

    title: str
    held_on: date
    begins_at: time
    slot_minutes: int
    slots: int
    tables: int
    place: str = ""


def add_day(*, actor: Actor, now: datetime, outpost: Outpost, new: NewDay) -> MatchmakingDay:
    """Plan a matchmaking day. Refused: no title, a day gone by, slots shorter than five minutes, no slot or no table,
    more than a hundred of either, an end after midnight.
    """
    require(actor, EDIT, outpost_scope(outpost.pk))
    _check(new, now.astimezone(SHANGHAI).date())
    with recorded(actor=actor, now=now) as unit:
        row = MatchmakingDay(
            outpost=outpost,
            title=new.title.strip()[:160],
            held_on=new.held_on,
            place=new.place.strip()[:120],
            begins_at=new.begins_at,
            slot_minutes=new.slot_minutes,
            slots=new.slots,
            tables=new.tables,
            recorded_by=actor.label[:160],
            created_at=now,
        )
        row.save()
        unit.created(row, kind=KIND)
    return row


def change_day(*, actor: Actor, now: datetime, day: MatchmakingDay, version: int, new: NewDay) -> MatchmakingDay:
    """Change title, day, hours, place or room; every meeting planned on it goes with it.

    Refused: as ``add_day`` refuses; taken back, gone by, a meeting held already; somebody else saved since; a slot or
    table taken away in which somebody sits.
    """
    require(actor, EDIT, outpost_scope(day.outpost_id))
    _check(new, now.astimezone(SHANGHAI).date())
    with recorded(actor=actor, now=now) as unit:
        row = _locked(day, now)
        if version != row.version:
            raise refuse("matching.day_moved_on", title=row.title)
        standing = meetings_of(row)
        _refuse_held(standing)
        before = unit.before(row, KIND)
        row.title, row.held_on, row.place = new.title.strip()[:160], new.held_on, new.place.strip()[:120]
        row.begins_at, row.slot_minutes, row.slots, row.tables = (
            new.begins_at,
            new.slot_minutes,
            new.slots,
            new.tables,
        )
        row.version += 1
        for each in standing:
            _check_seat(row, Seat(each.slot or 0, each.table or 0))
        row.save()
        unit.changed(row, kind=KIND, before=before)
        for each in standing:
            _follow(unit, row, each)
    return row


def arrange_day(*, actor: Actor, now: datetime, day: MatchmakingDay, most: int = 0) -> int:
    """Arrange the whole day anew out of what both sides want, nobody in two places; return the number of meetings.

    Deferred acceptance, the needs asking; a firm has at most ``most`` meetings (0: as many as there are slots). What a
    person placed stays where it is, and nobody is seated who is elsewhere then. What stood before and stands no more is
    taken off, with a reason. Refused: taken back, gone by, a meeting held already.
    """
    require(actor, EDIT, outpost_scope(day.outpost_id))
    with recorded(actor=actor, now=now) as unit:
        row = _locked(day, now)
        standing = meetings_of(row)
        _refuse_held(standing)
        by_hand = [each for each in standing if each.by_hand]
        placed = {each.introduction_id for each in by_hand}
        seated = _seats(*board_of(row, by_hand, [each for each in to_arrange(row) if each.pk not in placed]), most)
        for each in (each for each in standing if not each.by_hand):
            if seated.get(each.introduction_id) == (Seat(each.slot or 0, each.table or 0)):
                seated.pop(each.introduction_id)
            else:
                cancel_meeting(actor=actor, now=now, meeting=each, reason=_("重排议程"))
        introductions = Introduction.objects.in_bulk(list(seated))
        for pk, seat in seated.items():
            _sit(unit, actor, now, row, introductions[pk], seat)
        unit.acted("arranged", kind=KIND, uid=row.uid, meetings=len(seated))
    return row.meetings.filter(voided_at__isnull=True).count()


def place_meeting(
    *, actor: Actor, now: datetime, day: MatchmakingDay, introduction: Introduction, seat: Seat
) -> IntroductionMeeting:
    """Give two sides a slot and a table by hand, or another one than they had.

    It stays there when the day is arranged anew. Refused: no such slot or table, the table taken, one of the two at
    another table or at a meeting elsewhere then, names not shown or over, the day taken back or gone by, a meeting held.
    """
    require(actor, EDIT, outpost_scope(day.outpost_id))
    with recorded(actor=actor, now=now) as unit:
        row = _locked(day, now)
        _check_seat(row, seat)
        one = placeable(row).filter(pk=introduction.pk).first()
        if one is None:
            raise refuse("matching.day_may_not_meet", number=introduction.number)
        standing = meetings_of(row)
        mine = [each for each in standing if each.introduction_id == one.pk]
        _refuse_held(mine)
        others = [each for each in standing if each not in mine]
        board, [asked] = board_of(row, others, [one])
        _check_free(board, asked, seat)
        for each in mine:
            cancel_meeting(actor=actor, now=now, meeting=each, reason=_("改到另一时段或另一桌"))
        return _sit(unit, actor, now, row, one, seat, by_hand=True)


def void_day(*, actor: Actor, now: datetime, day: MatchmakingDay, reason: str) -> MatchmakingDay:
    """Take a day back with every meeting planned on it. Refused: no reason, taken back before, a meeting held already."""
    require(actor, EDIT, outpost_scope(day.outpost_id))
    if not reason.strip():
        raise refuse("matching.introduction_reason")
    with recorded(actor=actor, now=now) as unit:
        row = _unvoided(day)
        standing = meetings_of(row)
        _refuse_held(standing)
        before = unit.before(row, KIND)
        for each in standing:
            cancel_meeting(actor=actor, now=now, meeting=each, reason=reason)
        row.voided_at, row.void_reason, row.version = now, reason.strip()[:500], row.version + 1
        row.save(update_fields=["voided_at", "void_reason", "version"])
        unit.changed(row, kind=KIND, before=before, reason=reason.strip(), action="voided")
    return row


def _follow(unit: Unit, day: MatchmakingDay, meeting: IntroductionMeeting) -> None:
    """Give a planned meeting the hours and the place that its slot and table have now."""
    before = unit.before(meeting, MEETING)
    meeting.planned_for, meeting.place = moment_of(day, meeting.slot or 1), _place_of(day, meeting.table or 1)
    meeting.version += 1
    meeting.save(update_fields=["planned_for", "place", "version"])
    unit.changed(meeting, kind=MEETING, before=before)


def _place_of(day: MatchmakingDay, table: int) -> str:
    return " ".join(filter(None, (day.place, _("第 {n} 桌").format(n=table))))[:160]


def _check(new: NewDay, today: date) -> None:
    if not new.title.strip():
        raise refuse("matching.day_untitled")
    if new.held_on < today:
        raise refuse("matching.day_past", on=new.held_on.isoformat())
    if new.slot_minutes < _SHORTEST or not 1 <= new.slots <= MOST or not 1 <= new.tables <= MOST:
        raise refuse("matching.day_no_room", minutes=new.slot_minutes, slots=new.slots, tables=new.tables, most=MOST)
    begins = datetime.combine(new.held_on, new.begins_at)
    ends = begins + timedelta(minutes=new.slot_minutes * new.slots)
    if ends > datetime.combine(new.held_on + timedelta(days=1), time()):
        raise refuse("matching.day_too_long", minutes=new.slot_minutes, slots=new.slots, at=f"{begins:%H:%M}")


def _unvoided(day: MatchmakingDay) -> MatchmakingDay:
    row = MatchmakingDay.objects.select_for_update().get(pk=day.pk)
    if row.voided_at is not None:
        raise refuse("matching.day_voided", title=row.title, reason=row.void_reason)
    return row


def _locked(day: MatchmakingDay, now: datetime) -> MatchmakingDay:
    """Return the day locked: two who change its agenda come one after the other."""
    row = _unvoided(day)
    if row.held_on < now.astimezone(SHANGHAI).date():
        raise refuse("matching.day_past", on=row.held_on.isoformat())
    return row


def _refuse_held(meetings: Sequence[IntroductionMeeting]) -> None:
    held = next((each for each in meetings if each.held_on is not None), None)
    if held is not None:
        raise refuse("matching.day_begun", number=held.introduction.number, on=str(held.held_on))


def _check_seat(day: MatchmakingDay, seat: Seat) -> None:
    if not (1 <= seat.slot <= day.slots and 1 <= seat.table <= day.tables):
        raise refuse("matching.day_no_such_seat", slot=seat.slot, table=seat.table, slots=day.slots, tables=day.tables)


def _check_free(board: Board, asked: Wanted, seat: Seat) -> None:
    taken = board.table.get((seat.slot, seat.table))
    if taken is not None:
        raise refuse("matching.day_table_taken", slot=seat.slot, table=seat.table, number=taken.introduction.number)
    for firm, profile in zip(asked.firms, (asked.introduction.need, asked.introduction.offer), strict=True):
        busy = board.firm.get((seat.slot, firm))
        if busy is not None:
            raise refuse(
                "matching.day_in_two_places",
                who=str(profile.organization or profile.project or profile.person),
                slot=seat.slot,
                table=busy.table or 0,
                number=busy.introduction.number,
            )
        away = board.away.get((seat.slot, firm))
        if away is not None:
            raise refuse(
                "matching.day_busy_elsewhere",
                who=str(profile.organization or profile.project or profile.person),
                at=away.planned_for.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M"),
                number=away.introduction.number,
            )


def _sit(
    unit: Unit,
    actor: Actor,
    now: datetime,
    day: MatchmakingDay,
    introduction: Introduction,
    seat: Seat,
    *,
    by_hand: bool = False,
) -> IntroductionMeeting:
    meeting = IntroductionMeeting(
        introduction=introduction,
        day=day,
        slot=seat.slot,
        table=seat.table,
        by_hand=by_hand,
        planned_for=moment_of(day, seat.slot),
        place=_place_of(day, seat.table),
        recorded_by=actor.label[:160],
        created_at=now,
    )
    meeting.save()
    unit.created(meeting, kind=MEETING)
    return meeting


def _seats(board: Board, wanted: Sequence[Wanted], most: int) -> dict[int, Seat]:
    """Return introduction → seat: who meets whom by deferred acceptance, then when and where the board has room."""
    from feidi.engines.agendas import Party, match  # noqa: PLC0415 - numpy, only once it is needed

    by_pair: dict[tuple[str, str], Wanted] = {}
    for each in sorted(wanted, key=lambda one: one.by_need):
        by_pair.setdefault(each.firms, each)
    kept = [each for each in by_pair.values() if each.need != each.offer and frozenset(each.firms) not in board.pairs]
    needs = _prefers({each.firms: each.by_need for each in kept})
    offers = _prefers({(each.offer, each.need): each.by_offer for each in kept})
    at_most = min(most or board.day.slots, board.day.slots)
    sides = (
        [Party(firm, tuple(others), max(0, at_most - board.seats(firm))) for firm, others in side.items()]
        for side in (needs, offers)
    )
    found = match(*sides)
    ranked = sorted(found.pairs, key=lambda pair: pair.first_rank + pair.second_rank)
    seats = seats_for(
        [(pair.first, pair.second) for pair in ranked],
        slots=board.day.slots,
        tables=board.day.tables,
        taken=board.table.keys(),
        busy=board.busy,
    )
    return {by_pair[pair].introduction.pk: seat for pair, seat in seats.items()}


def _prefers(wishes: Mapping[tuple[str, str], Wish]) -> dict[str, list[str]]:
    """Return firm → whom it wants to meet, best first."""
    found: dict[str, list[str]] = {}
    for firm, other in sorted(wishes, key=lambda pair: (wishes[pair], pair)):
        found.setdefault(firm, []).append(other)
    return found
