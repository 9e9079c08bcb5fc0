"""Keeping the search index in step with a project and its organizations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from feidi.domain.parties.enums import IdentifierScheme
from feidi.domain.parties.models import OrganizationIdentifier
from feidi.domain.parties.services.name_keys import write_keys
from feidi.domain.parties.services.rebuilding import Derived, Source, paged
from feidi.domain.pipeline.access import OWN_ROLES
from feidi.domain.pipeline.enums import PartyRole
from feidi.domain.pipeline.models import Project, ProjectParty
from feidi.kernel.search.entries import Entry, Scopes
from feidi.kernel.search.services import index

PROJECT = "pipeline.project"


def scopes_of_project(project: Project, organizations: frozenset[int] | None = None) -> Scopes:
    """Return who may find the project: its outpost, its home once reported, its own organizations."""
    if organizations is None:
        organizations = frozenset(
            pk
            for pk in project.parties.filter(
                until__isnull=True, organization__isnull=False, role__in=OWN_ROLES
            ).values_list("organization_id", flat=True)
        )
    return Scopes(
        outposts=frozenset({project.outpost_id}),
        homes_reported=frozenset({project.outpost.home_id}) if project.reported_at else frozenset(),
        organizations=organizations,
    )


def entry_of(project: Project, uscc: str = "", organizations: frozenset[int] | None = None) -> Entry:
    """Return the project's search entry. Contacts are never part of it."""
    return Entry(
        kind=PROJECT,
        uid=project.uid,
        title=project.name,
        subtitle=f"{project.code} · {project.sponsor_name}".rstrip(" ·"),
        texts=[text for text in (project.sponsor_name, project.industry, project.one_line) if text],
        codes=[code for code in (project.code, uscc) if code],
        scopes=scopes_of_project(project, organizations),
    )


def names_of(project: Project) -> tuple[str, str]:
    """Return by which names a project is recognised: its own and its sponsor's as written."""
    return project.name, project.sponsor_name


def index_project(project: Project) -> None:
    """Bring the index and the name keys up to date, inside the service's transaction."""
    write_keys(PROJECT, project.uid, names_of(project))
    entry = entry_of(project, uscc=_uscc(project))
    index(
        kind=entry.kind,
        uid=entry.uid,
        title=entry.title,
        subtitle=entry.subtitle,
        texts=entry.texts,
        codes=entry.codes,
        scopes=entry.scopes,
    )


def _uscc(project: Project) -> str:
    party = (
        project.parties.filter(role="sponsor", until__isnull=True, organization__identifiers__scheme="uscc")
        .values_list("organization__identifiers__value", flat=True)
        .first()
    )
    return party or ""


def entries_of_projects(projects: Sequence[Project]) -> Iterator[Entry]:
    """Yield the entries of many projects; two queries."""
    organizations: dict[int, set[int]] = defaultdict(set)
    sponsors: dict[int, int] = {}
    parties = ProjectParty.objects.filter(project__in=projects, until__isnull=True, organization__isnull=False)
    for project, organization, role in parties.values_list("project_id", "organization_id", "role"):
        if role in OWN_ROLES and organization is not None:
            organizations[project].add(organization)
        if role == PartyRole.SPONSOR and organization is not None:
            sponsors[project] = organization
    codes = dict(
        OrganizationIdentifier.objects.filter(
            organization_id__in=set(sponsors.values()), scheme=IdentifierScheme.USCC
        ).values_list("organization_id", "value")
    )
    for each in projects:
        uscc = codes.get(sponsors.get(each.pk, 0), "")
        yield entry_of(each, uscc=uscc, organizations=frozenset(organizations.get(each.pk, ())))


def project_pages() -> Iterator[list[Derived]]:
    """Yield what follows from every live project, for writing it anew."""
    for page in paged(Project.objects.filter(voided_at__isnull=True).select_related("outpost")):
        yield [
            Derived(entry, names_of(project)) for project, entry in zip(page, entries_of_projects(page), strict=True)
        ]


PROJECTS = Source(PROJECT, lambda: Project.objects.filter(voided_at__isnull=True).count(), project_pages)
