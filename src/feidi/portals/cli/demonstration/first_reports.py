"""First reports in the demonstration: they arise with each lead; here they lapse week by week, and two are renewed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from feidi.domain.pipeline.enums import FirstReportState
from feidi.domain.pipeline.models import FirstReport
from feidi.domain.pipeline.services.first_report_daily import remind_expiring
from feidi.domain.pipeline.services.first_reports import lapse_due, renew_first_report
from feidi.kernel.access import Actor, schedule_actor
from feidi.portals.cli.demonstration.agenda import Scene

_CLOCK: Final = schedule_actor("pipeline.first_reports")
_WEEK: Final = timedelta(days=7)
_RENEWED: Final = 2


def tell_first_reports(scene: Scene, begins: date) -> None:
    """Note that rights lapse every week from ``begins`` on, and that on the last day two are renewed, owners told."""
    day = begins
    while day < scene.last_day:
        scene.plan(day, "lead", lambda _actor, now: lapse_due(actor=_CLOCK, now=now))
        day += _WEEK
    scene.plan(scene.last_day, "lead", lambda _actor, now: lapse_due(actor=_CLOCK, now=now))
    scene.plan(scene.last_day, "lead", _renew)
    scene.plan(scene.last_day, "lead", lambda _actor, now: remind_expiring(actor=_CLOCK, now=now))


def _renew(actor: Actor, now: datetime) -> None:
    live = FirstReport.objects.filter(state=FirstReportState.GRANTED, project__condition="")
    for claim in live.select_related("home", "project__outpost").order_by("window_to", "id")[:_RENEWED]:
        renew_first_report(actor=actor, now=now, claim=claim, reason="对方董事会下月才开，双方约定届时答复（演示）")
