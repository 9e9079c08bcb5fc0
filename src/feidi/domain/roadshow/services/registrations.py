"""报名: in, or on the waiting list, in order of commit; out again, which lets the first waiter in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q
from django.utils.translation import get_language

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Organization, Person
from feidi.domain.parties.services.changing import changed, locked, said, told
from feidi.domain.parties.services.persons import clean_phone, mask
from feidi.domain.pipeline.models import Project
from feidi.domain.roadshow.access import CHECK_IN, EDIT
from feidi.domain.roadshow.enums import ActivityState, RegisteredBy, RegistrationState
from feidi.domain.roadshow.kinds import REGISTRATION
from feidi.domain.roadshow.models import Activity, Registration
from feidi.domain.roadshow.selectors.activity_rules import ActivityRules, activity_rules, read_questions
from feidi.domain.roadshow.selectors.answers import read_answers
from feidi.domain.roadshow.selectors.tickets import context_of, new_code, new_token, registrant_actor, token_digest
from feidi.domain.roadshow.services.activities import refuse_unless
from feidi.domain.roadshow.services.knowing import known_organization
from feidi.domain.roadshow.services.promoting import move_up
from feidi.domain.roadshow.services.ticket_mails import mail_ticket
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.identity.models import User
from feidi.kernel.notify.sealed_body import mask_address
from feidi.kernel.sealing import blind_index, seal
from feidi.kernel.subjects import new_uid

#: Registrations from one address, within an hour; a hall behind one address still gets in by staff.
FROM_ONE, WITHIN = 30, timedelta(hours=1)
_LABEL: Final = 160
_HINT: Final = 80


@dataclass(frozen=True, slots=True)
class Registrant:
    """Who registers. A phone or a mail address is needed; ``consent``: the text of content was agreed to."""

    name: str
    phone: str = ""
    mail: str = ""
    title: str = ""
    organization_name: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    consent: bool = False
    organization: Organization | None = None
    person: Person | None = None
    project: Project | None = None
    user: User | None = None


def register(
    *,
    actor: Actor,
    now: datetime,
    activity: Activity,
    registrant: Registrant,
    origin: RegisteredBy = RegisteredBy.PUBLIC,
    origin_digest: str = "",
) -> Registration:
    """Register somebody: with a ticket while there are places, else on the waiting list, each mailed.

    By visitors and accounts while registration is open; by staff (``event.edit``) until it is over, at the door
    (``RegisteredBy.WALK_IN``, ``event.check_in``) too. Refused: not open, no consent, no name, neither phone nor mail, an
    answer missing or unreadable, registered already, too many from one address.
    """
    _require(actor, activity, origin)
    contact = _contact(registrant)
    if not registrant.consent:
        raise refuse("roadshow.consent_needed")
    name = said(registrant.name, "roadshow.name_needed")[:60]
    required = origin in {RegisteredBy.PUBLIC, RegisteredBy.ACCOUNT}
    answers = _answers(activity, registrant, required=required)
    with recorded(actor=actor, now=now) as unit:
        held = locked(activity)
        _refuse_closed(held, now, origin)
        _refuse_again(held, contact)
        if origin == RegisteredBy.PUBLIC:
            _refuse_too_many(origin_digest, now)
        held.last_position += 1
        held.save(update_fields=["last_position"])
        row = _row(actor, now, held, registrant, activity_rules(activity.outpost))
        row.name, row.answers, row.origin, row.origin_digest = name, answers, origin, origin_digest
        row.state = RegistrationState.REGISTERED if _has_place(held, origin) else RegistrationState.WAITING
        contact.seal_into(row)
        row.save()
        unit.created(row, kind=REGISTRATION)
        if origin != RegisteredBy.WALK_IN:
            mail_ticket(actor=actor, now=now, registration=row, once="registered")
    return row


def cancel_by_link(*, now: datetime, registration: Registration) -> Registration:
    """Give up one's place by the link of the ticket; whoever waits first moves up. Refused: over, checked in."""
    return _cancel(registrant_actor(registration), now, registration, by="本人", reason="")


def cancel_registration(*, actor: Actor, now: datetime, registration: Registration, reason: str) -> Registration:
    """Take a registration out, by staff, with a reason; whoever waits first moves up.

    Refused: no permission, no reason, cancelled before, the activity is over, checked in.
    """
    require(actor, EDIT, outpost_scope(registration.activity.outpost_id))
    words = said(reason, "roadshow.reason_needed")
    return _cancel(actor, now, registration, by=actor.label[:_LABEL], reason=words[:300])


def resend_ticket(*, actor: Actor, now: datetime, registration: Registration) -> bool:
    """Send the ticket once more, the same one; returns whether there is an address. Refused: no permission, cancelled."""
    require(actor, EDIT, outpost_scope(registration.activity.outpost_id))
    if registration.state == RegistrationState.CANCELLED:
        raise refuse("roadshow.registration_cancelled", code=registration.code)
    with recorded(actor=actor, now=now) as unit:
        unit.acted("ticket_resent", kind=REGISTRATION, uid=registration.uid)
        return mail_ticket(actor=actor, now=now, registration=registration, once=f"resent:{new_uid()}")


def link_registrant(
    *,
    actor: Actor,
    now: datetime,
    registration: Registration,
    version: int,
    organization: Organization | None,
    project: Project | None,
    person: Person | None = None,
) -> Registration:
    """Say whom the outpost knows a registrant as: their organization, their project, the person.

    Refused: no permission, changed meanwhile, a project of another outpost.
    """
    require(actor, EDIT, outpost_scope(registration.activity.outpost_id))
    for row in (project, person):
        if row is not None and row.outpost_id != registration.activity.outpost_id:
            raise refuse("roadshow.other_outpost", what=str(row))
    with (
        recorded(actor=actor, now=now) as unit,
        changed(unit, registration, kind=REGISTRATION, version=version, action="linked") as one,
    ):
        one.organization, one.project, one.person = organization, project, person or one.person
    return one


@dataclass(frozen=True, slots=True)
class _Contact:
    phone: str
    mail: str

    @property
    def indexes(self) -> tuple[str, str]:
        return blind_index(self.phone) if self.phone else "", blind_index(self.mail.lower()) if self.mail else ""

    def seal_into(self, row: Registration) -> None:
        row.phone_index, row.mail_index = self.indexes
        if self.phone:
            row.phone_enc, row.phone_hint = seal(self.phone, context=context_of(row, "phone")), mask(self.phone)[:30]
        if self.mail:
            row.mail_enc = seal(self.mail, context=context_of(row, "mail"))
            row.mail_hint = mask_address(self.mail)[:_HINT]


def _require(actor: Actor, activity: Activity, origin: RegisteredBy) -> None:
    if origin == RegisteredBy.STAFF:
        require(actor, EDIT, outpost_scope(activity.outpost_id))
    elif origin == RegisteredBy.WALK_IN:
        require(actor, CHECK_IN, outpost_scope(activity.outpost_id))


def _contact(registrant: Registrant) -> _Contact:
    phone = clean_phone(registrant.phone) if registrant.phone.strip() else ""
    mail = registrant.mail.strip()
    if not phone and not mail:
        raise refuse("roadshow.contact_needed")
    if mail:
        try:
            validate_email(mail)
        except ValidationError:
            raise refuse("roadshow.mail_malformed", value=mail[:80]) from None
    return _Contact(phone, mail)


def _answers(activity: Activity, registrant: Registrant, *, required: bool) -> dict[str, str]:
    questions = read_questions(activity.questions)
    if not required:  # who enters it for somebody else, or at the door, asks what there is time for
        questions = tuple(each for each in questions if str(registrant.answers.get(each.code, "")).strip())
    return read_answers(questions, registrant.answers)


def _refuse_closed(row: Activity, now: datetime, origin: RegisteredBy) -> None:
    if origin in {RegisteredBy.STAFF, RegisteredBy.WALK_IN}:
        refuse_unless(row, ActivityState.OPEN, ActivityState.CLOSED)
        return
    if row.state != ActivityState.OPEN:
        raise refuse("roadshow.registration_closed", state=str(ActivityState(row.state).label))
    if row.opens_at is not None and now < row.opens_at:
        raise refuse("roadshow.registration_not_yet", at=told(row.opens_at))
    closes = row.closes_at or row.ends_at
    if now >= closes:
        raise refuse("roadshow.registration_over", at=told(closes))


def _refuse_again(row: Activity, contact: _Contact) -> None:
    phone, mail = contact.indexes
    same = (Q(phone_index=phone) if phone else Q(pk__in=[])) | (Q(mail_index=mail) if mail else Q(pk__in=[]))
    live = row.registrations.filter(same, voided_at__isnull=True).exclude(state=RegistrationState.CANCELLED)
    if live.exists():
        raise refuse("roadshow.registered_already")


def _refuse_too_many(origin_digest: str, now: datetime) -> None:
    """Counted in the table, so that all processes count together; a few more at the same moment do no harm."""
    lately = Registration.objects.filter(origin_digest=origin_digest, registered_at__gt=now - WITHIN)
    if origin_digest and lately.count() >= FROM_ONE:
        raise refuse("roadshow.too_often", minutes=int(WITHIN.total_seconds() // 60))


def _has_place(row: Activity, origin: RegisteredBy) -> bool:
    if row.capacity is None or origin == RegisteredBy.WALK_IN:
        return True
    return row.registrations.filter(state=RegistrationState.REGISTERED, voided_at__isnull=True).count() < row.capacity


def _row(actor: Actor, now: datetime, held: Activity, who: Registrant, rules: ActivityRules) -> Registration:
    row = Registration(
        uid=new_uid(),
        activity=held,
        position=held.last_position,
        title=who.title.strip()[:60],
        organization_name=(who.organization_name.strip() or (who.organization.name if who.organization else ""))[:160],
        organization=who.organization or known_organization(held.outpost_id, who.organization_name),
        person=who.person,
        project=who.project,
        user=who.user,
        language=(get_language() or "zh-hans")[:10],
        consent_version=rules.consent_version,
        consent_sha256=rules.consent_sha256,
        code=new_code(held),
        registered_at=now,
        recorded_by=actor.label[:_LABEL],
        created_at=now,
    )
    token = new_token()
    row.token_enc, row.token_sha256 = seal(token, context=context_of(row, "token")), token_digest(token)
    return row


def _cancel(actor: Actor, now: datetime, registration: Registration, *, by: str, reason: str) -> Registration:
    with recorded(actor=actor, now=now) as unit:
        held = locked(registration.activity)
        refuse_unless(held, ActivityState.OPEN, ActivityState.CLOSED)
        if held.ends_at <= now:
            raise refuse("roadshow.activity_ended")
        with changed(unit, registration, kind=REGISTRATION, action="cancelled", reason=reason) as row:
            if row.state == RegistrationState.CANCELLED:
                raise refuse("roadshow.registration_cancelled", code=row.code)
            if row.check_ins.filter(voided_at__isnull=True).exists():
                raise refuse("roadshow.came_already", code=row.code)
            row.state = RegistrationState.CANCELLED
            row.cancelled_at, row.cancelled_by, row.cancelled_reason = now, by, reason
            row.token_enc, row.token_sha256 = b"", None
        move_up(actor=actor, now=now, activity=held)
    return row
