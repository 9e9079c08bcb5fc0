"""What visitors of the site leave: taken in from anybody, answered by a day, turned into what it asks for."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.domain.parties.services.changing import changed, said, today_of
from feidi.domain.showcase.access import EDIT
from feidi.domain.showcase.enums import InquiryKind, InquiryState
from feidi.domain.showcase.kinds import INQUIRY
from feidi.domain.showcase.models import Inquiry
from feidi.domain.showcase.selectors.sites import rules_of
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.calendar.working_days import add_working_days
from feidi.kernel.sealing import seal, unseal
from feidi.kernel.subjects import Subject
from feidi.kernel.todos.models import Todo
from feidi.kernel.todos.services import add_todo, settle_todos

UNMASK: Final = "contact.unmask"
_TEXT, _UNIT, _CONTACT = 2000, 160, 80


@dataclass(frozen=True, slots=True)
class Message:
    """What somebody wrote. ``origin_digest``: a keyed digest of where it comes from, today."""

    kind: InquiryKind
    text: str
    name: str
    contact: str
    unit: str = ""
    wanted_at: datetime | None = None
    people: int | None = None
    language: str = ""
    origin_digest: str = ""


def take_inquiry(*, actor: Actor, now: datetime, outpost: Outpost, message: Message) -> Inquiry:
    """Keep what a visitor wrote, with the day by which it is answered; the outpost finds a to-do.

    Refused: nothing said, no name or contact, too long, an hour that is over, too many from one place today.
    """
    text = said(message.text, "showcase.inquiry_says_nothing")
    name = said(message.name, "showcase.inquiry_name")
    contact = said(message.contact, "showcase.inquiry_contact")
    if len(text) > _TEXT or len(contact) > _CONTACT or len(name) > _CONTACT:
        raise refuse("showcase.text_too_long", most=_TEXT, found=len(text))
    if message.wanted_at is not None and message.wanted_at <= now:
        raise refuse("showcase.hour_is_over")
    rules = rules_of(outpost)
    if message.origin_digest:
        since = now - timedelta(days=1)
        sent = Inquiry.objects.filter(origin_digest=message.origin_digest, created_at__gte=since).count()
        if sent >= rules.inquiries_a_day:
            raise refuse("showcase.too_many_inquiries", most=rules.inquiries_a_day)
    row = Inquiry(
        outpost=outpost,
        kind=message.kind,
        unit=message.unit.strip()[:_UNIT],
        text=text,
        wanted_at=message.wanted_at,
        people=message.people,
        contact_hint=masked(name, contact),
        language=message.language[:10],
        origin_digest=message.origin_digest,
        due_on=add_working_days(today_of(now), rules.inquiry_days).date,
        created_at=now,
    )
    row.contact_enc = seal(json.dumps([name, contact], ensure_ascii=False), context=f"{INQUIRY}:{row.uid}")
    with recorded(actor=actor, now=now) as unit:
        row.save()
        unit.created(row, kind=INQUIRY)
        what = f"答复网站{row.get_kind_display()}：{row.text[:40]}"
        add_todo(actor=actor, now=now, subject=Subject(INQUIRY, row.uid), what=what, due_on=row.due_on)
    return row


def masked(name: str, contact: str) -> str:
    """Return how somebody is told apart in a list: surname, and the last four signs of the contact.

    >>> masked("王小明", "13900001234")
    '王** *******1234'
    """
    return f"{name[:1]}{'*' * min(3, max(0, len(name) - 1))} {'*' * max(0, len(contact) - 4)}{contact[-4:]}"[:60]


def unmask_inquiry(*, actor: Actor, now: datetime, inquiry: Inquiry, reason: str) -> tuple[str, str]:
    """Return name and contact, with who looked and why on record. Refused: no permission, no reason, taken away."""
    require(actor, UNMASK, outpost_scope(inquiry.outpost_id))
    words = said(reason, "showcase.reason_needed")
    if not inquiry.contact_enc:
        raise refuse("showcase.contact_gone")
    with recorded(actor=actor, now=now) as unit:
        name, contact = json.loads(unseal(inquiry.contact_enc, context=f"{INQUIRY}:{inquiry.uid}"))
        unit.acted("unmasked", kind=INQUIRY, uid=inquiry.uid, reason=words)
    return str(name), str(contact)


def answer_inquiry(
    *, actor: Actor, now: datetime, inquiry: Inquiry, answer: str, aside: bool = False, turned: Subject | None = None
) -> Inquiry:
    """End an inquiry: what was answered, what it was turned into, or why nothing is done. Refused: no permission, no
    words, ended before.
    """
    require(actor, EDIT, outpost_scope(inquiry.outpost_id))
    words = said(answer, "showcase.answer_needed")
    with recorded(actor=actor, now=now) as unit:
        with changed(unit, inquiry, kind=INQUIRY, action="answered") as row:
            if row.state != InquiryState.OPEN:
                raise refuse("showcase.inquiry_ended", state=row.get_state_display())
            row.state = InquiryState.SET_ASIDE if aside else InquiryState.TURNED if turned else InquiryState.ANSWERED
            row.answer, row.answered_by, row.answered_on = words[:500], actor.label[:160], today_of(now)
            if turned is not None:
                row.turned_kind, row.turned_uid = turned.kind, turned.uid
        todos = Todo.objects.filter(subject_kind=INQUIRY, subject_uid=row.uid)
        settle_todos(actor=actor, now=now, todos=todos)
    return row


def forget_contacts(*, actor: Actor, now: datetime) -> int:
    """Take name and contact out of inquiries that ended long enough ago; return how many. Again is harmless."""
    count = 0
    today = today_of(now)
    ended = Inquiry.objects.filter(answered_on__isnull=False, contact_gone_on__isnull=True)
    for each in ended.select_related("outpost__home").order_by("pk"):
        if each.answered_on and each.answered_on + timedelta(days=rules_of(each.outpost).keep_days) < today:
            with recorded(actor=actor, now=now) as unit, changed(unit, each, kind=INQUIRY, action="forgotten") as row:
                row.contact_enc, row.contact_hint, row.contact_gone_on = b"", "", today
            count += 1
    return count
