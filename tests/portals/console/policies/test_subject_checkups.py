"""体检 of persons and referrals: the same answers as a firm's, names masked wherever they leave the page."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

from feidi.domain.parties.models import Fact, Organization, Outpost, Person
from feidi.domain.parties.services.persons import find_or_add_person
from feidi.domain.pipeline.models import FirstReport
from feidi.domain.pipeline.services.referral_facts import push_referral_facts
from feidi.domain.policy.access import can_view_checkup, checkups_visible_to
from feidi.domain.policy.models import Checkup
from feidi.domain.policy.selectors.askable import find_about
from feidi.domain.policy.selectors.checkups import ask, enquire_about
from feidi.domain.policy.services.checkups import asked_again, keep_checkup_about
from feidi.domain.policy.services.facts import Statement, state_policy_facts
from feidi.kernel.audit.verify import verify
from feidi.kernel.documents.models import PrintedForm
from feidi.kernel.subjects import Subject
from tests.support.policies import POLICY, firm, publish
from tests.support.queries import assert_same_queries
from tests.support.world import World

pytestmark = pytest.mark.django_db

OK, REDIRECT, NOT_THERE, REFUSED = 200, 302, 404, 409
NAME = "王小明"


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: now)


@pytest.fixture
def organization(world: World) -> Organization:
    publish(world, POLICY)
    return firm(world)


@pytest.fixture
def person(world: World, organization: Organization) -> Person:
    return find_or_add_person(
        actor=world.actor("officer"),
        now=world.now,
        outpost=world.outpost,
        name=NAME,
        organization=organization,
        title="首席工程师",
    )


@pytest.fixture
def referral(world: World) -> FirstReport:
    project = world.lead(referrer="李会长")
    claim = FirstReport.objects.select_related("project__outpost__home", "project__outpost__host").get(project=project)
    push_referral_facts(actor=world.actor("officer"), now=world.now, claim=claim)
    return claim


def signed_in(world: World, who: str) -> Client:
    client = Client()
    client.force_login(world.users[who])
    return client


def page(kind: str, row: Any, name: str = "subject_checkup", *more: str) -> str:
    return reverse(f"console:policies:{name}", args=[kind, row.uid, *more])


def stands(shown: Any) -> dict[str, str]:
    return {row["clause"]: group["code"] for group in shown.context["groups"] for row in group["rows"]}


def test_a_person_is_asked_the_clauses_about_persons_and_no_others(world: World, person: Person) -> None:
    client = signed_in(world, "officer")
    shown = client.get(page("person", person))
    assert {code: stands(shown)[code] for code in ("T-PERSON", "YX-TAL-01")} == dict.fromkeys(
        ("T-PERSON", "YX-TAL-01"), "unknown"
    )
    assert not stands(shown).keys() & {"T-RATE", "YX-RD-01", "YX-REF-01"}
    asked = [each.name for each in shown.context["form"].asked()]
    assert {"fact-education", "fact-yunxi_housing_since"} <= set(asked)
    given = {"fact-education": "master", "source": "document", "note": "学位证"}
    answer = client.post(page("person", person, "subject_facts_state"), given)
    assert answer.status_code == REDIRECT
    after = client.get(answer["Location"].removesuffix("#changed"))
    assert stands(after)["T-PERSON"] == "applicable"
    flips = {each["clause"]: each["amount"] for each in after.context["flips"]}
    assert flips["T-PERSON"] == "1万元"
    row = next(row for group in after.context["groups"] for row in group["rows"] if row["clause"] == "T-PERSON")
    assert (row["why"]["truth"], row["cited"]["quote"]) == ("yes", "硕士补贴1万元")
    fact = Fact.objects.get(fact="education")
    assert (fact.subject_kind, fact.subject_uid) == ("parties.person", person.uid)
    withdraw = page("person", person, "subject_fact_withdraw", fact.uid)
    assert client.post(withdraw, {"reason": ""}).status_code == REFUSED
    assert client.post(withdraw, {"reason": "不是本人的"}).status_code == REDIRECT
    assert stands(client.get(page("person", person)))["T-PERSON"] == "unknown"


def test_a_low_degree_fails_and_says_what_was_needed(world: World, person: Person) -> None:
    client = signed_in(world, "officer")
    client.post(page("person", person, "subject_facts_state"), {"fact-education": "bachelor", "source": "stated"})
    shown = client.get(page("person", person))
    row = next(row for group in shown.context["groups"] for row in group["rows"] if row["clause"] == "T-PERSON")
    assert (row["group"], row["near"]["actual"]) == ("near", "本科")


def test_what_a_firm_said_is_no_fact_of_its_people(world: World, person: Person, organization: Organization) -> None:
    """A person-fact written under the firm does not become everybody's; nor do the firm's own facts show."""
    own = Subject("parties.organization", organization.uid)
    given = [Statement("education", "doctor"), Statement("employees", "30人")]
    state_policy_facts(
        actor=world.actor("officer"), now=world.now, outpost=world.outpost, subject=own, statements=given
    )
    about = find_about(world.actor("officer"), Subject("parties.person", person.uid))
    assert about is not None
    answered = ask(enquire_about(about, as_of=world.now.date(), known_at=world.now))
    assert answered.sheet.facts == {}
    assert {each["clause"]: each["group"] for each in answered.sheet.results}["T-PERSON"] == "unknown"


def test_a_clause_about_persons_reads_the_firms_facts(world: World, organization: Organization, person: Person) -> None:
    text = POLICY.replace("条件: 学历 不低于 硕士", "条件: {全部: [学历 不低于 硕士, 职工总数 >= 5人]}")
    publish(world, text)
    client = signed_in(world, "officer")
    given = {"fact-education": "master", "fact-employees": "30人", "source": "stated"}
    assert client.post(page("person", person, "subject_facts_state"), given).status_code == REDIRECT
    assert Fact.objects.get(fact="employees").subject_kind == "parties.organization", "it is the firm's, and kept there"
    assert stands(client.get(page("person", person)))["T-PERSON"] == "applicable"


def test_a_referral_knows_what_its_first_report_proves(world: World, referral: FirstReport) -> None:
    client = signed_in(world, "officer")
    shown = client.get(page("referral", referral))
    assert stands(shown) == {"YX-REF-01": "unknown"}
    told = {each["id"]: each["words"] for each in shown.context["facts"]}
    assert told["first_valid_information"] == "是"
    named = {each.name for each in shown.context["form"].asked()}
    money = next(name for name in named if "到位资金" in str(shown.context["form"][name].label))
    given = {"fact-settled_in_yunxi": "是", money: "2000万元", "source": "stated"}
    answer = client.post(page("referral", referral, "subject_facts_state"), given)
    assert answer.status_code == REDIRECT
    assert {row.subject_kind for row in Fact.objects.filter(fact="settled_in_yunxi")} == {"pipeline.project"}
    after = client.get(answer["Location"].removesuffix("#changed"))
    (flip,) = after.context["flips"]
    assert flip["clause"] == "YX-REF-01"
    assert "李会长" not in after.context["copy_text"]


def test_a_first_report_without_referrer_is_no_referral(world: World) -> None:
    claim = FirstReport.objects.get(project=world.lead("没有引荐人", "滨海乙有限公司"))
    client = signed_in(world, "officer")
    assert client.get(page("referral", claim)).status_code == NOT_THERE
    assert not client.get(reverse("console:policies:referral_list")).context["table"].rows
    assert client.get(reverse("console:policies:subject_checkup", args=["team", claim.uid])).status_code == NOT_THERE


def test_names_are_masked_wherever_they_leave_the_page(world: World, person: Person, referral: FirstReport) -> None:
    client = signed_in(world, "officer")
    for kind, row, name in (("person", person, NAME), ("referral", referral, "李会长")):
        live = client.get(page(kind, row))
        assert name in live.content.decode()
        assert live.context["crumbs"][0].url == reverse(f"console:policies:{kind}_list")
        assert name not in live.context["copy_text"]
        answer = client.post(page(kind, row, "subject_checkup_keep"), {})
        kept = Checkup.objects.get(subject_uid=row.uid)
        assert answer["Location"] == reverse("console:policies:checkup_view", args=[kept.uid])
        assert f"{name[0]}**" in kept.subject_label
        shown = client.get(answer["Location"])
        assert shown.context["live_url"] == page(kind, row)
        assert "重新计算：结果一致" in shown.content.decode()
        assert name not in shown.content.decode()
        word = client.get(reverse("console:policies:checkup_word", args=[kept.uid]))
        document = Document(BytesIO(word.content))
        text = "\n".join(
            [*(each.text for each in document.paragraphs)]
            + [cell.text for table in document.tables for cell in table._cells]
        )
        assert name not in text
        assert f"{name[0]}**" in text
        client.post(reverse("console:policies:checkup_print", args=[kept.uid]))
        printed = PrintedForm.objects.get(subject_uid=kept.uid)
        assert name not in str(printed.data)
    assert not verify().faults


def test_a_kept_answer_stays_as_it_was(world: World, person: Person) -> None:
    subject, officer = Subject("parties.person", person.uid), world.actor("officer")
    row = keep_checkup_about(actor=officer, now=world.now, subject=subject)
    later = world.now + timedelta(days=1)
    given = [Statement("education", "master")]
    state_policy_facts(actor=officer, now=later, outpost=world.outpost, subject=subject, statements=given)
    kept = Checkup.objects.select_related("outpost__home", "outpost__host").get(pk=row.pk)
    assert {each["clause"]: each["group"] for each in kept.results}["T-PERSON"] == "unknown"
    assert asked_again(kept)
    again = keep_checkup_about(actor=officer, now=later, subject=subject)
    assert {each["clause"]: each["group"] for each in again.results}["T-PERSON"] == "applicable"


def test_who_sees_a_person_and_who_does_not(world: World, person: Person, referral: FirstReport) -> None:
    kept = keep_checkup_about(
        actor=world.actor("officer"), now=world.now, subject=Subject("parties.person", person.uid)
    )
    gets = [page("person", person), page("referral", referral)]
    gets.append(reverse("console:policies:checkup_view", args=[kept.uid]))
    posts = [page(kind, row, "subject_checkup_keep") for kind, row in (("person", person), ("referral", referral))]
    posts += [page(kind, row, "subject_facts_state") for kind, row in (("person", person), ("referral", referral))]
    for who in ("rival", "bureau", "verifier", "auditor", "tenant", "admin", "rival_bureau"):
        client = signed_in(world, who)
        assert [client.get(each).status_code for each in gets] == [NOT_THERE] * len(gets), who
        assert [client.post(each, {}).status_code for each in posts] == [NOT_THERE] * len(posts), who
    for who in ("officer", "manager", "lead", "rival", "bureau", "auditor", "tenant", "admin"):
        actor = world.actor(who)
        sees = checkups_visible_to(actor, Checkup.objects.all()).exists()
        assert sees == can_view_checkup(actor, kept) == (who in {"officer", "manager", "lead"}), who


def test_policy_work_without_persons_does_not_open_a_persons_check_up(world: World, person: Person) -> None:
    """Least privilege: a role with 查看政策与体检 alone sees firms, not people."""
    kept = keep_checkup_about(
        actor=world.actor("officer"), now=world.now, subject=Subject("parties.person", person.uid)
    )
    officer = world.actor("officer")
    grants = tuple(replace(each, permissions=frozenset(each.permissions) - {"party.view"}) for each in officer.grants)
    narrow = replace(officer, grants=grants)
    assert not checkups_visible_to(narrow, Checkup.objects.all()).exists()
    assert not can_view_checkup(narrow, kept)
    assert find_about(narrow, Subject("parties.person", person.uid)) is None


def test_the_lists(world: World, person: Person, referral: FirstReport) -> None:
    client = signed_in(world, "officer")
    client.post(page("person", person, "subject_checkup_keep"), {})
    shown = client.get(reverse("console:policies:person_list"), {"words": "首席"})
    (line,) = shown.context["table"].rows
    assert (line.cells["name"], line.cells["checked"]) == (NAME, world.now.date())
    assert line.cells["unknown"] >= len({"T-PERSON", "YX-TAL-01"})
    assert line.url == page("person", person)
    (line,) = client.get(reverse("console:policies:referral_list")).context["table"].rows
    assert "李会长" in line.cells["name"]
    for each in ("person_list", "referral_list"):
        text = signed_in(world, "rival").get(reverse(f"console:policies:{each}")).content.decode()
        assert (NAME in text, "李会长" in text) == (False, False)
        assert signed_in(world, "bureau").get(reverse(f"console:policies:{each}")).status_code == REFUSED


def test_the_list_of_persons_costs_the_same(world: World, organization: Organization) -> None:
    client, made = signed_in(world, "officer"), [0]
    outpost = Outpost.objects.get(pk=world.outpost.pk)

    def rows(count: int) -> None:
        for _ in range(count):
            made[0] += 1
            row = find_or_add_person(
                actor=world.actor("officer"),
                now=world.now,
                outpost=outpost,
                name=f"张{made[0]}号",
                organization=organization,
            )
            client.post(page("person", row, "subject_checkup_keep"), {})

    assert_same_queries(rows, lambda: client.get(reverse("console:policies:person_list")))


def test_first_report_and_contact_lead_to_their_check_ups(world: World, referral: FirstReport) -> None:
    client = signed_in(world, "officer")
    record = reverse("console:pipeline:project_view", args=[referral.project.uid])
    assert page("referral", referral) in client.get(record, {"tab": "first_report"}).content.decode()
    contact = Person.objects.get(name="王工")
    assert page("person", contact) in client.get(record).content.decode()
