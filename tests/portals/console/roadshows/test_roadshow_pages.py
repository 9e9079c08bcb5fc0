"""A roadshow on its pages: set up, judges by account and link, a tablet that sends twice, sealed, printed, carried onward."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from feidi.domain.parties.models import Membership, Organization, OrganizationLink
from feidi.domain.roadshow.models import Assignment, Entry, Interest, Judge, Recusal, Roadshow, Round, Seal, Sheet
from feidi.domain.roadshow.roadshow_enums import RoundPhase, SheetState
from feidi.domain.roadshow.services.judges import renew_link
from tests.support.roadshows import act, entered, judge_of, points, projects_of, round_of, sealed, show_of, stepped
from tests.support.world import World

pytestmark = pytest.mark.django_db

OK, REDIRECT, NOT_THERE, REFUSED, INVALID = 200, 302, 404, 409, 422


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: now)


def signed_in(world: World, who: str) -> Client:
    client = Client()
    client.force_login(world.users[who])
    return client


@pytest.fixture
def officer(world: World) -> Client:
    return signed_in(world, "officer")


@pytest.fixture
def lead(world: World) -> Client:
    return signed_in(world, "lead")


def at(name: str, *args: str) -> str:
    return reverse(f"console:roadshows:{name}", args=args)


def text(client: Client, address: str, status: int = OK, **query: str) -> str:
    response = client.get(address, query)
    assert response.status_code == status, (address, response.status_code)
    return str(response.content.decode())


def send(client: Client, address: str, status: int = REDIRECT, **data: Any) -> str:
    response = client.post(address, data)
    assert response.status_code == status, (address, response.status_code, response.content.decode()[:3000])
    return str(response.content.decode())


def test_from_nothing_to_a_round_that_is_scored(world: World, officer: Client) -> None:
    assert "还没有路演" in text(officer, at("show_list"))
    send(
        officer,
        at("show_new"),
        outpost=world.outpost.pk,
        title_zh="秋季路演",
        title_en="",
        held_on="2026-11-23",
        activity="",
    )
    show = Roadshow.objects.get()
    assert re.fullmatch(r"\w+-LY-2026-0001", show.number)
    assert "还没有轮次" in text(officer, at("show_view", show.uid))
    send(officer, at("round_new", show.uid), format_code="first_8_7", name="", advance="2")
    round_ = Round.objects.get()
    projects = projects_of(world, ["甲光", "乙材", "丙药"])
    page = send(officer, at("entry_add", round_.uid), INVALID, projects="甲光\n没有这个项目", group="")
    assert "没有这个项目" in page
    send(officer, at("entry_add", round_.uid), projects=f"甲光\n{projects[1].code}\n丙药", group="")
    send(officer, at("judge_ask", show.uid), REFUSED, name="张评委", organization="没有登记过的公司")
    page = send(
        officer, at("judge_ask", show.uid), OK, name="张评委", organization="甲光科技有限公司", trades="生物、材料"
    )
    token = re.search(r"/public/judging/([\w-]+)/", page)
    assert token is not None
    assert Recusal.objects.get().entry.project.name == "甲光"
    world.user("judge", "judge", outpost=world.outpost)
    send(officer, at("judge_ask", show.uid), user=world.users["judge"].pk)
    for name in ("王评委", "李评委"):
        send(officer, at("judge_ask", show.uid), OK, name=name)
    page = text(officer, at("round_view", round_.uid))
    assert "任职于甲光科技有限公司" in page
    assert "系统查出" in page
    send(officer, at("round_step", round_.uid), to="declaring")
    page = text(officer, at("round_view", round_.uid))
    assert "张评委 还没有声明" in page
    assert "3 个项目还没有分给评委" in page
    assert send(officer, at("round_step", round_.uid), REFUSED, to="reading")
    _declared_dealt_and_staged(world, officer, token[1], round_)


def test_saving_leads_to_what_comes_next_and_the_second_saver_is_told(world: World, officer: Client) -> None:
    given = {"outpost": world.outpost.pk, "title_zh": "冬季路演", "held_on": "2026-12-20"}
    made = officer.post(at("show_new"), given)
    show = Roadshow.objects.get()
    assert made.headers["Location"] == at("show_view", show.uid)
    added = officer.post(at("round_new", show.uid), {"format_code": "first_8_7"})
    assert added.headers["Location"] == at("round_view", Round.objects.get().uid)
    send(officer, at("show_edit", show.uid), **given | {"title_zh": "岁末路演", "version": "1"})
    page = send(officer, at("show_edit", show.uid), REFUSED, **given | {"title_zh": "新年路演", "version": "1"})
    assert "岁末路演" in page
    assert Roadshow.objects.get().title_zh == "岁末路演"
    many = "\n".join(f"第{n}个" for n in range(61))
    assert "一次最多 60 个，写了 61 个" in send(
        officer, at("entry_add", Round.objects.get().uid), INVALID, projects=many
    )


def _declared_dealt_and_staged(world: World, officer: Client, token: str, round_: Round) -> None:
    """One declares by link, one signed in, two were asked in person; then it is dealt and goes on stage."""
    guest = Client()
    desk = reverse("public:judging:judge_desk", args=[token])
    page = text(guest, desk)
    assert "甲光" in page
    assert "已回避" in page
    second = Entry.objects.get(project__name="乙材")
    send(guest, desk, **{f"tie-{second.uid}": "同门师兄"})
    judge = Judge.objects.get(user=world.users["judge"])
    me = signed_in(world, "judge")
    assert "秋季路演" in text(me, reverse("workspace:judging:desk_list"))
    send(me, reverse("workspace:judging:desk_declare", args=[judge.uid]))
    for name in ("王评委", "李评委"):
        send(officer, at("judge_declare", Judge.objects.get(name=name).uid))
    send(officer, at("round_deal", round_.uid))
    seats = Assignment.objects.filter(voided_at__isnull=True)
    assert seats.count() == 9
    assert not seats.filter(judge__name="张评委", entry__project__name__in=["甲光", "乙材"]).exists()
    third = Entry.objects.get(project__name="丙药")
    page = send(
        officer,
        at("seat_add", round_.uid),
        REFUSED,
        judge=Judge.objects.get(name="张评委").pk,
        entry=second.pk,
        reason="缺人",
    )
    assert "同门师兄" in page
    send(officer, at("entry_move", third.uid), way="up")
    third.refresh_from_db()
    assert third.position == 2
    send(officer, at("round_step", round_.uid), to="reading")
    send(officer, at("round_step", round_.uid), to="scoring")
    assert "第 1 号" not in text(me, reverse("workspace:judging:desk_view", args=[judge.uid]))
    send(officer, at("stage_put", round_.uid), entry=third.uid)
    assert "丙药" in text(officer, at("board_state", round_.uid))
    assert "data-timer" in text(officer, at("timer_view", round_.uid))


def scoring(world: World) -> tuple[Round, str, Assignment]:
    """A round where scores are taken, and the link of one who has a seat."""
    show = show_of(world)
    round_ = round_of(world, show)
    entered(world, round_, projects_of(world, ["甲光", "乙材"]))
    for name in ("张评委", "王评委", "李评委", "赵评委"):
        judge_of(world, show, name)
    round_ = stepped(world, round_, RoundPhase.SCORING)
    seat = Assignment.objects.select_related("judge__roadshow__outpost__home", "entry__project").filter(
        voided_at__isnull=True
    )[0]
    return round_, renew_link(**act(world), judge=seat.judge), seat


def sheet_at(token: str, seat: Assignment) -> str:
    return reverse("public:judging:judge_sheet", args=[token, seat.entry.uid])


def tablet(client: Client, address: str, nonce: str, base: int, *, lock: bool = False, **given: str) -> dict[str, Any]:
    body = {
        **{f"p-{code}": value for code, value in given.items()},
        "nonce": nonce,
        "base": base,
        "act": "lock" if lock else "save",
    }
    response = client.post(address, body, headers={"accept": "application/json"})
    assert response.status_code == OK
    found: dict[str, Any] = json.loads(response.content)
    return found


def test_a_tablet_that_lost_its_line(world: World) -> None:
    _round, token, seat = scoring(world)
    client, address = Client(), sheet_at(token, seat)
    assert "data-scores" in text(client, address)
    assert tablet(client, address, "n1", 0, innovation="30")["revision"] == 1
    again = tablet(client, address, "n1", 0, innovation="30")
    assert (again["state"], again["revision"]) == ("saved", 1)
    conflict = tablet(client, address, "n2", 0, innovation="12")
    assert (conflict["state"], conflict["values"]["p-innovation"]) == ("conflict", "30")
    wrong = tablet(client, address, "n3", 1, innovation="41")
    assert wrong["state"] == "refused"
    assert "0 到 40" in wrong["words"]
    whole = {code: str(value) for code, value in points(80).items()}
    assert tablet(client, address, "n4", 1, lock=True, **whole)["state"] == "locked"
    late = tablet(client, address, "n5", 2, innovation="1")
    assert late["state"] == "closed"
    assert Sheet.objects.get().total == 8000
    # without a script: the same form, a page that says why not
    page = send(client, address, REFUSED, **{"p-innovation": "1", "nonce": "n6", "base": "2", "act": "save"})
    assert "已锁定" in page


def test_a_locked_sheet_says_so_and_leads_to_the_next_project(world: World) -> None:
    round_ = round_of(world, show_of(world))
    entered(world, round_, projects_of(world, ["甲光", "乙材"]))
    judges = [judge_of(world, round_.roadshow, name) for name in ("张评委", "王评委", "李评委")]
    stepped(world, round_, RoundPhase.SCORING)
    token = renew_link(**act(world), judge=Judge.objects.select_related("roadshow__outpost__home").get(pk=judges[0].pk))
    first, last = (
        reverse("public:judging:judge_sheet", args=[token, each.uid]) for each in Entry.objects.order_by("position")
    )
    client, whole = Client(), {f"p-{code}": str(value) for code, value in points(80).items()}
    assert last in text(client, first)
    draft = client.post(first, {"p-innovation": "30", "nonce": "a", "base": "0", "act": "save"}, follow=True)
    assert "还没有锁定" in draft.content.decode()
    locked = client.post(first, {**whole, "nonce": "b", "base": "1", "act": "lock"}, follow=True)
    assert "已锁定，不能再改" in locked.content.decode()
    assert f'href="{last}"' in locked.content.decode()
    client.post(last, {**whole, "nonce": "c", "base": "0", "act": "lock"})
    assert "分给您的项目都已锁定" in text(client, last)


def test_a_judge_sees_only_what_was_dealt_and_a_conflict_cannot_be_forced(world: World) -> None:
    round_, token, seat = scoring(world)
    other = next(
        each for each in Entry.objects.filter(round=round_)
        if not Assignment.objects.filter(judge=seat.judge, entry=each, voided_at__isnull=True).exists()
    ) if Assignment.objects.filter(judge=seat.judge, voided_at__isnull=True).count() < 2 else None  # fmt: skip
    client = Client()
    if other is not None:
        text(client, reverse("public:judging:judge_sheet", args=[token, other.uid]), NOT_THERE)
    free = Judge.objects.exclude(assignments__voided_at__isnull=True, assignments__isnull=False).first()
    world.user("judge", "judge", outpost=world.outpost)
    world.user("elsewhere", "judge", outpost=world.rival)
    judge = free or seat.judge
    Judge.objects.filter(pk=seat.judge.pk).update(user=world.users["judge"])
    me = signed_in(world, "judge")
    address = reverse("workspace:judging:sheet_score", args=[seat.judge.uid, seat.entry.uid])
    assert "data-scores" in text(me, address)
    text(signed_in(world, "elsewhere"), address, NOT_THERE)
    text(signed_in(world, "officer"), address, NOT_THERE)
    send(
        signed_in(world, "officer"),
        at("recusal_add", round_.uid),
        judge=seat.judge.pk,
        entry=seat.entry.pk,
        reason="亲属",
    )
    text(me, address, NOT_THERE)
    send(me, address, NOT_THERE, **{"p-innovation": "40", "nonce": "x", "base": "0", "act": "save"})
    text(me, at("round_view", round_.uid), NOT_THERE)
    Membership.objects.filter(user=world.users["judge"]).update(valid_to=world.now.date())
    assert judge


def test_blind_reading_shows_no_name(world: World) -> None:
    show = show_of(world)
    round_ = round_of(world, show)
    entered(world, round_, projects_of(world, ["甲光"]))
    judges = [judge_of(world, show, name) for name in ("张评委", "王评委", "李评委")]
    stepped(world, round_, RoundPhase.READING)
    token = renew_link(**act(world), judge=Judge.objects.select_related("roadshow__outpost__home").get(pk=judges[0].pk))
    page = text(Client(), reverse("public:judging:judge_desk", args=[token]))
    assert "第 1 号项目" in page
    assert "甲光" not in page
    seat = Assignment.objects.select_related("entry").get(judge=judges[0])
    page = text(Client(), sheet_at(token, seat))
    assert "低温介质在线检测" in page
    assert "甲光" not in page
    assert "甲光" not in text(signed_in(world, "officer"), at("board_state", round_.uid))


def test_sealed_printed_and_voided(world: World, officer: Client, lead: Client) -> None:
    seal = sealed(world, harsh={"王评委": 6})
    round_ = seal.round
    page = text(officer, at("result_view", round_.uid))
    sheet = Sheet.objects.filter(state=SheetState.LOCKED).first()
    assert sheet is not None
    assert at("sheet_view", sheet.uid) in page
    assert "第 1 版" in re.sub(r"\s+", " ", text(officer, at("sheet_view", sheet.uid)))
    assert "内部参考" in text(officer, at("internal_view", round_.uid))
    page = text(officer, at("seal_view", seal.uid))
    assert "内容与哈希一致" in page
    assert "作废封存" not in page
    send(officer, at("seal_print", seal.uid))
    assert "路演评审结果单" in text(officer, at("seal_view", seal.uid))
    entry = Entry.objects.get(project__name="甲光")
    page = send(lead, at("project_feed", entry.uid), REFUSED, to="inspecting")
    assert "refusal" in page
    assert "还没有签字收回" in send(lead, at("project_feed", entry.uid), REFUSED, to="key")
    send(officer, at("seal_void", seal.uid), REFUSED, reason="不行")
    send(lead, at("seal_void", seal.uid), reason="漏计")
    assert Round.objects.get().phase == RoundPhase.CLOSED
    assert "漏计" in text(officer, at("round_view", round_.uid))
    send(lead, at("round_seal", round_.uid))
    assert Seal.objects.count() == 2
    Seal.objects.filter(voided_at__isnull=True).update(document={**seal.document, "scores": []})
    assert "内容与哈希不符" in text(officer, at("seal_view", Seal.objects.get(voided_at__isnull=True).uid))


def test_letters_reach_their_team_alone(world: World, officer: Client) -> None:
    seal = sealed(world)
    entry = Entry.objects.select_related("project").get(project__name="乙材")
    world.user("team", "tenant", organization=Organization.objects.get(name="乙材科技有限公司"))
    world.user("other_team", "tenant", organization=Organization.objects.get(name="甲光科技有限公司"))
    own = reverse("workspace:judging:letter_view", args=[entry.uid])
    text(signed_in(world, "team"), own, NOT_THERE)
    assert "未核定" in text(officer, at("letter_list", seal.round.uid))
    send(officer, at("letter_view", entry.uid), words="再访几家客户。")
    page = text(signed_in(world, "team"), own)
    assert "再访几家客户。" in page
    assert "甲光" not in page
    assert "乙材" in text(signed_in(world, "team"), reverse("workspace:judging:letter_list"))
    text(signed_in(world, "other_team"), own, NOT_THERE)
    send(officer, at("letter_print", entry.uid))
    response = officer.get(at("letter_word", entry.uid))
    assert response.content[:2] == b"PK"
    text(signed_in(world, "team"), at("letter_view", entry.uid), NOT_THERE)


def test_interest_by_the_code_on_stage(world: World, officer: Client) -> None:
    seal = sealed(world)
    show = Roadshow.objects.get()
    fund = Organization.objects.create(name="云溪基金", name_folded="云溪基金", created_at=world.now)
    OrganizationLink.objects.create(outpost=world.outpost, organization=fund, since=world.now.date())
    guest, address = Client(), reverse("public:judging:interest_show", args=[show.interest_code])
    entry = Entry.objects.get(project__name="甲光")
    assert "甲光" in text(guest, address)
    send(guest, address, INVALID, entry=entry.pk, name="")
    send(guest, address, entry=entry.pk, name="云溪基金", amount="500万元", note="想看产线")
    interest = Interest.objects.get()
    assert (interest.organization, interest.ticket_fen, interest.by_link) == (fund, 500_000_000, True)
    page = text(officer, at("round_view", seal.round.uid))
    assert "扫码登记，待核实" in page
    send(officer, at("interest_void", interest.uid), reason="查无此机构")
    send(officer, at("interest_add", seal.round.uid), entry=entry.pk, name="某天使投资人", amount="", note="")
    assert text(guest, reverse("public:judging:interest_show", args=["nothing"]), NOT_THERE)
    world.user("fund", "investor", organization=fund)
    investor, own = signed_in(world, "fund"), reverse("workspace:judging:interest_say")
    assert "甲光" in text(investor, own)
    send(investor, own, entry=entry.pk, amount="800万元", note="")
    send(investor, own, entry=entry.pk, amount="", note="下周来看")
    row = Interest.objects.get(organization=fund, voided_at__isnull=True)
    assert (row.ticket_fen, row.note, row.by_link) == (800_000_000, "下周来看", False)
    text(signed_in(world, "tenant"), own, REFUSED)


def test_who_sees_what(world: World) -> None:
    seal = sealed(world)
    show, round_ = Roadshow.objects.get(), seal.round
    for role in ("rival", "rival_bureau", "tenant", "admin"):
        client = signed_in(world, role)
        for address in (at("show_view", show.uid), at("round_view", round_.uid), at("seal_view", seal.uid)):
            assert client.get(address).status_code == NOT_THERE, (role, address)
    bureau = signed_in(world, "bureau")
    page = text(bureau, at("show_view", show.uid))
    assert "共 4 个项目" in page
    assert "甲光" not in page
    text(bureau, at("round_view", round_.uid), NOT_THERE)
    project = Entry.objects.get(project__name="甲光").project
    type(project).objects.filter(pk=project.pk).update(reported_at=world.now)
    page = text(bureau, at("show_view", show.uid))
    assert "甲光" in page
    assert "乙材" not in page
