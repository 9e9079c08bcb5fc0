"""What a schema cannot say of ``enclave/reports.yaml``: sentences name only figures that exist, lists say their columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from feidi.domain.reporting.enums import ReportPeriod
from feidi.domain.reporting.selectors.report_content import PATH, PLACE, WORDS, known_places
from feidi.engines.findings import Finding, Level, Scalar
from feidi.engines.measures import INDICATORS
from feidi.kernel.content.checkers import register_checker
from feidi.kernel.content.folder import Folder, Key

_Raw = Mapping[str, Any]
_Path = tuple[str | int, ...]
_Said = tuple[_Path, str, dict[str, Scalar]]
_WEEK_DAYS: Final = 7
#: A code that stands for several rows of the table (K11).
_GROUPS: Final = frozenset(each[:3] for each in INDICATORS)


def register() -> None:
    """Have every ``reports.yaml`` of a folder looked at before it is loaded."""
    register_checker(PATH, check_reports)


def check_reports(folder: Folder, key: Key) -> Iterator[Finding]:
    """Yield each placeholder and figure that does not exist, each list without columns, each day that never comes."""
    document = folder.document(key)
    for at, kind in enumerate(document.value["kinds"]):
        for path, code, params in _kind(("kinds", at), kind):
            line = document.line_of(path)
            yield Finding(Level.PROBLEM, code, {"file": "/".join(key), "line": line, **params}, row=line)


def _kind(path: _Path, kind: _Raw) -> Iterator[_Said]:
    yield from _places((*path, "title"), kind["title"], WORDS)
    for at, whom in enumerate(kind["to"]):
        yield from _places((*path, "to", at), whom, WORDS)
    if kind["period"] == ReportPeriod.WEEK and kind["due_day"] > _WEEK_DAYS:
        yield (*path, "due_day"), "reports.content_day", {"value": kind["due_day"]}
    for at, section in enumerate(kind["sections"]):
        yield from _section((*path, "sections", at), section)


def _section(path: _Path, section: _Raw) -> Iterator[_Said]:
    yield from _places((*path, "heading"), section["heading"], WORDS)
    for at, sentence in enumerate(section["sentences"]):
        yield from _places((*path, "sentences", at), sentence, known_places())
    for at, code in enumerate(section["figures"]):
        if code not in INDICATORS and code not in _GROUPS:
            yield (*path, "figures", at), "reports.content_figure", {"value": code}
    if bool(section["list"]) != bool(section["columns"]):
        yield path, "reports.content_columns", {"section": section["code"]}
    says = ("sentences", "words", "figures", "list", "source")
    if not any(section[name] for name in says):
        yield path, "reports.content_empty", {"section": section["code"]}


def _places(path: _Path, text: str, known: frozenset[str]) -> Iterator[_Said]:
    for name in PLACE.findall(text):
        if name not in known:
            yield path, "reports.content_place", {"value": name}
    bare = PLACE.sub("", text)
    if "{" in bare or "}" in bare:
        yield path, "reports.content_brace", {"value": text[:40]}
