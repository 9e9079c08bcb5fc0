"""Keeping the search index in step with organizations and who knows them."""

from __future__ import annotations

from feidi.domain.parties.models import Organization
from feidi.domain.parties.services.name_keys import write_organization_keys
from feidi.kernel.search.entries import Entry, Scopes
from feidi.kernel.search.services import index

ORGANIZATION = "parties.organization"


def entry_of_organization(organization: Organization) -> Entry:
    """Return the search entry: name, aliases, numbers; found by the outposts linked to it and by itself."""
    links = [each.outpost_id for each in organization.links.all()]
    return Entry(
        kind=ORGANIZATION,
        uid=organization.uid,
        title=organization.name,
        subtitle=organization.place_text,
        texts=[each.name for each in organization.aliases.all()],
        codes=[each.value for each in organization.identifiers.all()],
        scopes=Scopes(outposts=frozenset(links), organizations=frozenset({organization.pk})),
    )


def index_organization(organization: Organization) -> None:
    """Bring the index and the name keys up to date, inside the service's transaction."""
    write_organization_keys(organization)
    entry = entry_of_organization(organization)
    index(
        kind=entry.kind,
        uid=entry.uid,
        title=entry.title,
        subtitle=entry.subtitle,
        texts=entry.texts,
        codes=entry.codes,
        scopes=entry.scopes,
    )
