"""What a set of clauses comes to under the caps they share: the most that can be paid, no clause more than its amount.

Sets are bit masks over the clauses of one component. Caps that lie within each other or apart are settled from the
inside out; caps that cross are settled by a small exact linear programme, rounded down to a whole hundredth.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Cap:
    """A cap over several clauses: its name, ``fen`` together, and which clauses it is over."""

    name: str
    fen: int
    over: int


def bits(mask: int) -> Iterator[int]:
    """Yield the numbers of the bits that are set, low to high."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


class Payable:
    """What sets of clauses come to; remembers what it was asked.

    ``crossing``   whether some of the caps cross
    """

    def __init__(self, amounts: tuple[int, ...], caps: tuple[Cap, ...]) -> None:
        self.amounts = amounts
        self.caps = tuple(sorted(caps, key=lambda cap: (cap.over.bit_count(), cap.name)))
        self.crossing = any(cross(one.over, other.over) for one in caps for other in caps)
        self._under = tuple(
            sum(1 << place for place, cap in enumerate(self.caps) if cap.over >> number & 1)
            for number in range(len(amounts))
        )
        self._known: dict[int, int] = {}

    def uncapped(self, mask: int) -> int:
        """Return the plain sum of a set."""
        return sum(self.amounts[number] for number in bits(mask))

    def of(self, mask: int) -> int:
        """Return what a set comes to."""
        if not self.caps:
            return self.uncapped(mask)
        if mask not in self._known:
            self._known[mask] = self._crossed(mask) if self.crossing else self._nested(mask)
        return self._known[mask]

    def bound_by(self, mask: int) -> tuple[str, ...]:
        """Return the caps that a set comes to more than without them."""
        return tuple(sorted(cap.name for cap in self.caps if self.uncapped(mask & cap.over) > cap.fen))

    def full(self, mask: int, number: int) -> tuple[str, ...]:
        """Return the caps over a clause that a set has used up."""
        over = [cap for cap in self.caps if cap.over >> number & 1]
        return tuple(sorted(cap.name for cap in over if self.uncapped(mask & cap.over) >= cap.fen))

    def _nested(self, mask: int) -> int:
        groups = {1 << number: self.amounts[number] for number in bits(mask)}
        for cap in self.caps:
            inside = [group for group in groups if group & cap.over]
            if inside:
                together = min(cap.fen, sum(groups.pop(group) for group in inside))
                groups[_union(inside)] = together
        return sum(groups.values())

    def _crossed(self, mask: int) -> int:
        """Return the most that can be paid; clauses under the same caps are paid as one."""
        together: dict[int, int] = {}
        for number in bits(mask):
            under = self._under[number]
            together[under] = together.get(under, 0) + self.amounts[number]
        free = together.pop(0, 0)
        rows = [(1 << place, fen) for place, fen in enumerate(together.values())]
        for number, cap in enumerate(self.caps):
            rows.append((sum(1 << place for place, under in enumerate(together) if under >> number & 1), cap.fen))
        table = [[Fraction(row >> place & 1) for place in range(len(together))] for row, _limit in rows if row]
        best = largest_total(table, [Fraction(limit) for row, limit in rows if row])
        return free + best.numerator // best.denominator


def _union(masks: list[int]) -> int:
    whole = 0
    for mask in masks:
        whole |= mask
    return whole


def cross(one: int, other: int) -> bool:
    """Whether two sets share something and neither holds the other."""
    both = one & other
    return bool(both) and both not in (one, other)


def largest_total(table: list[list[Fraction]], limits: list[Fraction]) -> Fraction:
    """Return max Σ y for ``table · y ≤ limits``, y ≥ 0, limits ≥ 0: the simplex method in exact fractions (Bland's rule)."""
    rows = [
        [*row, *(Fraction(number == place) for place in range(len(table))), limit]
        for number, (row, limit) in enumerate(zip(table, limits, strict=True))
    ]
    width = len(table[0]) if table else 0
    gain = [Fraction(1)] * width + [Fraction(0)] * (len(rows) + 1)
    basis = list(range(width, width + len(rows)))
    while (entering := next((place for place, each in enumerate(gain[:-1]) if each > 0), None)) is not None:
        leaving = min(
            (number for number, row in enumerate(rows) if row[entering] > 0),
            key=lambda number: (rows[number][-1] / rows[number][entering], basis[number]),
        )
        basis[leaving] = entering
        pivot = [each / rows[leaving][entering] for each in rows[leaving]]
        rows = [pivot if number == leaving else _less(row, pivot, entering) for number, row in enumerate(rows)]
        gain = _less(gain, pivot, entering)
    return -gain[-1]


def _less(row: list[Fraction], pivot: list[Fraction], place: int) -> list[Fraction]:
    factor = row[place]
    return [each - factor * other for each, other in zip(row, pivot, strict=True)] if factor else row
