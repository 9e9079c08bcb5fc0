"""Three spoken sentences become candidates with reasons; a person checks three, the R&D director answers on a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from feidi.domain.matching.enums import Side, Verdict
from feidi.domain.matching.models import CandidateList, CandidateRow, Profile, ProfileReading
from feidi.domain.matching.selectors.offers_index import forget_indexes
from feidi.domain.matching.services.profile_blocks import block_organization
from tests.journeys.walking import Walker
from tests.support.profiles import firm, make_profile

pytestmark = pytest.mark.journey

FIRM = "滨海甲检测技术有限公司"
SAID = "三号辊道窑烧成温度老飘，能耗比同行高两成。喷墨喷嘴一周堵两回，釉线要停下来清。想找做过窑炉燃烧控制或者余热回收的人来现场看。"
OFFERS = (
    ("辊道窑燃烧控制与温度场监测", "为四条辊道窑做过燃烧控制，烧成温度波动从正负八度降到三度。可以带设备到现场试一周。", "滨海热工研究院"),
    ("窑炉余热回收成套装置", "做过三座窑炉的余热回收，单位能耗降了百分之十二，有第三方检测报告。", "滨海节能装备有限公司"),
    ("喷墨喷嘴在线清洗", "喷墨打印喷嘴在线超声清洗，釉线不停机，已在两条产线用了一年。", "湾东精密仪器有限公司"),
    ("陶瓷釉料数字配方", "用数据配釉料，减少色差和试烧次数。", "湾东新材料团队"),
    ("体外诊断试剂代工", "有洁净车间，可代工体外诊断试剂。", "滨海生物医药平台"),
)  # fmt: skip


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(people: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: people.now)
    forget_indexes()
    yield
    forget_indexes()


@pytest.fixture
def offers(people: Any) -> list[Profile]:
    """What the outpost knows of the other city; the last of the kiln people are bound to somebody until summer."""
    found = [
        make_profile(people, Side.OFFER, title=title, masked_text=text, owner=owner, exclusive=False if at else None)
        for at, (title, text, owner) in enumerate(OFFERS)
    ]
    bound = make_profile(
        people, Side.OFFER, title="富氧燃烧窑炉改造", owner="湾东燃烧技术有限公司", exclusive=True,
        masked_text="辊道窑富氧燃烧改造，能耗降一成五，烧成温度稳定。",
    )  # fmt: skip
    return [*found, bound]


def _post_a_need(officer: Walker) -> Profile:
    officer.go("/matching/profiles/new/")
    officer.fill(owner=FIRM, text=SAID, kind="技术")
    officer.press("下一步：看脱敏文本")
    officer.page.locator("main >> [name='masked_seen']").check()
    officer.press("保存")
    officer.follow("匹配")
    return Profile.objects.get(side=Side.NEED)


def _check(officer: Walker) -> None:
    """Choose three of what was found, each with a sentence of one's own; an empty note is refused and nothing is lost."""
    officer.press("生成名单去核对")
    notes = {1: "窑和他们那条一样宽，愿意下周来", 2: "有检测报告，先要一份", 3: "喷嘴这一家离得最近"}
    for position, note in notes.items():
        officer.page.locator(f"input[name='picked'][value='{position}']").check()
        if position < 3:
            officer.page.locator(f"#note-{position}").fill(note)
    officer.press("核对完毕")
    assert officer.says("没有写您自己的判断")
    officer.page.locator("#note-3").fill(notes[3])
    officer.press("核对完毕")


def _send(officer: Walker) -> None:
    officer.look("checked")
    officer.fill(to="滨海甲检测 陈总工")
    officer.page.locator("main >> [name='how'][value='workspace']").check()
    officer.press("发出选中的")
    assert officer.says("已发出") or "已发出" in officer.page.inner_text("body")
    officer.follow("图片、文字、打印")
    assert officer.says("给您的候选")
    assert not officer.says("滨海热工研究院")
    officer.look("paper")


def _answer(director: Walker, made: CandidateList) -> None:
    """The director opens the list in the workspace and takes the second."""
    director.go("/my/matching/lists/")
    director.look("workspace-lists")
    director.follow("打开")
    assert not director.says("余热回收成套装置")
    director.press("打开看")
    assert director.says("窑和他们那条一样宽")
    assert not director.says("滨海热工研究院")
    director.look("workspace-list")
    chosen = CandidateRow.objects.get(candidate_list=made, position=2)
    form = director.page.locator(f"form[action$='/answer/{chosen.position}/']")
    form.locator("[name='verdict']").select_option(label="愿意见")
    with director.page.expect_navigation():
        form.locator("button").click()
    assert director.says("愿意见")


def test_matching(walker: Callable[[str], Walker], people: Any, offers: list[Profile]) -> None:
    officer = walker("officer")
    need = _post_a_need(officer)
    assert officer.says("余热回收")
    assert officer.page.locator("mark.shared").count() >= 3
    assert officer.says("问清是否已有排他约定后可判断")
    assert officer.says("差一点")
    assert officer.says("已有排他约定")
    officer.unfold()
    officer.look("ranked")
    block = firm(people, "湾东精密仪器有限公司")
    block_organization(actor=people.actor("officer"), now=people.now, profile=need, organization=block)
    officer.page.reload()
    assert not officer.says("喷墨喷嘴在线清洗"), "a blocked firm is gone at the next look"

    _check(officer)
    made = CandidateList.objects.get()
    _send(officer)
    director = walker("tenant")
    _answer(director, made)
    assert ProfileReading.objects.filter(on_paper=False).count() == 3
    officer.go(f"/matching/lists/{made.uid}/")
    assert officer.says("愿意见")
    officer.look("answered")
    officer.go("/")
    assert officer.says("请发起对接")
    officer.go("/matching/lists/figures/")
    assert officer.says("采纳 1 / 答复 1")
    officer.look("figures")
    officer.go("/matching/lists/")
    officer.look("lists")
    officer.go("/matching/lists/weights/")
    officer.fill(stage="50", lexical="5")
    officer.press("先看排序怎么变")
    assert officer.says("改了以后，排序怎么变")
    officer.look("weights")
    assert CandidateRow.objects.get(candidate_list=made, verdict=Verdict.ACCEPTED).position == 2
