"""One sealed stretch of an index: the names as columns, and for each pair of symbols the names filed under it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from feidi.engines.names.columns import Columns
from feidi.engines.names.pairs import pairs_asked, pairs_filed

Ints = NDArray[Any]
#: Bounds of one question. Its rarest pair is always followed, to so many names …
RAREST_READ: Final = 20_000
#: … and further pairs, from the rarest on, while all together lead to no more than so many.
READ: Final = 1_500
#: So many names of a segment, those with most in common, are laid beside the asked one.
LOOKED_AT: Final = 32
_ROW_BITS: Final = 24
_COUNT_BITS: Final = 14
_WEIGHT_BITS: Final = 10
_MERIT_BITS: Final = _COUNT_BITS + _WEIGHT_BITS
_WEIGHT: Final = (1 << _WEIGHT_BITS) - 1
_MERIT: Final = (1 << _MERIT_BITS) - 1
_ROW: Final = (1 << _ROW_BITS) - 1
_COUNT: Final = (1 << _COUNT_BITS) - 1


@dataclass(frozen=True, slots=True)
class Segment:
    """``names`` as columns; ``filed[starts[i]:starts[i + 1]]`` are the names (2·row + neighbours) of pair ``keys[i]``."""

    names: Columns
    keys: Ints
    starts: Ints
    filed: Ints
    alive: Ints

    def near(self, asked: Columns) -> tuple[Ints, Ints, Ints]:
        """Return the names with most in common with each asked one, at most ``LOOKED_AT`` of each, best first.

        Three columns: the asked row, the own row, and how little they have in common (to put segments together).
        """
        rows, at, near, far, sizes = self._followed(asked)
        total = int(sizes.sum())
        if not total:
            return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64)
        begins = np.repeat(self.starts[at] - (np.cumsum(sizes) - sizes), sizes)
        filed = self.filed[begins + np.arange(total)].astype(np.int64)
        counts = np.where(filed & 1, np.repeat(near, sizes), np.repeat(far, sizes))
        packed = (((np.repeat(rows, sizes) << _ROW_BITS) | (filed >> 1)) << _COUNT_BITS) | np.minimum(counts, _COUNT)
        packed.sort()
        return self._most(packed)

    def _followed(self, asked: Columns) -> tuple[Ints, Ints, Ints, Ints, Ints]:
        """Return which pairs are followed: asked row, number of the pair, its two counts, and to how many names."""
        rows, keys, near, far = pairs_asked(asked)
        at = np.minimum(np.searchsorted(self.keys, keys), max(0, len(self.keys) - 1))
        known = self.keys[at] == keys if len(self.keys) else np.zeros(len(keys), bool)
        rows, at, near, far = rows[known], at[known], near[known], far[known]
        sizes = self.starts[at + 1] - self.starts[at]
        order = np.lexsort((sizes, rows))
        rows, at, near, far, sizes = rows[order], at[order], near[order], far[order], sizes[order]
        first = np.ones(len(rows), bool)
        first[1:] = rows[1:] != rows[:-1]
        before = np.cumsum(sizes)
        before -= np.repeat((before - sizes)[first], np.diff(np.append(np.nonzero(first)[0], len(rows))))
        sizes = np.where(first, np.minimum(sizes, RAREST_READ), sizes)
        taken = first | (before <= READ)
        return rows[taken], at[taken], near[taken], far[taken], sizes[taken]

    def _most(self, packed: Ints) -> tuple[Ints, Ints, Ints]:
        """Sum what each name has in common with each asked one, and keep the ``LOOKED_AT`` with most of each."""
        pair = packed >> _COUNT_BITS
        first = np.ones(len(pair), bool)
        first[1:] = pair[1:] != pair[:-1]
        begins = np.nonzero(first)[0]
        counts = np.minimum(np.add.reduceat(packed & _COUNT, begins), _COUNT)
        rows, own = pair[begins] >> _ROW_BITS, pair[begins] & _ROW
        living = self.alive[own]
        rows, own, counts = rows[living], own[living], counts[living]
        # of equally much in common the lighter name goes first (it says less else), then the one added first
        merit = (counts << _WEIGHT_BITS) + _WEIGHT - np.minimum(self.names.totals[own], _WEIGHT)
        ranked = (((rows << _MERIT_BITS) | (_MERIT - merit)) << _ROW_BITS) | own
        ranked.sort()
        rows, lack, own = ranked >> (_MERIT_BITS + _ROW_BITS), (ranked >> _ROW_BITS) & _MERIT, ranked & _ROW
        kept = first_of_each(rows, LOOKED_AT)
        return rows[kept], own[kept], lack[kept]


def first_of_each(rows: Ints, count: int) -> Ints:
    """Return a mask of the first ``count`` of each run of equal numbers."""
    first = np.ones(len(rows), bool)
    first[1:] = rows[1:] != rows[:-1]
    begins = np.nonzero(first)[0]
    rank = np.arange(len(rows)) - np.repeat(begins, np.diff(np.append(begins, len(rows))))
    return np.asarray(rank < count)


def sealed(names: Columns, alive: Ints | None = None) -> Segment:
    """Return a segment over these names."""
    keys, filed = pairs_filed(names)
    order = np.argsort(keys, kind="stable")
    keys, filed = keys[order], filed[order].astype(np.int32)
    first = np.ones(len(keys), bool)
    first[1:] = keys[1:] != keys[:-1]
    begins = np.nonzero(first)[0]
    starts = np.append(begins, len(keys)).astype(np.int64)
    return Segment(names, keys[begins], starts, filed, np.ones(len(names), bool) if alive is None else alive)
