"""What the database itself refuses of the flow ledger, whoever writes."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from feidi.domain.reporting import flow_triggers
from feidi.domain.reporting.models import FlowEntry
from tests.support.world import World

pytestmark = pytest.mark.django_db


def entry(world: World, **more: Any) -> FlowEntry:
    given: dict[str, Any] = {
        "outpost": world.outpost,
        "subject_kind": "pipeline.landing_case",
        "subject_uid": "abc",
        "kind": "capital",
        "direction": "host_to_home",
        "occurred_on": world.now.date(),
        "amount_fen": 100,
        "currency": "CNY",
        "made_how": "event",
        "made_by": "张",
        "created_at": world.now,
    }
    row = FlowEntry(**{**given, **more})
    with transaction.atomic():
        row.save()
    return row


def counter(world: World, of: FlowEntry, **more: Any) -> FlowEntry:
    mirrored: dict[str, Any] = {"counter_of": of, "amount_fen": -100, "live": False, "reason": "撤销"}
    return entry(world, **{**mirrored, **more})


@pytest.mark.parametrize(
    "wrong",
    [
        {"count": 1, "unit": "person"},
        {"amount_fen": None},
        {"currency": ""},
        {"amount_fen": 0},
        {"amount_fen": -100},
        {"amount_fen": None, "currency": "", "count": 1, "unit": "person"},
        {"kind": "talent"},
        {"kind": "technology", "amount_fen": None, "currency": "", "count": 1, "unit": "month"},
    ],
)
def test_an_entry_is_an_amount_or_a_count_of_its_kind(world: World, wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError):
        entry(world, **wrong)


def test_a_source_has_one_live_entry_per_kind_and_currency(world: World) -> None:
    first = entry(world)
    with pytest.raises(IntegrityError):
        entry(world)
    entry(world, currency="HKD")
    FlowEntry.objects.filter(pk=first.pk).update(live=False)
    counter(world, first)
    entry(world)


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount_fen": -99},
        {"direction": "home_to_host"},
        {"subject_uid": "other"},
        {"reason": ""},
        {"live": True},
        {"currency": "HKD"},
    ],
)
def test_a_counter_entry_mirrors(world: World, wrong: dict[str, Any]) -> None:
    first = entry(world)
    with pytest.raises(IntegrityError):
        counter(world, first, **wrong)
    counter(world, first)
    with pytest.raises(IntegrityError):
        counter(world, first)


def test_a_counter_entry_is_not_countered(world: World) -> None:
    first = entry(world)
    with pytest.raises(IntegrityError):
        entry(world, counter_of=counter(world, first), live=False, reason="再撤")


@pytest.mark.parametrize(
    "field", [("amount_fen", 200), ("reason", "改"), ("occurred_on", "2026-01-01"), ("evidence", ["x"])]
)
def test_nothing_but_live_changes(world: World, field: tuple[str, Any]) -> None:
    first = entry(world)
    FlowEntry.objects.filter(pk=first.pk).update(live=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        FlowEntry.objects.filter(pk=first.pk).update(**dict([field]))


def test_the_triggers_are_there() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        names = {row[0] for row in cursor.fetchall()}
    assert {flow_triggers.MIRROR, flow_triggers.FIXED} <= names
