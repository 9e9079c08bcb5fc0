"""Who sees what of matching.

The outpost's people (``matching.view``) see its profiles, lists and introductions whole. A firm, investor or team
(``matching.view_own``) sees its own profiles; of others only what a list sent to it or an introduction has opened, in
the version that both sides have come to (``selectors.reading``), and never a profile that blocks it. Figures of
industries (``matching.regions``) are open to the home side too. A rival outpost sees nothing.
"""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from feidi.domain.matching.models import (
    CandidateList,
    FlowTable,
    IndustryTable,
    Introduction,
    IntroductionOutcome,
    Profile,
    ProfileBlock,
    Trial,
)
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.pipeline.access import OWN_ROLES
from feidi.domain.pipeline.models import ProjectParty
from feidi.kernel.access import Actor, ScopeKind

Row = TypeVar("Row", bound=Model)
Table = TypeVar("Table", IndustryTable, FlowTable)
VIEW, EDIT = "matching.view", "matching.edit"
VIEW_OWN, ANSWER_OWN = "matching.view_own", "matching.answer_own"
REGIONS = "matching.regions"


def visible_to(actor: Actor, queryset: QuerySet[Row]) -> QuerySet[Row]:
    """Narrow rows that belong to an outpost to those the actor may open as staff of it."""
    return queryset.filter(outpost_id__in=actor.scopes(VIEW, ScopeKind.OUTPOST))


def can_view(actor: Actor, row: Any) -> bool:
    """Tell whether ``row`` (anything with an outpost) is among those visible."""
    return row.outpost_id in actor.scopes(VIEW, ScopeKind.OUTPOST)


def own_profiles(actor: Actor, queryset: QuerySet[Profile]) -> QuerySet[Profile]:
    """Narrow to profiles of the actor's own organization, and to those of projects that are its own.

    Who only brought a project or invests in it, or is on the block list of a project's profile, does not own it.
    """
    own = actor.scopes(VIEW_OWN, ScopeKind.ORGANIZATION)
    if not own:
        return queryset.none()
    parties = ProjectParty.objects.filter(organization_id__in=own, role__in=OWN_ROLES, until__isnull=True)
    blocks = ProfileBlock.objects.filter(profile=OuterRef("pk"), organization_id__in=own, lifted_at__isnull=True)
    of_projects = Q(project__in=parties.values("project_id")) & ~Exists(blocks)
    return queryset.filter(Q(organization_id__in=own) | of_projects)


def require_owner_or_office(actor: Actor, profile: Profile) -> None:
    """Refuse unless the profile is the actor's own and may be answered, or the actor edits those of its outpost."""
    if not actor.may(ANSWER_OWN) or not own_profiles(actor, Profile.objects.filter(pk=profile.pk)).exists():
        require(actor, EDIT, outpost_scope(profile.outpost_id))


def profiles_visible_to(actor: Actor, queryset: QuerySet[Profile]) -> QuerySet[Profile]:
    """Narrow to what the actor may open whole: the outpost's for its people, one's own for a firm."""
    own = own_profiles(actor, Profile.objects.all()).values("pk")
    return queryset.filter(Q(outpost_id__in=actor.scopes(VIEW, ScopeKind.OUTPOST)) | Q(pk__in=own))


def lists_visible_to(actor: Actor, queryset: QuerySet[CandidateList]) -> QuerySet[CandidateList]:
    """Narrow to the outpost's lists for its people; a firm sees those of its own profiles that were sent to it."""
    own = own_profiles(actor, Profile.objects.all()).values("pk")
    staff = Q(outpost_id__in=actor.scopes(VIEW, ScopeKind.OUTPOST))
    return queryset.filter(staff | (Q(profile_id__in=own) & Q(sent_at__isnull=False)))


def introductions_visible_to(actor: Actor, queryset: QuerySet[Introduction]) -> QuerySet[Introduction]:
    """Narrow to the outpost's introductions for its people; a firm sees those of its own profiles."""
    own = own_profiles(actor, Profile.objects.all()).values("pk")
    staff = Q(outpost_id__in=actor.scopes(VIEW, ScopeKind.OUTPOST))
    return queryset.filter(staff | Q(need_id__in=own) | Q(offer_id__in=own))


def outcomes_visible_to(actor: Actor, queryset: QuerySet[IntroductionOutcome]) -> QuerySet[IntroductionOutcome]:
    """Narrow to what came of the introductions that the actor sees."""
    return queryset.filter(introduction__in=introductions_visible_to(actor, Introduction.objects.all()).values("pk"))


def trials_visible_to(actor: Actor, queryset: QuerySet[Trial]) -> QuerySet[Trial]:
    """Narrow to trials of the outpost's introductions: their papers name both sides and are printed by its people."""
    return queryset.filter(introduction__outpost_id__in=actor.scopes(VIEW, ScopeKind.OUTPOST))


def tables_visible_to(actor: Actor, queryset: QuerySet[Table]) -> QuerySet[Table]:
    """Narrow to tables of figures of the actor's outposts, for the home side to those of its home's outposts."""
    outposts = Q(outpost_id__in=actor.scopes(REGIONS, ScopeKind.OUTPOST))
    return queryset.filter(outposts | Q(outpost__home_id__in=actor.scopes(REGIONS, ScopeKind.HOME)))
