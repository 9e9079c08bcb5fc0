"""Keeping filters and columns. They are a person's own arrangement: no row of the business, not on the audit trail."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.saved_views.access import outposts_of
from feidi.kernel.saved_views.models import SavedView
from feidi.kernel.saved_views.selectors import REMEMBERED

#: So many filters of one page and person; more are no longer an aid.
LIMIT = 30


def save_view(
    *,
    actor: Actor,
    now: datetime,
    page: str,
    name: str,
    query: str,
    columns: Sequence[str] = (),
    shared_with: int | None = None,
) -> SavedView:
    """Keep a filter under a name; the same name again replaces it.

    Refused: nobody signed in, no name or one that is the software's own, an address that is too long, an outpost that is
    not the actor's, too many filters.
    """
    words = name.strip()
    if actor.user_id is None:
        raise refuse("saved_views.nobody")
    if not words or words.startswith("@") or len(words) > _length("name"):
        raise refuse("saved_views.name", name=words[:60], most=_length("name"))
    if len(query) > _length("query"):
        raise refuse("saved_views.query_too_long", most=_length("query"))
    if shared_with is not None and shared_with not in outposts_of(actor):
        raise refuse("saved_views.not_your_outpost")
    with transaction.atomic():
        own = SavedView.objects.select_for_update().filter(user_id=actor.user_id, page=page)
        row = own.filter(name=words).first()
        if row is None:
            count = own.exclude(name=REMEMBERED).count()
            if count >= LIMIT:
                raise refuse("saved_views.too_many", most=LIMIT)
            row = SavedView(user_id=actor.user_id, page=page, name=words, position=count, created_at=now)
        row.query, row.columns, row.shared_with = query.lstrip("?"), list(columns), shared_with
        row.save()
    return row


def delete_view(*, actor: Actor, view: SavedView) -> None:
    """Forget a filter. Refused: somebody else's."""
    if actor.user_id is None or view.user_id != actor.user_id:
        raise refuse("saved_views.not_yours", name=view.name)
    view.delete()


def remember_columns(*, actor: Actor, now: datetime, page: str, columns: Sequence[str]) -> None:
    """Keep which columns the actor likes on a page, in order; none: the page's own again."""
    if actor.user_id is None:
        raise refuse("saved_views.nobody")
    with transaction.atomic():
        if not columns:
            SavedView.objects.filter(user_id=actor.user_id, page=page, name=REMEMBERED).delete()
            return
        SavedView.objects.update_or_create(
            user_id=actor.user_id,
            page=page,
            name=REMEMBERED,
            defaults={"columns": list(columns)},
            create_defaults={"columns": list(columns), "created_at": now},
        )


def _length(field: str) -> int:
    return SavedView._meta.get_field(field).max_length or 0  # type: ignore[union-attr]
