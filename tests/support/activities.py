"""An activity, its registrants and its door: what tests of activities have in common."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from feidi.domain.roadshow.enums import CheckInWay, RegisteredBy
from feidi.domain.roadshow.models import Activity, Registration
from feidi.domain.roadshow.services.activities import Plan, open_activity, plan_activity
from feidi.domain.roadshow.services.check_ins import Entry, Scan, check_in
from feidi.domain.roadshow.services.places import Place
from feidi.domain.roadshow.services.registrations import Registrant, register
from feidi.kernel.access import ANONYMOUS
from tests.support.world import World


def planned(world: World, **more: Any) -> Activity:
    """Plan an activity for the day after tomorrow, as a draft."""
    starts: datetime = more.pop("starts_at", world.now + timedelta(days=2))
    told = {
        "kind": "salon",
        "title_zh": "低温介质沙龙",
        "starts_at": starts,
        "ends_at": more.pop("ends_at", starts + timedelta(hours=2)),
        "capacity": 2,
        "place": Place(address="滨海区演示路 1 号"),
        **more,
    }
    return plan_activity(actor=world.actor("officer"), now=world.now, outpost=world.outpost, plan=Plan(**told))


def opened(world: World, **more: Any) -> Activity:
    """Plan an activity and let people register."""
    return open_activity(actor=world.actor("officer"), now=world.now, activity=planned(world, **more))


def person(n: int, **more: Any) -> Registrant:
    """Return the n-th registrant: a telephone number and a mail address of their own."""
    told = {"name": f"来宾{n}", "phone": f"138{n:08d}", "mail": f"guest{n}@example.cn", "consent": True}
    return Registrant(**{**told, **more})


def joined(world: World, activity: Activity, n: int, **more: Any) -> Registration:
    """Register the n-th person on the public page."""
    given = {"actor": ANONYMOUS, "now": more.pop("now", world.now), "origin": more.pop("origin", RegisteredBy.PUBLIC)}
    return register(activity=activity, registrant=person(n, **more), **given)


def entered(world: World, row: Registration, nonce: str = "", **more: Any) -> Entry:
    """Scan a ticket at the door when the activity begins."""
    scan = Scan(
        nonce or f"n-{row.pk}", more.pop("way", CheckInWay.SCAN), more.pop("door", "正门"), more.pop("at", None)
    )
    row = Registration.objects.select_related("activity__outpost__home").get(pk=row.pk)
    now = more.pop("now", row.activity.starts_at)
    return check_in(actor=world.actor(more.pop("by", "officer")), now=now, registration=row, scan=scan, **more)
