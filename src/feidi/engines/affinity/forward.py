"""The terms of each offer, beside the postings: what an offer holds is known without its text being read again.

``starts``  offer i is at ``starts[i]:starts[i + 1]``
``packed``  its different terms, ascending: the number of the term, and above it how often it stands there (255: so often or more)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from feidi.engines.affinity.folding import Array

#: Bits of a packed number that are the term.
TERM_BITS: Final = 21
_TERM: Final = np.uint32((1 << TERM_BITS) - 1)
#: Different lower halves of packed numbers.
LOWER: Final = 1 << 16
#: Offers are read as a table while that is at most so many times as much as they have.
_SPARE: Final = 2


def packed(terms: Array, counts: Array) -> Array:
    """Return terms (less than 2^21) with their counts (at most 255) as one number each."""
    found: Array = terms | counts.astype(np.uint32) << np.uint32(TERM_BITS)
    return found


def terms_in(values: Array) -> Array:
    """Return the terms of packed numbers."""
    found: Array = values & _TERM
    return found


def counts_in(values: Array) -> Array:
    """Return the counts of packed numbers."""
    found: Array = values >> np.uint32(TERM_BITS)
    return found


@dataclass(frozen=True, slots=True)
class Forward:
    """The two arrays."""

    starts: Array
    packed: Array

    def __len__(self) -> int:
        return len(self.starts) - 1

    def of(self, rows: Array) -> tuple[Array, Array]:
        """Return the packed terms of some offers, one behind the other, and how many each has."""
        begins, ends = self.starts[rows], self.starts[rows + 1]
        parts = [self.packed[begin:end] for begin, end in zip(begins.tolist(), ends.tolist(), strict=True)]
        return np.concatenate(parts) if parts else self.packed[:0], ends - begins

    def marked(self, rows: Array, marks: Array) -> tuple[Array, Array]:
        """Return of some offers the packed terms whose lower half is marked, with the place of the offer, ascending.

        Offers are about equally long: their stretches are copied as the lines of a table as wide as the longest, with a piece of
        the offer behind, which is left out of what is found. That takes a tenth of the time of putting them together one by one.
        """
        begins, sizes = self.starts[rows], self.starts[rows + 1] - self.starts[rows]
        width = int(sizes.max(initial=0))
        if not width or width * len(rows) > _SPARE * int(sizes.sum()):
            values, _sizes = self.of(rows)
            at = np.flatnonzero(marks[values.astype(np.uint16)])
            return np.repeat(np.arange(len(rows)), sizes)[at], values[at]
        first = np.minimum(begins, len(self.packed) - width)
        table = sliding_window_view(self.packed, width)[first]
        at = np.flatnonzero(marks.take(table.astype(np.uint16), mode="wrap"))
        offers = at // width
        place = at - offers * width - (begins - first)[offers]
        own = (place >= 0) & (place < sizes[offers])
        return offers[own], table.ravel()[at[own]]

    def part(self, first: int, last: int) -> Forward:
        """Return the offers from ``first`` up to ``last``."""
        begin, end = int(self.starts[first]), int(self.starts[last])
        return Forward(self.starts[first : last + 1] - begin, self.packed[begin:end])

    def parts(self, size: int) -> Iterator[Forward]:
        """Yield all offers, so many at a time."""
        for first in range(0, len(self), size):
            yield self.part(first, min(first + size, len(self)))

    def some(self, rows: Array) -> Forward:
        """Return some offers as if there were no others."""
        values, sizes = self.of(rows)
        return Forward(np.concatenate([[0], np.cumsum(sizes)]), values)
