"""Who sees what of reporting: papers and forms by ``report.view``, the operating contract by ``contract.view``."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from feidi.domain.parties.models import Outpost
from feidi.domain.reporting.models import (
    ClosedPeriod,
    DataHandover,
    DefinitionSheet,
    FlowEntry,
    OperatingContract,
    ReportDelivery,
    WallMap,
    WallScene,
    WallScreen,
)
from feidi.kernel.access import Actor, ScopeKind

Row = TypeVar("Row", bound=Model)
VIEW, CONTRACT = "report.view", "contract.view"
FLOW_EDIT, WALL_VIEW, WALL_CLEAR = "flow.edit", "wall.view", "wall.clear"
#: What both sides read: the contract between them, what their figures mean, what they were when a period was closed, what
#: flows (an entry names nobody; its source opens for whoever may see that), and the reports that were sent to the home side.
_SHARED = (OperatingContract, DefinitionSheet, FlowEntry, ClosedPeriod, ReportDelivery)
WallRow = TypeVar("WallRow", WallScreen, WallScene, WallMap)


def _permission(model: type[Model]) -> str:
    return CONTRACT if model is OperatingContract else VIEW


def visible_to(actor: Actor, queryset: QuerySet[Row]) -> QuerySet[Row]:
    """Narrow rows that belong to an outpost to those the actor may open, as outpost or (contracts, definitions) as home."""
    permission = _permission(queryset.model)
    allowed = Q(outpost_id__in=actor.scopes(permission, ScopeKind.OUTPOST))
    if queryset.model in _SHARED:
        allowed |= Q(outpost__home_id__in=actor.scopes(permission, ScopeKind.HOME))
    return queryset.filter(allowed)


def can_view(actor: Actor, row: Any) -> bool:
    """Tell whether ``row`` (anything with an outpost) is among those visible."""
    permission = _permission(type(row))
    if row.outpost_id in actor.scopes(permission, ScopeKind.OUTPOST):
        return True
    return type(row) in _SHARED and row.outpost.home_id in actor.scopes(permission, ScopeKind.HOME)


def flow_outposts(actor: Actor) -> QuerySet[Outpost]:
    """Return the outposts of whose flow entries ``visible_to`` shows any."""
    own = Q(pk__in=actor.scopes(VIEW, ScopeKind.OUTPOST))
    return Outpost.objects.filter(own | Q(home_id__in=actor.scopes(VIEW, ScopeKind.HOME)))


def handovers_visible_to(actor: Actor, queryset: QuerySet[DataHandover]) -> QuerySet[DataHandover]:
    """Narrow hand-overs of data: the home's own, and those of whoever may hand over for an outpost of that home."""
    outposts = Outpost.objects.filter(pk__in=actor.scopes("data.hand_over", ScopeKind.OUTPOST))
    homes = actor.scopes(CONTRACT, ScopeKind.HOME)
    return queryset.filter(Q(home_id__in=homes) | Q(home__in=outposts.values("home_id")))


def wall_visible_to(actor: Actor, queryset: QuerySet[WallRow]) -> QuerySet[WallRow]:
    """Narrow screens, scenes and maps to the outposts whose wall the actor may see."""
    allowed = Q(outpost_id__in=actor.scopes(WALL_VIEW, ScopeKind.OUTPOST))
    allowed |= Q(outpost__home_id__in=actor.scopes(WALL_VIEW, ScopeKind.HOME))
    return queryset.filter(allowed)
