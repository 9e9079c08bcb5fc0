"""How much a set of clauses can come to at most, without trying: what cuts the search for the best combination short.

Of clauses that all exclude each other (a clique of the graph of conflicts) one can be had, so no more than the largest.
A set of clauses is covered with cliques, and what their largest amounts add is cut off at every cap, from the inside
out. Under a cap each further clause adds no more than the one before; so what the best few of several groups add is
what the best few of all their steps add, and a limit on the number of clauses costs nothing more.

Clauses are numbered by amount, the largest first; sets are bit masks. Of caps that cross only some are looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from feidi.engines.rules.paying import Cap, bits, cross


@dataclass(frozen=True, slots=True)
class _Group:
    """Clauses under a cap (``fen`` None: all there are): ``own`` by themselves, others by way of the groups ``inside``."""

    fen: int | None
    over: int
    own: int
    inside: tuple[_Group, ...]


class Ceiling:
    """Bounds for the sets of one component: ``amounts`` fall, ``conflicts`` are masks."""

    def __init__(self, amounts: Sequence[int], conflicts: Sequence[int], caps: Iterable[Cap]) -> None:
        self._amounts, self._conflicts = amounts, conflicts
        self._whole = _grouped(apart(caps), (1 << len(amounts)) - 1)

    def most(self, chosen: int, left: int, more: int | None = None) -> int:
        """Return a total that no admissible set of ``chosen`` and (so many ``more``) clauses of ``left`` exceeds."""
        base, steps = self._steps(self._whole, chosen, left)
        most = base + sum(steps[:more])
        if not self._whole.inside:
            return most
        # cliques that reach over several groups, without any cap
        return min(most, self._sum(chosen) + sum(self.cliques(left)[:more]))

    def cliques(self, left: int) -> list[int]:
        """Return the largest amounts of cliques that cover a set, falling."""
        amounts, conflicts, found = self._amounts, self._conflicts, []
        while left:
            first = left & -left
            number = first.bit_length() - 1
            found.append(amounts[number])
            left ^= first
            fitting = left & conflicts[number]
            while fitting:
                other = fitting & -fitting
                left ^= other
                fitting &= conflicts[other.bit_length() - 1]
        return found

    def _sum(self, mask: int) -> int:
        return sum([self._amounts[number] for number in bits(mask)])

    def _steps(self, group: _Group, chosen: int, left: int) -> tuple[int, list[int]]:
        """Return what the chosen clauses of a group come to, and by how much each further one can raise it, falling."""
        base, steps = self._sum(chosen & group.own), self.cliques(left & group.own)
        for inner in group.inside:
            if (chosen | left) & inner.over:
                already, further = self._steps(inner, chosen, left)
                base += already
                steps += further
        if group.inside:
            steps.sort(reverse=True)
        return (base, steps) if group.fen is None else _cut(base, steps, group.fen)


def _cut(base: int, steps: Sequence[int], fen: int) -> tuple[int, list[int]]:
    """Return a sum and its further steps below a cap."""
    room, kept = fen - base, []
    for step in steps:
        if room <= 0:
            break
        kept.append(min(step, room))
        room -= step
    return min(base, fen), kept


def apart(caps: Iterable[Cap]) -> list[Cap]:
    """Return caps of which none cross, the smaller sets first; where some do the smaller of them."""
    kept: list[Cap] = []
    for cap in sorted(caps, key=lambda cap: (cap.over.bit_count(), cap.name)):
        if not any(cross(cap.over, other.over) for other in kept):
            kept.append(cap)
    return kept


def _grouped(caps: Sequence[Cap], whole: int) -> _Group:
    """Return caps that lie within each other or apart as a tree."""
    top: list[_Group] = []
    for cap in caps:
        inside = tuple(each for each in top if each.over & cap.over)
        top = [*(each for each in top if not each.over & cap.over), _group(cap.fen, cap.over, inside)]
    return _group(None, whole, tuple(top))


def _group(fen: int | None, over: int, inside: tuple[_Group, ...]) -> _Group:
    own = over
    for each in inside:
        own &= ~each.over
    return _Group(fen, over, own, inside)
