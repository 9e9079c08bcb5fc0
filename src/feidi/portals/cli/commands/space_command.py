"""``feidi space free``: which rooms are free and when."""

from __future__ import annotations

import argparse
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from feidi.engines.findings import refuse
from feidi.portals.cli.acting import acting, add_as

if TYPE_CHECKING:
    from feidi.domain.space.models import Unit
    from feidi.kernel.access import Actor

HELP = "rooms 空间: the next free slots"
NEEDS_DJANGO = True
_COUNT: Final = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``free [--zone KIND] [--from WHEN] [--to WHEN] [--minutes N] [--count N] [--outpost CODE] --as LOGIN [--json]``."""
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    free = verbs.add_parser("free", help="the first free slot of each room, the earliest first 空闲时段")
    free.add_argument("--zone", default="", metavar="KIND", help="kind or code of the zone: meeting, roadshow …")
    free.add_argument("--from", dest="since", default="", metavar="WHEN", help="2026-11-24 or 2026-11-24T09:00; now")
    free.add_argument("--to", dest="until", default="", metavar="WHEN", help="a day (included) or a moment; 90 days on")
    free.add_argument("--minutes", type=int, default=60, metavar="N", help="how long, default 60")
    free.add_argument("--count", type=int, default=_COUNT, metavar="N", help="at most so many rooms")
    free.add_argument("--outpost", default="", metavar="CODE", help="where, when several are seen")
    free.add_argument("--json", action="store_true")
    add_as(free)


def run(args: argparse.Namespace) -> int:
    """Search; 0 found, 1 refused or nothing free."""
    from django.utils.translation import gettext as _  # noqa: PLC0415 - Django is ready only now

    from feidi.domain.space.selectors.free import find_free_slots  # noqa: PLC0415
    from feidi.domain.space.selectors.holding import spoken_span  # noqa: PLC0415
    from feidi.portals.cli.output import print_json, print_lines  # noqa: PLC0415
    from feidi.portals.ui import clock  # noqa: PLC0415

    now = clock.now()
    actor = acting(args, now)
    since = _moment(args.since) if args.since else now
    until = _moment(args.until, last=True) if args.until else None
    found = find_free_slots(
        actor, _units(args, actor), now=now, after=since, minutes=args.minutes, until=until, count=args.count
    )
    if args.json:
        print_json([_told(each.unit, each.starts_at, each.ends_at) for each in found])
    elif found:
        print_lines(
            f"{each.unit.code:10} {each.unit.name}  {spoken_span(each.starts_at, each.ends_at)}" for each in found
        )
    else:
        print_lines([_("这段时间没有空闲的房间")])
    return 0 if found else 1


def _units(args: argparse.Namespace, actor: Actor) -> list[Unit]:
    """Return the bookable units that are asked for. Refused: an outpost or zone that is not seen, several outposts."""
    from feidi.domain.space.selectors.premises import list_units  # noqa: PLC0415 - Django is ready only now

    units = list(list_units(actor, bookable=True))
    known = sorted({unit.outpost.code for unit in units})
    outpost = args.outpost or (known[0] if len(known) == 1 else "")
    if outpost not in known:
        raise refuse("cli.space_outpost", value=args.outpost or "—", known="、".join(known))
    here = [unit for unit in units if unit.outpost.code == outpost]
    found = [unit for unit in here if not args.zone or args.zone in {unit.zone.kind, unit.zone.code}]
    if not found:
        kinds = "、".join(sorted({unit.zone.kind for unit in here}))
        raise refuse("cli.space_zone", value=args.zone, known=kinds)
    return found


def _moment(text: str, *, last: bool = False) -> datetime:
    """Read a day or a moment of the outposts' wall clock; of a day the beginning, with ``last`` its end."""
    from feidi.portals.ui.clock import BUSINESS_ZONE  # noqa: PLC0415 - Django is ready only now

    try:
        if len(text) == len("2026-11-24"):
            day = date.fromisoformat(text) + timedelta(days=int(last))
            return datetime.combine(day, time(0), BUSINESS_ZONE)
        read = datetime.fromisoformat(text)
    except (ValueError, OverflowError) as error:
        raise refuse("cli.space_moment", value=text) from error
    return read if read.tzinfo else read.replace(tzinfo=BUSINESS_ZONE)


def _told(unit: Unit, starts_at: datetime, ends_at: datetime) -> dict[str, Any]:
    from feidi.portals.ui.clock import BUSINESS_ZONE  # noqa: PLC0415 - Django is ready only now

    return {
        "unit": unit.code,
        "uid": unit.uid,
        "name": unit.name,
        "zone": unit.zone.kind,
        "capacity": unit.capacity,
        "needs_approval": unit.needs_approval,
        "starts_at": starts_at.astimezone(BUSINESS_ZONE).isoformat(),
        "ends_at": ends_at.astimezone(BUSINESS_ZONE).isoformat(),
    }
