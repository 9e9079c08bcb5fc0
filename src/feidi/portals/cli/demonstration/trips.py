"""Trips of the demonstration: one that was, with its results on timelines; one to come; one received. Invented."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any, Final

from feidi.domain.liaison.enums import TripKind
from feidi.domain.liaison.services.trips import (
    StopPlan,
    TripPlan,
    add_stop,
    plan_trip,
    put_on_timeline,
    read_members,
    record_trip_result,
)
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.pipeline.models import Project
from feidi.portals.cli.demonstration.agenda import Scene

_TEAM: Final = "陈晓 云滨创新中心 招商专员\n周宁 云滨创新中心 招商专员\n郑文 云溪区经科局（演示）"
_GUESTS: Final = "方远 滨海某检测公司（演示） 总经理\n叶知秋 滨海某检测公司（演示） 研发总监"


def load(scene: Scene) -> None:
    """Play it on the last evening, after everything else is there."""
    now = datetime.combine(scene.last_day, time(18, 10), SHANGHAI)
    act: dict[str, Any] = {"actor": scene.actors["officer"], "now": now}
    projects = list(
        Project.objects.filter(
            outpost=scene.outpost, voided_at__isnull=True, condition="", owner=scene.users["officer"]
        )
        .exclude(talks_stage="lead")
        .select_related("outpost")
        .order_by("-id")[:3]
    )
    _past(scene, act, projects)
    first = scene.today + timedelta(days=9)
    coming = TripPlan(
        TripKind.DELEGATION, "云溪区企业家赴滨海考察（演示）", first, first + timedelta(days=1), leader="林副区长（演示）",
        received_by="云滨创新中心", transport="高铁往返", lodging="科创酒店（演示）", approval_number="演示〔2026〕12号", guests=12,
        owner=scene.users["officer2"], members=read_members(_TEAM),
    )  # fmt: skip
    trip = plan_trip(outpost=scene.outpost, plan=coming, **act)
    for days, at, what, place in (
        (0, "14:30", "参观项目展厅，座谈", "云滨创新中心"),
        (1, "9:30", "走访企业", "滨海科技园（演示）"),
    ):
        plan = StopPlan(
            first + timedelta(days=days), what, at=at, place=place, project=projects[0] if days and projects else None
        )
        add_stop(trip=trip, plan=plan, **act)


def _past(scene: Scene, act: dict[str, Any], projects: list[Project]) -> None:
    last = scene.last_day
    plan = TripPlan(
        TripKind.OUTBOUND, "赴滨海走访三家企业（演示）", last - timedelta(days=1), last,
        owner=scene.users["officer"], members=read_members(_TEAM), approval_number="演示〔2026〕9号",
    )  # fmt: skip
    trip = plan_trip(outpost=scene.outpost, plan=plan, **act)
    for at, project in enumerate(projects):
        plan_of = StopPlan(
            last - timedelta(days=1 - at % 2), "看样机、谈中试场地", at="9:30" if at else "15:00",
            place=f"{project.sponsor_name[:20]}会议室", meets="方总等2人，陈晓、周宁", project=project,
            result="愿意到云溪看场地，月底前给用房清单",
        )  # fmt: skip
        stop = add_stop(trip=trip, plan=plan_of, **act)
        if at < len(projects) - 1:
            put_on_timeline(stop=stop, **act)
    record_trip_result(trip=trip, result="三家均有中试需求，两家约定来云溪看场地。", **act)
    received = TripPlan(
        TripKind.RECEPTION, "滨海检测企业来访（演示）", last, last, owner=scene.users["officer2"],
        received_by="云滨创新中心", members=read_members(_GUESTS), guests=2,
    )  # fmt: skip
    visit = plan_trip(outpost=scene.outpost, plan=received, **act)
    add_stop(trip=visit, plan=StopPlan(last, "看孵化区和项目展厅", at="10:00", place="云滨创新中心"), **act)
