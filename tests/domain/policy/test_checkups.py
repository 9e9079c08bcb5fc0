"""A check-up: where every clause stands, what is kept of it, and that the same question keeps its answer."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from feidi.domain.parties.models import Fact, Organization
from feidi.domain.policy.access import can_view_checkup, checkups_visible_to
from feidi.domain.policy.models import Checkup
from feidi.domain.policy.selectors.checkups import ask, checkups_of, enquire, list_checked
from feidi.domain.policy.services.checkup_papers import checkup_paper, print_checkup, statement_of
from feidi.domain.policy.services.checkups import asked_again, content_digest, keep_checkup
from feidi.domain.policy.services.facts import Statement, state_policy_facts
from feidi.engines.findings import RefusedError
from feidi.kernel.audit.verify import verify
from feidi.kernel.subjects import Subject
from tests.support.policies import POLICY, firm, publish
from tests.support.world import World

pytestmark = pytest.mark.django_db

FULL = {"rd_spend": "500万元", "legal_person": "是", "employees": "30人", "titles": ["high_tech"]}


@pytest.fixture
def organization(world: World) -> Organization:
    publish(world, POLICY)
    return firm(world, founded_on=date(2020, 5, 1))


def state(world: World, organization: Organization, given: dict[str, Any], **more: Any) -> None:
    state_policy_facts(
        **{"actor": world.actor("officer"), "now": world.now, "outpost": world.outpost, **more},
        subject=Subject("parties.organization", organization.uid),
        statements=[Statement(fact, value) for fact, value in given.items()],
    )


def groups(world: World, organization: Organization, **more: Any) -> dict[str, str]:
    """Return clause → group, of the invented clauses alone."""
    asked = {"as_of": world.now.date(), "known_at": world.now, **more}
    sheet = ask(enquire(organization, world.outpost, **asked)).sheet
    return {each["clause"]: each["group"] for each in sheet.results if each["clause"].startswith("T-")}


def row_of(world: World, organization: Organization, code: str) -> dict[str, Any]:
    sheet = ask(enquire(organization, world.outpost, as_of=world.now.date(), known_at=world.now)).sheet
    return next(each for each in sheet.results if each["clause"] == code)


def keep(world: World, organization: Organization, **more: Any) -> Checkup:
    given = {"actor": world.actor("officer"), "now": world.now, "outpost": world.outpost, **more}
    return keep_checkup(organization=organization, **given)


def test_every_clause_stands_in_its_group(world: World, organization: Organization) -> None:
    state(world, organization, FULL)
    assert groups(world, organization) == {
        "T-RATE": "applicable",
        "T-TITLE": "automatic",
        "T-REVIEW": "contested",
        "T-SIZE": "near",
        "T-CLOSED": "out_of_window",
        "T-FAIR": "applicable",
        "T-UNKNOWN-TERM": "unconfirmed",
        "T-DRAFT": "unconfirmed",
        "T-OLD": "expired",
        "T-JUDGED": "unknown",
    }, "a clause for persons is not asked of a firm"
    assert row_of(world, organization, "T-RATE")["amount"]["lo"] == 25_000_000
    near = row_of(world, organization, "T-SIZE")["near"]
    assert ("50人" in near["needed"], near["actual"]) == (True, "30人")
    # two conditions fail: no near miss
    state(world, organization, {"legal_person": "否"})
    assert groups(world, organization)["T-SIZE"] == "not_eligible"


def test_what_is_missing_is_unknown_and_filling_it_turns_it(world: World, organization: Organization) -> None:
    assert groups(world, organization)["T-RATE"] == "unknown"
    row = row_of(world, organization, "T-RATE")
    assert row["missing"] == ["rd_spend"]
    assert (row["amount"]["lo"], row["amount"]["hi"]) == (0, 30_000_000), "a cap bounds it, it never becomes the amount"
    state(world, organization, {"rd_spend": "400万元以上"})
    row = row_of(world, organization, "T-RATE")
    assert (row["verdict"], row["amount"]["lo"], row["amount"]["hi"]) == ("eligible", 20_000_000, 30_000_000)


def test_the_best_combination_and_what_it_gives_up(world: World, organization: Organization) -> None:
    state(world, organization, FULL)
    sheet = ask(enquire(organization, world.outpost, as_of=world.now.date(), known_at=world.now)).sheet
    told = sheet.summary["combination"]
    mine = [code for code in told["best"]["clauses"] if code.startswith("T-")]
    assert mine == ["T-RATE"], "25 万 rather than 10 万: the two exclude each other"
    assert [each["clause"] for each in told["given_up"] if each["clause"].startswith("T-")] == ["T-TITLE"]
    assert told["left_out"]["T-FAIR"] == "fair_competition"
    assert told["left_out"]["T-CLOSED"] == "window_closed"
    assert "T-REVIEW" not in told["best"]["clauses"]


def test_a_kept_check_up_keeps_its_answer(world: World, organization: Organization) -> None:
    state(world, organization, FULL)
    row = keep(world, organization)
    assert Fact.objects.filter(fact="established_on").exists(), "what the register knew was written down with it"
    assert {each["path"] for each in row.files} >= {"policies/test-checkup.yaml", "facts.yaml"}
    assert row.policy_hash
    # facts, register and content change
    later = world.now + timedelta(days=3)
    state(world, organization, {"rd_spend": "10万元", "employees": "80人"}, now=later)
    Organization.objects.filter(pk=organization.pk).update(founded_on=date(2026, 10, 1))
    publish(world, POLICY.replace("率: 5%", "率: 1%"), at=later)
    again = keep(world, organization, now=later, as_of=row.as_of, known_at=row.known_at)
    assert (again.results, again.facts, again.files) == (row.results, row.facts, row.files)
    assert again.policy_hash == row.policy_hash
    assert asked_again(Checkup.objects.select_related("outpost__home", "outpost__host").get(pk=row.pk))
    now_asked = keep(world, organization, now=later)
    assert now_asked.policy_hash != row.policy_hash
    assert {each["clause"]: each["group"] for each in now_asked.results}["T-RATE"] == "not_eligible"
    assert not verify().faults


def test_a_kept_answer_that_was_tampered_with_is_noticed(world: World, organization: Organization) -> None:
    row = Checkup.objects.select_related("outpost__home", "outpost__host").get(pk=keep(world, organization).pk)
    assert asked_again(row)
    row.results[0]["group"] = "applicable"
    row.save(update_fields=["results"])
    assert not asked_again(row)
    row.content_hash = content_digest(row)
    row.save(update_fields=["content_hash"])
    (fault,) = verify().faults
    assert row.uid in fault.where


def test_who_keeps_and_who_sees(world: World, organization: Organization) -> None:
    stranger = Organization.objects.create(name="没联系过", name_folded="没联系过", created_at=world.now)
    for who, of, code in (
        ("bureau", organization, "parties.not_permitted"),
        ("rival", organization, "parties.not_permitted"),
        ("officer", stranger, "policy.not_linked"),
    ):
        with pytest.raises(RefusedError) as refused:
            keep(world, of, actor=world.actor(who))
        assert refused.value.refusal.code == code, who
    with pytest.raises(RefusedError) as refused:
        keep(world, organization, as_of=world.now.date() + timedelta(days=1))
    assert refused.value.refusal.code == "policy.as_of_ahead"
    with pytest.raises(RefusedError) as refused:
        keep(world, organization, known_at=world.now + timedelta(days=1))
    assert refused.value.refusal.code == "policy.known_at_ahead"
    row = keep(world, organization)
    for who in ("officer", "manager", "lead", "rival", "bureau", "auditor", "tenant", "admin", "rival_bureau"):
        actor = world.actor(who)
        sees = checkups_visible_to(actor, Checkup.objects.all()).exists()
        assert sees == can_view_checkup(actor, row) == (who in {"officer", "manager", "lead"}), who
    listed = list_checked(world.actor("officer"), words="乙制造")
    assert [(each.pk, each.last_checkup) for each in listed] == [(organization.pk, row.uid)]
    assert not list_checked(world.actor("rival")).filter(pk=organization.pk).exists()
    assert checkups_of(world.actor("officer"), organization).get() == row


def test_the_paper_says_what_was_kept(world: World, organization: Organization) -> None:
    state(world, organization, FULL)
    row = keep(world, organization)
    told = statement_of(row)
    lines = {line[0]: line for table in told["tables"] for line in table["rows"]}
    assert lines["研发费用补助"][2] == "25万元"
    assert "差一项" in lines["规模奖励"][3]
    assert "公平竞争审查：本地纳税" in lines["落户奖励"][3]
    assert lines["研发费用"][1] == "500万元"
    form = print_checkup(actor=world.actor("officer"), now=world.now, checkup=row)
    assert form.data["facts"][0]["value"] == organization.name
    assert checkup_paper(row).title == f"{organization.name}政策体检单"
    with pytest.raises(RefusedError):
        print_checkup(actor=world.actor("bureau"), now=world.now, checkup=row)
