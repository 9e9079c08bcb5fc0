"""Who sees what of the space: ``can_view_*`` beside ``*_visible_to``; a test holds them equal.

The outpost's people (``space.view`` over the outpost) see all of it. The home side (``space.view`` over the home) sees
rooms, their states and figures, never who holds them. A firm (``space.book_own``) sees the units of outposts that know
it, its own bookings whole, and of others only that a unit is occupied.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from feidi.domain.parties.access import outpost_scope
from feidi.domain.parties.models import OrganizationLink
from feidi.domain.space.models import (
    Blocking,
    Booking,
    BookingSeries,
    CalendarFeed,
    Floor,
    HeadLease,
    Occupation,
    Unit,
    Visitor,
    WaitingEntry,
    Zone,
)
from feidi.kernel.access import Actor, ScopeKind

VIEW = "lease.view"
SPACE_VIEW, SPACE_EDIT = "space.view", "space.edit"
BOOK, APPROVE, BOOK_OWN = "space.book", "space.approve", "space.book_own"


def head_leases_visible_to(actor: Actor, queryset: QuerySet[HeadLease]) -> QuerySet[HeadLease]:
    """Narrow to the leases of outposts whose leases the actor may view, as outpost or as home side."""
    own = queryset.filter(outpost_id__in=actor.scopes(VIEW, ScopeKind.OUTPOST))
    homes = actor.scopes(VIEW, ScopeKind.HOME)
    return own | queryset.filter(outpost__home_id__in=homes) if homes else own


def can_view_head_lease(actor: Actor, lease: HeadLease) -> bool:
    """Tell whether ``lease`` is among those visible."""
    if lease.outpost_id in actor.scopes(VIEW, ScopeKind.OUTPOST):
        return True
    return lease.outpost.home_id in actor.scopes(VIEW, ScopeKind.HOME)


def _premises(actor: Actor) -> Q:
    """Outposts whose premises the actor sees: as staff, as home side, as a firm that the outpost knows."""
    seen = Q(outpost_id__in=_staff(actor)) | Q(outpost__home_id__in=actor.scopes(SPACE_VIEW, ScopeKind.HOME))
    firms = actor.scopes(BOOK_OWN, ScopeKind.ORGANIZATION)
    if firms:
        known = OrganizationLink.objects.filter(outpost_id=OuterRef("outpost_id"), organization_id__in=firms)
        seen |= Q(Exists(known))
    return seen


def units_visible_to(actor: Actor, queryset: QuerySet[Unit]) -> QuerySet[Unit]:
    """Narrow to units of premises that the actor sees."""
    return queryset.filter(_premises(actor))


def zones_visible_to(actor: Actor, queryset: QuerySet[Zone]) -> QuerySet[Zone]:
    """Narrow to zones of premises that the actor sees."""
    return queryset.filter(_premises(actor))


def floors_visible_to(actor: Actor, queryset: QuerySet[Floor]) -> QuerySet[Floor]:
    """Narrow to floors of premises that the actor sees."""
    return queryset.filter(_premises(actor))


def can_view_premises(actor: Actor, row: Unit | Zone | Floor) -> bool:
    """Tell whether a unit, zone or floor is among those visible."""
    if row.outpost_id in _staff(actor) or row.outpost.home_id in actor.scopes(SPACE_VIEW, ScopeKind.HOME):
        return True
    firms = actor.scopes(BOOK_OWN, ScopeKind.ORGANIZATION)
    links = OrganizationLink.objects.filter(outpost_id=row.outpost_id, organization_id__in=firms)
    return bool(firms) and links.exists()


def bookings_visible_to(actor: Actor, queryset: QuerySet[Booking]) -> QuerySet[Booking]:
    """Narrow to the outpost's bookings for its people, to one's own organization's for a firm."""
    return queryset.filter(_held_by(actor))


def can_view_booking(actor: Actor, booking: Booking) -> bool:
    """Tell whether ``booking`` is among those visible whole; everybody else reads that the unit is occupied."""
    return _holds(actor, booking)


def series_visible_to(actor: Actor, queryset: QuerySet[BookingSeries]) -> QuerySet[BookingSeries]:
    """Narrow as bookings."""
    return queryset.filter(_held_by(actor))


def waiting_visible_to(actor: Actor, queryset: QuerySet[WaitingEntry]) -> QuerySet[WaitingEntry]:
    """Narrow as bookings."""
    return queryset.filter(_held_by(actor))


def can_view_waiting(actor: Actor, entry: WaitingEntry) -> bool:
    """Tell whether ``entry`` is among those visible."""
    return _holds(actor, entry)


def occupations_visible_to(actor: Actor, queryset: QuerySet[Occupation]) -> QuerySet[Occupation]:
    """Narrow to the ledger of the outpost's people: it names everybody."""
    return queryset.filter(unit__outpost_id__in=_staff(actor))


def blockings_visible_to(actor: Actor, queryset: QuerySet[Blocking]) -> QuerySet[Blocking]:
    """Narrow to the outpost's blockings for its people: a reason may concern nobody else."""
    return queryset.filter(outpost_id__in=_staff(actor))


def visitors_visible_to(actor: Actor, queryset: QuerySet[Visitor]) -> QuerySet[Visitor]:
    """Narrow to the outpost's visitors for its people, for a host to those expected by them."""
    own = Q(host_id=actor.user_id) if actor.user_id else Q(pk__in=[])
    return queryset.filter(Q(outpost_id__in=_staff(actor)) | own)


def can_view_visitor(actor: Actor, visitor: Visitor) -> bool:
    """Tell whether ``visitor`` is among those visible."""
    return visitor.outpost_id in _staff(actor) or (actor.user_id is not None and visitor.host_id == actor.user_id)


def feeds_visible_to(actor: Actor, queryset: QuerySet[CalendarFeed]) -> QuerySet[CalendarFeed]:
    """Narrow to one's own feeds, and for those who edit the space to the feeds of its rooms."""
    own = Q(user_id=actor.user_id) if actor.user_id else Q(pk__in=[])
    return queryset.filter(own | Q(unit__outpost_id__in=actor.scopes(SPACE_EDIT, ScopeKind.OUTPOST)))


def books_for_others(actor: Actor, outpost_id: int) -> bool:
    """Tell whether the actor books for anybody at this outpost, past the limits of firms."""
    return actor.may(BOOK, outpost_scope(outpost_id))


def may_handle(actor: Actor, booking: Booking | BookingSeries | WaitingEntry) -> bool:
    """Tell whether the actor may move, change or cancel it: staff who book, or the firm whose it is."""
    if books_for_others(actor, booking.outpost_id):
        return True
    return booking.organization_id in actor.scopes(BOOK_OWN, ScopeKind.ORGANIZATION)


def _staff(actor: Actor) -> frozenset[int]:
    return actor.scopes(SPACE_VIEW, ScopeKind.OUTPOST)


def _held_by(actor: Actor) -> Q:
    firms = actor.scopes(BOOK_OWN, ScopeKind.ORGANIZATION)
    return Q(outpost_id__in=_staff(actor)) | Q(organization_id__in=firms)


def _holds(actor: Actor, row: Booking | WaitingEntry) -> bool:
    if row.outpost_id in _staff(actor):
        return True
    return row.organization_id in actor.scopes(BOOK_OWN, ScopeKind.ORGANIZATION)
