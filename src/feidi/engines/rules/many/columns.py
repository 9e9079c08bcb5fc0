"""Facts as columns: one array for the lower and one for the upper end of what is known, the same one where nothing is
an interval. Numbers, days, ranks and yes (1) or no (0) are whole numbers; a code is its place in the dictionary, a set
of codes a mask of bits.

In a column without intervals an unknown value stands below every value there can be (``blank``), so a question about
what is certain needs no second look; ``unknown`` says where those are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from feidi.engines.rules.facts import FactDef, FactDictionary, Facts, FactType, Interval, Value

Array = NDArray[Any]
Bits = NDArray[np.uint8]

WORD: Final = 64
"""Rows are padded to whole words of this many."""
LEAST: Final = -(2**62)
MOST: Final = 2**62
NUMERIC = (FactType.NUMBER, FactType.DATE, FactType.LEVEL, FactType.YESNO)
_NARROW = (np.int8, np.int16, np.int32, np.int64)
_WIDEST_SET = 62


class FactColumnError(ValueError):
    """A value cannot stand in the column of its fact. ``row`` counts from 0."""

    def __init__(self, code: str, fact: str, row: int | None = None, value: object = None) -> None:
        super().__init__(f"{fact}: {code}" + ("" if row is None else f" in row {row}: {value!r}"))
        self.code, self.fact, self.row, self.value = code, fact, row, value


@dataclass(frozen=True, slots=True)
class Column:
    """One fact of many subjects, padded to whole words.

    ``lo``, ``hi``   the ends; one and the same array unless some value is an interval. In a column with intervals an
                     end that nothing bounds is ``LEAST`` or ``MOST`` of its type
    ``unknown``      where nothing is known, packed, first row in the highest bit; None: nowhere
    ``least``, ``most``   no value of the column, and no value of the fact, lies outside (None: no bound is declared)
    ``measured``     the least and the greatest value that do stand here
    """

    lo: Array
    hi: Array
    unknown: Bits | None
    least: int | None
    most: int | None
    measured: tuple[int, int]

    @property
    def has_intervals(self) -> bool:
        """Whether some value is an interval."""
        return self.lo is not self.hi

    def take(self, rows: Array) -> Column:
        """Return the column of some rows, in their order, padded."""
        lo = _padded(self.lo[rows])
        hi = _padded(self.hi[rows]) if self.has_intervals else lo
        return replace(self, lo=lo, hi=hi, unknown=None if self.unknown is None else np.packbits(lo == self.blank))

    @property
    def blank(self) -> int:
        """What stands for an unknown value where no value is an interval."""
        return LEAST if self.least is None else self.least - 1


@dataclass(frozen=True, slots=True)
class Columns:
    """What is known of ``n`` subjects, by fact; a fact without a column is unknown of all of them."""

    n: int
    by_fact: Mapping[str, Column]

    def take(self, rows: Array) -> Columns:
        """Return some rows, in their order: what has changed, to be looked at again."""
        return Columns(len(rows), {fact: column.take(rows) for fact, column in self.by_fact.items()})


def padded_length(n: int) -> int:
    """Return a number of rows as whole words."""
    return -(-n // WORD) * WORD


def _padded(values: Array) -> Array:
    length = padded_length(len(values))
    if length == len(values):
        return values
    return np.concatenate([values, np.zeros(length - len(values), dtype=values.dtype)])


# -- out of single facts ----------------------------------------------------------------------------------------------


def columns_of(rows: Sequence[Facts], dictionary: FactDictionary) -> Columns:
    """Return the facts of many subjects as columns. Raises ``FactColumnError`` for a value that its fact cannot have."""
    named = sorted({fact for row in rows for fact in row if fact in dictionary})
    return Columns(len(rows), {fact: _column([row.get(fact) for row in rows], dictionary[fact]) for fact in named})


def _column(values: Sequence[Value | None], definition: FactDef) -> Column:
    if definition.type in {FactType.CODE, FactType.CODES}:
        return code_column(_codes(values, definition), definition)
    lows, highs = [], []
    for row, value in enumerate(values):
        reach = _numeric(value, definition, row)
        lows.append(reach.lo)
        highs.append(reach.hi)
    return number_column(_whole(lows, definition), _whole(highs, definition), definition)


def _whole(values: Iterable[int | None], definition: FactDef) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    listed = list(values)
    for row, value in enumerate(listed):
        if value is not None and not LEAST < value < MOST:
            raise FactColumnError("out_of_range", definition.id, row, value)
    bounded = np.array([value is not None for value in listed], dtype=bool)
    return np.array([0 if value is None else value for value in listed], dtype=np.int64), bounded


def _numeric(value: Value | None, definition: FactDef, row: int) -> Interval:
    if value is None:
        return Interval(None, None)
    if definition.type is FactType.YESNO and isinstance(value, bool):
        return Interval(int(value), int(value))
    if definition.type is not FactType.YESNO and isinstance(value, Interval):
        return value
    raise FactColumnError("wrong_type", definition.id, row, value)


def _codes(values: Sequence[Value | None], definition: FactDef) -> NDArray[np.int64]:
    """Return the place of each code, or the mask of each set; -1: unknown."""
    places = {code: place for place, code in enumerate(definition.codes)}
    found = np.full(len(values), -1, dtype=np.int64)
    for row, value in enumerate(values):
        if value is None:
            continue
        if isinstance(value, frozenset) is not (definition.type is FactType.CODES) or not isinstance(
            value, str | frozenset
        ):
            raise FactColumnError("wrong_type", definition.id, row, value)
        codes = value if isinstance(value, frozenset) else {value}
        if not codes <= places.keys():
            raise FactColumnError("unknown_code", definition.id, row, ",".join(sorted(codes - places.keys())))
        found[row] = sum(1 << places[code] for code in codes) if isinstance(value, frozenset) else places[str(value)]
    return found


# -- out of arrays ----------------------------------------------------------------------------------------------------


def code_column(values: Array, definition: FactDef) -> Column:
    """Return a column of codes (their places) or sets (masks of bits); below 0: unknown."""
    most = 2 ** len(definition.codes) - 1 if definition.type is FactType.CODES else len(definition.codes) - 1
    if len(definition.codes) > _WIDEST_SET and definition.type is FactType.CODES:
        raise FactColumnError("too_many_codes", definition.id)
    lo = _padded(values.astype(narrowest(-1, most), copy=False))
    unknown = np.packbits(lo < 0) if bool((values < 0).any()) else None
    return Column(lo, lo, unknown, 0, most, (0, most))


def number_column(
    lows: tuple[Array, NDArray[np.bool_]],
    highs: tuple[Array, NDArray[np.bool_]] | None,
    definition: FactDef,
) -> Column:
    """Return a column of numbers, days, ranks, yes and no. Raises ``FactColumnError`` for one outside the declared range.

    ``lows``, ``highs``   values with where there are any; ``highs`` None: every value that is known is exact
    """
    declared = Interval(0, 1) if definition.type is FactType.YESNO else definition.range
    low, has_low = lows
    measured = _measured(low, has_low, declared, definition)
    if highs is None or bool((has_low & highs[1] & (low == highs[0]) | ~(has_low | highs[1])).all()):
        return _exact_column(low, has_low, declared, measured)
    high, has_high = highs
    above = _measured(high, has_high, declared, definition)
    if bool((has_low & has_high & (low > high)).any()):
        row = int(np.argmax(has_low & has_high & (low > high)))
        raise FactColumnError("crossed", definition.id, row, f"{low[row]}..{high[row]}")
    measured = min(measured[0], above[0]), max(measured[1], above[1])
    lo = _padded(np.where(has_low, low, LEAST if declared.lo is None else declared.lo).astype(np.int64))
    hi = _padded(np.where(has_high, high, MOST if declared.hi is None else declared.hi).astype(np.int64))
    return Column(lo, hi, None, declared.lo, declared.hi, measured)


def _exact_column(values: Array, known: NDArray[np.bool_], declared: Interval, measured: tuple[int, int]) -> Column:
    whole = bool(known.all())
    blank = LEAST if declared.lo is None else declared.lo - 1
    kind = np.int64 if declared.lo is None or declared.hi is None else narrowest(blank, declared.hi)
    # what stands where nothing is known may be anything, and goes away
    typed = values.astype(kind, copy=False)
    lo = _padded(typed if whole else np.where(known, typed, kind(blank)))
    unknown = None if whole else np.packbits(_padded(~known))
    return Column(lo, lo, unknown, declared.lo, declared.hi, measured)


def _measured(values: Array, there: NDArray[np.bool_], declared: Interval, definition: FactDef) -> tuple[int, int]:
    """Return the least and greatest value, which must lie in the declared range."""
    if not bool(there.any()):
        return 0, 0
    first = int(np.argmax(there))
    inside = values if bool(there.all()) else np.where(there, values, values[first])
    least, most = int(inside.min()), int(inside.max())
    floor = LEAST + 1 if declared.lo is None else declared.lo
    ceiling = MOST - 1 if declared.hi is None else declared.hi
    if least < floor or most > ceiling:
        row = int(np.argmax(there & ((values < floor) | (values > ceiling))))
        raise FactColumnError("out_of_range", definition.id, row, int(values[row]))
    return least, most


def narrowest(least: int, most: int) -> type[np.signedinteger[Any]]:
    """Return the smallest type of whole numbers that holds both and more."""
    for kind in _NARROW:
        info = np.iinfo(kind)
        if info.min <= least and most <= info.max:
            return kind
    return np.int64


def unknown_column(n: int, definition: FactDef) -> Column:
    """Return the column of a fact that nobody knows of anybody."""
    if definition.type in {FactType.CODE, FactType.CODES}:
        return code_column(np.full(n, -1, dtype=np.int8), definition)
    return number_column((np.zeros(n, dtype=np.int8), np.zeros(n, dtype=bool)), None, definition)
