"""From a folder to published revisions and back. The database is the master, the folder the interchange."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Literal

from feidi.engines.findings import Level, refuse
from feidi.kernel.access import Actor, ActorKind, Scope, ScopeKind
from feidi.kernel.audit import Unit, recorded
from feidi.kernel.content.checking import check, with_what_they_need
from feidi.kernel.content.events import ContentPublished
from feidi.kernel.content.folder import Folder, Key, content_root, read_folder
from feidi.kernel.content.models import ContentRevision
from feidi.kernel.content.parsing import digest_of, parse, valid_from_of
from feidi.kernel.events import publish

KIND: Final = "content.revision"
PERMISSION: Final = "content.publish"
_LABEL: Final = 160


@dataclass(frozen=True, slots=True)
class Change:
    """What stands between a folder and the published content for one file.

    ``new``: not published yet; ``changed``: published with another text; ``absent``: published, not in the folder
    (a load leaves it published).
    """

    kind: Literal["new", "changed", "absent"]
    place: str
    path: str
    published_sha256: str | None
    folder_sha256: str | None


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did: the changes it published, and how many files were already as published."""

    published: tuple[Change, ...]
    unchanged: int


def newest_published(places: Collection[str] | None = None) -> dict[Key, str]:
    """Return the digest of the newest published revision by place and path."""
    rows = ContentRevision.objects.filter(superseded_at__isnull=True)
    if places is not None:
        rows = rows.filter(place__in=places)
    return {(place, path): digest for place, path, digest in rows.values_list("place", "path", "sha256")}


def compare(texts: Mapping[Key, str], published: Mapping[Key, str]) -> tuple[Change, ...]:
    """Return what differs between texts and published digests, in order of place and path. Pure."""
    found: list[Change] = []
    for key in sorted({*texts, *published}):
        digest, known = (digest_of(texts[key]) if key in texts else None), published.get(key)
        if digest == known:
            continue
        kind: Literal["new", "changed", "absent"] = "new" if known is None else "changed"
        found.append(Change("absent" if digest is None else kind, *key, known, digest))
    return tuple(found)


def diff(path: Path | None = None, *, places: Collection[str] | None = None) -> tuple[Change, ...]:
    """Return what a load of ``path`` would change. ``places`` narrows to these and what they need."""
    folder = read_folder(path)
    wanted = _wanted(folder, places)
    published = newest_published(None if places is None else wanted)
    return compare(_texts(folder, wanted), published)


def load_folder(
    *, actor: Actor, now: datetime, path: Path | None = None, places: Collection[str] | None = None
) -> Loaded:
    """Publish every file that differs as a new revision, in one transaction with one audit link.

    Effect: unchanged files are left alone (a second load publishes nothing); files published but absent from
    the folder stay published. ``places`` narrows to these and all they inherit from or name.
    Refused: an actor who may not publish; a folder in which the check finds a problem (the findings are the reasons).
    """
    folder = read_folder(path)
    wanted = _wanted(folder, places)
    problems = [each for each in check(folder) if each.level is not Level.NOTE and each.params["place"] in wanted]
    if problems:
        raise refuse("content.unusable", *problems, path=str(folder.root), n=len(problems))
    texts = _texts(folder, wanted)
    with recorded(actor=actor, now=now) as unit:
        published = newest_published()
        changes = [each for each in compare(texts, published) if each.kind != "absent"]
        if changes:
            _require_publisher(actor, first_load=not published)
        publish_texts(unit, {(each.place, each.path): texts[each.place, each.path] for each in changes}, actor.label)
    return Loaded(published=tuple(changes), unchanged=len(texts) - len(changes))


def export(path: Path, *, places: Collection[str] | None = None) -> tuple[Path, ...]:
    """Write the newest published files below ``path`` byte for byte; return what was written.

    Refused: a folder that already holds something (an export never mixes with other files).
    """
    path.mkdir(parents=True, exist_ok=True)
    if any(path.iterdir()):
        raise refuse("content.export_not_empty", path=str(path))
    rows = ContentRevision.objects.filter(superseded_at__isnull=True).order_by("place", "path")
    if places is not None:
        rows = rows.filter(place__in=places)
    written: list[Path] = []
    for row in rows.iterator():
        file = path / row.place / row.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(row.body.encode())
        written.append(file)
    return tuple(written)


def _wanted(folder: Folder, places: Collection[str] | None) -> frozenset[str]:
    if places is None:
        return frozenset(folder.places())
    unknown = sorted(set(places) - set(folder.places()))
    if unknown:
        raise refuse("content.place_not_in_folder", place=unknown[0], path=str(content_root(folder.root)))
    return with_what_they_need(folder, places)


def _texts(folder: Folder, wanted: Collection[str]) -> dict[Key, str]:
    return {key: text for key, text in folder.texts.items() if key[0] in wanted}


def _require_publisher(actor: Actor, *, first_load: bool) -> None:
    """Somebody with the permission, a timed job of the installation, or whoever fills an empty installation."""
    if actor.may(PERMISSION, Scope(ScopeKind.INSTALLATION)) or actor.kind is ActorKind.SCHEDULE:
        return
    if first_load and actor.kind in {ActorKind.COMMAND, ActorKind.PERSON}:
        return
    raise refuse("content.may_not_publish", who=actor.label)


def publish_texts(
    unit: Unit, texts: Mapping[Key, str], approved_by: str, *, proposed_by: str | None = None
) -> list[ContentRevision]:
    """Make each text the newest revision of its file, within a transaction that the caller has checked and opened.

    ``proposed_by`` None: whoever approves has also proposed (a load from a folder).
    """
    newest = ContentRevision.objects.select_for_update().filter(
        place__in={place for place, _path in texts}, superseded_at__isnull=True
    )
    for old in newest:
        if (old.place, old.path) in texts:
            before = unit.before(old, KIND)
            old.superseded_at = unit.now
            old.save(update_fields=["superseded_at"])
            unit.changed(old, kind=KIND, before=before, action="superseded")
    made = ContentRevision.objects.bulk_create(
        [
            ContentRevision(
                place=place,
                path=path,
                body=text,
                sha256=digest_of(text),
                valid_from=valid_from_of(parse(path, text).value),
                proposed_by=(proposed_by or approved_by)[:_LABEL],
                approved_by=approved_by[:_LABEL],
                published_at=unit.now,
            )
            for (place, path), text in texts.items()
        ]
    )
    for each in made:
        unit.created(each, kind=KIND)
    if made:
        publish(ContentPublished(tuple(texts), unit.now))
    return made
