"""Satisfaction and complaints as pages: hidden under five, a link to copy, a bad score followed up, a register kept whole."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from feidi.domain.parties.selectors.feedback import whose_of
from feidi.kernel.feedback.enums import Channel, Via
from feidi.kernel.feedback.models import Answer, Ask, Complaint, FollowUp
from feidi.kernel.feedback.selectors.asks import link_of
from feidi.kernel.feedback.services.answering import Given, answer_ask
from feidi.kernel.feedback.services.asking import Respondent, ask
from feidi.kernel.feedback.services.complaints import NewComplaint, receive_complaint
from feidi.kernel.subjects import Subject
from tests.support.queries import assert_same_queries
from tests.support.world import World

pytestmark = pytest.mark.django_db

OK, REDIRECT, NOT_THERE, REFUSED, INVALID = 200, 302, 404, 409, 422
FEW = "少于 5 份，不显示"


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: now)


@pytest.fixture
def officer(world: World) -> Client:
    return signed_in(world, "officer")


def signed_in(world: World, who: str) -> Client:
    client = Client()
    client.force_login(world.users[who])
    return client


def at(name: str, *args: str) -> str:
    return reverse(f"console:feedback:{name}", args=args)


def text(client: Client, address: str, status: int = OK, **query: str) -> str:
    response = client.get(address, query)
    assert response.status_code == status, (address, response.status_code)
    return str(response.content.decode())


def send(client: Client, address: str, status: int = REDIRECT, **data: Any) -> str:
    response = client.post(address, data)
    assert response.status_code == status, (address, response.status_code, response.content.decode()[:3000])
    return str(response.content.decode())


def asked(world: World, name: str = "李四", occasion: str = "service", **more: Any) -> Ask:
    row = ask(
        actor=world.actor("officer"),
        now=world.now,
        subject=Subject("pipeline.project", f"s{Ask.objects.count():011d}"),
        occasion=occasion,
        about=f"注册地址协助{Ask.objects.count()}",
        to=Respondent(f"person:{name}", name, more.get("email", "")),
        whose=whose_of(more.get("outpost", world.outpost)),
        owner=world.users["officer"],
    )
    assert row is not None
    return row


def said(world: World, satisfaction: int = 5, recommend: int = 9, **more: Any) -> Answer:
    given = Given(satisfaction, recommend, words=more.pop("words", ""))
    row = asked(world, f"人{Ask.objects.count()}", **more)
    return answer_ask(actor=world.actor("officer"), now=world.now, asked=row, given=given, via=Via.OWN)[0]


def complained(world: World, title: str = "会议室空调不冷") -> Complaint:
    new = NewComplaint(
        world.now.date(), Channel.PHONE, "space", title, "王五说没人来", world.users["officer"], "王五", "13900001234"
    )
    return receive_complaint(actor=world.actor("officer"), now=world.now, whose=whose_of(world.outpost), new=new)


def test_figures_are_hidden_at_four_and_shown_at_five(world: World, officer: Client) -> None:
    assert "还没有评价" in text(officer, at("feedback_view"))
    for _ in range(4):
        said(world)
    page = text(officer, at("feedback_view"))
    assert FEW in page
    assert "5.00" not in page
    said(world, 1, 0)
    for reader in (officer, signed_in(world, "bureau")):
        page = text(reader, at("feedback_view"))
        assert "4.20" in page
        assert "60.0" in page
    assert at("answer_list") in text(officer, at("feedback_view"))
    assert at("answer_list") not in text(signed_in(world, "bureau"), at("feedback_view"))


def test_a_part_that_gives_a_hidden_one_away_is_hidden_too(world: World, officer: Client) -> None:
    for _ in range(5):
        said(world)
    said(world, 2, 3, occasion="event")
    page = text(officer, at("feedback_view"))
    assert "4.50" in page
    assert "5.00" not in page
    assert "为不露出少的一份" in page


def test_who_reads_numbers_only_reads_whole_years_of_one_outpost(world: World) -> None:
    for _ in range(5):
        said(world)
    page = text(signed_in(world, "bureau"), at("feedback_view"), first="2026-11-24", last="2026-12-01")
    assert "2026-01-01" in page
    assert "5.00" in page


def test_an_answer_is_read_with_its_words_and_by_its_outpost_alone(world: World, officer: Client) -> None:
    answer = said(world, 4, words="张三帮了大忙")
    page = text(officer, at("answer_list"))
    assert "张三帮了大忙" in page
    assert "张三帮了大忙" in text(officer, at("answer_view", answer.uid))
    for who in ("rival", "bureau", "auditor", "tenant"):
        assert signed_in(world, who).get(at("answer_view", answer.uid)).status_code == NOT_THERE, who
    assert "张三" not in text(signed_in(world, "rival"), at("answer_list"))


def test_answers_are_filtered_as_the_figures_are_and_exported(world: World, officer: Client) -> None:
    said(world, 5, words="活动很好", occasion="event")
    said(world, 1, words="服务太慢")
    page = text(officer, at("answer_list"), occasion="event")
    assert "活动很好" in page
    assert "服务太慢" not in page
    assert "服务太慢" in text(officer, at("answer_list"), show="bad")
    assert "服务太慢" not in text(officer, at("answer_list"), last="2026-11-22")
    response = officer.get(at("answer_export"), {"occasion": "event"})
    assert response["Content-Type"].endswith("sheet")


def test_a_link_is_copied_renewed_and_taken_back(world: World, officer: Client) -> None:
    row = asked(world)
    page = text(officer, at("ask_view", row.uid))
    assert link_of(row) in page
    assert "一分钟" in page
    send(officer, at("ask_renew", row.uid))
    row.refresh_from_db()
    assert row.generation == 2
    send(officer, at("ask_withdraw", row.uid), REFUSED)
    send(officer, at("ask_withdraw", row.uid), reason="发错人")
    page = text(officer, at("ask_view", row.uid))
    assert "发错人" in page
    assert "/public/feedback/" not in page
    assert "已收回" in text(officer, at("ask_list"))


def test_a_bad_score_is_assigned_and_closed_with_what_was_done(world: World, officer: Client) -> None:
    said(world, 1, 0, words="没人理我")
    follow_up = FollowUp.objects.get()
    assert "还有 3 天" in text(officer, at("follow_up_list"))
    assert "没人理我" in text(officer, at("follow_up_view", follow_up.uid))
    judge = world.user("judge", "judge", outpost=world.outpost)
    page = send(officer, at("follow_up_assign", follow_up.uid), INVALID, owner=judge.pk)
    assert "manager</option>" in page, "who works on feedback is offered"
    assert "judge</option>" not in page, "a judge has a role here, and no part in it"
    send(officer, at("follow_up_assign", follow_up.uid), owner=world.users["manager"].pk)
    send(officer, at("follow_up_close", follow_up.uid), INVALID, done="")
    send(officer, at("follow_up_close", follow_up.uid), done="当面致歉，已补办")
    page = text(officer, at("follow_up_view", follow_up.uid))
    assert "当面致歉" in page
    assert "已回访" in page
    assert "没有要回访的" in text(officer, at("follow_up_list"))


def test_a_complaint_is_registered_answered_closed_and_stays(world: World, officer: Client) -> None:
    form = {
        "outpost": world.outpost.pk,
        "received_on": "2026-11-23",
        "channel": "phone",
        "topic": "space",
        "title": "会议室空调不冷",
        "words": "报修两次没有人来",
        "name": "王五",
        "contact": "13900001234",
        "owner": world.users["officer"].pk,
    }
    send(officer, at("complaint_new"), INVALID, **{**form, "title": ""})
    assert "还没有到" in send(officer, at("complaint_new"), REFUSED, **{**form, "received_on": "2026-11-24"})
    send(officer, at("complaint_new"), **form)
    row = Complaint.objects.get()
    listing = text(officer, at("complaint_list"))
    assert row.number in listing
    assert "王五" not in listing
    assert "报修两次" in text(officer, at("complaint_view", row.uid))
    send(officer, at("complaint_close", row.uid), REFUSED, on="2026-11-23")
    send(officer, at("complaint_answer", row.uid), ruling="upheld", reply="已换压缩机", on="2026-11-23")
    send(officer, at("complaint_close", row.uid), lesson="当天回话", on="2026-11-23")
    assert "当天回话" in text(officer, at("complaint_view", row.uid))
    assert row.number not in text(officer, at("complaint_list"))
    assert row.number in text(officer, at("complaint_list"), show="closed", words="空调", topic="space")
    assert officer.get(at("complaint_export"), {"show": "all"}).status_code == OK


def test_a_complaint_entered_in_error_is_voided_and_stays_in_the_register(world: World, officer: Client) -> None:
    row = complained(world)
    send(officer, at("complaint_void", row.uid), REFUSED)
    send(officer, at("complaint_void", row.uid), reason="重复登记")
    assert "重复登记" in text(officer, at("complaint_view", row.uid))
    assert row.number in text(officer, at("complaint_list"), show="voided")
    assert signed_in(world, "rival").get(at("complaint_view", row.uid)).status_code == NOT_THERE


LISTS: dict[str, Any] = {
    "answer_list": lambda world: said(world, 1, 1, words="差"),
    "ask_list": asked,
    "follow_up_list": lambda world: said(world, 1, 1),
    "complaint_list": complained,
    "feedback_view": lambda world: said(world, occasion="event"),
}


@pytest.mark.parametrize("name", LISTS)
def test_as_many_rows_as_few_cost_the_same(world: World, officer: Client, name: str) -> None:
    def rows(count: int) -> None:
        for _ in range(count):
            if name == "ask_list":
                asked(world, f"人{Ask.objects.count()}")
            else:
                LISTS[name](world)

    assert_same_queries(rows, lambda: officer.get(at(name)))


def test_the_links_page_asks_in_one_minute_and_names_nobody(world: World) -> None:
    row, anybody = asked(world), Client()
    address = re.sub(r"^https?://[^/]+", "", link_of(row))
    page = text(anybody, address)
    assert "李四" not in page
    assert "您会向同行推荐我们吗" in page
    assert "谁看得到" in page
    stranger = Client()
    send(stranger, reverse("account:language"), language="en", next=address)
    assert "Would you recommend us" in text(stranger, address)
    assert "还没有选分数" in send(anybody, address, REFUSED, words="只有话")
    assert "不在 1 至 5 之间" in send(anybody, address, REFUSED, satisfaction="x")
    assert not Answer.objects.exists()
    thanks = send(anybody, address, OK, satisfaction="5", recommend="10", words="很快")
    assert "5 / 5" in thanks
    again = send(anybody, address, OK, satisfaction="1")
    assert "5 / 5" in again
    assert "很快" in text(anybody, address)
    assert Answer.objects.get().satisfaction == 5


def test_a_guessed_expired_or_withdrawn_link_says_the_same(
    world: World, officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = asked(world)
    address, anybody = re.sub(r"^https?://[^/]+", "", link_of(row)), Client()
    guessed = text(anybody, reverse("public:feedback:answer_give", args=["a" * 40]), NOT_THERE)
    later = world.now + timedelta(days=31)
    with monkeypatch.context() as patch:
        patch.setattr("feidi.portals.ui.clock.now", lambda: later)
        assert "打不开" in text(anybody, address, NOT_THERE)
    send(officer, at("ask_withdraw", row.uid), reason="发错人")
    withdrawn = text(anybody, address, NOT_THERE)
    body = re.compile(r"<main.*</main>", re.DOTALL)
    assert body.findall(guessed) == body.findall(withdrawn)
    assert "发错人" not in withdrawn


def test_who_did_not_come_is_asked_why_and_is_not_counted(world: World, officer: Client) -> None:
    row, anybody = asked(world, occasion="absent"), Client()
    address = re.sub(r"^https?://[^/]+", "", link_of(row))
    page = text(anybody, address)
    assert "这次为什么没有来" in page
    assert "推荐" not in page
    send(anybody, address, OK, reason="far", satisfaction="3")
    assert "路远" in text(officer, at("answer_view", Answer.objects.get().uid))
    page = text(officer, at("feedback_view"))
    assert "没有来的人怎么说" in page
    assert re.search(r"路远[^<]*</a>\s*1", page), "why they did not come is counted, each a link to its answers"
    assert "路远" not in text(signed_in(world, "bureau"), at("feedback_view"))
    assert "还没有评价" in text(officer, at("feedback_view"))
