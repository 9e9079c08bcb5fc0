"""The claims of persons and referrers as pages: begun from their check-up, named on the page, masked where they leave it."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from feidi.domain.parties.models import Person
from feidi.domain.parties.services.persons import find_or_add_person
from feidi.domain.pipeline.models import FirstReport, Project
from feidi.domain.policy.models import PolicyClaim
from feidi.domain.policy.services.facts import Statement, state_policy_facts
from feidi.kernel.subjects import Subject
from tests.support.policies import WITH_PERSONS, firm, publish
from tests.support.queries import assert_same_queries
from tests.support.world import World

pytestmark = pytest.mark.django_db

OK, REDIRECT, NOT_THERE, REFUSED, INVALID = 200, 302, 404, 409, 422
NAME, REFERRER = "王小明", "李会长"
LIST, NEW = "console:policy_claims:claim_list", "console:policy_claims:claim_new"


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: now)


@pytest.fixture
def person(world: World) -> Person:
    publish(world, WITH_PERSONS)
    made = add_person(world, NAME)
    state_policy_facts(
        actor=world.actor("officer"),
        now=world.now,
        outpost=world.outpost,
        subject=Subject("parties.person", made.uid),
        statements=[Statement("education", "master")],
    )
    return made


def add_person(world: World, name: str) -> Person:
    return find_or_add_person(
        actor=world.actor("officer"), now=world.now, outpost=world.outpost, name=name, organization=None
    )


def signed_in(world: World, who: str) -> Client:
    client = Client()
    client.force_login(world.users[who])
    return client


def address(kind: str, uid: str) -> str:
    return f"{reverse(NEW)}?about={kind}&uid={uid}"


def claim_url(client: Client, kind: str, uid: str, clause: str) -> str:
    shown = client.get(reverse("console:policies:subject_checkup", args=[kind, uid]))
    rows = {row["clause"]: row for group in shown.context["groups"] for row in group["rows"]}
    return str(rows[clause]["claim_url"])


def test_from_the_check_up_of_a_person_to_the_claim(world: World, person: Person) -> None:
    client = signed_in(world, "officer")
    begin = claim_url(client, "person", person.uid, "T-PERSON")
    assert begin == f"{address('person', person.uid)}&clause=T-PERSON"
    shown = client.get(begin)
    assert NAME in shown.content.decode()
    offered = {code for code, _ in shown.context["form"].fields["clause"].choices}
    assert {"T-PERSON", "YX-TAL-01"} <= offered
    assert not offered & {"T-RATE", "T-REFERRAL", "YX-REF-01"}, "what is for persons alone"
    assert "organization" not in shown.context["form"].fields
    assert client.post(begin, {"clause": "T-RATE"}).status_code == INVALID, "a clause for firms is not offered"
    made = client.post(begin, {"clause": "T-PERSON", "account_holder": NAME, "applied": "1万元"})
    claim = PolicyClaim.objects.get()
    assert made["Location"] == reverse("console:policy_claims:claim_view", args=[claim.uid])
    assert (claim.person, claim.organization, claim.applied_fen) == (person, None, 1_000_000)
    view = client.get(made["Location"]).content.decode()
    assert NAME in view
    assert "T-PERSON" in view
    assert client.post(begin, {"clause": "T-PERSON"}).status_code == REFUSED, "there is an open one"


def test_a_referrers_claim_from_the_first_report(world: World, person: Person) -> None:
    project = world.lead(referrer=REFERRER)
    referral = FirstReport.objects.get(project=project)
    client = signed_in(world, "officer")
    begin = address("referral", referral.uid)
    assert REFERRER in client.get(begin).content.decode()
    assert client.post(begin, {"clause": "T-REFERRAL"}).status_code == REDIRECT
    claim = PolicyClaim.objects.get()
    assert (claim.about_kind, claim.about_uid) == ("pipeline.first_report", referral.uid)
    (line,) = client.get(reverse(LIST), {"q": REFERRER}).context["table"].rows
    assert REFERRER in line.cells["claimant"]


def test_names_stay_on_the_page(world: World, person: Person) -> None:
    client = signed_in(world, "officer")
    client.post(address("person", person.uid), {"clause": "T-PERSON", "account_holder": NAME})
    shown = client.get(reverse(LIST))
    (line,) = shown.context["table"].rows
    assert line.cells["claimant"] == NAME
    assert (NAME in shown.context["copy_text"], "王**" in shown.context["copy_text"]) == (False, True)
    export = client.get(reverse("console:policy_claims:claim_export"))
    cells = [str(cell.value) for row in load_workbook(BytesIO(export.content)).active.iter_rows() for cell in row]
    assert "王**" in cells
    assert "人员" in cells
    assert not any(NAME in each for each in cells)
    desk = client.get(reverse("console:home")).content.decode()
    assert NAME not in desk


def test_who_may_begin_one(world: World, person: Person) -> None:
    begin = address("person", person.uid)
    for who in ("rival", "bureau", "verifier", "auditor", "tenant", "admin", "rival_bureau"):
        client = signed_in(world, who)
        assert client.get(begin).status_code == NOT_THERE, who
        assert client.post(begin, {"clause": "T-PERSON"}).status_code == NOT_THERE, who
    officer = signed_in(world, "officer")
    for nonsense in (address("team", person.uid), address("person", "nothing"), address("referral", person.uid)):
        assert officer.get(nonsense).status_code == NOT_THERE
    assert not PolicyClaim.objects.exists()


def test_a_part_that_came_shows_what_is_left_and_how_it_may_end(world: World, person: Person) -> None:
    officer = signed_in(world, "officer")
    officer.post(reverse(NEW), {"outpost": world.outpost.pk, "organization": firm(world).uid, "clause": "T-RATE"})
    claim = PolicyClaim.objects.get()
    record = reverse("console:policy_claims:claim_record", args=[claim.uid])

    def see(status: str, **more: Any) -> int:
        claim.refresh_from_db()
        given = {"version": claim.version, "status": status, "seen_on": "2026-11-23", **more}
        return officer.post(record, given).status_code

    assert see("submitted", acceptance_number="1") == REDIRECT
    assert see("approved", amount="24万元") == REDIRECT
    assert see("paid", amount="30万元") == REFUSED
    assert see("paid", amount="10万元") == REDIRECT
    page = officer.get(reverse("console:policy_claims:claim_view", args=[claim.uid])).content.decode()
    for words in ("部分到账", "未到账", "14万元", "等待余款", "不是法定期限"):
        assert words in page, words
    Project.objects.filter(pk=world.lead("已报送", claim.claimant).pk).update(reported_at=world.now)
    (waits,) = (
        signed_in(world, "bureau")
        .get(reverse("console:policy_claims:payout_list"), {"show": "waiting"})
        .context["table"]
        .rows
    )
    assert (waits.cells["left"].fen, waits.cells["waiting"] != "") == (14_000_000, True)
    assert see("closed") == REFUSED, "not without a reason"
    assert see("closed", note="预算调整") == REDIRECT
    listed = officer.get(reverse(LIST)).content.decode()
    assert "到账 10万元 ÷ 核准 24万元；不再拨付 14万元" in listed
    bureau = signed_in(world, "bureau").get(reverse("console:policy_claims:payout_list"), {"show": "waiting"})
    assert not bureau.context["table"].rows


def test_the_list_asks_as_often_for_three_persons_as_for_one(world: World, person: Person) -> None:
    officer, made = signed_in(world, "officer"), [0]

    def rows(count: int) -> None:
        for _ in range(count):
            made[0] += 1
            row = add_person(world, f"张{made[0]}号")
            officer.post(address("person", row.uid), {"clause": "T-PERSON"})
            project = world.lead(
                f"项目{made[0]}",
                f"滨海{made[0]}号有限公司",
                referrer=f"赵{made[0]}",
                contact_phone=f"1390000{made[0]:04d}",
            )
            referral = FirstReport.objects.get(project=project)
            officer.post(address("referral", referral.uid), {"clause": "T-REFERRAL"})

    assert_same_queries(rows, lambda: officer.get(reverse(LIST)))
