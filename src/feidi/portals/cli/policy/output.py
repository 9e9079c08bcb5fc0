"""How ``feidi policy`` prints, without Django: findings in Chinese with how to put them right, refusals, JSON."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from feidi.engines.findings import Finding, Level, Scalar
from feidi.engines.rules.codes import how_of, what_of

UNUSABLE: Final = 2
_MARKS: Final = {Level.NOTE: "·", Level.PROBLEM: "！", Level.FATAL: "✗"}
_ZONE: Final = ZoneInfo("Asia/Shanghai")


def finding_json(finding: Finding) -> dict[str, Any]:
    """Return a finding as the contract states it, with file, clause and how to put it right."""
    return {
        "level": finding.level.value,
        "file": finding.params.get("file"),
        "row": finding.row,
        "column": finding.column,
        "clause": finding.params.get("clause"),
        "code": finding.code,
        "text": what_of(finding),
        "fix": how_of(finding),
    }


def line_of(finding: Finding) -> str:
    """Return a finding in one line of words."""
    fix = how_of(finding)
    return f"{_MARKS[finding.level]} {what_of(finding)}{'  → ' + fix if fix else ''}"


def put(line: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{line}\n")


def put_json(value: Any) -> None:
    """Print one JSON value on one line."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")


def refused(code: str, findings: Sequence[Finding], *, as_json: bool, **params: Scalar) -> int:
    """Say that nothing was done, and every reason; returns the exit status 2."""
    whole = Finding(Level.FATAL, code, params)
    if as_json:
        reasons = [finding_json(each) for each in findings]
        put_json({"refused": code, "text": what_of(whole), "fix": how_of(whole), "reasons": reasons})
        return UNUSABLE
    sys.stderr.write(f"✗ {what_of(whole)}  → {how_of(whole)}\n")
    for each in findings:
        sys.stderr.write(f"  {line_of(each)}\n")
    return UNUSABLE


def day(text: str) -> date:
    """Read a day of the command line."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(what_of(Finding(Level.FATAL, "rules.day_wrong", {"day": text}))) from error


def today() -> date:
    """Return today's date in Shanghai."""
    return datetime.now(_ZONE).date()
