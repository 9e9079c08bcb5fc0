"""The playbooks of a place: all of its lineage, of one name the nearest, under the names the place gives them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from feidi.domain.parties.models import Outpost
from feidi.engines.findings import Finding, Level, refuse
from feidi.engines.playbooks import Label, Playbook, lint, read_playbook
from feidi.kernel.content.library import Library, Parsed, library

FOLDER: Final = "enclave/playbooks"
NAMES: Final = "enclave/playbooks.yaml"


@dataclass(frozen=True, slots=True)
class Published:
    """One playbook as it holds somewhere on a day. ``found``: the file; ``title``: what it is called here."""

    code: str
    title: Label
    playbook: Playbook
    found: Parsed
    home: str

    @property
    def version(self) -> str:
        """The version as printed: the day from which it holds and the beginning of its digest."""
        since = self.found.valid_from.isoformat() if self.found.valid_from else ""
        return f"{since} · {self.found.sha256[:8]}".strip(" ·")

    @property
    def inherited(self) -> bool:
        """Whether the file is of a place above."""
        return self.found.place != self.home

    def plan(self) -> dict[str, Any]:
        """Return the file's values as a run keeps them."""
        kept: dict[str, Any] = json.loads(json.dumps(self.found.data, default=str, ensure_ascii=False))
        return kept

    def findings(self) -> tuple[Finding, ...]:
        """Return what the lint says of it."""
        return lint(self.playbook)

    @property
    def sound(self) -> bool:
        """Whether the lint finds no problem: only then a run may begin."""
        return all(each.level is Level.NOTE for each in self.findings())


def list_playbooks(home: str, on: date) -> tuple[Published, ...]:
    """Return the playbooks of a home place that hold on a day, those it does not use left out, by their file's name."""
    known = library()
    words = known.find(home, NAMES, on=on)
    data = words.data if words else {}
    unused = set(data.get("unused") or ())
    files = _files(known, home, on)
    return tuple(
        _published(code, files[code], data.get("names") or {}, home) for code in sorted(files) if code not in unused
    )


def get_playbook(home: str, code: str, on: date) -> Published:
    """Return one playbook of a home place, or refuse."""
    found = next((each for each in list_playbooks(home, on) if each.code == code), None)
    if found is None:
        raise refuse("playbook.unknown", code=code)
    return found


def playbooks_of(outpost: Outpost, served: str, on: date) -> tuple[Published, ...]:
    """Return those an outpost may run on such a subject."""
    return tuple(each for each in list_playbooks(outpost.home.code, on) if each.playbook.subject == served)


def _files(known: Library, home: str, on: date) -> dict[str, Parsed]:
    """Return name → file, from the country downwards, so that the nearest is the last word."""
    found: dict[str, Parsed] = {}
    for place in reversed(known.lineage(home)):
        found |= {
            each.path.removeprefix(f"{FOLDER}/").removesuffix(".yaml"): each
            for each in known.each(place, FOLDER, on=on)
        }
    return found


def _published(code: str, found: Parsed, names: Mapping[str, Any], home: str) -> Published:
    playbook = read_playbook(found.data)
    # a file of the place's own says its name itself
    named = names.get(code) if found.place != home else None
    title = Label(named["zh"], named["en"]) if named else playbook.title
    return Published(code, title, playbook, found, home)
