"""The entities around an organization: a tenant of the enclave may own one firm at the host and one at home."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from feidi.domain.parties.access import organizations_visible_to
from feidi.domain.parties.models import Organization, Outpost
from feidi.domain.pipeline.access import visible_in_office
from feidi.domain.pipeline.enums import PartyRole
from feidi.domain.pipeline.models import Project, ProjectParty
from feidi.kernel.access import Actor

#: Whose projects they are, and what they found.
_OWN = (PartyRole.SPONSOR, PartyRole.TEAM, PartyRole.HOST_ENTITY, PartyRole.HOME_ENTITY)


@dataclass(frozen=True, slots=True)
class Entity:
    """One organization of the same project, as what it takes part, and its check-up."""

    name: str
    role: Any
    url: str


def entities_of(actor: Actor, organization: Organization) -> list[Entity]:
    """Return the other entities of the projects in which an organization takes part; eligibility is asked per entity."""
    projects = visible_in_office(actor, Project.objects.filter(voided_at__isnull=True)).filter(
        parties__organization=organization, parties__until__isnull=True, parties__role__in=_OWN
    )
    seen = organizations_visible_to(actor, Organization.objects.filter(voided_at__isnull=True))
    parties = ProjectParty.objects.filter(
        project__in=projects.values("pk"), until__isnull=True, role__in=_OWN, organization__in=seen.values("pk")
    )
    rows = parties.exclude(organization=organization).select_related("organization").order_by("id")
    found: dict[int | None, Entity] = {}
    for each in rows:
        if each.organization is not None:
            url = reverse("console:policies:checkup", args=[each.organization.uid])
            found.setdefault(each.organization_id, Entity(each.organization.name, PartyRole(each.role).label, url))
    return list(found.values())


def projects_of(actor: Actor, organization: Organization, outpost: Outpost) -> list[Project]:
    """Return the organization's live projects at an outpost that the actor may open."""
    rows = visible_in_office(actor, Project.objects.filter(voided_at__isnull=True, outpost=outpost))
    mine = rows.filter(parties__organization=organization, parties__until__isnull=True, parties__role__in=_OWN)
    return list(mine.distinct().order_by("id"))
