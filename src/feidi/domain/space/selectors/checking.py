"""What speaks against a booking besides who is in the way: purpose, time, opening hours, capacity, a firm's limits.

Findings only, all at once; services refuse with them, the preview of a series lists them day by day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction

from feidi.domain.parties.enums import OrganizationKind
from feidi.domain.parties.models import Organization, OrganizationLink
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.space.enums import BookingState
from feidi.domain.space.models import Booking, Unit
from feidi.domain.space.selectors.holding import spoken_span
from feidi.domain.space.selectors.rules import BookingRules, day_kinds
from feidi.engines.findings import Finding, Level, Scalar
from feidi.engines.slots import Interval, is_open, moment, open_on
from feidi.kernel.identity.models import User

#: Bookings that count against a firm's hours of the week: those that hold the room or held it.
COUNTED = (BookingState.ASKED, BookingState.CONFIRMED, BookingState.DONE, BookingState.NO_SHOW)
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted. ``organizer`` None: the actor's own account; ``organization`` None: for the outpost itself, or
    for the one organization of the actor. ``attendees`` None: not said.
    """

    unit: Unit
    starts_at: datetime
    ends_at: datetime
    purpose: str
    attendees: int | None = None
    organization: Organization | None = None
    organizer: User | None = None

    @property
    def span(self) -> Interval:
        """The interval; refused when it ends before it begins."""
        return Interval(self.starts_at, self.ends_at)


def problems_of(
    wish: Wish,
    rules: BookingRules,
    now: datetime,
    *,
    limited: bool,
    planned: Mapping[date, Fraction] | None = None,
    but: Booking | None = None,
) -> list[Finding]:
    """Return all that speaks against a wish.

    ``limited``: a firm books for itself, so that its limits hold; what the outpost's people enter they answer for.
    ``planned``: hours of the same series by Monday of their week, on top of what stands in the table. ``but``: the booking
    that is moved: its hours do not count, and what has begun may keep its beginning.
    """
    found = [*_about_what(wish), *_about_when(wish, rules)]
    if wish.span.start < now and (but is None or but.starts_at != wish.span.start):
        found.append(_problem("space.in_the_past", span=spoken_span(wish.starts_at, wish.ends_at)))
    if limited:
        found += _limits(wish, rules, now)
        found += _week(wish, rules, planned or {}, but)
    return found


def hours_of_week(organization: Organization, outpost_id: int, monday: date, *, but: Booking | None = None) -> Fraction:
    """Return how many hours an organization has booked at an outpost in the week of a Monday. One query."""
    start = datetime.combine(monday, time(0), SHANGHAI)
    rows = Booking.objects.filter(
        organization=organization,
        outpost_id=outpost_id,
        state__in=COUNTED,
        starts_at__gte=start,
        starts_at__lt=start + timedelta(days=_WEEK),
    )
    if but is not None:
        rows = rows.exclude(pk=but.pk)
    return sum((_hours(*each) for each in rows.values_list("starts_at", "ends_at")), Fraction(0))


def monday_of(when: datetime) -> date:
    """Return the Monday of the week, by the outpost's days."""
    day = when.astimezone(SHANGHAI).date()
    return day - timedelta(days=day.weekday())


def _about_what(wish: Wish) -> Iterable[Finding]:
    unit = wish.unit
    if not wish.purpose.strip():
        yield _problem("space.purpose_needed")
    if not unit.bookable:
        yield _problem("space.not_bookable", unit=unit.name)
    if wish.attendees is not None and wish.attendees < 1:
        yield _problem("space.attendees_wrong", n=wish.attendees)
    if wish.attendees is not None and unit.capacity is not None and wish.attendees > unit.capacity:
        yield _problem("space.too_many", unit=unit.name, n=wish.attendees, capacity=unit.capacity)
    if wish.organization is not None and not _knows(wish):
        yield _problem("space.organization_unknown", name=wish.organization.name, outpost=unit.outpost.short_name)


def _about_when(wish: Wish, rules: BookingRules) -> Iterable[Finding]:
    span, step = wish.span, timedelta(minutes=rules.slot_minutes)
    midnight = moment(span.start.astimezone(SHANGHAI).date(), time(0), SHANGHAI)
    if any((each - midnight) % step for each in (span.start, span.end)):
        yield _problem("space.off_the_grid", minutes=rules.slot_minutes)
    hours = rules.hours.get(wish.unit.hours)
    if hours is not None and not is_open(hours, span, day_kinds(), SHANGHAI):
        day = span.start.astimezone(SHANGHAI).date()
        opened = open_on(hours, day, day_kinds()(day), SHANGHAI)
        words = "、".join(spoken_span(each.start, each.end).partition(" ")[2] for each in opened)
        code = "space.closed_then" if words else "space.closed_that_day"
        yield _problem(code, unit=wish.unit.name, day=day.isoformat(), hours=words)


def _limits(wish: Wish, rules: BookingRules, now: datetime) -> Iterable[Finding]:
    hours = _hours(wish.starts_at, wish.ends_at)
    if rules.days_ahead is not None and wish.span.start > now + timedelta(days=rules.days_ahead):
        yield _problem("space.too_far_ahead", days=rules.days_ahead)
    if rules.most_hours is not None and hours > rules.most_hours:
        yield _problem("space.too_long", hours=_written(hours), most=_written(rules.most_hours))
    if not rules.home_firms and wish.organization is not None and _from_home(wish.organization):
        yield _problem("space.home_firms_not", name=wish.organization.name)


def _week(wish: Wish, rules: BookingRules, planned: Mapping[date, Fraction], but: Booking | None) -> Iterable[Finding]:
    """The firm's hours of the week in which the booking begins."""
    if wish.organization is None or rules.hours_per_week is None:
        return
    monday, hours = monday_of(wish.starts_at), _hours(wish.starts_at, wish.ends_at)
    had = hours_of_week(wish.organization, wish.unit.outpost_id, monday, but=but) + planned.get(monday, Fraction(0))
    if had + hours > rules.hours_per_week:
        most = _written(rules.hours_per_week)
        yield _problem("space.week_full", had=_written(had), hours=_written(hours), most=most)


def _from_home(organization: Organization) -> bool:
    return organization.kinds.filter(kind=OrganizationKind.HOME_FIRM).exists()


def _knows(wish: Wish) -> bool:
    return OrganizationLink.objects.filter(outpost_id=wish.unit.outpost_id, organization=wish.organization).exists()


def _hours(starts_at: datetime, ends_at: datetime) -> Fraction:
    return Fraction(Interval(starts_at, ends_at).seconds, 3600)


def _written(hours: Fraction) -> str:
    return f"{float(hours):g}"


def _problem(code: str, **params: Scalar) -> Finding:
    return Finding(Level.PROBLEM, code, params)
