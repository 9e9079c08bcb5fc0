"""Pairs to slots and tables of a matchmaking day: nobody in two places, no slot with more meetings than tables.

A pair is an edge between two firms, a slot a colour. Each edge takes a slot free at both ends; where there is none, one
alternating path of two slots is turned over (König: when every firm is on one side only, as many slots do as the busiest
firm has meetings). Early slots fill first, so that the day ends early; then slots with more meetings than tables give
some to emptier ones along alternating paths. A firm may stand on both sides; then a pair may be left although another order would have seated it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

#: Two firms that meet, the asking one first.
Edge = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a pair meets: slot and table, both from 1."""

    slot: int
    table: int


def seats_for(pairs: Sequence[Edge], *, slots: int, tables: int) -> dict[Edge, Seat]:
    """Return each pair's seat; a pair that is not in the answer found none. Earlier pairs come first.

    >>> seats_for([("甲", "A"), ("乙", "A"), ("乙", "B")], slots=2, tables=2)[("乙", "B")]
    Seat(slot=1, table=2)
    """
    board = _Board(slots, tables)
    for pair in list(dict.fromkeys(pairs))[: slots * tables]:
        board.put(pair)
    board.level()
    found: dict[Edge, Seat] = {}
    for slot in range(1, slots + 1):
        here = [pair for pair in pairs if board.slot_of.get(pair) == slot][:tables]
        found |= {pair: Seat(slot, at) for at, pair in enumerate(dict.fromkeys(here), start=1)}
    return found


class _Board:
    """Who meets whom in which slot, while it is being made."""

    def __init__(self, slots: int, tables: int) -> None:
        self.slots, self._tables = range(1, slots + 1), tables
        self.slot_of: dict[Edge, int] = {}
        self._taken: dict[str, dict[int, Edge]] = {}

    def put(self, pair: Edge) -> None:
        """Give a pair the first slot with a free table, free at both ends; turn one path over where there is none."""
        one, other = (self._taken.setdefault(each, {}) for each in pair)
        if pair[0] == pair[1] or len(one) >= len(self.slots) or len(other) >= len(self.slots):
            return
        both = [slot for slot in self.slots if slot not in one and slot not in other] or self._freed(pair)
        if both:
            self._set(pair, min(both, key=lambda slot: (max(self._size(slot) - self._tables + 1, 0), slot)))

    def _freed(self, pair: Edge) -> list[int]:
        """Return a slot that is free at both ends once a path has been turned over; none where every path closes a ring."""
        one, other = (self._taken[each] for each in pair)
        for mine in (slot for slot in self.slots if slot not in one):
            for theirs in (slot for slot in self.slots if slot not in other):
                path = self._path(pair[1], mine, theirs)
                if not any(pair[0] in edge for edge in path):
                    self._turn(path, mine, theirs)
                    return [mine]
        return []

    def level(self) -> None:
        """Take meetings out of slots that have more of them than there are tables."""
        while True:
            full = max(self.slots, key=self._size)
            empty = min(self.slots, key=self._size)
            if self._size(full) <= self._tables:
                return
            self._turn(self._longer(full, empty), full, empty)

    def _longer(self, full: int, empty: int) -> list[Edge]:
        """Return a path of the two slots with one meeting more in ``full``: there is one, as ``full`` has more in all."""
        for firm, days in self._taken.items():
            if full in days and empty not in days:
                path = self._path(firm, full, empty)
                if len(path) % 2:
                    return path
        message = "two slots of unequal size have a path of unequal parts"  # pragma: no cover - cannot be
        raise AssertionError(message)  # pragma: no cover

    def _path(self, firm: str, first: int, second: int) -> list[Edge]:
        """Return the meetings that hang together from ``firm`` on, in ``first`` and ``second`` by turns."""
        path: list[Edge] = []
        wanted = first
        while edge := self._taken[firm].get(wanted):
            path.append(edge)
            firm = edge[1] if edge[0] == firm else edge[0]
            wanted = second if wanted == first else first
        return path

    def _turn(self, path: Sequence[Edge], first: int, second: int) -> None:
        turned = {edge: second if self.slot_of[edge] == first else first for edge in path}
        for edge in path:
            for firm in edge:
                self._taken[firm].pop(self.slot_of[edge], None)
        for edge, slot in turned.items():
            self._set(edge, slot)

    def _set(self, edge: Edge, slot: int) -> None:
        self.slot_of[edge] = slot
        for firm in edge:
            self._taken[firm][slot] = edge

    def _size(self, slot: int) -> int:
        return sum(1 for each in self.slot_of.values() if each == slot)
