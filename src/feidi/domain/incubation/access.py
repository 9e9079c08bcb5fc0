"""Who sees what of incubation.

The outpost's people (``incubation.view``) see it whole. A tenant (``incubation.view_own``) sees its own tenancies and what
hangs on them. The home side (``incubation.view_home``) sees tenancies of projects that were reported to it, and its own
firms' research posts; of others it is told numbers only. A mentor sees the hours that are their own.
"""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from feidi.domain.incubation.enums import TenancyKind
from feidi.domain.incubation.models import LabEntry, Tenancy, TenantOutcome
from feidi.kernel.access import Actor, ScopeKind

Row = TypeVar("Row", bound=Model)
VIEW, EDIT, MONEY, DECIDE = "incubation.view", "incubation.edit", "incubation.money", "incubation.decide"
VIEW_HOME = "incubation.view_home"
VIEW_OWN, REPORT_OWN = "incubation.view_own", "incubation.report_own"
MENTOR = "incubation.mentor"


def tenancies_visible_to(actor: Actor, queryset: QuerySet[Tenancy]) -> QuerySet[Tenancy]:
    """Narrow to the tenancies the actor may open."""
    own = actor.scopes(VIEW_OWN, ScopeKind.ORGANIZATION)
    return queryset.filter(_in_office(actor) | Q(organization_id__in=own) if own else _in_office(actor))


def tenancies_in_office(actor: Actor, queryset: QuerySet[Tenancy]) -> QuerySet[Tenancy]:
    """Narrow to those the actor sees as outpost or home side; a tenant's own page is the workspace."""
    return queryset.filter(_in_office(actor))


def _in_office(actor: Actor) -> Q:
    allowed = Q(outpost_id__in=actor.scopes(VIEW, ScopeKind.OUTPOST))
    homes = actor.scopes(VIEW_HOME, ScopeKind.HOME)
    told = Q(project__reported_at__isnull=False) | Q(kind=TenancyKind.HOME_RESEARCH)
    return allowed | Q(outpost__home_id__in=homes) & told if homes else allowed


def can_view_tenancy(actor: Actor, tenancy: Tenancy) -> bool:
    """Tell whether ``tenancy`` is among those visible."""
    if tenancy.outpost_id in actor.scopes(VIEW, ScopeKind.OUTPOST):
        return True
    if tenancy.organization_id in actor.scopes(VIEW_OWN, ScopeKind.ORGANIZATION):
        return True
    told = tenancy.kind == TenancyKind.HOME_RESEARCH or (
        tenancy.project is not None and tenancy.project.reported_at is not None
    )
    return told and tenancy.outpost.home_id in actor.scopes(VIEW_HOME, ScopeKind.HOME)


def of_visible_tenancies(actor: Actor, queryset: QuerySet[Row]) -> QuerySet[Row]:
    """Narrow rows that hang on a tenancy to those of tenancies the actor may open."""
    return queryset.filter(tenancy__in=tenancies_visible_to(actor, Tenancy.objects.all()))


def of_office_tenancies(actor: Actor, queryset: QuerySet[Row]) -> QuerySet[Row]:
    """Narrow rows that hang on a tenancy to those of tenancies the actor sees as outpost or home side."""
    return queryset.filter(tenancy__in=tenancies_in_office(actor, Tenancy.objects.all()))


def in_office(actor: Actor, queryset: QuerySet[Row]) -> QuerySet[Row]:
    """Narrow rows that belong to an outpost to those of outposts the actor works for."""
    return queryset.filter(outpost_id__in=actor.scopes(VIEW, ScopeKind.OUTPOST))


def outcomes_visible_to(actor: Actor, queryset: QuerySet[TenantOutcome]) -> QuerySet[TenantOutcome]:
    """Narrow to outcomes of the actor's outposts, of its own organization, and of projects reported to its home."""
    own = actor.scopes(VIEW_OWN, ScopeKind.ORGANIZATION)
    mine = queryset.filter(organization_id__in=own) if own else queryset.none()
    return outcomes_in_office(actor, queryset) | mine


def outcomes_in_office(actor: Actor, queryset: QuerySet[TenantOutcome]) -> QuerySet[TenantOutcome]:
    """Narrow to those the actor sees as outpost or home side."""
    allowed = Q(outpost_id__in=actor.scopes(VIEW, ScopeKind.OUTPOST))
    homes = actor.scopes(VIEW_HOME, ScopeKind.HOME)
    if homes:
        allowed |= Q(outpost__home_id__in=homes, project__reported_at__isnull=False)
    return queryset.filter(allowed)


def is_own(actor: Actor, tenancy: Tenancy, permission: str) -> bool:
    """Tell whether it is a tenancy of an organization over which the actor holds ``permission``."""
    return tenancy.organization_id in actor.scopes(permission, ScopeKind.ORGANIZATION)


def works_for(actor: Actor, row: Any, permission: str = VIEW) -> bool:
    """Tell whether the actor holds ``permission`` over the outpost of ``row`` (anything with an outpost)."""
    return row.outpost_id in actor.scopes(permission, ScopeKind.OUTPOST)


def labs_visible_to(actor: Actor, queryset: QuerySet[LabEntry]) -> QuerySet[LabEntry]:
    """Narrow to the directory of the actor's outposts, and for a tenant to that of outposts where it is."""
    own = actor.scopes(VIEW_OWN, ScopeKind.ORGANIZATION)
    seen = Q(outpost_id__in=actor.scopes(VIEW, ScopeKind.OUTPOST))
    if own:
        seen |= Q(outpost__in=Tenancy.objects.filter(organization_id__in=own, voided_at__isnull=True).values("outpost"))
    return queryset.filter(seen)


def can_view_lab(actor: Actor, lab: LabEntry) -> bool:
    """Tell whether ``lab`` is among those visible."""
    if works_for(actor, lab):
        return True
    own = actor.scopes(VIEW_OWN, ScopeKind.ORGANIZATION)
    here = Tenancy.objects.filter(outpost_id=lab.outpost_id, organization_id__in=own, voided_at__isnull=True)
    return bool(own) and here.exists()
