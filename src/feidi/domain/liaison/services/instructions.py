"""交办事项: taken down in one's own words, urged, answered, closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from feidi.domain.liaison.enums import InstructionState
from feidi.domain.liaison.models import Instruction, InstructionUrge
from feidi.domain.liaison.services.changing import changed, locked, number, require_any, void
from feidi.domain.liaison.services.indexing import index_row
from feidi.domain.liaison.services.todos import settle_todos
from feidi.domain.parties.access import outpost_scope
from feidi.domain.parties.models import Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.pipeline.models import Project
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor, Scope, ScopeKind
from feidi.kernel.audit import recorded
from feidi.kernel.identity.models import User
from feidi.kernel.subjects import Subject
from feidi.kernel.todos.services import add_todo

KIND = "liaison.instruction"


@dataclass(frozen=True, slots=True)
class NewInstruction:
    """What was handed down, in the writer's own paraphrase: never the scan or the wording of an instruction."""

    given_by: str
    paraphrase: str
    received_on: date
    due_on: date | None = None
    owner: User | None = None
    support: str = ""
    plaque: str = ""
    project: Project | None = None


def _scopes(outpost: Outpost) -> tuple[Scope, ...]:
    return (outpost_scope(outpost.pk), Scope(ScopeKind.HOME, outpost.home_id))


def give_instruction(*, actor: Actor, now: datetime, outpost: Outpost, new: NewInstruction) -> Instruction:
    """Write down a matter handed to an outpost and put it on its owner's list.

    The outpost's people (``liaison.edit``) or the home side (``liaison.instruct``). Refused: nothing said, received in
    the future, due before it was received.
    """
    require_any(actor, ("liaison.edit", "liaison.instruct"), *_scopes(outpost))
    _check(new, now)
    with recorded(actor=actor, now=now) as unit:
        row = Instruction(
            outpost=outpost,
            number=number(outpost, "交办", now),
            plaque=new.plaque,
            given_by=new.given_by.strip(),
            paraphrase=new.paraphrase.strip(),
            received_on=new.received_on,
            due_on=new.due_on,
            owner=new.owner,
            support=new.support.strip(),
            project=new.project,
            recorded_by=actor.label,
            created_at=now,
        )
        row.save()
        unit.created(row, kind=KIND)
        index_row(KIND, row)
        if new.owner is not None:
            subject = Subject(KIND, row.uid)
            what = f"{row.number} {row.paraphrase}"[:300]
            add_todo(actor=actor, now=now, subject=subject, what=what, assignee=new.owner, due_on=new.due_on)
    return row


def _check(new: NewInstruction, now: datetime) -> None:
    if new.received_on > now.astimezone(SHANGHAI).date():
        raise refuse("pipeline.date_in_future", value=new.received_on.isoformat())
    if new.due_on is not None and new.due_on < new.received_on:
        raise refuse("liaison.due_before_start", due=new.due_on.isoformat(), start=new.received_on.isoformat())
    if not new.paraphrase.strip() or not new.given_by.strip():
        raise refuse("liaison.says_nothing")


def edit_instruction(
    *, actor: Actor, now: datetime, instruction: Instruction, version: int, new: NewInstruction
) -> Instruction:
    """Correct what was written down; a new owner finds it on the list. Refused: as ``give_instruction``, closed."""
    require_any(actor, ("liaison.edit", "liaison.instruct"), *_scopes(instruction.outpost))
    _check(new, now)
    with recorded(actor=actor, now=now) as unit, changed(unit, instruction, KIND, version=version) as row:
        if row.state == InstructionState.CLOSED:
            raise refuse("liaison.not_open", state=row.get_state_display())
        handed_on = new.owner is not None and new.owner.pk != row.owner_id
        row.plaque, row.given_by, row.paraphrase = new.plaque, new.given_by.strip(), new.paraphrase.strip()
        row.received_on, row.due_on, row.owner = new.received_on, new.due_on, new.owner
        row.support, row.project = new.support.strip(), new.project
        if handed_on and row.state == InstructionState.OPEN:
            subject = Subject(KIND, row.uid)
            what = f"{row.number} {row.paraphrase}"[:300]
            add_todo(actor=actor, now=now, subject=subject, what=what, assignee=new.owner, due_on=new.due_on)
    return row


def void_instruction(*, actor: Actor, now: datetime, instruction: Instruction, reason: str) -> None:
    """Take back what was written down in error, with a reason."""
    require_any(actor, ("liaison.edit", "liaison.instruct"), *_scopes(instruction.outpost))
    with recorded(actor=actor, now=now) as unit:
        void(unit, instruction, KIND, now, reason)


def urge_instruction(*, actor: Actor, now: datetime, instruction: Instruction, note: str) -> InstructionUrge:
    """催办: say once more what is waited for. Refused: nothing said, answered or closed already."""
    require_any(actor, ("liaison.edit", "liaison.instruct"), *_scopes(instruction.outpost))
    if not note.strip():
        raise refuse("liaison.says_nothing")
    with recorded(actor=actor, now=now) as unit:
        row = locked(instruction)
        if row.state != InstructionState.OPEN:
            raise refuse("liaison.not_open", state=row.get_state_display())
        urge = InstructionUrge.objects.create(instruction=row, at=now, by=actor.label, note=note.strip())
        unit.acted("urged", kind=KIND, uid=row.uid, note=urge.note)
        if row.owner is not None:
            subject = Subject(KIND, row.uid)
            what = f"催办：{row.number} {urge.note}"[:300]
            add_todo(actor=actor, now=now, subject=subject, what=what, assignee=row.owner, due_on=row.due_on)
    return urge


def answer_instruction(
    *, actor: Actor, now: datetime, instruction: Instruction, answer: str, on: date | None = None
) -> Instruction:
    """Write down what was answered; its to-dos are done with it. Refused: nothing said, a date in the future, closed
    already.
    """
    require_any(actor, ("liaison.edit",), *_scopes(instruction.outpost))
    if not answer.strip():
        raise refuse("liaison.says_nothing")
    day = on or now.astimezone(SHANGHAI).date()
    if day > now.astimezone(SHANGHAI).date():
        raise refuse("pipeline.date_in_future", value=day.isoformat())
    with recorded(actor=actor, now=now) as unit, changed(unit, instruction, KIND) as row:
        if row.state == InstructionState.CLOSED:
            raise refuse("liaison.not_open", state=row.get_state_display())
        row.answer, row.answered_on, row.state = answer.strip(), day, InstructionState.ANSWERED
        settle_todos(actor=actor, now=now, subject=Subject(KIND, row.uid))
    return row


def close_instruction(*, actor: Actor, now: datetime, instruction: Instruction) -> Instruction:
    """Close an answered matter: who handed it down is content. Refused: not answered."""
    require_any(actor, ("liaison.edit", "liaison.instruct"), *_scopes(instruction.outpost))
    with recorded(actor=actor, now=now) as unit, changed(unit, instruction, KIND) as row:
        if row.state != InstructionState.ANSWERED:
            raise refuse("liaison.not_answered", state=row.get_state_display())
        row.state, row.closed_on = InstructionState.CLOSED, now.astimezone(SHANGHAI).date()
    return row


def reopen_instruction(*, actor: Actor, now: datetime, instruction: Instruction, reason: str) -> Instruction:
    """Take an answer or a closing back with a reason; its owner finds it on the list again, the trail keeps what was said."""
    require_any(actor, ("liaison.edit", "liaison.instruct"), *_scopes(instruction.outpost))
    if not reason.strip():
        raise refuse("pipeline.reason_needed")
    with recorded(actor=actor, now=now) as unit, changed(unit, instruction, KIND, reason=reason) as row:
        row.state, row.closed_on = InstructionState.OPEN, None
        if row.owner is not None:
            what = f"{row.number} {row.paraphrase}"[:300]
            subject = Subject(KIND, row.uid)
            add_todo(actor=actor, now=now, subject=subject, what=what, assignee=row.owner, due_on=row.due_on)
    return row
