"""Sending one mail that was written, and forgetting what was sent long ago."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.encoders import encode_base64
from email.mime.base import MIMEBase
from smtplib import SMTPRecipientsRefused
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F

from feidi.engines.findings import refuse
from feidi.kernel.notify.enums import MailState
from feidi.kernel.notify.models import Mail
from feidi.kernel.notify.sealed_body import Attachment, unseal_address, unseal_body

#: So often the job is tried (10 s, 40 s, 160 s … an hour apart) before a mail is given up.
TRIES: Final = 6
#: What was not sent by then is of no use to anybody any more.
KEEP: Final = timedelta(days=30)


def deliver_mail(*, now: datetime, uid: str, last: bool = False) -> MailState:
    """Hand a mail to the mail server and forget its body; returns where it stands.

    Sent already: nothing happens. The server does not answer: its error is raised, and with ``last`` the mail is given
    up. The server refuses the address: given up at once, and refused. A crash between sending and writing that down
    sends it twice; nothing can tell the two apart.
    """
    mail = Mail.objects.filter(uid=uid).first()
    if mail is None or mail.state != MailState.QUEUED:
        return MailState(mail.state) if mail else MailState.FAILED
    try:
        _message(mail).send()
    except SMTPRecipientsRefused as error:
        _note(mail, error, given_up=True)
        raise refuse("notify.refused_by_server", hint=mail.to_hint) from error
    except Exception as error:
        _note(mail, error, given_up=last)
        raise
    queued = Mail.objects.filter(pk=mail.pk, state=MailState.QUEUED)
    queued.update(state=MailState.SENT, sent_at=now, body_enc=b"", tries=F("tries") + 1, error="")
    return MailState.SENT


def forget_old_mails(*, now: datetime) -> int:
    """Give up what has waited for 30 days, and forget the bodies of all that was given up; returns how many."""
    old = Mail.objects.filter(created_at__lt=now - KEEP).exclude(state=MailState.SENT).exclude(body_enc=b"")
    return old.update(state=MailState.FAILED, body_enc=b"")


def forget_addresses(*, once: str) -> int:
    """Forget to whom mails went whose ``once`` begins so: that person's data is erased. What was not sent yet is given up.

    Returns how many. That a mail was written, when and about what stays.
    """
    rows = Mail.objects.filter(once__startswith=once).exclude(to_enc=b"")
    rows.exclude(state=MailState.SENT).update(state=MailState.FAILED, body_enc=b"")
    return rows.update(to_enc=b"", to_hint="")


def _message(mail: Mail) -> EmailMessage:
    body = unseal_body(mail.body_enc, mail.uid)
    message = EmailMessage(
        subject=mail.subject,
        body=body.text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[unseal_address(mail.to_enc, mail.uid)],
        headers={"Auto-Submitted": "auto-generated", **body.headers},
    )
    for each in body.attachments:
        message.attach(_part(each))
    return message


def _part(attachment: Attachment) -> MIMEBase:
    """Return an attachment as it stands: text/calendar keeps its ``method``, by which calendars know an invitation."""
    kind, *more = (each.strip() for each in attachment.content_type.split(";"))
    main, _slash, sub = kind.partition("/")
    part = MIMEBase(main, sub)
    for name, _equals, value in (each.partition("=") for each in more):
        part.set_param(name, value)
    part.set_payload(attachment.data)
    encode_base64(part)
    part.add_header("Content-Disposition", "attachment", filename=attachment.name)
    return part


def _note(mail: Mail, error: Exception, *, given_up: bool) -> None:
    # the kind of error only: what a server answers may repeat the address
    state = MailState.FAILED if given_up else MailState.QUEUED
    values = {"body_enc": b""} if given_up else {}
    Mail.objects.filter(pk=mail.pk).update(state=state, tries=F("tries") + 1, error=type(error).__name__[:80], **values)
