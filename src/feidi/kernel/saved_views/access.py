"""Who sees a saved filter: its maker, and the people of the outpost it is shared with. Only the maker changes it."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from feidi.kernel.access import Actor, ScopeKind
from feidi.kernel.saved_views.models import SavedView


def outposts_of(actor: Actor) -> frozenset[int]:
    """Return the outposts over which the actor holds any role."""
    return frozenset(g.scope.id for g in actor.grants if g.scope.kind is ScopeKind.OUTPOST and g.scope.id is not None)


def visible_to(actor: Actor, views: QuerySet[SavedView]) -> QuerySet[SavedView]:
    """Narrow to the actor's own and those shared with an outpost of the actor's."""
    if actor.user_id is None:
        return views.none()
    return views.filter(Q(user_id=actor.user_id) | Q(shared_with__in=outposts_of(actor)))


def can_view(actor: Actor, view: SavedView) -> bool:
    """Tell whether ``view`` is among those visible."""
    own = actor.user_id is not None and view.user_id == actor.user_id
    return own or (actor.user_id is not None and view.shared_with in outposts_of(actor))
