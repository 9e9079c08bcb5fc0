"""Whose organization it is: only an outpost that knows one may do policy work for it."""

from __future__ import annotations

from feidi.domain.parties.access import can_view_organization
from feidi.domain.parties.models import Organization, OrganizationLink, Outpost
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor


def check_linked(actor: Actor, outpost: Outpost, organization: Organization) -> None:
    """Refuse an organization that the outpost does not know or the actor does not see."""
    linked = OrganizationLink.objects.filter(outpost=outpost, organization=organization).exists()
    if not linked or not can_view_organization(actor, organization):
        raise refuse("policy.not_linked", outpost=outpost.short_name, name=organization.name)
