"""Verdicts subject by subject: the bits of many clauses turned into the words of each row, eight by eight."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from feidi.engines.rules.many.kernel import Words

_CLAUSES_IN_WORD = 64
#: (distance, mask): three exchanges that turn a square of 8 × 8 bits over its diagonal.
_EXCHANGES = (
    (np.uint64(7), np.uint64(0x00AA00AA00AA00AA)),
    (np.uint64(14), np.uint64(0x0000CCCC0000CCCC)),
    (np.uint64(28), np.uint64(0x00000000F0F0F0F0)),
)
_TOGETHER = 1 << 15


def words_by_row(bits: Words, n: int) -> list[NDArray[np.int64]]:
    """Return one array per 64 clauses, one word per row: clause i is bit i % 64, the lowest bit first.

    ``bits``   one line of packed bits per clause, the first row in the highest bit of a byte
    """
    lines = bits.view(np.uint8)
    length = lines.shape[1]
    found = []
    for first in range(0, max(len(lines), 1), _CLAUSES_IN_WORD):
        rows = np.zeros((length * 8, 8), dtype=np.uint8)
        for place, start in enumerate(range(first, min(first + _CLAUSES_IN_WORD, len(lines)), 8)):
            for left in range(0, length, _TOGETHER):
                some = lines[start : start + 8, left : left + _TOGETHER]
                rows[left * 8 : (left + some.shape[1]) * 8, place] = _turned(some)
        found.append(rows.view("<i8").reshape(-1)[:n])
    return found


def _turned(lines: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return, row by row, a byte whose bit j is line j; ``lines`` are at most eight."""
    squares = np.zeros((lines.shape[1], 8), dtype=np.uint8)
    squares[:, : len(lines)] = lines.T
    words = squares.view("<u8").reshape(-1)
    for distance, mask in _EXCHANGES:
        moved = (words ^ (words >> distance)) & mask
        words ^= moved ^ (moved << distance)
    # byte i now holds bit i of every line; the first row is the highest bit
    return np.ascontiguousarray(words.view(np.uint8).reshape(-1, 8)[:, ::-1]).reshape(-1)
