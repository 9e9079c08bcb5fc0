"""The Friday button: one snapshot, three outputs; what is new, what changed since, what was edited afterwards."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import docx
import pytest
from openpyxl import load_workbook

from feidi.domain.pipeline.models import Project
from feidi.domain.reporting.models import BoundForm, FormFilling, IssuedPaper
from feidi.domain.reporting.selectors.forms import bytes_of, get_form, list_forms, standings_of
from feidi.domain.reporting.selectors.paper_content import paper_content
from feidi.domain.reporting.selectors.paper_lists import highlights, own_words
from feidi.domain.reporting.selectors.paper_sources import is_source, source_label
from feidi.domain.reporting.selectors.papers import Snapshot, differences, get_run, list_papers, snapshot_of
from feidi.domain.reporting.services.forms import (
    BlankForm,
    add_form,
    bind_place,
    move_all,
    move_binding,
    revise_form,
    unbind_place,
    void_form,
)
from feidi.domain.reporting.services.friday import Press, press_friday
from feidi.domain.reporting.services.paper_writing import Wording
from feidi.domain.reporting.services.papers import Issue, check_edited, finding_of, issue_paper, void_paper
from feidi.engines.findings import RefusedError
from feidi.kernel.messages import text_of
from feidi.portals.cli.demonstration.friday import (
    WEEKLY,
    WEEKLY_BINDINGS,
    WORD_BINDINGS,
    WORD_FORM,
    weekly_workbook,
    word_form,
)
from tests.support.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_is_enough]


def bound(world: World, *, word: bool = False) -> BoundForm:
    name, data, bindings = (
        (WORD_FORM, word_form(), WORD_BINDINGS) if word else (WEEKLY, weekly_workbook(), WEEKLY_BINDINGS)
    )
    blank = BlankForm(name, f"{name}.{'docx' if word else 'xlsx'}", data, "云溪区经科局（演示）")
    form = add_form(actor=world.actor("officer"), now=world.now, outpost=world.outpost, blank=blank)
    for place, source in bindings.items():
        bind_place(actor=world.actor("officer"), now=world.now, form=form, place=place, source=source)
    return get_form(world.actor("officer"), form.uid)


def snapshot(world: World, days_ago: int = 0, span: str = "week", **more: Any) -> Snapshot:
    day = world.now.date() - timedelta(days=days_ago)
    return snapshot_of(world.actor("officer"), world.outpost, day, span, **more)


def press(world: World, taken: Snapshot, **more: Any) -> Any:
    return press_friday(actor=world.actor("officer"), now=world.now, snapshot=taken, press=Press(**more))


def sheet_of(filling: FormFilling, name: str = "周报") -> Any:
    return load_workbook(io.BytesIO(bytes_of(filling.file)))[name]


def red(cell: Any) -> bool:
    return bool(cell.font.color is not None and str(cell.font.color.rgb).endswith("FF0000"))


def test_three_outputs_say_the_same(world: World) -> None:
    signed = world.to_signed(world.lead("甲项目"))
    world.lead("乙项目", "滨海乙有限公司")
    Project.objects.filter(pk=signed.pk).update(reported_at=world.now)
    forms = [bound(world), bound(world, word=True)]
    taken = snapshot(world)
    words = {"highlights": "甲项目完成签约", "problems": "实验条件待落实", "coordination": "请协调场地\n请协调用电"}
    made = press(world, taken, forms=forms, kinds=("briefing", "bulletin"), wording=Wording(words))
    assert made.skipped == ()
    weekly, word = made.fillings
    sheet = sheet_of(weekly)
    assert (sheet["C6"].value, sheet["D6"].value, sheet["C5"].value, sheet["B10"].value) == (1, 30, 2, "甲项目完成签约")
    assert sheet["E6"].value == pytest.approx(0.033)
    assert red(sheet["C6"]), "the first time all is new"
    listed = sheet_of(weekly, "签约项目")
    assert [listed.cell(3, at).value for at in (1, 2, 5)] == [1, "甲项目", 300]
    assert listed["B4"].value is None, "nobody else signed"
    document = docx.Document(io.BytesIO(bytes_of(word.file)))
    assert document.tables[0].cell(1, 3).text == "1"
    assert [each.text for each in document.paragraphs][2] == "截至日期：2026年11月23日"
    report, bulletin = made.papers
    assert (report.number, report.title) == ("云滨情况〔2026〕1号", "关于本周招商引资工作情况的汇报")
    text = "\n".join(each.text for each in docx.Document(io.BytesIO(bytes_of(report.file))).paragraphs)
    assert "截至11月23日，签约1个，完成年度任务30个的3.3%，序时进度89.6%，慢86.3个百分点。签约金额300万元。" in text
    assert "四、下一步计划" not in text, "what nobody wrote is left out"
    assert "请协调场地。\n请协调用电。" in text
    chat = report.chat_text
    assert chat.startswith("截至11月23日，签约1个，完成年度任务30个的3.3%，序时进度89.6%，慢86.3个百分点；")
    assert "线索2个（本周新增2个）" in chat
    assert len(chat) <= 300
    assert bulletin.chat_text == chat == weekly.figures["chat"]
    whole = "\n".join(each.text for each in docx.Document(io.BytesIO(bytes_of(bulletin.file))).paragraphs)
    assert "第1期" in whole
    assert "云滨产业协同简报（演示）" in whole
    run = get_run(world.actor("officer"), made.uid)
    assert {each.uid for each in run.fillings} == {weekly.uid, word.uid}
    assert len(run.papers) == 2
    values = {one["id"]: one["value"] for one in run.figures}
    for row in (*(each.figures["figures"] for each in made.fillings), *(each.figures for each in made.papers)):
        assert all(values[one["id"]] == one["value"] for one in row)
    with pytest.raises(IssuedPaper.DoesNotExist):
        get_run(world.actor("bureau"), made.uid)
    assert not list_papers(world.actor("rival")).exists()


def test_red_is_new_against_the_time_before(world: World) -> None:
    world.lead("甲项目")
    form = bound(world)
    press(world, snapshot(world, 7), forms=[form])
    filling = press(world, snapshot(world), forms=[form]).fillings[0]
    sheet = sheet_of(filling)
    assert red(sheet["C5"]), "a lead more than a week ago"
    assert not red(sheet["D6"]), "the task is the same"
    assert {each["place"] for each in filling.figures["changed"]} >= {"周报!C5", "周报!E2"}
    again = press(world, snapshot(world), forms=[form]).fillings[0]
    assert again.file.sha256 == filling.file.sha256, "the same day gives the same file"
    assert FormFilling.objects.filter(form=form).count() == 3


def under_plaques(world: World) -> None:
    """Two signed under the liaison office, one of them under the centre too; one signed under none."""
    world.to_signed(world.lead("甲项目", plaques=["liaison"]))
    world.to_signed(world.lead("乙项目", "滨海乙有限公司", plaques=["liaison", "centre"]))
    world.to_signed(world.lead("丙项目", "滨海丙有限公司"))
    Project.objects.update(reported_at=world.now)


def test_a_paper_of_a_plaque_says_that_plaques_figures(world: World) -> None:
    under_plaques(world)
    officer = world.actor("officer")
    whole = snapshot(world)
    figures = {each: snapshot(world, plaque=each).figures["K08_year"].value for each in ("liaison", "centre")}
    assert (whole.figures["K08_year"].value, figures) == (3, {"liaison": 2, "centre": 1})
    taken = snapshot(world, plaque="liaison")
    assert (taken.unplaced, whole.unplaced) == (1, 0)
    assert "K08_task" in whole.figures
    assert "K08_task" not in taken.figures, "the year's task is the outpost's"
    assert "甲项目、乙项目" in highlights(officer, taken)
    assert "丙项目" not in highlights(officer, taken)
    paper = issue_paper(actor=officer, now=world.now, snapshot=whole, issue=Issue("briefing", "liaison", Wording()))
    text = "\n".join(each.text for each in docx.Document(io.BytesIO(bytes_of(paper.file))).paragraphs)
    assert "签约2个" in text
    assert "年度任务" not in text
    assert "签约2个" in paper.chat_text
    kept = next(one for one in paper.figures if one["id"] == "K08_year")
    assert (kept["value"], len(kept["rows"])) == ("2", 2)
    assert differences(officer, paper.figures, taken) == ()
    with pytest.raises(RefusedError) as refused:
        snapshot(world, plaque="no_such")
    assert refused.value.refusal.code == "papers.unknown_plaque"


def test_a_plaques_own_form_is_filled_with_its_own_figures(world: World) -> None:
    """One press for the whole outpost: the form of the liaison office says the liaison office's."""
    under_plaques(world)
    officer, common = world.actor("officer"), bound(world)
    blank = BlankForm("联络处周报", "联络处周报.xlsx", weekly_workbook(), plaque="liaison")
    own = add_form(actor=officer, now=world.now, outpost=world.outpost, blank=blank)
    for place, source in WEEKLY_BINDINGS.items():
        bind_place(actor=officer, now=world.now, form=own, place=place, source=source)
    forms = [common, get_form(officer, own.uid)]
    made = press(world, snapshot(world), forms=forms, kinds=("briefing",))
    first, second = made.fillings
    assert (sheet_of(first)["C6"].value, sheet_of(second)["C6"].value) == (3, 2)
    run = get_run(officer, made.uid)
    assert run.plaque == ""
    assert next(one["value"] for one in run.figures if one["id"] == "K08_year") == "3", "not mixed with a plaque's"
    under = press(world, snapshot(world, plaque="liaison"), forms=forms, kinds=("briefing",), plaque="liaison")
    assert [sheet_of(each)["C6"].value for each in under.fillings] == [2, 2]
    run = get_run(officer, under.uid)
    assert (run.plaque, next(one["value"] for one in run.figures if one["id"] == "K08_year")) == ("liaison", "2")


def test_a_new_layout_is_named_and_confirmed(world: World) -> None:
    officer, form = world.actor("officer"), bound(world)
    new = revise_form(actor=officer, now=world.now, form=form, file_name="新表.xlsx", data=weekly_workbook(above=2))
    moved = {
        each.binding.place: each.proposals
        for each in standings_of(get_form(officer, new.uid))
        if each.proposals is not None
    }
    assert moved["周报!C6"] == ("周报!C8",)
    assert "周报!B2" not in moved
    made = press(world, snapshot(world), forms=[get_form(officer, new.uid)], kinds=("briefing",))
    assert made.fillings == ()
    assert "的版式变了" in text_of(made.skipped[0])
    move_binding(actor=officer, now=world.now, form=new, place="周报!C6", to="周报!C8")
    assert len(get_form(officer, new.uid).bindings) == len(form.bindings), "what waits at that place is not lost"
    assert move_all(actor=officer, now=world.now, form=get_form(officer, new.uid)) == len(moved) - 1
    new = get_form(officer, new.uid)
    assert all(each.proposals is None for each in standings_of(new))
    assert len(new.bindings) == len(form.bindings)
    assert sheet_of(press(world, snapshot(world), forms=[new]).fillings[0])["D8"].value == 30
    with pytest.raises(RefusedError) as refused:
        bind_place(actor=officer, now=world.now, form=form, place="周报!B9", source="K08_week")
    assert refused.value.refusal.code == "papers.form_superseded"
    unbind_place(actor=officer, now=world.now, form=new, place="周报!D8")
    void_form(actor=officer, now=world.now, form=new, reason="改用网上填报")
    assert not list_forms(officer).exists()


def test_eleven_is_not_thirteen(world: World) -> None:
    officer = world.actor("officer")
    for at in range(11):
        world.to_signed(world.lead(f"项目{at}", f"滨海第{at}有限公司"))
    issue = Issue("briefing", "", Wording({"highlights": "本周到访3批"}))
    paper = issue_paper(actor=officer, now=world.now, snapshot=snapshot(world, 0, "month"), issue=issue)
    document = docx.Document(io.BytesIO(bytes_of(paper.file)))
    next(run for each in document.paragraphs for run in each.runs if run.text == "11个").text = "13个"
    document.add_paragraph("另有意向投资9000万元。")
    stream = io.BytesIO()
    document.save(stream)
    checked = check_edited(actor=officer, now=world.now, paper=paper, name="改稿.docx", data=stream.getvalue())
    told = [text_of(finding_of(each)) for each in checked.mismatches]
    assert told[0] == "第1段：13 与台账 11 不符（截至2026-11-23）"
    assert any("9000万元 无出处" in each for each in told)
    assert checked.edited is not None
    assert checked.edited.name == "改稿.docx"
    other = issue_paper(actor=officer, now=world.now, snapshot=snapshot(world), issue=issue)
    assert (paper.number, other.number) == ("云滨情况〔2026〕1号", "云滨情况〔2026〕2号")
    for name, data, code in (
        ("改稿.docx", bytes_of(other.file), "papers.other_paper"),
        ("改稿.wps", b"x", "papers.other_kind_of_file"),
    ):
        with pytest.raises(RefusedError) as refused:
            check_edited(actor=officer, now=world.now, paper=paper, name=name, data=data)
        assert refused.value.refusal.code == code
    void_paper(actor=officer, now=world.now, paper=other, reason="重复出稿")
    third = issue_paper(actor=officer, now=world.now, snapshot=snapshot(world), issue=issue)
    assert third.number.endswith("〕3号")


def test_a_difference_is_explained_by_its_rows(world: World) -> None:
    first = world.lead("甲项目")
    made = press(world, snapshot(world), kinds=("briefing",))
    kept = made.papers[0].figures
    assert differences(world.actor("officer"), kept, snapshot(world)) == ()
    late = world.lead("补录的", "滨海乙有限公司", now=world.now + timedelta(hours=1))
    found = {each.figure.id: each for each in differences(world.actor("officer"), kept, snapshot(world))}
    changed = found["K01_year"]
    assert (changed.figure.number, changed.now and changed.now.number) == ("1", "2")
    assert (changed.came, changed.went) == ((late,), ())
    # as it was known when it was issued, it is what was issued
    assert differences(world.actor("officer"), kept, snapshot(world, known_at=world.now)) == ()
    assert snapshot(world).rows["K01_year"] == (first.pk, late.pk)


def test_unreported_names_stay_inside_unless_asked(world: World) -> None:
    world.to_signed(world.lead("没报的"))
    form = bound(world)
    filling = press(world, snapshot(world), forms=[form]).fillings[0]
    assert sheet_of(filling)["C6"].value == 1
    assert sheet_of(filling, "签约项目")["B3"].value is None
    bind_place(actor=world.actor("officer"), now=world.now, form=form, place="签约项目!B3", source="signed_all.name")
    filling = press(world, snapshot(world), forms=[get_form(world.actor("officer"), form.uid)]).fillings[0]
    assert sheet_of(filling, "签约项目")["B3"].value == "没报的"
    assert any(each["code"] == "papers.list_untold" for each in filling.figures["findings"])
    assert highlights(world.actor("officer"), snapshot(world)) == ""
    assert own_words(world.actor("officer"), snapshot(world), "coordination") == ""


def test_who_may_not(world: World) -> None:
    taken = snapshot(world)
    for code, ask in (
        ("papers.nothing_chosen", lambda: press(world, taken)),
        ("papers.unknown_kind", lambda: press(world, taken, kinds=("order",))),
        ("papers.unknown_span", lambda: snapshot(world, 0, "decade")),
        ("papers.future", lambda: press(world, snapshot(world, -1), kinds=("briefing",))),
        ("papers.subject_missing", lambda: press(world, taken, kinds=("letter",))),
        ("papers.unknown_plaque", lambda: press(world, taken, kinds=("bulletin",), plaque="none")),
    ):
        with pytest.raises(RefusedError) as refused:
            ask()
        assert refused.value.refusal.code == code
    for role in ("bureau", "auditor", "rival", "tenant"):
        with pytest.raises(RefusedError):
            press_friday(actor=world.actor(role), now=world.now, snapshot=taken, press=Press(kinds=("briefing",)))


def test_every_place_of_content_is_a_source(world: World) -> None:
    import re

    content = paper_content(world.outpost, world.now.date())
    words = {"day", "span", "outpost"}
    for kind in content.kinds.values():
        for section in kind.sections:
            for sentence in section.sentences:
                for name in re.findall(r"\{(\w+)\}", sentence):
                    assert name in words or is_source(name), name
    assert all(is_source(each["figure"]) for each in content.chat["figures"])
    assert source_label("signed_all.name") == "本年签约项目（含未报送）：项目名称"
