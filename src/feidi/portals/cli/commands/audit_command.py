"""``feidi audit verify``: whether the audit trail is whole, and the rows still say what it recorded."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from feidi.engines.findings import refuse

HELP = "verify the audit trail 核对审计链"
NEEDS_DJANGO = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``verify``, optionally against the head that a backup's manifest states."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    verify = verbs.add_parser("verify", help=HELP)
    verify.add_argument("--json", action="store_true")
    verify.add_argument("--manifest", type=Path, metavar="FILE", help="a backup, or its manifest.json")


def run(args: argparse.Namespace) -> int:
    """Verify; 0 whole, 1 faults found, 2 the manifest cannot be read."""
    from feidi.kernel.audit.verify import verify  # noqa: PLC0415 - Django is ready only now
    from feidi.portals.cli.output import print_json  # noqa: PLC0415

    expected = _expected(args.manifest) if args.manifest else {}
    if expected is None:
        return 2
    verdict = verify(**expected)
    if args.json:
        print_json({"whole": not verdict.faults, **asdict(verdict)})
    else:
        _print(verdict)
    return 1 if verdict.faults else 0


def _expected(path: Path) -> dict[str, Any] | None:
    """Return what a manifest lets the check expect, or None after saying that it cannot be read."""
    from feidi.kernel.backup.archive import read_manifest  # noqa: PLC0415 - Django is ready only now
    from feidi.kernel.backup.restoring import expected_audit  # noqa: PLC0415
    from feidi.portals.cli.output import print_refusal  # noqa: PLC0415

    try:
        manifest = json.loads(path.read_text(encoding="utf-8")) if path.suffix == ".json" else read_manifest(path)
        return expected_audit(manifest)
    except (OSError, ValueError, KeyError, TypeError):
        print_refusal(refuse("backup.unreadable", path=path.name).refusal)
        return None


def _print(verdict: Any) -> None:
    from django.utils.translation import gettext as _  # noqa: PLC0415 - Django is ready only now

    from feidi.portals.cli.output import print_lines  # noqa: PLC0415

    counted = _("审计链 {links} 环、{entries} 条，核对数据 {rows} 行").format(
        links=verdict.links, entries=verdict.entries, rows=verdict.rows
    )
    print_lines([counted])
    for fault in verdict.faults:
        print_lines([f"✗ {fault.code}  {fault.where}  {fault.detail}".rstrip()])
    print_lines([_("有 {n} 处不符").format(n=len(verdict.faults)) if verdict.faults else _("✓ 完整、一致")])
