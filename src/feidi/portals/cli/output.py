"""How commands print: JSON for machines, the same texts as the pages for people."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from typing import Any

from feidi.engines.findings import Finding, Level, Refusal
from feidi.kernel.messages import fix_of, text_of


def finding_json(finding: Finding) -> dict[str, Any]:
    """Return a finding as the contract states it: level, row, column, code, text."""
    return {
        "level": finding.level.value,
        "row": finding.row,
        "column": finding.column,
        "code": finding.code,
        "text": str(text_of(finding)),
    }


def print_json(value: Mapping[str, Any] | list[Any]) -> None:
    """Print one JSON document; keys and codes are never translated."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n")


def print_lines(lines: Iterable[str]) -> None:
    """Print plain lines."""
    for line in lines:
        sys.stdout.write(f"{line}\n")


def print_refusal(refusal: Refusal, *, as_json: bool = False) -> None:
    """Print why something was refused: to stderr for people, as JSON to stdout for machines."""
    if as_json:
        print_json(
            {
                "refused": refusal.code,
                "text": str(text_of(refusal)),
                "fix": str(fix_of(refusal)),
                "reasons": [finding_json(each) for each in refusal.reasons],
            }
        )
        return
    sys.stderr.write(f"✗ {text_of(refusal)}\n")
    for reason in refusal.reasons:
        fix = fix_of(reason)
        sys.stderr.write(f"  · {text_of(reason)}{'  → ' + str(fix) if fix else ''}\n")
    if fix_of(refusal):
        sys.stderr.write(f"  → {fix_of(refusal)}\n")


def exit_for(findings: Iterable[Finding]) -> int:
    """Return the exit status of a list of findings: 0 notes only, 1 problems, 2 unusable input."""
    levels = {each.level for each in findings}
    if Level.FATAL in levels:
        return 2
    return 1 if Level.PROBLEM in levels else 0
