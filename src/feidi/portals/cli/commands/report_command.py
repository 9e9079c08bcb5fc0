"""``feidi report build KIND --period … --format docx|pdf|xlsx --out FILE`` and ``feidi report list``."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from feidi.engines.findings import refuse
from feidi.portals.cli.acting import acting, add_as

if TYPE_CHECKING:
    from feidi.domain.parties.models import Outpost
    from feidi.domain.reporting.selectors.report_body import ReportBody
    from feidi.domain.reporting.services.report_building import Order
    from feidi.kernel.access import Actor

HELP = "periodic reports 定期报表: weekly, monthly, quarterly, yearly, incubator statistics"
NEEDS_DJANGO = True
KINDS = ("weekly", "monthly", "quarterly-home", "quarterly-host", "yearly", "incubator", "visit")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Build one, or list what is kept."""
    parts = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    build = parts.add_parser("build", help="write a report of a period as it stands; nothing is kept")
    build.add_argument("kind", choices=KINDS, metavar="KIND", help=", ".join(KINDS))
    build.add_argument("--period", required=True, help="2026-W47, 2026-10, 2026-Q3, 2026")
    build.add_argument("--as-of", type=date.fromisoformat, metavar="YYYY-MM-DD", help="default: the period's last day")
    build.add_argument("--format", choices=("docx", "pdf", "xlsx"), default="docx")
    build.add_argument("--plaque", default=None, metavar="CODE")
    build.add_argument("--out", type=Path, required=True, metavar="FILE")
    shown = parts.add_parser("list", help="the reports that are kept, newest first")
    for each in (build, shown):
        each.add_argument("--outpost", default="", metavar="CODE", help="only needed where one sees several")
        each.add_argument("--json", action="store_true")
        add_as(each)


def run(args: argparse.Namespace) -> int:
    """Build or list; 0, 1 when refused, 2 for a file that cannot be written."""
    return _build(args) if args.what == "build" else _list(args)


def _build(args: argparse.Namespace) -> int:
    from feidi.domain.reporting.enums import ReportFormat  # noqa: PLC0415 - Django is ready only now
    from feidi.domain.reporting.services.report_building import build_body  # noqa: PLC0415
    from feidi.domain.reporting.services.report_rendering import Stamp, render  # noqa: PLC0415
    from feidi.portals.cli.output import print_unwritable  # noqa: PLC0415
    from feidi.portals.ui import clock  # noqa: PLC0415

    now = clock.now()
    actor = acting(args, now)
    order = _order(args, actor)
    body = build_body(actor, order)
    data = render(body, Stamp("", "", order.outpost.uid, now, draft=True), ReportFormat(args.format))
    try:
        args.out.write_bytes(data)
    except OSError as error:
        return print_unwritable(args.out, error, as_json=args.json)
    _taken(actor, order, args.format)
    _say(args, body, len(data))
    return 0


def _order(args: argparse.Namespace, actor: Actor) -> Order:
    from feidi.domain.reporting.report_periods import read_term  # noqa: PLC0415 - Django is ready only now
    from feidi.domain.reporting.selectors.report_content import report_content  # noqa: PLC0415
    from feidi.domain.reporting.services.report_building import order_of  # noqa: PLC0415
    from feidi.portals.ui import clock  # noqa: PLC0415

    now, outpost = clock.now(), _outpost(args.outpost, actor)
    kind = report_content(outpost, now.date()).kind(args.kind)
    term = read_term(kind.period, args.period)
    return order_of(outpost, kind, term, now, as_of=args.as_of, plaque=args.plaque)


def _outpost(code: str, actor: Actor) -> Outpost:
    from feidi.domain.reporting.selectors.papers import issuing_outposts  # noqa: PLC0415 - Django is ready only now
    from feidi.domain.reporting.services.papers import ISSUE  # noqa: PLC0415

    seen = issuing_outposts(actor, ISSUE).select_related("home", "host")
    found = list((seen.filter(code=code) if code else seen)[:2])
    if len(found) != 1:
        raise refuse("reports.which_outpost", n=len(found), code=code or "—")
    return found[0]


def _taken(actor: Actor, order: Order, form: str) -> None:
    from feidi.kernel.audit import recorded  # noqa: PLC0415 - Django is ready only now
    from feidi.portals.ui import clock  # noqa: PLC0415

    with recorded(actor=actor, now=clock.now()) as unit:
        said = {"report": order.kind.code, "period": order.term.code, "form": form}
        unit.acted("report_built", kind="parties.outpost", uid=order.outpost.uid, **said)


def _say(args: argparse.Namespace, body: ReportBody, size: int) -> None:
    from django.utils.translation import gettext as _  # noqa: PLC0415 - Django is ready only now

    from feidi.portals.cli.output import print_json, print_lines  # noqa: PLC0415

    if args.json:
        figures = {
            name: {"label": each.label, "value": each.value, "unit": each.unit, "text": each.text, "as_of": each.as_of}
            for name, each in body.figures.items()
        }
        said = {"path": str(args.out), "bytes": size, "kind": body.kind, "from": body.period_from, "as_of": body.as_of}
        print_json({**said, "empty": body.empty, "figures": figures, "chat": body.chat})
        return
    print_lines([_("✓ {path}：{title}，截至 {as_of}").format(path=args.out, title=body.title, as_of=body.as_of)])
    if body.empty:
        print_lines([_("  · 这一期没有任何登记，报表里没有数字")])


def _list(args: argparse.Namespace) -> int:
    from feidi.domain.reporting.selectors.reports import list_reports  # noqa: PLC0415 - Django is ready only now
    from feidi.portals.cli.output import print_json, print_lines  # noqa: PLC0415
    from feidi.portals.ui import clock  # noqa: PLC0415

    rows = list_reports(acting(args, clock.now()))
    if args.outpost:
        rows = rows.filter(outpost__code=args.outpost)
    if args.json:
        names = ("uid", "kind", "period", "number", "title", "state", "revision", "sha256")
        told = [{**{name: getattr(each, name) for name in names}, "as_of": each.as_of} for each in rows[:500]]
        print_json(told)
        return 0
    print_lines(f"{each.number}  {each.title}  {each.as_of}  {each.get_state_display()}" for each in rows[:500])
    return 0
