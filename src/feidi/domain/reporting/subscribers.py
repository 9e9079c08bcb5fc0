"""What the flow ledger does when something is proven or taken back below."""

from __future__ import annotations

from feidi.domain.incubation.events import TenantOutcomeVoided
from feidi.domain.matching.events import OutcomeVoided
from feidi.domain.pipeline.events import LandingRevoked, LandingVerified
from feidi.domain.reporting.selectors.flow_sources import LANDING, OUTCOME, RESULT, SOURCES
from feidi.domain.reporting.services.flows import settle_source
from feidi.domain.talent.events import ContractVoided, TalentChanged
from feidi.domain.talent.kinds import MONTH, TALENT
from feidi.domain.talent.models import PresenceMonth
from feidi.kernel.audit import current_unit
from feidi.kernel.events import listen
from feidi.kernel.evidence.events import EvidenceAccepted
from feidi.kernel.subjects import Subject


def _settle(kind: str, uid: str, reason: str = "") -> None:
    unit = current_unit()
    settle_source(actor=unit.actor, now=unit.now, source=Subject(kind, uid), reason=reason)


def proven(event: EvidenceAccepted) -> None:
    """Evidence of a technology contract, an investment, a result, an arrival or a month present was accepted."""
    if event.subject_kind in SOURCES:
        _settle(event.subject_kind, event.subject_uid)


def landed(event: LandingVerified) -> None:
    """A verified landing brings the money that was proven to be paid in."""
    _settle(LANDING, event.case_uid)


def landing_revoked(event: LandingRevoked) -> None:
    """A revoked landing is taken back with its reason."""
    _settle(LANDING, event.case_uid, event.reason)


def outcome_voided(event: OutcomeVoided) -> None:
    """What came of an introduction was taken back."""
    _settle(OUTCOME, event.outcome_uid, event.reason)


def result_voided(event: TenantOutcomeVoided) -> None:
    """A result of incubation was taken back."""
    _settle(RESULT, event.outcome_uid, event.reason)


def talent_changed(event: TalentChanged) -> None:
    """Where somebody works decides which way they went."""
    _settle(TALENT, event.talent_uid, event.reason)


def contract_voided(event: ContractVoided) -> None:
    """With a flexible contract its months go."""
    for uid in PresenceMonth.objects.filter(contract__uid=event.contract_uid).values_list("uid", flat=True):
        _settle(MONTH, uid, event.reason)


def register() -> None:
    """Run once, from ``AppConfig.ready``."""
    listen(EvidenceAccepted)(proven)
    listen(LandingVerified)(landed)
    listen(LandingRevoked)(landing_revoked)
    listen(OutcomeVoided)(outcome_voided)
    listen(TenantOutcomeVoided)(result_voided)
    listen(TalentChanged)(talent_changed)
    listen(ContractVoided)(contract_voided)
