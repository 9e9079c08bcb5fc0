"""Pages of introductions: begun, agreed to by both, names shown, met, tried, concluded, proved."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from feidi.domain.matching.enums import Channel, IntroductionState, Side
from feidi.domain.matching.models import Introduction, ProfileReading
from feidi.domain.matching.services.introductions import Interest, express_interest
from feidi.kernel.documents.models import PrintedForm
from feidi.kernel.documents.services.printing import render_form_pages
from tests.support.profiles import make_profile
from tests.support.queries import assert_same_queries
from tests.support.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(world: World, monkeypatch: pytest.MonkeyPatch) -> Client:
    """The officer, at the moment of the world."""
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: world.now)
    client = Client()
    client.force_login(world.users["officer"])
    return client


def at(name: str, *args: str) -> str:
    return reverse(f"console:introductions:{name}", args=args)


def introduced(world: World) -> Introduction:
    need = make_profile(world, Side.NEED, owner="云溪甲窑炉有限公司")
    offer = make_profile(world, Side.OFFER, owner="滨海乙检测有限公司")
    return express_interest(
        actor=world.actor("officer"), now=world.now, need=need, offer=offer, interest=Interest(Channel.OFFICER)
    )


def page(client: Client, row: Introduction) -> str:
    return client.get(at("introduction_view", row.uid)).content.decode()


def send(client: Client, name: str, *args: str, **data: Any) -> str:
    response = client.post(at(name, *args), data, follow=True)
    assert response.status_code == 200, response.content.decode()[:2000]
    return response.content.decode()


def test_an_introduction_from_interest_to_an_accepted_contract(world: World, client: Client) -> None:
    need, offer = make_profile(world, Side.NEED), make_profile(world, Side.OFFER)
    begun = send(
        client,
        "introduction_new",
        need=need.number,
        offer=offer.number.lower(),
        channel="officer",
        asked_by_side="need",
        on="2026-11-23",
    )
    row = Introduction.objects.get()
    assert row.number in begun
    assert "需求方顾问同意" in begun
    assert "互见单位</button>" not in begun

    send(client, "introduction_agree", row.uid, "need", by="研发总监（电话）", on="2026-11-23")
    agreed = send(client, "introduction_agree", row.uid, "offer", by="对方总工", on="2026-11-23")
    assert "对方总工" in agreed
    assert at("introduction_reveal", row.uid) in agreed
    send(client, "introduction_reveal", row.uid)
    assert ProfileReading.objects.filter(what="identity").count() == 2

    send(client, "meeting_add", row.uid, planned_for="2026-11-23T15:00", place="商务洽谈区")
    meeting = row.meetings.get()
    send(client, "meeting_hold", row.uid, meeting.uid, on="2026-11-23", present="王工\n李博士", result="下周带样砖试线")
    send(
        client,
        "trial_add",
        row.uid,
        subject="喷嘴堵塞检测",
        sample="样砖 20 片",
        protocol="连续 8 小时",
        planned_on="2026-12-01",
        place="二车间",
        payer="需求方付材料",
        cost="",
    )
    trial = row.trials.get()
    paper = client.post(at("trial_print", row.uid, trial.uid), follow=True)
    assert paper.content.startswith(b"%PDF")
    assert "试验合作单" in page(client, row)
    photo = SimpleUploadedFile("签字.png", render_form_pages(PrintedForm.objects.get())[0], content_type="image/png")
    signed = {"file": photo, "signers": "王工、李博士", "signed_on": "2026-11-23", "sealed": "on", "note": ""}
    assert "线下签署" in send(client, "trial_signed", row.uid, trial.uid, **signed)
    tried = send(
        client,
        "trial_result",
        row.uid,
        trial.uid,
        on="2026-11-23",
        measured="堵塞 3 次，原 11 次",
        next_decision="widen",
    )
    assert "扩大" in tried
    done = send(
        client,
        "outcome_add",
        row.uid,
        kind="technology_contract",
        on="2026-11-23",
        amount="80万元",
        technology="60万元",
        contract_kind="development",
        registration_number="演示-1",
        registering_side="offer",
    )
    assert "证据未采信，不计入" in done
    row.refresh_from_db()
    assert row.state == IntroductionState.CONCLUDED
    outcome = row.outcomes.get()
    waiting = send(client, "outcome_show", row.uid, outcome.uid, record="登记证明原件", occurred_on="2026-11-23")
    assert "采信</button>" not in waiting  # who handed it in does not decide
    item = _item(outcome.uid)
    client.force_login(world.users["manager"])
    assert at("outcome_decide", row.uid, outcome.uid, item) in page(client, row)
    accepted = send(client, "outcome_decide", row.uid, outcome.uid, item, decision="accept")
    assert "已采信，计入" in accepted
    assert "60" in accepted


def _item(outcome_uid: str) -> str:
    from feidi.kernel.evidence.models import EvidenceItem

    return EvidenceItem.objects.get(requirement__subject_uid=outcome_uid).uid


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("trial_add", {"subject": "试", "planned_on": "2026-12-01"}, "谁付费"),
        ("outcome_add", {"kind": "technology_contract", "on": "2026-11-23", "amount": "60万元", "technology": "80万元",
          "contract_kind": "development"},
         "设备和材料款不计入"),
        ("outcome_add", {"kind": "order", "on": "2026-11-23", "registration_number": "演示-1"}, "其他结果不写登记号"),
        ("outcome_add", {"kind": "technology_contract", "on": "2026-11-23", "amount": "80万元"}, "技术合同须写合同类别"),
        ("meeting_add", {"planned_for": "2026-11-01T09:00"}, "已经过去"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_in_the_form_and_nothing_is_lost(
    world: World, client: Client, name: str, data: dict[str, str], says: str
) -> None:
    row = introduced(world)
    for side in ("need", "offer"):
        send(client, "introduction_agree", row.uid, side, by="同意的人", on="2026-11-23")
    send(client, "introduction_reveal", row.uid)

    response = client.post(at(name, row.uid), data)

    assert response.status_code == 409
    assert says in response.content.decode()
    for value in data.values():
        assert value in response.content.decode()
    assert not row.trials.exists()
    assert not row.outcomes.exists()


def test_a_side_that_does_not_exist_is_not_there(world: World, client: Client) -> None:
    row = introduced(world)
    assert client.post(at("introduction_agree", row.uid, "both"), {"by": "谁"}).status_code == 404


def test_an_unknown_number_is_said_with_where_to_look(world: World, client: Client) -> None:
    need = make_profile(world, Side.NEED)
    rival = make_profile(world, Side.OFFER, by="rival", outpost=world.rival)
    data = {"need": need.number, "offer": rival.number, "channel": "officer", "asked_by_side": "need"}
    response = client.post(at("introduction_new"), data)
    assert response.status_code == 409
    assert f"没有编号为“{rival.number}”的供需" in response.content.decode()
    assert not Introduction.objects.exists()


def test_the_list_filters_sorts_and_leaves_as_a_workbook(world: World, client: Client) -> None:
    first, second = introduced(world), introduced(world)
    send(client, "introduction_end", second.uid, reason="价格谈不拢")

    live = client.get(at("introduction_list")).content.decode()
    ended = client.get(at("introduction_list"), {"show": "ended"}).content.decode()
    everything = client.get(at("introduction_list"), {"show": "all", "sort": "number"}).content.decode()
    book = openpyxl.load_workbook(BytesIO(client.get(at("introduction_export"), {"show": "all"}).content))

    assert first.number in live
    assert second.number not in live
    assert second.number in ended
    assert everything.index(first.number) < everything.index(second.number)
    assert [row[0] for row in book.worksheets[0].iter_rows(min_row=2, values_only=True)] == [
        second.number,
        first.number,
    ]


def test_a_step_goes_back_from_the_page(world: World, client: Client) -> None:
    row = introduced(world)
    for side in ("need", "offer"):
        send(client, "introduction_agree", row.uid, side, by="同意的人", on="2026-11-23")
    row.refresh_from_db()
    send(client, "introduction_back", row.uid, version=str(row.version), reason="听错了")
    row.refresh_from_db()
    assert row.state == IntroductionState.INTERESTED


def test_as_many_queries_for_three_as_for_one(world: World, client: Client) -> None:
    def rows(n: int) -> None:
        for _each in range(n):
            introduced(world)

    assert_same_queries(rows, lambda: client.get(at("introduction_list")))


def test_the_rival_outpost_finds_nothing(world: World, client: Client) -> None:
    row = introduced(world)
    client.force_login(world.users["rival"])
    assert client.get(at("introduction_view", row.uid)).status_code == 404
    assert row.number not in client.get(at("introduction_list"), {"show": "all"}).content.decode()
