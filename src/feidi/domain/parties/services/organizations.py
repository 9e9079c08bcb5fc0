"""Organizations: found or added once, linked to the outposts that know them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from stdnum.cn import uscc as uscc_number

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.enums import IdentifierScheme, OrganizationKind
from feidi.domain.parties.models import (
    Organization,
    OrganizationIdentifier,
    OrganizationKindOf,
    OrganizationLink,
    Outpost,
)
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.parties.services.indexing import index_organization
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

    Either way it is linked to ``outpost`` from now on. ``check=False`` is for content and imports,
    which have asked for their own permission already. Refused: an empty name, a wrong check digit.
    """
    if check:
        require(actor, "party.edit", outpost_scope(outpost.pk))
    folded = fold_name(name)
    if not folded:
        raise refuse("parties.name_needed")
    code = clean_uscc(uscc)
    if code and not uscc_number.is_valid(code):
        raise refuse("parties.uscc_invalid", value=uscc)
    with recorded(actor=actor, now=now) as unit:
        found = _find(code, folded)
        if found is None:
            found = Organization(name=name.strip(), name_folded=folded, place_text=place_text, created_at=now)
            found.save()
            unit.created(found, kind=KIND)
        if code:
            OrganizationIdentifier.objects.get_or_create(
                organization=found, scheme=IdentifierScheme.USCC, value=code, defaults={"valid": True}
            )
        for kind in kinds:
            OrganizationKindOf.objects.get_or_create(organization=found, kind=kind)
        link_organization(outpost=outpost, organization=found, now=now)
        index_organization(found)
    return found


def link_organization(*, outpost: Outpost, organization: Organization, now: datetime) -> OrganizationLink:
    """Make ``organization`` known to ``outpost`` since today, unless it was already."""
    link, _made = OrganizationLink.objects.get_or_create(
        outpost=outpost, organization=organization, defaults={"since": now.astimezone(SHANGHAI).date()}
    )
    return link


def clean_uscc(text: str) -> str:
    """Return a credit code without spaces, upper-case; empty stays empty."""
    return "".join(text.split()).upper()


def _find(code: str, folded: str) -> Organization | None:
    live = Organization.objects.filter(voided_at__isnull=True)
    if code:
        numbered = live.filter(identifiers__scheme=IdentifierScheme.USCC, identifiers__value=code).first()
        if numbered is not None:
            return numbered
    named = live.filter(name_folded=folded).order_by("id").first()
    if named is not None and code:
        others = named.identifiers.filter(scheme=IdentifierScheme.USCC).exclude(value=code)
        # the same name under another number is another organization
        return None if others.exists() else named
    return named
