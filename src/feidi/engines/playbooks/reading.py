"""From a file's plain values, which a schema has looked at, to a ``Playbook``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from feidi.engines.playbooks.model import (
    OPENED,
    Clock,
    Condition,
    Label,
    Owner,
    Phase,
    Playbook,
    Proof,
    Question,
    Step,
)

#: Where a value stands in its file, as keys and positions; the reader of the file knows the line.
Path = tuple[str | int, ...]
LineOf = Callable[[Path], int]


def _nowhere(_path: Path) -> int:
    return 1


def read_playbook(raw: Mapping[str, Any], line_of: LineOf = _nowhere) -> Playbook:
    """Read a playbook. What its schema refuses raises ``KeyError``, ``TypeError`` or ``ValueError``."""
    return Playbook(
        title=_label(raw["title"]),
        kind=raw["kind"],
        subject=raw["subject"],
        purpose=_label(raw["purpose"]),
        phases=tuple(
            Phase(each["code"], _label(each["label"]), line_of(("phases", at))) for at, each in enumerate(raw["phases"])
        ),
        questions=tuple(
            _question(each, line_of(("questions", at))) for at, each in enumerate(raw.get("questions") or ())
        ),
        steps=tuple(_step(each, line_of(("steps", at))) for at, each in enumerate(raw["steps"])),
    )


def _label(raw: Mapping[str, str]) -> Label:
    return Label(raw["zh"], raw["en"])


def _question(raw: Mapping[str, Any], line: int) -> Question:
    options = {each["code"]: _label(each["label"]) for each in raw.get("options") or ()}
    return Question(raw["code"], _label(raw["label"]), options, line)


def _step(raw: Mapping[str, Any], line: int) -> Step:
    return Step(
        code=raw["code"],
        phase=raw["phase"],
        label=_label(raw["label"]),
        owner=Owner(raw["owner"]) if raw.get("owner") else None,
        after=tuple(raw.get("after") or ()),
        when=tuple(_condition(each) for each in raw.get("when") or ()),
        documents=tuple(_label(each) for each in raw.get("documents") or ()),
        proofs=tuple(
            Proof(each["kind"], _label(each["label"]), each.get("n", 1)) for each in raw.get("evidence") or ()
        ),
        clock=_clock(raw.get("clock")),
        no_clock=raw.get("no_clock", ""),
        optional=raw.get("optional", False),
        claims=raw.get("claims", False),
        note=raw.get("note", ""),
        source=raw.get("source", ""),
        line=line,
    )


def _clock(raw: Mapping[str, Any] | None) -> Clock | None:
    if raw is None:
        return None
    borrowed = raw.get("taken_from", "") if not raw.get("confirmed_by") else ""
    return Clock(raw["n"], raw["unit"], raw.get("since", OPENED), borrowed, raw.get("note", ""))


def _condition(raw: Mapping[str, Any]) -> Condition:
    """``is: true``, ``equals: code`` or ``in: [code, code]``; none or several of them allow nothing (the lint says so)."""
    given = [raw[key] for key in ("is", "equals", "in") if key in raw]
    if len(given) != 1:
        return Condition(raw["fact"], ())
    several = isinstance(given[0], Sequence) and not isinstance(given[0], str)
    return Condition(raw["fact"], tuple(given[0]) if several else (given[0],))
