"""The five factors as intervals 0 ≤ lo ≤ hi ≤ 1: every value that the missing facts still allow lies within."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

from feidi.engines.resonance.model import Amount, Mandate, Window

Interval = tuple[float, float]
UNKNOWN: Final[Interval] = (0.0, 1.0)
ONE: Final[Interval] = (1.0, 1.0)
#: What a neighbouring round counts.
NEIGHBOUR: Final = 0.5


def sector_interval(ours: Mapping[str, float] | None, theirs: Mapping[str, float] | None) -> Interval:
    """Return the cosine of two weightings; unknown when one is missing or has no weight above 0.

    >>> sector_interval({"医药": 1.0}, {"医药": 3.0}), sector_interval({"医药": 1.0}, {"陶瓷": 1.0})
    ((1.0, 1.0), (0.0, 0.0))
    """
    if not any((ours or {}).values()) or not any((theirs or {}).values()):
        return UNKNOWN
    ours, theirs = unit(ours or {}), unit(theirs or {})
    value = min(1.0, math.fsum(weight * theirs[sector] for sector, weight in ours.items() if sector in theirs))
    return value, value


def unit(sectors: Mapping[str, float]) -> dict[str, float]:
    """Return the weights brought to length 1; only where one is above 0."""
    length = math.hypot(*sectors.values())
    return {sector: weight / length for sector, weight in sectors.items()}


def stage_interval(ours: frozenset[str] | None, theirs: str | None, stages: Sequence[str]) -> Interval:
    """Return 1 for a round the investor joins, ½ for a neighbour of one, else 0."""
    if not ours or theirs is None:
        return UNKNOWN
    value = stage_value(ours, stages.index(theirs), stages)
    return value, value


def stage_value(ours: frozenset[str], at: int, stages: Sequence[str]) -> float:
    """Return what the round at a place of the list counts for an investor of some rounds."""
    distance = min(abs(stages.index(each) - at) for each in ours)
    return 1.0 if distance == 0 else NEIGHBOUR if distance == 1 else 0.0


def comparable(ticket: Amount | None, ask: Amount | None) -> bool:
    """Tell whether both are amounts of one known currency."""
    return ticket is not None and ask is not None and ticket.currency is not None and ticket.currency == ask.currency


def ticket_interval(ticket: Amount | None, ask: Amount | None) -> Interval:
    """Return the share of the ask that one cheque covers: min(1, largest cheque / ask), 0 below the smallest cheque.

    >>> ticket_interval(Amount(100, 400), Amount(500, 500)), ticket_interval(Amount(100, 400), Amount(50, 50))
    ((0.8, 0.8), (0.0, 0.0))
    >>> ticket_interval(Amount(100, None), Amount(200, 200)), ticket_interval(Amount(1, 9, "USD"), Amount(5, 5))
    ((0.5, 1.0), (0.0, 1.0))
    """
    if ticket is None or ask is None or not comparable(ticket, ask):
        return UNKNOWN
    return _least_covered(ticket, ask), _most_covered(ticket, ask)


def _most_covered(ticket: Amount, ask: Amount) -> float:
    """The smallest possible ask that is no smaller than the smallest cheque, against the largest possible cheque."""
    least = max(ask.lo_fen or 0, ticket.lo_fen or 0)
    if ask.hi_fen is not None and least > ask.hi_fen:
        return 0.0
    if ticket.hi_fen is None or 0 < least <= ticket.hi_fen:
        return 1.0
    if ticket.hi_fen == 0:
        return 0.0
    return 1.0 if least == 0 else ticket.hi_fen / least


def _least_covered(ticket: Amount, ask: Amount) -> float:
    """The largest possible ask against the smallest largest cheque; 0 when the ask may be too small for a cheque."""
    smallest = ticket.lo_fen if ticket.lo_fen is not None else ticket.hi_fen
    largest = ticket.hi_fen if ticket.hi_fen is not None else ticket.lo_fen
    if smallest is None or largest is None or ask.hi_fen is None or (ask.lo_fen or 0) < smallest:
        return 0.0
    return min(1.0, largest / ask.hi_fen)


def region_interval(mandate: Mandate | None, places: frozenset[str] | None) -> Interval:
    """Return 1 where the project's landing counts for the mandate (返投), else the share of the money left that is free.

    >>> region_interval(Mandate(frozenset({"440600"}), 0.6), frozenset({"440300"}))
    (0.4, 0.4)
    """
    if mandate is None:
        return UNKNOWN
    if mandate.bound == 0 or (places is not None and places & mandate.places):
        return ONE
    free = 0.0 if mandate.bound is None else 1 - mandate.bound
    outside = places is not None and bool(mandate.places)
    return free, 1.0 if mandate.bound is None or not outside else free


def window_interval(ours: Window | None, theirs: Window | None) -> Interval:
    """Return the share of the project's days on which the investor invests.

    An end that is not known leaves an interval; with an end of the project's own not known a wide one.
    """
    if ours is None or theirs is None:
        return UNKNOWN
    return days_interval(_ordinals(ours), _ordinals(theirs))


def _ordinals(window: Window) -> tuple[float, float]:
    """Return both ends as days, ∓∞ where not known."""
    start = -math.inf if window.start is None else window.start.toordinal()
    return start, math.inf if window.end is None else window.end.toordinal()


def days_interval(ours: tuple[float, float], theirs: tuple[float, float]) -> Interval:
    """Return the same from days; an infinite end is one that is not known."""
    start, end = theirs
    if ours[1] < start or ours[0] > end:
        return 0.0, 0.0
    if math.isinf(start) or math.isinf(end):
        return UNKNOWN
    days = end - start + 1
    most = min(ours[1], end) - max(ours[0], start) + 1
    return _sure_days(ours, theirs, most) / days, most / days


def _sure_days(ours: tuple[float, float], theirs: tuple[float, float], most: float) -> float:
    """Return the days that overlap whatever the investor's unknown end is: at least the one known day, if it falls in."""
    open_ends = [math.isinf(each) for each in ours]
    if not any(open_ends):
        return most
    if all(open_ends):
        return 0.0
    known = ours[0] if open_ends[1] else ours[1]
    return 1.0 if theirs[0] <= known <= theirs[1] else 0.0
