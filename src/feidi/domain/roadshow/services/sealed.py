"""Opening what is sealed of a registrant: a reason, and who asked is on record. And erasing it when its time is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.domain.parties.services.changing import changed, said
from feidi.domain.roadshow.access import EDIT, UNMASK
from feidi.domain.roadshow.enums import ActivityState
from feidi.domain.roadshow.kinds import ACTIVITY, REGISTRATION
from feidi.domain.roadshow.models import Activity, Registration
from feidi.domain.roadshow.selectors.activity_rules import activity_rules
from feidi.domain.roadshow.selectors.tickets import context_of
from feidi.domain.roadshow.services.asking import keys_of
from feidi.domain.roadshow.services.ticket_mails import once_of
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import Unit, recorded
from feidi.kernel.feedback.services.answering import forget_person
from feidi.kernel.notify.services import forget_addresses
from feidi.kernel.sealing import UnreadableError, unseal
from feidi.kernel.subjects import Subject


@dataclass(frozen=True, slots=True)
class Contacts:
    """What was sealed."""

    phone: str
    mail: str


def unmask_registrant(*, actor: Actor, now: datetime, registration: Registration, why: str) -> Contacts:
    """Return phone and mail; who asked, when and why is on record. Refused: no permission, no reason, erased."""
    require(actor, EDIT, outpost_scope(registration.activity.outpost_id))
    require(actor, UNMASK, outpost_scope(registration.activity.outpost_id))
    reason = said(why, "roadshow.unmask_needs_reason")
    if registration.erased_at is not None:
        raise refuse("roadshow.erased", on=registration.erased_at.date().isoformat())
    with recorded(actor=actor, now=now) as unit:
        unit.acted("unmasked", kind=REGISTRATION, uid=registration.uid, reason=reason)
        return Contacts(_open(registration, "phone"), _open(registration, "mail"))


def erase_registrant(*, actor: Actor, now: datetime, registration: Registration, reason: str) -> Registration:
    """Destroy what is personal of a registrant at their wish, or of one whose person is erased elsewhere.

    What stays: a first character, the organization, that somebody came. Refused: no permission, no reason.
    """
    require(actor, EDIT, outpost_scope(registration.activity.outpost_id))
    words = said(reason, "roadshow.reason_needed")
    with recorded(actor=actor, now=now) as unit:
        return _erase(unit, now, registration, words, said_too=True)


def erase_of_person(*, actor: Actor, now: datetime, person_uid: str) -> int:
    """Erase every registration of a person who had their data erased. For the listener; asks nobody."""
    rows = list(Registration.objects.filter(person__uid=person_uid, erased_at__isnull=True).order_by("pk"))
    with recorded(actor=actor, now=now) as unit:
        for each in rows:
            _erase(unit, now, each, "本人要求删除", said_too=True)
    return len(rows)


def erase_past(*, actor: Actor, now: datetime) -> int:
    """Erase contacts and answers of activities that ended so many days ago as content says. Returns how many people."""
    count = 0
    for outpost in Outpost.objects.select_related("home").order_by("pk"):
        before = now - timedelta(days=activity_rules(outpost).erase_after_days)
        over = Q(ends_at__lt=before) | Q(state=ActivityState.CANCELLED, cancelled_at__lt=before)
        for activity in Activity.objects.filter(over, outpost=outpost, erased_at__isnull=True).order_by("pk"):
            with recorded(actor=actor, now=now) as unit:
                for each in activity.registrations.filter(erased_at__isnull=True).order_by("pk"):
                    _erase(unit, now, each, "保存期已过", said_too=False)
                    count += 1
                with changed(unit, activity, kind=ACTIVITY, action="contacts_erased") as row:
                    row.erased_at = now
    return count


def _erase(unit: Unit, now: datetime, registration: Registration, reason: str, *, said_too: bool) -> Registration:
    """Empty a registration, and what asked its person how it was; ``said_too``: also what they answered in words."""
    rows = Registration.objects.select_for_update(of=("self",)).select_related("person", "activity")
    row = rows.get(pk=registration.pk)
    activity = Subject(ACTIVITY, row.activity.uid)
    forget_person(actor=unit.actor, now=now, keys=keys_of(row), subject=activity, words=said_too)
    before = unit.before(row, REGISTRATION)
    row.name = row.name[:1] + "*" * max(len(row.name) - 1, 1)
    row.phone_enc = row.mail_enc = row.token_enc = b""
    row.phone_hint = row.phone_index = row.mail_hint = row.mail_index = row.title = row.origin_digest = ""
    row.answers, row.token_sha256, row.user, row.erased_at = {}, None, None, now
    row.version += 1
    row.save()
    unit.changed(row, kind=REGISTRATION, before=before, reason=reason, action="erased")
    forget_addresses(once=once_of(row))
    return row


def _open(row: Registration, what: str) -> str:
    value = row.phone_enc if what == "phone" else row.mail_enc
    if not value:
        return ""
    try:
        return unseal(value, context=context_of(row, what))
    except UnreadableError as error:
        raise refuse("roadshow.unreadable") from error
