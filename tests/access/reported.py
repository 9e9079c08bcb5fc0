"""A monthly report, its plan and a group's robot of the outpost of a row of the cast."""

from __future__ import annotations

from feidi.domain.parties.models import Outpost
from feidi.domain.reporting.models import Report, ReportPlan
from feidi.domain.reporting.report_periods import term_of
from feidi.domain.reporting.selectors.report_content import report_content
from feidi.domain.reporting.selectors.reports import group_of
from feidi.domain.reporting.services.report_building import order_of
from feidi.domain.reporting.services.report_plans import NewPlan, add_plan, enter_robot
from feidi.domain.reporting.services.reports import draft_report
from feidi.kernel.notify.enums import RobotKind
from feidi.kernel.notify.services import robots_of
from tests.support.world import World

_ADDRESS = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=Qrobotkey"


def reports_of(world: World) -> dict[str, str]:
    """Return the uids of the outpost's report, plan and robot, made on the first call."""
    report = Report.objects.filter(outpost=world.outpost).first() or _made(world)
    plan = ReportPlan.objects.get(outpost=world.outpost)
    robot = robots_of(group_of(world.outpost)).get()
    return {"periodic": report.uid, "report_plan": plan.uid, "robot": robot.uid}


def _made(world: World) -> Report:
    officer, now = world.actor("officer"), world.now
    outpost = Outpost.objects.select_related("home", "host").get(pk=world.outpost.pk)
    kind = report_content(outpost, now.date()).kind("monthly")
    robot = enter_robot(
        actor=officer, now=now, outpost=outpost, kind=RobotKind.WECOM, name=f"Qgroup{outpost.pk}", address=_ADDRESS
    )
    new = NewPlan("monthly", 3, "", [f"qplan{outpost.pk}@example.cn"], [robot.uid])
    add_plan(actor=officer, now=now, outpost=outpost, new=new)
    order = order_of(outpost, kind, term_of(kind.period, now.date()), now)
    return draft_report(actor=officer, now=now, order=order)
