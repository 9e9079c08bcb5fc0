"""The check of a content folder: every file against its schema, and the places against each other. No database."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

from feidi.engines.findings import Finding, Level
from feidi.kernel.content.checkers import Checker, checker_of, registered
from feidi.kernel.content.folder import PLACE_FILE, Folder, Key, at, read_folder
from feidi.kernel.content.parsing import words_in
from feidi.kernel.content.schema import ALL_PLACES, Remark, Surroundings, check_value
from feidi.kernel.content.yaml_reader import Document, read_yaml, spelled

_SCHEMAS: Final = Path(__file__).parent / "schemas"
#: A schema of this name describes every file of its folder: ``policies/_each.yaml``, ``policies/_each.cases.yaml``.
_EACH: Final = "_each"
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]*")
_INVENTED: Final = "演示"


@cache
def schemas() -> dict[str, dict[str, Any]]:
    """Return the schema of every known path inside a place (``enclave/stages.yaml`` → its rules)."""
    found: dict[str, dict[str, Any]] = {}
    for file in sorted(_SCHEMAS.rglob("*.yaml")):
        document = read_yaml(file.read_text(encoding="utf-8"))
        if document.findings:
            message = f"schema {file.name}: {document.findings[0]}"
            raise ValueError(message)
        inside = file.relative_to(_SCHEMAS).with_suffix("").as_posix()
        found[f"{inside}.{document.value.get('suffix', 'yaml')}"] = document.value
    return found


def schema_path(path: str) -> str | None:
    """Return the path of the schema that describes a file: its own, or its folder's ``_each`` with the longest ending."""
    if path in schemas():
        return path
    folder, _slash, name = path.rpartition("/")
    stem, _dot, ending = name.partition(".")
    each = f"{folder}/{_EACH}.{ending}"
    return each if folder and _NAME.fullmatch(stem) and each in schemas() else None


def check_folder(path: Path | None = None) -> list[Finding]:
    """Return everything wrong in a content folder, by file and line. An empty list: ready to load."""
    return check(read_folder(path))


def check(folder: Folder) -> list[Finding]:
    """Return everything wrong in a folder already read."""
    found = [*folder.findings, *_check_texts(tuple(sorted(folder.texts.items())), registered())]
    return sorted(found, key=lambda each: (str(each.params["file"]), each.row or 0, each.code))


# the same texts have the same faults: a load that follows a check, or a draft beside what is published, asks again
@lru_cache(maxsize=4)
def _check_texts(texts: tuple[tuple[Key, str], ...], _by: frozenset[tuple[str, Checker]]) -> tuple[Finding, ...]:
    folder = Folder(root=Path(), texts=dict(texts), findings=())
    found: list[Finding] = []
    for place in folder.places():
        found += _check_place(folder, place)
    for key in folder.texts:
        found += [at(key, each) for each in _check_file(folder, key)]
    return tuple(found)


def _check_place(folder: Folder, place: str) -> Iterator[Finding]:
    key = (place, PLACE_FILE)
    if key not in folder.texts:
        yield at(key, Finding(Level.PROBLEM, "content.no_place_file", row=1))
        return
    document = folder.document(key)
    parent = folder.parent_of(place)
    if isinstance(document.value, dict) and document.value.get("code") != place:
        found = str(document.value.get("code"))
        yield at(key, Finding(Level.PROBLEM, "content.place_code", {"found": found}, document.line_of(("code",))))
    if parent is not None and (parent, PLACE_FILE) not in folder.texts:
        problem = Finding(Level.PROBLEM, "content.parent_unknown", {"parent": parent}, document.line_of(("parent",)))
        yield at(key, problem)
    if folder.parent_of(folder.lineage(place)[-1]) is not None:
        circle = " → ".join(folder.lineage(place))
        yield at(key, Finding(Level.PROBLEM, "content.circle", {"circle": circle}, document.line_of(("parent",))))


def _check_file(folder: Folder, key: Key) -> Iterator[Finding]:
    described = schema_path(key[1])
    if described is None:
        yield Finding(Level.PROBLEM, "content.file_not_known", row=1)
        return
    document = folder.document(key)
    yield from document.findings
    if document.value is None:
        return
    remarks = list(check_value(document.value, schemas()[described]["root"], (), _around(folder, key, document)))
    yield from (_finding(document, remark) for remark in remarks)
    yield from _check_honesty(folder, key, document)
    checker = checker_of(described)
    if checker is not None and not remarks and not document.findings:
        yield from checker(folder, key)


def _around(folder: Folder, key: Key, document: Document) -> Surroundings:
    return Surroundings(
        root=document.value,
        define=schemas()[schema_path(key[1]) or ""].get("define", {}),
        other_file=lambda path: _other(folder, key[0], path),
    )


def with_what_they_need(folder: Folder, places: Iterable[str]) -> frozenset[str]:
    """Return the places with everything they inherit from or name (a host place), and what those need in turn."""
    found: set[str] = set()
    waiting = list(places)
    while waiting:
        place = waiting.pop()
        if place in found:
            continue
        found.add(place)
        waiting += folder.lineage(place)
        waiting += _places_named_by(folder, place)
    return frozenset(found & set(folder.places()))


def _places_named_by(folder: Folder, place: str) -> set[str]:
    named: set[str] = set()
    for key in folder.texts:
        document = folder.document(key)
        described = schema_path(key[1])
        if key[0] == place and described is not None and document.value is not None:
            around = _around(folder, key, document)
            list(check_value(document.value, schemas()[described]["root"], (), around))
            named |= around.named_places
    return named


def _other(folder: Folder, place: str, path: str) -> Any:
    """Return the value of the file ``place`` sees at ``path``; ``*`` gives the codes of all places."""
    if path == ALL_PLACES:
        return {"places": dict.fromkeys(folder.places())}
    nearest = folder.nearest(place, path)
    return folder.document(nearest).value if nearest else None


def _finding(document: Document, remark: Remark) -> Finding:
    line = document.line_of(remark.path)
    return Finding(Level.PROBLEM, remark.code, remark.params, row=line, column=spelled(remark.path) or None)


def _check_honesty(folder: Folder, key: Key, document: Document) -> Iterator[Finding]:
    """An invented place says so in the source of each of its files."""
    place = folder.document((key[0], PLACE_FILE)).value if (key[0], PLACE_FILE) in folder.texts else None
    if not (isinstance(place, dict) and place.get("demonstration") is True and isinstance(document.value, dict)):
        return
    if not any(_INVENTED in words for words in words_in(document.value.get("source"))):
        yield Finding(Level.PROBLEM, "content.demonstration_unsaid", row=document.line_of(("source",)))
