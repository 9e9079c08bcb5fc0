"""What is the tenant's own: projects in which its organization is the party itself, and what its people handed in."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from feidi.domain.matching.access import own_profiles
from feidi.domain.matching.models import Profile
from feidi.domain.parties.models import Membership
from feidi.domain.pipeline.access import VIEW_OWN, visible_to
from feidi.domain.pipeline.enums import LandingState, PartyRole
from feidi.domain.pipeline.models import LandingCase, Project, ProjectParty
from feidi.kernel.access import Actor, ScopeKind

#: Who brought somebody, or invests in them, does not see their papers here.
_SELVES = (PartyRole.SPONSOR, PartyRole.TEAM, PartyRole.HOST_ENTITY, PartyRole.HOME_ENTITY)


def own_projects(actor: Actor) -> QuerySet[Project]:
    """Return the live projects of the organizations for which the actor is a tenant, newest first."""
    parties = ProjectParty.objects.filter(
        organization_id__in=actor.scopes(VIEW_OWN, ScopeKind.ORGANIZATION), role__in=_SELVES, until__isnull=True
    )
    own = Project.objects.filter(pk__in=parties.values("project_id"), voided_at__isnull=True)
    return visible_to(actor, own).select_related("outpost__home", "outpost__host").order_by("-id")


def own_matching(actor: Actor) -> QuerySet[Profile]:
    """Return the needs and offers of one's own organization that were not taken back."""
    rows = own_profiles(actor, Profile.objects.filter(voided_at__isnull=True))
    return rows.select_related("outpost", "officer", "organization", "project")


def get_own_project(actor: Actor, uid: str) -> Project:
    """Return one of one's own projects; raises ``Project.DoesNotExist`` for every other."""
    return own_projects(actor).get(uid=uid)


def live_cases(projects: Iterable[Project]) -> dict[int, LandingCase]:
    """Return project id → the landing case that is not revoked. One query."""
    cases = LandingCase.objects.filter(project__in=list(projects)).exclude(state=LandingState.REVOKED)
    return {each.project_id: each for each in cases}


def colleagues(actor: Actor) -> frozenset[int]:
    """Return the user ids of all who are or were tenants of the same organizations, the actor among them."""
    organizations = actor.scopes(VIEW_OWN, ScopeKind.ORGANIZATION)
    ids = Membership.objects.filter(organization_id__in=organizations).values_list("user_id", flat=True)
    return frozenset(ids)
