"""Questions about 协调事项. They are the outpost's own: the home side sees none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from feidi.domain.liaison.access import visible_to
from feidi.domain.liaison.enums import CoordinationState
from feidi.domain.liaison.models import Coordination
from feidi.domain.pipeline.models import Project
from feidi.kernel.access import Actor

#: Column of the list → field.
SORTS = {"number": "number", "department": "department", "asked": "asked_on", "due": "due_on", "state": "state"}


@dataclass(frozen=True, slots=True)
class CoordinationFilter:
    """What the list shows. Empty means "any". ``waiting``: asked and not answered; ``overdue_on``: past its day."""

    words: str = ""
    state: str = ""
    way: str = ""
    side: str = ""
    owner_id: int | None = None
    outpost_id: int | None = None
    project: str = ""
    waiting: bool = False
    overdue_on: date | None = None


def list_coordinations(actor: Actor, wanted: CoordinationFilter) -> QuerySet[Coordination]:
    """Return the matters the actor may open, newest first."""
    asked = Q()
    if words := wanted.words.strip():
        asked &= (
            Q(department__icontains=words)
            | Q(ask__icontains=words)
            | Q(number__icontains=words)
            | Q(letter_number__icontains=words)
            | Q(project__name__icontains=words)
        )
    if wanted.waiting:
        asked &= Q(state=CoordinationState.ASKED)
    if wanted.overdue_on:
        asked &= Q(state__in=[CoordinationState.DRAFT, CoordinationState.ASKED], due_on__lt=wanted.overdue_on)
    exact = {
        "state": wanted.state,
        "way": wanted.way,
        "side": wanted.side,
        "owner_id": wanted.owner_id,
        "outpost_id": wanted.outpost_id,
        "project__uid": wanted.project,
    }
    asked &= Q(**{name: value for name, value in exact.items() if value})
    rows = visible_to(actor, Coordination.objects.filter(asked, voided_at__isnull=True))
    return rows.select_related("outpost", "owner", "project").order_by("-id")


def get_coordination(actor: Actor, uid: str) -> Coordination:
    """Return one that the actor may open; raises ``Coordination.DoesNotExist`` for every other."""
    rows = Coordination.objects.select_related("outpost__home", "outpost__host", "owner", "project__outpost", "file")
    return visible_to(actor, rows).get(uid=uid)


def waiting_on_others(actor: Actor, *, outpost_id: int | None = None) -> QuerySet[Coordination]:
    """Return what was asked and waits for its answer, the longest first (等别人)."""
    rows = list_coordinations(actor, CoordinationFilter(waiting=True, outpost_id=outpost_id))
    return rows.order_by("asked_on", "id")


def coordinations_of(actor: Actor, project: Project) -> QuerySet[Coordination]:
    """Return what was asked about one project, which the caller has seen."""
    rows = visible_to(actor, Coordination.objects.filter(project=project, voided_at__isnull=True))
    return rows.order_by("-id")
