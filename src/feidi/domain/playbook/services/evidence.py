"""The evidence of a step: handed in by whoever has it, decided by somebody who has no part in the run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.playbook.access import ANSWER_HOME, EDIT, REVIEW, SUBMIT_OWN, can_view_run, scopes_of
from feidi.domain.playbook.enums import OwnerSide, StepState
from feidi.domain.playbook.kinds import PURPOSE, STEP
from feidi.domain.playbook.models import PlaybookRun, RunStep
from feidi.domain.playbook.services.changing import changing, step_of
from feidi.kernel.access import Actor, Scope, ScopeKind
from feidi.kernel.evidence.models import EvidenceItem
from feidi.kernel.evidence.selectors import get_requirement
from feidi.kernel.evidence.services import accept_item, return_item, submit_item
from feidi.kernel.files.services import store_upload
from feidi.kernel.subjects import Subject


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it arrives. ``reason``: why one that bears a mark may be taken all the same."""

    name: str
    chunks: Iterable[bytes]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece: of which kind, a file or a named record, of which day; what it corrects."""

    kind: str
    upload: Upload | None = None
    record: str = ""
    occurred_on: date | None = None
    replaces: EvidenceItem | None = None


def hand_in(*, actor: Actor, now: datetime, step: RunStep, piece: Piece) -> EvidenceItem:
    """Hand in one piece of a step's evidence.

    By the outpost's people, by the firm for a step of its own, by the home side for one of its own. Refused: the step is
    not under way, no such kind of evidence, and as the kernel refuses.
    """
    require_hand_in(actor, step)
    with changing(actor=actor, now=now, run=step.run, action="evidenced") as change:
        row = step_of(change, step, StepState.OPEN, StepState.ASKED)
        subject = Subject(STEP, row.uid)
        requirement = get_requirement(subject=subject, purpose=PURPOSE, kind=piece.kind)
        given = piece.upload
        file = (
            store_upload(
                actor=actor, now=now, subject=subject, name=given.name, chunks=given.chunks, reason=given.reason
            )
            if given
            else None
        )
        return submit_item(
            actor=actor,
            now=now,
            requirement=requirement,
            file=file,
            record=piece.record,
            occurred_on=piece.occurred_on,
            replaces=piece.replaces,
        )


def decide_piece(
    *, actor: Actor, now: datetime, step: RunStep, item: EvidenceItem, accept: bool, reason: str = ""
) -> EvidenceItem:
    """Accept or return one piece: by a reviewer who neither handed it in nor leads the run."""
    require(actor, REVIEW, *scopes_of(step.run))
    part = frozenset({step.run.officer_id})
    if accept:
        return accept_item(actor=actor, now=now, item=item, forbidden_reviewers=part)
    return return_item(actor=actor, now=now, item=item, reason=reason, forbidden_reviewers=part)


def may_hand_in(actor: Actor, step: RunStep) -> bool:
    """Tell whether the actor may hand in evidence of a step."""
    run = step.run
    if actor.may(EDIT, outpost_scope(run.outpost_id)):
        return True
    if not can_view_run(actor, run):
        return False
    if step.owner == OwnerSide.HOME:
        return actor.may(ANSWER_HOME, Scope(ScopeKind.HOME, run.outpost.home_id))
    return step.owner in {OwnerSide.FIRM, OwnerSide.TALENT} and _owns(actor, run)


def _owns(actor: Actor, run: PlaybookRun) -> bool:
    return run.organization_id is not None and run.organization_id in actor.scopes(SUBMIT_OWN, ScopeKind.ORGANIZATION)


def require_hand_in(actor: Actor, step: RunStep) -> None:
    """Refuse unless the actor may hand in evidence of a step."""
    if not may_hand_in(actor, step):
        require(actor, EDIT, outpost_scope(step.run.outpost_id))
