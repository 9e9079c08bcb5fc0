"""Periodic reports: one body, three forms; edited in words only, approved by another, sent once, archived under a digest."""

from __future__ import annotations

import io
import re
from datetime import date, datetime, timedelta
from typing import Any

import docx
import pytest
from django.db import IntegrityError, transaction
from openpyxl import load_workbook

from feidi.domain.parties.models import Outpost
from feidi.domain.pipeline.models import Project, StageLog
from feidi.domain.reporting.enums import ReportFormat, ReportState
from feidi.domain.reporting.models import Report, ReportFile
from feidi.domain.reporting.report_periods import read_term, term_of
from feidi.domain.reporting.selectors.figures import view_of
from feidi.domain.reporting.selectors.indicators import indicators_for
from feidi.domain.reporting.selectors.report_body import body_as_json, body_from_json, plain_text, shown_sections
from feidi.domain.reporting.selectors.report_content import report_content
from feidi.domain.reporting.selectors.reports import body_of, get_report, list_reports, verify
from feidi.domain.reporting.services.closings import close_period
from feidi.domain.reporting.services.report_building import Order, build_body, order_of
from feidi.domain.reporting.services.report_rendering import render
from feidi.domain.reporting.services.reports import (
    approve_report,
    archive_report,
    check_copy,
    draft_report,
    edit_texts,
    refresh_report,
    revise_report,
    shown_text,
    stamp_of,
    void_report,
)
from feidi.engines.findings import RefusedError
from feidi.kernel.files.services import path_of
from tests.support.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_is_enough]


def order(world: World, kind: str = "monthly", period: str = "", **more: Any) -> Order:
    content = report_content(world.outpost, world.now.date()).kind(kind)
    term = read_term(content.period, period) if period else term_of(content.period, world.now.date())
    outpost = Outpost.objects.select_related("home", "host").get(pk=world.outpost.pk)
    return order_of(outpost, content, term, world.now, **more)


def filled(world: World) -> None:
    """One signed and reported, one signed and not reported, one lead."""
    told = world.to_signed(world.lead("甲项目"))
    world.to_signed(world.lead("乙项目", "滨海乙有限公司"))
    world.lead("丙项目", "滨海丙有限公司")
    Project.objects.filter(pk=told.pk).update(reported_at=world.now, coordination="请协调场地")


def draft(world: World, kind: str = "monthly", **more: Any) -> Report:
    made = draft_report(actor=world.actor("officer"), now=world.now, order=order(world, kind, **more))
    return get_report(world.actor("officer"), made.uid)


def approved(world: World, kind: str = "monthly") -> Report:
    row = draft(world, kind)
    approve_report(actor=world.actor("lead"), now=world.now, report=row, version=row.version)
    return get_report(world.actor("officer"), row.uid)


def bytes_of(report: Report, form: str) -> bytes:
    return path_of(report.files.get(form=form).file).read_bytes()


def words_of(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


def test_one_body_says_what_the_page_says(world: World) -> None:
    filled(world)
    body = build_body(world.actor("officer"), order(world))
    assert body_from_json(body_as_json(body)) == body_from_json(body_as_json(body_from_json(body_as_json(body))))
    said = plain_text(body, next(iter(body.texts()))[1].template)
    assert said.startswith("截至11月23日，本年签约2个，完成年度任务30个的6.7%，序时进度89.6%，慢82.9个百分点。")
    assert "2026年11月新增线索3个，新签约2个，新核实落地0个；现有在谈项目1个。" in said
    asked = order(world)
    view = view_of(world.actor("officer"), (asked.outpost,), asked.term.days, asked.as_of)
    ids = next(block.ids for section in body.sections for block in section.blocks if block.kind == "figures")
    assert len(ids) == 10
    for each in indicators_for(view, ids):
        assert body.figures[each.code].text == each.value_text, "the report and the page read the same figure"
        assert body.figures[each.code].beside == each.beside
        assert body.figures[each.code].as_of == "2026-11-23"


def test_only_reported_names_go_to_a_government(world: World) -> None:
    filled(world)
    for kind in ("monthly", "quarterly-home", "quarterly-host", "yearly", "visit"):
        told = str(body_as_json(build_body(world.actor("officer"), order(world, kind))))
        assert "乙项目" not in told, kind
        assert "滨海乙" not in told, kind
    monthly = build_body(world.actor("officer"), order(world))
    assert "甲项目" in str(monthly.sections)
    assert "另有1个项目尚未报送，只计数，不列名称。" in str(monthly.sections)
    weekly = build_body(world.actor("officer"), order(world, "weekly"))
    assert "乙项目" in str(weekly.sections), "inside everybody is named"
    assert len(weekly.chat) <= 300


def test_the_two_governments_read_different_reports(world: World) -> None:
    filled(world)
    home, host = (
        build_body(world.actor("officer"), order(world, each)) for each in ("quarterly-home", "quarterly-host")
    )
    assert home.sections[0].heading == "云州市云溪区得到了什么"
    assert host.sections[0].heading.endswith("得到了什么")
    assert host.sections[0].heading != home.sections[0].heading
    assert home.head["copies"]
    assert not host.head["copies"], "the home side's list of copies is no matter of the host side"


def test_three_forms_say_the_same(world: World) -> None:
    filled(world)
    row = approved(world)
    body = body_of(row)
    word = words_of(bytes_of(row, "docx"))
    book = load_workbook(io.BytesIO(bytes_of(row, "xlsx")))
    sheet = book["指标"]
    by_label = {line[0].value: line for line in sheet.iter_rows(min_row=2)}
    for each in body.figures.values():
        assert each.text in word, each.label
        cell = by_label[each.label][1]
        if each.value is None:
            assert cell.value is None, "what is not known has no number"
            assert by_label[each.label][3].value == each.text
        else:
            assert cell.value == pytest.approx(float(each.value) / (100 if each.unit == "%" else 1))
    assert bytes_of(row, "pdf").startswith(b"%PDF")
    assert row.title in book["正文"]["A1"].value
    assert "甲项目" in str([cell.value for line in book["本月签约项目"].iter_rows() for cell in line])
    stamp = stamp_of(row)
    for form in ReportFormat:
        assert render(body, stamp, form) == bytes_of(row, form), f"{form}: equal input, equal bytes"


@pytest.mark.parametrize("kind", ["weekly", "monthly", "quarterly-home", "quarterly-host", "yearly", "incubator"])
def test_nothing_on_record_is_said_and_nothing_claimed(world: World, kind: str) -> None:
    asked = order(
        world,
        kind,
        period={"weekly": "2024-W10", "monthly": "2024-03"}.get(
            kind, "2024" if kind in {"yearly", "incubator"} else "2024-Q1"
        ),
    )
    body = build_body(world.actor("officer"), asked)
    assert body.empty
    assert not body.figures
    assert body.chat == ""
    said = [block for section in shown_sections(body) for block in section.blocks]
    assert [each.kind for each in said] == ["note"]
    assert "没有这个驻点的任何登记" in said[0].template
    stamp = stamp_of(Report(number="1", title="x", uid="abc", state="draft", created_at=world.now))
    word = words_of(render(body, stamp, ReportFormat.DOCX))
    assert not {"0个", "指标", "序号"} & set(re.findall(r"0个|指标|序号", word)), "no empty table, no 0"
    with pytest.raises(RefusedError, match=r"reports\.nothing"):
        draft_report(actor=world.actor("officer"), now=world.now, order=asked)


def test_a_period_to_come_and_a_stranger_are_refused(world: World) -> None:
    with pytest.raises(RefusedError, match=r"reports\.future"):
        order(world, period="2027-01")
    with pytest.raises(RefusedError, match="not_permitted"):
        draft_report(actor=world.actor("bureau"), now=world.now, order=order(world))
    with pytest.raises(RefusedError, match="not_permitted"):
        draft_report(actor=world.actor("rival"), now=world.now, order=order(world))
    for text in ("2026-13", "2026-W60", "x", "1999-01", "2026"):
        with pytest.raises(RefusedError, match=r"reports\.bad_period"):
            order(world, period=text)


def test_texts_are_edited_and_figures_are_not(world: World) -> None:
    filled(world)
    row = draft(world)
    body = body_from_json(row.body)
    code, template = next((block.code, block.template) for _section, block in body.texts() if block.code == "overview")
    shown = shown_text(body, template)
    assert "【累计签约：2个】" in shown
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}

    def edit(text: str, version: int = row.version, code: str = code) -> Report:
        return edit_texts(report=row, texts={code: text}, version=version, **act)

    for wrong in ("【累计签约：3个】", "【签约】", "【】"):
        with pytest.raises(RefusedError, match="text_figure_changed"):
            edit(f"今年{wrong}")
    with pytest.raises(RefusedError, match="text_unknown"):
        edit("x", code="nowhere")
    with pytest.raises(RefusedError, match="text_too_long"):
        edit("长" * 4001)
    kept = edit("今年【累计签约：2个】，{K08_year}好于去年。\n第二段。")
    assert kept.texts == {code: "今年{K08_year}，｛K08_year｝好于去年。\n第二段。"}
    with pytest.raises(RefusedError, match=r"reports\.changed"):
        edit("又改")
    again = get_report(world.actor("officer"), row.uid)
    body = body_of(again)
    assert plain_text(body, again.texts[code]).startswith("今年2个，｛")
    word = words_of(render(body, stamp_of(again), ReportFormat.DOCX))
    assert "今年2个，" in word
    assert "第二段。" in word
    world.to_signed(world.lead("丁项目", "滨海丁有限公司"))
    fresh = refresh_report(report=again, **act)
    assert plain_text(body_of(fresh), fresh.texts[code]).startswith("今年3个，"), "the text stays, its figure is new"
    back = edit_texts(
        report=fresh, texts={code: shown_text(body_from_json(fresh.body), template)}, version=fresh.version, **act
    )
    assert back.texts == {}, "as it was is not edited"


def test_another_approves_and_nothing_changes_after(world: World) -> None:
    filled(world)
    row = draft_report(actor=world.actor("lead"), now=world.now, order=order(world))
    row = get_report(world.actor("lead"), row.uid)
    with pytest.raises(RefusedError, match="own_report"):
        approve_report(actor=world.actor("lead"), now=world.now, report=row, version=row.version)
    with pytest.raises(RefusedError, match="not_permitted"):
        approve_report(actor=world.actor("officer"), now=world.now, report=row, version=row.version)
    world.user("second", "operator_lead", outpost=world.outpost)
    with pytest.raises(RefusedError, match=r"reports\.changed"):
        approve_report(actor=world.actor("second"), now=world.now, report=row, version=row.version + 1)
    with pytest.raises(RefusedError, match="not_approved"):
        archive_report(actor=world.actor("officer"), now=world.now, report=row)
    done = approve_report(actor=world.actor("second"), now=world.now, report=row, version=row.version)
    assert (done.state, done.files.count(), len(done.sha256)) == (ReportState.APPROVED, 3, 64)
    for verb in (refresh_report, edit_texts):
        more: dict[str, Any] = {"texts": {}, "version": done.version} if verb is edit_texts else {}
        with pytest.raises(RefusedError, match="not_draft"):
            verb(actor=world.actor("officer"), now=world.now, report=done, **more)
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=done.pk).update(approved_by_id_number=done.made_by_id_number)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportFile.objects.create(
            report=done, form="pdf", file=done.files.first().file, sha256="", created_at=world.now
        )


def test_the_archive_tells_what_was_altered(world: World) -> None:
    filled(world)
    row = approved(world)
    archive_report(actor=world.actor("officer"), now=world.now, report=row)
    row = get_report(world.actor("officer"), row.uid)
    assert [each.code for each in verify(row)] == ["reports.verified"] * 4
    with pytest.raises(RefusedError, match="archived_already"):
        archive_report(actor=world.actor("officer"), now=world.now, report=row)
    with pytest.raises(RefusedError, match="archived_already"):
        void_report(actor=world.actor("officer"), now=world.now, report=row, reason="x")
    path = path_of(row.files.get(form="docx").file)
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    told = {each.params["what"]: each.code for each in verify(row)}
    assert sorted(told.values()) == ["reports.altered", *["reports.verified"] * 3]
    assert next(name for name, code in told.items() if code == "reports.altered").endswith(".docx")
    path.unlink()
    assert [each.code for each in verify(row)].count("reports.missing") == 1
    Report.objects.filter(pk=row.pk).update(body={**row.body, "title": "别的"})
    assert verify(get_report(world.actor("officer"), row.uid))[0].code == "reports.altered"


def test_a_change_is_a_new_revision(world: World) -> None:
    filled(world)
    row = approved(world)
    with pytest.raises(RefusedError, match=r"reports\.there"):
        draft(world)
    world.to_signed(world.lead("丁项目", "滨海丁有限公司"))
    new = revise_report(actor=world.actor("officer"), now=world.now, report=row)
    assert (new.number, new.revision, new.supersedes, new.state) == (row.number, 2, row, ReportState.DRAFT)
    assert body_of(new).figures["K08_year"].value == "3"
    assert body_of(get_report(world.actor("officer"), row.uid)).figures["K08_year"].value == "2"
    with pytest.raises(RefusedError, match="superseded"):
        revise_report(actor=world.actor("officer"), now=world.now, report=row)
    with pytest.raises(RefusedError, match="void_needs_reason"):
        void_report(actor=world.actor("officer"), now=world.now, report=new, reason=" ")
    void_report(actor=world.actor("officer"), now=world.now, report=new, reason="期间选错")
    third = revise_report(actor=world.actor("officer"), now=world.now, report=row)
    assert third.revision == 3


def test_a_copy_edited_outside_is_checked(world: World) -> None:
    filled(world)
    row = approved(world)
    document = docx.Document(io.BytesIO(bytes_of(row, "docx")))
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            if run.text == "2个":
                run.text = "5个"
                break
    buffer = io.BytesIO()
    document.save(buffer)
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now, "report": row}
    checked = check_copy(name="改稿.docx", data=buffer.getvalue(), **act)
    wrong = [each for each in checked.mismatches if each["code"] == "office.figure_differs"]
    assert wrong
    assert {each["found"] for each in wrong} == {"5"}
    same = check_copy(name="原稿.docx", data=bytes_of(row, "docx"), **act)
    assert same.mismatches == []
    with pytest.raises(RefusedError, match="other_kind_of_file"):
        check_copy(name="x.pdf", data=b"x", **act)
    other = approved(world, "quarterly-home")
    with pytest.raises(RefusedError, match="other_paper"):
        check_copy(name="x.docx", data=bytes_of(other, "docx"), **act)


def test_reports_are_the_outposts_own(world: World) -> None:
    filled(world)
    row = draft(world)
    assert [each.uid for each in list_reports(world.actor("lead"))] == [row.uid]
    for role in ("rival", "bureau", "tenant", "admin"):
        assert not list_reports(world.actor(role)).exists(), role


def test_a_closed_period_says_what_was_frozen_and_what_was_corrected(world: World) -> None:
    filled(world)
    later = datetime.fromisoformat("2026-12-02T10:00:00+08:00")
    close_period(actor=world.actor("lead"), now=later, outpost=world.outpost, period="2026-11")
    world.now = later
    asked = order(world, period="2026-11")
    assert not [
        each.correction for each in build_body(world.actor("officer"), asked).figures.values() if each.correction
    ]
    world.contract(world.to_signed(world.lead("戊项目", "滨海戊有限公司", now=world.now - timedelta(days=9))))
    StageLog.objects.filter(project__name="戊项目").update(occurred_on=date(2026, 11, 29))
    Project.objects.filter(name="戊项目").update(created_at=datetime.fromisoformat("2026-11-29T10:00:00+08:00"))
    body = build_body(world.actor("officer"), asked)
    leads = body.figures["K01"]
    assert (leads.value, leads.frozen) == ("3", "3个")
    assert leads.correction.startswith("线索数更正（")
    assert "3个 → 4个" in leads.correction
    assert body.figures["K01_term"].value == "3", "a sentence says the frozen figure too"
    stamp = stamp_of(Report(number="1", title="x", uid="abc", state="draft", created_at=world.now))
    assert "3个 → 4个" in words_of(render(body, stamp, ReportFormat.DOCX))
    sheet = load_workbook(io.BytesIO(render(body, stamp, ReportFormat.XLSX)))["指标"]
    line = next(each for each in sheet.iter_rows(min_row=2) if each[0].value == "线索数")
    assert [line[1].value, line[11].value] == [3, "3个"]
    assert "3个 → 4个" in line[12].value
