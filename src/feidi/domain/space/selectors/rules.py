"""The rules of booking as content gives them, and what the calendar says of a day."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from fractions import Fraction
from typing import Any, Final

from feidi.domain.parties.models import Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.engines.slots import DayKind, Hours, Interval, Opening, open_between
from feidi.kernel.calendar.working_days import almanac
from feidi.kernel.content.library import read

BOOKING: Final = "enclave/booking.yaml"
_SATURDAY: Final = 5


@dataclass(frozen=True, slots=True)
class BookingRules:
    """What holds for bookings at an outpost. None: no such limit (``release_minutes`` None: nobody checks in).

    ``hours_per_week`` and ``most_hours`` are hours of one organization; the outpost's own people are not limited.
    """

    hours: Mapping[str, Hours]
    hour_names: Mapping[str, str]
    slot_minutes: int
    days_ahead: int | None
    hours_per_week: Fraction | None
    most_hours: Fraction | None
    release_minutes: int | None
    home_firms: bool
    source: str


def rules_of(outpost: Outpost) -> BookingRules:
    """Return the newest published rules of the outpost's home, or those that it inherits."""
    data = read(outpost.home.code, BOOKING, on=None).data
    return BookingRules(
        hours={code: _hours(raw) for code, raw in data["hours"].items()},
        hour_names={code: raw["label"]["zh"] for code, raw in data["hours"].items()},
        slot_minutes=data["slot_minutes"],
        days_ahead=data["days_ahead"],
        hours_per_week=_fraction(data["hours_per_week"]),
        most_hours=_fraction(data["most_hours"]),
        release_minutes=data["release_minutes"],
        home_firms=data["home_firms"],
        source=data["source"],
    )


def day_kinds() -> Callable[[date], DayKind]:
    """Return what the working calendar says of each day. One small query, then memory."""
    present = almanac()

    def kind(day: date) -> DayKind:
        if present.is_working(day):
            return DayKind.MAKEUP if day.weekday() >= _SATURDAY else DayKind.PLAIN
        named = day in present.special
        return DayKind.HOLIDAY if named or day.weekday() < _SATURDAY else DayKind.PLAIN

    return kind


def opening_of(rules: BookingRules, codes: Sequence[str], span: Interval) -> dict[str, tuple[Interval, ...]]:
    """Return what is open within ``span``, by code of opening hours; a code that content does not know is closed."""
    kinds = day_kinds()
    return {
        code: open_between(rules.hours[code], span, kinds, SHANGHAI) if code in rules.hours else ()
        for code in dict.fromkeys(codes)
    }


def _hours(raw: Mapping[str, Any]) -> Hours:
    workdays = _openings(raw["workdays"])
    return Hours(
        weekly=(*(workdays,) * _SATURDAY, _openings(raw["saturday"]), _openings(raw["sunday"])),
        holiday=_openings(raw["holiday"]),
        makeup=None if raw["makeup"] is None else _openings(raw["makeup"]),
    )


def _openings(texts: Sequence[str]) -> tuple[Opening, ...]:
    halves = (text.partition("-") for text in texts)
    return tuple(Opening(time.fromisoformat(opens), time.fromisoformat(closes)) for opens, _, closes in halves)


def _fraction(value: float | None) -> Fraction | None:
    return None if value is None else Fraction(str(value))
