"""Who sees which project. ``can_view`` beside ``visible_to``; one test asserts that they agree.

Officer, incubation manager, operator lead: all of their outposts. Home side: projects of outposts
of its place, once reported (报送). Tenant: those that are its organization's own. Notes and contacts are
the outpost's that wrote them (``reads_notes``).
"""

from __future__ import annotations

from django.db.models import Q, QuerySet

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.pipeline.enums import PartyRole
from feidi.domain.pipeline.models import Project, ProjectParty
from feidi.kernel.access import Actor, Scope, ScopeKind
from feidi.kernel.search.entries import Scopes, Visible

VIEW, VIEW_REPORTED, VIEW_OWN = "project.view", "project.view_reported", "project.view_own"
#: As what an organization is the one whose project it is. Who brought it or invests in it does not see its papers.
OWN_ROLES = (PartyRole.SPONSOR, PartyRole.TEAM, PartyRole.HOST_ENTITY, PartyRole.HOME_ENTITY)


def visible_to(actor: Actor, queryset: QuerySet[Project]) -> QuerySet[Project]:
    """Narrow projects to those the actor may open."""
    allowed = _in_office(actor)
    organizations = actor.scopes(VIEW_OWN, ScopeKind.ORGANIZATION)
    if organizations:
        own = ProjectParty.objects.filter(
            organization_id__in=organizations, role__in=OWN_ROLES, until__isnull=True
        ).values("project_id")
        allowed |= Q(pk__in=own)
    return queryset.filter(allowed)


def visible_in_office(actor: Actor, queryset: QuerySet[Project]) -> QuerySet[Project]:
    """Narrow projects to those the actor sees as outpost or home side. A tenant's own page is the workspace:
    the office's shows what the operator thinks of a project.
    """
    return queryset.filter(_in_office(actor))


def _in_office(actor: Actor) -> Q:
    allowed = Q(outpost_id__in=actor.scopes(VIEW, ScopeKind.OUTPOST))
    homes = actor.scopes(VIEW_REPORTED, ScopeKind.HOME)
    return allowed | Q(outpost__home_id__in=homes, reported_at__isnull=False) if homes else allowed


def can_view(actor: Actor, project: Project) -> bool:
    """Tell whether the actor may open ``project``."""
    if reads_notes(actor, project):
        return True
    if project.reported_at is not None and project.outpost.home_id in actor.scopes(VIEW_REPORTED, ScopeKind.HOME):
        return True
    return is_own(actor, project, VIEW_OWN)


def reads_notes(actor: Actor, project: Project) -> bool:
    """Tell whether the actor works for the outpost whose project it is: notes and contacts are for them alone."""
    return project.outpost_id in actor.scopes(VIEW, ScopeKind.OUTPOST)


def is_own(actor: Actor, project: Project, permission: str) -> bool:
    """Tell whether it is the project of an organization over which the actor holds ``permission``."""
    own = actor.scopes(permission, ScopeKind.ORGANIZATION)
    parties = project.parties.filter(organization_id__in=own, role__in=OWN_ROLES, until__isnull=True)
    return bool(own) and parties.exists()


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
