"""``feidi flows``: what flowed between host and home, and putting it in the ledger anew."""

from __future__ import annotations

import argparse
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from feidi.engines.findings import refuse
from feidi.portals.cli.acting import acting, add_as

if TYPE_CHECKING:
    from feidi.domain.parties.models import Outpost
    from feidi.domain.reporting.selectors.flows import Flows
    from feidi.kernel.access import Actor

HELP = "factor flows 要素流动: what flowed between host and home"
NEEDS_DJANGO = True
_KINDS = ("capital", "technology", "talent")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``show [--from DAY] [--to DAY] [--as-of DAY] [--outpost CODE] [--kind KIND] [--json]``, ``rebuild``; ``--as LOGIN``."""
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    show = verbs.add_parser("show", help="sums per kind, measure and way, never added up 各口径合计")
    show.add_argument("--from", dest="since", default="", metavar="DAY", help="2026-01-01; this year's first day")
    show.add_argument("--to", dest="until", default="", metavar="DAY", help="the last day (included); today")
    show.add_argument("--as-of", default="", metavar="DAY", help="as known up to this day; today")
    show.add_argument("--outpost", default="", metavar="CODE", help="one outpost; all that are seen")
    show.add_argument("--kind", default="", choices=("", *_KINDS), help="capital, technology or talent")
    show.add_argument("--json", action="store_true")
    add_as(show)
    rebuild = verbs.add_parser("rebuild", help="enter what is proven and missing, take back what is no more 补记")
    rebuild.add_argument("--outpost", default="", metavar="CODE", help="one outpost; all that the login edits")
    rebuild.add_argument("--json", action="store_true")
    add_as(rebuild)


def run(args: argparse.Namespace) -> int:
    """Show or rebuild; 0 done, 1 refused, 2 unusable input."""
    return _rebuild(args) if args.verb == "rebuild" else _show(args)


def _show(args: argparse.Namespace) -> int:
    from feidi.domain.reporting.selectors.flows import flows_for, outposts_with_flows  # noqa: PLC0415 - Django is ready only now
    from feidi.engines.measures import Period  # noqa: PLC0415
    from feidi.portals.cli.output import print_json, print_lines  # noqa: PLC0415
    from feidi.portals.ui import clock  # noqa: PLC0415

    now = clock.now()
    today = clock.business_date(now)
    actor = acting(args, now)
    since, until = _day(args.since, today.replace(month=1, day=1)), _day(args.until, today)
    as_of = min(_day(args.as_of, today), today)
    outposts = _chosen(args, list(outposts_with_flows(actor)))
    found = flows_for(actor, outposts, Period(since, until + timedelta(days=1)), as_of)
    if args.json:
        print_json(_told(found, outposts, args.kind))
    else:
        print_lines(_lines(found, args.kind))
    return 0


def _rebuild(args: argparse.Namespace) -> int:
    from django.utils.translation import gettext as _  # noqa: PLC0415 - Django is ready only now

    from feidi.domain.parties.models import Outpost  # noqa: PLC0415
    from feidi.domain.reporting.access import FLOW_EDIT  # noqa: PLC0415
    from feidi.domain.reporting.services.flows import rebuild_flows  # noqa: PLC0415
    from feidi.kernel.access import ScopeKind  # noqa: PLC0415
    from feidi.portals.cli.output import print_json, print_lines  # noqa: PLC0415
    from feidi.portals.ui import clock  # noqa: PLC0415

    now = clock.now()
    actor: Actor = acting(args, now)
    edited = Outpost.objects.filter(pk__in=actor.scopes(FLOW_EDIT, ScopeKind.OUTPOST)).order_by("code")
    outposts = _chosen(args, list(edited))
    done = rebuild_flows(actor=actor, now=now, outposts=[each.pk for each in outposts])
    if args.json:
        print_json({"entered": done.entered, "countered": done.countered})
    else:
        text = _("补记完成：新增 {entered} 笔，冲销 {countered} 笔。")
        print_lines([text.format(entered=done.entered, countered=done.countered)])
    return 0


def _chosen(args: argparse.Namespace, known: list[Outpost]) -> list[Outpost]:
    if (args.outpost and args.outpost not in {each.code for each in known}) or not known:
        raise refuse(
            "cli.space_outpost", value=args.outpost or "—", known="、".join(each.code for each in known) or "—"
        )
    return [each for each in known if args.outpost in {"", each.code}]


def _day(text: str, otherwise: date) -> date:
    try:
        return date.fromisoformat(text) if text else otherwise
    except ValueError as error:
        raise refuse("cli.space_moment", value=text) from error


def _told(found: Flows, outposts: list[Outpost], kind: str) -> dict[str, Any]:
    return {
        "from": found.period.start.isoformat(),
        "to": (found.period.end - timedelta(days=1)).isoformat(),
        "as_of": found.as_of.isoformat(),
        "outposts": [each.code for each in outposts],
        "lines": [
            {
                "kind": each.kind.value,
                "direction": each.direction.value,
                "measure": each.measure,
                "amount_fen": each.amount.fen if each.amount else None,
                "count": each.count,
                "entries": each.entries,
            }
            for each in found.lines
            if kind in {"", each.kind}
        ],
        "net": [
            {"kind": each.value, "measure": measure, "net": found.net(each, measure)}
            for each in dict.fromkeys(line.kind for line in found.lines)
            if kind in {"", each}
            for measure in found.measures(each)
        ],
    }


def _lines(found: Flows, kind: str) -> list[str]:
    from django.utils.translation import gettext as _  # noqa: PLC0415 - Django is ready only now

    from feidi.domain.reporting.selectors.flows import unit_name  # noqa: PLC0415
    from feidi.portals.ui.reading import number, read_money  # noqa: PLC0415

    lines = [
        f"{each.kind.label}  {each.direction.label}  "
        f"{read_money(each.amount).text if each.amount else number(each.count or 0) + unit_name(each.measure)}  "
        + _("{n} 笔").format(n=each.entries)
        for each in found.lines
        if kind in {"", each.kind}
    ]
    return lines or [_("这段时间没有要素流动")]
