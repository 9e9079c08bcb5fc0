"""Reading what is published: nearest place wins, each revision parsed once per process.

Revisions are insert-only, so one query (the newest revision's id and uid) tells whether this process
still knows everything; another worker's publication is seen at the next read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final

from django.db import connection

from feidi.engines.findings import refuse
from feidi.kernel.content.models import ContentRevision
from feidi.kernel.content.parsing import parse

PLACE_FILE: Final = "place.yaml"
_BODIES: dict[str, str] = {}
_NEWEST: Final = "SELECT id, uid FROM content_contentrevision ORDER BY id DESC LIMIT 1"


@dataclass(frozen=True, slots=True)
class Parsed:
    """A content file as it holds somewhere on some day. ``data`` is shared: read it, never change it.

    ``place`` is where it was found (the place asked for, or the nearest ancestor that has one).
    """

    data: Any
    sha256: str
    place: str
    path: str
    revision_uid: str
    valid_from: date | None


@dataclass(frozen=True, slots=True)
class Entry:
    """What the index keeps of a revision."""

    id: int
    uid: str
    place: str
    path: str
    sha256: str
    valid_from: date | None


@dataclass(frozen=True, slots=True)
class Library:
    """Everything published up to one revision. A question on it asks the database at most for a text not yet read."""

    mark: tuple[int, str]
    entries: Mapping[tuple[str, str], tuple[Entry, ...]]

    def entry(self, place: str, path: str, *, on: date | None) -> Entry | None:
        """Return the revision of exactly this place that holds on a day (None: the newest published)."""
        for each in reversed(self.entries.get((place, path), ())):
            if on is None or each.valid_from is None or each.valid_from <= on:
                return each
        return None

    def lineage(self, place: str) -> tuple[str, ...]:
        """Return the place and its ancestors, nearest first. Refuses an unknown place and a circle."""
        found: list[str] = []
        current: str | None = place
        while current is not None:
            entry = self.entry(current, PLACE_FILE, on=None)
            if entry is None:
                raise refuse("content.place_unknown", place=current)
            if current in found:
                raise refuse("content.place_circle", place=current)
            found.append(current)
            current = _parsed(entry).data.get("parent")
        return tuple(found)

    def find(self, place: str, path: str, *, on: date | None) -> Parsed | None:
        """Return the nearest file that holds on a day, or None."""
        for each in self.lineage(place):
            entry = self.entry(each, path, on=on)
            if entry is not None:
                return _parsed(entry)
        return None

    def read(self, place: str, path: str, *, on: date | None) -> Parsed:
        """Return the nearest file that holds on a day; refuses when none of the lineage has it."""
        found = self.find(place, path, on=on)
        if found is None:
            raise refuse("content.file_unknown", place=place, path=path, on=on.isoformat() if on else None)
        return found

    def each(self, place: str, folder: str, *, on: date | None, ending: str = ".yaml") -> tuple[Parsed, ...]:
        """Return every file of a folder of exactly this place that holds on a day, by path.

        Only names with just this ending: ``each("nanshan", "policies", on=day)`` gives no ``….cases.yaml``.
        """
        prefix = f"{folder}/"
        names = sorted(
            path
            for where, path in self.entries
            if where == place and path.startswith(prefix) and path[len(prefix) :].partition(".")[2] == ending[1:]
        )
        entries = (self.entry(place, path, on=on) for path in names)
        return tuple(_parsed(entry) for entry in entries if entry is not None)

    def places(self) -> tuple[str, ...]:
        """Return the codes of all published places, in order."""
        return tuple(sorted(place for place, path in self.entries if path == PLACE_FILE))

    def place(self, code: str) -> Mapping[str, Any]:
        """Return the ``place.yaml`` of a place; refuses an unknown one."""
        entry = self.entry(code, PLACE_FILE, on=None)
        if entry is None:
            raise refuse("content.place_unknown", place=code)
        data: Mapping[str, Any] = _parsed(entry).data
        return data


_known: list[Library] = []
_held: ContextVar[Library | None] = ContextVar("feidi.content.held", default=None)


@contextmanager
def held_library() -> Iterator[Library]:
    """Have everybody within read the library as it stands now: one query for all that one page asks. Only for reading."""
    present = library()
    token = _held.set(present)
    try:
        yield present
    finally:
        _held.reset(token)


def library() -> Library:
    """Return the present library: one query when nothing was published since, two otherwise; none where it is held."""
    held = _held.get()
    if held is not None:
        return held
    newest = _newest()
    if not _known or _known[0].mark != newest:
        _known[:] = [_build(newest)]
    return _known[0]


def _newest() -> tuple[int, str]:
    # every page asks several times: the statement costs a tenth of what building it costs
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST)
        found = cursor.fetchone()
    return (found[0], found[1]) if found else (0, "")


def library_known_at(moment: datetime) -> Library:
    """Return the library as it stood at a moment: what was published by then, however much followed.

    What holds on a day is asked of it as of the present one, so that an old question finds its old answer.
    """
    then = ContentRevision.objects.filter(published_at__lte=moment).order_by("-id")
    newest = then.values_list("id", "uid").first() or (0, "")
    present = library()
    return present if present.mark == newest else _build_kept(newest)


@lru_cache(maxsize=8)
def _build_kept(mark: tuple[int, str]) -> Library:
    return _build(mark)


def _build(mark: tuple[int, str]) -> Library:
    rows = ContentRevision.objects.filter(id__lte=mark[0]).order_by("id")
    collected: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for row in rows.values_list("id", "uid", "place", "path", "sha256", "valid_from"):
        entry = Entry(*row)
        collected[entry.place, entry.path].append(entry)
    return Library(mark=mark, entries={key: tuple(value) for key, value in collected.items()})


def _parsed(entry: Entry) -> Parsed:
    if entry.sha256 not in _BODIES:
        _BODIES[entry.sha256] = ContentRevision.objects.values_list("body", flat=True).get(id=entry.id)
    document = parse(entry.path, _BODIES[entry.sha256])
    return Parsed(
        data=document.value,
        sha256=entry.sha256,
        place=entry.place,
        path=entry.path,
        revision_uid=entry.uid,
        valid_from=entry.valid_from,
    )


def read(place: str, path: str, *, on: date | None) -> Parsed:
    """Return the nearest published file: ``read("chancheng", "enclave/stages.yaml", on=day)``."""
    return library().read(place, path, on=on)


def lineage(place: str) -> tuple[str, ...]:
    """Return the place and its ancestors, nearest first."""
    return library().lineage(place)
