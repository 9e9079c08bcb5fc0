"""A policy file: its document, the caps that clauses share, its clauses. A clause with a fault is left out, the others stay."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from feidi.engines.findings import Finding
from feidi.engines.rules.clauses import Clause, SharedCap, Trust
from feidi.engines.rules.facts import FactDictionary
from feidi.engines.rules.language.clauses import CODE, read_clause
from feidi.engines.rules.language.fields import Fields
from feidi.engines.rules.language.parts import money_of
from feidi.engines.rules.language.source import Notebook, Source
from feidi.engines.rules.language.words import shown

_TOP: Final = ("document", "clauses", "shared_caps", "valid_from", "source", "note", "confirmed")
_DOCUMENT: Final = ("title", "number", "issued", "issuer", "url", "grade", "note", "title_en")
_ISSUED: Final = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2}))?(?:-(?P<day>\d{2}))?")
_MOST_CLAUSES: Final = 1_000
TRUST: Final = {each.value: each for each in Trust}


@dataclass(frozen=True, slots=True)
class PolicyDocument:
    """A policy as a document: what it is called, its number, when and by whom it was issued, where it was seen.

    ``issued`` as precise as known: 2025-06-09, 2025-06, 2025 or "". ``valid_from`` the day (ordinal) from which this encoding
    holds, not the policy's own validity.
    """

    title: str
    number: str = ""
    issued: str = ""
    issuer: str = ""
    url: str = ""
    grade: Trust = Trust.C
    place: str = ""
    file: str = ""
    source: str = ""
    valid_from: int | None = None
    sha256: str = ""
    title_en: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ParsedPolicy:
    """A policy file as read, with everything that is wrong in it."""

    document: PolicyDocument
    clauses: tuple[Clause, ...]
    shared_caps: Mapping[str, SharedCap] = field(default_factory=lambda: MappingProxyType({}))
    findings: tuple[Finding, ...] = ()


def parse_policy(source: Source, dictionary: FactDictionary) -> ParsedPolicy:
    """Read one policy file. Never raises: what is wrong is a finding with file, line, clause and how to write it."""
    notes = Notebook(source)
    top = Fields(source.value, (), notes, _TOP)
    top.needs("document", "clauses", "source", "valid_from")
    document = _document(top, source, notes)
    caps = _shared_caps(top, notes)
    clauses: dict[str, Clause] = {}
    for position, given in enumerate(_listed(top)):
        clause = _clause(given, position, (document, dictionary, caps), notes)
        if clause is not None and clause.code in clauses:
            _twice(clause, clauses[clause.code], position, notes)
        elif clause is not None:
            clauses[clause.code] = clause
    notes.clause = ""
    return ParsedPolicy(document, tuple(clauses.values()), caps, tuple(notes.findings))


def _twice(clause: Clause, first: Clause, position: int, notes: Notebook) -> None:
    notes.problem(
        ("clauses", position, "代码"), "rules.clause_twice", code=clause.code, first=f"{first.file}:{first.line}"
    )


def _listed(top: Fields) -> list[Any]:
    listed = top.given.get("clauses")
    if not isinstance(listed, list | tuple) or not listed:
        top.problem("clauses", "rules.clauses_expected", found=shown(listed))
        return []
    if len(listed) > _MOST_CLAUSES:
        top.problem("clauses", "rules.clauses_too_many", n=len(listed), limit=_MOST_CLAUSES)
        return []
    return list(listed)


def _clause(
    given: Any, position: int, around: tuple[PolicyDocument, FactDictionary, Mapping[str, SharedCap]], notes: Notebook
) -> Clause | None:
    notes.base = ("clauses", position)
    code = given.get("代码") if isinstance(given, Mapping) else None
    notes.clause = code if isinstance(code, str) and CODE.fullmatch(code) else f"clauses[{position + 1}]"
    before = notes.faults
    document, dictionary, caps = around
    clause = read_clause(given, position, document, dictionary, caps, notes)
    notes.base, notes.clause = (), ""
    return clause if notes.faults == before else None


def _document(top: Fields, source: Source, notes: Notebook) -> PolicyDocument:
    given = Fields(top.given.get("document"), ("document",), notes, _DOCUMENT)
    given.needs("title", "number", "issued", "url", "grade")
    if not given.text("title"):
        given.problem("title", "rules.title_needed")
    return PolicyDocument(
        title=given.text("title"),
        number=given.text("number"),
        issued=_issued(given),
        issuer=given.text("issuer"),
        url=given.text("url"),
        grade=given.choice("grade", TRUST, Trust.D),
        place=source.place,
        file=source.file,
        source=top.text("source"),
        valid_from=top.day("valid_from"),
        sha256=source.sha256,
        title_en=given.text("title_en"),
        note=given.text("note"),
    )


def _issued(given: Fields) -> str:
    value = given.given.get("issued")
    if value is None:
        return ""
    text = value.isoformat() if type(value) is date else shown(value)
    match = _ISSUED.fullmatch(text)
    if match is None or not _is_day(match):
        given.problem("issued", "rules.issued_shape", found=shown(value))
        return ""
    return text


def _is_day(match: re.Match[str]) -> bool:
    try:
        date(int(match["year"]), int(match["month"] or 1), int(match["day"] or 1))
    except ValueError:
        return False
    return True


def _shared_caps(top: Fields, notes: Notebook) -> Mapping[str, SharedCap]:
    given = top.given.get("shared_caps")
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        top.problem("shared_caps", "rules.mapping_expected", found=shown(given), keys="name: {label, amount}")
        return {}
    found = {}
    for name, each in given.items():
        path = ("shared_caps", name)
        inside = Fields(each, path, notes, ("label", "amount", "note"))
        with notes.catching((*path, "amount")):
            fen = money_of(inside.given.get("amount"))
            found[str(name)] = SharedCap(str(name), int(fen), inside.text("label"))
    return found
