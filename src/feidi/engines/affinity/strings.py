"""Many short texts in two plain arrays, and the row of each: ids and owners."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from feidi.engines.affinity.folding import Array

_BASE: Final = 0x100000001B3


@dataclass(frozen=True, slots=True)
class Strings:
    """``data[starts[i]:starts[i + 1]]`` is text i in UTF-8; ``hashes`` ascending, ``order`` the row of each hash."""

    data: Array
    starts: Array
    hashes: Array
    order: Array

    @classmethod
    def of(cls, texts: Sequence[str]) -> Strings:
        """Return these texts."""
        encoded = [each.encode("utf-8", "surrogatepass") for each in texts]
        starts = np.zeros(len(encoded) + 1, np.int64)
        np.cumsum([len(each) for each in encoded], out=starts[1:])
        data = np.frombuffer(b"".join(encoded), np.uint8)
        hashes = _hashed(data, starts)
        order = np.argsort(hashes, kind="stable").astype(np.uint32)
        return cls(data, starts, hashes[order], order)

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, row: int) -> str:
        return bytes(self.data[int(self.starts[row]) : int(self.starts[row + 1])]).decode("utf-8", "surrogatepass")

    def find(self, text: str) -> int | None:
        """Return the row of a text, the first one; None when it is not there."""
        raw = text.encode("utf-8", "surrogatepass")
        asked = _hashed(np.frombuffer(raw, np.uint8), np.array([0, len(raw)]))[0]
        begin, end = np.searchsorted(self.hashes, asked, "left"), np.searchsorted(self.hashes, asked, "right")
        return next((int(row) for row in self.order[begin:end] if self[int(row)] == text), None)

    def twice(self) -> tuple[int, int] | None:
        """Return the first two rows with the same text; None when all differ."""
        found: list[tuple[int, int]] = []
        for at in np.flatnonzero(self.hashes[1:] == self.hashes[:-1]).tolist():
            one, other = sorted((int(self.order[at]), int(self.order[at + 1])))
            if self[one] == self[other]:
                found.append((other, one))
        return min(found)[::-1] if found else None


def _hashed(data: Array, starts: Array) -> Array:
    """Return a 64-bit number for each text: its bytes as digits, mixed."""
    sizes = np.diff(starts)
    if not len(data):
        return np.zeros(len(sizes), np.uint64)
    powers = np.full(int(sizes.max()), _BASE, np.uint64)
    powers[0] = 1
    powers = np.multiply.accumulate(powers)
    digits = (data.astype(np.uint64) + np.uint64(1)) * powers[np.arange(len(data)) - np.repeat(starts[:-1], sizes)]
    sums = np.concatenate([np.zeros(1, np.uint64), np.add.accumulate(digits, dtype=np.uint64)])
    value = (sums[starts[1:]] - sums[starts[:-1]]) + sizes.astype(np.uint64)
    value ^= value >> np.uint64(31)
    value *= np.uint64(0x9E3779B97F4A7C15)
    mixed: Array = value ^ (value >> np.uint64(29))
    return mixed
