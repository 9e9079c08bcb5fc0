"""Projects that look like what is being typed, for ``parties.selectors.duplicates.find_alike``."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, Value

from feidi.domain.parties.selectors.duplicates import Candidate, Wanted
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.pipeline.access import VIEW, visible_in_office
from feidi.domain.pipeline.enums import PartyRole
from feidi.domain.pipeline.models import Project, ProjectParty
from feidi.kernel.access import Actor, ScopeKind

PROJECT = "pipeline.project"


def projects_alike(actor: Actor, wanted: Wanted) -> list[Candidate]:
    """Describe the live projects whose keys, sponsor's code or person fit (one query).

    Persons belong to the outpost that wrote them down: another outpost's never lead anybody to a project.
    """
    sponsors = ProjectParty.objects.filter(
        role=PartyRole.SPONSOR,
        until__isnull=True,
        organization__identifiers__scheme="uscc",
        organization__identifiers__value=wanted.code or None,
    )
    persons = ProjectParty.objects.filter(
        until__isnull=True,
        person__name_folded=wanted.person or None,
        person__outpost_id__in=actor.scopes(VIEW, ScopeKind.OUTPOST),
    )
    meant = Q(uid__in=wanted.uids)
    if wanted.code:
        meant |= Q(pk__in=sponsors.values("project_id"))
    if wanted.person:
        meant |= Q(pk__in=persons.values("project_id"))
    rows = Project.objects.filter(meant, voided_at__isnull=True).select_related("outpost")
    rows = rows.annotate(
        seen=Exists(visible_in_office(actor, Project.objects.filter(pk=OuterRef("pk")))),
        coded=Exists(sponsors.filter(project=OuterRef("pk"))) if wanted.code else Value(value=False),
        person=Exists(persons.filter(project=OuterRef("pk"))) if wanted.person else Value(value=False),
    )
    return [
        Candidate(
            PROJECT,
            row.uid,
            tuple(name for name in (row.name, row.sponsor_name) if name),
            row.created_at.astimezone(SHANGHAI).date(),
            row.outpost.short_name,
            row.outpost.phone,
            seen=bool(row.seen),
            who=row.owner_text,
            number=row.code,
            same_code=bool(row.coded),
            same_person=bool(row.person),
        )
        for row in rows
    ]
