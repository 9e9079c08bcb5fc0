"""Action plans: tables from Excel, CSV and Word, approved by the bureau, progress appended, versions compared."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import docx
import pytest
import xlsxwriter

from feidi.domain.liaison.enums import PlanState, TaskState
from feidi.domain.liaison.models import ActionPlan, PlanProgress, PlanTask
from feidi.domain.liaison.selectors.plans import (
    PlanFilter,
    TaskFilter,
    changes_of,
    get_plan,
    grouped,
    lines_of,
    list_plans,
    tasks_of,
)
from feidi.domain.liaison.services.plan_import import export_rows, import_tasks, preview_import
from feidi.domain.liaison.services.plan_tables import read_due, read_table
from feidi.domain.liaison.services.plans import (
    PlanFacts,
    Progress,
    TaskFacts,
    add_task,
    bring_into_force,
    draft_plan,
    edit_task,
    link_task,
    new_period,
    new_version,
    note_progress,
    unlink_task,
    void_plan,
    void_progress,
    void_task,
)
from feidi.domain.pipeline.models import Project
from feidi.engines.findings import RefusedError
from feidi.kernel.audit.verify import verify
from tests.support.world import World

TODAY = date(2026, 11, 23)
HEAD = ["序号", "重点任务", "主要举措", "牵头部门", "配合单位", "完成时间", "进展情况"]
ROWS = [
    ["一、平台建设", "", "", "", "", "", ""],
    ["1", "建成展厅", "布展、验收", "经科局", "联络处、园区", "2026-06-30", "已完成布展"],
    ["2", "引进孵化企业20家", "", "联络处", "经科局", "2026年底", ""],
    ["二、招商引资", "", "", "", "", "", ""],
    ["10", "每年组团赴滨海", "四次以上", "联络处", "", "每年年底前", ""],
    ["9", "开展驻点招商", "", "联络处", "", "2027年6月底", ""],
]


def xlsx(rows: list[list[Any]], *, merged: bool = False) -> bytes:
    """Return a workbook with a title row above, as offices write them."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    page = book.add_worksheet("分解表")
    page.merge_range(0, 0, 0, len(rows[0]) - 1, "云溪区驻滨海三年行动计划重点任务分解表")
    for at, row in enumerate(rows, start=1):
        if merged and not any(row[1:]):
            page.merge_range(at, 0, at, len(row) - 1, row[0])
        else:
            page.write_row(at, 0, row)
    book.close()
    return stream.getvalue()


def word(rows: list[list[str]]) -> bytes:
    """Return a Word file with the table, group rows merged across."""
    document = docx.Document()
    document.add_paragraph("附件：重点任务分解表")
    table = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        cells = table.add_row().cells
        if not any(row[1:]):
            cells[0].merge(cells[-1]).text = row[0]
        else:
            for cell, text in zip(cells, row, strict=True):
                cell.text = text
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def csv_bytes(rows: list[list[str]]) -> bytes:
    """Return the table as Excel saves CSV in China."""
    return "\r\n".join(",".join(row) for row in rows).encode("gb18030")


@pytest.mark.parametrize(
    ("text", "day", "words"),
    [
        ("2026年9月", date(2026, 9, 30), "2026年9月"),
        ("2026年上半年", date(2026, 6, 30), "2026年上半年"),
        ("2027年二季度末", date(2027, 6, 30), "2027年二季度末"),
        ("2026年12月底前", date(2026, 12, 31), "2026年12月底前"),
        ("2024", date(2024, 12, 31), "2024"),
        ("长期", None, "长期"),
        ("2026.3.5", date(2026, 3, 5), ""),
    ],
)
def test_a_day_in_words_counts_from_its_end_and_keeps_its_words(text: str, day: date | None, words: str) -> None:
    assert read_due(text) == (day, words)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (xlsx([HEAD, *ROWS]), "分解表.xlsx"),
        (xlsx([HEAD, *ROWS], merged=True), "分解表.xlsx"),
        (csv_bytes([HEAD, *ROWS]), "分解表.csv"),
        (word([HEAD, *ROWS]), "分解表.docx"),
    ],
)
def test_excel_csv_and_word_read_alike(data: bytes, name: str) -> None:
    table = read_table(data, name)
    assert [row.texts["number"] for row in table.rows] == ["1", "2", "10", "9"]
    assert [row.texts["group"] for row in table.rows] == ["一、平台建设"] * 2 + ["二、招商引资"] * 2
    assert table.rows[0].texts["progress"] == "已完成布展"
    assert dict(table.columns)["重点任务"] == "任务"


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"%PDF-1.4 nothing", "分解表.pdf", "liaison.plan_file_kind"),
        (b"not a zip", "分解表.docx", "liaison.plan_file_kind"),
        (csv_bytes([["姓名", "电话"], ["张三", "1"]]), "名单.csv", "liaison.plan_no_table"),
    ],
)
def test_a_file_that_is_no_table_is_refused(data: bytes, name: str, code: str) -> None:
    with pytest.raises(RefusedError) as caught:
        read_table(data, name)
    assert caught.value.refusal.code == code


def refused(expected: str, act: Any, **given: Any) -> RefusedError:
    """Assert that ``act`` refuses with the code that is expected."""
    with pytest.raises(RefusedError) as caught:
        act(**given)
    assert caught.value.refusal.code == expected
    return caught.value


def ties_are_shown_as_far_as_their_reader_may_know(world: World, tasks: list[PlanTask]) -> None:
    """A task is tied to a project: the home side learns of it once the project is reported."""
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}
    officer, bureau = world.actor("officer"), world.actor("bureau")
    project = world.lead()
    link_task(task=tasks[1], code=project.code, **act)
    refused("liaison.link_unknown", link_task, task=tasks[1], code="没有", **act)
    assert [tie.label for tie in lines_of(officer, tasks, TODAY)[1].ties] == [f"{project.code} {project.name}"]
    assert not lines_of(bureau, tasks, TODAY)[1].ties
    Project.objects.filter(pk=project.pk).update(reported_at=world.now)
    assert lines_of(bureau, tasks, TODAY)[1].ties
    # written past the services, so that the trail does not know of it
    Project.objects.filter(pk=project.pk).update(reported_at=None)


@pytest.mark.django_db
def test_a_plan_lives(world: World) -> None:
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}
    officer, bureau = world.actor("officer"), world.actor("bureau")
    facts = PlanFacts("三年行动计划（2025—2027年）", date(2025, 1, 1), date(2027, 12, 31), "云府〔2025〕3号")
    plan = draft_plan(outpost=world.outpost, series="三年行动计划", facts=facts, **act)
    refused("liaison.plan_series_taken", draft_plan, outpost=world.outpost, series="三年行动计划", facts=facts, **act)
    refused("liaison.plan_empty", bring_into_force, actor=bureau, now=world.now, plan=plan)

    # nothing half-written: one wrong row, no row
    wrong = [HEAD, *ROWS, ["1", "又一个", "", "", "", "", ""], ["", "", "没写任务的举措", "", "", "", ""]]
    error = refused("liaison.plan_rows_wrong", import_tasks, plan=plan, data=xlsx(wrong), name="a.xlsx", **act)
    assert {each.code for each in error.refusal.reasons} == {"liaison.row_number_twice", "liaison.row_no_title"}
    assert not PlanTask.objects.exists()
    preview = import_tasks(plan=plan, data=xlsx([HEAD, *ROWS]), name="a.xlsx", **act)
    assert (preview.new, preview.altered, preview.wrong) == (4, 0, 0)
    assert PlanTask.objects.get(number="1").state == TaskState.UNDER_WAY

    tasks = tasks_of(plan, TaskFilter(), TODAY)
    assert [each.number for each in tasks] == ["1", "2", "9", "10"], "as people count"
    lines = lines_of(officer, tasks, TODAY)
    assert [group for group, _lines in grouped(lines)] == ["一、平台建设", "二、招商引资"]
    assert [each.late for each in lines] == [True, False, False, False]
    assert [each.number for each in tasks_of(plan, TaskFilter(show="overdue"), TODAY)] == ["1"]

    # approved by the bureau; from then on the text stands, progress goes on
    refused("parties.not_permitted", bring_into_force, plan=plan, **act)
    bring_into_force(actor=bureau, now=world.now, plan=plan)
    plan = get_plan(officer, plan.uid)
    assert plan.state == PlanState.IN_FORCE
    extra = TaskFacts("11", "加一项")
    refused("liaison.plan_not_draft", add_task, plan=plan, facts=extra, **act)
    refused("liaison.plan_not_draft", edit_task, task=tasks[0], facts=extra, **act)
    refused("liaison.plan_not_draft", void_plan, plan=plan, reason="x", **act)
    note = note_progress(task=tasks[1], progress=Progress(TODAY, "已引进12家", percent=60), **act)
    note_progress(task=tasks[1], progress=Progress(TODAY, "记错了", percent=90), **act)
    void_progress(progress=PlanProgress.objects.get(text="记错了"), reason="重复", **act)
    refused("liaison.percent_range", note_progress, task=tasks[1], progress=Progress(TODAY, "x", percent=101), **act)
    later = Progress(TODAY + timedelta(days=1), "x")
    refused("liaison.progress_future", note_progress, task=tasks[1], progress=later, **act)
    note_progress(task=tasks[0], progress=Progress(TODAY, "验收", percent=100, state=TaskState.DONE), **act)
    refused("parties.not_permitted", note_progress, actor=bureau, now=world.now, task=tasks[1], progress=later)
    lines = lines_of(officer, tasks_of(plan, TaskFilter(), TODAY), TODAY)
    assert [each.late for each in lines] == [False, False, False, False]
    assert lines[1].latest == note

    # out and in again: nothing new; of a version in force only state and progress are taken
    header, rows = export_rows(lines)
    again = preview_import(plan=plan, data=xlsx([header, *rows]), name="b.xlsx")
    assert (again.new, again.altered, again.wrong, again.untouched) == (0, 0, 0, ())
    frozen = [[*row] for row in rows]
    frozen[1][2] = "引进30家"
    error = refused("liaison.plan_rows_wrong", import_tasks, plan=plan, data=xlsx([header, *frozen]), name="b", **act)
    assert error.refusal.reasons[0].code == "liaison.row_frozen"
    rows[2][7:] = ["推进中", "已派两人驻点"]
    import_tasks(plan=plan, data=xlsx([header, *rows]), name="b.xlsx", **act)
    assert PlanTask.objects.get(number="9").state == TaskState.UNDER_WAY

    ties_are_shown_as_far_as_their_reader_may_know(world, tasks)
    assert verify().faults == ()


@pytest.mark.django_db
def test_versions_and_successors(world: World) -> None:
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}
    officer, bureau = world.actor("officer"), world.actor("bureau")
    facts = PlanFacts("三年行动计划（2025—2027年）", date(2025, 1, 1), date(2027, 12, 31))
    plan = draft_plan(outpost=world.outpost, series="三年行动计划", facts=facts, **act)
    import_tasks(plan=plan, data=csv_bytes([HEAD, *ROWS]), name="a.csv", **act)
    plan = bring_into_force(actor=bureau, now=world.now, plan=plan)
    tasks, extra = tasks_of(plan, TaskFilter(), TODAY), TaskFacts("11", "加一项")
    note = note_progress(task=tasks[1], progress=Progress(TODAY, "已引进12家", percent=60), **act)
    link_task(task=tasks[1], code=world.lead().code, **act)
    note_progress(task=tasks[0], progress=Progress(TODAY, "验收", percent=100, state=TaskState.DONE), **act)

    # the next version knows what it changed, keeps what was noted, and supersedes
    second = new_version(plan=plan, **act)
    refused("liaison.plan_draft_exists", new_version, plan=plan, **act)
    copies = tasks_of(second, TaskFilter(), TODAY)
    assert lines_of(officer, copies, TODAY)[1].latest == note, "what was noted before stays in sight"
    changed = TaskFacts("2", "引进孵化企业30家", "一、平台建设", "", "联络处", "经科局", date(2027, 12, 31))
    edit_task(task=copies[1], facts=changed, **act)
    void_task(task=copies[3], reason="合并", **act)
    add_task(plan=second, facts=extra, **act)
    found = changes_of(second)
    assert [(each.before and each.before.number, each.after and each.after.number) for each in found] == [
        ("2", "2"), (None, "11"), ("10", None),
    ]  # fmt: skip
    assert found[0].fields == ("title", "due_on", "due_text")
    bring_into_force(actor=world.actor("lead"), now=world.now, plan=second)
    assert ActionPlan.objects.get(pk=plan.pk).state == PlanState.SUPERSEDED
    refused("liaison.plan_closed", note_progress, task=tasks[1], progress=Progress(TODAY, "x"), **act)
    unlink_task(task=copies[1], subject=lines_of(officer, copies, TODAY)[1].ties[0].subject, **act)
    assert not lines_of(officer, copies, TODAY)[1].ties

    # the successor of a later period carries over what is not finished
    soon = PlanFacts("三年行动计划（2027—）", date(2027, 6, 1), date(2028, 1, 1))
    refused("liaison.plan_period_after", new_period, plan=second, facts=soon, **act)
    third = new_period(plan=second, facts=PlanFacts("下一期", date(2028, 1, 1), date(2030, 12, 31)), **act)
    assert [each.number for each in tasks_of(third, TaskFilter(), TODAY)] == ["2", "9", "11"]
    bring_into_force(actor=bureau, now=world.now, plan=third)
    assert ActionPlan.objects.get(pk=second.pk).state == PlanState.ENDED
    assert [each.number for each in list_plans(bureau, PlanFilter(), TODAY)] == [3, 2, 1]
    assert list_plans(bureau, PlanFilter(state="ended"), TODAY).get().task_count == 4
    assert not list_plans(world.actor("rival_bureau"), PlanFilter(), TODAY)
    assert verify().faults == ()
