"""What a schema cannot say of ``enclave/admission.yaml`` and ``incubation.yaml``: the facts they ask for are facts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from feidi.domain.incubation.selectors.admission_rules import RULES
from feidi.engines.findings import Finding, Level
from feidi.kernel.content.checkers import register_checker
from feidi.kernel.content.folder import Folder, Key

_FACTS: Final = "facts.yaml"


def register() -> None:
    """Have every form of admission looked at before it is loaded."""
    register_checker(RULES, check_admission)


def check_admission(folder: Folder, key: Key) -> Iterator[Finding]:
    """Yield each question whose ``fact`` no dictionary has, of the place or of a place above it."""
    document, known = folder.document(key), _facts(folder, key[0])
    for at, section in enumerate(document.value["sections"]):
        for n, question in enumerate(section["questions"]):
            fact = question.get("fact")
            if fact and fact not in known:
                line = document.line_of(("sections", at, "questions", n, "fact"))
                told = {"value": fact, "question": question["code"], "file": "/".join(key), "line": line}
                yield Finding(Level.PROBLEM, "incubation.content_fact", told, row=line)


def _facts(folder: Folder, place: str) -> set[str]:
    """Return the facts of a place and of those above it. A place below may ask of more: its own file is checked too."""
    found: set[str] = set()
    for each in folder.lineage(place):
        if (each, _FACTS) in folder.texts:
            data: Any = folder.document((each, _FACTS)).value
            found |= {fact["id"] for fact in data.get("facts", ()) if isinstance(fact, dict)}
    return found
