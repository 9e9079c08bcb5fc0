"""Who sees what of the space: ``can_view_*`` beside ``*_visible_to``; a test holds them equal."""

from __future__ import annotations

from django.db.models import QuerySet

from feidi.domain.space.models import HeadLease
from feidi.kernel.access import Actor, ScopeKind

VIEW = "lease.view"


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
