"""The policy library as pages: what is found, what stands apart, what the issuer answered, who stands where."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from feidi.domain.parties.services.organizations import find_or_add_organization
from feidi.domain.parties.services.persons import find_or_add_person
from feidi.domain.policy.models import ClauseStanding, ClauseVerification, StandingChange
from feidi.domain.policy.selectors.catalogue import find_clause, list_clauses
from feidi.domain.policy.services.facts import Statement, state_policy_facts
from feidi.kernel.content.parsing import digest_of
from feidi.kernel.content.proposing import approve_proposal, propose_content, published_text
from feidi.kernel.subjects import Subject
from tests.support.policies import WITH_PERSONS, publish
from tests.support.queries import assert_same_queries
from tests.support.world import World

pytestmark = pytest.mark.django_db

OK, REDIRECT, NOT_THERE, REFUSED, INVALID = 200, 302, 404, 409, 422
DAY = date(2026, 11, 23)
#: A real clause whose validity nobody has found out, a draft, one that has ended.
UNCONFIRMED, DRAFT, ENDED = ("longgang", "LG-RD-01"), ("chancheng", "CC-DIG-01"), ("shunde-beijiao", "SD-BJ-02")


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: now)


def signed_in(world: World, who: str) -> Client:
    client = Client()
    client.force_login(world.users[who])
    return client


def clause_url(place: str, code: str, view: str = "clause_view") -> str:
    return reverse(f"console:policy_library:{view}", args=[place, code])


def found(client: Client, **asked: str) -> str:
    return client.get(reverse("console:policy_library:clause_list"), asked).content.decode()


def test_the_catalogue_finds_by_words_place_and_validity(world: World) -> None:
    officer = signed_in(world, "officer")
    page = found(officer, q="研发 龙岗")
    assert "LG-RD-01" in page
    assert "CC-DIG-01" not in page
    assert "没有这样的条款" in found(officer, q="没有人写过的词")
    drafts = found(officer, validity="draft")
    assert "CC-DIG-01" in drafts
    assert "LG-RD-01" not in drafts
    assert "SD-BJ-02" in found(officer, place="shunde-beijiao", validity="expired")


def test_only_the_two_places_of_the_outpost_when_asked(world: World) -> None:
    page = found(signed_in(world, "officer"), place="here")
    shown = {each.clause.place for each in list_clauses(on=DAY) if f">{each.clause.code}<" in page}
    assert shown
    assert shown <= {"cn", "yunxi", "binhai", "binhai-qianwan"}


def test_what_is_in_force_comes_before_what_is_not(world: World) -> None:
    page = found(signed_in(world, "officer"))
    in_force = next(each.clause.code for each in list_clauses(on=DAY) if each.validity == "in_force")
    ended = page.find(ENDED[1])
    assert ended == -1 or page.find(in_force) < ended


def test_a_clause_shows_its_text_beside_its_rule(world: World) -> None:
    page = signed_in(world, "officer").get(clause_url(*UNCONFIRMED)).content.decode()
    assert "有效期待核实" in page
    assert "研发费用" in page
    assert "400万元" in page
    assert "delacour.com.cn" in page
    assert "需工作人员向原单位核实" in page


def test_what_the_issuer_answered_holds_for_the_text_as_it_stood(world: World) -> None:
    officer, address = signed_in(world, "officer"), clause_url(*UNCONFIRMED, "clause_stamp")
    given = {"answer": "as_written", "asked": "区工信局 李科", "asked_on": "2026-11-20"}
    assert officer.post(address, {**given, "asked_on": "2026-12-01"}).status_code == REFUSED
    assert officer.post(address, {**given, "answer": "differs"}).status_code == REFUSED
    assert not ClauseVerification.objects.exists()
    assert officer.post(address, given).status_code == REDIRECT
    page = officer.get(clause_url(*UNCONFIRMED)).content.decode()
    assert "已向原单位核实 2026-11-20" in page
    assert "有效期待核实" in page  # a stamp changes no answer
    entry = find_clause(*UNCONFIRMED, on=DAY)
    assert entry is not None
    text = published_text(entry.clause.place, entry.path)
    proposal = propose_content(
        actor=world.actor("admin"),
        now=world.now,
        place=entry.clause.place,
        path=entry.path,
        body=text + "# 补注\n",
        base_sha256=digest_of(text),
        note="补注",
    )
    world.user("second", "administrator")
    approve_proposal(actor=world.actor("second"), now=world.now, proposal=proposal)
    assert "条文改动后未再核实" in officer.get(clause_url(*UNCONFIRMED)).content.decode()


def test_a_policy_shows_its_versions_and_what_each_changed(world: World) -> None:
    entry = find_clause(*DRAFT, on=DAY)
    assert entry is not None
    name = entry.path.removeprefix("policies/").removesuffix(".yaml")
    officer = signed_in(world, "officer")
    page = officer.get(reverse("console:policy_library:document_view", args=["chancheng", name])).content.decode()
    assert "CC-DIG-01" in page
    assert "CC-DIG-03" in page
    assert "征求意见稿" in page
    version = page.split("/versions/")[1].split("/")[0]
    shown = officer.get(reverse("console:policy_library:version_view", args=["chancheng", name, version]))
    assert "代码: CC-DIG-01" in shown.content.decode()
    missing = reverse("console:policy_library:version_view", args=["chancheng", name, "nothing"])
    assert officer.get(missing).status_code == NOT_THERE


@pytest.mark.parametrize("who", ["tenant", "officer", "bureau", "admin"])
def test_who_opens_the_library(world: World, who: str) -> None:
    client, staff = signed_in(world, who), who != "tenant"
    for address in (reverse("console:policy_library:clause_list"), clause_url(*UNCONFIRMED)):
        assert client.get(address).status_code == (OK if staff else REFUSED)
    stamped = client.post(clause_url(*UNCONFIRMED, "clause_stamp"), {})
    assert stamped.status_code == (INVALID if who in {"officer", "bureau"} else REFUSED)
    assert client.get(clause_url("yunxi", "NO-SUCH")).status_code == (NOT_THERE if staff else REFUSED)


def _standing(world: World, name: str, outpost: Any, **more: Any) -> ClauseStanding:
    actor = world.actor("rival" if outpost == world.rival else "officer")
    firm = find_or_add_organization(actor=actor, now=world.now, outpost=outpost, name=name)
    place, code = UNCONFIRMED
    given = {"verdict": "eligible", "group": "applicable", "lo_fen": 60_000_000, "hi_fen": 60_000_000, **more}
    row = ClauseStanding.objects.create(
        outpost=outpost,
        subject_kind="parties.organization",
        subject_uid=firm.uid,
        place=place,
        clause=code,
        as_of=DAY,
        policy_hash="0" * 64,
        facts_hash="0" * 64,
        evaluated_at=world.now,
        **given,
    )
    StandingChange.objects.create(
        outpost=outpost,
        subject_kind="parties.organization",
        subject_uid=firm.uid,
        place=place,
        clause=code,
        kind="gained",
        cause="facts",
        before="unknown",
        after=given["verdict"],
        as_of=DAY,
        policy_hash="0" * 64,
        changed_at=world.now,
    )
    return row


def test_who_stands_where_and_what_was_gained_is_the_outposts_own(world: World) -> None:
    _standing(world, "滨海乙传感有限公司", world.outpost)
    _standing(world, "滨海丙涂层有限公司", world.outpost, verdict="unknown", group="unknown", missing=["rd_spend"])
    _standing(world, "别家丁公司", world.rival)
    officer = signed_in(world, "officer")
    page = officer.get(clause_url(*UNCONFIRMED)).content.decode()
    assert "滨海乙传感" in page
    assert "60万元" in page
    assert "别家丁公司" not in page
    unknown = officer.get(clause_url(*UNCONFIRMED), {"group": "unknown"}).content.decode()
    assert "滨海丙涂层" in unknown
    assert "滨海乙传感" not in unknown
    book = openpyxl.load_workbook(BytesIO(officer.get(clause_url(*UNCONFIRMED, "standing_export")).content))
    rows = list(book.active.iter_rows(values_only=True))  # type: ignore[union-attr]
    assert sorted((row[0], row[2]) for row in rows[1:]) == [
        ("滨海丙涂层有限公司", 600000),
        ("滨海乙传感有限公司", 600000),
    ]
    changes = officer.get(reverse("console:policy_library:change_list")).content.decode()
    assert "新符合" in changes
    assert "别家丁公司" not in changes
    home = signed_in(world, "bureau").get(clause_url(*UNCONFIRMED)).content.decode()
    assert "滨海乙传感" not in home  # the home side sees clauses, not the outpost's firms


def test_a_near_miss_says_which_condition_fails_and_by_how_much(world: World) -> None:
    firm = find_or_add_organization(
        actor=world.actor("officer"), now=world.now, outpost=world.outpost, name="滨海戊材料有限公司"
    )
    state_policy_facts(
        actor=world.actor("officer"),
        now=world.now,
        outpost=world.outpost,
        subject=Subject("parties.organization", firm.uid),
        statements=[
            Statement("science_staff", "4人"),
            Statement("employees", "48人"),
            Statement("established_on", "2020-05-06"),
        ],
    )
    page = signed_in(world, "officer").get(clause_url("yunxi", "YX-STAFF-01"), {"group": "near"}).content.decode()
    assert "科技人员数 / 职工总数 ≥ 10%（实际 8.33%）" in page


def test_lists_ask_as_often_for_three_as_for_one(world: World) -> None:
    officer, names = signed_in(world, "officer"), iter(f"滨海{n}号有限公司" for n in range(9))

    def rows(n: int) -> None:
        for name in (next(names) for _ in range(n)):
            _standing(world, name, world.outpost)

    assert_same_queries(rows, lambda: officer.get(clause_url(*UNCONFIRMED)))
    assert_same_queries(rows, lambda: officer.get(reverse("console:policy_library:change_list")))


def test_a_person_is_named_on_the_page_and_masked_in_what_leaves_it(world: World) -> None:
    publish(world, WITH_PERSONS)
    officer = world.actor("officer")
    person = find_or_add_person(
        actor=officer, now=world.now, outpost=world.outpost, name="王小明", organization=None, title="工程师"
    )
    for degree in ("master", "bachelor", "doctor"):
        state_policy_facts(
            actor=officer,
            now=world.now,
            outpost=world.outpost,
            subject=Subject("parties.person", person.uid),
            statements=[Statement("education", degree)],
        )
    client, home = signed_in(world, "officer"), world.outpost.home.code
    shown = client.get(clause_url(home, "T-PERSON"))
    (line,) = shown.context["table"].rows
    asked = reverse("console:policies:subject_checkup", args=["person", person.uid])
    assert (line.cells["name"], line.url) == ("王小明", f"{asked}#clause-T-PERSON")
    assert line.cells["claim"] == "未申报", "whoever may and has not is named so"
    begin = f"{reverse('console:policy_claims:claim_new')}?about=person&uid={person.uid}"
    assert client.post(begin, {"clause": "T-PERSON"}).status_code == REDIRECT
    (line,) = client.get(clause_url(home, "T-PERSON")).context["table"].rows
    assert line.cells["claim"] == "准备材料"
    gained = client.get(reverse("console:policy_library:change_list"))
    assert {each.cells["name"] for each in gained.context["table"].rows} == {"王小明"}
    exports = [clause_url(home, "T-PERSON", "standing_export"), reverse("console:policy_library:change_export")]
    for address in exports:
        book = openpyxl.load_workbook(BytesIO(client.get(address).content))
        cells = {str(cell.value) for row in book.active.iter_rows() for cell in row}  # type: ignore[union-attr]
        assert ("王**" in cells, "王小明" in cells) == (True, False)
    for who in ("rival", "bureau"):
        page = signed_in(world, who).get(clause_url(home, "T-PERSON"))
        assert "王小明" not in page.content.decode()
