"""Questions about meetings, their agendas and decisions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from feidi.domain.liaison.access import visible_to
from feidi.domain.liaison.models import AgendaItem, Decision, Meeting
from feidi.domain.liaison.selectors.instructions import own_outposts
from feidi.domain.liaison.selectors.veiling import Veil, veil_of
from feidi.domain.pipeline.access import visible_in_office
from feidi.domain.pipeline.models import Project
from feidi.kernel.access import Actor

#: Column of the list → field.
SORTS = {"number": "number", "held": "held_on", "kind": "kind", "title": "title", "minuted": "minuted_at"}


@dataclass(frozen=True, slots=True)
class MeetingFilter:
    """What the list shows. Empty means "any". ``undone_by``: has a decision not done whose day is before it."""

    words: str = ""
    kind: str = ""
    minuted: bool | None = None
    outpost_id: int | None = None
    project: str = ""
    responsible_id: int | None = None
    undone_by: date | None = None


def list_meetings(actor: Actor, wanted: MeetingFilter) -> QuerySet[Meeting]:
    """Return the meetings the actor may open, newest first, with agenda and decisions."""
    asked = Q(**{name: value for name, value in (("kind", wanted.kind), ("outpost_id", wanted.outpost_id)) if value})
    if wanted.minuted is not None:
        asked &= Q(minuted_at__isnull=not wanted.minuted)
    live = Decision.objects.filter(meeting=OuterRef("pk"), voided_at__isnull=True)
    if wanted.undone_by:
        asked &= Q(Exists(live.filter(done_on__isnull=True, due_on__lt=wanted.undone_by)))
    if wanted.responsible_id:
        asked &= Q(Exists(live.filter(done_on__isnull=True, responsible_id=wanted.responsible_id)))
    if wanted.project:
        seen = visible_in_office(actor, Project.objects.filter(uid=wanted.project)).values("pk")
        items = AgendaItem.objects.filter(meeting=OuterRef("pk"), voided_at__isnull=True)
        asked &= Q(Exists(live.filter(project__in=seen))) | Q(Exists(items.filter(project__in=seen)))
    rows = visible_to(actor, Meeting.objects.filter(asked & _says(actor, wanted.words.strip()), voided_at__isnull=True))
    return with_parts(rows.select_related("outpost")).order_by("-held_on", "-id")


def with_parts(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Load ``items`` and ``decided`` (without what was taken back) beside the meetings: two queries."""
    items = AgendaItem.objects.filter(voided_at__isnull=True).select_related("project").order_by("position", "id")
    decisions = Decision.objects.filter(voided_at__isnull=True).select_related(
        "project", "responsible", "item__project"
    )
    return meetings.prefetch_related(
        Prefetch("agenda", queryset=items, to_attr="items"),
        Prefetch("decisions", queryset=decisions.order_by("position", "id"), to_attr="decided"),
    )


def get_meeting(actor: Actor, uid: str) -> Meeting:
    """Return one that the actor may open, with agenda and decisions; raises ``Meeting.DoesNotExist`` for every other."""
    return with_parts(visible_to(actor, Meeting.objects.select_related("outpost__home"))).get(uid=uid)


def get_agenda_item(actor: Actor, uid: str) -> AgendaItem:
    """Return one item of a meeting that the actor may open; raises ``AgendaItem.DoesNotExist`` for every other."""
    seen = visible_to(actor, Meeting.objects.filter(voided_at__isnull=True))
    rows = AgendaItem.objects.filter(meeting__in=seen, voided_at__isnull=True)
    return rows.select_related("meeting__outpost", "project").get(uid=uid)


def get_decision(actor: Actor, uid: str) -> Decision:
    """Return one decision of a meeting that the actor may open; raises ``Decision.DoesNotExist`` for every other."""
    seen = visible_to(actor, Meeting.objects.filter(voided_at__isnull=True))
    rows = Decision.objects.filter(meeting__in=seen, voided_at__isnull=True)
    return rows.select_related("meeting__outpost", "project").get(uid=uid)


def meetings_veil(actor: Actor, meetings: list[Meeting]) -> Veil:
    """Return what the actor may not learn from these meetings (loaded ``with_parts``)."""
    spoken_of = [item.project_id for each in meetings for item in items_of(each)]
    return veil_of(actor, [*spoken_of, *(about(decision) for each in meetings for decision in decided_of(each))])


def about(decision: Decision) -> int | None:
    """Return the key of the project that a decision is about: its own, else that of its item."""
    return decision.project_id or (decision.item.project_id if decision.item else None)


def items_of(meeting: Meeting) -> list[AgendaItem]:
    """Return the agenda as ``with_parts`` has loaded it."""
    return list(getattr(meeting, "items", ()))


def decided_of(meeting: Meeting) -> list[Decision]:
    """Return the decisions as ``with_parts`` has loaded them."""
    return list(getattr(meeting, "decided", ()))


def decisions_of(actor: Actor, project: Project) -> QuerySet[Decision]:
    """Return what meetings decided about one project, which the caller has seen."""
    seen = visible_to(actor, Meeting.objects.filter(voided_at__isnull=True))
    rows = Decision.objects.filter(project=project, meeting__in=seen, voided_at__isnull=True)
    return rows.select_related("meeting", "responsible").order_by("-meeting__held_on", "-id")


def _says(actor: Actor, words: str) -> Q:
    """Words find agenda and decisions for the outpost's own people; the home side finds titles that hide nothing."""
    if not words:
        return Q()
    own = Q(outpost_id__in=own_outposts(actor))
    hidden = Project.objects.exclude(pk__in=visible_in_office(actor, Project.objects.all()).values("pk"))
    items = AgendaItem.objects.filter(meeting=OuterRef("pk"))
    decisions = Decision.objects.filter(meeting=OuterRef("pk"))
    hides = Q(Exists(items.filter(project__in=hidden))) | Q(Exists(decisions.filter(project__in=hidden)))
    inside = Q(Exists(items.filter(title__icontains=words))) | Q(Exists(decisions.filter(text__icontains=words)))
    return Q(number__icontains=words) | (Q(title__icontains=words) & (own | ~hides)) | (inside & own)
