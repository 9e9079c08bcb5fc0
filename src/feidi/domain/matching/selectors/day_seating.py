"""Pairs to slots and tables of a matchmaking day: nobody in two places, no slot with more meetings than tables.

A pair is an edge between two firms, a slot a colour. Each edge takes a slot free at both ends; where there is none, one
alternating path of two slots is turned over (König: when every firm is on one side only, as many slots do as the busiest
firm has meetings). Early slots fill first, so that the day ends early; then slots with more meetings than tables give
some to emptier ones along alternating paths. A firm may stand on both sides; then a pair may be left although another order would have seated it.
Seats that are taken and hours at which a firm is elsewhere stand fast: no path is turned into them, and the last pair of
a slot that stays too full is left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

#: Two firms that meet, the asking one first.
Edge = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a pair meets: slot and table, both from 1."""

    slot: int
    table: int


def seats_for(
    pairs: Sequence[Edge],
    *,
    slots: int,
    tables: int,
    taken: Collection[tuple[int, int]] = (),
    busy: Collection[tuple[int, str]] = (),
) -> dict[Edge, Seat]:
    """Return each pair's seat; a pair that is not in the answer found none. Earlier pairs come first.

    ``taken``: (slot, table) that are given already; ``busy``: (slot, firm) that sits there or is elsewhere then.

    >>> seats_for([("甲", "A"), ("乙", "A"), ("乙", "B")], slots=2, tables=2)[("乙", "B")]
    Seat(slot=1, table=2)
    """
    board = _Board(slots, tables, Counter(slot for slot, _table in taken), frozenset(busy))
    wanted = dict.fromkeys(pairs)
    for pair in list(wanted)[: slots * tables]:
        board.put(pair)
    board.level()
    # of the first ones some found no slot (a firm with more meetings than the day has slots): later ones take their seats
    for pair in wanted:
        if pair not in board.slot_of:
            board.fit(pair)
    found: dict[Edge, Seat] = {}
    for slot in range(1, slots + 1):
        free = [table for table in range(1, tables + 1) if (slot, table) not in taken]
        here = dict.fromkeys(pair for pair in pairs if board.slot_of.get(pair) == slot)
        found |= {pair: Seat(slot, at) for pair, at in zip(here, free, strict=False)}
    return found


class _Board:
    """Who meets whom in which slot, while it is being made."""

    def __init__(self, slots: int, tables: int, given: Counter[int], busy: frozenset[tuple[int, str]]) -> None:
        self.slots, self._tables, self._given, self._busy = range(1, slots + 1), tables, given, busy
        self.slot_of: dict[Edge, int] = {}
        self._taken: dict[str, dict[int, Edge]] = {}

    def put(self, pair: Edge) -> None:
        """Give a pair the first slot with a free table, free at both ends; turn one path over where there is none."""
        for each in pair:
            self._taken.setdefault(each, {})
        if pair[0] == pair[1] or not all(self._free(each) for each in pair):
            return
        both = [slot for slot in self._free(pair[0]) if slot in self._free(pair[1])] or self._freed(pair)
        if both:
            self._set(pair, min(both, key=lambda slot: (max(self._size(slot) - self._tables + 1, 0), slot)))

    def fit(self, pair: Edge) -> None:
        """Give a pair the first slot that is free at both ends and has a table; nobody is moved for it."""
        for each in pair:
            self._taken.setdefault(each, {})
        both = [slot for slot in self._free(pair[0]) if slot in self._free(pair[1]) and self._size(slot) < self._tables]
        if both and pair[0] != pair[1]:
            self._set(pair, both[0])

    def _freed(self, pair: Edge) -> list[int]:
        """Return a slot that is free at both ends once a path has been turned over; none where every path closes a ring."""
        for mine in self._free(pair[0]):
            for theirs in self._free(pair[1]):
                path = self._path(pair[1], mine, theirs)
                fits = (mine, pair[1]) not in self._busy and self._turnable(path, mine, theirs)
                if fits and not any(pair[0] in edge for edge in path):
                    self._turn(path, mine, theirs)
                    return [mine]
        return []

    def _free(self, firm: str) -> list[int]:
        """Return the slots in which a firm sits nowhere and is not elsewhere."""
        return [slot for slot in self.slots if slot not in self._taken[firm] and (slot, firm) not in self._busy]

    def _turnable(self, path: Sequence[Edge], first: int, second: int) -> bool:
        """Tell whether nobody on a path would come to sit where it is elsewhere."""
        return not any(
            (second if self.slot_of[edge] == first else first, firm) in self._busy for edge in path for firm in edge
        )

    def level(self) -> None:
        """Take meetings out of slots that have more of them than there are tables."""
        while self._size(full := max(self.slots, key=self._size)) > self._tables:
            emptier = [slot for slot in sorted(self.slots, key=self._size) if self._size(slot) < self._tables]
            turned = next(((path, slot) for slot in emptier if (path := self._longer(full, slot))), None)
            if turned is None:
                self._leave(full)
            else:
                self._turn(turned[0], full, turned[1])

    def _longer(self, full: int, empty: int) -> list[Edge]:
        """Return a path of the two slots with one meeting more in ``full``, if one can be turned: where nothing stands
        fast there always is one, as ``full`` has more in all.
        """
        for firm, days in self._taken.items():
            if full in days and empty not in days:
                path = self._path(firm, full, empty)
                if len(path) % 2 and self._turnable(path, full, empty):
                    return path
        return []

    def _leave(self, slot: int) -> None:
        """Take the last pair of a slot off the day."""
        edge = next(each for each in reversed(self.slot_of) if self.slot_of[each] == slot)
        del self.slot_of[edge]
        for firm in edge:
            self._taken[firm].pop(slot, None)

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
        return self._given[slot] + sum(1 for each in self.slot_of.values() if each == slot)
