"""Pages of action plans: imported after a preview, approved by the bureau, followed up, versioned, exported again."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from feidi.domain.liaison.enums import PlanState, TaskState
from feidi.domain.liaison.models import ActionPlan, PlanTask
from feidi.domain.liaison.services.plans import (
    PlanFacts,
    Progress,
    TaskFacts,
    add_task,
    draft_plan,
    link_task,
    note_progress,
)
from tests.support.queries import assert_same_queries
from tests.support.world import PDF, World

pytestmark = pytest.mark.django_db
TABLE = "序号,类别,重点任务,牵头部门,配合单位,完成时间,进展情况\n1,平台,建成展厅,经科局,园区,2026-06-30,\n2,平台,引进20家,联络处,,2027年底,\n"


@pytest.fixture
def sign_in(world: World, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a client of a role, at the moment of the world."""
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: world.now)

    def client_of(role: str) -> Client:
        client = Client()
        client.force_login(world.users[role])
        return client

    return client_of


def at(name: str, *args: str) -> str:
    """Return an address of this part."""
    return reverse(f"console:plans:{name}", args=args)


def upload(text: str, name: str = "分解表.csv") -> dict[str, Any]:
    """Return a form with a file."""
    return {"file": SimpleUploadedFile(name, text.encode())}


def test_a_plan_from_table_to_versions(sign_in: Any, world: World) -> None:
    officer, bureau = sign_in("officer"), sign_in("bureau")
    given = {"outpost": world.outpost.pk, "series": "三年行动计划", "title": "三年行动计划（2025—2027年）",
             "period_from": "2025-01-01", "period_to": "2027-12-31"}  # fmt: skip
    officer.post(at("plan_new"), given)
    plan = ActionPlan.objects.get()
    assert "还没有任务" in officer.get(at("plan_view", plan.uid)).content.decode()
    assert "读不了" in officer.post(at("import_upload", plan.uid), upload("x", "a.pdf")).content.decode()
    wrong = officer.post(at("import_upload", plan.uid), upload(f"{TABLE}1,,又一个,,,,\n")).headers["Location"]
    look = officer.get(wrong)
    assert "在文件里出现了两次" in look.content.decode()
    assert not look.context["ready"]
    assert officer.post(wrong).status_code == 409
    assert not PlanTask.objects.exists()
    check = officer.post(at("import_upload", plan.uid), upload(TABLE)).headers["Location"]
    page = officer.get(check).content.decode()
    assert "新增 2 项" in page
    assert "按 2027-12-31 计" in page
    assert officer.post(check).headers["Location"] == at("plan_view", plan.uid)
    assert "完全一样" in officer.get(check).content.decode()

    page = bureau.get(at("plan_view", plan.uid)).content.decode()
    for words in ("建成展厅", "经科局", "已逾期", "批准生效", "2027年底"):
        assert words in page, words
    assert at("import_upload", plan.uid) not in page
    bureau.post(at("plan_approve", plan.uid))
    plan.refresh_from_db()
    assert plan.state == PlanState.IN_FORCE

    hall = PlanTask.objects.get(number="1")
    noted = {"on": "2026-11-20", "text": "已验收", "percent": "100", "state": "done",
             "file": SimpleUploadedFile("验收.pdf", PDF)}  # fmt: skip
    officer.post(at("progress_add", hall.uid), noted)
    hall.refresh_from_db()
    assert hall.state == TaskState.DONE
    project = world.lead()
    officer.post(at("task_link", hall.uid), {"code": project.code})
    officer.post(at("task_assign", hall.uid), {"owner": world.users["manager"].pk})
    page = officer.get(at("task_view", hall.uid)).content.decode()
    for words in ("已验收", "验收.pdf", project.name, "manager"):
        assert words in page, words
    seen = bureau.get(at("task_view", hall.uid)).content.decode()
    assert "验收.pdf" in seen
    assert project.name not in seen, "not reported"
    officer.post(at("task_unlink", hall.uid), {"kind": "pipeline.project", "to": project.uid})
    assert not hall.links.exists()

    book = officer.get(at("plan_export", plan.uid)).content
    header, *rows = openpyxl.load_workbook(BytesIO(book)).active.iter_rows(values_only=True)
    assert list(header) == ["序号", "类别", "任务", "主要举措", "牵头单位", "配合单位", "完成时限", "状态", "进展"]
    assert rows[0][-2:] == ("已完成", "已验收")
    back = {"file": SimpleUploadedFile("导出.xlsx", book)}
    assert (
        "完全一样"
        in officer.get(officer.post(at("import_upload", plan.uid), back).headers["Location"]).content.decode()
    )


def test_versions_and_the_next_period(sign_in: Any, world: World) -> None:
    officer = sign_in("officer")
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}
    facts = PlanFacts("三年行动计划", date(2025, 1, 1), date(2027, 12, 31))
    plan = draft_plan(outpost=world.outpost, series="三年行动计划", facts=facts, **act)
    officer.post(officer.post(at("import_upload", plan.uid), upload(TABLE)).headers["Location"])
    hall = PlanTask.objects.get(number="1")
    note_progress(task=hall, progress=Progress(world.now.date(), "已验收", state=TaskState.DONE), **act)
    sign_in("bureau").post(at("plan_approve", plan.uid))

    second = officer.post(at("plan_version", plan.uid)).headers["Location"]
    uid = ActionPlan.objects.get(number=2).uid
    assert second == at("plan_view", uid)
    copy = PlanTask.objects.get(plan__uid=uid, number="2")
    said = {"number": "2", "title": "引进30家", "lead_unit": "联络处", "version": copy.version}
    officer.post(at("task_edit", copy.uid), said)
    assert officer.post(at("task_edit", copy.uid), {**said, "title": "引进40家"}).status_code == 409
    page = officer.get(at("plan_changes", uid)).content.decode()
    assert "引进20家" in page
    assert "引进30家" in page
    assert "已验收" in officer.get(at("plan_view", uid)).content.decode(), "what was noted before stays in sight"
    assert officer.post(at("plan_approve", uid)).status_code == 409
    sign_in("lead").post(at("plan_approve", uid))
    told = officer.get(at("plan_view", uid)).context["copy_text"]
    assert "任务 2 项，已完成 1 项，逾期 0 项" in told
    after = {"outpost": world.outpost.pk, "title": "下一期", "period_from": "2028-01-01", "period_to": "2030-12-31"}
    officer.post(at("plan_successor", uid), after)
    assert [each.number for each in ActionPlan.objects.get(number=3).tasks.all()] == ["2"]


def test_lists_and_pages_cost_the_same_at_one_and_three(sign_in: Any, world: World) -> None:
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}
    officer, n, plans = sign_in("officer"), [0], list[ActionPlan]()

    def make(count: int) -> None:
        for _ in range(count):
            n[0] += 1
            facts = PlanFacts(f"计划{n[0]}", date(2025, 1, 1), date(2027, 12, 31))
            plans.append(draft_plan(outpost=world.outpost, series=f"系列{n[0]}", facts=facts, **act))
            facts_of = TaskFacts(str(n[0]), f"任务{n[0]}", group="平台", due_on=date(2026, 1, 1))
            task = add_task(plan=plans[0], facts=facts_of, **act)
            note_progress(task=task, progress=Progress(world.now.date(), "推进"), **act)
            link_task(task=task, code=world.lead(f"项目{n[0]}", contact_name=f"王{n[0]}").code, **act)

    assert_same_queries(make, lambda: officer.get(at("plan_list")), at_most=16)
    assert_same_queries(make, lambda: officer.get(at("plan_view", plans[0].uid)), at_most=26)
    late = officer.get(at("plan_view", plans[0].uid), {"show": "overdue", "unit": "", "words": "任务2"})
    assert [row.cells["number"] for _group, table in late.context["groups"] for row in table.rows] == ["2"]
