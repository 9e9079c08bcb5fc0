"""Periodic reports in the demonstration: two months approved, sent to the bureau (one signed for) and archived, a quarter still a draft, two plans. Invented."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final

from feidi.domain.parties.models import Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.reporting.models import ReportDelivery
from feidi.domain.reporting.report_periods import Term, term_before, term_of
from feidi.domain.reporting.selectors.report_content import report_content
from feidi.domain.reporting.selectors.reports import get_report
from feidi.domain.reporting.services.report_building import order_of
from feidi.domain.reporting.services.report_delivery import sign_for_report
from feidi.domain.reporting.services.report_plans import NewPlan, add_plan
from feidi.domain.reporting.services.report_sending import Sending, send_report
from feidi.domain.reporting.services.reports import (
    approve_report,
    archive_report,
    draft_report,
    edit_texts,
)
from feidi.engines.findings import RefusedError
from feidi.portals.cli.demonstration.agenda import Scene

_HIGHLIGHTS: Final = "一家企业完成注册并取得场地证明（演示）。\n与两家本地企业的技术对接进入试制（演示）。"
_BUREAU: Final = "jingkeju@yunxi.invalid.example"


def load(scene: Scene) -> None:
    """Make the last two whole months, the last whole quarter, and the plans by which they come round."""
    outpost = Outpost.objects.select_related("home", "host").get(pk=scene.outpost.pk)
    content = report_content(outpost, scene.last_day)
    month = term_before(term_of(content.kind("monthly").period, scene.last_day))
    for term, signed in ((term_before(month), True), (month, False)):
        _month(scene, outpost, term, signed=signed)
    quarterly = content.kind("quarterly-home")
    quarter = term_before(term_of(quarterly.period, scene.last_day))
    now = _at(scene.last_day, time(15))
    draft_report(actor=scene.actors["officer"], now=now, order=order_of(outpost, quarterly, quarter, now))
    for new in (NewPlan("monthly", 3, "", (_BUREAU,)), NewPlan("weekly", 5)):
        add_plan(actor=scene.actors["officer"], now=now, outpost=outpost, new=new)


def _month(scene: Scene, outpost: Outpost, term: Term, *, signed: bool) -> None:
    day = scene.working(term.end + timedelta(days=2))
    now, officer, lead = _at(day, time(10)), scene.actors["officer"], scene.actors["lead"]
    kind = report_content(outpost, day).kind("monthly")
    made = draft_report(actor=officer, now=now, order=order_of(outpost, kind, term, now))
    texts = {"highlights_words": _HIGHLIGHTS}
    edit_texts(actor=officer, now=now, report=made, texts=texts, version=made.version)
    ready = get_report(lead, made.uid)
    later = now + timedelta(hours=4)
    try:
        approve_report(actor=lead, now=later, report=ready, version=ready.version)
    except RefusedError as error:
        # a machine without Chinese fonts prints no PDF: the report stays a draft there (feidi doctor names the font)
        if error.refusal.code != "documents.font_missing":
            raise
        return
    send_report(actor=officer, now=later + timedelta(minutes=20), report=ready, sending=Sending(to_home=True))
    archive_report(actor=officer, now=later + timedelta(hours=1), report=ready)
    if signed:
        delivery = ReportDelivery.objects.get(report=ready)
        sign_for_report(actor=scene.actors["bureau"], now=later + timedelta(hours=2), delivery=delivery)


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, SHANGHAI)
