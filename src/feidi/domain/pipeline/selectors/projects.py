"""Lists and counts of projects, always through ``visible_to``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, DateField, Exists, IntegerField, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact, LessThan
from typing_extensions import override

from feidi.domain.parties.models import Outpost
from feidi.domain.pipeline.access import visible_in_office, visible_to
from feidi.domain.pipeline.enums import TRACK_STAGES, PartyRole, Stage, Track
from feidi.domain.pipeline.models import Gap, Project, ProjectParty, ProjectPlaque
from feidi.domain.pipeline.models.project import stage_place
from feidi.kernel.access import Actor, ScopeKind

#: What the filter calls projects that nobody has put under a plaque.
NO_PLAQUE = "none"
SORTS = {
    "newest": ("-id",),
    "name": ("sort_key", "id"),
    "stage": ("talks_stage", "-id"),
    "since": ("stage_since", "-id"),
    "talked": ("-last_talk_on", "-id"),
    "code": ("code",),
}
#: What a list shows of a project, of its eighty columns.
LISTED = (
    "uid", "code", "name", "sponsor_name", "owner_text", "industry", "source_channel", "next_step", "outpost_id",
    "talks_stage", "host_stage", "home_stage", "talks_opening", "host_opening", "home_opening", "stage_since",
    "condition", "last_talk_on", "expected_sign_on", "verified_on", "voided_at", "void_reason",
    *(f"planned_investment_{part}" for part in ("lo_fen", "hi_fen", "currency", "text", "approximate")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ProjectFilter:
    """What a list shows. Empty means "any". ``plaque``: the code of one, or "none" for projects never given one."""

    words: str = ""
    stage: str = ""
    track: str = Track.TALKS.value
    condition: str = ""
    owner_id: int | None = None
    outpost_id: int | None = None
    industry: str = ""
    plaque: str = ""
    verified: bool = False
    gaps: bool = False
    no_contact: bool = False
    stale_before: date | None = None
    sort: str = "newest"


def live_projects(actor: Actor) -> QuerySet[Project]:
    """Return the projects the actor may open, without voided ones, with what a list needs."""
    return visible_to(actor, Project.objects.filter(voided_at__isnull=True)).select_related("outpost__home", "owner")


def list_projects(actor: Actor, wanted: ProjectFilter) -> QuerySet[Project]:
    """Return the filtered and sorted list of projects that the actor may open."""
    return narrowed(live_projects(actor), wanted).order_by(*SORTS.get(wanted.sort, SORTS["newest"]))


def narrowed(projects: QuerySet[Project], wanted: ProjectFilter) -> QuerySet[Project]:
    """Return those of ``projects`` that are wanted."""
    found = projects.filter(_conditions(wanted))
    if wanted.track == Track.HOME and wanted.stage in TRACK_STAGES[Track.HOME]:
        # the home track goes before the others: its stage is the furthest place, and that has an index
        found = found.filter(Exact(_written_place(), list(Stage).index(Stage(wanted.stage))))
    if wanted.no_contact:
        contact = ProjectParty.objects.filter(project=OuterRef("pk"), role=PartyRole.CONTACT, until__isnull=True)
        found = found.filter(~Exists(contact))
    if wanted.plaque == NO_PLAQUE:
        found = found.exclude(pk__in=ProjectPlaque.objects.values("project_id"))
    elif wanted.plaque:
        found = found.filter(pk__in=ProjectPlaque.objects.filter(plaque__code=wanted.plaque).values("project_id"))
    if wanted.gaps:
        found = found.filter(pk__in=Gap.objects.filter(filled_at__isnull=True).values("project_id"))
    return found


def slim(projects: QuerySet[Project]) -> QuerySet[Project]:
    """Return the same projects with no more of each than a list shows; ``with_outposts`` adds where they belong."""
    return projects.select_related(None).only(*LISTED)


def with_outposts(projects: Sequence[Project]) -> Sequence[Project]:
    """Give every project its outpost and home, each read once however many projects are its own. One query at most."""
    without = [each for each in projects if not Project.outpost.is_cached(each)]
    if without:
        known = Outpost.objects.select_related("home").in_bulk({each.outpost_id for each in without})
        for each in without:
            each.outpost = known[each.outpost_id]
    return projects


def settled(projects: QuerySet[Project], *, at_most: int = 1000) -> QuerySet[Project]:
    """Return the same projects, by their keys when they are few.

    What no index answers (words in a name) is then read through once, not once to count and once to show.
    """
    keys = list(projects.order_by().values_list("pk", flat=True)[: at_most + 1])
    if len(keys) > at_most:
        return projects
    return Project.objects.filter(pk__in=keys).select_related("outpost__home", "owner")


class _Written(Case):
    """A ``Case`` whose constants stand in the statement as they stand in the index: only then does the index serve it."""

    @override
    def as_sql(self, compiler: Any, connection: Any, *args: Any, **more: Any) -> tuple[str, tuple[()]]:
        sql, params = super().as_sql(compiler, connection, *args, **more)
        # codes of stages and their places, from this program
        return sql % tuple(each if isinstance(each, int) else f"'{each}'" for each in params), ()


def with_stage_place(projects: QuerySet[Project]) -> QuerySet[Project]:
    """Let the projects be ordered by ``stage_place``, how far the furthest track has come."""
    return projects.alias(stage_place=_written_place())


def _written_place() -> _Written:
    place = stage_place()
    return _Written(*place.cases, default=place.default, output_field=IntegerField())


def _conditions(wanted: ProjectFilter) -> Q:
    """Return what the row itself must hold; an empty wish asks nothing."""
    asked = Q()
    if words := wanted.words.strip():
        asked &= Q(name__icontains=words) | Q(sponsor_name__icontains=words) | Q(code__iexact=words)
    if wanted.condition:
        asked &= Q(condition="" if wanted.condition == "none" else wanted.condition)
    if wanted.verified:
        asked &= Q(verified_on__isnull=False)
    if wanted.stale_before:
        # a lead nobody has talked to yet counts from the day it came in, not as old at once. One comparison, not two
        # joined by "or": those are looked up in two indexes and then row by row
        touched = Coalesce("last_talk_on", "stage_since", Value(date.min), output_field=DateField())
        asked &= Q(condition="") & Q(LessThan(touched, wanted.stale_before))
    exact = {
        f"{wanted.track}_stage": wanted.stage,
        "owner_id": wanted.owner_id,
        "outpost_id": wanted.outpost_id,
        "industry": wanted.industry,
    }
    return asked & Q(**{name: value for name, value in exact.items() if value})


def get_project(actor: Actor, uid: str) -> Project:
    """Return one project that the actor sees as outpost or home side; raises ``Project.DoesNotExist`` for every other."""
    return visible_in_office(actor, Project.objects.select_related("outpost__home", "outpost__host", "owner")).get(
        uid=uid
    )


def count_by_stage(actor: Actor, *, track: Track = Track.TALKS) -> dict[str, int]:
    """Return stage → number of live projects. The home side sees counts before 报送, not names."""
    outposts = actor.scopes("project.count", ScopeKind.OUTPOST)
    homes = actor.scopes("project.count", ScopeKind.HOME)
    field = f"{track.value}_stage"
    # no empty half: it would join the outposts, and then the rows are read instead of an index
    within = Q(outpost_id__in=outposts) if outposts or not homes else Q(outpost__home_id__in=homes)
    if outposts and homes:
        within |= Q(outpost__home_id__in=homes)
    rows = (
        Project.objects.filter(within, voided_at__isnull=True)
        .exclude(**{field: ""})
        .values(field)
        .annotate(n=Count("id"))
    )
    counts = {row[field]: row["n"] for row in rows.order_by()}
    return {stage.value: counts[stage.value] for stage in Stage if stage.value in counts}


def plaque_names(projects: Sequence[Project]) -> dict[int, list[str]]:
    """Return project → names of the plaques under which it counts, in the outpost's order. One query."""
    rows = ProjectPlaque.objects.filter(project__in=[each.pk for each in projects]).order_by("plaque_id")
    found: dict[int, list[str]] = {}
    for project, name in rows.values_list("project_id", "plaque__name"):
        found.setdefault(project, []).append(name)
    return found
