"""Which filters a person may choose from, and which columns they like."""

from __future__ import annotations

from collections.abc import Sequence

from feidi.kernel.access import Actor
from feidi.kernel.saved_views.access import visible_to
from feidi.kernel.saved_views.models import SavedView

#: The name under which a page's remembered columns are kept; no filter of a person's may begin with it.
REMEMBERED = "@columns"


def list_views(actor: Actor, page: str) -> list[SavedView]:
    """Return the actor's own filters of a page in their order, then those shared with the actor's outposts."""
    found = visible_to(actor, SavedView.objects.filter(page=page).exclude(name=REMEMBERED)).select_related("user")
    return sorted(found, key=lambda each: (each.user_id != actor.user_id, each.position, each.pk))


def find_view(actor: Actor, uid: str) -> SavedView | None:
    """Return a filter the actor may use, or None."""
    return visible_to(actor, SavedView.objects.filter(uid=uid).exclude(name=REMEMBERED)).first()


def remembered_columns(actor: Actor, page: str) -> Sequence[str]:
    """Return the columns the actor chose for a page, in order; empty: the page's own."""
    if actor.user_id is None:
        return []
    row = SavedView.objects.filter(user_id=actor.user_id, page=page, name=REMEMBERED).values_list("columns", flat=True)
    return next(iter(row), None) or []
