"""A candidate that was answered yes is introduced: both agree, names are shown, a table on the day, a registered contract."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from feidi.domain.matching.enums import IntroductionState, Side, Verdict
from feidi.domain.matching.models import CandidateRow, Introduction, MatchmakingDay, Profile
from feidi.domain.matching.selectors.offers_index import forget_indexes
from feidi.domain.matching.services.answering import Answer, answer_candidate, open_list, send_list
from feidi.domain.matching.services.candidates import check_list, make_list
from tests.journeys.walking import Walker
from tests.support.profiles import make_profile

pytestmark = pytest.mark.journey

FIRM, OTHER = "滨海甲检测技术有限公司", "滨海热工研究院"


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(people: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: people.now)
    forget_indexes()
    yield
    forget_indexes()


@pytest.fixture
def accepted(people: Any) -> CandidateRow:
    """A candidate that the firm opened in its workspace and wants to see (how it comes to that is another journey)."""
    need = make_profile(
        people,
        Side.NEED,
        title="辊道窑烧成温度老飘",
        masked_text="三号辊道窑烧成温度老飘，能耗比同行高两成，想找做过窑炉燃烧控制的人来现场看。",
        owner=FIRM,
    )
    make_profile(
        people,
        Side.OFFER,
        title="辊道窑燃烧控制与温度场监测",
        masked_text="为四条辊道窑做过燃烧控制，烧成温度波动从正负八度降到三度，可以带设备到现场试一周。",
        owner=OTHER,
        exclusive=False,
    )
    act: dict[str, Any] = {"actor": people.actor("officer"), "now": people.now}
    made = make_list(profile=need, **act)
    checked = check_list(candidates=made, version=made.version, picks={1: "窑和他们那条一样宽"}, **act)
    sent = send_list(candidates=checked, version=checked.version, to="陈总工", on_paper=False, **act)
    open_list(actor=people.actor("tenant"), now=people.now, candidates=sent)
    answer_candidate(row=sent.rows.get(position=1), answer=Answer(Verdict.ACCEPTED), **act)
    return sent.rows.get(position=1)


def _both_agree(officer: Walker, director: Walker, accepted: CandidateRow) -> Introduction:
    officer.go(f"/matching/lists/{accepted.candidate_list.uid}/")
    officer.follow("发起对接")
    officer.press("保存")
    row = Introduction.objects.get()
    assert officer.says(row.number)
    assert officer.says("需求方顾问同意")
    officer.look("interested")

    director.go(f"/my/matching/introductions/{row.uid}/")
    assert not director.says(OTHER)
    director.look("workspace-before")
    confirm = director.page.locator("main >> details.confirm:has(summary:has-text('同意见面'))")
    confirm.locator("summary").click()
    with director.page.expect_navigation():
        confirm.locator("button:text-is('同意')").click()
    assert director.says("已同意")
    assert not director.says(OTHER), "one yes shows nobody's name"

    officer.go(f"/matching/introductions/{row.uid}/agree/offer/")
    officer.fill(by="院长（电话）")
    officer.press("保存")
    return row


def _names_are_shown(officer: Walker, director: Walker, row: Introduction) -> None:
    confirm = officer.page.locator("details.confirm:has(summary:has-text('互见单位'))").first
    confirm.locator("summary").click()
    with officer.page.expect_navigation():
        confirm.locator("button:text-is('互见单位')").click()
    director.go(f"/my/matching/introductions/{row.uid}/")
    assert director.says(OTHER)
    director.look("workspace-shown")


def _on_the_day(officer: Walker, director: Walker, row: Introduction, people: Any) -> None:
    officer.go("/matching/days/new/")
    today = people.now.date().isoformat()
    officer.fill(title="窑炉专场对接日", held_on=today, begins_at="14:00", place="路演厅")
    officer.fill(slots="3", tables="2")
    officer.press("保存")
    day = MatchmakingDay.objects.get()
    assert officer.says("第 1 时段第 1 桌可以排")
    officer.press("排议程")
    assert officer.says(f"{FIRM} × {OTHER}")
    officer.look("day")
    officer.go(f"/matching/days/{day.uid}/paper/")
    assert officer.says("第 1 桌")
    officer.look("day-paper")
    director.go(f"/my/matching/introductions/{row.uid}/")
    assert director.says("路演厅 第 1 桌")


def _came_of_it(officer: Walker, manager: Walker, row: Introduction) -> None:
    meeting = row.meetings.get()
    officer.go(f"/matching/introductions/{row.uid}/meetings/{meeting.uid}/held/")
    officer.fill(present="陈总工\n院长", result="下周带设备到三号窑试一周")
    officer.press("保存")
    officer.go(f"/matching/introductions/{row.uid}/trials/add/")
    officer.fill(subject="三号窑试一周", sample="三号辊道窑", protocol="连续记录一个班，同一块表读数", place="二车间")
    officer.fill(payer="设备由供给方带来，停线由需求方承担", planned_on="2026-11-30")
    officer.press("保存")
    officer.go(f"/matching/introductions/{row.uid}/outcomes/add/")
    officer.fill(kind="技术合同", amount="80万元", technology="60万元", contract_kind="技术开发")
    officer.fill(registration_number="演示-2026-0001", registering_side="供给", on="2026-11-23")
    officer.press("保存")
    assert officer.says("证据未采信，不计入")
    outcome = row.outcomes.get()
    officer.go(f"/matching/introductions/{row.uid}/outcomes/{outcome.uid}/evidence/")
    officer.fill(record="技术合同登记证明", occurred_on="2026-11-23")
    officer.press("保存")
    manager.go(f"/matching/introductions/{row.uid}/")
    manager.press("采信")
    assert manager.says("已采信，计入")
    manager.look("concluded")


def test_introductions(walker: Callable[[str], Walker], people: Any, accepted: CandidateRow) -> None:
    officer, director = walker("officer"), walker("tenant")
    row = _both_agree(officer, director, accepted)
    _names_are_shown(officer, director, row)
    _on_the_day(officer, director, row, people)
    _came_of_it(officer, walker("manager"), row)
    row.refresh_from_db()
    assert row.state == IntroductionState.CONCLUDED
    offer = Profile.objects.get(side=Side.OFFER)
    officer.go(f"/matching/profiles/{offer.uid}/")
    readers = officer.page.inner_text("#readings")
    assert FIRM in readers
    assert len(set(offer.readings.values_list("reader", flat=True))) == 2, readers
    officer.look("who-read")
