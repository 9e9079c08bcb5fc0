"""Questions about 交办事项."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When

from feidi.domain.liaison.access import VIEW, visible_to
from feidi.domain.liaison.enums import InstructionState
from feidi.domain.liaison.models import Instruction
from feidi.domain.pipeline.access import visible_in_office
from feidi.domain.pipeline.models import Project
from feidi.kernel.access import Actor, ScopeKind

#: Column of the list → field.
SORTS = {"number": "number", "received": "received_on", "due": "due_on", "state": "place", "from": "given_by"}


#: What is open comes first, what is closed last.
_PLACE = Case(
    *(When(state=state, then=Value(place)) for place, state in enumerate(InstructionState)),
    output_field=IntegerField(),
)


@dataclass(frozen=True, slots=True)
class InstructionFilter:
    """What the list shows. Empty means "any". ``due_by`` and ``overdue_on`` ask for open matters only."""

    words: str = ""
    state: str = ""
    plaque: str = ""
    owner_id: int | None = None
    outpost_id: int | None = None
    project: str = ""
    overdue_on: date | None = None
    due_by: date | None = None


def list_instructions(actor: Actor, wanted: InstructionFilter) -> QuerySet[Instruction]:
    """Return the instructions the actor may open: what is open first, soonest due first. ``urged`` counts 催办."""
    asked = _conditions(wanted) & _says(actor, wanted.words.strip())
    if wanted.project:
        seen = visible_in_office(actor, Project.objects.filter(uid=wanted.project))
        asked &= Q(project__in=seen)
    rows = visible_to(actor, Instruction.objects.filter(asked, voided_at__isnull=True))
    return (
        rows.select_related("outpost", "owner", "project")
        .annotate(urged=Count("urges"), place=_PLACE)
        .order_by("place", F("due_on").asc(nulls_last=True), "-id")
    )


def get_instruction(actor: Actor, uid: str) -> Instruction:
    """Return one that the actor may open; raises ``Instruction.DoesNotExist`` for every other."""
    rows = Instruction.objects.select_related("outpost__home", "owner", "project__outpost")
    return visible_to(actor, rows).get(uid=uid)


def due_this_week(actor: Actor, sunday: date) -> QuerySet[Instruction]:
    """Return what is open and due by the end of the week (or past its day)."""
    return list_instructions(actor, InstructionFilter(due_by=sunday))


def instructions_of(actor: Actor, project: Project) -> QuerySet[Instruction]:
    """Return the instructions about one project, which the caller has seen."""
    rows = visible_to(actor, Instruction.objects.filter(project=project, voided_at__isnull=True))
    return rows.select_related("owner").order_by("-received_on", "-id")


def own_outposts(actor: Actor) -> frozenset[int]:
    """Return the outposts for which the actor works: there nothing is veiled."""
    return actor.scopes(VIEW, ScopeKind.OUTPOST)


def _conditions(wanted: InstructionFilter) -> Q:
    asked = Q()
    if wanted.overdue_on:
        asked &= Q(state=InstructionState.OPEN, due_on__lt=wanted.overdue_on)
    if wanted.due_by:
        asked &= Q(state=InstructionState.OPEN, due_on__lte=wanted.due_by)
    exact = {
        "state": wanted.state,
        "plaque": wanted.plaque,
        "owner_id": wanted.owner_id,
        "outpost_id": wanted.outpost_id,
    }
    return asked & Q(**{name: value for name, value in exact.items() if value})


def _says(actor: Actor, words: str) -> Q:
    """Where a linked project is not to be known, a word of the text must not find it either."""
    if not words:
        return Q()
    seen = visible_in_office(actor, Project.objects.all()).values("pk")
    open_text = Q(project__isnull=True) | Q(outpost_id__in=own_outposts(actor)) | Q(project__in=seen)
    text = Q(paraphrase__icontains=words) | Q(answer__icontains=words) | Q(project__name__icontains=words)
    return Q(number__icontains=words) | (Q(given_by__icontains=words) & open_text) | (text & open_text)
