"""Deferred acceptance on arrays (Gale & Shapley 1962, with capacities on both sides): 100,000 lists of 50.

In each round everybody with room proposes to the next on its list that would not refuse at once; everybody proposed to
keeps the best it has room for. Who proposes when does not change the outcome: while many propose a round is one step of
columns, and the few at the end follow their chains one by one, over heaps. Where there is a compiler, many lists are worked out
in machine code, one proposal after the other.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from feidi.engines.findings import refuse
from feidi.engines.machine import has_compiler

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
#: When fewer than this share of all still propose, columns cost more than they save.
FEW: Final = 0.01
#: From so many proposals on machine code is worth its start, where there is a compiler.
WORTH_COMPILING: Final = 100_000
#: (score, −row, proposal): the smallest of a heap is the first to be given up.
Kept = tuple[float, int, int]


def match_arrays(
    lists: NDArray[np.integer[Any]],
    scores: NDArray[np.floating[Any]],
    capacities: NDArray[np.integer[Any]],
    quotas: NDArray[np.integer[Any]] | None = None,
    *,
    few: float = FEW,
) -> Bools:
    """Return which of the proposals hold, (n, k).

    ``lists`` (n, k): for each of n the places of the m others it wants, best first, each once, −1 = the list has ended.
    ``scores`` (n, k): how much that other wants it (higher first, ties to the smaller row; NaN = not at all).
    ``capacities`` (m,), ``quotas`` (n,), default 1. ``few``: see ``FEW``; it does not
    change the outcome. Raises RefusedError when the shapes do not fit.
    """
    n, k = lists.shape
    quotas = np.ones(n, dtype=np.int64) if quotas is None else quotas
    if scores.shape != (n, k) or quotas.shape != (n,) or (n and k and lists.max() >= len(capacities)):
        raise refuse("agendas.shape")
    held = np.zeros(n * k, dtype=bool)
    if n * k >= WORTH_COMPILING and len(capacities) and has_compiler():
        from feidi.engines.agendas.loops import holding  # noqa: PLC0415 - imports the compiler

        held = holding(np.ravel(lists), np.ravel(scores), np.asarray(capacities), np.asarray(quotas), k)
    elif n and k and len(capacities):
        held[_Rounds(lists, scores, capacities, quotas).run(few)] = True
    return held.reshape(n, k)


@dataclass(slots=True)
class _Cutoffs:
    """Of each of the m: whether it is full, and the score and row of the last it keeps."""

    full: Bools
    score: Floats
    row: Ints

    def passed(self, others: Ints, scores: Floats, rows: Ints) -> Bools:
        """Tell who would not be refused at once."""
        last = self.score[others]
        better = (scores > last) | ((scores == last) & (rows < self.row[others]))
        passed: Bools = (better | ~self.full[others]) & ~np.isnan(scores)
        return passed


class _Rounds:
    """The state between rounds; a proposal is its place in the flattened lists."""

    def __init__(
        self,
        lists: NDArray[np.integer[Any]],
        scores: NDArray[np.floating[Any]],
        capacities: NDArray[np.integer[Any]],
        quotas: NDArray[np.integer[Any]],
    ) -> None:
        self.k = lists.shape[1]
        self.lists, self.scores = np.ravel(lists), np.ravel(scores)
        self.capacities = np.asarray(capacities, dtype=np.int64)
        self.room = np.array(quotas, dtype=np.int64)
        self.next = np.zeros(len(lists), dtype=np.int64)
        m = len(self.capacities)
        # numbers of 16 bits are ordered by counting, in one pass
        self._narrow = np.uint16 if m <= np.iinfo(np.uint16).max else np.int64
        closed = self.capacities <= 0
        self._cut = _Cutoffs(closed.copy(), np.where(closed, np.inf, -np.inf), np.full(m, -1))
        self.held: Ints = np.zeros(0, dtype=np.int64)

    def run(self, few: float) -> Ints:
        """Return the proposals that hold in the end."""
        active = np.flatnonzero(self.room > 0)
        while active.size and active.size >= few * len(self.room):
            new = self._proposals(active)
            if not new.size:
                return self.held
            self.room[new // self.k] -= 1
            refused = self._judge(new)
            # one may be given up by several at once
            np.add.at(self.room, refused // self.k, 1)
            again = np.zeros(len(self.room), dtype=bool)
            again[new // self.k] = again[refused // self.k] = True
            active = np.flatnonzero(again & (self.room > 0))
        return _Chains(self).follow(active) if active.size else self.held

    def _proposals(self, active: Ints) -> Ints:
        """Return each one's next proposal that is not refused at once; the lists are read on behind it."""
        found = []
        while active.size:
            active = active[self.next[active] < self.k]
            proposals = active * self.k + self.next[active]
            others = self.lists[proposals]
            ended = others < 0
            active, proposals, others = active[~ended], proposals[~ended], others[~ended]
            self.next[active] += 1
            passed = self._cut.passed(others, self.scores[proposals], active)
            found.append(proposals[passed])
            active = active[~passed]
        return np.concatenate(found) if found else active

    def _judge(self, new: Ints) -> Ints:
        """Let those proposed to keep the best they have room for; return whom they refuse."""
        touched = np.zeros(len(self.capacities), dtype=bool)
        touched[self.lists[new]] = True
        again = touched[self.lists[self.held]]
        # proposals are numbered by row, so that the smaller number is the smaller row
        pool = np.sort(np.concatenate([self.held[again], new]))
        pool = pool[np.argsort(-self.scores[pool], kind="stable")]
        others = self.lists[pool]
        by_other = np.argsort(others.astype(self._narrow), kind="stable")
        pool, others = pool[by_other], others[by_other]
        first = np.flatnonzero(np.r_[True, others[1:] != others[:-1]])
        place = np.arange(len(pool)) - np.repeat(first, np.diff(np.r_[first, len(pool)]))
        capacity = self.capacities[others]
        last = pool[place == capacity - 1]
        self._cut.full[self.lists[last]] = True
        self._cut.score[self.lists[last]] = self.scores[last]
        self._cut.row[self.lists[last]] = last // self.k
        self.held = np.concatenate([self.held[~again], pool[place < capacity]])
        refused: Ints = pool[place >= capacity]
        return refused


class _Chains:
    """The last few, one by one: whoever is given up proposes on at once."""

    def __init__(self, state: _Rounds) -> None:
        self._state = state
        by_other = np.argsort(state.lists[state.held], kind="stable")
        self._held = state.held[by_other]
        self._others = state.lists[self._held].astype(np.int64)
        self._heaps: dict[int, list[Kept]] = {}
        self._capacities = state.capacities.tolist()

    def follow(self, active: Ints) -> Ints:
        """Return the proposals that hold in the end."""
        waiting = active.tolist()
        while waiting:
            waiting += self._propose(waiting.pop())
        kept = [edge for heap in self._heaps.values() for _score, _row, edge in heap]
        touched = np.zeros(len(self._state.capacities), dtype=bool)
        touched[list(self._heaps)] = True
        return np.concatenate([self._held[~touched[self._others]], np.array(kept, dtype=np.int64)])

    def _propose(self, row: int) -> list[int]:
        """Let one read on in its list until it has no room or the list ends; return whom others gave up for it."""
        state = self._state
        start, end = row * state.k + int(state.next[row]), (row + 1) * state.k
        wishes = zip(state.lists[start:end].tolist(), state.scores[start:end].tolist(), strict=True)
        room, given_up = int(state.room[row]), []
        for at, (other, score) in enumerate(wishes, start):
            if not room or other < 0:
                break
            state.next[row] += 1
            out = self._keep(other, (score, -row, at)) if score == score else at  # noqa: PLR0124 - NaN: not at all
            room -= out != at
            if out is not None and out != at:
                given_up.append(out // state.k)
                state.room[out // state.k] += 1
        state.room[row] = room
        return given_up

    def _keep(self, other: int, new: Kept) -> int | None:
        """Return the proposal that is refused for it: the new one itself, one kept so far, or None while there is room."""
        heap = self._heaps.get(other)
        if heap is None:
            heap = self._heaps[other] = self._made(other)
        if len(heap) < self._capacities[other]:
            heapq.heappush(heap, new)
            return None
        return heapq.heapreplace(heap, new)[2] if heap and heap[0] < new else new[2]

    def _made(self, other: int) -> list[Kept]:
        start, end = np.searchsorted(self._others, (other, other + 1)).tolist()
        mine = self._held[start:end]
        rows, scores = (-(mine // self._state.k)).tolist(), self._state.scores[mine].tolist()
        heap: list[Kept] = list(zip(scores, rows, mine.tolist(), strict=True))
        heapq.heapify(heap)
        return heap
