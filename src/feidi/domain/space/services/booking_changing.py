"""Who may book what, and the one way a booking is changed: locked, versioned, on the trail."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Final

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Organization
from feidi.domain.space.access import BOOK, BOOK_OWN, books_for_others, may_handle
from feidi.domain.space.enums import BOOKING, BookingState
from feidi.domain.space.models import Booking, BookingSeries, WaitingEntry
from feidi.domain.space.selectors.checking import Wish, problems_of
from feidi.domain.space.selectors.rules import rules_of
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor, Scope, ScopeKind
from feidi.kernel.audit import Unit as Work
from feidi.kernel.identity.models import User

#: States in which a booking holds its unit.
HOLDING: Final = (BookingState.ASKED, BookingState.CONFIRMED)


def completed(actor: Actor, wish: Wish) -> Wish:
    """Return the wish with whose it is filled in. Refused: not permitted, no account, a firm of several not named.

    The outpost's people book for anybody; a firm for itself, with its own account as the organizer.
    """
    if books_for_others(actor, wish.unit.outpost_id):
        return replace(wish, organizer=wish.organizer or _account(actor))
    own = actor.scopes(BOOK_OWN, ScopeKind.ORGANIZATION)
    organization = wish.organization
    if organization is None and len(own) == 1:
        organization = Organization.objects.get(pk=next(iter(own)))
    if organization is None:
        require(actor, BOOK_OWN)
        raise refuse("space.for_whom")
    require(actor, BOOK_OWN, Scope(ScopeKind.ORGANIZATION, organization.pk))
    return replace(wish, organization=organization, organizer=_account(actor))


def refuse_problems(actor: Actor, now: datetime, wish: Wish, *, but: Booking | None = None) -> None:
    """Refuse a wish with all that speaks against it; ``but``: the booking that is moved does not count against itself."""
    limited = not books_for_others(actor, wish.unit.outpost_id)
    found = problems_of(wish, rules_of(wish.unit.outpost), now, limited=limited, but=but)
    if found:
        raise refuse("space.booking_refused", *found, unit=wish.unit.name)


def lock_organization(wish: Wish) -> None:
    """Lock the firm, so that two bookings in two rooms cannot both be the last of its week."""
    if wish.organization is not None:
        Organization.objects.select_for_update().get(pk=wish.organization.pk)


def require_handling(actor: Actor, row: Booking | BookingSeries | WaitingEntry) -> None:
    """Refuse unless the actor books for the outpost, or the row is of the actor's own firm."""
    if not may_handle(actor, row):
        require(actor, BOOK, outpost_scope(row.outpost_id))


@contextmanager
def changed_booking(
    work: Work, booking: Booking, *, version: int | None = None, reason: str = "", action: str = "changed"
) -> Iterator[Booking]:
    """Give the locked row to be changed; on leaving it is saved with its next version and noted.

    Refused: changed since ``version``.
    """
    row = (
        Booking.objects.select_for_update(of=("self",))
        .select_related("outpost__home", "unit__outpost__home", "unit__parent", "organization", "organizer")
        .get(pk=booking.pk)
    )
    if version is not None and row.version != version:
        raise refuse("space.booking_changed_meanwhile", state=str(BookingState(row.state).label))
    before = work.before(row, BOOKING)
    yield row
    row.version += 1
    row.save()
    work.changed(row, kind=BOOKING, before=before, reason=reason.strip(), action=action)


def refuse_unless(row: Booking, *states: BookingState) -> None:
    """Refuse what the booking's state does not allow."""
    if row.state not in states:
        raise refuse("space.booking_state", state=str(BookingState(row.state).label))


def wish_of(row: Booking | WaitingEntry) -> Wish:
    """Return what a booking, or an entry of the waiting list, wants."""
    return Wish(row.unit, row.starts_at, row.ends_at, row.purpose, row.attendees, row.organization, row.organizer)


def _account(actor: Actor) -> User:
    if actor.user_id is None:
        raise refuse("space.needs_a_person")
    return User.objects.get(pk=actor.user_id)
