"""兑现 as the home side reads it, and the clock on approved money as the officer sees it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from feidi.domain.parties.models import Organization
from feidi.domain.pipeline.models import Project
from feidi.domain.policy.enums import ClaimStatus
from feidi.domain.policy.models import PolicyClaim
from feidi.domain.policy.services.claims import NewClaim, Seen, record_claim_status, start_claim
from feidi.kernel.deadlines.models import Deadline
from tests.support.policies import POLICY, firm, publish
from tests.support.queries import assert_same_queries
from tests.support.world import World

pytestmark = pytest.mark.django_db

OK, NOT_THERE, REFUSED = 200, 404, 409
WAN = 1_000_000
LIST = "console:policy_claims:payout_list"


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch, now: datetime) -> dict[str, datetime]:
    """The hour of the world; a test may move it."""
    hour = {"now": now}
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: hour["now"])
    return hour


@pytest.fixture
def organization(world: World) -> Organization:
    publish(world, POLICY)
    made = firm(world)
    project = world.lead("已报送的项目", made.name)
    Project.objects.filter(pk=project.pk).update(reported_at=world.now)
    return made


def signed_in(world: World, who: str) -> Client:
    client = Client()
    client.force_login(world.users[who])
    return client


def claim_of(world: World, organization: Organization, clause: str, *steps: tuple[ClaimStatus, Any]) -> PolicyClaim:
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}
    claim = start_claim(outpost=world.outpost, new=NewClaim(organization, clause), **act)
    for status, amount in steps:
        seen = Seen(status, world.now.date(), acceptance_number=f"受理{clause}", amount_fen=amount, note="平台截图")
        claim = record_claim_status(claim=claim, version=claim.version, seen=seen, **act)
    return claim


S = ClaimStatus
FILED, GRANTED = (S.SUBMITTED, 30 * WAN), (S.APPROVED, 20 * WAN)


def test_the_bureau_reads_the_rate_and_the_rows_behind_it(
    world: World, organization: Organization, clock: dict[str, datetime]
) -> None:
    bureau = signed_in(world, "bureau")
    empty = bureau.get(reverse(LIST))
    assert [str(each["value"]) for each in empty.context["tiles"]][2] == "n/a", "nothing to divide by is not 0"
    claim_of(world, organization, "T-RATE", FILED, GRANTED)
    claim_of(world, organization, "T-FAIR", FILED, (S.APPROVED, 60 * WAN), (S.PAID, 60 * WAN))
    claim_of(world, firm(world, "未报送的云溪丙有限公司"), "T-RATE", FILED, GRANTED)
    clock["now"] = world.now + timedelta(days=49)
    shown = bureau.get(reverse(LIST))
    rate = shown.context["tiles"][2]
    assert (rate["value"], rate["note"]) == ("75%", "到账 60万元 ÷ 核准 80万元；待到账 20万元")
    text = shown.content.decode()
    assert "待反馈 · 第 50 天" in text
    assert "逾期" not in text
    assert "另有 1 件属于未报送的单位" in text
    for hidden in ("未报送的云溪丙", "受理T-RATE", "平台截图", "王会计"):
        assert hidden not in text, "names not reported, papers and notes stay with the outpost"
    behind = bureau.get(rate["url"])
    assert {each.cells["title"] for each in behind.context["table"].rows} == {"落户奖励", "研发费用补助"}
    (paid,) = bureau.get(reverse(LIST), {"show": "paid"}).context["table"].rows
    assert paid.cells["title"] == "落户奖励"
    (waits,) = bureau.get(reverse(LIST), {"show": "waiting"}).context["table"].rows
    assert (waits.cells["title"], waits.url) == ("研发费用补助", "")


def test_who_may_open_it(world: World, organization: Organization) -> None:
    claim = claim_of(world, organization, "T-RATE", FILED, GRANTED)
    for who in ("officer", "rival", "verifier", "tenant", "admin"):
        assert signed_in(world, who).get(reverse(LIST)).status_code == REFUSED, who
    assert organization.name not in signed_in(world, "rival_bureau").get(reverse(LIST)).content.decode()
    assert organization.name in signed_in(world, "auditor").get(reverse(LIST)).content.decode()
    view = reverse("console:policy_claims:claim_view", args=[claim.uid])
    assert signed_in(world, "bureau").get(view).status_code == NOT_THERE, "the claim itself is the outpost's"


def test_the_officer_sees_the_waiting_and_its_grounds(
    world: World, organization: Organization, clock: dict[str, datetime]
) -> None:
    claim = claim_of(world, organization, "T-RATE", FILED, GRANTED)
    clock["now"] = world.now + timedelta(days=3)
    officer = signed_in(world, "officer")
    text = officer.get(reverse("console:policy_claims:claim_view", args=[claim.uid])).content.decode()
    for words in ("等待拨付", "待反馈 · 第 4 天", "不是法定期限", "待本区确认"):
        assert words in text, words
    assert "逾期" not in text


def test_the_desk_names_claims_whose_day_comes(
    world: World, organization: Organization, clock: dict[str, datetime]
) -> None:
    claim = claim_of(world, organization, "T-RATE", FILED, GRANTED)
    (due,) = Deadline.objects.filter(subject_uid=claim.uid, stopped_on=None)
    clock["now"] = world.now + (due.due_on - world.now.date())
    desk = signed_in(world, "officer").get(reverse("console:home"))
    (row,) = [each for each in desk.context["clocks"] if each["name"].startswith(organization.name)]
    assert row["url"] == reverse("console:policy_claims:claim_view", args=[claim.uid])
    assert row["url"] in desk.content.decode()
    assert [each["row"].subject_uid for each in desk.context["todos"]] == [claim.uid]
    assert organization.name not in str(signed_in(world, "rival").get(reverse("console:home")).context["clocks"])


def test_the_list_costs_the_same(world: World, organization: Organization) -> None:
    client, made = signed_in(world, "bureau"), [0]

    def rows(count: int) -> None:
        for _ in range(count):
            made[0] += 1
            row = firm(world, f"丙{made[0]}有限公司")
            project = world.lead(f"项目{made[0]}", row.name, contact_phone=f"1390000{made[0]:04d}")
            Project.objects.filter(pk=project.pk).update(reported_at=world.now)
            claim_of(world, row, "T-RATE", FILED, GRANTED)

    assert_same_queries(rows, lambda: client.get(reverse(LIST)))
