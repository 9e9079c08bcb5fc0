"""What firms have said, what running costs, what claims brought: figures over rows of their own apps, value by value."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from feidi.domain.incubation.enums import ChargeKind, TenancyEnd
from feidi.domain.incubation.models import Charge, Mentor, Receipt, Tenancy
from feidi.domain.parties.enums import FactSource
from feidi.domain.parties.models import Person
from feidi.domain.parties.services.facts import Value, state_fact
from feidi.domain.pipeline.models import LandingCase, Project
from feidi.domain.policy.models import ClauseStanding, PolicyClaim
from feidi.domain.reporting.indicator_texts import beside_of
from feidi.domain.reporting.selectors import figures_columns
from feidi.domain.reporting.selectors.figures import View
from feidi.domain.reporting.selectors.indicators import Indicator, indicators_for
from feidi.domain.reporting.selectors.readings import kept
from feidi.engines.measures import Reading, Rows, named_period
from feidi.kernel.subjects import Subject
from tests.access.contracted import contract_of
from tests.support.figures import adds_up
from tests.support.tenancies import floor_of, tenancy_of
from tests.support.world import World

pytestmark = pytest.mark.django_db


def figures(world: World, *codes: str, year: str = "2026", as_of: date | None = None) -> dict[str, Indicator]:
    kept.forget()
    figures_columns._books.clear()
    figures_columns._ready.clear()
    view = View((world.outpost.pk,), named_period(year), as_of or world.now.date())
    found = {each.code: each for each in indicators_for(view, codes, now=world.now)}
    for each in found.values():
        adds_up(each)
    return found


@pytest.fixture
def firms(world: World) -> list[Tenancy]:
    """Four firms in incubation since 2024, in rooms of 100 m²."""
    units = floor_of(world, rooms=4)
    return [
        tenancy_of(world, unit, name=f"项目{n}", sponsor=f"滨海{n}生物有限公司", starts_on=date(2024, 1, 16))
        for n, unit in enumerate(units)
    ]


def say(world: World, tenancy: Tenancy, fact: str, value: int, year: int) -> None:
    """A firm says a yearly number; it holds during the year after."""
    state_fact(
        actor=world.actor("officer"),
        now=world.now,
        subject=Subject("parties.organization", tenancy.organization.uid),
        fact=fact,
        value=Value(number=value),
        source=FactSource.STATED,
        holds_from=date(year + 1, 1, 1),
        holds_to=date(year + 2, 1, 1),
        outpost=world.outpost,
    )


def test_who_has_not_said_is_not_no(world: World, firms: list[Tenancy]) -> None:
    silent = figures(world, "K24", "K25", "K27")
    assert {each.reading.why for each in silent.values()} == {"figures.nobody_said", "figures.no_two_years"}
    assert silent["K24"].reason == "缺：4 家都没有填报（2025年）"
    say(world, firms[0], "external_funding_year", 5_000_000_00, 2025)
    say(world, firms[1], "external_funding_year", 0, 2025)
    say(world, firms[0], "valid_ip", 3, 2025)
    some = figures(world, "K24", "K27")
    assert (some["K24"].value, some["K24"].reading.bound, some["K24"].value_text) == (Fraction(1, 4), ">=", "≥ 25%")
    assert some["K24"].beside == "1 / 4；2 家未填报；2025年"
    assert some["K27"].value_text == "≥ 25%"
    for each in firms[2:]:
        say(world, each, "external_funding_year", 0, 2025)
    assert figures(world, "K24")["K24"].value_text == "25%"


def test_what_is_said_of_a_year_in_the_next_one_is_known_of_it(world: World, firms: list[Tenancy]) -> None:
    for each in firms:
        say(world, each, "external_funding_year", 0, 2025)
    assert figures(world, "K24", year="2025", as_of=date(2025, 12, 31))["K24"].value_text == "0%"


def test_growth_needs_two_comparable_years_and_three_firms(world: World, firms: list[Tenancy]) -> None:
    for each, before, now in zip(firms[:2], (100, 100), (121, 120), strict=True):
        say(world, each, "revenue", before, 2024)
        say(world, each, "revenue", now, 2025)
    assert figures(world, "K25")["K25"].reason == "不足 3，不显示"
    say(world, firms[2], "rd_spend", 100, 2024)
    say(world, firms[2], "rd_spend", 200, 2025)
    found = figures(world, "K25")["K25"]
    # the first grew by 21 %, the second by just 20, the third in R&D; the fourth is not comparable
    assert (found.value, found.reading.denominator) == (Fraction(2, 3), 3)
    assert found.reading.apart["incomparable"].keys == (firms[3].pk,)


def test_firms_graduates_area_and_mentors(world: World, firms: list[Tenancy]) -> None:
    found = figures(world, "K23", "K28", "K29")
    assert found["K23"].value == 4
    assert found["K28"].value == 10
    assert found["K29"].reason == "没有在任导师"
    person = Person.objects.create(outpost=world.outpost, name="导师", name_folded="导师", created_at=world.now)
    Mentor.objects.create(
        outpost=world.outpost,
        person=person,
        fields="材料",
        since=date(2026, 1, 1),
        recorded_by="t",
        created_at=world.now,
    )
    Tenancy.objects.filter(pk=firms[0].pk).update(
        ended_on=date(2026, 6, 30), ended_how=TenancyEnd.GRADUATED, ended_reason="达标"
    )
    after = figures(world, "K23", "K23G", "K23R", "K29")
    assert (after["K23"].value, after["K23G"].value, after["K23R"].value, after["K29"].value) == (
        3,
        1,
        Fraction(1, 4),
        3,
    )


def test_income_other_than_rent(world: World, firms: list[Tenancy]) -> None:
    """K26: income 500, rent 300, property 40 → 32 %; a deposit is no income."""
    Receipt.objects.all().delete()
    sums = ((ChargeKind.RENT, 300), (ChargeKind.PROPERTY, 40), (ChargeKind.SERVICE, 160), (ChargeKind.DEPOSIT, 900))
    for kind, yuan in sums:
        charge = Charge.objects.create(
            tenancy=firms[0], kind=kind, period_from=date(2025, 1, 1), period_to=date(2025, 1, 31),
            due_on=date(2025, 1, 10), amount_fen=yuan * 100, currency="CNY", recorded_by="t", created_at=world.now,
        )  # fmt: skip
        Receipt.objects.create(
            charge=charge, received_on=date(2026, 3, 1), amount_fen=yuan * 100, recorded_by="t", created_at=world.now
        )
    found = figures(world, "K26")["K26"]
    assert (found.value, found.reading.numerator, found.reading.denominator) == (Fraction(32, 100), 160, 500)
    assert figures(world, "K26", year="2025", as_of=date(2025, 12, 31))["K26"].reason == "缺：没有登记收款"


def landed(world: World, name: str, on: date) -> Project:
    """A verified landing, past the services."""
    project = world.to_signed(world.lead(name, f"滨海{name}有限公司"))
    LandingCase.objects.create(
        project=project, state="verified", home_entity="云溪", content_sha256="0" * 64, verified_on=on,
        decided_at=world.now, decided_by="核验员", submitted_at=world.now, created_at=world.now,
    )  # fmt: skip
    return project


def test_cost_and_density_of_landings(world: World) -> None:
    contract_of(world)
    assert figures(world, "K31")["K31"].reading.state == "none", "cost, but no landing: not nought"
    landed(world, "甲", date(2026, 10, 1))
    landed(world, "乙", date(2026, 11, 1))
    found = figures(world, "K14", "K31")
    assert (found["K14"].value, found["K31"].value, found["K31"].reading.denominator) == (2, Fraction(1, 2), 2)


def claim(world: World, n: int, **more: Any) -> PolicyClaim:
    """A claim as the platform shows it, past the services."""
    given = {"status": "submitted", "submitted_on": date(2026, 2, 1), "status_seen_on": date(2026, 11, 1), **more}
    return PolicyClaim.objects.create(
        outpost=world.outpost, organization=world.users["tenant"].memberships.get().organization, place="yunxi",
        clause=f"C{n}", clause_title=f"条款{n}", policy_hash="0" * 64, recorded_by="t", created_at=world.now, **given,
    )  # fmt: skip


def test_claims_paid_of_approved(world: World) -> None:
    paid = {"approved_on": date(2026, 3, 1), "approved_fen": 100_00, "paid_fen": 40_00, "paid_on": date(2026, 4, 2)}
    claim(world, 1, status="paid", **paid)
    claim(world, 2, status="approved", approved_on=date(2026, 3, 5), approved_fen=100_00)
    claim(world, 3, status="approved", approved_on=date(2026, 3, 6))
    claim(world, 4, status="rejected")
    found = figures(world, "K37", "K37A", "K37D")
    assert (found["K37"].value, found["K37A"].value, found["K37D"].value) == (Fraction(1, 5), Fraction(3, 4), 60)
    assert len(found["K37"].reading.apart["no_amount"].keys) == 1
    early = figures(world, "K37", "K37D", as_of=date(2026, 3, 31))
    assert (early["K37"].value, early["K37D"].value) == (0, None), "not yet paid on that day"


def test_who_is_entitled_and_has_not_applied(world: World) -> None:
    firm = world.users["tenant"].memberships.get().organization
    for n, verdict in ((1, "eligible"), (2, "not_eligible")):
        ClauseStanding.objects.create(
            outpost=world.outpost, subject_kind="parties.organization", subject_uid=firm.uid, place="yunxi",
            clause=f"C{n}", verdict=verdict, group="applicable", as_of=date(2026, 11, 20), policy_hash="0",
            facts_hash="0", evaluated_at=world.now,
        )  # fmt: skip
    claim(world, 2)
    found = figures(world, "K38")["K38"]
    assert (found.value, found.beside) == (0, "0 / 1；2026-11-20 体检"), "a claim under another clause is not this one"
    assert found.reading.apart["missed"].keys == (firm.pk,)
    claim(world, 1)
    assert figures(world, "K38")["K38"].value == 1
    assert figures(world, "K38", as_of=date(2026, 11, 19))["K38"].reason == "只按最近一次体检，不能倒推到过去"


def test_very_few_persons_are_not_told_apart_nor_left_to_subtraction() -> None:
    six = Rows("talent.talent", (1, 2, 3, 4, 5, 6))
    some = Reading("K33", "known", Fraction(6), Fraction(6), above=six)
    three = Rows("talent.talent", (1, 2, 3)), Rows("talent.talent", (4, 5, 6))
    told = replace(some, split=(("side:home", three[0]), ("side:host", three[1])))
    assert beside_of(told) == "在本地工作 3，在飞地工作 3"
    few = replace(some, split=(("side:home", Rows("x", (1, 2, 3, 4, 5))), ("side:host", Rows("x", (6,)))))
    assert beside_of(few) == "有的工作地少于3人，不分列"
