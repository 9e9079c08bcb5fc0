"""What a schema cannot say of ``enclave/assessments.yaml``: figures exist, numbers are numbers, steps speak of parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, Final

from feidi.domain.reporting.selectors.scoring_sheets import CONTENT
from feidi.engines.findings import Finding, Level, Scalar
from feidi.engines.measures import INDICATORS
from feidi.kernel.content.checkers import register_checker
from feidi.kernel.content.folder import Folder, Key

_Raw = Mapping[str, Any]
_Path = tuple[str | int, ...]
_Said = tuple[_Path, str, dict[str, Scalar]]
_NUMBERS: Final = ("points", "cap", "share", "target", "each", "most", "every", "least", "top_percent")
_GROUPS: Final = ("parts", "bonuses", "deductions")


def register() -> None:
    """Have every ``assessments.yaml`` of a folder looked at before it is loaded."""
    register_checker(CONTENT, check_assessments)


def check_assessments(folder: Folder, key: Key) -> Iterator[Finding]:
    """Yield each figure that does not exist, each number that is none, each step of a part that is not there."""
    document = folder.document(key)
    for at, sheet in enumerate(document.value["sheets"]):
        for path, code, params in _sheet(("sheets", at), sheet):
            line = document.line_of(path)
            yield Finding(Level.PROBLEM, code, {"file": "/".join(key), "line": line, **params}, row=line)


def _sheet(path: _Path, sheet: _Raw) -> Iterator[_Said]:
    for at, item in enumerate(sheet["items"]):
        yield from _item((*path, "items", at), item)
    for at, grade in enumerate(sheet["grades"]):
        yield from _numbers((*path, "grades", at), grade)


def _item(path: _Path, item: _Raw) -> Iterator[_Said]:
    yield from _numbers(path, item)
    parts = {each["code"] for each in item["parts"]}
    for group in _GROUPS:
        for at, each in enumerate(item.get(group, ())):
            place = (*path, group, at)
            yield from _numbers(place, each)
            if each["figure"] is not None and each["figure"] not in INDICATORS:
                yield (*place, "figure"), "reports.content_figure", {"value": each["figure"]}
    yield from _numbers((*path, "past"), item.get("past", {}))
    for at, step in enumerate(item.get("steps", ())):
        place = (*path, "steps", at)
        yield from _numbers(place, step)
        for name, least in step["least"].items():
            if name not in parts:
                yield (*place, "least"), "reports.content_step", {"value": name}
            yield from _numbers((*place, "least"), {"least": least})


def _numbers(path: _Path, row: _Raw) -> Iterator[_Said]:
    for name in _NUMBERS:
        if isinstance(row.get(name), str) and not _is_number(row[name]):
            yield (*path, name), "reports.content_number", {"value": row[name]}


def _is_number(text: str) -> bool:
    try:
        return Fraction(text) >= 0
    except (ValueError, ZeroDivisionError):
        return False
