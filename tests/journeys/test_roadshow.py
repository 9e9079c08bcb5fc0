"""A roadshow: a judge tied to a project stands aside by itself, a tablet loses its line and no score, a harsh judge is told
on the internal page, the result is sealed, signed and carried onward.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from feidi.domain.pipeline.enums import InteractionKind, PartyRole, Stage
from feidi.domain.pipeline.models import Project
from feidi.domain.pipeline.services.interacting import Talk, record_interaction
from feidi.domain.pipeline.services.registering import update_project
from feidi.domain.roadshow.models import Assignment, Entry, Round, Seal, Sheet
from feidi.domain.roadshow.roadshow_enums import RoundPhase, SheetState
from feidi.domain.roadshow.services.judges import renew_link
from feidi.kernel.documents.models import PrintedForm
from feidi.kernel.documents.services.printing import render_form_pages
from tests.journeys.walking import Walker, photographed, walking
from tests.support.roadshows import act, entered, judge_of, projects_of, round_of, scored, show_of, stepped

pytestmark = pytest.mark.journey

NAMES = tuple(f"{each}号检测仪" for each in "甲乙丙丁戊己")
HARSH = "严评委"
#: The line answers again: nothing waits in this browser any more.
_THROUGH = "() => !Object.keys(localStorage).some((each) => each.startsWith('feidi-scores'))"


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(people: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: people.now)


@pytest.fixture
def tablet(browser: Any, server: str, people: Any) -> Iterator[Walker]:
    """A judge's tablet, without an account. The first request loads the code of every page."""
    Client().get("/public/events/")
    with walking(browser, server, "roadshow") as made:
        yield made


def _in_talks(people: Any, project: Project) -> None:
    values = {"land_need": "无", "office_need": "200㎡", "coordination": "无", "expected_output_text": "3000万", "judged_follow": True, "feedback_sent_on": date(2026, 11, 20)}  # fmt: skip
    row = Project.objects.get(pk=project.pk)
    update_project(**act(people), project=row, version=row.version, values=values)
    row = Project.objects.select_related("outpost__home").get(pk=project.pk)
    people.advance(row, Stage.SCREENING, Stage.NEGOTIATING)
    talk = Talk(InteractionKind.VISIT_OUT, people.now.date(), "看过样机", people="王工")
    record_interaction(**act(people), project=row, talk=talk)


def _show(people: Any) -> Round:
    show = show_of(people)
    round_ = round_of(people, show)
    projects = projects_of(people, NAMES)
    _in_talks(people, projects[0])
    entered(people, round_, projects)
    firm = projects[1].parties.get(role=PartyRole.SPONSOR).organization
    judge_of(people, show, "乙厂的人", works_for=firm)
    for name in ("张评委", "王评委", "李评委", HARSH):
        judge_of(people, show, name)
    return round_


def _recused(officer: Walker, people: Any, round_: Round) -> Round:
    officer.go(f"/roadshows/rounds/{round_.uid}/")
    assert officer.says("任职于乙号检测仪科技有限公司")
    assert officer.says("系统查出")
    round_ = stepped(people, round_, RoundPhase.SCORING)
    assert not Assignment.objects.filter(
        judge__name="乙厂的人", entry__project__name=NAMES[1], voided_at__isnull=True
    ).exists()
    officer.go(f"/roadshows/rounds/{round_.uid}/seats/")
    officer.fill(judge="乙厂的人", entry=f"2. {NAMES[1]}", reason="人手不够")
    officer.press("保存", within="main form")
    assert officer.says("须回避"), "a recusal cannot be passed over"
    officer.go(f"/roadshows/rounds/{round_.uid}/")
    officer.look("1-round")
    officer.go(f"/roadshows/rounds/{round_.uid}/timer/")
    officer.press("请上台")
    officer.look("2-timer")
    officer.go(f"/roadshows/rounds/{round_.uid}/board/")
    assert officer.says(NAMES[0])
    officer.look("3-board")
    return round_


def _scored_without_a_line(tablet: Walker, people: Any, seat: Assignment) -> None:
    token = renew_link(**act(people), judge=seat.judge)
    tablet.go(f"/public/judging/{token}/")
    tablet.look("4-desk")
    tablet.follow(seat.entry.project.name)
    tablet.look("5-sheet")
    page = tablet.page
    said = page.locator("[data-scores-said]")
    # the line is gone in the middle of scoring: nothing arrives, nothing is lost
    page.context.set_offline(True)
    for code, value in {"innovation": "35", "value": "26", "feasibility": "17", "presentation": "8"}.items():
        page.fill(f"[name='p-{code}']", value)
    said.get_by_text("断线了").wait_for()
    assert not Sheet.objects.filter(judge=seat.judge, entry=seat.entry).exists()
    # it comes back, but the answer to the first try is lost: sent again, it is one saving
    lost: list[int] = []

    def lose(route: Any) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().status)
            route.abort("internetdisconnected")
        else:
            route.continue_()

    page.route("**/public/judging/**", lose)
    page.context.set_offline(False)
    page.wait_for_function(_THROUGH, timeout=30_000)
    assert lost == [200]
    sheet = Sheet.objects.get(judge=seat.judge, entry=seat.entry)
    assert (sheet.total, sheet.saves.count()) == (8600, sheet.revision)
    page.unroute("**/public/judging/**")
    # the page is closed and opened: what stands is there; then it is locked
    tablet.go(f"/public/judging/{token}/{seat.entry.uid}/")
    assert page.input_value("[name='p-innovation']") == "35"
    page.click("button[value='lock']")
    said.get_by_text("已锁定").wait_for()
    sheet.refresh_from_db()
    assert sheet.state == SheetState.LOCKED


def _others(people: Any, round_: Round) -> None:
    """Everybody else scores; one judge takes fifteen off every project."""
    worth = {name: 88 - 3 * at for at, name in enumerate(NAMES)}
    seats = Assignment.objects.filter(entry__round=round_, voided_at__isnull=True).select_related(
        "judge__roadshow__outpost", "entry__project", "entry__round"
    )
    for seat in seats:
        if not Sheet.objects.filter(judge=seat.judge, entry=seat.entry, state=SheetState.LOCKED).exists():
            off = 15 if seat.judge.name == HARSH else 0
            scored(people, seat.entry, seat.judge, worth[seat.entry.project.name] - off)


def _sealed(officer: Walker, lead: Walker, round_: Round) -> Seal:
    officer.go(f"/roadshows/rounds/{round_.uid}/")
    officer.press("收分")
    officer.go(f"/roadshows/rounds/{round_.uid}/result/")
    officer.look("6-result")
    officer.follow("宽严校正（内部）")
    assert officer.says("偏严")
    assert officer.says(HARSH)
    assert officer.says("内部参考")
    officer.look("7-internal")
    lead.go(f"/roadshows/rounds/{round_.uid}/")
    lead.press("封存结果")
    assert lead.says("内容与哈希一致")
    return Seal.objects.get()


def _onward(officer: Walker, lead: Walker, seal: Seal, folder: Path) -> None:
    entry = Entry.objects.get(project__name=NAMES[0])
    place = f"main li:has-text('{NAMES[0]}')"
    lead.press("进入考察", within=place)
    assert Project.objects.get(pk=entry.project_id).talks_stage == Stage.INSPECTING
    lead.press("列入重点", within=place)
    assert lead.says("还没有签字收回"), "not before the panel has signed"
    lead.go(f"/roadshows/seals/{seal.uid}/")
    lead.post(f"/roadshows/seals/{seal.uid}/print/")  # the page answers with a PDF
    form = PrintedForm.objects.get(subject_uid=seal.uid)
    photo = photographed(render_form_pages(form)[0], folder)
    officer.go(f"/roadshows/seals/{seal.uid}/signed/")
    officer.upload("结果单.jpg", photo, "image/jpeg")
    officer.fill(signers="张评委、王评委、李评委", signed_on="2026-11-23")
    officer.press("保存", within="main form")
    assert officer.says("线下签署")
    lead.go(f"/roadshows/seals/{seal.uid}/")
    lead.look("8-seal")
    lead.press("列入重点", within=place)
    project = Project.objects.get(pk=entry.project_id)
    assert project.talks_stage == Stage.KEY
    assert seal.sha256[:16] in project.assessment


def test_roadshow(walker: Any, tablet: Walker, people: Any, tmp_path: Path) -> None:
    officer, lead = walker("officer"), walker("lead")
    round_ = _recused(officer, people, _show(people))
    seats = Assignment.objects.filter(entry__round=round_, judge__name="张评委", voided_at__isnull=True)
    seat = seats.select_related("judge__roadshow__outpost__home", "entry__project").order_by("entry__position")[0]
    _scored_without_a_line(tablet, people, seat)
    _others(people, round_)
    seal = _sealed(officer, lead, round_)
    _onward(officer, lead, seal, tmp_path)
