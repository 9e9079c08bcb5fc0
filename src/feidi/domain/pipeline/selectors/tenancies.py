"""Tenancies beside the head lease: which of them now outlast it."""

from __future__ import annotations

from django.db.models import QuerySet

from feidi.domain.parties.models import Outpost
from feidi.domain.pipeline.access import visible_in_office
from feidi.domain.pipeline.enums import AgreementKind
from feidi.domain.pipeline.models import Agreement, Project
from feidi.domain.space.selectors.head_leases import find_bounding_lease
from feidi.kernel.access import Actor


def tenancies_of(actor: Actor, outpost: Outpost) -> QuerySet[Agreement]:
    """Return the outpost's live tenancies that the actor may open, the last to end first."""
    projects = visible_in_office(actor, Project.objects.filter(outpost=outpost, voided_at__isnull=True))
    rows = Agreement.objects.filter(kind=AgreementKind.TENANCY, voided_at__isnull=True, project__in=projects)
    return rows.select_related("project").order_by("-term_to", "-id")


def tenancies_outlasting(actor: Actor, outpost: Outpost) -> list[Agreement]:
    """Return the tenancies that run past the last day of the head lease, as it stands now; none without a lease."""
    lease = find_bounding_lease(outpost)
    return [] if lease is None else list(tenancies_of(actor, outpost).filter(term_to__gt=lease.ends_on))
