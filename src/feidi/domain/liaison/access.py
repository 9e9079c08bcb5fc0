"""Who sees what of the daily work.

The outpost's people (``liaison.view``) see all of it. The home side (``liaison.view_home``) sees what it is part of:
instructions, meetings, ceremonies and plans; not trips, coordination drafts, the counter's register or hand-overs.
"""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from feidi.domain.liaison.models import ActionPlan, Ceremony, Instruction, Meeting
from feidi.kernel.access import Actor, ScopeKind

Row = TypeVar("Row", bound=Model)
VIEW, VIEW_HOME = "liaison.view", "liaison.view_home"
#: What the home side takes part in.
SHARED: tuple[type[Model], ...] = (Instruction, Meeting, Ceremony, ActionPlan)


def visible_to(actor: Actor, queryset: QuerySet[Row]) -> QuerySet[Row]:
    """Narrow rows that belong to an outpost to those the actor may open."""
    allowed = Q(outpost_id__in=actor.scopes(VIEW, ScopeKind.OUTPOST))
    if queryset.model in SHARED:
        allowed |= Q(outpost__home_id__in=actor.scopes(VIEW_HOME, ScopeKind.HOME))
    return queryset.filter(allowed)


def can_view(actor: Actor, row: Any) -> bool:
    """Tell whether ``row`` (anything with an outpost) is among those visible."""
    if row.outpost_id in actor.scopes(VIEW, ScopeKind.OUTPOST):
        return True
    return type(row) in SHARED and row.outpost.home_id in actor.scopes(VIEW_HOME, ScopeKind.HOME)
