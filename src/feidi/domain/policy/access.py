"""Who sees what of policy: ``can_view_*`` beside ``*_visible_to``; a test holds them equal."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from feidi.domain.policy.models import Checkup, ClauseStanding, PolicyClaim, StandingChange
from feidi.kernel.access import Actor, ScopeKind

#: The catalogue is published content; no outpost's rows are among it.
LIBRARY = "policy.library"
STAMP = "policy.stamp"
VIEW = "policy.view"
CHECK = "policy.check"
FACTS = "policy.facts"
CLAIM = "policy.claim"
VIEW_OWN = "policy.view_own"
#: The home side: what became of the claims of firms that were reported to it.
VIEW_HOME = "policy.view_home"
#: Whose persons one sees; a check-up of a person says as much of them.
PEOPLE, PERSON = "party.view", "parties.person"
#: Cost figures are published content; no outpost's rows are among them.
COSTS = "cost.view"


def checkups_visible_to(actor: Actor, queryset: QuerySet[Checkup]) -> QuerySet[Checkup]:
    """Narrow to check-ups made by an outpost whose policy work the actor may view: they rest on its facts.

    Those of a person also ask for what seeing the person asks for.
    """
    return queryset.filter(_seen_at_outposts(actor))


def _seen_at_outposts(actor: Actor) -> Q:
    """Return the condition on rows about a subject: those about a person also ask for what seeing the person asks for."""
    own, people = actor.scopes(VIEW, ScopeKind.OUTPOST), actor.scopes(PEOPLE, ScopeKind.OUTPOST)
    return Q(outpost_id__in=own) & (~Q(subject_kind=PERSON) | Q(outpost_id__in=people))


def can_view_checkup(actor: Actor, checkup: Checkup) -> bool:
    """Tell whether ``checkup`` is among those visible."""
    if checkup.subject_kind == PERSON and checkup.outpost_id not in actor.scopes(PEOPLE, ScopeKind.OUTPOST):
        return False
    return checkup.outpost_id in actor.scopes(VIEW, ScopeKind.OUTPOST)


def standings_visible_to(actor: Actor, queryset: QuerySet[ClauseStanding]) -> QuerySet[ClauseStanding]:
    """Narrow to standings of the outposts whose policy work the actor may view; a person's as its check-ups."""
    return queryset.filter(_seen_at_outposts(actor))


def changes_visible_to(actor: Actor, queryset: QuerySet[StandingChange]) -> QuerySet[StandingChange]:
    """Narrow to changes of the outposts whose policy work the actor may view; a person's as its check-ups."""
    return queryset.filter(_seen_at_outposts(actor))


def claims_visible_to(actor: Actor, queryset: QuerySet[PolicyClaim]) -> QuerySet[PolicyClaim]:
    """Narrow to claims of the outposts whose policy work the actor may view, and to those of the actor's own firm.

    A person's own claim also asks for what seeing the person asks for.
    """
    outposts, people = actor.scopes(VIEW, ScopeKind.OUTPOST), actor.scopes(PEOPLE, ScopeKind.OUTPOST)
    own = actor.scopes(VIEW_OWN, ScopeKind.ORGANIZATION)
    office = Q(outpost_id__in=outposts) & (Q(person__isnull=True) | Q(outpost_id__in=people))
    return queryset.filter(office | Q(organization_id__in=own))


def can_view_claim(actor: Actor, claim: PolicyClaim) -> bool:
    """Tell whether ``claim`` is among those visible."""
    if claim.outpost_id in actor.scopes(VIEW, ScopeKind.OUTPOST):
        return claim.person_id is None or claim.outpost_id in actor.scopes(PEOPLE, ScopeKind.OUTPOST)
    return claim.organization_id in actor.scopes(VIEW_OWN, ScopeKind.ORGANIZATION)
