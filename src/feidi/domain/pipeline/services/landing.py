"""Landing: evidence handed in by one side, decided by the other, revocable, never deleted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.pipeline.access import is_own, require_on
from feidi.domain.pipeline.enums import LandingState, PartyRole, Stage
from feidi.domain.pipeline.events import LandingRevoked, LandingVerified
from feidi.domain.pipeline.models import LandingCase, Project
from feidi.domain.pipeline.selectors.landing import PURPOSE, SITE_VISIT, landing_content, live_case, min_persons
from feidi.domain.pipeline.selectors.standing import subject_of
from feidi.domain.pipeline.services.rechecks import plan_rechecks
from feidi.domain.pipeline.services.satisfaction import ask_about_landing
from feidi.domain.pipeline.services.submitting import send_submission
from feidi.engines.findings import Finding, Level, Scalar, refuse
from feidi.engines.money import Money
from feidi.engines.names import fold_name
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.audit.unit import Unit
from feidi.kernel.events import publish
from feidi.kernel.evidence.enums import ItemState
from feidi.kernel.evidence.models import EvidenceItem, EvidenceRequirement
from feidi.kernel.evidence.selectors import RequirementState, state_of
from feidi.kernel.evidence.services import RequirementSpec, accept_item, require, return_item, submit_item
from feidi.kernel.files.models import StoredFile

KIND = "pipeline.landing_case"
PROJECT = "pipeline.project"


@dataclass(frozen=True, slots=True)
class Paper:
    """One item of evidence as handed in: a file or a record, its date, an amount, the persons of a visit."""

    file: StoredFile | None = None
    record: str = ""
    occurred_on: date | None = None
    amount: Money | None = None
    people: tuple[str, ...] = ()
    replaces: EvidenceItem | None = None


def open_case(*, actor: Actor, now: datetime, project: Project) -> LandingCase:
    """Return the project's live case, opening one (with its requirements from content) when there is none."""
    may_submit(actor, project)
    known = live_case(project)
    if known is not None:
        return known
    content = landing_content(project.outpost)
    specs = [
        RequirementSpec(raw["evidence"], raw["label"]["zh"], raw["label"]["en"], int(raw.get("n") or 1))
        for raw in content.data["requirements"]
    ]
    entity = project.parties.filter(role=PartyRole.HOME_ENTITY, until__isnull=True).select_related("organization")
    first = entity.first()
    with recorded(actor=actor, now=now) as unit:
        # locked and asked again: of two who open a case at once, the second gets the first one's
        Project.objects.select_for_update().get(pk=project.pk)
        known = live_case(project)
        if known is not None:
            return known
        case = LandingCase(
            project=project,
            home_entity=first.organization.name if first and first.organization else "",
            content_sha256=content.sha256,
            created_at=now,
        )
        case.save()
        unit.created(case, kind=KIND)
        require(actor=actor, now=now, subject=subject_of(project), purpose=PURPOSE, kinds=specs)
    return case


def may_submit(actor: Actor, project: Project) -> None:
    """Refuse unless the actor may hand in landing evidence: the operator's people, or the tenant itself."""
    if not is_own(actor, project, "evidence.submit_own"):
        require_on(actor, "landing.submit", project)


def hand_in(
    *, actor: Actor, now: datetime, case: LandingCase, requirement: EvidenceRequirement, paper: Paper
) -> EvidenceItem:
    """Hand in one item for a landing case. Refused once the landing is verified; a site visit is the operator's."""
    may_submit(actor, case.project)
    if requirement.kind == SITE_VISIT:
        require_on(actor, "landing.submit", case.project)
    if case.state in {LandingState.VERIFIED, LandingState.REVOKED}:
        raise refuse("pipeline.landing_closed")
    return submit_item(
        actor=actor,
        now=now,
        requirement=requirement,
        file=paper.file,
        record=paper.record,
        details={"people": list(paper.people)} if paper.people else {},
        occurred_on=paper.occurred_on,
        amount=paper.amount,
        replaces=paper.replaces,
    )


def state_signals(*, actor: Actor, now: datetime, case: LandingCase, signals: Mapping[str, Any]) -> LandingCase:
    """Write down the signals beside the evidence (people insured, paid-in capital …); None = not known."""
    may_submit(actor, case.project)
    with recorded(actor=actor, now=now) as unit:
        row = _locked(case)
        stated = {**row.signals, **signals}
        stated["address_folded"] = fold_name(str(stated.get("address") or ""))
        before = unit.before(row, KIND)
        row.signals = stated
        row.version += 1
        row.save(update_fields=["signals", "version"])
        unit.changed(row, kind=KIND, before=before)
    return row


def submit_landing(*, actor: Actor, now: datetime, case: LandingCase) -> LandingCase:
    """Submit a case for verification; this reports (报送) the project to its home as a submission of one row.

    Refused while a requirement has no item that is submitted or accepted: says which.
    """
    require_on(actor, "landing.submit", case.project)
    with recorded(actor=actor, now=now) as unit:
        row = _locked(case)
        if row.state not in {LandingState.DRAFT, LandingState.RETURNED}:
            raise refuse("pipeline.landing_state", state=str(LandingState(row.state).label))
        lacking = [
            Finding(Level.PROBLEM, "pipeline.landing_missing", _label(each))
            for each in state_of(subject_of(row.project), PURPOSE)
            if each.accepted + each.submitted < each.needed
        ]
        if lacking:
            raise refuse("pipeline.landing_incomplete", *lacking)
        before = unit.before(row, KIND)
        row.state, row.return_reason = LandingState.SUBMITTED, ""
        row.submitted_by_id_number, row.submitted_by, row.submitted_at = actor.user_id, actor.label, now
        row.decided_by_id_number, row.decided_by, row.decided_at = None, "", None
        _save(unit, row, before)
        send_submission(
            actor=actor,
            now=now,
            outpost=row.project.outpost,
            projects=[row.project],
            reason=f"落地核验 {row.project.code}",
        )
    return row


def decide_item(
    *, actor: Actor, now: datetime, case: LandingCase, item: EvidenceItem, accept: bool, reason: str = ""
) -> EvidenceItem:
    """Accept or return one item. Only while the case is submitted, only by an uninvolved verifier."""
    require_on(actor, "landing.verify", case.project)
    if case.state != LandingState.SUBMITTED:
        raise refuse("pipeline.landing_state", state=str(LandingState(case.state).label))
    _refuse_own(actor, case)
    owner = case.project.owner_id
    forbidden = frozenset() if owner is None else frozenset({owner})
    if accept:
        _check_visit(case, item)
        return accept_item(actor=actor, now=now, item=item, forbidden_reviewers=forbidden)
    return return_item(actor=actor, now=now, item=item, reason=reason, forbidden_reviewers=forbidden)


def return_landing(*, actor: Actor, now: datetime, case: LandingCase, reason: str) -> LandingCase:
    """Send a case back with a reason; returned items stay visible, corrected ones replace them."""
    require_on(actor, "landing.verify", case.project)
    _refuse_own(actor, case)
    if not reason.strip():
        raise refuse("pipeline.reason_needed")
    with recorded(actor=actor, now=now) as unit:
        row = _locked(case)
        _must_be_submitted(row)
        before = unit.before(row, KIND)
        row.state, row.return_reason = LandingState.RETURNED, reason.strip()
        _decided(row, actor, now)
        _save(unit, row, before, reason)
    return row


def verify_landing(*, actor: Actor, now: datetime, case: LandingCase, verified_on: date | None = None) -> LandingCase:
    """Verify a landing. Refused with every reason at once: items not accepted, not yet registered at home,
    fewer visitors than needed, or an actor who submitted it, owns it or works for the operator.
    """
    require_on(actor, "landing.verify", case.project)
    on = verified_on or now.astimezone(SHANGHAI).date()
    if on > now.astimezone(SHANGHAI).date():
        raise refuse("pipeline.date_in_future", value=on.isoformat())
    with recorded(actor=actor, now=now) as unit:
        row = _locked(case)
        _must_be_submitted(row)
        _refuse_own(actor, row)
        reasons = missing_for_verification(row)
        if reasons:
            raise refuse("pipeline.landing_refused", *reasons, n=len(reasons))
        before = unit.before(row, KIND)
        row.state, row.verified_on = LandingState.VERIFIED, on
        _decided(row, actor, now)
        _save(unit, row, before)
        _mark_project(unit, row.project, on)
        plan_rechecks(unit=unit, case=row)
        ask_about_landing(actor=actor, now=now, case=row)
        publish(LandingVerified(row.project.uid, row.uid, on))
    return row


def revoke_landing(*, actor: Actor, now: datetime, case: LandingCase, reason: str) -> LandingCase:
    """Take a verified landing back with a reason. The case stays in the record; a new one may follow."""
    require_on(actor, "landing.revoke", case.project)
    if not reason.strip():
        raise refuse("pipeline.reason_needed")
    with recorded(actor=actor, now=now) as unit:
        row = _locked(case)
        if row.state != LandingState.VERIFIED:
            raise refuse("pipeline.landing_state", state=str(LandingState(row.state).label))
        before = unit.before(row, KIND)
        row.state = LandingState.REVOKED
        row.revoked_by, row.revoked_at, row.revoke_reason = actor.label, now, reason.strip()
        _save(unit, row, before, reason)
        _mark_project(unit, row.project, None)
        publish(LandingRevoked(row.project.uid, row.uid, reason))
    return row


def missing_for_verification(case: LandingCase) -> list[Finding]:
    """Return everything that stands between the case and verification, whoever asks."""
    found: list[Finding] = []
    states = state_of(subject_of(case.project), PURPOSE)
    for each in states:
        if not each.met:
            params = {**_label(each), "need": each.needed, "have": each.accepted}
            found.append(Finding(Level.PROBLEM, "pipeline.landing_not_accepted", params))
    if case.project.home_stage in {"", Stage.PREPARING}:
        found.append(Finding(Level.PROBLEM, "pipeline.landing_not_registered"))
    needed = min_persons(case.project.outpost)
    for each in states:
        if each.requirement.kind == SITE_VISIT and each.met:
            most = max((_persons(item) for item in _accepted(each)), default=0)
            if most < needed:
                found.append(Finding(Level.PROBLEM, "pipeline.landing_visit_persons", {"have": most, "need": needed}))
    return found


def _label(state: RequirementState) -> dict[str, Scalar]:
    return {"label_zh": state.requirement.label_zh, "label_en": state.requirement.label_en}


def _persons(item: EvidenceItem) -> int:
    return len({fold_name(str(name)) for name in item.details.get("people", ()) if fold_name(str(name))})


def _accepted(state: RequirementState) -> list[EvidenceItem]:
    return [item for item in state.items if item.state == ItemState.ACCEPTED]


def _check_visit(case: LandingCase, item: EvidenceItem) -> None:
    if item.requirement.kind == SITE_VISIT and _persons(item) < min_persons(case.project.outpost):
        raise refuse("pipeline.landing_visit_persons", have=_persons(item), need=min_persons(case.project.outpost))


def own_part(actor: Actor, case: LandingCase) -> Finding | None:
    """Return in which way the actor is involved in the case (提交人, 责任人, 运营单位人员), or None."""
    operator = case.project.outpost.operator_id
    if actor.user_id is None:
        code = "pipeline.own_anonymous"
    elif actor.user_id == case.submitted_by_id_number:
        code = "pipeline.own_submitter"
    elif actor.user_id == case.project.owner_id:
        code = "pipeline.own_owner"
    elif operator is not None and operator in actor.organization_ids:
        code = "pipeline.own_operator"
    elif _handed_in(actor.user_id, case):
        code = "pipeline.own_evidence"
    else:
        return None
    return Finding(Level.PROBLEM, code)


def _handed_in(user_id: int, case: LandingCase) -> bool:
    return EvidenceItem.objects.filter(
        requirement__subject_kind=PROJECT,
        requirement__subject_uid=case.project.uid,
        submitted_by_id_number=user_id,
    ).exists()


def _refuse_own(actor: Actor, case: LandingCase) -> None:
    part = own_part(actor, case)
    if part is not None:
        raise refuse("pipeline.landing_own", part)


def _locked(case: LandingCase) -> LandingCase:
    rows = LandingCase.objects.select_for_update(of=("self",)).select_related("project__outpost__home")
    return rows.get(pk=case.pk)


def _must_be_submitted(row: LandingCase) -> None:
    if row.state != LandingState.SUBMITTED:
        raise refuse("pipeline.landing_state", state=str(LandingState(row.state).label))


def _decided(row: LandingCase, actor: Actor, now: datetime) -> None:
    row.decided_by_id_number, row.decided_by, row.decided_at = actor.user_id, actor.label, now


def _save(unit: Unit, row: LandingCase, before: Mapping[str, Any], reason: str = "") -> None:
    row.version += 1
    row.save()
    unit.changed(row, kind=KIND, before=before, reason=reason)


def _mark_project(unit: Unit, project: Project, verified_on: date | None) -> None:
    row = Project.objects.select_for_update().get(pk=project.pk)
    before = unit.before(row, PROJECT)
    row.verified_on = verified_on
    row.version += 1
    row.save(update_fields=["verified_on", "version"])
    unit.changed(row, kind=PROJECT, before=before)
