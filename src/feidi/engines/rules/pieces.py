"""Which rows of a table a whole number that lies in a range can fall into: bands of a scale, years of a table.

Ranges are pairs of whole numbers, both ends inclusive, None open. Rows are asked in order and the first that contains
a value decides, so what one row takes is gone for the next; what no row takes is the rest.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import ceil, floor

from feidi.engines.rules.amounts import Band
from feidi.engines.rules.facts import Interval


def touched(values: Interval, rows: Iterable[Interval]) -> tuple[list[tuple[int, Interval]], bool]:
    """Return the rows that some value falls into, each with the hull of its values, and whether a value falls into none."""
    left, found = [values], []
    for number, row in enumerate(rows):
        taken = [each for each in (_both(piece, row) for piece in left) if not _is_empty(each)]
        if taken:
            found.append((number, Interval(taken[0].lo, taken[-1].hi)))
            left = [rest for piece in left for rest in _without(piece, row)]
    return found, bool(left)


def whole_numbers(band: Band, factor: Fraction, constant: Fraction) -> Interval:
    """Return the whole numbers n for which ``factor · n + constant`` lies in a band. ``factor`` is not 0."""
    lo = None if band.lo is None else (band.lo - constant) / factor
    hi = None if band.hi is None else (band.hi - constant) / factor
    lo_inclusive, hi_inclusive = band.lo_inclusive, band.hi_inclusive
    if factor < 0:
        lo, hi, lo_inclusive, hi_inclusive = hi, lo, hi_inclusive, lo_inclusive
    first = None if lo is None else ceil(lo) if lo_inclusive else floor(lo) + 1
    last = None if hi is None else floor(hi) if hi_inclusive else ceil(hi) - 1
    return Interval(first, last)


def _both(one: Interval, other: Interval) -> Interval:
    lows = [each.lo for each in (one, other) if each.lo is not None]
    highs = [each.hi for each in (one, other) if each.hi is not None]
    return Interval(max(lows, default=None), min(highs, default=None))


def _is_empty(each: Interval) -> bool:
    return each.lo is not None and each.hi is not None and each.lo > each.hi


def _without(piece: Interval, row: Interval) -> list[Interval]:
    """Return what of a piece lies below and above a row."""
    if _is_empty(row):
        return [piece]
    rest = []
    if row.lo is not None:
        rest.append(_both(piece, Interval(None, row.lo - 1)))
    if row.hi is not None:
        rest.append(_both(piece, Interval(row.hi + 1, None)))
    return [each for each in rest if not _is_empty(each)]
