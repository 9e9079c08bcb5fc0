"""A content folder as the command reads it: places by code or division code, and the cost files of their lineage.

Without Django: only ``place.yaml`` of every place and the ``costs/`` of two lineages are read.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from feidi.engines.costing import CostFile, Label, Place, parse_costs
from feidi.engines.findings import Finding, Level, refuse
from feidi.kernel.content.yaml_reader import Document, read_yaml

_PACKAGE = Path(__file__).resolve().parents[3]


def content_root(given: Path | None) -> Path:
    """Return the folder named, else ``FEIDI_CONTENT``, else the one that ships with the program."""
    shipped = (_PACKAGE / "jurisdictions", _PACKAGE.parents[1] / "jurisdictions")
    named = given or os.environ.get("FEIDI_CONTENT")
    return Path(named) if named else next((each for each in shipped if each.is_dir()), shipped[0])


def read_document(path: Path) -> Document:
    """Return a YAML file parsed; refuses one that cannot be opened or is not UTF-8."""
    try:
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        raise refuse("costing.file_unreadable", file=str(path), why=error.strerror) from error
    except UnicodeDecodeError as error:
        raise refuse("costing.file_unreadable", file=str(path), why="UTF-8") from error
    return read_yaml(text)


@dataclass(frozen=True)
class CostFolder:
    """A folder of places."""

    root: Path

    @cached_property
    def places(self) -> dict[str, Mapping[str, Any]]:
        """Every place by its code."""
        found: dict[str, Mapping[str, Any]] = {}
        for file in sorted(self.root.glob("*/place.yaml")):
            value = read_document(file).value
            if isinstance(value, dict):
                found[file.parent.name] = value
        return found

    def resolve(self, asked: str) -> str:
        """Return the code of a place by its code or division code; refuses an unknown one."""
        if asked in self.places:
            return asked
        found = [code for code, place in self.places.items() if str(place.get("division")) == asked]
        if not found:
            known = "、".join(self._spoken(code) for code in self.places)
            raise refuse("costing.place_unknown", place=asked, places=known or str(self.root))
        return found[0]

    def place(self, code: str, as_of: date) -> Place:
        """Return a place with every figure of its lineage; refuses when one of the files is faulty."""
        lineage = tuple(self._lineage(code))
        files, findings = [], []
        for each in lineage:
            for path in sorted((self.root / each / "costs").glob("*.yaml")):
                document = read_document(path)
                findings += [_at(finding, f"{each}/costs/{path.name}") for finding in document.findings]
                if isinstance(document.value, dict) and _holds(document.value.get("valid_from"), as_of):
                    digest = sha256(path.read_bytes()).hexdigest()
                    name = f"costs/{path.name}"
                    files.append(CostFile(each, name, document.value, document.line_of, digest))
        figures, wrong = parse_costs(files)
        if findings or wrong:
            raise refuse("costing.content_faulty", *findings, *wrong)
        names = {each: self._name(each) for each in lineage}
        return Place(code, names[code], lineage, figures, names)

    def _spoken(self, code: str) -> str:
        division = self.places[code].get("division")
        return f"{code}（{division}）" if division else code

    def _name(self, code: str) -> Label:
        name = self.places[code].get("short_name")
        words = name if isinstance(name, dict) else {}
        return Label(str(words.get("zh", code)), str(words.get("en", code)))

    def _lineage(self, code: str) -> Iterator[str]:
        seen: set[str] = set()
        current: object = code
        while isinstance(current, str) and current in self.places and current not in seen:
            seen.add(current)
            yield current
            current = self.places[current].get("parent")


def _holds(valid_from: object, as_of: date) -> bool:
    return not isinstance(valid_from, date) or valid_from <= as_of


def _at(finding: Finding, file: str) -> Finding:
    return Finding(Level.FATAL, finding.code, {"file": file, "line": finding.row or 1, **finding.params}, finding.row)
