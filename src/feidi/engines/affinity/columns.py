"""Facts of many offers as columns. Unknown is code 0, day 0 or NaN; a fact that nobody states has no column."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import numpy as np

from feidi.engines.affinity.facts import Facts, Span, Ticket
from feidi.engines.affinity.folding import Array

Value = str | frozenset[str]
#: Facts that are one of few different values (sets or texts), ranges, ranges of money, days, and numbers.
CODED: Final = ("kinds", "nodes", "place", "regions", "rounds", "environment")
SPANS: Final = ("stages", "area", "load")
TICKETS: Final = ("ticket", "price")
DAYS: Final = ("exclusive_until", "expires_on", "open_from", "updated_on")
NUMBERS: Final = ("evidence",)
_KEPT: Final = 200


@dataclass(frozen=True, slots=True)
class Coded:
    """``codes`` by offer, 0 unknown; ``values[code - 1]`` what it means.

    ``worths`` keeps what the values are worth to something asked, so that they are looked at once and not for each need.
    """

    codes: Array
    values: tuple[Value, ...]
    worths: dict[Hashable, Array] = field(default_factory=dict, compare=False, repr=False)

    def worth(self, rows: Array, asked: Hashable, look: Callable[[Value], float], unknown: float) -> Array:
        """Return what the offers' values are worth by ``look``, which depends on ``asked`` alone; ``unknown`` where not known."""
        found: Array = self.table(asked, look, unknown)[self.codes[rows]]
        return found

    def table(self, asked: Hashable, look: Callable[[Value], float], unknown: float) -> Array:
        """Return the same by code."""
        table = self.worths.get(asked)
        if table is None:
            table = np.array([unknown, *map(look, self.values)], np.float64)
            if len(self.worths) >= _KEPT:
                self.worths.clear()
            self.worths[asked] = table
        return table


@dataclass(frozen=True, slots=True)
class Ends:
    """A range by offer: NaN both ends unknown, infinite an open end."""

    low: Array
    high: Array


@dataclass(frozen=True, slots=True)
class Columns:
    """The facts that somebody states, by name; a ticket's currency is the coded column ``<name>_currency``."""

    coded: Mapping[str, Coded]
    ends: Mapping[str, Ends]
    days: Mapping[str, Array]
    numbers: Mapping[str, Array]

    def facts(self, row: int) -> Facts:
        """Return the facts of one offer as they were given."""
        names = [*self.coded, *self.ends, *self.days, *self.numbers]
        return Facts(**{name: self.fact(name, row) for name in names if not name.endswith("_currency")})

    def fact(self, name: str, row: int) -> Any:
        """Return one fact of one offer as it was given; None when it is not known."""
        return self.given(name, np.array([row]))[0]

    def given(self, name: str, rows: Array) -> list[Any]:
        """Return one fact of some offers as it was given; None where it is not known."""
        if name in self.coded:
            values = self.coded[name].values
            return [values[code - 1] if code else None for code in self.coded[name].codes[rows].tolist()]
        if name in self.ends:
            ends = self.ends[name].low[rows].tolist(), self.ends[name].high[rows].tolist()
            currencies = self.given(f"{name}_currency", rows) if name in TICKETS else [None] * len(rows)
            return [_range(name, *each) for each in zip(*ends, currencies, strict=True)]
        if name in self.days:
            return [date.fromordinal(day) if day else None for day in self.days[name][rows].tolist()]
        numbers = self.numbers[name][rows].tolist() if name in self.numbers else [math.nan] * len(rows)
        return [None if math.isnan(number) else number for number in numbers]


def _range(name: str, low: float, high: float, currency: str | None) -> Span | Ticket | None:
    if math.isnan(low):
        return None
    least, most = (None if math.isinf(end) else end for end in (low, high))
    if name not in TICKETS:
        return Span(least, most)
    return Ticket(None if least is None else int(least), None if most is None else int(most), currency)


@dataclass(slots=True)
class _Gathering:
    """One column while offers come in: what was given, block by block; None for a block where nobody states it."""

    blocks: list[Array | None] = field(default_factory=list)
    codes: dict[Any, int] = field(default_factory=dict)

    def coded(self, values: Sequence[Any]) -> None:
        codes = self.codes
        fresh = [0 if each is None else codes.setdefault(each, len(codes) + 1) for each in values]
        self.blocks.append(np.array(fresh, np.int32))

    def whole(self, sizes: Sequence[int], unknown: float, kind: Any) -> Array:
        parts = [
            np.full(size, unknown, kind) if block is None else block
            for size, block in zip(sizes, self.blocks, strict=True)
        ]
        return np.concatenate(parts) if parts else np.zeros(0, kind)

    @property
    def stated(self) -> bool:
        return any(block is not None for block in self.blocks)


class ColumnsMaker:
    """Makes columns of facts that come in by blocks."""

    def __init__(self) -> None:
        self._sizes: list[int] = []
        names = [*CODED, *DAYS, *NUMBERS]
        for name in (*SPANS, *TICKETS):
            names += [f"{name}.low", f"{name}.high"]
        names += [f"{name}_currency" for name in TICKETS]
        self._columns = {name: _Gathering() for name in names}

    def add(self, facts: Sequence[Facts]) -> None:
        """Add the facts of the next offers."""
        self._sizes.append(len(facts))
        for name in (*CODED, *SPANS, *TICKETS, *DAYS, *NUMBERS):
            values = [getattr(each, name) for each in facts]
            given = any(each is not None for each in values)
            self._add(name, values if given else None)

    def _add(self, name: str, values: list[Any] | None) -> None:
        if name in CODED:
            self._coded(name, values)
        elif name in DAYS:
            days = None if values is None else np.array([0 if v is None else v.toordinal() for v in values], np.int32)
            self._columns[name].blocks.append(days)
        elif name in NUMBERS:
            numbers = None if values is None else np.array([np.nan if v is None else v for v in values])
            self._columns[name].blocks.append(numbers)
        else:
            self._ends(name, values)

    def _coded(self, name: str, values: list[Any] | None) -> None:
        if values is None:
            self._columns[name].blocks.append(None)
        else:
            self._columns[name].coded(values)

    def _ends(self, name: str, values: list[Any] | None) -> None:
        if values is None:
            low = high = None
        else:
            low = np.array([np.nan if v is None else -np.inf if v.low is None else v.low for v in values])
            high = np.array([np.nan if v is None else np.inf if v.high is None else v.high for v in values])
        self._columns[f"{name}.low"].blocks.append(low)
        self._columns[f"{name}.high"].blocks.append(high)
        if name in TICKETS:
            currencies = None if values is None else [None if v is None else v.currency for v in values]
            self._coded(f"{name}_currency", currencies)

    def made(self) -> Columns:
        """Return the columns."""
        stated = {name: each for name, each in self._columns.items() if each.stated}
        currencies = tuple(f"{name}_currency" for name in TICKETS)
        return Columns(
            coded={
                name: Coded(stated[name].whole(self._sizes, 0, np.int32), tuple(stated[name].codes))
                for name in (*CODED, *currencies)
                if name in stated
            },
            ends={
                name: Ends(*(stated[f"{name}.{end}"].whole(self._sizes, np.nan, np.float64) for end in ("low", "high")))
                for name in (*SPANS, *TICKETS)
                if f"{name}.low" in stated
            },
            days={name: stated[name].whole(self._sizes, 0, np.int32) for name in DAYS if name in stated},
            numbers={name: stated[name].whole(self._sizes, np.nan, np.float64) for name in NUMBERS if name in stated},
        )
