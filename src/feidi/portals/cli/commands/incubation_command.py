"""``feidi incubation snapshot YEAR --out FILE.xlsx``: the yearly statistics of an outpost as a workbook."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from feidi.engines.findings import refuse
from feidi.portals.cli.acting import acting, add_as

if TYPE_CHECKING:
    from feidi.domain.parties.models import Outpost
    from feidi.kernel.access import Actor

HELP = "the yearly statistics of incubation 年度统计"
NEEDS_DJANGO = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which year, of which outpost, where to."""
    parts = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    snapshot = parts.add_parser("snapshot", help="write a year's form: as frozen, else as it stands")
    snapshot.add_argument("year", type=int, metavar="YEAR")
    snapshot.add_argument("--out", type=Path, required=True, metavar="FILE.xlsx")
    snapshot.add_argument("--outpost", default="", metavar="CODE", help="only needed where one sees several")
    snapshot.add_argument("--json", action="store_true")
    add_as(snapshot)


def run(args: argparse.Namespace) -> int:
    """Write the workbook; 0, or 1 when refused, 2 for a file that cannot be written."""
    from django.utils.translation import gettext as _  # noqa: PLC0415 - Django is ready only now

    from feidi.domain.incubation.selectors.filed import filed_statistics  # noqa: PLC0415
    from feidi.portals.cli.output import print_json, print_lines, print_unwritable  # noqa: PLC0415
    from feidi.portals.ui import clock  # noqa: PLC0415

    now = clock.now()
    actor = acting(args, now)
    outpost = _outpost(args.outpost, actor)
    found = filed_statistics(actor, outpost, args.year, known_at=now)
    try:
        _write(args.out, [(_("指标"), _("单位"), _("数值"), _("填报户数")), *found.rows])
    except OSError as error:
        return print_unwritable(args.out, error, as_json=args.json)
    if args.json:
        rows = [dict(zip(("label", "unit", "value", "known"), each, strict=True)) for each in found.rows]
        print_json({"path": str(args.out), "year": args.year, "frozen": found.sha256 or None, "rows": rows})
        return 0
    state = _("已定稿 {hash}").format(hash=found.sha256[:12]) if found.sha256 else _("未定稿，以今天的台账为准")
    print_lines([_("✓ {path}：{n} 行，{state}").format(path=args.out, n=len(found.rows), state=state)])
    return 0


def _outpost(code: str, actor: Actor) -> Outpost:
    from feidi.domain.incubation.access import VIEW, VIEW_HOME  # noqa: PLC0415 - Django is ready only now
    from feidi.domain.parties.models import Outpost  # noqa: PLC0415
    from feidi.kernel.access import ScopeKind  # noqa: PLC0415

    seen = Outpost.objects.filter(pk__in=actor.scopes(VIEW, ScopeKind.OUTPOST)) | Outpost.objects.filter(
        home_id__in=actor.scopes(VIEW_HOME, ScopeKind.HOME)
    )
    found = list((seen.filter(code=code) if code else seen).select_related("home")[:2])
    if len(found) != 1:
        raise refuse("incubation.which_outpost", n=len(found), code=code or "—")
    return found[0]


def _write(path: Path, rows: list[tuple[Any, ...]]) -> None:
    import xlsxwriter  # noqa: PLC0415 - only this command needs it

    with path.open("wb") as file:
        book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
        page = book.add_worksheet()
        page.set_column(0, 0, 40)
        for number, row in enumerate(rows):
            for at, value in enumerate(row):
                if value is not None:
                    page.write(number, at, value)
        page.freeze_panes(1, 0)
        book.close()
