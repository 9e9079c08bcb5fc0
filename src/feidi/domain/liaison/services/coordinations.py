"""协调事项: what is asked of which department, how and when, and what it answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from feidi.domain.liaison.enums import CoordinationState, CoordinationWay
from feidi.domain.liaison.models import Coordination
from feidi.domain.liaison.services.changing import changed, number, void
from feidi.domain.liaison.services.indexing import index_row
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.pipeline.models import Project
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.files.models import StoredFile
from feidi.kernel.identity.models import User

KIND = "liaison.coordination"


@dataclass(frozen=True, slots=True)
class NewCoordination:
    """What is asked: of which department on which side, in which way, until when."""

    department: str
    ask: str
    way: CoordinationWay = CoordinationWay.LETTER
    side: str = "home"
    contact: str = ""
    due_on: date | None = None
    owner: User | None = None
    project: Project | None = None


def open_coordination(*, actor: Actor, now: datetime, outpost: Outpost, new: NewCoordination) -> Coordination:
    """Draft a request to a department. Refused: nothing asked."""
    require(actor, "liaison.edit", outpost_scope(outpost.pk))
    if not new.ask.strip() or not new.department.strip():
        raise refuse("liaison.says_nothing")
    with recorded(actor=actor, now=now) as unit:
        row = Coordination(
            outpost=outpost,
            number=number(outpost, "协调", now),
            project=new.project,
            side=new.side,
            department=new.department.strip(),
            ask=new.ask.strip(),
            way=new.way,
            contact=new.contact.strip(),
            due_on=new.due_on,
            owner=new.owner,
            recorded_by=actor.label,
            created_at=now,
        )
        row.save()
        unit.created(row, kind=KIND)
        index_row(KIND, row)
    return row


def edit_coordination(
    *, actor: Actor, now: datetime, coordination: Coordination, version: int, new: NewCoordination
) -> Coordination:
    """Correct a draft; once it was asked only the answer is added. Refused: nothing asked, asked before."""
    require(actor, "liaison.edit", outpost_scope(coordination.outpost_id))
    if not new.ask.strip() or not new.department.strip():
        raise refuse("liaison.says_nothing")
    with recorded(actor=actor, now=now) as unit, changed(unit, coordination, KIND, version=version) as row:
        if row.state != CoordinationState.DRAFT:
            raise refuse("liaison.asked_before", on=str(row.asked_on))
        row.side, row.department, row.ask, row.way = new.side, new.department.strip(), new.ask.strip(), new.way
        row.contact, row.due_on, row.owner, row.project = new.contact.strip(), new.due_on, new.owner, new.project
    return row


def void_coordination(*, actor: Actor, now: datetime, coordination: Coordination, reason: str) -> None:
    """Take a matter back with a reason."""
    require(actor, "liaison.edit", outpost_scope(coordination.outpost_id))
    with recorded(actor=actor, now=now) as unit:
        void(unit, coordination, KIND, now, reason)


def ask_department(
    *, actor: Actor, now: datetime, coordination: Coordination, asked_on: date, letter_number: str = ""
) -> Coordination:
    """Write down that it was sent or said. Refused: a letter without its number, a date in the future, asked before."""
    require(actor, "liaison.edit", outpost_scope(coordination.outpost_id))
    _not_in_future(asked_on, now)
    with recorded(actor=actor, now=now) as unit, changed(unit, coordination, KIND) as row:
        if row.state != CoordinationState.DRAFT:
            raise refuse("liaison.asked_before", on=str(row.asked_on))
        if row.way == CoordinationWay.LETTER and not letter_number.strip():
            raise refuse("liaison.letter_needs_number")
        row.state, row.asked_on, row.letter_number = CoordinationState.ASKED, asked_on, letter_number.strip()
    return row


def note_answer(
    *,
    actor: Actor,
    now: datetime,
    coordination: Coordination,
    answer: str,
    answered_on: date,
    receipt: str = "",
    file: StoredFile | None = None,
) -> Coordination:
    """Write down what the department answered, with its own file number when it gave one.

    Refused: nothing said, not asked yet, before it was asked, in the future.
    """
    require(actor, "liaison.edit", outpost_scope(coordination.outpost_id))
    _not_in_future(answered_on, now)
    if not answer.strip():
        raise refuse("liaison.says_nothing")
    with recorded(actor=actor, now=now) as unit, changed(unit, coordination, KIND) as row:
        if row.asked_on is None:
            raise refuse("liaison.not_asked")
        if answered_on < row.asked_on:
            raise refuse("liaison.due_before_start", due=answered_on.isoformat(), start=row.asked_on.isoformat())
        row.state, row.answer, row.answered_on = CoordinationState.ANSWERED, answer.strip(), answered_on
        row.receipt, row.file = receipt.strip() or row.receipt, file or row.file
    return row


def close_coordination(*, actor: Actor, now: datetime, coordination: Coordination) -> Coordination:
    """Close a matter that was answered. Refused: not answered."""
    require(actor, "liaison.edit", outpost_scope(coordination.outpost_id))
    with recorded(actor=actor, now=now) as unit, changed(unit, coordination, KIND) as row:
        if row.state != CoordinationState.ANSWERED:
            raise refuse("liaison.not_answered", state=row.get_state_display())
        row.state = CoordinationState.CLOSED
    return row


def _not_in_future(day: date, now: datetime) -> None:
    if day > now.astimezone(SHANGHAI).date():
        raise refuse("pipeline.date_in_future", value=day.isoformat())
