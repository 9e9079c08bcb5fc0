"""关账 in the demonstration: last year and the last quarter that is over, as the lead closed them."""

from __future__ import annotations

from datetime import datetime, time

from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.reporting.services.closings import close_period
from feidi.engines.measures import period_name, periods_before
from feidi.portals.cli.demonstration.agenda import Scene


def load(scene: Scene) -> None:
    """Close both. Invented like everything they count."""
    now = datetime.combine(scene.last_day, time(17, 58), SHANGHAI)
    quarter = periods_before(scene.last_day, 2, 3)[0]
    for name in dict.fromkeys((f"{scene.last_day.year - 1}", period_name(quarter))):
        close_period(
            actor=scene.actors["lead"], now=now, outpost=scene.outpost, period=name, note="演示：年度与季度关账"
        )
