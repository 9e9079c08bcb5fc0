"""Who sees which project. ``can_view`` beside ``visible_to``; one test asserts that they agree.

Officer, incubation manager, operator lead: all of their outposts. Home side: projects of outposts
of its place, once reported (报送). Tenant: those in which its organization has a present role.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.pipeline.models import Project, ProjectParty
from feidi.kernel.access import Actor, Scope, ScopeKind
from feidi.kernel.search.entries import Scopes, Visible

VIEW, VIEW_REPORTED, VIEW_OWN = "project.view", "project.view_reported", "project.view_own"


def visible_to(actor: Actor, queryset: QuerySet[Project]) -> QuerySet[Project]:
    """Narrow projects to those the actor may open."""
    outposts = actor.scopes(VIEW, ScopeKind.OUTPOST)
    homes = actor.scopes(VIEW_REPORTED, ScopeKind.HOME)
    organizations = actor.scopes(VIEW_OWN, ScopeKind.ORGANIZATION)
    allowed = Q(outpost_id__in=outposts)
    if homes:
        allowed |= Q(outpost__home_id__in=homes, reported_at__isnull=False)
    if organizations:
        own = ProjectParty.objects.filter(organization_id__in=organizations, until__isnull=True).values("project_id")
        allowed |= Q(pk__in=own)
    return queryset.filter(allowed)


def can_view(actor: Actor, project: Project) -> bool:
    """Tell whether the actor may open ``project``."""
    if project.outpost_id in actor.scopes(VIEW, ScopeKind.OUTPOST):
        return True
    if project.reported_at is not None and project.outpost.home_id in actor.scopes(VIEW_REPORTED, ScopeKind.HOME):
        return True
    own = actor.scopes(VIEW_OWN, ScopeKind.ORGANIZATION)
    return bool(own) and project.parties.filter(organization_id__in=own, until__isnull=True).exists()


def scopes_of(project: Project) -> tuple[Scope, ...]:
    """Return the scopes over which a permission on this project may be held."""
    home = (Scope(ScopeKind.HOME, project.outpost.home_id),) if project.reported_at is not None else ()
    return (outpost_scope(project.outpost_id), *home)


def require_on(actor: Actor, permission: str, project: Project) -> None:
    """Refuse unless the actor holds ``permission`` over the project's outpost, or its home once reported."""
    require(actor, permission, *scopes_of(project))


def search_visible(actor: Actor) -> Visible:
    """Return what the actor may find, in the search index's terms."""
    return Scopes(
        outposts=actor.scopes(VIEW, ScopeKind.OUTPOST) | actor.scopes("party.view", ScopeKind.OUTPOST),
        homes_reported=actor.scopes(VIEW_REPORTED, ScopeKind.HOME),
        organizations=actor.scopes(VIEW_OWN, ScopeKind.ORGANIZATION),
    )
