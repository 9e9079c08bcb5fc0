"""The waiting list: who would take a time when it becomes free; the earliest entry that fits is booked at once."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from feidi.domain.space.enums import WAITING, WaitingState
from feidi.domain.space.events import UnitFreed
from feidi.domain.space.models import Unit, WaitingEntry
from feidi.domain.space.selectors.checking import Wish, problems_of
from feidi.domain.space.selectors.holding import in_the_way
from feidi.domain.space.selectors.rules import rules_of
from feidi.domain.space.services.booking_changing import completed, refuse_problems, require_handling, wish_of
from feidi.domain.space.services.bookings import put_booking
from feidi.domain.space.services.occupying import lock_units
from feidi.domain.space.services.telling import tell_moved_up
from feidi.engines.findings import RefusedError, refuse
from feidi.kernel.access import Actor, schedule_actor
from feidi.kernel.audit import recorded

__all__ = ["Wish", "lapse_entries", "move_up", "wait_for_unit", "withdraw_waiting"]
_LABEL: Final = 160
_ACTOR: Final = schedule_actor("space.waiting")


def wait_for_unit(*, actor: Actor, now: datetime, wish: Wish) -> WaitingEntry:
    """Stand in line for a time that somebody holds.

    Refused as ``book_unit`` for everything but who is in the way; when nobody is (book it); waiting for it already.
    """
    wish = completed(actor, wish)
    refuse_problems(actor, now, wish)
    with recorded(actor=actor, now=now) as work:
        lock_units(wish.unit)
        if not in_the_way(wish.unit, wish.span).exists():
            raise refuse("space.free_already", unit=wish.unit.name)
        same = WaitingEntry.objects.filter(
            unit=wish.unit,
            organizer=wish.organizer,
            organization=wish.organization,
            state=WaitingState.WAITING,
            starts_at=wish.span.start,
            ends_at=wish.span.end,
        )
        if same.exists():
            raise refuse("space.waiting_twice", unit=wish.unit.name)
        row = WaitingEntry(
            outpost_id=wish.unit.outpost_id,
            unit=wish.unit,
            starts_at=wish.span.start,
            ends_at=wish.span.end,
            purpose=wish.purpose.strip()[:_LABEL],
            organizer=wish.organizer,
            organization=wish.organization,
            attendees=wish.attendees,
            recorded_by=actor.label[:_LABEL],
            created_at=now,
        )
        row.save()
        work.created(row, kind=WAITING)
    return row


def withdraw_waiting(*, actor: Actor, now: datetime, entry: WaitingEntry) -> WaitingEntry:
    """Stop waiting. Refused: booked, lapsed or withdrawn before."""
    require_handling(actor, entry)
    return _end(actor, now, entry, WaitingState.WITHDRAWN)


def lapse_entries(*, actor: Actor, now: datetime) -> int:
    """End the waiting for times that have begun; returns how many."""
    entries = list(WaitingEntry.objects.filter(state=WaitingState.WAITING, starts_at__lte=now).order_by("id"))
    for entry in entries:
        _end(actor, now, entry, WaitingState.LAPSED)
    return len(entries)


def move_up(event: UnitFreed) -> None:
    """Book what became free for those who waited, in the order of their entries, as far as it reaches.

    Runs in the transaction that freed the unit. An entry that cannot be booked now (somebody still in the way, the
    firm's week full by now) keeps its place.
    """
    waiting = WaitingEntry.objects.filter(
        unit__in=Unit.objects.filter(pk=event.root_id) | Unit.objects.filter(parent_id=event.root_id),
        state=WaitingState.WAITING,
        starts_at__lt=event.ends_at,
        ends_at__gt=event.starts_at,
        starts_at__gt=event.at,
    )
    names = ("unit__outpost__home", "unit__parent", "organizer", "organization")
    for entry in waiting.select_for_update(of=("self",)).select_related(*names).order_by("id"):
        wish = wish_of(entry)
        if in_the_way(entry.unit, wish.span).exists():
            continue
        if problems_of(wish, rules_of(entry.unit.outpost), event.at, limited=wish.organization is not None):
            continue
        _book(entry, wish, event.at)


def _book(entry: WaitingEntry, wish: Wish, now: datetime) -> None:
    try:
        with recorded(actor=_ACTOR, now=now) as work:
            before = work.before(entry, WAITING)
            booking = put_booking(actor=_ACTOR, now=now, wish=wish)
            entry.state, entry.booking, entry.version = WaitingState.BOOKED, booking, entry.version + 1
            entry.save(update_fields=["state", "booking", "version"])
            work.changed(entry, kind=WAITING, before=before, action="booked")
            tell_moved_up(actor=_ACTOR, now=now, booking=booking)
    except RefusedError:
        # what stands against one entry must not undo the act that freed the unit; it keeps its place in the line
        return


def _end(actor: Actor, now: datetime, entry: WaitingEntry, state: WaitingState) -> WaitingEntry:
    with recorded(actor=actor, now=now) as work:
        row = WaitingEntry.objects.select_for_update().get(pk=entry.pk)
        if row.state != WaitingState.WAITING:
            raise refuse("space.waiting_over", state=str(WaitingState(row.state).label))
        before = work.before(row, WAITING)
        row.state, row.version = state, row.version + 1
        row.save(update_fields=["state", "version"])
        work.changed(row, kind=WAITING, before=before, action=state.value)
    return row
