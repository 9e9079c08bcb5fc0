"""Policy facts: read as people write them, kept in two times, never more said than is known."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from feidi.domain.parties.enums import FactSource
from feidi.domain.parties.models import Fact, Organization
from feidi.domain.parties.services.titles import TitlePaper, add_title
from feidi.domain.policy.selectors.facts import Known, facts_known, shape_of, stale_facts, value_of
from feidi.domain.policy.selectors.known import offered_titles
from feidi.domain.policy.selectors.library import library_of
from feidi.domain.policy.services.facts import (
    Origin,
    Statement,
    confirm_policy_fact,
    push_facts,
    state_policy_fact,
    state_policy_facts,
    withdraw_policy_fact,
)
from feidi.engines.findings import RefusedError
from feidi.engines.rules.facts import FactDef, FactType, Interval, Value, exactly
from feidi.kernel.subjects import Subject
from tests.support.policies import POLICY, firm, publish
from tests.support.world import World

pytestmark = pytest.mark.django_db

MILLION = 100_000_000  # a million yuan in hundredths


@pytest.fixture
def organization(world: World) -> Organization:
    publish(world, POLICY)
    return firm(world, founded_on=date(2020, 5, 1))


def subject_of(organization: Organization) -> Subject:
    return Subject("parties.organization", organization.uid)


def state(world: World, organization: Organization, *statements: Statement, **more: Any) -> list[Fact]:
    given = {"actor": world.actor("officer"), "now": world.now, "outpost": world.outpost, **more}
    return state_policy_facts(subject=subject_of(organization), statements=statements, **given)


def known(world: World, organization: Organization, **more: Any) -> Known:
    asked = {"as_of": world.now.date(), "known_at": world.now, "outpost": world.outpost, **more}
    outpost = asked.pop("outpost")
    dictionary = library_of(world.outpost, on=asked["as_of"]).dictionary
    return facts_known(outpost, [subject_of(organization)], dictionary, **asked)


DEFINITIONS = {
    "money": FactDef("money", "钱", FactType.NUMBER, unit="元", scale=2),
    "day": FactDef("day", "日", FactType.DATE),
    "level": FactDef("level", "级", FactType.LEVEL, codes=("none", "city", "nation")),
    "yesno": FactDef("yesno", "否", FactType.YESNO),
    "code": FactDef("code", "类", FactType.CODE, codes=("a", "b")),
    "codes": FactDef("codes", "集", FactType.CODES, codes=("a", "b")),
}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("money", exactly(12_345)),
        ("money", Interval(10, None)),
        ("money", Interval(None, 20)),
        ("money", Interval(0, 20)),
        ("day", exactly(date(2024, 2, 29).toordinal())),
        ("day", Interval(date(2024, 1, 1).toordinal(), None)),
        ("level", exactly(0)),
        ("level", Interval(1, 2)),
        ("yesno", True),
        ("yesno", False),
        ("code", "b"),
        ("codes", frozenset()),
        ("codes", frozenset({"a", "b"})),
    ],
)
def test_every_value_comes_back_as_it_was(name: str, value: Value) -> None:
    definition = DEFINITIONS[name]
    shape = shape_of(definition, value)
    row = Fact(text=shape.text, number=shape.number, on=shape.on, lo=shape.lo, hi=shape.hi)
    assert value_of(definition, row) == value


def test_a_value_that_content_no_longer_has_is_unknown_not_no() -> None:
    assert value_of(DEFINITIONS["code"], Fact(text="gone")) is None
    assert value_of(DEFINITIONS["codes"], Fact(text="a,gone")) is None
    assert value_of(DEFINITIONS["level"], Fact(text="gone")) is None
    assert value_of(DEFINITIONS["yesno"], Fact(number=1)) is None


def test_facts_are_read_as_they_are_written(world: World, organization: Organization) -> None:
    rows = state(
        world,
        organization,
        Statement("rd_spend", "500万元"),
        Statement("revenue", "2000万元以上"),
        Statement("legal_person", "是"),
        Statement("titles", ["high_tech"]),
        origin=Origin(FactSource.DOCUMENT, "2025年度审计报告"),
    )
    facts = known(world, organization).facts
    assert facts["rd_spend"].value == exactly(5 * MILLION)
    assert facts["revenue"].value == Interval(20 * MILLION, None)
    assert facts["legal_person"].value is True
    assert facts["titles"].value == frozenset({"high_tech"})
    assert (facts["rd_spend"].source, facts["rd_spend"].note) == ("document", "2025年度审计报告")
    assert [row.currency for row in rows[:2]] == ["CNY", "CNY"]
    # what the register of parties knows is a fact of its own, and says so
    assert facts["established_on"].value == exactly(date(2020, 5, 1).toordinal())
    assert (facts["established_on"].row, facts["established_on"].source) == ("", "register")


def test_everything_wrong_is_said_at_once_and_nothing_is_kept(world: World, organization: Organization) -> None:
    with pytest.raises(RefusedError) as refused:
        state(
            world,
            organization,
            Statement("rd_spend", "500"),
            Statement("no_such_fact", "1"),
            Statement("legal_person", "也许"),
            Statement("revenue", "100万元"),
        )
    refusal = refused.value.refusal
    assert (refusal.code, refusal.params["n"]) == ("policy.facts_unreadable", 3)
    assert {each.column for each in refusal.reasons} == {"rd_spend", "no_such_fact", "legal_person"}
    assert not Fact.objects.exists()


def test_a_correction_supersedes_and_the_past_keeps_its_answer(world: World, organization: Organization) -> None:
    state(world, organization, Statement("rd_spend", "500万元"))
    later = world.now + timedelta(days=2)
    state(world, organization, Statement("rd_spend", "480万元"), now=later)
    assert known(world, organization, known_at=later).facts["rd_spend"].value == exactly(480 * MILLION // 100)
    assert known(world, organization).facts["rd_spend"].value == exactly(5 * MILLION)
    # said again word for word: nothing new is written
    count = Fact.objects.count()
    state(world, organization, Statement("rd_spend", "480万元"), now=later)
    assert Fact.objects.count() == count


def test_last_years_figure_is_unknown_next_year(world: World, organization: Organization) -> None:
    state(world, organization, Statement("rd_spend", "500万元"))
    new_year = datetime(2027, 1, 2, 9, tzinfo=world.now.tzinfo)
    assert "rd_spend" in known(world, organization, as_of=date(2026, 12, 31), known_at=new_year).facts
    assert "rd_spend" not in known(world, organization, as_of=date(2027, 1, 1), known_at=new_year).facts
    state(world, organization, Statement("rd_spend", "600万元", year=2026), now=new_year)
    facts = known(world, organization, as_of=date(2027, 1, 2), known_at=new_year).facts
    assert facts["rd_spend"].value == exactly(6 * MILLION)
    # the older question still finds the older year
    held = known(world, organization, as_of=date(2026, 12, 31), known_at=new_year).facts["rd_spend"]
    assert held.value == exactly(5 * MILLION)


def test_what_is_taken_back_is_unknown_again(world: World, organization: Organization) -> None:
    (row,) = state(world, organization, Statement("employees", "60人"))
    later = world.now + timedelta(hours=1)
    given = {"actor": world.actor("officer"), "now": later, "outpost": world.outpost, "fact": row}
    with pytest.raises(RefusedError) as refused:
        withdraw_policy_fact(reason=" ", **given)
    assert refused.value.refusal.code == "policy.fact_reason_needed"
    withdraw_policy_fact(reason="看错了一行", **given)
    assert "employees" not in known(world, organization, known_at=later).facts
    assert "employees" in known(world, organization).facts, "asked of the moment before, it is still there"
    with pytest.raises(RefusedError) as refused:
        withdraw_policy_fact(reason="再撤一次", **given)
    assert refused.value.refusal.code == "policy.fact_corrected_meanwhile"
    state(world, organization, Statement("employees", "61人"), now=later)
    assert known(world, organization, known_at=later).facts["employees"].value == exactly(61)


def test_who_confirmed_a_fact_is_part_of_it(world: World, organization: Organization) -> None:
    (row,) = state(world, organization, Statement("employees", "60人"))
    confirm_policy_fact(actor=world.actor("officer"), now=world.now, outpost=world.outpost, fact=row, by="人社局 李工")
    held = known(world, organization).facts["employees"]
    assert (held.value, held.confirmed_by) == (exactly(60), "人社局 李工")


def test_another_outposts_facts_are_its_own(world: World, organization: Organization) -> None:
    state(world, organization, Statement("employees", "60人"))
    assert "employees" not in known(world, organization, outpost=world.rival).facts
    for who in ("rival", "bureau", "tenant"):
        with pytest.raises(RefusedError) as refused:
            state(world, organization, Statement("employees", "1人"), actor=world.actor(who))
        assert refused.value.refusal.code == "parties.not_permitted", who
    # who may state facts, but not of a firm that they do not see
    stranger = Organization.objects.create(name="没联系过", name_folded="没联系过", created_at=world.now)
    with pytest.raises(RefusedError) as refused:
        state(world, stranger, Statement("employees", "1人"))
    assert refused.value.refusal.code == "policy.subject_unknown"


def test_titles_of_the_register_are_offered_and_never_taken_as_complete(
    world: World, organization: Organization
) -> None:
    ends = date(2028, 1, 31)
    paper = TitlePaper("high_tech", number="GR1", valid_from=date(2025, 2, 1), valid_to=ends)
    add_title(
        actor=world.actor("officer"), now=world.now, outpost=world.outpost, organization=organization, paper=paper
    )
    facts = known(world, organization).facts
    assert "titles" not in facts
    assert facts["hte_certificate_lasting"].value is True
    assert "GR1" in facts["hte_certificate_lasting"].note
    dictionary = library_of(world.outpost, on=world.now.date()).dictionary
    codes, rows = offered_titles(world.outpost, subject_of(organization), dictionary, as_of=world.now.date())
    assert codes == frozenset({"high_tech"})
    assert [row.number for row in rows] == ["GR1"]
    # a certificate that ends within the year proves nothing
    assert "hte_certificate_lasting" not in known(world, organization, as_of=date(2027, 2, 1)).facts


def test_a_project_answers_where_the_firm_does_not(world: World, organization: Organization) -> None:
    project = world.lead("测试项目", "云溪丙有限公司")
    of_project = Subject("pipeline.project", project.uid)
    given = {"actor": world.actor("officer"), "now": world.now, "outpost": world.outpost}
    push_facts(subject=of_project, statements=[Statement("fixed_investment", "3000万元")], **given)
    push_facts(subject=of_project, statements=[Statement("employees", "5人")], **given)
    state(world, organization, Statement("employees", "60人"))
    library = library_of(world.outpost, on=world.now.date())
    facts = facts_known(
        world.outpost,
        [subject_of(organization), of_project],
        library.dictionary,
        as_of=world.now.date(),
        known_at=world.now,
    ).facts
    assert facts["fixed_investment"].value == exactly(30 * MILLION)
    assert facts["employees"].value == exactly(60)


def test_old_facts_are_to_be_asked_anew(world: World, organization: Organization) -> None:
    state_policy_fact(
        actor=world.actor("officer"),
        now=world.now,
        outpost=world.outpost,
        subject=subject_of(organization),
        statement=Statement("legal_person", "是", since=date(2024, 1, 1)),
    )
    dictionary = library_of(world.outpost, on=world.now.date()).dictionary
    assert stale_facts(known(world, organization), dictionary, as_of=world.now.date()) == {"legal_person"}
