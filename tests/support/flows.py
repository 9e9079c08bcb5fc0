"""Proven sources of flows for tests: a verified landing, a technology contract, a talent at work, funding."""

from __future__ import annotations

from datetime import date
from typing import Any

from feidi.domain.incubation.enums import TenantOutcomeKind
from feidi.domain.incubation.models import TenantOutcome
from feidi.domain.incubation.services import outcomes as results
from feidi.domain.matching.enums import OutcomeKind, Side, TechnologyContractKind
from feidi.domain.matching.models import IntroductionOutcome
from feidi.domain.matching.services import outcome_evidence
from feidi.domain.matching.services.introduction_outcomes import NewOutcome, TechnologyContract, record_outcome
from feidi.domain.parties.models import Organization
from feidi.domain.pipeline.enums import Stage, Track
from feidi.domain.pipeline.models import LandingCase
from feidi.domain.pipeline.services.landing import decide_item, submit_landing, verify_landing
from feidi.domain.talent.models import Talent
from feidi.domain.talent.services import arrivals
from feidi.engines.money import Money
from feidi.kernel.evidence.models import EvidenceItem
from feidi.kernel.subjects import Subject
from tests.support.openings import introduce
from tests.support.profiles import make_profile
from tests.support.tenancies import floor_of, tenancy_of
from tests.support.world import World


def landed(world: World, name: str = "低温介质检测", **more: Any) -> LandingCase:
    """Take a project to a verified landing with 500,000 yuan shown as paid in."""
    project = world.to_signed(world.lead(name, **more))
    case = world.landing_case(project)
    world.advance(project, Stage.PREPARING, Stage.REGISTERED, track=Track.HOME)
    case = submit_landing(actor=world.actor("officer"), now=world.now, case=case)
    for item in EvidenceItem.objects.filter(requirement__subject_uid=project.uid, state="submitted", voided_at=None):
        decide_item(actor=world.actor("verifier"), now=world.now, case=case, item=item, accept=True)
    return verify_landing(actor=world.actor("verifier"), now=world.now, case=case)


def at(world: World, organization: Organization, side: str) -> Organization:
    """Let an organization be registered at the outpost's ``home`` or ``host``; ``""``: nowhere."""
    organization.place_id = getattr(world.outpost, f"{side}_id") if side else None
    organization.save(update_fields=["place"])
    return organization


def contract(
    world: World,
    *,
    taker: str = "home",
    giver: str = "host",
    technology: int | None = 60_000_000,
    kind: OutcomeKind = OutcomeKind.TECHNOLOGY_CONTRACT,
    accept: bool = True,
) -> IntroductionOutcome:
    """Conclude a technology contract (or an investment) between a firm of each side, its evidence accepted."""
    need, offer = make_profile(world, Side.NEED), make_profile(world, Side.OFFER)
    for profile, side in ((need, taker), (offer, giver)):
        assert profile.organization is not None
        at(world, profile.organization, side)
    row = introduce(world, need, offer, revealed=True)
    share = Money(technology, "CNY") if technology is not None else None
    particulars = TechnologyContract(TechnologyContractKind.DEVELOPMENT, share)
    new = NewOutcome(
        kind,
        world.now.date(),
        Money(80_000_000, "CNY"),
        particulars if kind is OutcomeKind.TECHNOLOGY_CONTRACT else None,
    )
    outcome = record_outcome(actor=world.actor("officer"), now=world.now, introduction=row, new=new)
    if accept:
        proven(world, outcome)
    return outcome


def proven(world: World, outcome: IntroductionOutcome) -> None:
    """Hand in and accept the evidence of what came of an introduction."""
    proof = outcome_evidence.Proof(None, "登记证明", outcome.on)
    item = outcome_evidence.show_outcome(actor=world.actor("officer"), now=world.now, outcome=outcome, proof=proof)
    outcome_evidence.decide_outcome(
        actor=world.actor("manager"), now=world.now, outcome=outcome, item=item, accept=True
    )


def funded(world: World, fen: int | None = 500_000_000) -> TenantOutcome:
    """Note funding of a tenant, its evidence accepted."""
    row = tenancy_of(world, floor_of(world)[0])
    amount = Money(fen, "CNY") if fen is not None else None
    new = results.NewOutcome(TenantOutcomeKind.FUNDING, "天使轮", world.now.date(), amount, row)
    outcome = results.note_outcome(
        actor=world.actor("officer"),
        now=world.now,
        outpost=world.outpost,
        organization=row.organization,
        project=row.project,
        new=new,
    )
    proof = results.Proof(outcome.dated_on, record="协议编号")
    item = results.show_outcome(actor=world.actor("officer"), now=world.now, outcome=outcome, proof=proof)
    results.decide_outcome(actor=world.actor("lead"), now=world.now, outcome=outcome, item=item, accept=True)
    return outcome


def arrived(world: World, talent: Talent, on: date | None = None) -> None:
    """Hand in and accept the evidence that somebody came to work."""
    proof = arrivals.Proof(None, "聘用合同", on or world.now.date())
    item = arrivals.show_arrival(
        actor=world.actor("officer"), now=world.now, talent=talent, kind="employment", proof=proof
    )
    arrivals.decide_evidence(actor=world.actor("manager"), now=world.now, talent=talent, item=item, accept=True)


def source_of(row: Any) -> Subject:
    """Return the source that a row is."""
    kinds = {
        LandingCase: "pipeline.landing_case",
        IntroductionOutcome: "matching.outcome",
        TenantOutcome: "incubation.tenant_outcome",
        Talent: "talent.talent",
    }
    return Subject(kinds[type(row)], row.uid)
