"""投诉: written down when it comes in, answered by a day, closed. Taken back with a reason, never deleted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings

from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import Unit, recorded
from feidi.kernel.calendar.clock import Unit as Days
from feidi.kernel.deadlines.clock import ClockSpec
from feidi.kernel.deadlines.services import start_clock, stop_all_clocks
from feidi.kernel.feedback.access import require_edit
from feidi.kernel.feedback.enums import Channel, Ruling
from feidi.kernel.feedback.kinds import COMPLAINT
from feidi.kernel.feedback.models import Complaint, ComplaintNumber
from feidi.kernel.feedback.selectors.rules import rules_of
from feidi.kernel.feedback.services.asking import Whose
from feidi.kernel.identity.models import User
from feidi.kernel.sealing import seal
from feidi.kernel.subjects import Subject, new_uid
from feidi.kernel.todos.models import Todo
from feidi.kernel.todos.services import add_todo, settle_todos

CLOCK: Final = "feedback.complaint"
ANSWERED: Final = "complaint_answered"
_LETTERS: Final = "TS"
_ZONE: Final = ZoneInfo(settings.TIME_ZONE)


@dataclass(frozen=True, slots=True)
class NewComplaint:
    """A complaint as it came in. ``title`` names no person; name, contact and words are sealed."""

    received_on: date
    channel: Channel
    topic: str
    title: str
    words: str
    owner: User
    name: str = ""
    contact: str = ""
    subject: Subject | None = None


def receive_complaint(*, actor: Actor, now: datetime, whose: Whose, new: NewComplaint) -> Complaint:
    """Write a complaint down under the next number; its clock starts on the day it came in.

    Refused: no permission, no title or words, a topic the place does not list, a day in the future.
    """
    require_edit(actor, whose.outpost)
    today = now.astimezone(_ZONE).date()
    title, words = new.title.strip()[:120], new.words.strip()
    if not title or not words:
        raise refuse("feedback.complaint_says_nothing")
    if new.received_on > today:
        raise refuse("feedback.date_in_future", value=new.received_on.isoformat())
    rules, uid = rules_of(whose.place, today), new_uid()
    if new.topic not in rules.topics:
        raise refuse("feedback.topic_unknown", value=new.topic[:40])
    with recorded(actor=actor, now=now) as unit:
        due = _start(actor, now, uid, whose.outpost, rules.complaint_days, new.received_on)
        row = Complaint.objects.create(
            uid=uid,
            scope_outpost=whose.outpost,
            scope_home=whose.home,
            place=whose.place,
            number=_next_number(whose.outpost, today.year),
            received_on=new.received_on,
            received_by=actor.label[:160],
            channel=new.channel,
            topic=new.topic,
            title=title,
            words_enc=seal(words, context=f"{COMPLAINT}:{uid}:words"),
            who_enc=_who(uid, new),
            who_hint=f"{new.name.strip()[:1]}**" if new.name.strip() else "",
            subject_kind=new.subject.kind if new.subject else "",
            subject_uid=new.subject.uid if new.subject else "",
            owner=new.owner,
            due_on=due,
            created_at=now,
        )
        unit.created(row, kind=COMPLAINT)
        subject = Subject(COMPLAINT, uid)
        what = f"答复投诉 {row.number}"
        add_todo(actor=actor, now=now, subject=subject, what=what, assignee=new.owner, due_on=due)
    return row


def answer_complaint(
    *, actor: Actor, now: datetime, complaint: Complaint, ruling: Ruling, reply: str, on: date | None = None
) -> Complaint:
    """Say what it turned out to be and what was replied; the clock stops, the to-do is done.

    Refused: no permission, nothing said, answered before, a day before it came in or in the future.
    """
    require_edit(actor, complaint.scope_outpost)
    words, day = reply.strip(), _day(on, now)
    if not words:
        raise refuse("feedback.reply_says_nothing")
    with recorded(actor=actor, now=now) as unit, _changed(unit, complaint, "answered") as row:
        if row.answered_on is not None:
            raise refuse("feedback.complaint_answered", number=row.number, on=row.answered_on.isoformat())
        if day < row.received_on:
            raise refuse("feedback.date_before", value=day.isoformat(), first=row.received_on.isoformat())
        row.ruling, row.reply, row.answered_on, row.answered_by = ruling, words, day, actor.label[:160]
        _settle(actor, now, row, day)
    return row


def close_complaint(
    *, actor: Actor, now: datetime, complaint: Complaint, lesson: str = "", on: date | None = None
) -> Complaint:
    """End a complaint that was answered, with what was changed so that it does not come again.

    Refused: no permission, not answered, closed before, a day before the answer or in the future.
    """
    require_edit(actor, complaint.scope_outpost)
    day = _day(on, now)
    with recorded(actor=actor, now=now) as unit, _changed(unit, complaint, "closed") as row:
        if row.answered_on is None:
            raise refuse("feedback.complaint_open", number=row.number)
        if row.closed_on is not None:
            raise refuse("feedback.complaint_closed", number=row.number, on=row.closed_on.isoformat())
        if day < row.answered_on:
            raise refuse("feedback.date_before", value=day.isoformat(), first=row.answered_on.isoformat())
        row.closed_on, row.lesson = day, lesson.strip()[:300]
    return row


def void_complaint(*, actor: Actor, now: datetime, complaint: Complaint, reason: str) -> Complaint:
    """Take back what was entered in error; it stays in the register, marked. Refused: no permission, no reason."""
    require_edit(actor, complaint.scope_outpost)
    words = reason.strip()[:500]
    if not words:
        raise refuse("feedback.reason_needed")
    with recorded(actor=actor, now=now) as unit, _changed(unit, complaint, "voided", words) as row:
        row.voided_at, row.void_reason = now, words
        _settle(actor, now, row, now.astimezone(_ZONE).date())
    return row


@contextmanager
def _changed(unit: Unit, complaint: Complaint, action: str, reason: str = "") -> Iterator[Complaint]:
    row = Complaint.objects.select_for_update().get(pk=complaint.pk)
    if row.voided_at is not None:
        raise refuse("feedback.complaint_voided", number=row.number, reason=row.void_reason)
    before = unit.before(row, COMPLAINT)
    yield row
    row.version += 1
    row.save()
    unit.changed(row, kind=COMPLAINT, before=before, action=action, reason=reason)


def _settle(actor: Actor, now: datetime, row: Complaint, on: date) -> None:
    stop_all_clocks(actor=actor, now=now, subject=Subject(COMPLAINT, row.uid), on=on)
    settle_todos(actor=actor, now=now, todos=Todo.objects.filter(subject_kind=COMPLAINT, subject_uid=row.uid))


def _start(actor: Actor, now: datetime, uid: str, outpost: int, days: int | None, on: date) -> date | None:
    if days is None:  # nobody has set a day: nothing is overdue
        return None
    spec = ClockSpec(CLOCK, "投诉答复", "Answer to a complaint", days, Days.WORKING, ANSWERED)
    return start_clock(
        actor=actor, now=now, subject=Subject(COMPLAINT, uid), clock=spec, on=on, scope_outpost=outpost
    ).due_on


def _next_number(outpost: int, year: int) -> str:
    ComplaintNumber.objects.get_or_create(scope_outpost=outpost, year=year)
    series = ComplaintNumber.objects.select_for_update().get(scope_outpost=outpost, year=year)
    series.last += 1
    series.save(update_fields=["last"])
    return f"{_LETTERS}-{year}-{series.last:04d}"


def _who(uid: str, new: NewComplaint) -> bytes:
    name, contact = new.name.strip()[:80], new.contact.strip()[:120]
    if not (name or contact):
        return b""
    return seal(json.dumps({"name": name, "contact": contact}, ensure_ascii=False), context=f"{COMPLAINT}:{uid}:who")


def _day(on: date | None, now: datetime) -> date:
    today = now.astimezone(_ZONE).date()
    if on is not None and on > today:
        raise refuse("feedback.date_in_future", value=on.isoformat())
    return on or today
