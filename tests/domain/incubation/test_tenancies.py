"""Tenancies: units nobody else holds, terms day by day, the ledger, and how they end."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from feidi.domain.incubation.enums import ChargeKind, Programme, TenancyEnd, TenancyKind
from feidi.domain.incubation.models import Charge, Tenancy, TenancyUnit
from feidi.domain.incubation.selectors.ledger import balances_of, forgone_in
from feidi.domain.incubation.selectors.rules import incubation_rules
from feidi.domain.incubation.selectors.terms import Dated, month_due
from feidi.domain.incubation.services.charges import NewCharge, NewReceipt, add_charge, charge_months, receive
from feidi.domain.incubation.services.exits import Decision, ask_exit, decide_exit, lacking_of, tick_exit
from feidi.domain.incubation.services.tenancies import Terms, change_unit, extend_tenancy, set_terms
from feidi.domain.space.models import Occupation
from feidi.engines.findings import RefusedError
from feidi.engines.money import Money
from feidi.kernel.audit.verify import verify
from tests.support.tenancies import floor_of, tenancy_of
from tests.support.world import World

pytestmark = pytest.mark.django_db


def yuan(n: int) -> Money:
    return Money(n * 100, "CNY")


def test_two_tenants_never_hold_one_room(world: World) -> None:
    rooms = floor_of(world)
    first = tenancy_of(world, rooms[0])
    with pytest.raises(RefusedError) as refused:
        tenancy_of(
            world,
            rooms[0],
            name="另一个项目",
            sponsor="滨海戊材料有限公司",
            starts_on=date(2027, 12, 31),
            ends_on=date(2028, 1, 31),
        )
    assert refused.value.refusal.code == "space.unit_taken"
    assert Tenancy.objects.count() == 1, "half a tenancy is none"
    later = tenancy_of(
        world,
        rooms[0],
        name="再一个项目",
        sponsor="滨海辛仪器有限公司",
        starts_on=date(2028, 1, 1),
        ends_on=date(2028, 1, 31),
    )
    assert first.number != later.number


def test_a_tenancy_cannot_outlast_the_head_lease(world: World) -> None:
    rooms = floor_of(world)
    with pytest.raises(RefusedError) as refused:
        tenancy_of(world, rooms[0], ends_on=date(2029, 1, 1))
    assert refused.value.refusal.code == "space.tenancy_outlasts_lease"
    row = tenancy_of(world, rooms[0], name="膜材料中试", sponsor="滨海壬材料有限公司")
    scan = row.contract_scan
    with pytest.raises(RefusedError) as refused:
        extend_tenancy(
            actor=world.actor("manager"),
            now=world.now,
            tenancy=row,
            ends_on=date(2029, 6, 30),
            paper=scan,
            reason="续租",
        )
    assert refused.value.refusal.code == "space.tenancy_outlasts_lease"


def test_a_start_up_needs_its_project_and_everything_its_paper(world: World) -> None:
    rooms = floor_of(world)
    with pytest.raises(RefusedError) as refused:
        tenancy_of(world, rooms[0], contract_scan=None)
    assert refused.value.refusal.code == "incubation.no_paper"
    post = tenancy_of(world, rooms[1], kind=TenancyKind.HOME_RESEARCH, terms=Terms(Programme.NONE))
    assert post.project is None, "a research post enters no figure of the funnel"


def test_moving_leaves_the_old_room_the_day_before(world: World) -> None:
    rooms = floor_of(world)
    row = tenancy_of(world, rooms[0])
    held = row.units.get()
    on = date(2026, 12, 1)
    taken = change_unit(
        actor=world.actor("manager"), now=world.now, tenancy=row, leaving=held, unit=rooms[1], on=on, reason="人数增加"
    )
    assert taken is not None
    spans = {each.unit.code: (each.since, each.until) for each in TenancyUnit.objects.filter(tenancy=row)}
    assert spans == {"A1": (date(2026, 1, 16), date(2026, 11, 30)), "A2": (on, date(2027, 12, 31))}
    other = tenancy_of(
        world, rooms[0], name="新来的", sponsor="滨海己设备有限公司", starts_on=on, ends_on=date(2027, 6, 30)
    )
    assert other.units.get().unit_id == rooms[0].pk, "what was left can be let from that day on"


def test_a_month_counts_by_its_days() -> None:
    terms = [
        Dated(date(2026, 1, 16), 310_000, 310_000, date(2026, 2, 14), "CNY"),
        Dated(date(2026, 3, 11), 620_000, 0, None, "CNY"),
    ]

    def due(month: int, last: int) -> tuple[int | None, int | None] | None:
        found = month_due(terms, date(2026, 1, 16), date(2026, 3, 20), date(2026, month, 1), date(2026, month, last))
        return (found.rent_fen, found.forgone_fen) if found else None

    assert due(1, 31) == (160_000, 160_000)
    assert due(2, 28) == (310_000, 155_000), "free for 14 of 28 days"
    assert due(3, 31) == (100_000 + 200_000, 0), "ten days of the old terms, ten of the new, no day after the end"
    assert due(4, 30) is None


def test_unknown_rent_is_not_nothing(world: World) -> None:
    rooms = floor_of(world)
    row = tenancy_of(world, rooms[0], terms=Terms(Programme.INCUBATION))
    made = charge_months(actor=world.actor("manager"), now=world.now, tenancies=[row], until=world.now.date())
    assert made == 0
    assert row.terms.get().rent_fen is None


def test_rent_is_charged_once_a_month_and_received_never_beyond_it(world: World) -> None:
    rooms = floor_of(world)
    row = tenancy_of(world, rooms[0])
    manager = world.actor("manager")
    made = charge_months(actor=manager, now=world.now, tenancies=[row], until=world.now.date())
    again = charge_months(actor=manager, now=world.now, tenancies=[row], until=world.now.date())
    assert (made, again) == (11, 0), "January to November"
    first = Charge.objects.order_by("period_from").first()
    assert first is not None
    assert (first.period_from, first.amount_fen, first.due_on) == (date(2026, 1, 16), 258_065, date(2026, 1, 16))
    receive(actor=manager, now=world.now, charge=first, new=NewReceipt(date(2026, 2, 1), Money(200_000, "CNY"), "0001"))
    with pytest.raises(RefusedError) as refused:
        receive(actor=manager, now=world.now, charge=first, new=NewReceipt(date(2026, 2, 2), Money(58_066, "CNY")))
    assert refused.value.refusal.code == "incubation.more_than_due"
    balance = balances_of([row], world.now.date())[row.pk][0]
    assert balance.received_fen == 200_000
    assert balance.late_since == date(2026, 1, 16)
    assert balance.outstanding_fen == 10 * 500_000 + 58_065


def test_charges_of_other_kinds_say_their_currency(world: World) -> None:
    row = tenancy_of(world, floor_of(world)[0])
    manager = world.actor("manager")
    with pytest.raises(RefusedError) as refused:
        add_charge(
            actor=manager, now=world.now, tenancy=row,
            new=NewCharge(ChargeKind.UTILITIES, date(2026, 1, 1), date(2026, 1, 31), date(2026, 2, 10), Money(100, None)),
        )  # fmt: skip
    assert refused.value.refusal.code == "incubation.currency_needed"
    with pytest.raises(RefusedError) as refused:
        add_charge(
            actor=manager, now=world.now, tenancy=row,
            new=NewCharge(ChargeKind.RENT, date(2026, 1, 1), date(2026, 1, 31), date(2026, 2, 10), yuan(1)),
        )  # fmt: skip
    assert refused.value.refusal.code == "incubation.rent_follows_terms"


def test_free_rent_has_a_basis_and_adds_up_by_year(world: World) -> None:
    rooms = floor_of(world)
    with pytest.raises(RefusedError) as refused:
        tenancy_of(world, rooms[0], terms=Terms(Programme.INCUBATION, forgone=yuan(3000)))
    assert refused.value.refusal.code == "incubation.free_rent_needs_basis"
    free = Terms(
        Programme.INCUBATION,
        rent=yuan(0),
        forgone=yuan(3000),
        forgone_until=date(2026, 6, 30),
        forgone_basis="会议纪要〔2025〕8号",
    )
    tenancy_of(world, rooms[0], name="膜材料中试", sponsor="滨海壬材料有限公司", terms=free, starts_on=date(2026, 1, 1))
    found = forgone_in(world.actor("manager"), 2026, world.now.date())
    assert [(each.fen, each.bases, each.until) for each in found] == [
        (1_800_000, ("会议纪要〔2025〕8号",), date(2026, 6, 30))
    ]
    assert forgone_in(world.actor("manager"), 2027, date(2027, 6, 1)) == []


def test_terms_change_only_ahead_of_what_was_charged(world: World) -> None:
    row = tenancy_of(world, floor_of(world)[0])
    manager = world.actor("manager")
    charge_months(actor=manager, now=world.now, tenancies=[row], until=world.now.date())
    up = Terms(Programme.ACCELERATION, rent=yuan(8000), reason="评审同意升级入加速区")
    with pytest.raises(RefusedError) as refused:
        set_terms(actor=manager, now=world.now, tenancy=row, since=date(2026, 11, 1), terms=up)
    assert refused.value.refusal.code == "incubation.terms_already_charged"
    set_terms(actor=manager, now=world.now, tenancy=row, since=date(2026, 12, 1), terms=up)
    charge_months(actor=manager, now=world.now, tenancies=[row], until=date(2026, 12, 5))
    last = Charge.objects.filter(tenancy=row).order_by("-period_from").first()
    assert last is not None
    assert last.amount_fen == 800_000


def test_leaving_is_asked_ticked_and_decided_by_somebody_else(world: World) -> None:
    rooms = floor_of(world)
    row = tenancy_of(world, rooms[0])
    manager, lead = world.actor("manager"), world.actor("lead")
    today = world.now.date()
    review = ask_exit(
        actor=manager, now=world.now, tenancy=row, how=TenancyEnd.LEFT, leaves_on=today, reason="迁往云溪"
    )
    with pytest.raises(RefusedError) as refused:
        decide_exit(actor=lead, now=world.now, review=review, decision=Decision(today))
    assert refused.value.refusal.code == "incubation.exit_lacks"
    assert {each.code for each in refused.value.refusal.reasons} == {"incubation.exit_item_open"}
    ticks = {each.params["zh"]: each for each in lacking_of(review, today)}
    assert len(ticks) == 7
    every = {each.code: "已办" for each in incubation_rules(world.outpost).checklist}
    review = tick_exit(actor=manager, now=world.now, review=review, ticks=every)
    decide_exit(actor=lead, now=world.now, review=review, decision=Decision(today))
    row.refresh_from_db()
    assert (row.ended_on, row.ended_how) == (today, TenancyEnd.LEFT)
    held = Occupation.objects.get(subject_uid=row.uid)
    assert held.ends_at.date() <= today + timedelta(days=1), "the room is free from the next day on"
    tenancy_of(
        world,
        rooms[0],
        name="接着来的",
        sponsor="滨海庚设备有限公司",
        starts_on=today + timedelta(days=1),
        ends_on=date(2027, 6, 30),
    )
    assert not verify().faults


def test_who_asked_for_the_exit_does_not_decide_it(world: World) -> None:
    row = tenancy_of(world, floor_of(world)[0])
    lead = world.actor("lead")
    today = world.now.date()
    review = ask_exit(
        actor=lead, now=world.now, tenancy=row, how=TenancyEnd.REMOVED, leaves_on=today, reason="长期无人办公"
    )
    with pytest.raises(RefusedError) as refused:
        decide_exit(actor=lead, now=world.now, review=review, decision=Decision(today, in_spite_of="主任办公会决定"))
    assert refused.value.refusal.code == "incubation.exit_own_hands"
