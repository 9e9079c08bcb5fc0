"""A sponsor that is called otherwise: the organization, and its name as the projects of one's outposts repeat it."""

from __future__ import annotations

from datetime import datetime

from feidi.domain.parties.models import Organization
from feidi.domain.parties.services.corrections import rename_organization
from feidi.domain.pipeline.enums import PartyRole
from feidi.domain.pipeline.models import Project
from feidi.domain.pipeline.services.indexing import index_project
from feidi.engines.names import fold_name
from feidi.kernel.access import Actor, ScopeKind
from feidi.kernel.audit import recorded

KIND, EDIT = "pipeline.project", "project.edit"


def rename_sponsor(
    *, actor: Actor, now: datetime, organization: Organization, name: str, reason: str, former: bool
) -> int:
    """Call an organization otherwise, and with it the sponsor of those projects that the actor may edit.

    Returns how many projects follow; another outpost's keep what it wrote. Refused as ``rename_organization`` refuses.
    """
    old = organization.name_folded
    with recorded(actor=actor, now=now) as unit:
        row = rename_organization(
            actor=actor, now=now, organization=organization, name=name, reason=reason, former=former
        )
        sponsored = Project.objects.filter(
            parties__organization=row,
            parties__role=PartyRole.SPONSOR,
            parties__until__isnull=True,
            sponsor_folded=old,
            outpost_id__in=actor.scopes(EDIT, ScopeKind.OUTPOST),
            voided_at__isnull=True,
        )
        followed = Project.objects.filter(pk__in=list(sponsored.values_list("pk", flat=True)))
        for project in followed.select_for_update(of=("self",)).select_related("outpost").order_by("pk"):
            before = unit.before(project, KIND)
            project.sponsor_name, project.sponsor_folded = row.name, fold_name(row.name)
            project.version += 1
            project.save(update_fields=["sponsor_name", "sponsor_folded", "version"])
            unit.changed(project, kind=KIND, before=before, reason=reason.strip())
            index_project(project)
    return len(followed)
