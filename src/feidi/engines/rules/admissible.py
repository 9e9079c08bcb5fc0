"""The best admissible set of one component of clauses: exact, by branch and bound over bit masks.

Admissible: no two clauses conflict. Best: the largest total under the shared caps, then fewer clauses, then the
smaller codes (clauses are numbered in the order of their codes). The total of a set never falls when a clause is
added, so the search for the largest total ends where nothing left conflicts; a second search takes the fewest.
"""

from __future__ import annotations

from dataclasses import dataclass

from feidi.engines.rules.paying import Payable, bits


@dataclass(frozen=True, slots=True)
class Component:
    """Clauses that conflict or share a cap, directly or by way of others, in the order of their codes.

    ``conflicts``  for each clause the set of clauses it cannot be had with
    """

    codes: tuple[str, ...]
    conflicts: tuple[int, ...]
    payable: Payable

    @property
    def whole(self) -> int:
        """All clauses."""
        return (1 << len(self.codes)) - 1

    def named(self, mask: int) -> tuple[str, ...]:
        """Return the codes of a set."""
        return tuple(self.codes[number] for number in bits(mask))

    def best(self, forced: int = 0) -> int:
        """Return the best admissible set that holds the forced clauses (which do not conflict with each other)."""
        left = self.whole & ~forced
        for number in bits(forced):
            left &= ~self.conflicts[number]
        total = _Largest(self).search(forced, left)
        return _Fewest(self, total).search(forced, left)

    def bound(self, chosen: int, left: int) -> int:
        """Return a total that no admissible set of ``chosen`` and some of ``left`` exceeds."""
        return min(self.payable.of(chosen | left), self.payable.uncapped(chosen) + self.by_cliques(left))

    def by_cliques(self, left: int, most: int | None = None) -> int:
        """Return the sum of the largest amounts of (so many) cliques that cover a set: of a clique one clause can be had."""
        amounts = []
        while left:
            first = max(bits(left), key=lambda number: self.payable.amounts[number])
            amounts.append(self.payable.amounts[first])
            clique, fitting = 1 << first, left & self.conflicts[first]
            while fitting:
                number = fitting & -fitting
                clique |= number
                fitting &= self.conflicts[number.bit_length() - 1]
            left &= ~clique
        return sum(amounts[:most])


class _Largest:
    """Finds the largest total."""

    def __init__(self, component: Component) -> None:
        self.component, self.best = component, -1

    def search(self, chosen: int, left: int) -> int:
        waiting = [(chosen, left)]
        while waiting:
            chosen, left = waiting.pop()
            if self.component.bound(chosen, left) <= self.best:
                continue
            clash = self._most_conflicting(left)
            if clash is None:
                self.best = self.component.payable.of(chosen | left)
                continue
            without = left & ~(1 << clash)
            waiting.append((chosen, without))
            waiting.append((chosen | 1 << clash, without & ~self.component.conflicts[clash]))
        return self.best

    def _most_conflicting(self, left: int) -> int | None:
        counted = [((self.component.conflicts[number] & left).bit_count(), -number) for number in bits(left)]
        most, number = max(counted, default=(0, 0))
        return -number if most else None


class _Fewest:
    """Finds the fewest clauses, of these the smallest codes, that come to a total known to be reached."""

    def __init__(self, component: Component, total: int) -> None:
        self.component, self.total = component, total

    def search(self, chosen: int, left: int) -> int:
        for count in range(chosen.bit_count(), len(self.component.codes) + 1):
            found = self._of(count, chosen, left)
            if found is not None:
                return found
        raise AssertionError(self.total)  # pragma: no cover - the total is that of some set

    def _of(self, count: int, chosen: int, left: int) -> int | None:
        """Return the set of that many clauses, trying smaller codes first; None when there is none."""
        waiting = [(chosen, left)]
        while waiting:
            chosen, left = waiting.pop()
            if not self._can_reach(count - chosen.bit_count(), chosen, left):
                continue
            if self.component.payable.of(chosen) == self.total:
                return chosen
            first = left & -left
            waiting.append((chosen, left & ~first))
            waiting.append((chosen | first, left & ~first & ~self.component.conflicts[first.bit_length() - 1]))
        return None

    def _can_reach(self, more: int, chosen: int, left: int) -> bool:
        """Whether so many more clauses may bring a set to the total: by caps and numbers alone, and by conflicts and numbers."""
        payable = self.component.payable
        if more < 0 or payable.most_with(chosen, left, more) < self.total or payable.of(chosen | left) < self.total:
            return False
        return payable.uncapped(chosen) + self.component.by_cliques(left, more) >= self.total
