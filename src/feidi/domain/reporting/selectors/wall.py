"""The wall's settings: which scenes in which order, which screen a token opens, the approved map. Names nobody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Final

from django.db.models import Q, QuerySet

from feidi.domain.parties.models import Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.reporting.access import WALL_CLEAR, WALL_VIEW
from feidi.domain.reporting.models import WallMap, WallScene, WallScreen
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor, ActorKind, Grant, Scope, ScopeKind
from feidi.kernel.content.library import library
from feidi.kernel.deadlines.models import Deadline

WALL: Final = "enclave/wall.yaml"
#: What a screen without a person may ask: counts of its own outpost, and nothing that names anybody.
_SCREEN: Final = frozenset({WALL_VIEW, "report.view", "project.count"})


@dataclass(frozen=True, slots=True)
class Scene:
    """One scene as an outpost shows it."""

    code: str
    label: Mapping[str, str]
    position: int
    seconds: int
    shown: bool


@dataclass(frozen=True, slots=True)
class WallRules:
    """What content says of the wall."""

    targets: tuple[str, ...]
    link_days: int


def wall_outposts(actor: Actor, permission: str = WALL_VIEW) -> QuerySet[Outpost]:
    """Return the outposts whose wall the actor may see (or clear, with that permission), as outpost or as home."""
    own = Q(pk__in=actor.scopes(permission, ScopeKind.OUTPOST))
    rows = Outpost.objects.filter(own | Q(home_id__in=actor.scopes(permission, ScopeKind.HOME)))
    return rows.select_related("home", "host").order_by("code")


def outposts_to_clear(actor: Actor) -> QuerySet[Outpost]:
    """Return the outposts whose wall the actor settles."""
    return wall_outposts(actor, WALL_CLEAR)


def wall_rules(outpost: Outpost) -> WallRules:
    """Return the rules of an outpost's home."""
    data = _content(outpost)
    return WallRules(tuple(data["targets"]), data["link_days"])


def scenes_of(outpost: Outpost) -> list[Scene]:
    """Return every scene in the outpost's own order, those switched off among them."""
    own = {each.scene: each for each in WallScene.objects.filter(outpost=outpost)}
    found = []
    for at, raw in enumerate(_content(outpost)["scenes"], start=1):
        said = own.get(raw["code"])
        found.append(
            Scene(
                raw["code"],
                raw["label"],
                said.position if said else at,
                said.seconds if said else raw["seconds"],
                said.shown if said else raw["shown"],
            )
        )
    return sorted(found, key=lambda each: each.position)


def screen_of_token(token: str, now: datetime) -> WallScreen:
    """Return the screen that a token opens. Refused alike: unknown, expired, revoked."""
    today = now.astimezone(SHANGHAI).date()
    rows = WallScreen.objects.filter(token_sha256=token_digest(token), revoked_at__isnull=True, expires_on__gte=today)
    found = rows.select_related("outpost__home", "outpost__host").first()
    if found is None:
        raise refuse("reporting.wall_closed")
    return found


def token_digest(token: str) -> str:
    """Return what is kept of a screen's token."""
    return sha256(token.encode()).hexdigest()


def screen_actor(screen: WallScreen) -> Actor:
    """Return who a screen is: no person, with counts of its one outpost only."""
    grant = Grant("wall", _SCREEN, Scope(ScopeKind.OUTPOST, screen.outpost_id))
    return Actor(kind=ActorKind.TOKEN, label=f"wall:{screen.label}"[:160], grants=(grant,))


def list_screens(outpost: Outpost) -> QuerySet[WallScreen]:
    """Return the screens of an outpost, those in use first."""
    return WallScreen.objects.filter(outpost=outpost).order_by("revoked_at", "-id")


def map_of(outpost: Outpost) -> WallMap | None:
    """Return the approved map that stands under the node diagram, or None."""
    return WallMap.objects.filter(outpost=outpost, voided_at__isnull=True).select_related("file").first()


def _content(outpost: Outpost) -> Mapping[str, Any]:
    data: Mapping[str, Any] = library().read(outpost.home.code, WALL, on=None).data
    return data


def count_late(outpost: Outpost, today: date) -> int:
    """Count the running deadlines of an outpost's projects that passed before ``today``; a voided project's are stopped."""
    return Deadline.objects.filter(
        scope_outpost=outpost.pk, subject_kind="pipeline.project", stopped_on__isnull=True, due_on__lt=today
    ).count()
