"""Lists and counts of projects, always through ``visible_to``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from feidi.domain.pipeline.access import visible_in_office, visible_to
from feidi.domain.pipeline.enums import TRACK_STAGES, Stage, Track
from feidi.domain.pipeline.models import Gap, Project, ProjectPlaque
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
    if wanted.no_contact:
        found = found.exclude(parties__role="contact", parties__until__isnull=True)
    if wanted.plaque == NO_PLAQUE:
        found = found.exclude(pk__in=ProjectPlaque.objects.values("project_id"))
    elif wanted.plaque:
        found = found.filter(pk__in=ProjectPlaque.objects.filter(plaque__code=wanted.plaque).values("project_id"))
    if wanted.gaps:
        found = found.filter(pk__in=Gap.objects.filter(filled_at__isnull=True).values("project_id"))
    return found


def settled(projects: QuerySet[Project], *, at_most: int = 1000) -> QuerySet[Project]:
    """Return the same projects, by their keys when they are few.

    What no index answers (words in a name) is then read through once, not once to count and once to show.
    """
    keys = list(projects.order_by().values_list("pk", flat=True)[: at_most + 1])
    if len(keys) > at_most:
        return projects
    return Project.objects.filter(pk__in=keys).select_related("outpost__home", "owner")


def with_stage_place(projects: QuerySet[Project]) -> QuerySet[Project]:
    """Add ``stage_place``: how far the furthest track has come, in the order of ``Stage`` (codes have none)."""
    furthest = [
        When(**{f"{track}_stage": stage.value}, then=Value(place))
        for track in (Track.HOME.value, Track.HOST.value, Track.TALKS.value)
        for place, stage in enumerate(Stage)
        if stage in TRACK_STAGES[Track(track)]
    ]
    return projects.annotate(stage_place=Case(*furthest, default=Value(-1), output_field=IntegerField()))


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
        # a lead nobody has talked to yet counts from the day it came in, not as old at once
        untouched = Q(last_talk_on__isnull=True) & (
            Q(stage_since__lt=wanted.stale_before) | Q(stage_since__isnull=True)
        )
        asked &= Q(condition="") & (Q(last_talk_on__lt=wanted.stale_before) | untouched)
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
