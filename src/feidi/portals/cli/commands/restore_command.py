"""``feidi restore IN``: bring a backup into an empty place and verify its audit chain."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from feidi.kernel.backup.restoring import Restored

HELP = "restore a backup into an empty place 恢复"
NEEDS_DJANGO = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """From where, with which keys."""
    parser.add_argument("source", type=Path, metavar="IN")
    parser.add_argument("--keys", type=Path, metavar="FILE", help="file of `feidi backup --keys-to`, or a keys folder")
    parser.add_argument("--force", action="store_true", help="replace what is here (moved aside on SQLite)")
    parser.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> int:
    """Restore; 0 whole, 1 refused or something does not hold, 2 the archive is damaged or not one of ours."""
    from feidi.engines.findings import RefusedError  # noqa: PLC0415 - after Django, with the rest
    from feidi.kernel.backup.restoring import restore_backup  # noqa: PLC0415
    from feidi.portals.cli.output import print_refusal  # noqa: PLC0415
    from feidi.portals.cli.progress import progress_line  # noqa: PLC0415
    from feidi.portals.ui import clock  # noqa: PLC0415

    try:
        with progress_line(silent=args.json) as progress:
            restored = restore_backup(
                source=args.source, now=clock.now(), key_file=args.keys, force=args.force, progress=progress
            )
    except RefusedError as error:
        print_refusal(error.refusal, as_json=args.json)
        return 2 if error.refusal.code in {"backup.damaged", "backup.unreadable", "backup.unknown_format"} else 1
    _print(restored, as_json=args.json)
    return 1 if restored.faults or restored.findings else 0


def _print(restored: Restored, *, as_json: bool) -> None:
    from django.utils.translation import gettext as _  # noqa: PLC0415 - Django is ready only now

    from feidi.kernel.messages import text_of  # noqa: PLC0415
    from feidi.portals.cli.output import finding_json, print_json, print_lines  # noqa: PLC0415

    rows = sum(restored.tables.values())
    if as_json:
        values = {**asdict(restored), "findings": [finding_json(each) for each in restored.findings]}
        print_json({"rows": rows, "audit_whole": not restored.faults, **values})
        return
    lines = [_("✓ 已恢复 {rows} 行、{files} 个附件").format(rows=rows, files=restored.files)]
    lines += [f"✗ {fault.code}  {fault.where}  {fault.detail}".rstrip() for fault in restored.faults]
    lines += [f"✗ {text_of(each)}" for each in restored.findings]
    if not restored.faults:
        lines.append(_("✓ 审计链 {links} 环，完整").format(links=restored.links))
    if restored.missing_keys:
        lines.append(_("! 缺少密钥：{names}").format(names="、".join(restored.missing_keys)))
    lines += [_("  {table}.{column}：{count} 个加密值无法读取").format(**asdict(each)) for each in restored.unreadable]
    if restored.unchecked:
        lines.append(_("  {n} 行的个人信息因缺少密钥未能与审计记录核对").format(n=restored.unchecked))
    print_lines(lines)
