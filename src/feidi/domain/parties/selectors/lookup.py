"""Finding organizations: the list of those an actor knows, and what may be said of one known only elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from feidi.domain.parties.access import organizations_visible_to, require
from feidi.domain.parties.enums import IdentifierScheme
from feidi.domain.parties.models import (
    ContactPoint,
    Organization,
    OrganizationAlias,
    OrganizationIdentifier,
    OrganizationLink,
    Person,
)
from feidi.engines.findings import Finding, Level
from feidi.engines.names import fold_name
from feidi.kernel.access import Actor, ScopeKind

VIEW = "party.view"
#: Shortest start of a number that is looked for: fewer characters fit too many.
_CODE_START = 6


@dataclass(frozen=True, slots=True)
class OrganizationFilter:
    """What a list shows. Empty means "any"."""

    words: str = ""
    kind: str = ""
    outpost_id: int | None = None


def list_organizations(actor: Actor, wanted: OrganizationFilter) -> QuerySet[Organization]:
    """Return the live organizations that the actor may see, with what a list needs (three queries in all).

    ``links`` are only those of outposts whose parties the actor may view.
    """
    found = organizations_visible_to(actor, Organization.objects.filter(voided_at__isnull=True))
    if wanted.kind:
        found = found.filter(kinds__kind=wanted.kind)
    if wanted.outpost_id:
        known = OrganizationLink.objects.filter(_own_links(actor), outpost_id=wanted.outpost_id)
        found = found.filter(pk__in=known.values("organization_id"))
    if wanted.words.strip():
        found = found.filter(_named(wanted.words))
    return found.select_related("place").prefetch_related("kinds", "identifiers", _links(actor))


def get_organization(actor: Actor, uid: str) -> Organization:
    """Return one organization with what its page shows; raises ``Organization.DoesNotExist`` for every other.

    ``links``, ``persons``, ``contact_points`` and relations are only those written by outposts of the actor.
    """
    visible = organizations_visible_to(actor, Organization.objects.select_related("place"))
    outposts = actor.scopes(VIEW, ScopeKind.OUTPOST)
    points = ContactPoint.objects.filter(outpost_id__in=outposts, voided_at__isnull=True).order_by("id")
    persons = Person.objects.filter(outpost_id__in=outposts, voided_at__isnull=True).select_related("outpost")
    with_points = persons.order_by("id").prefetch_related(Prefetch("contact_points", queryset=points))
    return visible.prefetch_related(
        "kinds",
        "identifiers",
        "aliases",
        "industries",
        _links(actor),
        Prefetch("persons", queryset=with_points),
        Prefetch("contact_points", queryset=points),
    ).get(uid=uid)


@dataclass(frozen=True, slots=True)
class Lookup:
    """What is known of a name or number: organizations the actor sees, else that others exist elsewhere."""

    visible: tuple[Organization, ...] = ()
    elsewhere: tuple[Finding, ...] = ()


def lookup_organization(actor: Actor, words: str) -> Lookup:
    """Tell whether the installation knows an organization of exactly this name, alias or number.

    Of one that only other outposts know, nothing is said but since when and which outpost to call (the first
    that knew it). Parts of names find nothing, so that nobody can leaf through what is not theirs.
    Refused: an actor without ``party.view`` anywhere.
    """
    require(actor, VIEW)
    exact = _exactly(words)
    if exact is None:
        return Lookup()
    live = Organization.objects.filter(exact, voided_at__isnull=True).distinct()
    visible = tuple(organizations_visible_to(actor, live).order_by("id"))
    if visible:
        return Lookup(visible)
    first = OrganizationLink.objects.filter(organization__in=live).select_related("outpost").order_by("since", "id")
    told = {link.organization_id: link for link in reversed(first)}
    return Lookup((), tuple(_known(link) for link in told.values()))


def _known(link: OrganizationLink) -> Finding:
    params = {
        "since": link.since.isoformat(),
        "outpost": link.outpost.short_name,
        "phone": link.outpost.phone,
    }
    return Finding(Level.NOTE, "parties.organization_known_elsewhere", params)


def _exactly(words: str) -> Q | None:
    folded, number = fold_name(words), _number(words)
    if not folded:
        return None
    named = Q(name_folded=folded) | Q(
        pk__in=OrganizationAlias.objects.filter(name_folded=folded).values("organization")
    )
    numbered = OrganizationIdentifier.objects.filter(scheme__in=IdentifierScheme.values, value=number)
    return named | Q(pk__in=numbered.values("organization"))


def _named(words: str) -> Q:
    folded, number = fold_name(words), _number(words)
    named = Q(name_folded__contains=folded) | Q(
        pk__in=OrganizationAlias.objects.filter(name_folded__contains=folded).values("organization")
    )
    if len(number) < _CODE_START or not number.isascii():
        return named
    return named | Q(pk__in=OrganizationIdentifier.objects.filter(value__startswith=number).values("organization"))


def _number(words: str) -> str:
    return "".join(words.split()).upper()


def _own_links(actor: Actor) -> Q:
    return Q(outpost_id__in=actor.scopes(VIEW, ScopeKind.OUTPOST))


def _links(actor: Actor) -> Prefetch[str]:
    own = OrganizationLink.objects.filter(_own_links(actor)).select_related("outpost").order_by("since", "id")
    return Prefetch("links", queryset=own)
