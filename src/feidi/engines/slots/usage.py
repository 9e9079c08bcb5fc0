"""How the space is used: area-time, occupancy on a day, vacancy, hours attended, no-shows (K19–K22 of the figures).

Areas are whole hundredths of a square metre. A unit without a known area stands in ``unknown``: its let days enter
neither side, so that the ratio is of what is known. A period is [since, until); no denominator gives None, never 0 %.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``since`` up to the day before ``until``."""

    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Lettable:
    """A unit that can be let, while it is there: [since, until), open when None. ``area`` None: not known."""

    key: str
    area: int | None
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Let:
    """A unit let during [since, until)."""

    unit: str
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Share:
    """A ratio with the rows behind it. ``value`` None: nothing to divide by. ``unknown``: left out for want of an area."""

    value: Fraction | None
    numerator: Fraction
    denominator: Fraction
    rows: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Use:
    """One booking as the figures see it. ``attended``: somebody was there; ``no_show``: nobody came.

    ``places``: how many bookable places it takes at once (a hall of two halves, booked whole: 2).
    """

    key: str
    starts_at: datetime
    ends_at: datetime
    attended: bool
    no_show: bool
    places: int = 1


def share_of(
    numerator: Fraction | int, denominator: Fraction | int, rows: Sequence[str] = (), unknown: Sequence[str] = ()
) -> Share:
    """Return a ratio; nothing to divide by gives None."""
    value = Fraction(numerator) / Fraction(denominator) if denominator else None
    return Share(value, Fraction(numerator), Fraction(denominator), tuple(rows), tuple(unknown))


def area_time(units: Sequence[Lettable], lets: Sequence[Let], period: Period) -> Share:
    """K19 空间使用率: area × days let over lettable area × days of the period. Days let twice count once.

    >>> month = Period(date(2026, 11, 1), date(2026, 12, 1))
    >>> units = [Lettable(key, area * 100, month.since) for key, area in (("A", 100), ("B", 50), ("C", 50))]
    >>> lets = [Let("A", date(2026, 11, 1), date(2026, 11, 16)), Let("B", date(2026, 11, 1), date(2026, 12, 1))]
    >>> area_time(units, lets, month).value
    Fraction(1, 2)
    """
    days = _let_days(units, lets, period)
    known = [each for each in units if each.area is not None]
    numerator = sum((each.area or 0) * len(days[each.key]) for each in known)
    denominator = sum((each.area or 0) * len(_days(each.since, each.until, period)) for each in known)
    rows = [each.key for each in known if days[each.key]]
    return share_of(Fraction(numerator, 100), Fraction(denominator, 100), rows, _unknown(units))


def occupied_on(units: Sequence[Lettable], lets: Sequence[Let], day: date) -> Share:
    """K20 入驻率 (占用): let area over lettable area on one day."""
    return area_time(units, lets, Period(day, date.fromordinal(day.toordinal() + 1)))


def vacancy_days(units: Sequence[Lettable], lets: Sequence[Let], period: Period) -> Share:
    """K21 平均空置天数: days on which units stood empty over the number of units there in the period.

    >>> ten = Period(date(2026, 11, 1), date(2026, 11, 11))
    >>> units = [Lettable("A", None, ten.since), Lettable("B", None, ten.since)]
    >>> vacancy_days(units, [Let("A", date(2026, 11, 3), date(2026, 11, 9))], ten).value
    Fraction(7, 1)
    """
    days = _let_days(units, lets, period)
    there = {each.key: _days(each.since, each.until, period) for each in units}
    vacant = {key: len(each) - len(days[key]) for key, each in there.items() if each}
    return share_of(sum(vacant.values()), len(vacant), [key for key, each in vacant.items() if each])


def hours_used(uses: Sequence[Use], bookable_seconds: int) -> Share:
    """K22 会议/路演使用率: hours booked and attended over bookable hours (``bookable_seconds``: of all units, as open)."""
    attended = [each for each in uses if each.attended]
    seconds = sum(int((each.ends_at - each.starts_at).total_seconds()) * each.places for each in attended)
    return share_of(Fraction(seconds, 3600), Fraction(bookable_seconds, 3600), [each.key for each in attended])


def no_show_rate(uses: Sequence[Use]) -> Share:
    """K22 未到率: bookings to which nobody came over all bookings that stood.

    >>> nine, ten = datetime(2026, 11, 23, 9), datetime(2026, 11, 23, 10)
    >>> uses = [Use("1", nine, ten, True, False), Use("2", nine, ten, False, True), Use("3", nine, ten, True, False)]
    >>> no_show_rate(uses).value, no_show_rate([]).value
    (Fraction(1, 3), None)
    """
    missed = [each.key for each in uses if each.no_show]
    return share_of(len(missed), len(uses), missed)


def area_time_many(
    units: Sequence[Lettable], lets: Sequence[Let], periods: Sequence[Period]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return numerators and denominators (hundredths of m² × days) of ``area_time`` for many periods at once.

    Lets of one unit must not overlap: the occupancy ledger holds that.
    """
    since = np.array([each.since.toordinal() for each in periods], np.int64)
    until = np.array([each.until.toordinal() for each in periods], np.int64)
    known = {each.key: each for each in units if each.area is not None}
    there = [(each.area or 0, each.since, each.until) for each in known.values()]
    let = [
        (
            known[each.unit].area or 0,
            max(each.since, known[each.unit].since),
            _earlier(each.until, known[each.unit].until),
        )
        for each in lets
        if each.unit in known
    ]
    return _area_days(let, since, until), _area_days(there, since, until)


def _earlier(one: date, other: date | None) -> date:
    return one if other is None else min(one, other)


def _area_days(
    rows: Sequence[tuple[int, date, date | None]], since: NDArray[np.int64], until: NDArray[np.int64]
) -> NDArray[np.int64]:
    areas = np.array([each[0] for each in rows], np.int64)
    starts = np.array([each[1].toordinal() for each in rows], np.int64)
    ends = np.array([(each[2] or date.max).toordinal() for each in rows], np.int64)
    days = np.minimum(ends[None, :], until[:, None]) - np.maximum(starts[None, :], since[:, None])
    found: NDArray[np.int64] = (np.maximum(days, 0) * areas[None, :]).sum(axis=1)
    return found


def _let_days(units: Sequence[Lettable], lets: Sequence[Let], period: Period) -> dict[str, set[int]]:
    """Return the days of the period on which each unit was let, while it was there."""
    days: dict[str, set[int]] = defaultdict(set)
    for each in lets:
        days[each.unit] |= _days(each.since, each.until, period)
    return defaultdict(set, {unit.key: days[unit.key] & _days(unit.since, unit.until, period) for unit in units})


def _days(since: date, until: date | None, period: Period) -> set[int]:
    last = period.until if until is None else min(until, period.until)
    return set(range(max(since, period.since).toordinal(), last.toordinal()))


def _unknown(units: Sequence[Lettable]) -> list[str]:
    return [each.key for each in units if each.area is None]
