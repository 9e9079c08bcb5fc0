"""Mail to registrants: the ticket with its QR and the calendar entry, moving up, the end of an activity.

Who gave no mail address gets none: their ticket is the page they registered on.
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Final

import segno
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from feidi.domain.roadshow.enums import RegistrationState
from feidi.domain.roadshow.models import Activity, Registration
from feidi.domain.roadshow.selectors.calendar_files import calendar_entry
from feidi.domain.roadshow.selectors.presenting import place_words, title_of
from feidi.domain.roadshow.selectors.tickets import context_of, token_of
from feidi.domain.space.selectors.holding import spoken_span
from feidi.kernel.access import Actor
from feidi.kernel.notify.services import Attachment, send_mail
from feidi.kernel.sealing import unseal

_SUBJECT: Final = 160


def mail_ticket(*, actor: Actor, now: datetime, registration: Registration, once: str) -> bool:
    """Send a registrant how they stand: the ticket, or the place on the waiting list. ``once`` names this very mail.

    Returns whether there was an address to send it to.
    """
    row = registration
    if not row.mail_enc or not row.token_enc:
        return False
    with translation.override(row.language):
        waiting = row.state == RegistrationState.WAITING
        subject = _waiting_subject(row) if waiting else _ticket_subject(row, once)
        files = [] if waiting else [_qr(row), _calendar(row, now)]
        send_mail(
            actor=actor,
            now=now,
            to=unseal(row.mail_enc, context=context_of(row, "mail")),
            subject=subject[:_SUBJECT],
            text=_text(row, waiting=waiting),
            attachments=files,
            once=f"{once_of(row)}{once}",
        )
    return True


def mail_end(*, actor: Actor, now: datetime, registration: Registration, reason: str) -> bool:
    """Tell a registrant that the activity is cancelled; the calendar entry is taken back. Once."""
    row = registration
    if not row.mail_enc:
        return False
    with translation.override(row.language):
        title = title_of(row.activity)
        words = _(
            "很抱歉，下面的活动取消了。\n\n{title}\n{when}\n{where}\n\n原因：{reason}\n\n您的报名随之失效，不必再办。"
        )
        send_mail(
            actor=actor,
            now=now,
            to=unseal(row.mail_enc, context=context_of(row, "mail")),
            subject=_("活动取消：{title}").format(title=title)[:_SUBJECT],
            text=words.format(title=title, when=_when(row.activity), where=place_words(row.activity), reason=reason),
            attachments=[_calendar(row, now, gone=True)],
            once=f"{once_of(row)}cancelled",
        )
    return True


def once_of(row: Registration) -> str:
    """Return what the names of all mails to a registrant begin with."""
    return f"roadshow.ticket:{row.uid}:"


def ticket_address(row: Registration) -> str:
    """Return the whole address of a ticket's page."""
    return _site(reverse("public:events:ticket_view", args=[token_of(row)]))


def door_address(row: Registration) -> str:
    """Return what the QR of a ticket says: the door's page with this ticket's number. It opens for staff only."""
    return _site(reverse("console:events:door_view", args=[row.activity.uid]) + f"?code={row.code}")


def _site(path: str) -> str:
    return settings.FEIDI_URL.rstrip("/") + path


def _waiting_subject(row: Registration) -> str:
    return _("候补登记：{title}").format(title=title_of(row.activity))


def _ticket_subject(row: Registration, once: str) -> str:
    if once == "moved_up":
        return _("候补成功：{title}").format(title=title_of(row.activity))
    return _("报名成功：{title}").format(title=title_of(row.activity))


def _text(row: Registration, *, waiting: bool) -> str:
    lines = [title_of(row.activity), _when(row.activity), place_words(row.activity), ""]
    if waiting:
        lines.append(_("名额已满，您在候补名单上。有人取消就按先后递补，递补成功会再发邮件。"))
    else:
        lines.append(_("票号：{code}　到场出示二维码，或报票号、手机尾号。").format(code=row.code))
    lines += ["", _("查看或取消报名：{address}").format(address=ticket_address(row))]
    return "\n".join(lines)


def _when(activity: Activity) -> str:
    return spoken_span(activity.starts_at, activity.ends_at)


def _qr(row: Registration) -> Attachment:
    picture = BytesIO()
    segno.make(door_address(row), error="m", micro=False).save(picture, kind="png", scale=6, border=3)
    return Attachment("ticket.png", "image/png", picture.getvalue())


def _calendar(row: Registration, now: datetime, *, gone: bool = False) -> Attachment:
    method = "CANCEL" if gone else "PUBLISH"
    data = calendar_entry(row.activity, now, gone=gone)
    return Attachment("activity.ics", f"text/calendar; method={method}; charset=utf-8", data)
