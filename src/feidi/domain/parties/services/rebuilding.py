"""Writing derived rows anew: name keys and search entries of every row, page by page.

Nothing here is anybody's act: what is written follows from the rows alone, and writing it again changes nothing.
Needed after an upgrade that makes keys or entries otherwise, and for rows made before there were any.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from django.db import transaction
from django.db.models import Model, QuerySet

from feidi.domain.parties.models import NameKey, Organization
from feidi.domain.parties.services.indexing import ORGANIZATION, entry_of_organization
from feidi.domain.parties.services.name_keys import forget_keys, write_many
from feidi.kernel.search.entries import Entry
from feidi.kernel.search.models import SearchEntry
from feidi.kernel.search.services import index_many

Row = TypeVar("Row", bound=Model)
Progress = Callable[[int, int | None, str], None]
PAGE = 500


@dataclass(frozen=True, slots=True)
class Derived:
    """What follows from one row: its search entry, and the names by which it is compared (none: it is not)."""

    entry: Entry
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of row: how many there are, and their derived rows page by page."""

    kind: str
    count: Callable[[], int]
    pages: Callable[[], Iterator[list[Derived]]]


_SOURCES: dict[str, Source] = {}


def register_derived(source: Source) -> None:
    """Name a kind whose derived rows can be written anew; the app that owns the kind calls it at start."""
    _SOURCES[source.kind] = source


def rebuild_derived(progress: Progress | None = None) -> dict[str, int]:
    """Write the derived rows of every kind anew, a page a transaction; what belongs to no live row goes.

    Returns kind → rows. Killed in between, another run does the rest.
    """
    tell = progress or (lambda _done, _total, _text: None)
    return {kind: _rebuild(source, tell) for kind, source in _SOURCES.items()}


def paged(rows: QuerySet[Row]) -> Iterator[list[Row]]:
    """Yield a queryset in pages by key."""
    last = 0
    while page := list(rows.filter(pk__gt=last).order_by("pk")[:PAGE]):
        last = page[-1].pk
        yield page


def _rebuild(source: Source, tell: Progress) -> int:
    # what stands there before: a row made while this runs writes its own and must not be taken for a stale one
    known = _known(source.kind)
    total, done, live = source.count(), 0, set[str]()
    for page in source.pages():
        names = {each.entry.uid: each.names for each in page if each.names}
        with transaction.atomic():
            index_many(each.entry for each in page)
            if names:
                write_many(source.kind, names)
        live.update(each.entry.uid for each in page)
        done += len(page)
        tell(done, total, source.kind)
    _forget(source.kind, sorted(known - live))
    return done


def _known(kind: str) -> set[str]:
    entries = SearchEntry.objects.filter(subject_kind=kind).values_list("subject_uid", flat=True)
    return {*entries, *NameKey.objects.filter(subject_kind=kind).values_list("subject_uid", flat=True)}


def _forget(kind: str, gone: list[str]) -> None:
    """Take out entries and keys of rows that are no longer there."""
    for at in range(0, len(gone), PAGE):
        uids = gone[at : at + PAGE]
        with transaction.atomic():
            SearchEntry.objects.filter(subject_kind=kind, subject_uid__in=uids).delete()
            forget_keys(kind, uids)


def organization_pages() -> Iterator[list[Derived]]:
    """Yield what follows from every live organization."""
    rows = Organization.objects.filter(voided_at__isnull=True).prefetch_related("aliases", "identifiers", "links")
    for page in paged(rows):
        yield [
            Derived(entry_of_organization(each), (each.name, *(alias.name for alias in each.aliases.all())))
            for each in page
        ]


ORGANIZATIONS = Source(
    ORGANIZATION, lambda: Organization.objects.filter(voided_at__isnull=True).count(), organization_pages
)
