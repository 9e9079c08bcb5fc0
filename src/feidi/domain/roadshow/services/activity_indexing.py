"""Keeping the search index in step with activities. Found by the outpost's people; names of registrants are no part."""

from __future__ import annotations

from collections.abc import Iterator

from feidi.domain.parties.services.changing import today_of
from feidi.domain.parties.services.rebuilding import Derived, Source, paged
from feidi.domain.roadshow.kinds import ACTIVITY
from feidi.domain.roadshow.models import Activity
from feidi.kernel.search.entries import Entry, Scopes
from feidi.kernel.search.services import index_many, remove


def index_activity(row: Activity) -> None:
    """Bring one entry up to date; what was taken back is not found."""
    if row.voided_at is not None:
        remove(kind=ACTIVITY, uid=row.uid)
    else:
        index_many([entry_of(row)])


def entry_of(row: Activity) -> Entry:
    """Return how an activity is found: its titles, partners, topics, number; persons are not indexed."""
    items = row.programme.filter(voided_at__isnull=True) if row.pk else ()
    texts = [row.title_zh, row.title_en, row.partners, *(each.topic_zh for each in items)]
    return Entry(
        kind=ACTIVITY,
        uid=row.uid,
        title=row.title_zh,
        subtitle=f"{row.number} · {today_of(row.starts_at)}",
        texts=[each for each in texts if each.strip()],
        codes=[row.number],
        scopes=Scopes(outposts=frozenset({row.outpost_id})),
    )


def _pages() -> Iterator[list[Derived]]:
    for page in paged(Activity.objects.filter(voided_at__isnull=True)):
        yield [Derived(entry_of(row)) for row in page]


#: For writing the index anew.
SOURCE = Source(ACTIVITY, lambda: Activity.objects.filter(voided_at__isnull=True).count(), _pages)
