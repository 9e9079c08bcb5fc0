"""How the space is used (K19–K22): rows of the ledger into the engine, figures with the rows behind them out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from feidi.domain.parties.models import Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.space.access import units_visible_to
from feidi.domain.space.enums import BookingState, OccupationReason
from feidi.domain.space.models import Booking, Occupation, Unit
from feidi.domain.space.selectors.rules import BookingRules, opening_of, rules_of
from feidi.engines.findings import refuse
from feidi.engines.slots import (
    Interval,
    Let,
    Lettable,
    Period,
    Share,
    Use,
    area_time,
    days_between,
    hours_used,
    no_show_rate,
    occupied_on,
    vacancy_days,
)
from feidi.kernel.access import Actor

_STOOD: Final = (BookingState.CONFIRMED, BookingState.DONE, BookingState.NO_SHOW)


@dataclass(frozen=True, slots=True)
class UseFigures:
    """The figures of one outpost and period. ``rows`` of shares are uids: of units (K19–K21), of bookings (K22)."""

    period: Period
    area_time: Share
    occupied: Share
    vacancy_days: Share
    meeting_use: Share
    no_show: Share


def use_figures(actor: Actor, outpost: Outpost, since: date, until: date, now: datetime) -> UseFigures:
    """Return K19–K22 of [since, until); K20 on the last day of it that is not to come.

    Of a room that is let by the desk its desks count, not the room again. Bookings count once they are over.
    Refused: an end not after the start.
    """
    if until <= since:
        raise refuse("slots.ends_before_start", start=since.isoformat(), end=until.isoformat())
    period = Period(since, until)
    units = units_visible_to(actor, Unit.objects.filter(outpost=outpost, voided_at__isnull=True))
    lettable = [_lettable(unit) for unit in units.filter(lettable=True, parts__isnull=True).order_by("id")]
    lets = list(_lets(outpost, days_between(since, until - timedelta(days=1), SHANGHAI)))
    today = now.astimezone(SHANGHAI).date()
    day = max(since, min(until - timedelta(days=1), today))
    rules, bookable = rules_of(outpost), list(units.filter(bookable=True).order_by("id"))
    uses = _uses(outpost, bookable, period, rules, now)
    return UseFigures(
        period=period,
        area_time=area_time(lettable, lets, period),
        occupied=occupied_on(lettable, lets, day),
        vacancy_days=vacancy_days(lettable, lets, period),
        meeting_use=hours_used(uses, _open_seconds(bookable, period, rules)),
        no_show=no_show_rate(uses),
    )


@dataclass(frozen=True, slots=True)
class UseRows:
    """What the figures of one outpost and period are reckoned from, for whoever counts without naming anybody.

    ``keys``: uid of a unit or booking → its key; ``open_seconds``: uid of a bookable unit → how long it could be booked.
    """

    period: Period
    lettable: tuple[Lettable, ...]
    lets: tuple[Let, ...]
    uses: tuple[Use, ...]
    open_seconds: dict[str, int]
    keys: dict[str, int]


def use_rows(outpost: Outpost, since: date, until: date, now: datetime) -> UseRows:
    """Return the rows of [since, until) by what is there; bookings count once they are over."""
    period = Period(since, until)
    units = Unit.objects.filter(outpost=outpost, voided_at__isnull=True)
    to_let = list(units.filter(lettable=True, parts__isnull=True).order_by("id"))
    rules, bookable = rules_of(outpost), list(units.filter(bookable=True).order_by("id"))
    uses = _uses(outpost, bookable, period, rules, now)
    booked = Booking.objects.filter(uid__in=[each.key for each in uses]).values_list("uid", "pk")
    return UseRows(
        period=period,
        lettable=tuple(_lettable(unit) for unit in to_let),
        lets=tuple(_lets(outpost, days_between(since, until - timedelta(days=1), SHANGHAI))),
        uses=tuple(uses),
        open_seconds=_open_each(bookable, period, rules),
        keys={**{unit.uid: unit.pk for unit in [*to_let, *bookable]}, **dict(booked)},
    )


def _lettable(unit: Unit) -> Lettable:
    area = None if unit.area_m2 is None else int(unit.area_m2 * 100)
    until = None if unit.valid_to is None else unit.valid_to + timedelta(days=1)
    return Lettable(unit.uid, area, unit.valid_from, until)


def _lets(outpost: Outpost, span: Interval) -> list[Let]:
    """Return tenancies in days; a room let whole is all its desks let."""
    rows = Occupation.objects.filter(
        unit__outpost=outpost, reason=OccupationReason.TENANCY, starts_at__lt=span.end, ends_at__gt=span.start
    )
    found = []
    for row in rows.select_related("unit").prefetch_related("unit__parts").order_by("id"):
        # given back before it began: never let; given back later: let until that day
        end = row.ends_at if row.freed_at is None else min(row.ends_at, row.freed_at)
        if end <= row.starts_at:
            continue
        since, until = row.starts_at.astimezone(SHANGHAI).date(), end.astimezone(SHANGHAI).date()
        found += [Let(unit.uid, since, until) for unit in (row.unit, *row.unit.parts.all())]
    return found


def _uses(outpost: Outpost, units: list[Unit], period: Period, rules: BookingRules, now: datetime) -> list[Use]:
    span = days_between(period.since, period.until - timedelta(days=1), SHANGHAI)
    rows = Booking.objects.filter(
        outpost=outpost, unit__in=units, state__in=_STOOD, starts_at__gte=span.start, starts_at__lt=span.end
    )
    parts = Counter(unit.parent_id for unit in units)
    found = []
    for row in rows.filter(ends_at__lte=now).order_by("id"):
        came = row.checked_in_at is not None or (rules.release_minutes is None and row.state == BookingState.DONE)
        found.append(
            Use(row.uid, row.starts_at, row.ends_at, came, row.state == BookingState.NO_SHOW, parts[row.unit_id] or 1)
        )
    return found


def _open_seconds(units: list[Unit], period: Period, rules: BookingRules) -> int:
    """Return how long the rooms could have been booked; of a room that has parts only the parts count."""
    return sum(_open_each(units, period, rules).values())


def _open_each(units: list[Unit], period: Period, rules: BookingRules) -> dict[str, int]:
    span = days_between(period.since, period.until - timedelta(days=1), SHANGHAI)
    opening = opening_of(rules, [unit.hours for unit in units], span)
    rooms = {unit.parent_id for unit in units}
    return {unit.uid: sum(each.seconds for each in opening[unit.hours]) for unit in units if unit.pk not in rooms}
