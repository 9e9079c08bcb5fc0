"""What a clock of content says, and when it is due."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from feidi.engines.findings import refuse


class ClockUnit(StrEnum):
    """What the number of a clock counts."""

    WORKING = "working"
    CALENDAR = "calendar"
    MONTHLY_DAY = "monthly_day"


@dataclass(frozen=True, slots=True)
class ClockSpec:
    """One clock of content: ``n`` working or calendar days after its start, or the next ``n``-th of a month.

    ``stops_when``: the event that stops it. ``taken_from``: the city whose practice it is, as long as the
    place has not confirmed it; empty: confirmed or its own.
    """

    code: str
    label_zh: str
    label_en: str
    n: int
    unit: ClockUnit
    stops_when: str
    taken_from: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """A due date; ``provisional``: it falls in a year whose working days are not announced yet."""

    on: date
    provisional: bool = False


def due_of(clock: ClockSpec, start: date) -> Due:
    """Return when ``clock``, started on ``start``, is due. Refused: a number that makes no sense."""
    if clock.n < 1:
        raise refuse("deadlines.clock_malformed", label=clock.label_zh, n=clock.n)
    match ClockUnit(clock.unit):
        case ClockUnit.CALENDAR:
            return Due(start + timedelta(days=clock.n))
        case ClockUnit.MONTHLY_DAY:
            return Due(_next_day_of_month(start, clock.n))
        case ClockUnit.WORKING:
            from feidi.kernel.calendar import add_working_days  # noqa: PLC0415 - reads tables, asked late

            on, provisional = add_working_days(start, clock.n)
            return Due(on, provisional)


def _next_day_of_month(start: date, day: int) -> date:
    """Return the first ``day``-th after ``start``; in a short month its last day.

    >>> _next_day_of_month(date(2026, 1, 31), 31)
    datetime.date(2026, 2, 28)
    """
    for ahead in (0, 1):
        year, month = start.year + (start.month - 1 + ahead) // 12, (start.month - 1 + ahead) % 12 + 1
        found = date(year, month, min(day, monthrange(year, month)[1]))
        if found > start:
            break
    return found
