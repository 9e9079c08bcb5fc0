"""Whoever owes something hears of it before its day and on the day after, once each; who collects has it on the desk."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from feidi.domain.incubation.enums import ChargeKind
from feidi.domain.incubation.models import Charge, PeriodReport, Tenancy
from feidi.domain.incubation.services.charges import NewCharge, NewReceipt, add_charge, receive, void_charge
from feidi.domain.incubation.services.reminding import remind_of_charges, remind_of_reports
from feidi.domain.incubation.services.reports import ask_reports
from feidi.engines.money import Money
from feidi.kernel.access import schedule_actor
from feidi.kernel.notify.models import Mail
from feidi.kernel.todos.models import Todo
from tests.support.tenancies import floor_of, tenancy_of
from tests.support.world import World

pytestmark = pytest.mark.django_db
JOB = schedule_actor("incubation.reminders")
DUE = date(2026, 12, 10)


@pytest.fixture
def tenancy(world: World) -> Tenancy:
    row = tenancy_of(world, floor_of(world)[0])
    world.user("tenant_own", "tenant", organization=row.organization)
    user = world.users["tenant_own"]
    user.email = "own@example.test"
    user.save()
    return row


def due(world: World, tenancy: Tenancy, on: date = DUE) -> Charge:
    new = NewCharge(ChargeKind.UTILITIES, on, on, on, Money(12_000, "CNY"), "水电")
    return add_charge(actor=world.actor("lead"), now=world.now, tenancy=tenancy, new=new)


def remind(world: World, on: date) -> dict[str, int]:
    return remind_of_charges(actor=JOB, now=datetime.combine(on, world.now.timetz()))


def collecting() -> list[Todo]:
    return list(Todo.objects.filter(subject_kind="incubation.tenancy", done_at__isnull=True, what__startswith="催缴"))


def test_a_mail_before_and_a_mail_after_and_no_more(world: World, tenancy: Tenancy) -> None:
    due(world, tenancy)
    assert remind(world, DUE - timedelta(days=4))["mails"] == 0
    before = Mail.objects.count()
    for days in (3, 2, 1, 0):
        remind(world, DUE - timedelta(days=days))
    assert Mail.objects.count() == before + 1, "soon: once"
    assert not collecting(), "what is due today is not late"
    for days in (1, 2, 5):
        remind(world, DUE + timedelta(days=days))
    assert Mail.objects.count() == before + 2, "late: once"


def test_who_collects_has_it_on_the_desk_until_it_is_paid(world: World, tenancy: Tenancy) -> None:
    charge = due(world, tenancy)
    after = DUE + timedelta(days=1)
    assert remind(world, after)["todos"] > 0
    made = len(collecting())
    assert remind(world, after + timedelta(days=1))["todos"] == 0
    assert len(collecting()) == made, "one for each desk, however long it is late"
    assert all(tenancy.number in each.what for each in collecting())
    receive(
        actor=world.actor("lead"),
        now=datetime.combine(after, world.now.timetz()),
        charge=charge,
        new=NewReceipt(after, Money(12_000, "CNY")),
    )
    assert remind(world, after + timedelta(days=2))["settled"] == made
    assert not collecting()


def test_what_was_taken_back_or_lies_long_behind_writes_no_mail(world: World, tenancy: Tenancy) -> None:
    old = due(world, tenancy, date(2026, 3, 10))
    before = Mail.objects.count()
    remind(world, DUE)
    assert Mail.objects.count() == before, "a ledger taken over with its past"
    assert collecting()
    void_charge(actor=world.actor("lead"), now=world.now, charge=old, reason="登记错了")
    remind(world, DUE + timedelta(days=1))
    assert not collecting()


def test_reports_are_reminded_of_like_charges(world: World, tenancy: Tenancy) -> None:
    ask_reports(actor=world.actor("manager"), now=world.now, tenancies=[tenancy], until=world.now.date())
    row = PeriodReport.objects.filter(tenancy=tenancy).latest("due_on")
    before = Mail.objects.count()
    for days in (-3, -1, 0, 1, 2):
        day = row.due_on + timedelta(days=days)
        remind_of_reports(actor=JOB, now=datetime.combine(day, world.now.timetz()))
    assert Mail.objects.count() == before + 2
    user = world.users["tenant_own"]
    user.email = ""
    user.save()
    PeriodReport.objects.filter(pk=row.pk).update(due_on=row.due_on + timedelta(days=30))
    assert remind_of_reports(actor=JOB, now=datetime.combine(row.due_on + timedelta(days=30), world.now.timetz())) == 0
