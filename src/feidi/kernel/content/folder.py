"""A folder of content on disk: ``<place>/<path>``, read whole, before anything is said about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings

from feidi.engines.findings import Finding, Level, Scalar, refuse
from feidi.kernel.content.parsing import SUFFIXES, parse
from feidi.kernel.content.yaml_reader import Document

PLACE_FILE: Final = "place.yaml"
#: (place, path inside the place)
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Folder:
    """The texts of a content folder by place and path, and what could not be read as text at all."""

    root: Path
    texts: Mapping[Key, str]
    findings: tuple[Finding, ...]

    def document(self, key: Key) -> Document:
        """Return the parsed file."""
        return parse(key[1], self.texts[key])

    def places(self) -> tuple[str, ...]:
        """Return the codes of all folders, in order, whether or not they have a ``place.yaml``."""
        return tuple(sorted({place for place, _path in self.texts}))

    def parent_of(self, place: str) -> str | None:
        """Return the parent a place names, or None (also when its file is unreadable)."""
        if (place, PLACE_FILE) not in self.texts:
            return None
        value = self.document((place, PLACE_FILE)).value
        parent = value.get("parent") if isinstance(value, dict) else None
        return parent if isinstance(parent, str) else None

    def lineage(self, place: str) -> tuple[str, ...]:
        """Return the place and its ancestors, nearest first; stops before a circle or an absent parent."""
        found: list[str] = []
        current: str | None = place
        while current is not None and current not in found:
            found.append(current)
            current = self.parent_of(current)
        return tuple(found)

    def nearest(self, place: str, path: str) -> Key | None:
        """Return the key of the file that ``place`` would see at ``path``, or None."""
        return next(((each, path) for each in self.lineage(place) if (each, path) in self.texts), None)


def content_root(path: Path | None = None) -> Path:
    """Return ``path``, or the installation's content folder; refuses what is not a folder."""
    root = Path(path) if path is not None else Path(settings.FEIDI_CONTENT)
    if not root.is_dir():
        raise refuse("content.no_folder", path=str(root))
    return root


def read_folder(path: Path | None = None) -> Folder:
    """Read every file below ``path``. Hidden files and ``.md`` notes are passed over."""
    root = content_root(path)
    texts: dict[Key, str] = {}
    findings: list[Finding] = []
    for file in sorted(each for each in root.rglob("*") if each.is_file()):
        inside = file.relative_to(root)
        if any(part.startswith(".") for part in inside.parts) or file.suffix == ".md":
            continue
        key = (inside.parts[0], "/".join(inside.parts[1:]))
        if len(inside.parts) == 1 or file.suffix not in SUFFIXES:
            findings.append(at(key, Finding(Level.PROBLEM, "content.file_not_known", row=1)))
            continue
        text = _text_of(file)
        if isinstance(text, Finding):
            findings.append(at(key, text))
        else:
            texts[key] = text
    return Folder(root=root, texts=texts, findings=tuple(findings))


def _text_of(file: Path) -> str | Finding:
    raw = file.read_bytes()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return Finding(Level.FATAL, "content.not_utf8", row=line)
    if "\x00" in text or text.startswith("\ufeff"):
        return Finding(Level.FATAL, "content.not_plain_text", row=1)
    return text


def at(key: Key, finding: Finding) -> Finding:
    """Return the finding with its file and line among the params, so that the words can name them."""
    where: dict[str, Scalar] = {
        "file": "/".join(part for part in key if part),
        "line": finding.row or 1,
        "place": key[0],
        "key": finding.column or "",
    }
    return Finding(finding.level, finding.code, {**where, **finding.params}, row=finding.row, column=finding.column)
