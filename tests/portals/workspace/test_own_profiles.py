"""A firm's own needs and offers: read, answered, withdrawn; nobody else's, and none that blocks it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from feidi.domain.matching.enums import Viewed
from feidi.domain.matching.models import NeedSheet, Profile
from feidi.domain.matching.services.profile_blocks import block_organization
from feidi.domain.matching.services.profile_evidence import decide_claim
from feidi.domain.matching.services.profile_readings import Sent, record_sending
from feidi.kernel.evidence.models import EvidenceItem
from tests.support.profiles import firm, make_profile
from tests.support.queries import assert_same_queries
from tests.support.world import World

pytestmark = pytest.mark.django_db
OWN = "滨海甲检测技术有限公司"


@pytest.fixture
def client(world: World, monkeypatch: pytest.MonkeyPatch) -> Client:
    """The tenant, at the moment of the world."""
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: world.now)
    client = Client()
    client.force_login(world.users["tenant"])
    return client


def at(name: str, *args: str) -> str:
    """Return an address of this part."""
    return reverse(f"workspace:{name}", args=args)


def test_a_firm_reads_answers_and_withdraws_its_own(client: Client, world: World) -> None:
    row = make_profile(world, owner=OWN, full_text="一号探头在液氮里漂移，三个月内要解决。")
    record_sending(
        actor=world.actor("officer"),
        now=world.now,
        profile=row,
        what=Viewed.MASKED,
        sent=Sent(None, "李工（微信图片）"),
    )
    block_organization(
        actor=world.actor("officer"), now=world.now, profile=row, organization=firm(world, "云溪对家有限公司")
    )
    listed = client.get(at("profile_list")).content.decode()
    page = client.get(at("profile_view", row.uid)).content.decode()
    answered = client.post(at("profile_answer", row.uid), {"goal": "探头不漂移", "indicators": "24小时漂移小于0.1K"})
    bad = client.post(at("profile_answer", row.uid), {"goal": "探头\x07"})
    nameless = client.post(at("profile_withdraw", row.uid), {"reason": ""})
    withdrawn = client.post(at("profile_withdraw", row.uid), {"reason": "已解决"})

    assert row.title in listed
    assert "考核指标" in listed
    for word in ("一号探头", "李工（微信图片）", "云溪对家有限公司", "请补充"):
        assert word in page
    assert (answered.status_code, withdrawn.status_code) == (302, 302)
    assert (bad.status_code, nameless.status_code) == (409, 409)
    assert NeedSheet.objects.get(profile=row).indicators == "24小时漂移小于0.1K"
    assert Profile.objects.get(pk=row.pk).state == "closed"


def test_others_and_what_was_taken_back_are_not_there(client: Client, world: World) -> None:
    other = make_profile(world)
    for name in ("profile_view", "profile_answer"):
        assert client.get(at(name, other.uid)).status_code == 404
    assert client.post(at("profile_withdraw", other.uid), {"reason": "x"}).status_code == 404
    assert other.title not in client.get(at("profile_list")).content.decode()


def test_staff_have_no_page_of_their_own(world: World) -> None:
    staff = Client()
    staff.force_login(world.users["officer"])
    assert staff.get(at("profile_list")).status_code in {403, 404, 409}


def test_the_list_asks_as_often_at_three_as_at_one(client: Client, world: World) -> None:
    assert_same_queries(
        lambda n: [make_profile(world, owner=OWN) for _each in range(n)], lambda: client.get(at("profile_list"))
    )


def test_a_firm_proves_what_it_says_and_corrects_what_was_returned(client: Client, world: World) -> None:
    row = make_profile(world, owner=OWN)
    here, prove = at("profile_view", row.uid), at("profile_prove", row.uid)
    assert "还没有交过证据" in client.get(here).content.decode()
    empty = client.post(prove, {"record": "", "occurred_on": "2026-11-20"})
    sent = client.post(prove, {"record": "省计量院检测报告", "occurred_on": "2026-11-20"})
    item = EvidenceItem.objects.get()
    decide_claim(actor=world.actor("lead"), now=world.now, profile=row, item=item, accept=False, reason="报告没有盖章")
    page = client.get(here).content.decode()
    again = f"{prove}?replaces={item.uid}"

    assert (empty.status_code, sent.status_code) == (409, 302)
    for word in ("省计量院检测报告", "已退回", "报告没有盖章", again):
        assert word in page
    client.post(again, {"record": "盖章的报告", "occurred_on": "2026-11-21"})
    second = EvidenceItem.objects.get(record="盖章的报告")
    assert second.replaces == item
    assert again not in client.get(here).content.decode()
    decide_claim(actor=world.actor("lead"), now=world.now, profile=row, item=second, accept=True)
    row.refresh_from_db()
    assert row.evidence_percent == 100


def test_nobody_proves_the_profile_of_another(client: Client, world: World) -> None:
    other = make_profile(world)
    answer = client.post(at("profile_prove", other.uid), {"record": "x", "occurred_on": "2026-11-20"})
    assert (answer.status_code, EvidenceItem.objects.count()) == (404, 0)
