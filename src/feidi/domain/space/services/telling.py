"""To-dos around bookings: an approver is asked, an organizer is told."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.space.access import APPROVE
from feidi.domain.space.enums import BOOKING, BookingState
from feidi.domain.space.models import Booking
from feidi.domain.space.selectors.colleagues import people_who_may
from feidi.domain.space.selectors.holding import spoken_span
from feidi.kernel.access import Actor
from feidi.kernel.subjects import Subject
from feidi.kernel.todos.models import Todo
from feidi.kernel.todos.services import add_todo, settle_todos


def ask_approvers(*, actor: Actor, now: datetime, booking: Booking) -> None:
    """Put a booking that waits for an answer on the desks of those who may give it."""
    today = now.astimezone(SHANGHAI).date()
    what = _("审批场地预订：{unit} {span}，{purpose}").format(**_words(booking))
    for user in people_who_may(APPROVE, booking.unit.outpost, today):
        add_todo(actor=actor, now=now, subject=_subject(booking), what=what, assignee=user, due_on=_day(booking))


def settle_asked(*, actor: Actor, now: datetime, booking: Booking) -> None:
    """What was asked about a booking is answered, or does not matter any more."""
    asked = Todo.objects.filter(subject_kind=BOOKING, subject_uid=booking.uid)
    settle_todos(actor=actor, now=now, todos=asked)


def tell_organizer(*, actor: Actor, now: datetime, booking: Booking) -> None:
    """Tell the organizer how a booking was answered; not when they answered it themselves."""
    if booking.organizer_id == actor.user_id:
        return
    what = _("场地预订{state}：{unit} {span}，{purpose}").format(**_words(booking))
    if booking.state == BookingState.DECLINED:
        what = _("场地预订未批准：{unit} {span}，原因：{reason}").format(**_words(booking))
    add_todo(actor=actor, now=now, subject=_subject(booking), what=what, assignee=booking.organizer)


def tell_moved_up(*, actor: Actor, now: datetime, booking: Booking) -> None:
    """Tell the organizer that the time they waited for is theirs."""
    what = _("候补成功：{unit} {span}，{purpose}；不需要了请及时取消").format(**_words(booking))
    subject, due = _subject(booking), _day(booking)
    add_todo(actor=actor, now=now, subject=subject, what=what, assignee=booking.organizer, due_on=due)


def _words(booking: Booking) -> dict[str, str]:
    return {
        "unit": booking.unit.name,
        "span": spoken_span(booking.starts_at, booking.ends_at),
        "purpose": booking.purpose,
        "state": str(BookingState(booking.state).label),
        "reason": booking.ended_reason,
    }


def _subject(booking: Booking) -> Subject:
    return Subject(BOOKING, booking.uid)


def _day(booking: Booking) -> date:
    return booking.starts_at.astimezone(SHANGHAI).date()
