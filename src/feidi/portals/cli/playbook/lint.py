"""``feidi playbook lint DIR``: every playbook of a folder, each fault with file, line and how to put it right."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from feidi.engines.findings import Finding, Level
from feidi.portals.cli.playbook.files import findings_of, playbooks_of
from feidi.portals.cli.playbook.words import words_of

HELP: Final = "check playbooks: circles, nobody's steps, claims without evidence 检查服务手册"
_MARKS: Final = {Level.NOTE: "·", Level.PROBLEM: "！", Level.FATAL: "✗"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``DIR [--notes] [--json]``."""
    parser.add_argument("path", type=Path, metavar="DIR", help="folder of places, one place, or a folder of playbooks")
    parser.add_argument("--notes", action="store_true", help="also list the notes, not only problems")
    parser.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> int:
    """Print every finding. 0 notes at most, 1 problems, 2 nothing could be read."""
    files = playbooks_of(args.path) if args.path.is_dir() else []
    findings = [each for file in files for each in findings_of(file, file.relative_to(args.path).as_posix())]
    if not files:
        code = "no_files" if args.path.is_dir() else "no_folder"
        findings = [Finding(Level.FATAL, f"playbooks.{code}", {"path": str(args.path)})]
    (_print_json if args.json else _print)(files, findings, notes=args.notes)
    levels = {each.level for each in findings}
    return 2 if Level.FATAL in levels else int(Level.PROBLEM in levels)


def _print_json(files: Sequence[Path], findings: Sequence[Finding], *, notes: bool) -> None:
    del notes  # a machine takes what it wants
    value = {"playbooks": len(files), "findings": [_json(each) for each in findings]}
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")


def _json(finding: Finding) -> dict[str, Any]:
    text, fix = words_of(finding)
    return {
        "level": finding.level.value,
        "file": finding.params.get("file"),
        "row": finding.row,
        "column": finding.column,
        "step": finding.params.get("step"),
        "code": finding.code,
        "text": text,
        "fix": fix,
    }


def _print(files: Sequence[Path], findings: Sequence[Finding], *, notes: bool) -> None:
    for each in findings:
        if notes or each.level is not Level.NOTE:
            sys.stdout.write(f"{_line(each)}\n")
    counts = Counter(each.level for each in findings)
    more = "" if notes or not counts[Level.NOTE] else "（加 --notes 列出提示）"
    problems = counts[Level.PROBLEM] + counts[Level.FATAL]
    sys.stdout.write(f"{len(files)} 份服务手册：{problems} 处问题，{counts[Level.NOTE]} 条提示{more}\n")


def _line(finding: Finding) -> str:
    text, fix = words_of(finding)
    return f"{_MARKS[finding.level]} {text}{'  → ' + fix if fix else ''}"
