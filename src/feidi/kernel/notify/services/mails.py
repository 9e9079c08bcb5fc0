"""Writing a mail: a row now, the sending itself by a job once the caller's transaction has committed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from feidi.engines.findings import refuse
from feidi.kernel.access import Actor, schedule_actor
from feidi.kernel.audit import recorded
from feidi.kernel.identity.models import User
from feidi.kernel.jobs.services import enqueue
from feidi.kernel.notify.access import MAIL
from feidi.kernel.notify.enums import MailState
from feidi.kernel.notify.models import Mail
from feidi.kernel.notify.sealed_body import Attachment, Body, mask_address, seal_address, seal_body
from feidi.kernel.subjects import Subject, new_uid

#: The job that sends one mail, and how many bytes may go along with it.
SEND: Final = "notify.send"
MOST_BYTES: Final = 2 * 1024 * 1024
_LONGEST_SUBJECT: Final = 160


def send_mail(
    *,
    actor: Actor,
    now: datetime,
    to: User | str,
    subject: str,
    text: str,
    attachments: Sequence[Attachment] = (),
    headers: Mapping[str, str] | None = None,
    once: str = "",
) -> Mail:
    """Write a plain-text mail to an account or an address; it leaves by a job after the commit, and is tried again.

    ``once``: a name of this very mail; the second time the first one is returned and nothing is sent, unless that one was
    given up: then it is written anew, and the old one stays beside it. Whether ``actor`` may write to ``to`` is for the calling service to decide. ``subject`` is kept in clear: it names no person. Refused: an account without address or closed, what is no
    address, no subject or one with a line break, no text, attachments of more than 2 MB or with a name that is none.
    """
    address = _address(to)
    subject = _subject(subject)
    if not text.strip():
        raise refuse("notify.no_text")
    _check(attachments)
    with recorded(actor=actor, now=now) as unit:
        known = Mail.objects.filter(once=once).first() if once else None
        if known is not None and known.state != MailState.FAILED:
            return known
        if known is not None:
            Mail.objects.filter(pk=known.pk).update(once="")
        uid = new_uid()
        mail = Mail.objects.create(
            uid=uid,
            user=to if isinstance(to, User) else None,
            to_enc=seal_address(address, uid),
            to_hint=mask_address(address),
            subject=subject,
            body_enc=seal_body(Body(text, attachments, headers or {}), uid),
            once=once,
            created_at=now,
            created_by=actor.label[:160],
        )
        unit.acted("mail_written", kind=MAIL, uid=uid)
        # the mail is the system's now: it leaves even if whoever caused it has left
        enqueue(SEND, actor=schedule_actor(SEND), now=now, title=SEND, subject=Subject(MAIL, uid), mail=uid)
    return mail


def _address(to: User | str) -> str:
    address = to if isinstance(to, str) else to.email
    if isinstance(to, User) and not to.is_active:
        raise refuse("notify.account_closed", name=str(to))
    if isinstance(to, User) and not address:
        raise refuse("notify.no_address", name=str(to))
    address = address.strip()
    try:
        validate_email(address)
    except ValidationError:
        raise refuse("notify.bad_address", value=address[:80]) from None
    return address


def _subject(subject: str) -> str:
    words = subject.strip()
    if not words or len(words) > _LONGEST_SUBJECT or len(words.splitlines()) > 1:
        raise refuse("notify.bad_subject", value=words[:40], most=_LONGEST_SUBJECT)
    return words


def _check(attachments: Sequence[Attachment]) -> None:
    size = sum(len(each.data) for each in attachments)
    if size > MOST_BYTES:
        raise refuse("notify.too_big", size=size, most=MOST_BYTES)
    for each in attachments:
        name = each.name.strip()
        if not name or set(name) & set('/\\\r\n"') or "/" not in each.content_type or "\n" in each.content_type:
            raise refuse("notify.bad_attachment", value=name[:80])
