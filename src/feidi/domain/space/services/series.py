"""Series: saved only when every clash was seen and skipped or solved; ended from a day on."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Final

from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.space.access import books_for_others
from feidi.domain.space.enums import SERIES, BookingState, Frequency
from feidi.domain.space.models import Booking, BookingSeries, Unit
from feidi.domain.space.selectors.checking import Wish
from feidi.domain.space.selectors.holding import spoken_span
from feidi.domain.space.selectors.series import SeriesDay, SeriesPreview, SeriesWish, preview_series
from feidi.domain.space.services.booking_changing import (
    HOLDING,
    completed,
    lock_organization,
    require_handling,
)
from feidi.domain.space.services.bookings import give_back, put_booking
from feidi.domain.space.services.inviting import invite
from feidi.domain.space.services.occupying import lock_units
from feidi.domain.space.services.telling import ask_approvers
from feidi.engines.findings import Finding, Level, refuse
from feidi.engines.slots import Interval
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded

__all__ = ["SeriesWish", "book_series", "cancel_series", "complete_series"]
_LABEL: Final = 160
_NOWHERE: Final[Mapping[date, Unit]] = MappingProxyType({})


def complete_series(actor: Actor, wish: SeriesWish) -> SeriesWish:
    """Return the wish with whose it is filled in, to be previewed. Refused as ``book_unit`` refuses the person."""
    soon = Interval(*_some_span(wish))
    one = completed(actor, wish.one(wish.unit, soon))
    return replace(wish, organization=one.organization, organizer=one.organizer)


def book_series(
    *,
    actor: Actor,
    now: datetime,
    wish: SeriesWish,
    skip: Collection[date] = (),
    elsewhere: Mapping[date, Unit] = _NOWHERE,
) -> BookingSeries:
    """Book every day of a series, all or none.

    Refused with all clashes and all else that speaks against any day (``space.series_clashes``), unless each such day is
    in ``skip`` (left out, kept as an exception) or solved by ``elsewhere`` (another unit of the same outpost on that day).
    Who has come in between is found under the lock and refuses the whole again.
    """
    wish = complete_series(actor, wish)

    def look() -> SeriesPreview:
        return preview_series(actor, wish, now, skip=skip, elsewhere=elsewhere)

    if any(unit.outpost_id != wish.unit.outpost_id for unit in elsewhere.values()):
        raise refuse("space.other_outpost", unit="、".join(unit.name for unit in elsewhere.values()))
    _refuse_clashes(look())
    with recorded(actor=actor, now=now) as work:
        lock_units(wish.unit, *elsewhere.values())
        preview = look()
        if preview.days and not books_for_others(actor, wish.unit.outpost_id):
            lock_organization(_one(wish, preview.days[0]))
            preview = look()
        _refuse_clashes(preview)
        row = _write(actor, now, wish, preview)
        work.created(row, kind=SERIES)
        made = [put_booking(actor=actor, now=now, wish=_one(wish, day), series=row) for day in preview.days]
        asked = next((each for each in made if each.state == BookingState.ASKED), None)
        if asked is not None:
            ask_approvers(actor=actor, now=now, booking=asked)
        invite(actor=actor, now=now, bookings=[each for each in made if each.state == BookingState.CONFIRMED])
    return row


def cancel_series(*, actor: Actor, now: datetime, series: BookingSeries, reason: str, since: date | None = None) -> int:
    """Give back what is still to come of a series, from a day on (None: from now); returns how many bookings.

    What has begun or was checked in stays. Refused: no reason, nothing of it left.
    """
    require_handling(actor, series)
    if not reason.strip():
        raise refuse("space.reason_needed")
    with recorded(actor=actor, now=now) as work:
        row = BookingSeries.objects.select_for_update().get(pk=series.pk)
        rows = Booking.objects.filter(series=row, state__in=HOLDING, starts_at__gt=now, checked_in_at__isnull=True)
        left = [
            booking
            for booking in rows.select_related("unit").order_by("starts_at")
            if since is None or booking.starts_at.astimezone(SHANGHAI).date() >= since
        ]
        if not left:
            raise refuse("space.series_over")
        gone = [give_back(actor=actor, now=now, booking=booking, reason=reason) for booking in left]
        invite(actor=actor, now=now, bookings=gone)
        before = work.before(row, SERIES)
        row.version += 1
        row.save(update_fields=["version"])
        work.changed(row, kind=SERIES, before=before, reason=reason.strip(), action="cancelled")
    return len(left)


def _refuse_clashes(preview: SeriesPreview) -> None:
    """Refuse with every day that clashes, each headed by its time."""
    if not preview.days:
        raise refuse("space.series_nothing_left")
    found: list[Finding] = []
    for day in preview.clashing:
        span = spoken_span(day.starts_at, day.ends_at)
        found.append(Finding(Level.PROBLEM, "space.series_day", {"span": span, "unit": day.unit.name}))
        found += day.problems
    if found:
        raise refuse("space.series_clashes", *found, n=len(preview.clashing), of=len(preview.days))


def _write(actor: Actor, now: datetime, wish: SeriesWish, preview: SeriesPreview) -> BookingSeries:
    rule = wish.rule
    row = BookingSeries(
        outpost_id=wish.unit.outpost_id,
        unit=wish.unit,
        purpose=wish.purpose.strip()[:_LABEL],
        organizer=wish.organizer,
        organization=wish.organization,
        attendees=wish.attendees,
        frequency=Frequency(rule.repeats.value),
        every=rule.every,
        weekdays=sorted(rule.weekdays),
        nth=rule.nth,
        first_on=wish.first_on,
        starts=wish.starts,
        minutes=wish.minutes,
        until=rule.until,
        count=rule.count,
        exceptions=sorted(day.isoformat() for day in rule.exceptions | preview.left_out),
        recorded_by=actor.label[:_LABEL],
        created_at=now,
    )
    row.save()
    return row


def _one(wish: SeriesWish, day: SeriesDay) -> Wish:
    return wish.one(day.unit, Interval(day.starts_at, day.ends_at))


def _some_span(wish: SeriesWish) -> tuple[datetime, datetime]:
    start = datetime.combine(wish.first_on, wish.starts, SHANGHAI)
    return start, start + timedelta(minutes=max(wish.minutes, 1))
