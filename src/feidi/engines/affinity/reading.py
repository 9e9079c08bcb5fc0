"""What the terms of a need give offers: exact, in double precision, from the terms that stand beside each offer.

Most terms of an offer are not asked for: a table that stays in the cache says by the lower half of a term's number whether it may
be, and only what is there is looked at further.
"""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import Final

import numpy as np

from feidi.engines.affinity.folding import Array
from feidi.engines.affinity.forward import LOWER, Forward, counts_in, terms_in
from feidi.engines.affinity.kernels import loops_for

K1: Final = 1.2
B: Final = 0.75


class Scratch:
    """Arrays that are lent out and given back: making them anew costs more than what is done with them.

    They are made as zeros; whoever relies on that gives them back as zeros.
    """

    def __init__(self, kind: type[np.generic]) -> None:
        self._kind, self._free, self._lock = kind, dict[int, list[Array]](), Lock()

    def take(self, size: int) -> Array:
        """Lend an array."""
        with self._lock:
            free = self._free.get(size)
            if free:
                return free.pop()
        return np.zeros(size, self._kind)

    def give(self, array: Array) -> None:
        """Take it back."""
        with self._lock:
            self._free.setdefault(len(array), []).append(array)


@dataclass(frozen=True, slots=True)
class Sought:
    """The terms of some needs: those of need i at ``starts[i]:starts[i + 1]``, numbers ascending; ``weights`` idf · occurrences."""

    numbers: Array
    starts: Array
    weights: Array

    @property
    def owners(self) -> Array:
        """By term, the need."""
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))


@dataclass(frozen=True, slots=True)
class Hits:
    """Where offers hold terms that are asked for: place of the offer (ascending), place of the term, what it gives.

    ``count`` how many offers, ``width`` how many terms there are.
    """

    offers: Array
    terms: Array
    gains: Array
    count: int
    width: int

    @property
    def scores(self) -> Array:
        """The BM25 of each offer."""
        return np.bincount(self.offers, self.gains, minlength=self.count)

    def gained(self, offer: int) -> Array:
        """Return what each of the terms gives one offer."""
        first, last = np.searchsorted(self.offers, [offer, offer + 1]).tolist()
        table = np.zeros(self.width)
        table[self.terms[first:last]] = self.gains[first:last]
        return table


def hits(forward: Forward, rows: Array, numbers: Array, weights: Array, norms: Array) -> Hits:
    """Return what the terms of a need (different ones, with their weights) give offers, whose ``norms`` these are."""
    loops = loops_for(len(forward))
    if loops:
        where = loops.hits(forward.starts, forward.packed, rows, numbers, weights * (K1 + 1), norms)
        return Hits(where[0], where[1], where[2], len(rows), len(numbers))
    marks = np.zeros(LOWER, np.bool_)
    marks[numbers % LOWER] = True
    offers, values = forward.marked(rows, marks)
    terms = terms_in(values)
    own = np.searchsorted(numbers[:-1], terms)
    some = np.flatnonzero(numbers[own] == terms)
    offers, own, counts = offers[some], own[some], counts_in(values[some]).astype(np.float64)
    gains = weights[own] * (K1 + 1) * counts / (counts + norms[offers])
    return Hits(offers, own, gains, len(rows), len(numbers))
