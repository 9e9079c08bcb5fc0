"""Deferred acceptance as machine code (see ``engines.machine``): one proposal after the other, over heaps in plain arrays.

This module is imported only where there is a compiler. The outcome is that of ``arrays``: who proposes when does not change it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from feidi.engines.machine import compiled

Ints = NDArray[np.integer[Any]]
Floats = NDArray[np.floating[Any]]


@compiled
def holding(lists: Ints, scores: Floats, capacities: Ints, quotas: Ints, k: int) -> NDArray[np.bool_]:
    """Return which of the proposals hold; the arguments as in ``match_arrays``, lists and scores flattened, k to a row."""
    n, held = len(quotas), np.zeros(len(lists), np.bool_)
    begins = _rooms(lists, capacities)
    # of each of the others the proposals it keeps, as a heap: the first is the one it would give up
    kept, sizes = np.empty(begins[-1], np.int64), np.zeros(len(capacities), np.int64)
    room, reading = quotas.copy(), np.zeros(n, np.int64)
    # the score of that one while there is no room: most who propose are refused by it alone
    last = np.where(capacities > 0, -np.inf, np.inf)
    waiting, is_waiting, top = np.arange(n)[::-1].copy(), np.ones(n, np.bool_), n
    while top:
        top -= 1
        row = waiting[top]
        is_waiting[row] = False
        while room[row] > 0 and reading[row] < k:
            proposal = row * k + reading[row]
            reading[row] += 1
            other, score = lists[proposal], scores[proposal]
            if other < 0:
                reading[row] = k
                break
            # not a number: not at all
            if not score >= last[other] or capacities[other] <= 0:
                continue
            heap = kept[begins[other] : begins[other + 1]]
            out = _keep(heap, sizes, last, other, capacities[other], proposal, scores)
            if out == proposal:
                continue
            held[proposal] = True
            room[row] -= 1
            if out >= 0:
                held[out] = False
                given_up = out // k
                room[given_up] += 1
                if not is_waiting[given_up] and given_up != row:
                    waiting[top], is_waiting[given_up] = given_up, True
                    top += 1
    return held


@compiled
def _rooms(lists: Ints, capacities: Ints) -> Ints:
    """Return where the heap of each of the others begins: it has room for its capacity, or for all who name it."""
    named = np.zeros(len(capacities), np.int64)
    for other in lists:
        if other >= 0:
            named[other] += 1
    begins = np.zeros(len(capacities) + 1, np.int64)
    for other in range(len(capacities)):
        begins[other + 1] = begins[other] + max(0, min(capacities[other], named[other]))
    return begins


@compiled
def _keep(heap: Ints, sizes: Ints, last: Floats, other: int, capacity: int, proposal: int, scores: Floats) -> int:
    """Let one of the others answer a proposal; return the one that it gives up for it: −1 none, this one: it is refused."""
    out = -1
    if sizes[other] < capacity:
        _push(heap, sizes[other], proposal, scores)
        sizes[other] += 1
    elif _is_worse(heap[0], proposal, scores):
        out = heap[0]
        _sink(heap, sizes[other], proposal, scores)
    else:
        return proposal
    if sizes[other] == capacity:
        last[other] = scores[heap[0]]
    return out


@compiled
def _is_worse(one: int, other: int, scores: Floats) -> bool:
    """Tell whether a proposal is given up for another: a lower score, or the same from a later row."""
    return scores[one] < scores[other] or (scores[one] == scores[other] and one > other)


@compiled
def _push(heap: Ints, size: int, proposal: int, scores: Floats) -> None:
    at = size
    while at > 0:
        above = (at - 1) // 2
        if not _is_worse(proposal, heap[above], scores):
            break
        heap[at] = heap[above]
        at = above
    heap[at] = proposal


@compiled
def _sink(heap: Ints, size: int, proposal: int, scores: Floats) -> None:
    """Put a proposal in the place of the worst."""
    at = 0
    while 2 * at + 1 < size:
        below = 2 * at + 1
        if below + 1 < size and _is_worse(heap[below + 1], heap[below], scores):
            below += 1
        if not _is_worse(heap[below], proposal, scores):
            break
        heap[at] = heap[below]
        at = below
    heap[at] = proposal
