"""An order or an investment that an introduction brought a tenant is a result of its incubation, once, until taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from feidi.domain.incubation.enums import TenancyKind, TenantOutcomeKind
from feidi.domain.incubation.models import Tenancy, TenantOutcome
from feidi.domain.matching.enums import Channel, OutcomeKind, ProfileKind, Side
from feidi.domain.matching.models import Introduction
from feidi.domain.matching.services.introduction_outcomes import NewOutcome, record_outcome, void_outcome
from feidi.domain.matching.services.introductions import (
    Interest,
    agree_to_introduction,
    express_interest,
    reveal_identities,
)
from feidi.domain.parties.models import Organization
from feidi.engines.money import Money
from feidi.kernel.evidence.selectors import count_accepted
from feidi.kernel.subjects import Subject
from tests.support.profiles import firm, make_profile
from tests.support.world import World

pytestmark = pytest.mark.django_db
BUYER, SELLER = "云溪甲陶瓷有限公司", "滨海乙检测有限公司"


def met(world: World, **need: Any) -> Introduction:
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}
    given = {"kind": ProfileKind.TECHNOLOGY, "owner": BUYER, **need}
    row = express_interest(
        need=make_profile(world, Side.NEED, **given),
        offer=make_profile(world, Side.OFFER, owner=SELLER, kind=given["kind"]),
        interest=Interest(Channel.OFFICER),
        **act,
    )
    for side in Side:
        row = agree_to_introduction(introduction=row, side=side, by="同意的人", **act)
    return reveal_identities(introduction=row, **act)


def tenant(world: World, name: str, **more: Any) -> Organization:
    """Let a firm stand under the outpost's roof; the verbs of tenancies have their own tests."""
    organization, today = firm(world, name), world.now.date()
    Tenancy.objects.create(
        outpost=world.outpost,
        number=f"T-{organization.pk}",
        kind=TenancyKind.SERVICE,
        organization=organization,
        contract_scan=world.file(Subject("parties.outpost", world.outpost.uid)),
        **{"starts_on": today - timedelta(days=300), "ends_on": today + timedelta(days=300), **more},
        recorded_by="officer",
        created_at=world.now,
    )
    return organization


def record(world: World, row: Introduction, kind: OutcomeKind = OutcomeKind.ORDER, **more: Any) -> Any:
    new = NewOutcome(kind, world.now.date(), **more)
    return record_outcome(actor=world.actor("officer"), now=world.now, introduction=row, new=new)


def test_an_order_is_a_result_of_who_sells(world: World) -> None:
    seller = tenant(world, SELLER)
    tenant(world, BUYER)
    row = met(world)
    outcome = record(world, row, amount=Money(30_000_000, "CNY"))
    noted = TenantOutcome.objects.get()
    assert (noted.organization, noted.kind, noted.amount_fen) == (seller, TenantOutcomeKind.ORDER, 30_000_000)
    assert (noted.source_kind, noted.source_uid) == ("matching.outcome", outcome.uid)
    assert row.number in noted.title
    # it counts nowhere before its own evidence is accepted
    assert count_accepted(Subject("incubation.tenant_outcome", noted.uid)) == {}


def test_who_sought_a_channel_or_capital_is_who_gained(world: World) -> None:
    seeker = tenant(world, BUYER)
    tenant(world, SELLER)
    record(world, met(world, kind=ProfileKind.CHANNEL))
    record(world, met(world, kind=ProfileKind.CAPITAL), OutcomeKind.INVESTMENT)
    noted = list(TenantOutcome.objects.order_by("pk"))
    assert [(each.organization, each.kind) for each in noted] == [
        (seeker, TenantOutcomeKind.ORDER),
        (seeker, TenantOutcomeKind.FUNDING),
    ]
    assert noted[1].amount_fen is None, "nobody has said how much"


@pytest.mark.parametrize(
    "term", [{"ends_on": -1}, {"starts_on": 1}, {"ended_on": -1, "ended_how": "left", "ended_reason": "搬走"}]
)
def test_who_is_no_tenant_that_day_gets_none(world: World, term: dict[str, Any]) -> None:
    today = world.now.date()
    tenant(world, SELLER, **{k: today + timedelta(days=v) if isinstance(v, int) else v for k, v in term.items()})
    record(world, met(world))
    assert not TenantOutcome.objects.exists()


def test_what_incubation_does_not_count_is_not_noted(world: World) -> None:
    tenant(world, SELLER)
    record(world, met(world), OutcomeKind.JOINT_RD)
    assert not TenantOutcome.objects.exists()


def test_taken_back_is_taken_back_there_too(world: World) -> None:
    tenant(world, SELLER)
    outcome = record(world, met(world))
    void_outcome(actor=world.actor("officer"), now=world.now, outcome=outcome, reason="登记错了")
    assert TenantOutcome.objects.get().void_reason == "登记错了"
