"""申报 as the shadow of the official platform: steps, papers, amounts, clocks, who sees it, what became of it."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest

from feidi.domain.parties.models import Organization
from feidi.domain.policy.access import can_view_claim, claims_visible_to
from feidi.domain.policy.enums import ClaimStatus
from feidi.domain.policy.models import PolicyClaim
from feidi.domain.policy.selectors.claims import ClaimFilter, claim_figures, get_claim, list_claims
from feidi.domain.policy.services.claims import (
    MATERIALS,
    NewClaim,
    Seen,
    record_claim_status,
    start_claim,
    void_claim,
)
from feidi.engines.findings import RefusedError
from feidi.kernel.deadlines.selectors import history_of, running
from feidi.kernel.evidence.models import EvidenceRequirement
from feidi.kernel.subjects import Subject
from tests.support.policies import POLICY, firm, publish
from tests.support.world import World

pytestmark = pytest.mark.django_db

WAN = 1_000_000
S = ClaimStatus


@pytest.fixture
def organization(world: World) -> Organization:
    publish(world, POLICY)
    return firm(world)


def start(world: World, organization: Organization, clause: str = "T-RATE", **more: Any) -> PolicyClaim:
    by, outpost = more.pop("by", "officer"), more.pop("outpost", world.outpost)
    new = NewClaim(organization, clause, account_holder="王会计", **more)
    return start_claim(actor=world.actor(by), now=world.now, outpost=outpost, new=new)


def see(world: World, claim: PolicyClaim, status: ClaimStatus, **more: Any) -> PolicyClaim:
    by, version = more.pop("by", "officer"), more.pop("version", claim.version)
    seen = Seen(status, more.pop("on", world.now.date()), **more)
    return record_claim_status(actor=world.actor(by), now=world.now, claim=claim, version=version, seen=seen)


def refused(code: str, act: Any) -> None:
    with pytest.raises(RefusedError) as error:
        act()
    assert error.value.refusal.code == code


def test_a_claim_from_draft_to_paid(world: World, organization: Organization) -> None:
    claim = start(world, organization, applied_fen=25 * WAN)
    assert (claim.platform, claim.window_ends_on, claim.status) == ("演示平台", date(2026, 12, 10), S.DRAFT)
    subject = Subject("policy.claim", claim.uid)
    labels = EvidenceRequirement.objects.filter(subject_uid=claim.uid, purpose=MATERIALS).order_by("kind")
    assert [each.label_zh for each in labels] == ["营业执照", "研发费用专项审计报告"]
    (clock,) = running([subject])[subject]
    assert (clock.due_on, clock.scope_outpost) == (date(2026, 12, 10), world.outpost.pk)

    refused("policy.claim_number_needed", lambda: see(world, claim, S.SUBMITTED))
    receipt = world.file(subject, "回执.pdf")
    claim = see(world, claim, S.SUBMITTED, document=receipt, on=world.now.date() - timedelta(0))
    assert (claim.receipt, claim.submitted_on, claim.applied_fen) == (receipt, world.now.date(), 25 * WAN)
    assert not running([subject])[subject], "filed: the window's clock has stopped"

    refused("policy.claim_reason_needed", lambda: see(world, claim, S.RETURNED))
    claim = see(world, claim, S.RETURNED, note="缺审计报告")
    assert running([subject])[subject], "returned: it runs again to the end of the window"
    claim = see(world, claim, S.SUBMITTED, acceptance_number="YX2026-1")
    refused("policy.claim_amount_needed", lambda: see(world, claim, S.APPROVED))
    claim = see(world, claim, S.APPROVED, amount_fen=20 * WAN)
    claim = see(world, claim, S.PAID, amount_fen=15 * WAN)
    claim = see(world, claim, S.PAID, amount_fen=5 * WAN, note="第二笔")
    assert (claim.approved_fen, claim.paid_fen, claim.acceptance_number) == (20 * WAN, 20 * WAN, "YX2026-1")
    assert not running([subject])[subject]
    assert history_of(subject).count() == 4, "the window twice, the payout once, the remainder once"

    read = get_claim(world.actor("officer"), claim.uid)
    assert [each.status for each in read.entries.all()] == [
        *(S.DRAFT, S.SUBMITTED, S.RETURNED, S.SUBMITTED, S.APPROVED, S.PAID, S.PAID),
    ]


def test_what_does_not_follow_is_refused_in_words(world: World, organization: Organization) -> None:
    claim = start(world, organization)
    with pytest.raises(RefusedError) as error:
        see(world, claim, S.PAID, amount_fen=1)
    params = error.value.refusal.params
    assert error.value.refusal.code == "policy.claim_step"
    assert (params["status"], params["to"]) == ("准备材料", "已到账")
    assert "已提交" in str(params["known"])
    tomorrow = world.now.date() + timedelta(days=1)
    refused("policy.claim_seen_ahead", lambda: see(world, claim, S.SUBMITTED, acceptance_number="1", on=tomorrow))
    before = world.now.date() - timedelta(days=1)
    refused("policy.claim_seen_backwards", lambda: see(world, claim, S.SUBMITTED, acceptance_number="1", on=before))
    see(world, claim, S.SUBMITTED, acceptance_number="1")
    refused("policy.claim_changed_meanwhile", lambda: see(world, claim, S.RETURNED, note="退", version=1))


def test_who_may_begin_a_claim_of_what(world: World, organization: Organization) -> None:
    refused("policy.clause_unknown", lambda: start(world, organization, "NO-SUCH"))
    refused("policy.claim_wrong_subject", lambda: start(world, organization, "T-PERSON"))
    about = Subject("pipeline.project", world.lead().uid)
    refused("policy.claim_wrong_subject", lambda: start(world, organization, about=about))
    refused("parties.not_permitted", lambda: start(world, organization, by="bureau"))
    refused("parties.not_permitted", lambda: start(world, organization, by="rival"))
    refused("policy.not_linked", lambda: start(world, organization, by="rival", outpost=world.rival))
    claim = start(world, organization)
    refused("policy.claim_open", lambda: start(world, organization))
    refused("policy.claim_reason_needed", lambda: _void(world, claim, " "))
    _void(world, claim, "录错")
    refused("policy.claim_voided", lambda: see(world, claim, S.WITHDRAWN, note="x", version=2))
    start(world, organization)


def _void(world: World, claim: PolicyClaim, reason: str) -> PolicyClaim:
    return void_claim(actor=world.actor("officer"), now=world.now, claim=claim, reason=reason)


def test_a_firm_sees_its_own_claims_and_nobody_elses(world: World, organization: Organization) -> None:
    world.user("own_firm", "tenant", organization=organization)
    claim = start(world, organization)
    sees = {"officer", "manager", "lead", "own_firm"}
    for who in (*sees, "rival", "bureau", "verifier", "auditor", "tenant", "admin", "rival_bureau"):
        actor = world.actor(who)
        visible = claims_visible_to(actor, PolicyClaim.objects.all()).filter(pk=claim.pk).exists()
        assert visible == can_view_claim(actor, claim) == (who in sees), who


def test_lists_and_figures(world: World, organization: Organization) -> None:
    first = start(world, organization)
    first = see(world, first, S.SUBMITTED, acceptance_number="甲1")
    first = see(world, first, S.APPROVED, amount_fen=20 * WAN)
    first = see(world, first, S.PAID, amount_fen=15 * WAN)
    PolicyClaim.objects.filter(pk=first.pk).update(submitted_on=world.now.date() - timedelta(days=30))
    second = start(world, organization, "T-SIZE")
    second = see(world, second, S.SUBMITTED, acceptance_number="乙2")
    see(world, second, S.REJECTED, note="人数不足")
    start(world, organization, "T-REVIEW")
    actor = world.actor("officer")
    assert list_claims(actor, ClaimFilter()).count() == 3
    assert [each.pk for each in list_claims(actor, ClaimFilter(words="乙2"))] == [second.pk]
    assert [each.clause for each in list_claims(actor, ClaimFilter(open_only=True))] == ["T-REVIEW", "T-RATE"], (
        "of the first the remainder is still waited for"
    )
    assert not list_claims(world.actor("rival"), ClaimFilter()).exists()
    figures = claim_figures(list(list_claims(actor, ClaimFilter())))
    assert (figures.filed, figures.approved, figures.paid, figures.rejected) == (2, 1, 1, 1)
    assert (figures.rate, figures.mean_days) == (Fraction(3, 4), Fraction(30))
    nothing = claim_figures([])
    assert (nothing.rate, nothing.mean_days) == (None, None)
