"""``feidi backup OUT``: database and files of one moment in one archive, without keys."""

from __future__ import annotations

import argparse
from pathlib import Path

HELP = "back up database and files 备份"
NEEDS_DJANGO = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    parser.add_argument("out", type=Path, metavar="OUT", help="name of the archive, .tar.gz")
    parser.add_argument("--keys-to", type=Path, metavar="FILE", help="write the keys to a file of their own (0600)")
    parser.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> int:
    """Back up; 0."""
    from django.utils.translation import gettext as _  # noqa: PLC0415 - Django is ready only now

    from feidi.kernel.backup.keys import write_keys  # noqa: PLC0415
    from feidi.kernel.backup.making import make_backup  # noqa: PLC0415
    from feidi.portals.cli.output import print_json, print_lines  # noqa: PLC0415
    from feidi.portals.cli.progress import progress_line  # noqa: PLC0415
    from feidi.portals.ui import clock  # noqa: PLC0415

    with progress_line(silent=args.json) as progress:
        made = make_backup(out=args.out, now=clock.now(), progress=progress)
    if args.keys_to:
        write_keys(args.keys_to)
    rows = sum(made.tables.values())
    if args.json:
        tables = {name: count for name, count in made.tables.items() if count}
        print_json(
            {
                "archive": str(made.path),
                "bytes": made.bytes,
                "rows": rows,
                "tables": tables,
                "files": made.files,
                "audit": made.audit,
                "keys": str(args.keys_to or ""),
            }
        )
        return 0
    print_lines(
        [
            _("✓ {path}：{rows} 行、{files} 个附件，{bytes} 字节").format(
                path=made.path, rows=rows, files=made.files, bytes=made.bytes
            ),
            _("  审计链 {links} 环，末环 {head}").format(links=made.audit["links"], head=made.audit["head"][:16]),
            _("  密钥不在备份中，请另行保管（{where}）").format(where=args.keys_to or "feidi backup --keys-to FILE"),
        ]
    )
    return 0
