"""Questions about the counter's register."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet

from feidi.domain.liaison.access import visible_to
from feidi.domain.liaison.models import WalkIn
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.kernel.access import Actor

#: Column of the register → field.
SORTS = {"came": "came_at", "unit": "unit", "closed": "closed_at"}


@dataclass(frozen=True, slots=True)
class VisitFilter:
    """What the register shows. Empty means "any". ``since`` and ``until``: days in the installation's time, both in."""

    words: str = ""
    since: date | None = None
    until: date | None = None
    still_open: bool = False
    user_id: int | None = None
    outpost_id: int | None = None


def list_visits(actor: Actor, wanted: VisitFilter) -> QuerySet[WalkIn]:
    """Return the entries the actor may open, newest first. ``user_id``: taken by or handed to."""
    asked = Q()
    if words := wanted.words.strip():
        asked &= Q(asked__icontains=words) | Q(visitor__icontains=words) | Q(unit__icontains=words)
    if wanted.since:
        asked &= Q(came_at__gte=midnight(wanted.since))
    if wanted.until:
        asked &= Q(came_at__lt=midnight(wanted.until + timedelta(days=1)))
    if wanted.still_open:
        asked &= Q(closed_at__isnull=True)
    if wanted.user_id:
        asked &= Q(first_id=wanted.user_id) | Q(handed_to_id=wanted.user_id)
    if wanted.outpost_id:
        asked &= Q(outpost_id=wanted.outpost_id)
    rows = visible_to(actor, WalkIn.objects.filter(asked, voided_at__isnull=True))
    return rows.select_related("outpost", "first", "handed_to", "project").order_by("-came_at", "-id")


def get_visit(actor: Actor, uid: str) -> WalkIn:
    """Return one that the actor may open; raises ``WalkIn.DoesNotExist`` for every other."""
    rows = WalkIn.objects.select_related("outpost__home", "first", "handed_to", "project")
    return visible_to(actor, rows).get(uid=uid)


def midnight(day: date) -> datetime:
    """Return the beginning of a day in the installation's time."""
    return datetime.combine(day, time(0), SHANGHAI)
