"""Writing the index. Called by the services that own the subjects, inside their own transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from feidi.kernel.search.entries import Entry, Scopes
from feidi.kernel.search.models import SearchEntry
from feidi.kernel.search.syllables import sort_place
from feidi.kernel.search.tokens import sounds_of, tokens_of

_WRITTEN = ["title", "subtitle", "tokens", "sort_place", "pending"]
_BATCH = 2000
_TITLE, _SUBTITLE = 200, 300


def prepare(entry: Entry) -> SearchEntry:
    """Return the unsaved row of an entry.

    A bulk writer may stage these rows' columns in a table of its own and later add them by ``INSERT … SELECT``
    (subject_kind, subject_uid, title, subtitle, tokens, sort_place, pending): the databases do the rest. With
    ``pending`` true the statement is quick, and ``index_pending`` makes the rows findable afterwards.
    """
    title = entry.title.strip()[:_TITLE]
    sounds = sounds_of(title)
    return SearchEntry(
        subject_kind=entry.kind,
        subject_uid=entry.uid,
        title=title,
        subtitle=entry.subtitle.strip()[:_SUBTITLE],
        tokens=tokens_of(
            title=title,
            texts=entry.texts,
            codes=entry.codes,
            sounds=sounds,
            more=(kind_token(entry.kind), *entry.scopes.tokens()),
        ),
        sort_place=sort_place(sounds),
    )


def index(
    *,
    kind: str,
    uid: str,
    title: str,
    scopes: Scopes,
    subtitle: str = "",
    texts: Sequence[str] = (),
    codes: Sequence[str] = (),
) -> None:
    """Make a subject findable, or bring its entry up to date. Writes nothing when nothing changed."""
    made = prepare(
        Entry(kind=kind, uid=uid, title=title, scopes=scopes, subtitle=subtitle, texts=texts, codes=codes),
    )
    known = SearchEntry.objects.filter(subject_kind=kind, subject_uid=uid).first()
    if known is None:
        _write([made])  # not save(): another transaction may have been faster
    elif any(getattr(known, name) != getattr(made, name) for name in _WRITTEN):
        made.pk = known.pk
        made.save(force_update=True)


def index_many(entries: Iterable[Entry]) -> int:
    """Add or renew many entries and return how many (about 100,000 in a quarter of a minute)."""
    written = 0
    source = iter(entries)
    while batch := list(islice(source, _BATCH)):
        _write([prepare(each) for each in batch])
        written += len(batch)
    return written


def _write(rows: list[SearchEntry]) -> None:
    SearchEntry.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["subject_kind", "subject_uid"], update_fields=_WRITTEN
    )


def index_pending(*, limit: int = _BATCH) -> int:
    """Make up to ``limit`` pending rows findable in one short transaction and return how many; 0: none is left.

    A job calls it until 0. Killed in between, any later call goes on.
    """
    waiting = SearchEntry.objects.filter(pending=True).order_by("id").values("id")[:limit]
    return SearchEntry.objects.filter(id__in=waiting).update(pending=False)


def rescope(*, kind: str, uid: str, scopes: Scopes) -> None:
    """Change who may find a subject and nothing else. A subject without an entry stays without one."""
    known = SearchEntry.objects.filter(subject_kind=kind, subject_uid=uid).first()
    if known is None:
        return
    kept = (each for each in known.tokens.split() if not each.startswith("s"))
    tokens = " ".join(sorted({*kept, *scopes.tokens()}))
    if tokens != known.tokens:
        known.tokens = tokens
        known.save(update_fields=["tokens"])


def remove(*, kind: str, uid: str) -> None:
    """Make a subject unfindable."""
    SearchEntry.objects.filter(subject_kind=kind, subject_uid=uid).delete()


def kind_token(kind: str) -> str:
    """Return the token that every entry of a kind holds."""
    return "k" + "".join(each if each.isalnum() else "x" for each in kind.lower())
