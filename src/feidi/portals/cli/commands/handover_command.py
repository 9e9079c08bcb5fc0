"""``feidi handover --home CODE``: everything of one home in one folder (数据移交)."""

from __future__ import annotations

import argparse
from pathlib import Path

from feidi.portals.cli.acting import acting, add_as

HELP = "hand over all data of one home 数据移交"
NEEDS_DJANGO = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whose data, where to, with or without telephone numbers."""
    parser.add_argument("--home", required=True, metavar="CODE", help="place code or division code, e.g. 440604")
    parser.add_argument("--out", type=Path, default=Path(), metavar="DIR", help="folder that gets the package")
    parser.add_argument(
        "--with-contacts", action="store_true", help="telephone numbers in clear (needs contact.unmask)"
    )
    parser.add_argument("--json", action="store_true")
    add_as(parser)


def run(args: argparse.Namespace) -> int:
    """Hand over; 0, 1 when refused or when files were lost, 2 when the folder cannot be written."""
    from django.utils.translation import gettext as _  # noqa: PLC0415 - Django is ready only now

    from feidi.domain.reporting.services.data_handover import find_home, hand_over  # noqa: PLC0415
    from feidi.portals.cli.output import print_json, print_lines, print_unwritable  # noqa: PLC0415
    from feidi.portals.cli.progress import progress_line  # noqa: PLC0415
    from feidi.portals.ui import clock  # noqa: PLC0415

    now = clock.now()
    actor = acting(args, now)
    home = find_home(args.home)
    try:
        with progress_line(silent=args.json) as progress:
            made = hand_over(
                actor=actor, now=now, home=home, out=args.out, with_contacts=args.with_contacts, progress=progress
            )
    except OSError as error:
        return print_unwritable(args.out, error, as_json=args.json)
    row = made.handover
    rows = {name: each for name, each in row.counts.items() if name != "with_contacts"}
    if args.json:
        told = {"number": row.number, "path": str(made.path), "sha256": row.sha256, "audit_head": row.audit_head}
        print_json({**told, "rows": rows, "with_contacts": args.with_contacts, "lost": list(made.lost)})
        return 1 if made.lost else 0
    print_lines(
        [
            _("✓ {path}：{rows} 行，{tables} 张表").format(path=made.path, rows=sum(rows.values()), tables=len(rows)),
            _("  清单指纹 {sha256}").format(sha256=row.sha256),
            _("  请打开 index.html；回执和删除证明在 签署 文件夹"),
            *(_("✗ 附件已丢失或被改动：{name}").format(name=each) for each in made.lost),
        ]
    )
    return 1 if made.lost else 0
