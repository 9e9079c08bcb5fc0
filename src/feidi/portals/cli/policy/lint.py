"""``feidi policy lint DIR``: what cannot be read, and what can be read but is hardly meant."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from feidi.engines.findings import Finding, Level
from feidi.engines.rules.lint import lint
from feidi.portals.cli.policy.content import Content, read_content
from feidi.portals.cli.policy.output import day, finding_json, line_of, put, put_json, today

_UNKNOWN: Final = "rules.lint_excludes_unknown"
HELP: Final = "check the rules of a folder 检查政策规则"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``DIR [--as-of DATE] [--json]``."""
    parser.add_argument(
        "path", type=Path, metavar="DIR", help="folder of places, one place, or facts and policies together"
    )
    parser.add_argument(
        "--as-of", type=day, default=None, metavar="DATE", help="the day of the question, default today"
    )
    parser.add_argument("--notes", action="store_true", help="also list the notes, not only problems")
    parser.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> int:
    """Print every finding. 0 notes at most, 1 problems, 2 nothing could be read."""
    content = read_content(args.path)
    as_of = args.as_of or today()
    more = [] if content.fatal else lint(content.clauses, content.dictionary, as_of=as_of)
    findings = sorted([*content.findings, *_not_elsewhere(more, args.path)], key=_place)
    if args.json:
        clauses = len(content.clauses.clauses)
        listed = [finding_json(each) for each in findings]
        put_json(
            {"as_of": as_of.isoformat(), "clauses": clauses, "facts": len(content.dictionary.facts), "findings": listed}
        )
    else:
        _print(content, findings, notes=args.notes)
    levels = {each.level for each in findings}
    return 2 if Level.FATAL in levels else int(Level.PROBLEM in levels)


def _not_elsewhere(findings: Sequence[Finding], path: Path) -> Sequence[Finding]:
    """Leave out exclusions of clauses that another place has, when one place alone was read."""
    asked = {str(each.params["code"]) for each in findings if each.code == _UNKNOWN}
    if not asked or not (path / "place.yaml").is_file():
        return findings
    known = asked & read_content(path.parent).clauses.clauses.keys()
    return [each for each in findings if each.code != _UNKNOWN or each.params["code"] not in known]


def _place(finding: Finding) -> tuple[str, int, str]:
    return str(finding.params.get("file", "")), finding.row or 0, finding.code


def _print(content: Content, findings: Sequence[Finding], *, notes: bool) -> None:
    for each in findings:
        if notes or each.level is not Level.NOTE:
            put(line_of(each))
    counts = Counter(each.level for each in findings)
    said = f"{counts[Level.PROBLEM] + counts[Level.FATAL]} 处问题，{counts[Level.NOTE]} 条提示"
    more = "" if notes or not counts[Level.NOTE] else "（加 --notes 列出提示）"
    put(f"{len(content.clauses.clauses)} 条条款，{len(content.dictionary.facts)} 个事实：{said}{more}")
