"""无界实验室: a directory that says what is not known, and a use that goes step by step from the request to the fee."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from feidi.domain.incubation.access import can_view_lab, labs_visible_to
from feidi.domain.incubation.enums import LabState, OpenTo, TenancyKind
from feidi.domain.incubation.models import Charge, LabEntry, LabUse, Tenancy
from feidi.domain.incubation.selectors.lab_options import lab_options
from feidi.domain.incubation.selectors.labs import directory_labs, level_suffices, list_labs
from feidi.domain.incubation.selectors.ledger import balances_of
from feidi.domain.incubation.services.labs import (
    LabFacts,
    add_lab,
    answer_lab,
    ask_lab,
    change_lab,
    hand_sample,
    record_result,
    settle_lab,
    void_lab,
    withdraw_lab,
)
from feidi.domain.parties.models import Organization
from feidi.domain.pipeline.services.attaching import Attachment
from feidi.engines.findings import RefusedError
from feidi.engines.money import Money
from tests.support.tenancies import floor_of, tenancy_of
from tests.support.world import World

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 11, 20)


@pytest.fixture
def tenancy(world: World) -> Tenancy:
    return tenancy_of(world, floor_of(world)[0])


def facts(**more: Any) -> LabFacts:
    plain: dict[str, Any] = {
        "owner": Organization.objects.order_by("id").first(),
        "title": "元素分析室",
        "method": "ICP-MS，测重金属",
        "source": "电话询问负责人",
        "checked_on": FRIDAY,
        "biosafety": "bsl2",
        "price": Money(80_000, "CNY"),
        "price_per": "每个样品",
        "days": 5,
    }
    return LabFacts(**{**plain, **more})


def lab_of(world: World, **more: Any) -> LabEntry:
    return add_lab(actor=world.actor("officer"), now=world.now, outpost=world.outpost, facts=facts(**more))


def given(world: World, who: str = "officer") -> dict[str, Any]:
    return {"actor": world.actor(who), "now": world.now}


def code(error: pytest.ExceptionInfo[RefusedError]) -> str:
    return error.value.refusal.code


def test_from_the_request_to_the_fee_in_the_ledger(world: World, tenancy: Tenancy) -> None:
    use = ask_lab(**given(world), lab=lab_of(world), tenancy=tenancy, purpose="测三批样品的铅", biosafety="bsl1")
    with pytest.raises(RefusedError) as error:
        hand_sample(**given(world), use=use, sample="三瓶", on=world.now.date())
    assert code(error) == "incubation.lab_not_now"
    answer_lab(**given(world), use=use, agreed=True, price=Money(240_000, "CNY"))
    use = hand_sample(**given(world), use=use, sample="三瓶各 50 毫升", on=world.now.date())
    assert use.due_on == date(2026, 11, 30), "five working days from Monday the 23rd"
    with pytest.raises(RefusedError) as error:
        record_result(**given(world), use=use, result="合格", on=world.now.date() - timedelta(days=1))
    assert code(error) == "incubation.lab_day_before"
    record_result(**given(world), use=use, result="铅未检出", on=world.now.date())
    settle_lab(**given(world, "lead"), use=use, fee=Money(240_000, "CNY"), charge=True)
    use.refresh_from_db()
    assert (use.state, use.fee_fen) == (LabState.SETTLED, 240_000)
    charge = Charge.objects.get(lab_use=use)
    assert (charge.amount_fen, charge.kind, charge.tenancy) == (240_000, "service", tenancy)
    assert "元素分析室" in charge.note
    assert any(each.outstanding_fen >= 240_000 for each in balances_of([tenancy], world.now.date())[tenancy.pk])


def test_a_fee_is_charged_by_whoever_may_enter_charges_only(world: World, tenancy: Tenancy) -> None:
    use = ask_lab(**given(world), lab=lab_of(world), tenancy=tenancy, purpose="测铅")
    answer_lab(**given(world), use=use, agreed=True)
    hand_sample(**given(world), use=use, sample="一瓶", on=world.now.date())
    record_result(**given(world), use=use, result="未检出", on=world.now.date())
    with pytest.raises(RefusedError):
        settle_lab(**given(world), use=use, fee=Money(80_000, "CNY"), charge=True)
    with pytest.raises(RefusedError) as error:
        settle_lab(**given(world, "lead"), use=use, fee=Money(0, "CNY"), charge=True)
    assert code(error) == "incubation.lab_fee_nothing"
    use.refresh_from_db()
    assert use.state == LabState.REPORTED, "what was refused left it where it was"
    settle_lab(**given(world), use=use, fee=Money(0, "CNY"), charge=False)
    use.refresh_from_db()
    assert (use.fee_fen, use.charge) == (0, None), "free is said, and is not the same as not said"


def test_who_may_ask_and_at_which_level(world: World, tenancy: Tenancy) -> None:
    closed = lab_of(world, open_to=OpenTo.HOME_RESEARCH)
    with pytest.raises(RefusedError) as error:
        ask_lab(**given(world), lab=closed, tenancy=tenancy, purpose="测铅")
    assert code(error) == "incubation.lab_not_open"
    plain = lab_of(world, biosafety="bsl1")
    with pytest.raises(RefusedError) as error:
        ask_lab(**given(world), lab=plain, tenancy=tenancy, purpose="培养", biosafety="bsl2")
    assert code(error) == "incubation.lab_level_low"
    unsaid = lab_of(world, biosafety="")
    assert level_suffices(unsaid, "bsl2") is None
    assert ask_lab(**given(world), lab=unsaid, tenancy=tenancy, purpose="培养", biosafety="bsl2").pk, (
        "unknown is not no"
    )
    with pytest.raises(RefusedError) as error:
        ask_lab(**given(world), lab=plain, tenancy=tenancy, purpose="  ")
    assert code(error) == "incubation.lab_purpose_needed"
    void_lab(**given(world), lab=plain, reason="不再对外")
    plain.refresh_from_db()
    with pytest.raises(RefusedError) as error:
        ask_lab(**given(world), lab=plain, tenancy=tenancy, purpose="测铅")
    assert code(error) == "incubation.voided"
    with pytest.raises(RefusedError):
        ask_lab(**given(world, "rival"), lab=unsaid, tenancy=tenancy, purpose="测铅")


def test_a_no_says_why_and_ends_it(world: World, tenancy: Tenancy) -> None:
    use = ask_lab(**given(world), lab=lab_of(world), tenancy=tenancy, purpose="测铅")
    with pytest.raises(RefusedError) as error:
        answer_lab(**given(world), use=use, agreed=False, answer=" ")
    assert code(error) == "incubation.lab_answer_needed"
    answer_lab(**given(world), use=use, agreed=False, answer="仪器大修到三月")
    with pytest.raises(RefusedError) as error:
        withdraw_lab(**given(world), use=use)
    assert code(error) == "incubation.lab_not_now"
    other = ask_lab(**given(world), lab=lab_of(world), tenancy=tenancy, purpose="测铅")
    withdraw_lab(**given(world), use=other)
    other.refresh_from_db()
    assert other.state == LabState.WITHDRAWN


def test_a_report_that_lies_about_its_type_is_refused_and_nothing_is_kept(world: World, tenancy: Tenancy) -> None:
    use = ask_lab(**given(world), lab=lab_of(world), tenancy=tenancy, purpose="测铅")
    answer_lab(**given(world), use=use, agreed=True)
    hand_sample(**given(world), use=use, sample="一瓶", on=world.now.date())
    lie = Attachment("报告.pdf", [b"MZ\x90\x00 not a pdf at all"])
    with pytest.raises(RefusedError):
        record_result(**given(world), use=use, result="未检出", on=world.now.date(), report=lie)
    use.refresh_from_db()
    assert (use.state, use.result, use.result_file) == (LabState.SAMPLED, "", None)


def test_what_the_database_itself_refuses(world: World, tenancy: Tenancy) -> None:
    use = ask_lab(**given(world), lab=lab_of(world), tenancy=tenancy, purpose="测铅")
    for wrong in (
        {"state": LabState.SAMPLED},
        {"state": LabState.DECLINED},
        {"state": LabState.SETTLED},
        {"purpose": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            LabUse.objects.filter(pk=use.pk).update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        LabEntry.objects.filter(pk=use.lab_id).update(currency="")


def test_the_directory_says_what_is_missing(world: World) -> None:
    with pytest.raises(RefusedError) as error:
        lab_of(world, title="", source=" ")
    assert error.value.refusal.params["lacks"] == "实验室、来源"
    with pytest.raises(RefusedError) as error:
        lab_of(world, checked_on=world.now.date() + timedelta(days=1))
    assert code(error) == "incubation.day_to_come"
    with pytest.raises(RefusedError) as error:
        lab_of(world, price=Money(100, None))
    assert code(error) == "incubation.lab_currency_needed"
    lab = lab_of(world, title="培养室", biosafety="", price=None, days=None)
    assert (lab.price_fen, lab.days, lab.biosafety) == (None, None, ""), "not asked is not nothing"
    change_lab(**given(world), lab=lab, facts=facts(title="培养室二"))
    lab_of(world, title="只给研发点", open_to=OpenTo.HOME_RESEARCH)
    officer = world.actor("officer")
    assert [each.title for each in list_labs(officer, words="ICP")] == ["只给研发点", "培养室二"]
    assert [each.title for each in list_labs(officer, open_to="startup")] == ["培养室二"]
    assert not list_labs(officer, biosafety="bsl3").exists()


def test_the_first_answer_reads_the_directory(world: World) -> None:
    lab_of(world, biosafety="bsl2")
    lab_of(world, title="只给研发点", open_to=OpenTo.HOME_RESEARCH)
    found = list(directory_labs(world.outpost, (), world.now.date()))
    assert [each.name.zh for each in found] == ["元素分析室"]
    assert found[0].facilities.biosafety == ("bsl1", "bsl2")
    names = [each.lab.name.zh for each in lab_options(world.outpost, (), world.now.date())]
    assert "元素分析室" in names


def test_who_sees_the_directory(world: World, tenancy: Tenancy) -> None:
    lab = lab_of(world)
    world.user("tenant_own", "tenant", organization=tenancy.organization)
    for who in ("officer", "manager", "tenant_own", "rival", "bureau"):
        actor = world.actor(who)
        assert labs_visible_to(actor, LabEntry.objects.all()).filter(pk=lab.pk).exists() is can_view_lab(actor, lab), (
            who
        )
    assert can_view_lab(world.actor("tenant_own"), lab)
    assert not can_view_lab(world.actor("rival"), lab)
    assert tenancy.kind == TenancyKind.STARTUP
