"""Keeping the search index in step with roadshows. Found by the outpost's people; judges and scores are no part."""

from __future__ import annotations

from collections.abc import Iterator

from feidi.domain.parties.services.rebuilding import Derived, Source, paged
from feidi.domain.roadshow.models import Roadshow
from feidi.domain.roadshow.roadshow_kinds import SHOW
from feidi.kernel.search.entries import Entry, Scopes
from feidi.kernel.search.services import index_many, remove


def index_show(row: Roadshow) -> None:
    """Bring one entry up to date; what was taken back is not found."""
    if row.voided_at is not None:
        remove(kind=SHOW, uid=row.uid)
    else:
        index_many([entry_of(row)])


def entry_of(row: Roadshow) -> Entry:
    """Return how a roadshow is found: its titles, its number, the names of its rounds; no judge, no project."""
    rounds = row.rounds.filter(voided_at__isnull=True).order_by("n").values_list("name", flat=True)
    texts = [row.title_zh, row.title_en, *rounds]
    return Entry(
        kind=SHOW,
        uid=row.uid,
        title=row.title_zh,
        subtitle=f"{row.number} · {row.held_on}",
        texts=[each for each in texts if each.strip()],
        codes=[row.number],
        scopes=Scopes(outposts=frozenset({row.outpost_id})),
    )


def _pages() -> Iterator[list[Derived]]:
    for page in paged(Roadshow.objects.filter(voided_at__isnull=True)):
        yield [Derived(entry_of(row)) for row in page]


#: For writing the index anew.
SOURCE = Source(SHOW, lambda: Roadshow.objects.filter(voided_at__isnull=True).count(), _pages)
