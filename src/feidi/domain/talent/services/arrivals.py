"""That a person came, and the days somebody was present: shown by evidence, accepted by somebody who did not hand it in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.services.changing import locked, today_of
from feidi.domain.talent.access import EDIT, REVIEW
from feidi.domain.talent.kinds import ARRIVAL, MONTH, PRESENCE, TALENT
from feidi.domain.talent.models import PresenceMonth, Talent
from feidi.domain.talent.selectors.catalogue import classes_of
from feidi.domain.talent.services.changing import Scan, keep_scan
from feidi.domain.talent.services.talents import refuse_erased
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.evidence.models import EvidenceItem
from feidi.kernel.evidence.services import RequirementSpec, accept_item, return_item, submit_item
from feidi.kernel.evidence.services import require as require_evidence
from feidi.kernel.subjects import Subject


@dataclass(frozen=True, slots=True)
class Proof:
    """One piece of evidence: a scan or a named record, of which day; what it corrects."""

    scan: Scan | None
    record: str
    occurred_on: date
    replaces: EvidenceItem | None = None


def show_arrival(*, actor: Actor, now: datetime, talent: Talent, kind: str, proof: Proof) -> EvidenceItem:
    """Hand in evidence that a person came to work. Refused: no permission, erased, a kind the place does not ask for."""
    require(actor, EDIT, outpost_scope(talent.outpost_id))
    known = {each[0]: each for each in classes_of(talent.outpost, today_of(now)).evidence}
    if kind not in known:
        raise refuse("talent.evidence_kind", value=kind)
    with recorded(actor=actor, now=now):
        row = locked(talent)
        refuse_erased(row)
        return _submit(actor, now, Subject(TALENT, row.uid), ARRIVAL, known[kind], proof)


def show_presence(*, actor: Actor, now: datetime, month: PresenceMonth, proof: Proof) -> EvidenceItem:
    """Hand in evidence of the days present in a month. Refused: no permission."""
    require(actor, EDIT, outpost_scope(month.contract.talent.outpost_id))
    with recorded(actor=actor, now=now):
        kind = ("attendance", "到岗记录", "Record of attendance")
        return _submit(actor, now, Subject(MONTH, month.uid), PRESENCE, kind, proof)


def decide_evidence(
    *, actor: Actor, now: datetime, talent: Talent, item: EvidenceItem, accept: bool, reason: str = ""
) -> EvidenceItem:
    """Accept or return a piece of evidence of a talent: by a reviewer who neither handed it in nor is the talent."""
    require(actor, REVIEW, outpost_scope(talent.outpost_id))
    own = frozenset({talent.user_id} - {None})
    if accept:
        return accept_item(actor=actor, now=now, item=item, forbidden_reviewers=own)  # type: ignore[arg-type]
    return return_item(actor=actor, now=now, item=item, reason=reason, forbidden_reviewers=own)  # type: ignore[arg-type]


def _submit(
    actor: Actor, now: datetime, subject: Subject, purpose: str, kind: tuple[str, str, str], proof: Proof
) -> EvidenceItem:
    spec = RequirementSpec(*kind)
    requirement = require_evidence(actor=actor, now=now, subject=subject, purpose=purpose, kinds=[spec])[0]
    return submit_item(
        actor=actor,
        now=now,
        requirement=requirement,
        file=keep_scan(actor=actor, now=now, subject=subject, label=spec.label_zh, scan=proof.scan),
        record=proof.record,
        occurred_on=proof.occurred_on,
        replaces=proof.replaces,
    )
