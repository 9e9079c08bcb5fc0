"""Who sees which party: ``can_view_*`` beside ``*_visible_to``; one test asserts that they agree."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from feidi.domain.parties.models import Organization, Outpost, Person
from feidi.domain.parties.permissions import permission_name
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor, Scope, ScopeKind


def outpost_scope(outpost_id: int) -> Scope:
    """Return the scope of one outpost."""
    return Scope(ScopeKind.OUTPOST, outpost_id)


def require(actor: Actor, permission: str, *scopes: Scope) -> None:
    """Refuse unless ``actor`` holds ``permission`` over one of ``scopes`` (none given: over anything)."""
    if not actor.may(permission, *scopes):
        raise refuse("parties.not_permitted", permission=permission, what=permission_name(permission))


def outposts_visible_to(actor: Actor, queryset: QuerySet[Outpost]) -> QuerySet[Outpost]:
    """Narrow to outposts where the actor holds any role, or whose home it is, or that works for its organization."""
    own = [g.scope.id for g in actor.grants if g.scope.kind is ScopeKind.OUTPOST]
    homes = [g.scope.id for g in actor.grants if g.scope.kind is ScopeKind.HOME]
    return queryset.filter(Q(id__in=own) | Q(home_id__in=homes))


def can_view_outpost(actor: Actor, outpost: Outpost) -> bool:
    """Tell whether ``outpost`` is among those visible."""
    scopes = (Scope(ScopeKind.OUTPOST, outpost.pk), Scope(ScopeKind.HOME, outpost.home_id))
    return bool(actor.roles(*scopes))


def organizations_visible_to(actor: Actor, queryset: QuerySet[Organization]) -> QuerySet[Organization]:
    """Narrow to organizations linked to an outpost whose parties the actor may view, or the actor's own."""
    outposts = actor.scopes("party.view", ScopeKind.OUTPOST)
    own = actor.scopes("project.view_own", ScopeKind.ORGANIZATION)
    return queryset.filter(
        Q(pk__in=Organization.objects.filter(links__outpost_id__in=outposts).values("pk")) | Q(pk__in=own)
    )


def can_view_organization(actor: Actor, organization: Organization) -> bool:
    """Tell whether ``organization`` is among those visible."""
    if organization.pk in actor.scopes("project.view_own", ScopeKind.ORGANIZATION):
        return True
    outposts = actor.scopes("party.view", ScopeKind.OUTPOST)
    return organization.links.filter(outpost_id__in=outposts).exists()


def persons_visible_to(actor: Actor, queryset: QuerySet[Person]) -> QuerySet[Person]:
    """Narrow to persons written down by an outpost whose parties the actor may view."""
    return queryset.filter(outpost_id__in=actor.scopes("party.view", ScopeKind.OUTPOST))


def can_view_person(actor: Actor, person: Person) -> bool:
    """Tell whether ``person`` is among those visible."""
    return person.outpost_id in actor.scopes("party.view", ScopeKind.OUTPOST)
