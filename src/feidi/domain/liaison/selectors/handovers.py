"""Questions about hand-overs: the outpost's own."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from feidi.domain.liaison.access import visible_to
from feidi.domain.liaison.models import WorkHandover
from feidi.kernel.access import Actor

#: Column of the list → field.
SORTS = {"number": "number", "handed": "handed_at"}


@dataclass(frozen=True, slots=True)
class HandoverFilter:
    """What the list shows. Empty means "any"."""

    words: str = ""
    outpost_id: int | None = None


def list_handovers(actor: Actor, wanted: HandoverFilter) -> QuerySet[WorkHandover]:
    """Return the hand-overs of the actor's outposts, latest first; ``things`` and ``project_count`` counted."""
    asked = Q(outpost_id=wanted.outpost_id) if wanted.outpost_id else Q()
    if words := wanted.words.strip():
        names = Q(leaver__display_name__icontains=words) | Q(taker__display_name__icontains=words)
        asked &= Q(number__icontains=words) | names | Q(reason__icontains=words)
    rows = visible_to(actor, WorkHandover.objects.filter(asked))
    return (
        rows.select_related("outpost", "leaver", "taker")
        .annotate(things=Count("items"), project_count=Count("items", filter=Q(items__kind="projects")))
        .order_by("-handed_at", "-id")
    )


def get_handover(actor: Actor, uid: str) -> WorkHandover:
    """Return one that the actor may open, with its list; raises ``WorkHandover.DoesNotExist`` for every other."""
    rows = WorkHandover.objects.select_related("outpost__home", "leaver", "taker").prefetch_related("items")
    return visible_to(actor, rows).get(uid=uid)
