"""Organizations: found or added once, linked to the outposts that know them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.enums import IdentifierScheme, OrganizationKind
from feidi.domain.parties.models import (
    Organization,
    OrganizationAlias,
    OrganizationIdentifier,
    OrganizationKindOf,
    OrganizationLink,
    Outpost,
)
from feidi.domain.parties.selectors.duplicates import same_firm
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.parties.services.duplicates import lock_names, propose_pairs
from feidi.domain.parties.services.indexing import index_organization
from feidi.domain.parties.services.uscc import clean_uscc, fault_of
from feidi.engines.findings import refuse
from feidi.engines.names import fold_name
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded

KIND = "parties.organization"


def find_or_add_organization(
    *,
    actor: Actor,
    now: datetime,
    outpost: Outpost,
    name: str,
    uscc: str = "",
    kinds: Sequence[OrganizationKind] = (),
    place_text: str = "",
    check: bool = True,
) -> Organization:
    """Return the organization of this number or, failing that, of this folded name; add it when new.

    Either way it is linked to ``outpost`` from now on. A valid number that an organization of quite another name holds
    makes a second row: which of the two is right is for people to say, in the review queue, as are names that look
    alike. ``check=False`` is for content and imports, which have asked for their own permission already.
    Refused: an empty name, a wrong check digit (and which).
    """
    if check:
        require(actor, "party.edit", outpost_scope(outpost.pk))
    folded = fold_name(name)
    if not folded:
        raise refuse("parties.name_needed")
    code = clean_uscc(uscc)
    if code and (fault := fault_of(code)):
        raise refuse("parties.uscc_invalid", fault, value=uscc)
    with recorded(actor=actor, now=now) as unit:
        lock_names(folded, code)
        found = _find(code, folded, name)
        new = found is None
        if found is None:
            found = Organization(name=name.strip(), name_folded=folded, place_text=place_text, created_at=now)
            found.save()
            unit.created(found, kind=KIND)
        if code:
            _number, numbered = OrganizationIdentifier.objects.get_or_create(
                organization=found, scheme=IdentifierScheme.USCC, value=code, defaults={"valid": True}
            )
            new = new or numbered
        for kind in kinds:
            OrganizationKindOf.objects.get_or_create(organization=found, kind=kind)
        link_organization(outpost=outpost, organization=found, now=now)
        index_organization(found)
        if new:
            propose_pairs(actor=actor, now=now, organization=found, outpost=outpost)
    return found


def link_organization(*, outpost: Outpost, organization: Organization, now: datetime) -> OrganizationLink:
    """Make ``organization`` known to ``outpost`` since today, unless it was already."""
    link, _made = OrganizationLink.objects.get_or_create(
        outpost=outpost, organization=organization, defaults={"since": now.astimezone(SHANGHAI).date()}
    )
    return link


def _find(code: str, folded: str, name: str) -> Organization | None:
    live = Organization.objects.filter(voided_at__isnull=True)
    if code:
        numbered = live.filter(identifiers__scheme=IdentifierScheme.USCC, identifiers__value=code)
        for each in numbered.order_by("id").prefetch_related("aliases"):
            if same_firm(name, [each.name, *(alias.name for alias in each.aliases.all())]):
                return each
    named = live.filter(name_folded=folded).order_by("id").first() or _by_alias(live, folded)
    if named is not None and code:
        others = named.identifiers.filter(scheme=IdentifierScheme.USCC).exclude(value=code)
        # the same name under another number is another organization
        return None if others.exists() else named
    return named


def _by_alias(live: QuerySet[Organization], folded: str) -> Organization | None:
    """Return the one organization that is also called so; a short name that several share is nobody's."""
    called = live.filter(pk__in=OrganizationAlias.objects.filter(name_folded=folded).values("organization_id"))
    found = list(called.order_by("id")[:2])
    return found[0] if len(found) == 1 else None
