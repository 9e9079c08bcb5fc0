"""Pairs of symbols in order: by these a name is found among a million without looking at most of them.

A name is filed under each pair of its symbols that stand at most ``REACH`` apart, under its first symbol of the brand,
and under each of its words of letters; so an abbreviation, which keeps the order, shares pairs with what it stands for.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from feidi.engines.names.columns import NOTHING, Columns
from feidi.engines.names.profile import WIDTH, WORDS_FROM

Ints = NDArray[Any]
#: How far apart the two symbols of a filed pair may stand.
REACH: Final = 5
_SHIFT: Final = 24
_HEAD: Final = 1
_WORD: Final = 2


def pairs_filed(names: Columns) -> tuple[Ints, Ints]:
    """Return under which pairs names are filed: the pairs, and ``2·row`` (+ 1 where the two are neighbours)."""
    keys: list[Ints] = []
    rows: list[Ints] = []
    numbers = np.arange(len(names), dtype=np.int32) * 2
    for apart in range(1, REACH + 1):
        left, right = names.symbols[:, : WIDTH - apart], names.symbols[:, apart:]
        there = (right != NOTHING) & (left != NOTHING)
        keys.append(_pair(left[there], right[there]))
        rows.append(np.broadcast_to(numbers[:, None], there.shape)[there] + (apart == 1))
    first = names.symbols[np.arange(len(names)), names.heads]
    keys.append(_pair(_HEAD, first[first != NOTHING]))
    rows.append(numbers[first != NOTHING])
    words = names.symbols >= WORDS_FROM
    keys.append(_pair(_WORD, names.symbols[words]))
    rows.append(np.broadcast_to(numbers[:, None], words.shape)[words])
    return np.concatenate(keys), np.concatenate(rows)


def pairs_asked(names: Columns) -> tuple[Ints, Ints, Ints, Ints]:
    """Return which pairs names ask for: row, pair, and what one counts where the filed one's are neighbours, and not.

    Neighbours and next-but-one neighbours; the sign of the province is not asked for.
    """
    found: list[tuple[Ints, Ints, Ints, Ints]] = []
    weights = names.weights.astype(np.int64)
    numbers = np.arange(len(names))
    for apart, near, far in ((1, 4, 3), (2, 2, 2)):
        left, right = names.symbols[:, : WIDTH - apart], names.symbols[:, apart:]
        there = (right != NOTHING) & _asked(names, apart)
        counts = (weights[:, : WIDTH - apart] + weights[:, apart:])[there]
        rows = np.broadcast_to(numbers[:, None], there.shape)[there]
        found.append((rows, _pair(left[there], right[there]), counts * near, counts * far))
    first = names.symbols[numbers, names.heads]
    there = first != NOTHING
    counts = weights[numbers, names.heads][there]
    found.append((numbers[there], _pair(_HEAD, first[there]), counts, counts))
    words = names.symbols >= WORDS_FROM
    counts = weights[words] * 4
    found.append((np.nonzero(words)[0], _pair(_WORD, names.symbols[words]), counts, counts))
    return _in_rows(found)


def _asked(names: Columns, apart: int) -> Ints:
    """The first symbol is a province's sign when it weighs nothing; a lone place name is asked for like a brand."""
    return np.asarray((names.weights[:, : WIDTH - apart] > 0) & (names.symbols[:, : WIDTH - apart] != NOTHING))


def _in_rows(found: list[tuple[Ints, Ints, Ints, Ints]]) -> tuple[Ints, Ints, Ints, Ints]:
    rows, keys, near, far = (np.concatenate(column) for column in zip(*found, strict=True))
    order = np.argsort(rows, kind="stable")
    return rows[order], keys[order], near[order], far[order]


def _pair(left: Any, right: Ints) -> Ints:
    return (np.asarray(left, np.int64) << _SHIFT) | right.astype(np.int64)
