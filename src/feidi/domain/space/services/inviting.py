"""Mail to the organizer with the booking as a calendar file: confirmed, moved, taken back. Who has no address gets none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from feidi.domain.space.enums import BookingState
from feidi.domain.space.models import Booking
from feidi.domain.space.selectors.calendars import invitations_of
from feidi.domain.space.selectors.holding import spoken_span
from feidi.kernel.access import Actor
from feidi.kernel.notify.services import Attachment, send_mail

_FILE: Final = "booking.ics"
_SUBJECT: Final = 160


def invite(*, actor: Actor, now: datetime, bookings: Sequence[Booking]) -> bool:
    """Send the organizer of one booking, or of a series, its calendar entries; tell whether a mail was written.

    All of one organizer and all in one state: entries of bookings that were given back take the calendar's back. Bookings
    that wait for an answer are not sent. Once per booking and version.
    """
    first = bookings[0] if bookings else None
    if first is None or first.state == BookingState.ASKED:
        return False
    organizer = first.organizer
    if not organizer.email or not organizer.is_active:
        return False
    state = str(BookingState(first.state).label)
    spans = [f"{each.unit.name} {spoken_span(each.starts_at, each.ends_at)}" for each in bookings]
    where = spans[0] if len(spans) == 1 else _("{first} 等 {n} 次").format(first=spans[0], n=len(spans))
    lines = [*spans, "", _("用途：{purpose}").format(purpose=first.purpose)]
    if first.ended_reason:
        lines.append(_("原因：{reason}").format(reason=first.ended_reason))
    method = "CANCEL" if first.state != BookingState.CONFIRMED else "PUBLISH"
    data = invitations_of(bookings, now)
    send_mail(
        actor=actor,
        now=now,
        to=organizer,
        subject=_("场地预订{state}：{where}").format(state=state, where=where)[:_SUBJECT],
        text="\n".join(lines),
        attachments=[Attachment(name=_FILE, content_type=f"text/calendar; method={method}; charset=utf-8", data=data)],
        once=f"space.booking:{first.uid}:{first.version}:{first.state}",
    )
    return True
