"""Hard facts, three-valued, for many offers at once: a fact that the need states is met, is not, or is not known.

A coded fact is looked at once for each different value and then read off by code; ranges and days are compared as columns.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import numpy as np

from feidi.engines.affinity.columns import Columns, Value
from feidi.engines.affinity.facts import NO, UNKNOWN, YES, Facts, Span, Ticket
from feidi.engines.affinity.folding import Array
from feidi.engines.affinity.kernels import loops_for
from feidi.engines.affinity.places import lies_in

Answers = Callable[[Columns, Array], Array]
#: Every check, in the order in which they are told.
ORDER: Final[tuple[str, ...]] = ("kind", "mandate", "located", "stage", "round", "ticket", "expiry", "exclusivity", "opening", "area",
               "load", "price", "environment")  # fmt: skip
#: One stage off still passes (and counts half in the score).
STAGE_SLACK: Final = 1.0


@dataclass(frozen=True, slots=True)
class Check:
    """One hard fact: its name, the facts of offer and need that it compares, and the answers for rows of a segment."""

    name: str
    fact: str
    asked: str
    answers: Answers = field(compare=False)


def checks_of(need: Facts, on: date | None) -> list[Check]:
    """Return the hard facts that a need asks for, in the order in which they are told."""
    coded: list[tuple[str, str, str, Callable[[Value], bool]]] = []
    if need.kinds is not None:
        coded.append(("kind", "kinds", "kinds", _overlaps(need.kinds)))
    if need.place is not None:
        coded.append(("mandate", "regions", "place", _serves(need.place)))
    if need.regions is not None:
        coded.append(("located", "place", "regions", _stands_in(need.regions)))
    checks = [
        Check(name, fact, asked, _by_code(name, fact, getattr(need, asked), holds))
        for name, fact, asked, holds in coded
    ]
    if need.stages is not None:
        checks.append(Check("stage", "stages", "stages", _by_ends("stages", need.stages, STAGE_SLACK)))
    if need.rounds is not None:
        checks.append(
            Check("round", "rounds", "rounds", _by_code("round", "rounds", need.rounds, _overlaps(need.rounds)))
        )
    if need.ticket is not None:
        checks.append(Check("ticket", "ticket", "ticket", _by_money("ticket", need.ticket)))
    return [*checks, *_by_days(need, on), *_of_sites(need)]


def _by_days(need: Facts, on: date | None) -> list[Check]:
    checks = []
    if on is not None:
        checks.append(Check("expiry", "expires_on", "on", _by_day("expires_on", on.toordinal(), later=True)))
        bound = on.toordinal() - 1
        checks.append(Check("exclusivity", "exclusive_until", "on", _by_day("exclusive_until", bound, later=False)))
    if need.open_from is not None:
        needed = need.open_from.toordinal()
        checks.append(Check("opening", "open_from", "open_from", _by_day("open_from", needed, later=False)))
    return checks


def _of_sites(need: Facts) -> list[Check]:
    checks = []
    if need.area is not None:
        checks.append(Check("area", "area", "area", _by_ends("area", need.area, 0)))
    if need.load is not None:
        checks.append(Check("load", "load", "load", _by_ends("load", need.load, 0)))
    if need.price is not None:
        checks.append(Check("price", "price", "price", _by_money("price", need.price)))
    if need.environment is not None:
        needed = need.environment
        holds = _by_code("environment", "environment", needed, lambda value: needed <= frozenset(value))
        checks.append(Check("environment", "environment", "environment", holds))
    return checks


def _overlaps(wanted: frozenset[str]) -> Callable[[Value], bool]:
    return lambda value: not wanted.isdisjoint(value)


def _serves(place: str) -> Callable[[Value], bool]:
    return lambda mandate: any(lies_in(place, each) for each in mandate)


def _stands_in(regions: frozenset[str]) -> Callable[[Value], bool]:
    return lambda place: any(lies_in(str(place), each) for each in regions)


def _by_code(name: str, fact: str, asked: Hashable, holds: Callable[[Value], bool]) -> Answers:
    def answers(columns: Columns, rows: Array) -> Array:
        coded = columns.coded.get(fact)
        if coded is None:
            return np.full(len(rows), UNKNOWN, np.int8)
        table = coded.table((name, asked), lambda value: YES if holds(value) else NO, UNKNOWN)
        loops = loops_for(len(coded.codes))
        if loops:
            return np.asarray(loops.by_code(table, coded.codes, rows))
        return table[coded.codes[rows]].astype(np.int8)

    return answers


def gap(low: Array, high: Array, needed: Span | Ticket) -> Array:
    """Return how far ranges are from the needed one, 0 where they meet; NaN where not known."""
    least, most = _bounds(needed)
    return np.maximum(np.maximum(low - most, least - high), np.where(np.isnan(low), np.nan, 0))


def _bounds(needed: Span | Ticket) -> tuple[float, float]:
    return (
        -math.inf if needed.low is None else float(needed.low),
        math.inf if needed.high is None else float(needed.high),
    )


def _by_ends(fact: str, needed: Span | Ticket, slack: float) -> Answers:
    def answers(columns: Columns, rows: Array) -> Array:
        ends = columns.ends.get(fact)
        if ends is None:
            return np.full(len(rows), UNKNOWN, np.int8)
        loops = loops_for(len(ends.low))
        if loops:
            return np.asarray(loops.by_ends(ends.low, ends.high, *_bounds(needed), slack, rows))
        far = gap(ends.low[rows], ends.high[rows], needed)
        return np.where(np.isnan(far), UNKNOWN, np.where(far <= slack, YES, NO)).astype(np.int8)

    return answers


def _by_money(fact: str, needed: Ticket) -> Answers:
    def answers(columns: Columns, rows: Array) -> Array:
        found = _by_ends(fact, needed, 0)(columns, rows)
        found[~same_currency(columns, fact, needed, rows)] = UNKNOWN
        return found

    return answers


def same_currency(columns: Columns, fact: str, needed: Ticket, rows: Array) -> Array:
    """Tell where amounts can be compared: both currencies are known and the same."""
    coded = columns.coded.get(f"{fact}_currency")
    if coded is None or needed.currency is None:
        return np.zeros(len(rows), np.bool_)
    worth = coded.worth(rows, ("currency", needed.currency), lambda value: value == needed.currency, 0)
    return worth.astype(np.bool_)


def _by_day(fact: str, needed: int, *, later: bool) -> Answers:
    def answers(columns: Columns, rows: Array) -> Array:
        column = columns.days.get(fact)
        if column is None:
            return np.full(len(rows), UNKNOWN, np.int8)
        loops = loops_for(len(column))
        if loops:
            return np.asarray(loops.by_day(column, needed, later, rows))
        days = column[rows]
        holds = days >= needed if later else days <= needed
        return np.where(days == 0, UNKNOWN, np.where(holds, YES, NO)).astype(np.int8)

    return answers


def looked_at(checks: Sequence[Check], columns: Columns, rows: Array) -> Array:
    """Return the answers: checks by rows."""
    if not checks:
        return np.zeros((0, len(rows)), np.int8)
    return np.stack([check.answers(columns, rows) for check in checks])


def passing_of(checks: Sequence[Check], columns: Columns, rows: Array) -> Array:
    """Return the places of the rows that fail none; each check is asked only of those that passed the ones before."""
    passing = np.arange(len(rows))
    for check in checks:
        passing = passing[check.answers(columns, rows[passing]) != NO]
    return passing
