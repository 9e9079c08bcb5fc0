"""Keeping the search index in step with runs of playbooks. Found by the outpost's people; whom a run serves is no part."""

from __future__ import annotations

from collections.abc import Iterator

from feidi.domain.parties.services.rebuilding import Derived, Source, paged
from feidi.domain.playbook.kinds import RUN
from feidi.domain.playbook.models import PlaybookRun
from feidi.kernel.search.entries import Entry, Scopes
from feidi.kernel.search.services import index_many


def index_run(row: PlaybookRun) -> None:
    """Bring one entry up to date. What it is found by does not change while it runs."""
    index_many([entry_of(row)])


def entry_of(row: PlaybookRun) -> Entry:
    """Return how a run is found: its number, its playbook's title, the firm it is for; never a talent's name."""
    firm = row.organization.name if row.organization else ""
    return Entry(
        kind=RUN,
        uid=row.uid,
        title=row.title_zh,
        subtitle=" · ".join(each for each in (row.number, firm) if each),
        texts=[each for each in (row.title_zh, row.title_en, firm) if each.strip()],
        codes=[row.number],
        scopes=Scopes(outposts=frozenset({row.outpost_id})),
    )


def _pages() -> Iterator[list[Derived]]:
    for page in paged(PlaybookRun.objects.select_related("organization")):
        yield [Derived(entry_of(row)) for row in page]


#: For writing the index anew.
SOURCE = Source(RUN, PlaybookRun.objects.count, _pages)
