"""How the verbs of matching print, without Django: findings and refusals in Chinese with how to put them right, JSON."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from feidi.engines.affinity.codes import words_of
from feidi.engines.findings import Finding, Refusal

REFUSED: Final = 1
UNUSABLE: Final = 2
#: Refusals that are no fault of the input.
_REFUSED: Final = frozenset({"match.id_unknown", "match.index_changed", "match.index_occupied"})
_ZONE: Final = ZoneInfo("Asia/Shanghai")


def put(line: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{_printable(line)}\n")


def put_json(value: Any) -> None:
    """Print one JSON value on one line."""
    sys.stdout.write(_printable(json.dumps(value, ensure_ascii=False)) + "\n")


def _printable(text: str) -> str:
    """Return a text that can be written: halves of pairs, which a text may hold, are shown as question marks."""
    return text.encode("utf-8", "replace").decode("utf-8")


def finding_json(finding: Finding) -> dict[str, Any]:
    """Return a finding as the contract states it, with how to put it right."""
    text, fix = words_of(finding.code, finding.params)
    return {
        "level": finding.level.value,
        "row": finding.row,
        "column": finding.column,
        "code": finding.code,
        "text": text,
        "fix": fix,
    }


def refused(refusal: Refusal, *, as_json: bool) -> int:
    """Say that nothing was done, and every reason; return the exit status: 1 refused, 2 unusable input."""
    text, fix = words_of(refusal.code, refusal.params)
    if as_json:
        reasons = [finding_json(each) for each in refusal.reasons]
        put_json({"refused": refusal.code, "text": text, "fix": fix, "reasons": reasons})
    else:
        lines = [f"✗ {text}{'  → ' + fix if fix else ''}", *map(_line, refusal.reasons)]
        sys.stderr.write("\n".join(lines) + "\n")
    return REFUSED if refusal.code in _REFUSED else UNUSABLE


def put_notes(notes: Sequence[Finding]) -> None:
    """Say what was done otherwise than one might expect, beside the answer."""
    for each in notes:
        sys.stderr.write(f"{_line(each)}\n")


def _line(finding: Finding) -> str:
    text, fix = words_of(finding.code, finding.params)
    return f"  · {text}{'  → ' + fix if fix else ''}"


def name_of(code: str) -> str:
    """Return the Chinese name of a check, part or fact."""
    return words_of(code)[0]


def day(text: str) -> date:
    """Read a day of the command line."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(" ".join(words_of("match.day_wrong", {"day": text}))) from error


def today() -> date:
    """Return today's date in Shanghai."""
    return datetime.now(_ZONE).date()


def positive(text: str) -> int:
    """Read a number from 1 on."""
    number = int(text)
    if number < 1:
        message = f"{text} < 1"
        raise argparse.ArgumentTypeError(message)
    return number


def names_of(prefix: str, codes: Sequence[str]) -> str:
    """Return the Chinese names of several codes in one line."""
    return "、".join(name_of(f"{prefix}.{each}") for each in codes)
