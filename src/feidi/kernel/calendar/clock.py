"""Clocks 时限: ``{n, unit, starts, stops_when}`` of content, and the day on which one runs out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

from feidi.kernel.calendar.almanac import Almanac, Due, monthly_day
from feidi.kernel.calendar.working_days import almanac


class Unit(StrEnum):
    """How ``n`` counts: working days, calendar days, or the ``n``-th of the month."""

    WORKING = "working"
    CALENDAR = "calendar"
    MONTHLY_DAY = "monthly_day"


class ClockLike(Protocol):
    """What is needed of a clock; the stage engine's own clock fits."""

    @property
    def n(self) -> int:
        """How many, or which day of the month."""
        ...

    @property
    def unit(self) -> str:
        """A value of ``Unit``."""
        ...


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock as content writes it."""

    n: int
    unit: str
    starts: str = ""
    stops_when: str = ""


def due_date(clock: ClockLike, start: date, *, using: Almanac | None = None) -> Due:
    """Return (last day on which the clock is kept, provisional) when it starts on ``start``.

    working: the n-th working day after; calendar: n days after, whatever that day is;
    monthly_day: the next n-th of a month after. Only working days can be provisional.
    """
    match Unit(clock.unit):
        case Unit.WORKING:
            return (using or almanac()).add(start, clock.n)
        case Unit.CALENDAR:
            return Due(start + timedelta(days=clock.n), provisional=False)
        case Unit.MONTHLY_DAY:
            return Due(monthly_day(start, clock.n), provisional=False)
