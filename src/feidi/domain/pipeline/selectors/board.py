"""The board: how many projects stand on each stage of a track, and the newest of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from feidi.domain.parties.access import outposts_visible_to
from feidi.domain.parties.models import Outpost
from feidi.domain.pipeline.access import visible_in_office
from feidi.domain.pipeline.enums import Stage, Track
from feidi.domain.pipeline.models import Project
from feidi.domain.pipeline.selectors.projects import ProjectFilter, narrowed
from feidi.kernel.access import Actor

#: Every card of every column is drawn before the board stands; drawn by hand, fifty cost hardly more than twenty.
CARDS = 50
#: The column of signed projects that have not entered the host or home track yet.
WAITING = ""
_SHOWN = (
    "uid", "code", "name", "sponsor_name", "owner_text", "stage_since", "condition", "verified_on",
    "talks_opening", "host_opening", "home_opening", "outpost_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class BoardFilter:
    """Which track, whose projects, and whether those under a condition (暂缓 …) are shown."""

    track: Track = Track.TALKS
    outpost_id: int | None = None
    owner_id: int | None = None
    words: str = ""
    with_conditions: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """What a card shows of a project."""

    uid: str
    code: str
    name: str
    sponsor: str
    owner: str
    since: date | None
    condition: str
    verified: bool
    opening: bool
    outpost_id: int


def board_projects(actor: Actor, wanted: BoardFilter) -> QuerySet[Project]:
    """Return the projects of the board, seen as outpost or home side, of every column."""
    asked = ProjectFilter(
        words=wanted.words,
        owner_id=wanted.owner_id,
        outpost_id=wanted.outpost_id,
        condition="" if wanted.with_conditions else "none",
    )
    found = narrowed(visible_in_office(actor, Project.objects.filter(voided_at__isnull=True)), asked)
    if wanted.track is not Track.TALKS:
        found = found.filter(talks_stage=Stage.SIGNED)
    return found


def column_counts(projects: QuerySet[Project], track: Track) -> dict[str, int]:
    """Return stage → number of projects. One query."""
    field = f"{track.value}_stage"
    return dict(projects.order_by().values_list(field).annotate(n=Count("pk")))


def column_cards(projects: QuerySet[Project], track: Track, stage: str, *, offset: int = 0) -> list[Card]:
    """Return the newest cards of a column, from ``offset`` on, at most ``CARDS``. One query."""
    rows = projects.filter(**{f"{track.value}_stage": stage}).order_by("-id")[offset : offset + CARDS]
    return [_card(row) for row in rows.values_list(*_SHOWN)]


def sorted_out(projects: QuerySet[Project], track: Track) -> dict[str, tuple[int, list[Card]]]:
    """Return stage → number of projects and the newest cards: for what no index answers (words, the
    tracks that only signed projects have). Two queries.

    Everything is read through once, not once to count and once per column.
    """
    stages: dict[str, list[int]] = {}
    for key, stage in projects.order_by("-id").values_list("pk", f"{track.value}_stage"):
        stages.setdefault(stage, []).append(key)
    newest = [key for keys in stages.values() for key in keys[:CARDS]]
    rows = Project.objects.filter(pk__in=newest).values_list("pk", *_SHOWN)
    cards = {row[0]: _card(row[1:]) for row in rows}
    return {stage: (len(keys), [cards[key] for key in keys[:CARDS]]) for stage, keys in stages.items()}


def _card(row: Sequence[Any]) -> Card:
    uid, code, name, sponsor, owner, since, condition, verified_on, talks, host, home, outpost = row
    verified, opening = verified_on is not None, talks or host or home
    return Card(uid, code, name, sponsor, owner, since, condition, verified, opening, outpost)


def outposts_of_board(actor: Actor) -> Sequence[Outpost]:
    """Return the outposts whose projects the actor may see, with their homes."""
    return list(outposts_visible_to(actor, Outpost.objects.select_related("home")).order_by("code"))
