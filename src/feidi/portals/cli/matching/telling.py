"""How regions, portfolios and agendas are told without Django: findings and refusals in their engine's words, JSON."""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from collections.abc import Callable, Iterable
from typing import Any, Final

from feidi.engines.findings import Finding, Level, Refusal, RefusedError

REFUSED: Final = 1
UNUSABLE: Final = 2
#: Endings of codes that say: the input itself cannot be used.
_UNUSABLE: Final = ("_faulty", "_unreadable", ".empty", ".total", ".not_productive", "_words")
_MARKS: Final = {Level.NOTE: "·", Level.PROBLEM: "！", Level.FATAL: "✗"}


def parts_of(finding: Finding | Refusal) -> tuple[str, str]:
    """Return what a finding says and how to fix it, from the engine that its code begins with."""
    engine = finding.code.partition(".")[0]
    if engine == "sheets":
        from feidi.engines.sheets import finding_text  # noqa: PLC0415 - a broken file alone pays for it

        return finding_text(Finding(Level.FATAL, finding.code, finding.params)), ""
    what, fix = importlib.import_module(f"feidi.engines.{engine}.codes").parts_of(finding.code, finding.params)
    return str(what), str(fix)


def finding_json(finding: Finding) -> dict[str, Any]:
    """Return a finding as the contract states it, with how to put it right."""
    text, fix = parts_of(finding)
    return {
        "level": finding.level.value,
        "row": finding.row,
        "column": finding.column,
        "code": finding.code,
        "text": text,
        "fix": fix,
    }


def line_of(finding: Finding) -> str:
    """Return a finding in one line of words, with its row."""
    text, fix = parts_of(finding)
    where = f"第 {finding.row} 行：" if finding.row else ""
    return f"{_MARKS[finding.level]} {where}{text}{'  → ' + fix if fix else ''}"


def put_json(value: Any) -> None:
    """Print one JSON document."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n")


def put(lines: Iterable[str]) -> None:
    """Print lines."""
    for line in lines:
        sys.stdout.write(f"{line}\n")


def answered(args: argparse.Namespace, answer: Callable[[argparse.Namespace], int]) -> int:
    """Run a verb; a refusal is told and its status returned: 1 refused, 2 the input cannot be used."""
    try:
        return answer(args)
    except RefusedError as error:
        return refused(error.refusal, as_json=args.json)


def refused(refusal: Refusal, *, as_json: bool) -> int:
    """Say why not: as JSON to stdout for machines, to stderr for people."""
    text, fix = parts_of(refusal)
    if as_json:
        reasons = [finding_json(each) for each in refusal.reasons]
        put_json({"refused": refusal.code, "text": text, "fix": fix, "reasons": reasons})
    else:
        lines = [f"✗ {text}{'  → ' + fix if fix else ''}", *(f"  {line_of(each)}" for each in refusal.reasons)]
        sys.stderr.write("\n".join(lines) + "\n")
    return UNUSABLE if refusal.code.endswith(_UNUSABLE) else REFUSED


def status_of(findings: Iterable[Finding]) -> int:
    """Return 1 where a person must look, else 0."""
    return REFUSED if any(each.level is not Level.NOTE for each in findings) else 0


def number(text: str) -> float:
    """Read a number of the command line, finite and not below 0."""
    value = float(text)
    if not 0 <= value < float("inf"):
        message = f"{text} < 0"
        raise argparse.ArgumentTypeError(message)
    return value


def whole(text: str) -> int:
    """Read a whole number of the command line, not below 0."""
    value = int(text)
    if value < 0:
        message = f"{text} < 0"
        raise argparse.ArgumentTypeError(message)
    return value
