"""A quarterly report of the outpost of a row of the cast, approved and laid before its home side."""

from __future__ import annotations

from feidi.domain.parties.models import Outpost
from feidi.domain.reporting.models import Report, ReportDelivery
from feidi.domain.reporting.report_periods import term_of
from feidi.domain.reporting.selectors.report_content import report_content
from feidi.domain.reporting.services.report_building import order_of
from feidi.domain.reporting.services.report_sending import Sending, send_report
from feidi.domain.reporting.services.reports import approve_report, draft_report
from tests.support.world import World


def delivered_of(world: World) -> str:
    """Return the uid of the outpost's delivery, made on the first call."""
    standing = ReportDelivery.objects.filter(outpost=world.outpost).first()
    return (standing or _made(world)).uid


def _made(world: World) -> ReportDelivery:
    officer, now = world.actor("officer"), world.now
    outpost = Outpost.objects.select_related("home", "host").get(pk=world.outpost.pk)
    kind = report_content(outpost, now.date()).kind("quarterly-home")
    order = order_of(outpost, kind, term_of(kind.period, now.date()), now)
    row = Report.objects.get(pk=draft_report(actor=officer, now=now, order=order).pk)
    approve_report(actor=world.actor("lead"), now=now, report=row, version=row.version)
    send_report(actor=officer, now=now, report=Report.objects.get(pk=row.pk), sending=Sending(to_home=True))
    return ReportDelivery.objects.get(report=row)
