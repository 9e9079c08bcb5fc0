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
        print_lines([f"✗ {_words(fault)}  [{fault.code}  {fault.where}  {fault.detail}".rstrip() + "]"])
    print_lines([_("有 {n} 处不符").format(n=len(verdict.faults)) if verdict.faults else _("✓ 完整、一致")])


def _words(fault: Any) -> str:
    """Return what a fault means, and by name which row it is about; the code stands beside it."""
    from django.utils.translation import gettext as _  # noqa: PLC0415 - Django is ready only now

    told = {
        "row_differs": _("{row}：现在的内容与审计记录不符（{fields}）"),
        "row_missing": _("{row}：审计里有，数据库里没有"),
        "entry_altered": _("{row}：审计记录被改动"),
        "tail_cut": _("审计链末尾缺了一段"),
        "chain_broken": _("审计链在这里断开"),
        "link_altered": _("审计链的这一环被改动"),
        "entries_altered": _("这一环的记录条数或内容不符"),
    }
    return told.get(fault.code, "{row}").format(row=_row(fault.where), fields=fault.detail)


def _row(where: str) -> str:
    """Return the row by name, and whose it is: a project, where it belongs to one."""
    from django.apps import apps  # noqa: PLC0415 - Django is ready only now

    from feidi.kernel.audit.register import audited_kind  # noqa: PLC0415
    from feidi.kernel.subjects.registry import UnknownSubjectKindError, label_of  # noqa: PLC0415

    kind, _space, uid = where.partition(" ")
    try:
        found = apps.get_model(audited_kind(kind).model)._default_manager.filter(uid=uid).first()
    except (LookupError, ValueError):
        return where
    if found is None:
        return where
    project = getattr(found, "project", None)
    code, name = (project.code, project.name) if project is not None else ("", "")
    whose = f"{code} {name}".strip()
    try:
        label = label_of(found, kind)
    except UnknownSubjectKindError:
        return whose or str(found)
    return f"{whose} · {label}" if whose and name not in label else label
