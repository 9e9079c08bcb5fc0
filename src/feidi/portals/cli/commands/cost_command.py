"""``feidi cost compare``: what a profile costs at home and at the host. Starts without Django."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from feidi.engines.costing import Comparison, Swing
    from feidi.engines.findings import Finding, Refusal

HELP = "what a firm's work costs at home and at the host 成本测算"
NEEDS_DJANGO = False
_REFUSED, _UNUSABLE = 1, 2
#: Not what was asked, but what it was asked of cannot be used.
_UNUSABLE_CODES = ("costing.file_unreadable", "costing.content_faulty", "costing.profile_faulty")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``compare --profile FILE.yaml --home PLACE --host PLACE --as-of DATE [--content DIR] [--json]``."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    compare = verbs.add_parser("compare", help="item by item, with the figures used 逐项对比")
    compare.add_argument("--profile", type=Path, required=True, metavar="FILE", help="people, room, energy …, YAML")
    compare.add_argument("--home", required=True, metavar="PLACE", help="place or division code, as 440604")
    compare.add_argument("--host", required=True, metavar="PLACE", help="place or division code, as 440305")
    compare.add_argument("--as-of", type=_day, required=True, metavar="DATE", help="figures as of this day, 2026-11-23")
    compare.add_argument("--content", type=Path, metavar="DIR", help="content folder; default: the shipped one")
    compare.add_argument("--json", action="store_true")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"{text} is not a day; write 2026-11-23"
        raise argparse.ArgumentTypeError(message) from None


def run(args: argparse.Namespace) -> int:
    """Compare; 0 done, 1 refused (an unknown place, one place twice), 2 a profile or content that cannot be used."""
    from feidi.engines.costing.telling import told  # noqa: PLC0415 - --help need not pay for it
    from feidi.engines.findings import RefusedError  # noqa: PLC0415

    try:
        comparison, swings = _answer(args)
    except RefusedError as error:
        return _refused(error.refusal, as_json=args.json)
    if args.json:
        sys.stdout.write(json.dumps(told(comparison, swings), ensure_ascii=False, indent=2) + "\n")
    else:
        from feidi.portals.cli.costs.printing import lines_of  # noqa: PLC0415 - with its caller

        sys.stdout.write("\n".join(lines_of(comparison, swings)) + "\n")
    return 0


def _answer(args: argparse.Namespace) -> tuple[Comparison, tuple[Swing, ...]]:
    from feidi.engines.costing import compare, read_profile, sensitivity  # noqa: PLC0415 - with its caller
    from feidi.engines.findings import refuse  # noqa: PLC0415
    from feidi.portals.cli.costs.folder import CostFolder, content_root, read_document  # noqa: PLC0415

    document = read_document(args.profile)
    if document.findings:
        raise refuse("costing.profile_faulty", *document.findings, file=str(args.profile))
    profile, findings = read_profile(document.value, as_of=args.as_of, line_of=document.line_of)
    if profile is None:
        raise refuse("costing.profile_faulty", *findings, file=str(args.profile))
    folder = CostFolder(content_root(args.content))
    home, host = folder.resolve(args.home), folder.resolve(args.host)
    if home == host:
        raise refuse("costing.same_place", place=home)
    places = folder.place(home, args.as_of), folder.place(host, args.as_of)
    return compare(profile, *places, as_of=args.as_of), sensitivity(profile, *places, as_of=args.as_of)


def _refused(refusal: Refusal, *, as_json: bool) -> int:
    """Say why not: as JSON to stdout for machines, to stderr for people."""
    from feidi.engines.findings import Finding, Level  # noqa: PLC0415 - with its caller

    text, fix = _words(Finding(Level.FATAL, refusal.code, refusal.params))
    if as_json:
        said = {"refused": refusal.code, "text": text, "fix": fix, "reasons": [_finding(x) for x in refusal.reasons]}
        sys.stdout.write(json.dumps(said, ensure_ascii=False, indent=2) + "\n")
    else:
        lines = [
            f"✗ {text}",
            *(f"  · {_where(each)}{'  → '.join(filter(None, _words(each)))}" for each in refusal.reasons),
        ]
        sys.stderr.write("\n".join([*lines, f"  → {fix}" if fix else ""]).rstrip() + "\n")
    return _UNUSABLE if refusal.code in _UNUSABLE_CODES else _REFUSED


def _where(finding: Finding) -> str:
    """Return line and key, unless the words name them already."""
    if finding.row is None or "line" in finding.params or finding.code.startswith("content."):
        return ""
    return f"第 {finding.row} 行 {finding.column or ''} "


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "level": finding.level.value,
        "row": finding.row,
        "column": finding.column,
        "code": finding.code,
        "text": " ".join(filter(None, _words(finding))),
    }


def _words(finding: Finding) -> tuple[str, str]:
    """Return the engine's words; what the YAML reader finds has its words in Django's catalogue, taken only then."""
    from feidi.engines.costing.codes import CODES, parts_of  # noqa: PLC0415 - with its caller

    if finding.code in CODES:
        return parts_of(finding)
    from django.conf import settings  # noqa: PLC0415 - a broken file alone pays for Django's texts

    if not settings.configured:
        settings.configure(USE_I18N=False)
    from feidi.kernel.content.texts import TEXTS  # noqa: PLC0415

    text = TEXTS[finding.code]
    params = {"file": "", "line": finding.row or 1, "key": finding.column or "", **finding.params}
    return str(text.what).format_map(params).strip(), str(text.fix).format_map(params).strip()
