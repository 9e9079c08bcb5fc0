"""Whom the outpost knows a registrant as."""

from __future__ import annotations

from feidi.domain.parties.models import Organization, OrganizationAlias
from feidi.engines.names import fold_name


def known_organization(outpost_id: int, name: str) -> Organization | None:
    """Return the one organization of the outpost whose name, or an alias, is exactly this; None: none, or several."""
    folded = fold_name(name) if name.strip() else ""
    if not folded:
        return None
    linked = Organization.objects.filter(links__outpost_id=outpost_id, voided_at__isnull=True, merged_into__isnull=True)
    found = set(linked.filter(name_folded=folded).values_list("pk", flat=True)[:2])
    if not found:
        by_alias = OrganizationAlias.objects.filter(name_folded=folded, organization__in=linked)
        found = set(by_alias.values_list("organization_id", flat=True)[:3])
    return Organization.objects.get(pk=found.pop()) if len(found) == 1 else None
