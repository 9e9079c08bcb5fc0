"""The action plan of the demonstration: a table imported, approved by the bureau, followed up for a while. Invented."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from feidi.domain.liaison.enums import TaskState
from feidi.domain.liaison.services.plan_import import import_tasks
from feidi.domain.liaison.services.plans import (
    PlanFacts,
    Progress,
    assign_task,
    bring_into_force,
    draft_plan,
    link_task,
    note_progress,
)
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.pipeline.models import Project
from feidi.portals.cli.demonstration.agenda import Scene

TITLE: Final = "云溪区驻滨海创新中心建设三年行动计划（演示）"
_HEAD: Final = ("序号", "类别", "重点任务", "主要举措", "牵头单位", "配合单位", "完成时限")
#: {year}: the year of the demonstration's day.
_TASKS: Final = (
    (
        "1",
        "一、平台建设",
        "完善项目展厅和报告路演区",
        "更新展陈，建立预约制度",
        "云滨创新中心",
        "区经科局",
        "{before}-06-30",
    ),
    ("2", "一、平台建设", "引进孵化企业20家", "按季公布入驻条件", "云滨创新中心", "区经科局、云溪产业园", "{year}年底"),
    ("3", "一、平台建设", "建立服务事项清单", "明确时限和责任人", "区经科局", "云滨创新中心", "{before}-12-31"),
    ("4", "二、招商引资", "每年组团赴滨海不少于四次", "围绕补链环节", "区经科局", "各镇街", "每年年底前"),
    ("5", "二、招商引资", "累计签约项目30个", "首次签约计入，增资只计增量", "云滨创新中心", "区经科局", "{after}年底"),
    (
        "6",
        "三、人才服务",
        "开通人才绿色通道",
        "一窗受理，限时办结",
        "区人才部门（演示）",
        "云滨创新中心",
        "{year}-03-31",
    ),
)


def load(scene: Scene) -> None:
    """Play it on the last evening, after everything else is there."""
    year, now = scene.today.year, datetime.combine(scene.last_day, time(18, 20), SHANGHAI)
    act: dict[str, Any] = {"actor": scene.actors["officer"], "now": now}
    facts = PlanFacts(TITLE, date(year - 1, 1, 1), date(year + 1, 12, 31), "演示〔2025〕3号")
    plan = draft_plan(outpost=scene.outpost, series="三年行动计划", facts=facts, **act)
    import_tasks(plan=plan, data=_table(year), name="重点任务分解表.csv", **act)
    plan = bring_into_force(actor=scene.actors["bureau"], now=now, plan=plan)
    tasks = {each.number: each for each in plan.tasks.select_related("plan__outpost")}
    last = scene.last_day
    note_progress(
        task=tasks["1"],
        progress=Progress(last - timedelta(days=30), "展厅更新完成并验收", 100, None, TaskState.DONE),
        **act,
    )
    note_progress(task=tasks["2"], progress=Progress(last - timedelta(days=40), "累计入驻11家", 55), **act)
    note_progress(task=tasks["2"], progress=Progress(last, "累计入驻13家，2家在走评审", 65), **act)
    note_progress(task=tasks["5"], progress=Progress(last, "累计签约见统计分析，另有2个在谈条款"), **act)
    assign_task(task=tasks["2"], owner=scene.users["manager"], **act)
    project = Project.objects.filter(outpost=scene.outpost, reported_at__isnull=False, voided_at__isnull=True).first()
    if project is not None:
        link_task(task=tasks["5"], code=project.code, **act)


def _table(year: int) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(_HEAD)
    for row in _TASKS:
        writer.writerow(cell.format(before=year - 1, year=year, after=year + 1) for cell in row)
    return stream.getvalue().encode("utf-8-sig")
