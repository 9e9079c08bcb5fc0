"""Who the pages of reports are for."""

from __future__ import annotations

from django.http import Http404

from feidi.domain.parties.access import outpost_scope
from feidi.domain.reporting.models import Report, ReportPlan
from feidi.domain.reporting.selectors.papers import issuing_outposts
from feidi.domain.reporting.selectors.reports import get_plan, get_report, list_robots
from feidi.domain.reporting.services.papers import ISSUE
from feidi.kernel.access import Actor
from feidi.kernel.notify.models import Robot


def report_for(actor: Actor, uid: str) -> Report:
    """Return one report; what may not be seen does not exist."""
    try:
        return get_report(actor, uid)
    except Report.DoesNotExist:
        raise Http404 from None


def plan_for(actor: Actor, uid: str) -> ReportPlan:
    """Return one plan; what may not be seen does not exist."""
    try:
        return get_plan(actor, uid)
    except ReportPlan.DoesNotExist:
        raise Http404 from None


def robot_for(actor: Actor, uid: str) -> Robot:
    """Return one robot of the actor's outposts."""
    robot = list_robots(issuing_outposts(actor)).filter(uid=uid).first()
    if robot is None:
        raise Http404
    return robot


def may_issue(actor: Actor, outpost_id: int) -> bool:
    """Tell whether the actor makes reports of an outpost."""
    return actor.may(ISSUE, outpost_scope(outpost_id))
