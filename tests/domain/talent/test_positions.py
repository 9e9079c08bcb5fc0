"""Positions and flexible contracts; evidence that a person came; K32 and K33."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from feidi.domain.parties.models import Organization
from feidi.domain.parties.services.organizations import find_or_add_organization
from feidi.domain.talent.enums import Acceptance, ContractKind, SalaryPer, Whereabouts
from feidi.domain.talent.events import PositionClosed, PositionOpened
from feidi.domain.talent.models import Position, Talent
from feidi.domain.talent.selectors.figures import outposts_counted, talent_figures
from feidi.domain.talent.selectors.positions import profile_of
from feidi.domain.talent.services.arrivals import Proof, decide_evidence, show_arrival, show_presence
from feidi.domain.talent.services.contracts import (
    NewContract,
    add_contract,
    record_presence,
    say_acceptance,
)
from feidi.domain.talent.services.delivery import deliver_case
from feidi.domain.talent.services.items import finish_item
from feidi.domain.talent.services.positions import Band, NewPosition, close_position, open_position
from feidi.domain.talent.services.rulings import ask_ruling, decide_ruling
from feidi.domain.talent.services.talents import Work
from feidi.engines.findings import RefusedError
from feidi.engines.measures import Period
from feidi.engines.money import Money
from tests.support.talents import made, opened
from tests.support.world import World

pytestmark = pytest.mark.django_db
YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))


def refused(code: str) -> Any:
    return pytest.raises(RefusedError, match=code)


@pytest.fixture
def act(world: World) -> dict[str, Any]:
    return {"actor": world.actor("officer"), "now": world.now}


@pytest.fixture
def firm(world: World) -> Organization:
    return find_or_add_organization(
        actor=world.actor("officer"), now=world.now, outpost=world.outpost, name="滨海某某传感器有限公司"
    )


def test_a_position_is_told_to_the_apps_above_when_it_opens_and_closes(
    world: World, act: dict[str, Any], firm: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[Any] = []
    monkeypatch.setattr("feidi.domain.talent.services.positions.publish", heard.append)
    band = Band(Money(2_000_000, "CNY"), None, SalaryPer.MONTH)
    row = open_position(outpost=world.outpost, new=NewPosition(firm, "工艺工程师", band=band), **act)
    close_position(position=row, reason="招到了", **act)
    assert heard == [PositionOpened(row.uid, firm.uid), PositionClosed(row.uid, firm.uid)]
    profile = profile_of(row.uid)
    assert (profile.salary_lo, profile.salary_hi, profile.is_open) == (Money(2_000_000, "CNY"), None, False)


@pytest.mark.parametrize(
    ("band", "code"),
    [
        (Band(Money(2, "CNY"), Money(1, "CNY"), SalaryPer.MONTH), "talent.salary_order"),
        (Band(Money(1, "CNY"), Money(2, "HKD"), SalaryPer.MONTH), "talent.salary_currency"),
        (Band(Money(1, None), None, SalaryPer.MONTH), "talent.salary_currency"),
        (Band(Money(1, "CNY"), None), "talent.salary_per"),
    ],
)
def test_a_salary_is_a_band_in_one_currency_or_unknown(
    world: World, act: dict[str, Any], firm: Organization, band: Band, code: str
) -> None:
    with refused(code):
        open_position(outpost=world.outpost, new=NewPosition(firm, "工艺工程师", band=band), **act)
    unknown = open_position(outpost=world.outpost, new=NewPosition(firm, "工艺工程师"), **act)
    assert (unknown.salary_lo_fen, unknown.currency) == (None, "")
    with pytest.raises(IntegrityError), transaction.atomic():
        Position.objects.filter(pk=unknown.pk).update(salary_lo_fen=5)


def test_a_position_needs_an_organization_that_the_outpost_knows(world: World, act: dict[str, Any]) -> None:
    stranger = Organization.objects.create(name="没见过", name_folded="没见过", created_at=world.now)
    with refused("talent.organization_unknown"):
        open_position(outpost=world.outpost, new=NewPosition(stranger, "工程师"), **act)


def contract(world: World, act: dict[str, Any], firm: Organization) -> Any:
    new = NewContract(firm, ContractKind.DUAL, date(2026, 3, 15), date(2027, 3, 14), Whereabouts.HOST, days_agreed=6)
    return add_contract(talent=made(world), new=new, **act)


def test_days_present_are_within_the_contract_and_fixed_once_accepted(
    world: World, act: dict[str, Any], firm: Organization
) -> None:
    row = contract(world, act, firm)
    with refused("talent.month_outside"):
        record_presence(contract=row, month=date(2026, 2, 1), days=3, **act)
    with refused("talent.month_outside"):
        record_presence(contract=row, month=date(2027, 1, 1), days=3, **act)
    with refused("talent.days_of_month"):
        record_presence(contract=row, month=date(2026, 4, 1), days=31, **act)
    month = record_presence(contract=row, month=date(2026, 4, 20), days=6, **act)
    assert record_presence(contract=row, month=date(2026, 4, 1), days=7, **act).pk == month.pk
    item = show_presence(month=month, proof=Proof(None, "门禁记录", date(2026, 4, 30)), **act)
    with refused("evidence.own_item"):
        decide_evidence(actor=world.actor("lead"), now=world.now, talent=row.talent, item=_by(item, world), accept=True)
    decide_evidence(actor=world.actor("manager"), now=world.now, talent=row.talent, item=item, accept=True)
    with refused("talent.month_accepted"):
        record_presence(contract=row, month=date(2026, 4, 1), days=9, **act)


def _by(item: Any, world: World) -> Any:
    """The same item, as if the lead had handed it in."""
    type(item).objects.filter(pk=item.pk).update(submitted_by_id_number=world.users["lead"].pk)
    return item


def test_whether_a_benefit_accepts_a_contract_is_yes_no_or_unknown_with_a_basis(
    world: World, act: dict[str, Any], firm: Organization
) -> None:
    row = contract(world, act, firm)
    with refused("talent.clause_unknown"):
        say_acceptance(contract=row, clause="XX-1", answer="", basis="", **act)
    unknown = say_acceptance(contract=row, clause="YX-TAL-01", answer="", basis="", **act)
    assert (unknown.answer, unknown.clause_title) == ("", "人才安居补贴")
    with refused("talent.benefit_basis"):
        say_acceptance(contract=row, clause="YX-TAL-01", answer=Acceptance.NO, basis=" ", **act)
    said = say_acceptance(contract=row, clause="YX-TAL-01", answer=Acceptance.NO, basis="人才办11月20日电话", **act)
    assert (said.pk, said.answer) == (unknown.pk, "no")


def arrive(world: World, talent: Talent, on: date, *, accepted: bool = True) -> None:
    proof = Proof(None, "聘用合同", on)
    item = show_arrival(actor=world.actor("officer"), now=world.now, talent=talent, kind="employment", proof=proof)
    if accepted:
        decide_evidence(actor=world.actor("manager"), now=world.now, talent=talent, item=item, accept=True)


def test_persons_count_once_with_accepted_evidence_by_class_and_by_where_they_work(world: World) -> None:
    home = made(world)
    host = made(world, "周工", paper="", phone="", work=Work(works_at=Whereabouts.HOST))
    waiting = made(world, "吴工", paper="", phone="")
    before = made(world, "郑工", paper="", phone="")
    arrive(world, home, date(2026, 5, 1))
    arrive(world, home, date(2026, 6, 1))
    arrive(world, host, date(2026, 7, 1))
    arrive(world, waiting, date(2026, 7, 1), accepted=False)
    arrive(world, before, date(2025, 7, 1))
    ruling = ask_ruling(actor=world.actor("officer"), now=world.now, talent=host)
    decide_ruling(actor=world.actor("bureau"), now=world.now, ruling=ruling, class_code="BING", basis="联席会议")
    found = talent_figures([world.outpost], YEAR, world.now.date()).introduced
    assert set(found.persons) == {home.person_id, host.person_id}
    assert dict(found.by_class) == {"BING": (host.person_id,), "": (home.person_id,)}
    assert dict(found.by_side) == {"home": (home.person_id,), "host": (host.person_id,)}
    assert talent_figures([world.rival], YEAR, world.now.date()).introduced.persons == ()


def test_in_time_is_closed_by_the_day_it_was_due_and_what_has_no_promise_stands_apart(
    world: World, act: dict[str, Any]
) -> None:
    talent = made(world)
    kept, late, unpromised = (
        opened(world, talent, each, on=date(2026, 10, 12)) for each in ("settling", "medical", "grading")
    )
    for case, on in ((kept, date(2026, 10, 26)), (late, date(2026, 11, 20))):
        finish_item(item=case.items.get(), result="办好", on=on, **act)
        deliver_case(case=case, on=on, **act)
    found = talent_figures([world.outpost], YEAR, world.now.date()).on_time
    assert (found.in_time, found.late, found.unpromised) == ((kept.pk,), (late.pk,), (unpromised.pk,))
    assert (found.ratio.hit, found.ratio.base) == (1, 2)
    early = talent_figures([world.outpost], YEAR, date(2026, 10, 13)).on_time
    assert (early.ratio.state, early.ratio.value) == ("none", None), "nothing was due yet: no ratio, not 0 %"


def test_whose_figures_one_sees(world: World) -> None:
    codes = {
        role: [each.code for each in outposts_counted(world.actor(role))] for role in ("officer", "bureau", "tenant")
    }
    assert codes["officer"] == ["yunbin"]
    assert "yunbin" in codes["bureau"]
    assert codes["tenant"] == []


def test_a_contract_ends_after_it_begins(world: World, act: dict[str, Any], firm: Organization) -> None:
    day = world.now.date()
    with refused("talent.date_before"):
        add_contract(talent=made(world), new=NewContract(firm, ContractKind.DUAL, day, day - timedelta(days=1)), **act)
