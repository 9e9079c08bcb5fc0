"""Dealing with a step: handed over, done, skipped, taken up again, due on another day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.playbook.access import ANSWER_HOME, EDIT, is_named
from feidi.domain.playbook.enums import OwnerSide, RunEvent, ServedKind, StepState
from feidi.domain.playbook.kinds import PURPOSE, STEP
from feidi.domain.playbook.models import RunStep
from feidi.domain.playbook.selectors.reckoning import plan_of
from feidi.domain.playbook.services.changing import Change, changing, day_given, reason_given, step_of
from feidi.domain.playbook.services.settling import agree_due, begin_clock, is_government, settle_run, stop_clock
from feidi.engines.findings import Finding, Level, refuse
from feidi.engines.playbooks import OPENED
from feidi.kernel.access import Actor, Scope, ScopeKind
from feidi.kernel.evidence.selectors import state_of
from feidi.kernel.subjects import Subject


@dataclass(frozen=True, slots=True)
class HandOver:
    """交件: on which day, to whom, under which number of receipt (受理号、回执; may come later)."""

    on: date | None = None
    to: str = ""
    receipt: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """How a step ended: on which day, what came of it, under which number."""

    on: date | None = None
    answer: str = ""
    receipt: str = ""


def ask_step(*, actor: Actor, now: datetime, step: RunStep, handed: HandOver) -> RunStep:
    """Write down that a step was handed to whoever has to do it. A government's clock starts on that day.

    The home side learns by it whom the run is about; of a project only once it is reported. Refused: not open, nobody
    named, a day in the future or before the step opened.
    """
    require(actor, EDIT, outpost_scope(step.run.outpost_id))
    if not handed.to.strip():
        raise refuse("playbook.handed_to_nobody")
    with changing(actor=actor, now=now, run=step.run, action="asked") as change:
        row = step_of(change, step, StepState.OPEN)
        on = day_given(handed.on, change.today, since=row.opened_on, label=row.label_zh)
        with change.changed(row, "asked"):
            row.state, row.asked_on, row.asked_of = StepState.ASKED, on, handed.to.strip()[:120]
            row.receipt = handed.receipt.strip()[:80]
        said = "　".join(filter(None, [row.asked_of, row.receipt]))
        change.note(RunEvent.ASKED, on, step=row, note=said)
        plan = plan_of(change.run).by_code[row.code]
        if is_government(row) and not row.due_agreed and plan.clock and plan.clock.since == OPENED:
            begin_clock(change, row, plan, on)
        _name_to_home(change, row, on)
    return row


def finish_step(*, actor: Actor, now: datetime, step: RunStep, done: Done) -> RunStep:
    """Write down that a step is done; what waited for it opens on that day.

    By the outpost's people, or by the home side for a step of its own that was handed to it. Refused: neither open nor
    handed over, evidence still lacking (each piece is named), a day in the future or before it began.
    """
    with changing(actor=actor, now=now, run=step.run, action="done") as change:
        row = step_of(change, step, StepState.OPEN, StepState.ASKED)
        row.run = change.run
        require_finish(actor, row)
        on = day_given(done.on, change.today, since=row.asked_on or row.opened_on, label=row.label_zh)
        _check_evidence(row)
        with change.changed(row, "done"):
            row.state, row.done_on, row.answer = StepState.DONE, on, done.answer.strip()[:500]
            row.receipt = done.receipt.strip()[:80] or row.receipt
        stop_clock(change, row, on)
        change.note(RunEvent.DONE, on, step=row, note=row.answer)
        settle_run(change, on)
    return row


def skip_step(*, actor: Actor, now: datetime, step: RunStep, reason: str) -> RunStep:
    """Leave a step out, with a reason: an optional one is skipped, with any other the plan is changed.

    Refused: no reason, settled already.
    """
    require(actor, EDIT, outpost_scope(step.run.outpost_id))
    words = reason_given(reason)
    with changing(actor=actor, now=now, run=step.run, action="skipped", reason=words) as change:
        row = step_of(change, step, StepState.WAITING, StepState.OPEN, StepState.ASKED)
        with change.changed(row, "skipped", reason=words):
            row.state, row.reason, row.left_on, row.unclear = StepState.SKIPPED, words, change.today, False
        stop_clock(change, row, change.today)
        change.note(RunEvent.SKIPPED if row.optional else RunEvent.CHANGED, change.today, step=row, note=words)
        settle_run(change, change.today)
    return row


def reopen_step(*, actor: Actor, now: datetime, step: RunStep, reason: str) -> RunStep:
    """Take a step up again that was done or skipped: what followed and nobody has dealt with goes back to waiting.

    Refused: no reason, not settled by a person, the run stopped.
    """
    require(actor, EDIT, outpost_scope(step.run.outpost_id))
    words = reason_given(reason)
    with changing(actor=actor, now=now, run=step.run, action="reopened", reason=words, ended=True) as change:
        row = step_of(change, step, StepState.DONE, StepState.SKIPPED)
        with change.changed(row, "reopened", reason=words):
            row.state, row.done_on, row.left_on, row.reason = StepState.WAITING, None, None, ""
            row.asked_on, row.asked_of, row.answer = None, "", ""
        change.note(RunEvent.REOPENED, change.today, step=row, note=words)
        settle_run(change, change.today)
    return row


def reschedule_step(*, actor: Actor, now: datetime, step: RunStep, due_on: date, reason: str) -> RunStep:
    """Change the plan: the step is due on another day, with a reason. Refused: not under way, no reason, a day gone by."""
    require(actor, EDIT, outpost_scope(step.run.outpost_id))
    words = reason_given(reason)
    with changing(actor=actor, now=now, run=step.run, action="rescheduled", reason=words) as change:
        row = step_of(change, step, StepState.OPEN, StepState.ASKED)
        if due_on < change.today:
            raise refuse("playbook.due_gone_by", value=due_on.isoformat())
        was = row.due_on.isoformat() if row.due_on else _("未定时限")
        agree_due(change, row, due_on)
        with change.changed(row, "rescheduled", reason=words):
            row.due_on, row.due_agreed = due_on, True
        change.note(RunEvent.CHANGED, change.today, step=row, note=f"{was} → {due_on.isoformat()}　{words}")
    return row


def may_finish(actor: Actor, step: RunStep) -> bool:
    """Tell whether the actor may say that a step is done: the outpost's people, the home side what it was handed."""
    run = step.run
    if actor.may(EDIT, outpost_scope(run.outpost_id)):
        return True
    handed = step.owner == OwnerSide.HOME and step.state == StepState.ASKED
    return handed and actor.may(ANSWER_HOME, Scope(ScopeKind.HOME, run.outpost.home_id)) and is_named(actor, run)


def require_finish(actor: Actor, step: RunStep) -> None:
    """Refuse unless the actor may say that a step is done."""
    if not may_finish(actor, step):
        require(actor, EDIT, outpost_scope(step.run.outpost_id))


def _check_evidence(row: RunStep) -> None:
    lacking = [each for each in state_of(Subject(STEP, row.uid), PURPOSE) if not each.met]
    if lacking:
        reasons = [
            Finding(
                Level.PROBLEM,
                "playbook.evidence_lacking",
                {
                    "label_zh": each.requirement.label_zh,
                    "label_en": each.requirement.label_en,
                    "accepted": each.accepted,
                    "needed": each.needed,
                    "waiting": each.submitted,
                },
            )
            for each in lacking
        ]
        raise refuse("playbook.step_unproven", *reasons, label=row.label_zh, n=len(reasons))


def _name_to_home(change: Change, row: RunStep, on: date) -> None:
    run = change.run
    if row.owner == OwnerSide.HOME and run.served != ServedKind.PROJECT and run.named_home_on is None:
        run.named_home_on = on
