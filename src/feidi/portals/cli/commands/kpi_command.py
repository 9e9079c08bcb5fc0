"""``feidi kpi show [--period 2026Q3] [--outpost CODE] [--codes K01,K14] [--as-of DAY] [--json]``: the figures K01–K40."""

from __future__ import annotations

import argparse
from datetime import date
from typing import TYPE_CHECKING, Any

from feidi.portals.cli.acting import acting, add_as

if TYPE_CHECKING:
    from feidi.domain.reporting.selectors.indicators import Indicator
    from feidi.engines.measures import Period, Rows

HELP = "the figures of an outpost 指标: value, numerator and denominator, target, frozen value"
NEEDS_DJANGO = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which figures, of which outposts, over which days."""
    parts = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    show = parts.add_parser("show", help="show the figures of a period")
    show.add_argument("--period", default="", metavar="NAME", help="2026, 2026Q3 or 2026-09; default: this year")
    show.add_argument("--outpost", default="", metavar="CODE", help="one outpost; default: all that one may count")
    show.add_argument("--codes", default="", metavar="K01,K14", help="only these; default: all")
    show.add_argument("--as-of", default="", metavar="DAY", help="the last day known of; default: today")
    show.add_argument("--json", action="store_true")
    add_as(show)


def run(args: argparse.Namespace) -> int:
    """Print the figures; 0, or 1 when refused, 2 for a period, day or code that cannot be read."""
    from feidi.domain.reporting.selectors.figures import outposts_counted, view_of  # noqa: PLC0415 - Django is ready only now
    from feidi.domain.reporting.selectors.indicators import indicators_for  # noqa: PLC0415
    from feidi.engines.findings import refuse  # noqa: PLC0415
    from feidi.portals.cli.output import print_json  # noqa: PLC0415
    from feidi.portals.ui import clock  # noqa: PLC0415

    now = clock.now()
    asked = _asked(args, clock.business_date(now))
    if asked is None:
        return 2
    period, as_of, codes = asked
    actor = acting(args, now)
    rows = outposts_counted(actor)
    outposts = list(rows.filter(code=args.outpost) if args.outpost else rows)
    if not outposts:
        raise refuse("indicators.which_outpost", n=0, code=args.outpost or "—")
    view = view_of(actor, outposts, period, as_of)
    found = indicators_for(view, codes, now=now)
    if args.json:
        figures = [_figure(each) for each in found]
        head = {"since": period.start.isoformat(), "until": period.end.isoformat(), "as_of": as_of.isoformat()}
        print_json({**head, "outposts": [each.code for each in outposts], "figures": figures})
        return 0
    _print_table(found)
    return 0


def _asked(args: argparse.Namespace, today: date) -> tuple[Period, date, tuple[str, ...]] | None:
    """Return period, as-of day and codes; None, and why on the screen, for what cannot be read."""
    from django.utils.translation import gettext as _  # noqa: PLC0415 - Django is ready only now

    from feidi.engines.measures import INDICATORS, expand, named_period  # noqa: PLC0415
    from feidi.portals.cli.output import print_lines  # noqa: PLC0415

    try:
        period = named_period(args.period or f"{today:%Y}")
    except ValueError:
        print_lines([_("✗ 期间看不懂：{period}。写成 2026、2026Q3 或 2026-09").format(period=args.period)])
        return None
    try:
        as_of = min(date.fromisoformat(args.as_of) if args.as_of else today, today)
    except ValueError:
        print_lines([_("✗ 日期看不懂：{day}。写成 2026-11-23").format(day=args.as_of)])
        return None
    wanted = [each.strip().upper() for each in args.codes.split(",") if each.strip()]
    try:
        codes = expand(wanted) if wanted else tuple(INDICATORS)
    except KeyError as error:
        print_lines([_("✗ 没有这个指标：{code}").format(code=error.args[0])])
        return None
    return period, as_of, codes


def _figure(one: Indicator) -> dict[str, Any]:
    """One figure as data: exact numbers as text, codes never translated."""
    reading, task, frozen = one.reading, one.task, one.frozen
    found: dict[str, Any] = {
        "code": one.code,
        "label": one.definition.label.zh,
        "kind": one.definition.kind,
        "state": reading.state,
        "why": reading.why or None,
        "value": _told(reading.value),
        "text": one.value_text,
        "bound": reading.bound or None,
        "numerator": _told(reading.numerator),
        "denominator": _told(reading.denominator),
        "unit": one.definition.unit.zh,
        "as_of": one.as_of.isoformat(),
        "rows": {"url": one.url, "above": _rows(reading.above), "below": _rows(reading.below)},
        "target": {"floor": task.floor, "stretch": task.stretch, "source": task.source} if task else None,
        "progress": None,
        "frozen": None,
    }
    if one.progress:
        found["progress"] = {
            "done": str(one.progress.done),
            "passed": str(one.progress.passed),
            "points": str(one.progress.points),
        }
    if frozen:
        found["frozen"] = {
            "value": _told(frozen.reading.value),
            "text": frozen.text,
            "closed_on": frozen.closing.closed_on.isoformat(),
            "sha256": frozen.closing.sha256,
            "corrected": frozen.correction is not None,
        }
    return found


def _told(value: Any) -> str | None:
    return None if value is None else str(value)


def _rows(rows: Rows | None) -> dict[str, Any] | None:
    return {"kind": rows.kind, "count": len(rows.keys), "sum": str(rows.total)} if rows is not None else None


def _print_table(found: tuple[Indicator, ...]) -> None:
    from feidi.portals.cli.output import print_lines  # noqa: PLC0415 - Django is ready only now

    lines = []
    for one in found:
        parts = [one.shown, one.beside, one.progress_text, one.correction_text]
        lines.append(f"{one.code:<5} {one.label}　" + "　".join(part for part in parts if part))
    print_lines(lines)
