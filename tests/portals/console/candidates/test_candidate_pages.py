"""Pages of candidate lists: the ranking with its reasons, checked by a person, sent, answered; figures with their rows."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from feidi.domain.matching.enums import Side, Verdict
from feidi.domain.matching.models import CandidateList, CandidateRow, Profile, ProfileReading, WeightSet
from feidi.domain.matching.selectors.offers_index import forget_indexes
from feidi.domain.matching.services.answering import Answer, answer_candidate, send_list
from feidi.domain.matching.services.candidates import check_list, make_list
from feidi.engines.affinity import PARTS
from feidi.kernel.audit.models import AuditLink
from tests.support.profiles import make_profile
from tests.support.queries import assert_same_queries
from tests.support.world import World

pytestmark = pytest.mark.django_db
KILN = "窑炉能耗高，辊道窑烧成温度飘移，想找做过余热回收或者燃烧控制的团队到现场看。"


@pytest.fixture(autouse=True)
def _no_index_of_another_test() -> Iterator[None]:
    forget_indexes()
    yield
    forget_indexes()


@pytest.fixture
def client(world: World, monkeypatch: pytest.MonkeyPatch) -> Client:
    """The officer, at the moment of the world."""
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: world.now)
    client = Client()
    client.force_login(world.users["officer"])
    return client


def at(name: str, *args: Any) -> str:
    """Return an address of this part."""
    return reverse(f"console:candidates:{name}", args=args)


def need_of(world: World, **facts: Any) -> Profile:
    return make_profile(world, Side.NEED, **{"title": "窑炉节能改造", "masked_text": KILN, **facts})


def offer_of(world: World, number: int, **facts: Any) -> Profile:
    text = f"第{number}支热工团队，为{number + 2}条辊道窑做过余热回收和燃烧控制。"
    return make_profile(world, Side.OFFER, **{"title": f"热工方案{number}", "masked_text": text, **facts})


def test_from_the_ranking_to_the_answer(client: Client, world: World) -> None:
    need = need_of(world)
    offers = [offer_of(world, n, owner=f"滨海{n}所") for n in range(3)]
    dear = offer_of(world, 7, owner="贵所", kind="service", exclusive=True)
    assert dear.pk
    links = AuditLink.objects.count()
    page = client.get(at("profile_match", need.uid)).content.decode()
    assert AuditLink.objects.count() == links
    for words in (
        "<mark",
        "余热回收",
        "问清是否已有排他约定",
        "得分怎么来的",
        "滨海0所",
        "差一点",
        "已有排他约定，没有写到哪天",
        "合计",
    ):
        assert words in page, words
    assert all(offer.number in page for offer in offers)

    client.post(at("list_make", need.uid))
    made = CandidateList.objects.get()
    page = client.get(at("list_view", made.uid)).content.decode()
    assert "核对完毕" in page
    assert client.get(at("list_paper", made.uid)).status_code == 409, "unchecked lists do not leave"
    assert client.get(at("list_picture", made.uid)).status_code == 409

    early = client.post(at("list_send", made.uid), {"version": made.version, "to": "陈总工", "how": "paper"})
    assert early.status_code == 409
    assert "还没有人核对" in early.content.decode()
    refused = client.post(
        at("list_check", made.uid), {"version": made.version, "picked": ["1", "2"], "note_1": "做过同类"}
    )
    assert refused.status_code == 409
    assert "没有写您自己的判断" in refused.content.decode()
    assert "做过同类" in refused.content.decode(), "what was typed stays"
    notes = {"note_1": "做过同类窑，愿来看", "note_2": "离得近"}
    client.post(at("list_check", made.uid), {"version": made.version, "picked": ["1", "2"], **notes})
    made = CandidateList.objects.get()
    assert made.state == "checked"

    page = client.get(at("list_view", made.uid)).content.decode()
    assert "发出选中的" in page
    assert (
        client.post(at("list_send", made.uid), {"version": made.version, "to": "", "how": "paper"}).status_code == 422
    )
    sent = client.post(at("list_send", made.uid), {"version": made.version, "to": "陈总工", "how": "paper"})
    assert sent.headers["Location"] == at("list_paper", made.uid)
    assert ProfileReading.objects.filter(reader="陈总工", on_paper=True).count() == 2
    paper = client.get(at("list_paper", made.uid))
    text = paper.content.decode()
    assert "做过同类窑，愿来看" in text
    assert "问清是否已有排他约定" in text
    assert not [name for name in ("滨海0所", "滨海1所", "滨海2所") if name in text], "names of nobody"
    chat = paper.context["copy_text"]
    assert len(chat) <= 300
    assert chat.count("专员") == 2
    assert "回复序号" in chat

    _answered(client, made)


def _answered(client: Client, made: CandidateList) -> None:
    """Write down two answers, and see them in the figures, whose rows open."""
    row = CandidateRow.objects.get(candidate_list=made, position=1)
    no = {"verdict": "declined", "reason": "", "note": ""}
    assert client.post(at("candidate_answer", made.uid, 1), no).status_code == 409
    assert client.post(at("candidate_answer", made.uid, 1), {"verdict": "maybe"}).status_code == 409
    client.post(at("candidate_answer", made.uid, 1), {**no, "reason": "too_dear"})
    client.post(at("candidate_answer", made.uid, 2), {"verdict": "accepted"})
    row.refresh_from_db()
    assert (row.verdict, row.reason) == ("declined", "too_dear")
    page = client.get(at("list_view", made.uid)).content.decode()
    assert "价格不合适" in page
    assert "愿意见" in page

    figures = client.get(at("precision_view")).content.decode()
    assert "50%" in figures
    assert "采纳 1 / 答复 2" in figures
    answers = client.get(at("answer_list"), {"reason": "too_dear"})
    assert [row.cells["reason"] for row in answers.context["table"].rows] == ["价格不合适"]
    book = openpyxl.load_workbook(BytesIO(client.get(at("answer_export")).content))
    assert book.worksheets[0].max_row == 3
    client.post(at("list_void", made.uid), {"reason": "发错"})
    assert "已撤回" in client.get(at("list_view", made.uid)).content.decode()
    assert client.get(at("list_paper", made.uid)).status_code == 409


def test_a_picture_is_a_picture(client: Client, world: World) -> None:
    need = need_of(world)
    offer_of(world, 1)
    client.post(at("list_make", need.uid))
    made = CandidateList.objects.get()
    client.post(at("list_check", made.uid), {"version": made.version, "picked": "1", "note_1": "看过"})
    picture = client.get(at("list_picture", made.uid))
    assert picture.headers["Content-Type"] == "image/png"
    assert picture.content.startswith(b"\x89PNG")


def test_a_page_that_cannot_be_asked_says_so_in_place(client: Client, world: World) -> None:
    need = need_of(world)
    page = client.get(at("profile_match", need.uid)).content.decode()
    assert "现在没有合适的候选" in page
    assert "生成名单去核对" not in page
    assert client.post(at("list_make", need.uid)).status_code == 409


def test_an_investor_and_a_project_have_their_page(client: Client, world: World) -> None:
    fund = make_profile(
        world, Side.OFFER, kind="capital", title="硬科技基金", masked_text="投资窑炉节能和余热回收的早期项目。", owner="滨海基金",
        rounds=["angel", "a"], amount_lo_fen=300_000_000, amount_hi_fen=1_000_000_000, currency="CNY",
    )  # fmt: skip
    asks = need_of(world, kind="capital", title="窑炉余热回收项目融资", rounds=["a"])
    project = world.lead("窑炉余热回收", "滨海窑控有限公司", one_line="辊道窑余热回收")
    page = client.get(at("profile_match", fund.uid)).content.decode()
    assert "投资方" in page
    assert asks.number in page
    need = need_of(world, title="要人来看窑炉")
    shown = client.get(at("project_match", project.uid)).content.decode()
    assert need.number in shown
    assert "文字太少" in shown
    assert fund.number in client.get(at("project_match", project.uid), {"side": "need"}).content.decode()


def test_weights_show_what_changes_before_they_are_saved(client: Client, world: World) -> None:
    need_of(world, ripeness_from="series", ripeness_to="series")
    offer_of(world, 1, ripeness_from="pilot", ripeness_to="pilot")
    offer_of(world, 2, ripeness_from="series", ripeness_to="series", masked_text="做窑炉改造，已量产。")
    form = {**dict.fromkeys(PARTS, "0"), "lexical": "1", "stage": "0", "number": "0", "note": "只看字词"}
    assert client.post(at("weights_edit"), {**form, "lexical": "-1"}).status_code == 422
    assert client.post(at("weights_edit"), {**form, "lexical": "0"}).status_code == 409
    tried = client.post(at("weights_edit"), form)
    assert "改了以后，排序怎么变" in tried.content.decode()
    assert not WeightSet.objects.exists(), "looked at, not saved"
    seen = tried.context["seen_change"]
    other = client.post(at("weights_edit"), {**form, "meaning": "5", "seen_change": seen})
    assert not WeightSet.objects.exists(), "what was not looked at is shown first"
    assert other.status_code == 200
    client.post(at("weights_edit"), {**form, "seen_change": seen})
    row = WeightSet.objects.get()
    assert (row.number, row.weights["lexical"], row.note) == (1, 1, "只看字词")
    page = client.get(at("weights_edit")).content.decode()
    assert "第 1 版" in page
    assert client.post(at("weights_edit"), {**form, "meaning": "2", "seen_change": ""}).status_code == 200


def test_lists_are_filtered_sorted_exported_and_cost_the_same_at_one_and_three(client: Client, world: World) -> None:
    for n in range(3):
        offer_of(world, n)
    made: list[CandidateList] = []

    def make(count: int) -> None:
        for _ in range(count):
            need = need_of(world, title=f"需求{len(made)}", masked_text=f"{KILN}第{len(made)}条。")
            made.append(make_list(actor=world.actor("officer"), now=world.now, profile=need))

    assert_same_queries(make, lambda: client.get(at("list_list")), at_most=16)
    assert "需求0" in client.get(at("list_list"), {"words": "需求0"}).content.decode()
    assert not client.get(at("list_list"), {"waiting": "on"}).context["table"].rows
    names = [row.cells["number"] for row in client.get(at("list_list"), {"sort": "number"}).context["table"].rows]
    assert names == sorted(names)
    book = openpyxl.load_workbook(BytesIO(client.get(at("list_export"), {"words": "需求0"}).content))
    assert book.worksheets[0].max_row == 2
    need = made[0].profile

    def more(count: int) -> None:
        for n in range(count):
            offer_of(world, 50 + count * 10 + n)
        client.get(at("profile_match", need.uid))  # the index takes in what is new

    assert_same_queries(more, lambda: client.get(at("profile_match", need.uid)), at_most=30)


def test_nobody_else_opens_them(world: World, client: Client) -> None:
    need = need_of(world)
    offer_of(world, 1)
    client.post(at("list_make", need.uid))
    made = CandidateList.objects.get()
    project = world.lead()
    for login in ("rival", "bureau", "tenant", "admin"):
        stranger = Client()
        stranger.force_login(world.users[login])
        for address in (
            at("profile_match", need.uid), at("list_view", made.uid), at("list_paper", made.uid),
            at("list_picture", made.uid), at("project_match", project.uid),
        ):  # fmt: skip
            assert stranger.get(address).status_code == 404, (login, address)
        for address in (at("list_make", need.uid), at("list_check", made.uid), at("list_send", made.uid),
                        at("list_void", made.uid), at("candidate_answer", made.uid, 1)):  # fmt: skip
            assert stranger.post(address).status_code == 404, (login, address)


def test_one_list_and_its_answers_cost_the_same_at_one_and_three(client: Client, world: World) -> None:
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}
    made: list[CandidateList] = []
    offers = [0]

    def make(count: int) -> None:
        for _ in range(count):
            offers[0] += 1
            offer_of(world, offers[0])
        need = need_of(world, title=f"需求{offers[0]}", masked_text=f"{KILN}第{offers[0]}条。")
        fresh = make_list(profile=need, **act)
        picks = dict.fromkeys((row.position for row in fresh.rows.all()), "看过")
        checked = check_list(candidates=fresh, version=fresh.version, picks=picks, **act)
        made.append(send_list(candidates=checked, version=checked.version, to="陈总工", on_paper=True, **act))
        for row in made[-1].rows.all():
            answer_candidate(row=row, answer=Answer(Verdict.LATER), **act)

    assert_same_queries(make, lambda: client.get(at("list_view", made[-1].uid)), at_most=24)
    assert_same_queries(make, lambda: client.get(at("answer_list")), at_most=16)
    assert_same_queries(make, lambda: client.get(at("precision_view")), at_most=18)
    assert_same_queries(make, lambda: client.get(at("list_paper", made[-1].uid)), at_most=18)
