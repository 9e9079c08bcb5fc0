"""How the values of amounts are put together, in whole numbers: the closures that ``compiled_amounts`` is made of.

A value is (lo, hi, bound_by, unstated, missing) in 1/scale hundredths of a yuan; hi is inf without bound. An exact
value waits for nothing and is never unstated.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import inf
from typing import Any as Anything

from feidi.engines.rules.compiling import Ends
from feidi.engines.rules.facts import Interval
from feidi.engines.rules.pieces import touched

Value = tuple[Anything, Anything, tuple[str, ...], str, tuple[str, ...]]
Closure = Callable[[Ends, Ends], Value]
#: Both ends of a sum, and its open facts.
EndsOf = Callable[[Ends, Ends], tuple[Anything, Anything, tuple[str, ...]]]
#: The rows of a table that codes can fall into, whether certainly those, whether maybe none of them.
HeldOf = Callable[[Ends, Ends], tuple[list[int], bool, bool]]
NOTHING: Value = (0, 0, (), "", ())


def constant(value: Value) -> Closure:
    """Return what is always the same value."""
    return lambda _low, _high: value


def settled(lo: Anything, hi: Anything, bound: tuple[str, ...], unstated: str, missing: tuple[str, ...]) -> Value:
    """Return a value that, once exact, waits for nothing."""
    return (lo, hi, bound, "", ()) if lo == hi else (lo, hi, bound, unstated, missing)


def interval_of(lo: Anything, hi: Anything) -> Interval:
    """Return two ends as an interval."""
    return Interval(None if lo == -inf else lo, None if hi == inf else hi)


def _merged(groups: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([each for group in groups for each in group]))


def hull(branches: Sequence[Value], deciding: tuple[str, ...]) -> Value:
    """Return the hull of the branches that can be the one."""
    if len(branches) == 1:
        return branches[0]
    lo, hi = min(each[0] for each in branches), max(each[1] for each in branches)
    bound = tuple(name for name in branches[0][2] if all(name in each[2] for each in branches))
    if lo == hi:
        return lo, hi, bound, "", ()
    unstated = next((each[3] for each in branches if each[3]), "")
    return lo, hi, bound, unstated, _merged([deciding, *(each[4] for each in branches)])


def by_fact(
    place: int, fact: str, rows: Sequence[Interval], closures: Sequence[Closure], *, narrowing: bool
) -> Closure:
    """Return what looks at every row of a table that one number or day can fall into; the first that contains it decides."""
    bounds = [
        (-inf if row.lo is None else row.lo, inf if row.hi is None else row.hi, each)
        for row, each in zip(rows, closures, strict=True)
    ]

    def value(low: Ends, high: Ends) -> Value:
        lo, hi = low[place], high[place]
        if lo == hi:
            for first, last, each in bounds:
                if first <= lo <= last:
                    return each(low, high)
            return NOTHING
        found, outside = touched(interval_of(lo, hi), rows)
        branches = []
        for number, within in found:
            if narrowing:
                low[place] = -inf if within.lo is None else within.lo
                high[place] = inf if within.hi is None else within.hi
            branches.append(closures[number](low, high))
        low[place], high[place] = lo, hi
        return hull([*branches, *([NOTHING] if outside or not branches else [])], (fact,))

    return value


def rows_of_ranks(place: int, rows: Sequence[list[int]]) -> HeldOf:
    """Return what finds the rows of a level: those of every rank it can have."""

    def held(low: Ends, high: Ends) -> tuple[list[int], bool, bool]:
        lo, hi = low[place], high[place]
        if lo == hi:
            return rows[lo], True, False
        ranks = rows[lo : hi + 1]
        return sorted(number for each in ranks for number in each), False, not all(ranks)

    return held


def _left(whole: Anything, taken: Anything) -> Anything:
    return 0 if taken == inf else max(whole - max(taken, 0), 0)


def less(inner: Closure, received: EndsOf) -> Closure:
    """Return what takes from an amount what was received already."""

    def value(low: Ends, high: Ends) -> Value:
        lo, hi, bound, unstated, missing = inner(low, high)
        least, most, waiting = received(low, high)
        return settled(_left(lo, most), _left(hi, least), bound, unstated, _merged([missing, waiting]))

    return value


def capped(
    inner: Closure, cap: Closure,
    used: EndsOf | None, name: tuple[str, ...],
) -> Closure:  # fmt: skip
    """Return what bounds an amount by what is left of a cap."""

    def value(low: Ends, high: Ends) -> Value:
        lo, hi, bound, unstated, missing = inner(low, high)
        least, most, _bound, reason, waiting = cap(low, high)
        if used is not None:
            taken_lo, taken_hi, more = used(low, high)
            least, most, waiting = _left(least, taken_hi), _left(most, taken_lo), (*waiting, *more)
        if lo > most:
            return settled(least, most, name, reason, _merged([waiting]))
        if hi <= least:
            return lo, hi, bound, unstated, missing
        return settled(min(lo, least), min(hi, most), bound, unstated or reason, _merged([missing, waiting]))

    return value


def summed(closures: Sequence[Closure]) -> Closure:
    """Return the sum of the parts."""

    def value(low: Ends, high: Ends) -> Value:
        parts = [each(low, high) for each in closures]
        unstated = next((part[3] for part in parts if part[3]), "")
        return (
            sum([part[0] for part in parts]), sum([part[1] for part in parts]), _merged([part[2] for part in parts]),
            unstated, _merged([part[4] for part in parts]),
        )  # fmt: skip

    return value


def largest(closures: Sequence[Closure]) -> Closure:
    """Return the largest of the parts."""
    return lambda low, high: largest_of([each(low, high) for each in closures])


def largest_of(parts: Sequence[Value]) -> Value:
    """Return the value of the part that certainly is the largest, else what is known of it."""
    if len(parts) < 2:  # noqa: PLR2004 - one part, or none
        return parts[0] if parts else NOTHING
    for number, part in enumerate(parts):
        if all(other[1] <= part[0] for place, other in enumerate(parts) if place != number):
            return part
    return _among(parts, max(part[0] for part in parts), max(part[1] for part in parts))


def smallest(closures: Sequence[Closure]) -> Closure:
    """Return the smallest of the parts."""

    def value(low: Ends, high: Ends) -> Value:
        parts = [each(low, high) for each in closures]
        for number, part in enumerate(parts):
            if all(part[1] <= other[0] for place, other in enumerate(parts) if place != number):
                return part
        if not parts:
            return NOTHING
        return _among(parts, min(part[0] for part in parts), min(part[1] for part in parts))

    return value


def _among(parts: Sequence[Value], lo: Anything, hi: Anything) -> Value:
    """Return what is known of the one among several that nobody can name."""
    unstated = next((part[3] for part in parts if part[3]), "")
    return settled(lo, hi, (), unstated, _merged([part[4] for part in parts]))
