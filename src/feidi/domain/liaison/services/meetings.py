"""Meetings: called, held, minuted; each decision becomes somebody's to-do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from feidi.domain.liaison.enums import MeetingKind
from feidi.domain.liaison.models import AgendaItem, Decision, Meeting
from feidi.domain.liaison.services.changing import changed, locked, meanwhile, number, void
from feidi.domain.liaison.services.indexing import index_row
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.pipeline.models import Project
from feidi.engines.findings import Finding, refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import Unit, recorded
from feidi.kernel.identity.models import User
from feidi.kernel.subjects import Subject
from feidi.kernel.todos.access import can_change
from feidi.kernel.todos.models import Todo
from feidi.kernel.todos.services import add_todo, finish_todo

KIND, ITEM, DECISION = "liaison.meeting", "liaison.agenda_item", "liaison.decision"


@dataclass(frozen=True, slots=True)
class NewMeeting:
    """When, where, what about; the agenda as titles, each with the project it is about (or None)."""

    kind: MeetingKind
    title: str
    held_on: date
    held_at: str = ""
    place: str = ""
    chair: str = ""
    agenda: Sequence[tuple[str, Project | None]] = ()


@dataclass(frozen=True, slots=True)
class NewDecision:
    """What was decided, who does it (a name at least), until when."""

    text: str
    responsible_text: str
    responsible: User | None = None
    due_on: date | None = None
    item: AgendaItem | None = None
    project: Project | None = None


def call_meeting(*, actor: Actor, now: datetime, outpost: Outpost, new: NewMeeting) -> Meeting:
    """Put a meeting on the calendar with its agenda. Refused: no title."""
    require(actor, "liaison.edit", outpost_scope(outpost.pk))
    if not new.title.strip():
        raise refuse("liaison.says_nothing")
    with recorded(actor=actor, now=now) as unit:
        row = Meeting(
            outpost=outpost,
            kind=new.kind,
            number=number(outpost, "会议", now),
            title=new.title.strip(),
            held_on=new.held_on,
            held_at=new.held_at.strip(),
            place=new.place.strip(),
            chair=new.chair.strip(),
            recorded_by=actor.label,
            created_at=now,
        )
        row.save()
        unit.created(row, kind=KIND)
        index_row(KIND, row)
        for position, (title, project) in enumerate(new.agenda, start=1):
            _add_item(unit, row, position, title, project, now)
    return row


def edit_meeting(*, actor: Actor, now: datetime, meeting: Meeting, version: int, new: NewMeeting) -> Meeting:
    """Correct title, day, place or chair; the agenda has its own verbs. Refused: no title, minutes issued."""
    require(actor, "liaison.edit", outpost_scope(meeting.outpost_id))
    if not new.title.strip():
        raise refuse("liaison.says_nothing")
    with recorded(actor=actor, now=now) as unit:
        _still_open(meeting)
        with changed(unit, meeting, KIND, version=version) as row:
            row.kind, row.title, row.held_on = new.kind, new.title.strip(), new.held_on
            row.held_at, row.place, row.chair = new.held_at.strip(), new.place.strip(), new.chair.strip()
    return row


def void_meeting(*, actor: Actor, now: datetime, meeting: Meeting, reason: str) -> None:
    """Take a meeting back with a reason. Refused: minutes issued."""
    require(actor, "liaison.edit", outpost_scope(meeting.outpost_id))
    with recorded(actor=actor, now=now) as unit:
        _still_open(meeting)
        void(unit, meeting, KIND, now, reason)


def add_agenda_item(
    *, actor: Actor, now: datetime, meeting: Meeting, title: str, project: Project | None = None
) -> AgendaItem:
    """Add one item at the end of the agenda. Refused: no title, minutes issued."""
    require(actor, "liaison.edit", outpost_scope(meeting.outpost_id))
    with recorded(actor=actor, now=now) as unit:
        _still_open(meeting)
        last = meeting.agenda.order_by("-position").values_list("position", flat=True).first() or 0
        return _add_item(unit, meeting, last + 1, title, project, now)


def edit_agenda_item(
    *,
    actor: Actor,
    now: datetime,
    item: AgendaItem,
    title: str,
    project: Project | None = None,
    version: int | None = None,
) -> AgendaItem:
    """Correct an item's title or project. Refused: no title, minutes issued, either of them changed since ``version``."""
    require(actor, "liaison.edit", outpost_scope(item.meeting.outpost_id))
    if not title.strip():
        raise refuse("liaison.says_nothing")
    with recorded(actor=actor, now=now) as unit:
        _still_open(item.meeting)
        with changed(unit, item, ITEM, version=version, only=("title", "project")) as row:
            row.title, row.project = title.strip(), project
    return row


def move_agenda_item(*, actor: Actor, now: datetime, item: AgendaItem) -> None:
    """Put an item before the one above it; the first stays where it is. Refused: minutes issued."""
    require(actor, "liaison.edit", outpost_scope(item.meeting.outpost_id))
    with recorded(actor=actor, now=now) as unit:
        _still_open(item.meeting)
        above = item.meeting.agenda.filter(voided_at=None, position__lt=item.position).order_by("-position").first()
        if above is None:
            return
        with changed(unit, item, ITEM) as row, changed(unit, above, ITEM) as other:
            row.position, other.position = other.position, row.position


def remove_agenda_item(*, actor: Actor, now: datetime, item: AgendaItem) -> None:
    """Strike an item off the agenda. Refused: something was decided under it, minutes issued."""
    require(actor, "liaison.edit", outpost_scope(item.meeting.outpost_id))
    with recorded(actor=actor, now=now) as unit:
        _still_open(item.meeting)
        if item.decisions.filter(voided_at=None).exists():
            raise refuse("liaison.item_has_decisions", title=item.title)
        void(unit, item, ITEM, now, "从议程删去")


def _add_item(
    unit: Unit, meeting: Meeting, position: int, title: str, project: Project | None, now: datetime
) -> AgendaItem:
    if not title.strip():
        raise refuse("liaison.says_nothing")
    item = AgendaItem(meeting=meeting, position=position, title=title.strip(), project=project, created_at=now)
    item.save()
    unit.created(item, kind=ITEM)
    index_row(ITEM, item)
    return item


def record_meeting(
    *,
    actor: Actor,
    now: datetime,
    meeting: Meeting,
    present: Sequence[dict[str, str]],
    absent: Sequence[dict[str, str]] = (),
    summary: str = "",
    discussions: dict[int, str] | None = None,
    keeper: str = "",
    version: int | None = None,
    item_versions: dict[int, int] | None = None,
) -> Meeting:
    """Write down who was there ([{name, unit, title}]) and what was said of each item (key of the item → text).

    Refused: nobody present, a meeting in the future, minutes issued; any of it written by somebody else since
    ``version`` and ``item_versions`` (key → version): all of that at once, what was said of an item as ``said_<key>``.
    """
    require(actor, "liaison.edit", outpost_scope(meeting.outpost_id))
    if meeting.held_on > now.astimezone(SHANGHAI).date():
        raise refuse("pipeline.date_in_future", value=meeting.held_on.isoformat())
    if not any(each.get("name", "").strip() for each in present):
        raise refuse("liaison.nobody_present")
    with recorded(actor=actor, now=now) as unit:
        _still_open(meeting)
        items = list(meeting.agenda.filter(voided_at=None, pk__in=list(discussions or {})))
        _untouched(locked(meeting), items, version, item_versions or {})
        with changed(unit, meeting, KIND) as row:
            row.present, row.absent, row.summary, row.keeper = list(present), list(absent), summary.strip(), keeper
        for item in items:
            said = (discussions or {})[item.pk].strip()
            if said != item.discussion:
                with changed(unit, item, ITEM) as fresh:
                    fresh.discussion = said
    return row


def _untouched(meeting: Meeting, items: Sequence[AgendaItem], version: int | None, seen: dict[int, int]) -> None:
    found: list[Finding] = []
    if version is not None and version != meeting.version:
        found += meanwhile(meeting, KIND, version, ("present", "absent", "summary", "keeper"))
    for item in items:
        told = meanwhile(item, ITEM, seen.get(item.pk, item.version), ("discussion",))
        found += (replace(each, column=f"said_{item.pk}") for each in told)
    if found:
        raise refuse("liaison.changed_meanwhile", *found)


def decide(*, actor: Actor, now: datetime, meeting: Meeting, new: NewDecision) -> Decision:
    """Write down a decision; whoever has an account here finds it among the to-dos.

    Refused: nothing decided, nobody responsible, due before the meeting, minutes issued.
    """
    require(actor, "liaison.edit", outpost_scope(meeting.outpost_id))
    name = new.responsible_text.strip() or (str(new.responsible) if new.responsible else "")
    if not new.text.strip():
        raise refuse("liaison.says_nothing")
    if not name:
        raise refuse("liaison.nobody_responsible")
    if new.due_on is not None and new.due_on < meeting.held_on:
        raise refuse("liaison.due_before_start", due=new.due_on.isoformat(), start=meeting.held_on.isoformat())
    with recorded(actor=actor, now=now) as unit:
        _still_open(meeting)
        row = Decision(
            meeting=meeting,
            item=new.item,
            project=new.project or (new.item.project if new.item else None),
            position=meeting.decisions.count() + 1,
            text=new.text.strip(),
            responsible=new.responsible,
            responsible_text=name,
            due_on=new.due_on,
            created_at=now,
        )
        if new.responsible is not None:
            subject = Subject(KIND, meeting.uid)
            what = f"{meeting.number} {row.text}"[:300]
            todo = add_todo(
                actor=actor, now=now, subject=subject, what=what, assignee=new.responsible, due_on=new.due_on
            )
            row.todo_uid = todo.uid
        row.save()
        unit.created(row, kind=DECISION)
        index_row(DECISION, row)
    return row


def finish_decision(*, actor: Actor, now: datetime, decision: Decision, result: str) -> Decision:
    """Say what came of a decision; its to-do is done with it. Refused: nothing said."""
    require(actor, "liaison.edit", outpost_scope(decision.meeting.outpost_id))
    if not result.strip():
        raise refuse("liaison.says_nothing")
    with recorded(actor=actor, now=now) as unit, changed(unit, decision, DECISION) as row:
        row.result, row.done_on = result.strip(), now.astimezone(SHANGHAI).date()
        todo = Todo.objects.filter(uid=row.todo_uid, done_at=None, voided_at=None).first() if row.todo_uid else None
        if todo is not None and can_change(actor, todo):
            finish_todo(actor=actor, now=now, todo=todo)
    return row


def void_decision(*, actor: Actor, now: datetime, decision: Decision, reason: str) -> None:
    """Take a decision back with a reason. Refused: minutes issued."""
    require(actor, "liaison.edit", outpost_scope(decision.meeting.outpost_id))
    with recorded(actor=actor, now=now) as unit:
        _still_open(decision.meeting)
        void(unit, decision, DECISION, now, reason)


def issue_minutes(*, actor: Actor, now: datetime, meeting: Meeting) -> Meeting:
    """Issue the minutes: from now on agenda and decisions stand. Refused: nobody present noted, issued before."""
    require(actor, "liaison.edit", outpost_scope(meeting.outpost_id))
    with recorded(actor=actor, now=now) as unit:
        _still_open(meeting)
        with changed(unit, meeting, KIND) as row:
            if not row.present:
                raise refuse("liaison.nobody_present")
            row.minuted_at = now
    return row


def reopen_minutes(*, actor: Actor, now: datetime, meeting: Meeting, reason: str) -> Meeting:
    """Take the minutes back for correction, with a reason that stays in the trail."""
    require(actor, "liaison.edit", outpost_scope(meeting.outpost_id))
    if not reason.strip():
        raise refuse("pipeline.reason_needed")
    with recorded(actor=actor, now=now) as unit, changed(unit, meeting, KIND, reason) as row:
        row.minuted_at = None
    return row


def _still_open(meeting: Any) -> None:
    if Meeting.objects.filter(pk=meeting.pk).exclude(minuted_at=None).exists():
        raise refuse("liaison.minutes_issued", number=meeting.number)
