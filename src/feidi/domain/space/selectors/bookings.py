"""Bookings, blockings, waiting list, visitors, feeds as somebody may see them."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q, QuerySet

from feidi.domain.parties.models import Organization, Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.space.access import (
    APPROVE,
    BOOK_OWN,
    blockings_visible_to,
    bookings_visible_to,
    feeds_visible_to,
    series_visible_to,
    visitors_visible_to,
    waiting_visible_to,
)
from feidi.domain.space.enums import BookingState, WaitingState
from feidi.domain.space.models import (
    Blocking,
    Booking,
    BookingSeries,
    CalendarFeed,
    Unit,
    Visitor,
    WaitingEntry,
)
from feidi.engines.slots import day_of
from feidi.kernel.access import Actor, ScopeKind

_WITH = ("unit__zone", "unit__parent", "outpost__home", "organizer", "organization")


def list_bookings(
    actor: Actor,
    *,
    outpost: Outpost | None = None,
    unit: Unit | None = None,
    organization: Organization | None = None,
    state: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
) -> QuerySet[Booking]:
    """Return bookings that the actor may see whole, the latest first; ``since``/``until``: those that touch the time."""
    rows = bookings_visible_to(actor, Booking.objects.all())
    given = {"outpost": outpost, "unit": unit, "organization": organization, "state": state}
    rows = rows.filter(**{name: value for name, value in given.items() if value})
    if since is not None:
        rows = rows.filter(ends_at__gt=since)
    if until is not None:
        rows = rows.filter(starts_at__lt=until)
    return rows.select_related(*_WITH, "series").order_by("-starts_at", "-id")


def get_booking(actor: Actor, uid: str) -> Booking:
    """Return one booking that the actor may see whole; raises ``Booking.DoesNotExist`` for every other."""
    return bookings_visible_to(actor, Booking.objects.select_related(*_WITH, "series")).get(uid=uid)


def list_asked(actor: Actor) -> QuerySet[Booking]:
    """Return the bookings that wait for an answer of the actor, the nearest first."""
    outposts = actor.scopes(APPROVE, ScopeKind.OUTPOST)
    rows = Booking.objects.filter(outpost_id__in=outposts, state=BookingState.ASKED)
    return rows.select_related(*_WITH, "series").order_by("starts_at", "id")


def list_own(actor: Actor, now: datetime) -> QuerySet[Booking]:
    """Return what is to come of the actor's own bookings and of their firm's, the nearest first."""
    firms = actor.scopes(BOOK_OWN, ScopeKind.ORGANIZATION)
    mine = Q(organization_id__in=firms) | (Q(organizer_id=actor.user_id) if actor.user_id else Q(pk__in=[]))
    rows = bookings_visible_to(actor, Booking.objects.filter(mine, ends_at__gt=now))
    held = rows.filter(state__in=[BookingState.ASKED, BookingState.CONFIRMED])
    return held.select_related(*_WITH, "series").order_by("starts_at", "id")


def get_series(actor: Actor, uid: str) -> BookingSeries:
    """Return one series that the actor may see; raises ``BookingSeries.DoesNotExist`` for every other."""
    rows = BookingSeries.objects.select_related("unit", "outpost__home", "organizer", "organization")
    return series_visible_to(actor, rows).get(uid=uid)


def list_blockings(
    actor: Actor, *, outpost: Outpost | None = None, since: datetime | None = None
) -> QuerySet[Blocking]:
    """Return blockings that the actor may see, those lifted too, the latest first."""
    rows = blockings_visible_to(actor, Blocking.objects.all())
    if outpost is not None:
        rows = rows.filter(outpost=outpost)
    if since is not None:
        rows = rows.filter(ends_at__gt=since)
    return rows.select_related("unit", "outpost").order_by("-starts_at", "-id")


def list_waiting(
    actor: Actor, *, outpost: Outpost | None = None, unit: Unit | None = None, state: str = WaitingState.WAITING
) -> QuerySet[WaitingEntry]:
    """Return entries of the waiting list that the actor may see, first come first; ``state`` empty: all of them."""
    rows = waiting_visible_to(actor, WaitingEntry.objects.all())
    given = {"outpost": outpost, "unit": unit, "state": state}
    rows = rows.filter(**{name: value for name, value in given.items() if value})
    return rows.select_related(*_WITH, "booking").order_by("id")


def list_visitors(actor: Actor, *, outpost: Outpost | None = None, on: date | None = None) -> QuerySet[Visitor]:
    """Return visitors that the actor may see, by when they are expected; ``on``: those of one day."""
    rows = visitors_visible_to(actor, Visitor.objects.filter(voided_at__isnull=True))
    if outpost is not None:
        rows = rows.filter(outpost=outpost)
    if on is not None:
        day = day_of(on, SHANGHAI)
        rows = rows.filter(expected_at__gte=day.start, expected_at__lt=day.end)
    return rows.select_related("host", "booking__unit", "outpost").order_by("expected_at", "id")


def list_feeds(actor: Actor) -> QuerySet[CalendarFeed]:
    """Return the feeds that the actor may revoke, open ones first."""
    rows = feeds_visible_to(actor, CalendarFeed.objects.select_related("unit", "user"))
    return rows.order_by("revoked_at", "-id")
