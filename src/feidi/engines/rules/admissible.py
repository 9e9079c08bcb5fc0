"""The best admissible set of one component of clauses: exact, by branch and bound over bit masks.

Admissible: no two clauses conflict. Best: the largest total under the shared caps, then fewer clauses, then the
smaller codes. The total of a set never falls when a clause is added, so the search for the largest total ends where
nothing left conflicts; two further ones, which know the total, take the fewest clauses and the smaller codes.
"""

from __future__ import annotations

from dataclasses import dataclass

from feidi.engines.rules.ceilings import Ceiling
from feidi.engines.rules.paying import Payable, bits


@dataclass(frozen=True, slots=True)
class Component:
    """Clauses that conflict or share a cap, directly or by way of others: by amount, the largest first, then by code.

    ``conflicts``  for each clause the set of clauses it cannot be had with
    """

    codes: tuple[str, ...]
    conflicts: tuple[int, ...]
    payable: Payable
    ceiling: Ceiling

    @property
    def whole(self) -> int:
        """All clauses."""
        return (1 << len(self.codes)) - 1

    def named(self, mask: int) -> tuple[str, ...]:
        """Return the codes of a set."""
        return tuple(self.codes[number] for number in bits(mask))

    def best(self) -> int:
        """Return the best admissible set."""
        total = _Largest(self).search(0, self.whole)
        return self.best_of(total, self.whole) if total else 0

    def best_of(self, total: int, some: int) -> int:
        """Return, of the admissible sets that hold one of ``some``, the best; ``total`` is what it comes to."""
        return _Fewest(self, total, some).search()

    def most_with(self, number: int, best: int) -> int:
        """Return the most that can be had with a clause; ``best`` is the best set there is."""
        forced = 1 << number
        left = self.whole & ~forced & ~self.conflicts[number]
        enough = self.payable.of(best)
        # most often the best set with this clause in the place of those it excludes
        known = self.payable.of(self._filled(forced | best & left, left))
        return known if known >= enough else _Largest(self, known, enough).search(forced, left)

    def free_and_clash(self, left: int) -> tuple[int, int | None]:
        """Return the clauses of a set that conflict with none of its others, and the one that conflicts with most of them."""
        free, clash, most = 0, None, 0
        for number in bits(left):
            count = (self.conflicts[number] & left).bit_count()
            if not count:
                free |= 1 << number
            elif count > most:
                clash, most = number, count
        return free, clash

    def _filled(self, chosen: int, left: int) -> int:
        """Return an admissible set with what can still be added, the largest first."""
        for number in bits(left & ~chosen):
            if not self.conflicts[number] & chosen:
                chosen |= 1 << number
        return chosen


class _Largest:
    """Finds the largest total above one that is ``known`` to be reached; stops at what is ``enough``."""

    def __init__(self, component: Component, known: int = -1, enough: int | None = None) -> None:
        self.component, self.best, self.enough = component, known, enough

    def search(self, chosen: int, left: int) -> int:
        waiting = [(chosen, left)]
        while waiting and self.best != self.enough:
            chosen, left = waiting.pop()
            if not self._can_beat(chosen, left):
                continue
            free, clash = self.component.free_and_clash(left)
            chosen, left = chosen | free, left & ~free
            if clash is None:
                self.best = max(self.best, self.component.payable.of(chosen))
                continue
            without = left & ~(1 << clash)
            waiting.append((chosen, without))
            waiting.append((chosen | 1 << clash, without & ~self.component.conflicts[clash]))
        return self.best

    def _can_beat(self, chosen: int, left: int) -> bool:
        component = self.component
        if component.ceiling.most(chosen, left) <= self.best:
            return False
        return not component.payable.crossing or component.payable.of(chosen | left) > self.best


class _Fewest:
    """Finds the fewest clauses, of these the smallest codes, with one of ``some``, that come to a total known to be reached."""

    def __init__(self, component: Component, total: int, some: int) -> None:
        self.component, self.total, self.some = component, total, some
        self._by_code = sorted(range(len(component.codes)), key=lambda number: component.codes[number])

    def search(self) -> int:
        count = len(self.component.codes) + 1
        while (fewer := self._of_at_most(count - 1)) is not None:
            count = fewer.bit_count()
        return self._smallest_of(count)

    def _of_at_most(self, count: int) -> int | None:
        """Return a set of at most that many clauses, the most conflicting tried first; None when there is none."""
        waiting = [(0, self.component.whole)]
        while waiting:
            chosen, left = waiting.pop()
            if not self._can_reach(chosen, left, count - chosen.bit_count()):
                continue
            if self._reaches(chosen):
                if chosen & self.some:
                    return chosen
                left &= self.some
            # where nothing conflicts the ceiling is reached, and each clause is taken or left once
            clash = self.component.free_and_clash(left)[1]
            number = (left & -left).bit_length() - 1 if clash is None else clash
            without = left & ~(1 << number)
            waiting.append((chosen, without))
            waiting.append((chosen | 1 << number, without & ~self.component.conflicts[number]))
        return None

    def _smallest_of(self, count: int) -> int:
        """Return the set of that many clauses (it cannot be done with fewer) that has the smallest codes."""
        waiting = [(0, self.component.whole, 0)]
        while waiting:
            chosen, left, place = waiting.pop()
            more = count - chosen.bit_count()
            if not self._can_reach(chosen, left, more):
                continue
            if not more:
                return chosen
            while not left >> self._by_code[place] & 1:
                place += 1
            number = self._by_code[place]
            left &= ~(1 << number)
            waiting.append((chosen, left, place + 1))
            waiting.append((chosen | 1 << number, left & ~self.component.conflicts[number], place + 1))
        raise AssertionError(self.total)  # pragma: no cover - the total is that of some set

    def _reaches(self, chosen: int) -> bool:
        return self.component.payable.of(chosen) >= self.total

    def _can_reach(self, chosen: int, left: int, more: int) -> bool:
        """Whether so many more clauses may bring a set to the total, with one of ``some``."""
        if more < 0 or not (chosen | left if more else chosen) & self.some:
            return False
        most = self.component.ceiling.most(chosen, left, more)
        if most < self.total:
            return False
        # of caps that cross the ceiling looks at some alone
        return not self.component.payable.crossing or self._reaches(chosen | left if more else chosen)
