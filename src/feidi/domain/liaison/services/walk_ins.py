"""The counter's register: written in thirty seconds, handed on, closed with a result."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from feidi.domain.liaison.models import WalkIn
from feidi.domain.liaison.services.changing import changed, void
from feidi.domain.liaison.services.indexing import index_row
from feidi.domain.liaison.services.todos import settle_todos
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.domain.parties.services.persons import clean_phone, mask
from feidi.domain.pipeline.models import Project
from feidi.domain.pipeline.services.first_report_registering import Said, register_said_lead
from feidi.domain.pipeline.services.registering import Lead
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.identity.models import User
from feidi.kernel.sealing import seal, unseal
from feidi.kernel.subjects import Subject
from feidi.kernel.todos.services import add_todo

KIND = "liaison.walk_in"


@dataclass(frozen=True, slots=True)
class Visit:
    """Who came (as far as they said), what they asked, whom it goes to."""

    asked: str
    visitor: str = ""
    unit: str = ""
    phone: str = ""
    handed_to: User | None = None
    handed_to_text: str = ""
    project: Project | None = None


def register_visit(*, actor: Actor, now: datetime, outpost: Outpost, visit: Visit) -> WalkIn:
    """Write down a visit to the counter; whoever writes is 首问负责人 until it is handed on.

    The phone is sealed, its middle never shown. Refused: nothing asked, an actor without an account.
    """
    require(actor, "liaison.edit", outpost_scope(outpost.pk))
    if not visit.asked.strip():
        raise refuse("liaison.says_nothing")
    if actor.user_id is None:
        raise refuse("liaison.needs_a_person")
    with recorded(actor=actor, now=now) as unit:
        row = WalkIn(
            outpost=outpost,
            came_at=now,
            visitor=visit.visitor.strip(),
            unit=visit.unit.strip(),
            asked=visit.asked.strip(),
            first_id=actor.user_id,
            handed_to=visit.handed_to,
            handed_to_text=visit.handed_to_text.strip(),
            project=visit.project,
            created_at=now,
        )
        if visit.phone.strip():
            phone = clean_phone(visit.phone)
            row.phone_enc, row.phone_hint = seal(phone, context=f"{KIND}:{row.uid}"), mask(phone)
        _tell(row, actor, now)
        row.save()
        unit.created(row, kind=KIND)
        index_row(KIND, row)
    return row


def hand_on(*, actor: Actor, now: datetime, walk_in: WalkIn, to: User | None, to_text: str = "") -> WalkIn:
    """Hand an entry to somebody else, with an account here or by name. Refused: to nobody, closed already."""
    require(actor, "liaison.edit", outpost_scope(walk_in.outpost_id))
    if to is None and not to_text.strip():
        raise refuse("liaison.nobody_responsible")
    with recorded(actor=actor, now=now) as unit, changed(unit, walk_in, KIND) as row:
        _refuse_closed(row)
        row.handed_to, row.handed_to_text = to, to_text.strip()
        _tell(row, actor, now)
    return row


def close_visit(*, actor: Actor, now: datetime, walk_in: WalkIn, result: str) -> WalkIn:
    """Close an entry with its result; its to-do is done with it. Refused: nothing said, closed already."""
    require(actor, "liaison.edit", outpost_scope(walk_in.outpost_id))
    if not result.strip():
        raise refuse("liaison.says_nothing")
    with recorded(actor=actor, now=now) as unit, changed(unit, walk_in, KIND) as row:
        _refuse_closed(row)
        row.closed_at, row.result = now, result.strip()
        settle_todos(actor=actor, now=now, subject=Subject(KIND, row.uid))
    return row


def void_visit(*, actor: Actor, now: datetime, walk_in: WalkIn, reason: str) -> None:
    """Take an entry back that was written down in error; its to-do goes with it. Refused: no reason, a lead came of it."""
    require(actor, "liaison.edit", outpost_scope(walk_in.outpost_id))
    with recorded(actor=actor, now=now) as unit:
        if walk_in.closed_at is not None and walk_in.project is not None:
            raise refuse("liaison.visit_is_lead", code=walk_in.project.code)
        void(unit, walk_in, KIND, now, reason)
        settle_todos(actor=actor, now=now, subject=Subject(KIND, walk_in.uid))


def turn_into_lead(
    *, actor: Actor, now: datetime, walk_in: WalkIn, lead: Lead, said: Said, owner: User | None = None
) -> Project:
    """Register the visit as a lead and close the entry with it.

    Without another number the one left at the counter becomes the contact's, sealed as before and shown to nobody.
    Refused: closed already, and whatever ``register_said_lead`` refuses.
    """
    require(actor, "liaison.edit", outpost_scope(walk_in.outpost_id))
    if walk_in.phone_enc and not lead.contact_phone.strip():
        lead = replace(lead, contact_phone=unseal(walk_in.phone_enc, context=f"{KIND}:{walk_in.uid}"))
    with recorded(actor=actor, now=now) as unit, changed(unit, walk_in, KIND) as row:
        _refuse_closed(row)
        project = register_said_lead(actor=actor, now=now, outpost=walk_in.outpost, lead=lead, said=said, owner=owner)
        row.project, row.closed_at, row.result = project, now, f"已登记线索 {project.code}"
        settle_todos(actor=actor, now=now, subject=Subject(KIND, row.uid))
    return project


def _tell(row: WalkIn, actor: Actor, now: datetime) -> None:
    if row.handed_to is None:
        return
    subject = Subject(KIND, row.uid)
    todo = add_todo(actor=actor, now=now, subject=subject, what=f"来访登记：{row.asked}"[:300], assignee=row.handed_to)
    row.todo_uid = todo.uid


def _refuse_closed(row: WalkIn) -> None:
    if row.closed_at is not None:
        raise refuse("liaison.closed_before", result=row.result)
