"""Approved money that does not come: a clock by content, a to-do, both ended by the payout; and what the home side reads."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest
from django.db.models import Sum

from feidi.domain.parties.models import Organization
from feidi.domain.pipeline.enums import PartyRole
from feidi.domain.pipeline.models import Project
from feidi.domain.pipeline.services.registering import add_party
from feidi.domain.policy.enums import ClaimStatus
from feidi.domain.policy.models import PolicyClaim
from feidi.domain.policy.selectors.claims import claim_figures, next_steps
from feidi.domain.policy.selectors.payouts import (
    count_unreported_claims,
    payout_rule,
    reported_claims,
    waiting_claims,
    waits_on,
)
from feidi.domain.policy.services.claims import NewClaim, Seen, record_claim_status, start_claim, void_claim
from feidi.engines.findings import RefusedError
from feidi.kernel.audit.verify import verify
from feidi.kernel.calendar.clock import due_date
from feidi.kernel.content.library import library
from feidi.kernel.deadlines.selectors import history_of, running, state_of
from feidi.kernel.subjects import Subject
from feidi.kernel.todos.models import Todo
from tests.support.policies import POLICY, firm, publish
from tests.support.world import World

pytestmark = pytest.mark.django_db

WAN = 1_000_000
S = ClaimStatus
NONE = "valid_from: 2020-01-01\nsource: 演示：本区不设提醒\npayout: null\n"
CONFIRMED = """\
valid_from: 2020-01-01
source: 演示：虚构的资金管理办法
payout: {n: 10, unit: calendar, label: {zh: 等待拨付, en: Waiting}, taken_from: 某市, note: 演示, confirmed_by: 云溪区经科局（演示）}
"""


@pytest.fixture
def organization(world: World) -> Organization:
    publish(world, POLICY)
    return firm(world)


def approved(world: World, organization: Organization, clause: str = "T-RATE", fen: int = 20 * WAN) -> PolicyClaim:
    claim = start_claim(
        actor=world.actor("officer"), now=world.now, outpost=world.outpost, new=NewClaim(organization, clause)
    )
    claim = see(world, claim, S.SUBMITTED, acceptance_number="YX-1")
    return see(world, claim, S.APPROVED, amount_fen=fen)


def see(world: World, claim: PolicyClaim, status: ClaimStatus, **more: Any) -> PolicyClaim:
    on = more.pop("on", world.now.date())
    now = more.pop("now", world.now)
    seen = Seen(status, on, **more)
    return record_claim_status(actor=world.actor("officer"), now=now, claim=claim, version=claim.version, seen=seen)


def clocks(claim: PolicyClaim) -> list[Any]:
    subject = Subject("policy.claim", claim.uid)
    return running([subject])[subject]


def test_approval_starts_the_clock_and_the_payout_stops_it(world: World, organization: Organization) -> None:
    claim = approved(world, organization)
    (clock,) = clocks(claim)
    rule = payout_rule(claim.outpost)
    assert rule is not None
    assert (clock.n, clock.unit, clock.due_on) == (rule.n, rule.unit, due_date(rule, world.now.date()).date)
    assert (clock.waiting_on, clock.scope_outpost) == ("home", world.outpost.pk)
    assert "建议" in rule.note, "a suggestion says that it is one"
    late = state_of(clock, clock.due_on + timedelta(days=40))
    assert (late.overdue, late.finding.code) == (False, "deadlines.waiting_home"), "never red to a government side"
    (todo,) = Todo.objects.filter(subject_uid=claim.uid)
    assert (todo.assignee, todo.due_on) == (world.users["officer"], clock.due_on)
    assert organization.name in todo.what

    claim = see(world, claim, S.PAID, amount_fen=20 * WAN)
    assert not clocks(claim)
    todo.refresh_from_db()
    assert (todo.done_at, todo.done_by) == (world.now, world.actor("officer").label)
    assert [each.stopped_on for each in history_of(Subject("policy.claim", claim.uid)).filter(code="claim_payout")] == [
        world.now.date()
    ]
    assert not verify().faults


@pytest.mark.parametrize("ending", ["rejected", "voided"])
def test_what_ends_a_claim_ends_the_waiting(world: World, organization: Organization, ending: str) -> None:
    claim = approved(world, organization)
    if ending == "rejected":
        see(world, claim, S.REJECTED, note="公示期有异议")
    else:
        void_claim(actor=world.actor("officer"), now=world.now, claim=claim, reason="登记错了")
    assert not clocks(claim)
    assert not Todo.objects.filter(subject_uid=claim.uid, done_at=None).exists()


def set_rule(world: World, text: str) -> None:
    publish(world, text, path="enclave/claims.yaml")


def test_a_place_may_set_its_own_clock_or_none(world: World, organization: Organization) -> None:
    set_rule(world, NONE)
    claim = approved(world, organization)
    assert not clocks(claim)
    assert not Todo.objects.filter(subject_uid=claim.uid).exists()
    set_rule(world, CONFIRMED)
    (clock,) = clocks(approved(world, organization, "T-FAIR"))
    assert (clock.due_on, clock.taken_from) == (world.now.date() + timedelta(days=10), "")
    set_rule(world, CONFIRMED.replace(", confirmed_by: 云溪区经科局（演示）", ""))
    (clock,) = clocks(approved(world, organization, "T-CLOSED"))
    assert clock.taken_from == "某市", "shown as another place's practice until confirmed"


def test_a_clause_of_the_host_waits_for_the_host(world: World, organization: Organization) -> None:
    claim = approved(world, organization)
    claim.place = claim.outpost.host.code
    assert waits_on(claim) == "host"
    claim.place = library().lineage(claim.outpost.home.code)[1]
    assert waits_on(claim) == "home", "the home's own city counts as home"


def test_a_payout_of_a_part_leaves_a_clock_on_the_remainder(world: World, organization: Organization) -> None:
    claim = approved(world, organization)
    claim = see(world, claim, S.PAID, amount_fen=15 * WAN)
    assert (claim.is_partly_paid, claim.remaining_fen) == (True, 5 * WAN)
    (clock,) = clocks(claim)
    assert (clock.code, clock.label_zh, clock.waiting_on) == ("claim_remainder", "等待余款", "home")
    (todo,) = Todo.objects.filter(subject_uid=claim.uid, done_at=None)
    assert ("5万元" in todo.what, todo.due_on) == (True, clock.due_on)
    assert list(waiting_claims(PolicyClaim.objects.all())) == [claim]
    later = world.now + timedelta(days=20)
    claim = see(world, claim, S.PAID, amount_fen=2 * WAN, on=later.date(), now=later)
    (again,) = clocks(claim)
    assert (again.started_on, again.pk != clock.pk) == (later.date(), True), "each payout begins the waiting anew"
    assert claim.remaining_fen == 3 * WAN
    refused(
        "policy.claim_paid_beyond", lambda: see(world, claim, S.PAID, amount_fen=4 * WAN, now=later, on=later.date())
    )
    claim = see(world, claim, S.PAID, amount_fen=3 * WAN, on=later.date(), now=later)
    assert (claim.is_partly_paid, clocks(claim), next_steps(claim)) == (False, [], ())
    assert not Todo.objects.filter(subject_uid=claim.uid, done_at=None).exists()
    assert not waiting_claims(PolicyClaim.objects.all()).exists()
    paid = claim.entries.filter(status=S.PAID).aggregate(sum=Sum("amount_fen"))["sum"]
    assert claim.paid_fen == paid == 20 * WAN, "what is paid is the sum of the payouts"
    refused("policy.claim_nothing_left", lambda: see(world, claim, S.CLOSED, note="x", now=later, on=later.date()))


def test_what_does_not_come_any_more_is_closed_with_a_reason(world: World, organization: Organization) -> None:
    claim = approved(world, organization)
    claim = see(world, claim, S.PAID, amount_fen=15 * WAN)
    refused("policy.claim_reason_needed", lambda: see(world, claim, S.CLOSED, note=" "))
    claim = see(world, claim, S.CLOSED, note="预算调整，余款不再拨付")
    assert (claim.paid_fen, claim.remaining_fen, clocks(claim)) == (15 * WAN, 5 * WAN, [])
    assert not Todo.objects.filter(subject_uid=claim.uid, done_at=None).exists()
    last = claim.entries.order_by("-id")[0]
    assert (last.status, last.amount_fen, last.note) == ("closed", 5 * WAN, "预算调整，余款不再拨付")
    figures = claim_figures([claim])
    assert (figures.paid_fen, figures.approved_fen, figures.closed_fen, figures.waiting_fen) == (
        *(15 * WAN, 20 * WAN, 5 * WAN, 0),
    )
    assert figures.rate == Fraction(3, 4), "the denominator stays what was approved, the numerator what came"
    assert not waiting_claims(PolicyClaim.objects.all()).exists()
    claim = see(world, claim, S.PAID, amount_fen=2 * WAN, note="仍拨了一笔")
    assert (claim.is_partly_paid, claim.remaining_fen, len(clocks(claim))) == (True, 3 * WAN, 1)
    assert not verify().faults


def test_approved_and_never_paid_counts_as_nothing_paid(world: World, organization: Organization) -> None:
    claim = see(world, approved(world, organization), S.CLOSED, note="资金未落实")
    figures = claim_figures([claim])
    assert (figures.approved, figures.paid, figures.paid_fen, figures.rate) == (1, 0, 0, 0)
    assert not clocks(claim)


def test_a_place_may_set_the_clock_on_the_remainder(world: World, organization: Organization) -> None:
    own = "remainder: {n: 5, unit: calendar, label: {zh: 等待第二笔, en: Waiting}, note: 演示, confirmed_by: 演示}\n"
    set_rule(world, CONFIRMED + own)
    claim = see(world, approved(world, organization), S.PAID, amount_fen=WAN)
    (clock,) = clocks(claim)
    assert (clock.label_zh, clock.due_on) == ("等待第二笔", world.now.date() + timedelta(days=5))
    set_rule(world, CONFIRMED + "remainder: null\n")
    assert not clocks(see(world, approved(world, organization, "T-FAIR"), S.PAID, amount_fen=WAN))
    assert "remainder" not in CONFIRMED
    set_rule(world, CONFIRMED)
    (clock,) = clocks(see(world, approved(world, organization, "T-CLOSED"), S.PAID, amount_fen=WAN))
    assert (clock.label_zh, clock.n) == ("等待余款", 10), "as on the whole amount"


def refused(code: str, act: Any) -> None:
    with pytest.raises(RefusedError) as error:
        act()
    assert error.value.refusal.code == code


def report(world: World, organization: Organization) -> None:
    project = world.lead(f"{organization.name}的项目", organization.name, contact_phone="13900007777")
    Project.objects.filter(pk=project.pk).update(reported_at=world.now)


def test_the_home_side_reads_claims_of_reported_firms_alone(world: World, organization: Organization) -> None:
    hidden = firm(world, "未报送的云溪丙有限公司")
    claim = approved(world, organization)
    approved(world, hidden, fen=70 * WAN)
    bureau = world.actor("bureau")
    assert (list(reported_claims(bureau)), count_unreported_claims(bureau)) == ([], 2)
    report(world, organization)
    assert (list(reported_claims(bureau)), count_unreported_claims(bureau)) == ([claim], 1)
    figures = claim_figures(list(reported_claims(bureau)))
    assert (figures.approved_fen, figures.paid_fen, figures.rate) == (20 * WAN, 0, 0)
    assert list(waiting_claims(reported_claims(bureau))) == [claim]
    for who in ("rival_bureau", "officer", "rival", "verifier", "tenant", "admin"):
        actor = world.actor(who)
        assert (list(reported_claims(actor)), count_unreported_claims(actor)) == ([], 0), who
    assert list(reported_claims(world.actor("auditor"))) == [claim]


def test_drafts_and_ended_partners_are_not_for_the_home_side(world: World, organization: Organization) -> None:
    report(world, organization)
    bureau = world.actor("bureau")
    draft = start_claim(
        actor=world.actor("officer"), now=world.now, outpost=world.outpost, new=NewClaim(organization, "T-RATE")
    )
    assert (list(reported_claims(bureau)), count_unreported_claims(bureau)) == ([], 0), "not filed yet"
    see(world, draft, S.SUBMITTED, acceptance_number="YX-1")
    assert list(reported_claims(bureau)) == [draft]
    investor = firm(world, "只是投资人有限公司")
    project = Project.objects.get(reported_at__isnull=False)
    add_party(project=project, party=investor, role=PartyRole.INVESTOR)
    approved(world, investor)
    assert list(reported_claims(bureau)) == [draft], "who only invests was not reported by that"
