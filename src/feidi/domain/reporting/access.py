"""Who sees what of reporting: papers and forms by ``report.view``, the operating contract by ``contract.view``."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from feidi.domain.parties.models import Outpost
from feidi.domain.reporting.models import DataHandover, DefinitionSheet, OperatingContract
from feidi.kernel.access import Actor, ScopeKind

Row = TypeVar("Row", bound=Model)
VIEW, CONTRACT = "report.view", "contract.view"
#: What both sides read: the contract between them, and what their figures mean.
_SHARED = (OperatingContract, DefinitionSheet)


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


def handovers_visible_to(actor: Actor, queryset: QuerySet[DataHandover]) -> QuerySet[DataHandover]:
    """Narrow hand-overs of data: the home's own, and those of whoever may hand over for an outpost of that home."""
    outposts = Outpost.objects.filter(pk__in=actor.scopes("data.hand_over", ScopeKind.OUTPOST))
    homes = actor.scopes(CONTRACT, ScopeKind.HOME)
    return queryset.filter(Q(home_id__in=homes) | Q(home__in=outposts.values("home_id")))
