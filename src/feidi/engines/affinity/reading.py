"""What the terms of needs give offers, counted anew from the offers' texts: exact, in double precision.

Most characters of a text are of no term that is asked for: one table says by number of a term whether it is, and only what is
there is looked at further. Several needs are read together, each in a table of its own, for few offers at a time cost more to
begin than to read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Final

import numpy as np

from feidi.engines.affinity.folding import LETTER, SIGN, Array, Folded, kinds_of
from feidi.engines.affinity.postings import MOST
from feidi.engines.affinity.segment import Segment
from feidi.engines.affinity.terms import TERMS, WORDS, characters, pairs, runs, words

K1: Final = 1.2
B: Final = 0.75
#: Gains that are looked at together: offers times terms.
CELLS: Final = 1 << 20


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


_MARKS: Final = Scratch(np.bool_)
#: Read only where there is a mark, and so never put back to zeros.
_COLUMNS: Final = Scratch(np.int32)


@dataclass(frozen=True, slots=True)
class Sought:
    """The terms of some needs: those of need i at ``starts[i]:starts[i + 1]``, numbers ascending; ``weights`` idf · occurrences."""

    numbers: Array
    starts: Array
    weights: Array

    @property
    def width(self) -> int:
        """How many different terms the longest need has."""
        return int(np.diff(self.starts).max(initial=0))

    @property
    def owners(self) -> Array:
        """By term, the need."""
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))

    @property
    def columns(self) -> Array:
        """By term, its place within its need."""
        return np.arange(len(self.numbers)) - self.starts[self.owners]

    def of(self, first: int, last: int) -> Sought:
        """Return some of the needs."""
        here = slice(int(self.starts[first]), int(self.starts[last]))
        return Sought(self.numbers[here], self.starts[first : last + 1] - self.starts[first], self.weights[here])


def gains(segment: Segment, rows: Array, which: Array, sought: Sought, norms: Array) -> Array:
    """Return what each term gives each of these offers: rows by the terms of the row's need, ``which``.

    ``norms`` are those of these offers. Beyond the terms of a need there are zeros.
    """
    folded, width = segment.folded(rows), sought.width
    at, columns = _hits(folded, which, sought)
    plain = np.bincount(folded.numbers[at] * width + columns, minlength=len(rows) * width)
    counts = np.minimum(plain, MOST).astype(np.float64).reshape(len(rows), width)
    weights = np.zeros((len(sought.starts) - 1, width))
    weights[sought.owners, sought.columns] = sought.weights
    weights *= K1 + 1
    shares = counts / (counts + norms[:, None])
    shares *= weights if len(weights) == 1 else weights[which]
    return shares


def scores(segment: Segment, rows: Array, which: Array, sought: Sought, norms: Array) -> Array:
    """Return the BM25 of these offers, each for its need, as the sum of their gains."""
    together = max(1, CELLS // max(1, sought.width))
    parts = [
        gains(segment, rows[here], which[here], sought, norms[here]).sum(axis=1)
        for here in (slice(at, at + together) for at in range(0, len(rows), together))
    ]
    return np.concatenate(parts) if parts else np.zeros(0)


def _hits(folded: Folded, which: Array, sought: Sought) -> tuple[Array, Array]:
    """Return where terms stand that the text's need asks for, and which of the need's terms each is."""
    needs = len(sought.starts) - 1
    marks, columns = _MARKS.take(needs * TERMS), _COLUMNS.take(needs * TERMS)
    address = sought.owners * TERMS + sought.numbers
    marks[address] = True
    columns[address] = sought.columns
    base = np.zeros(1, np.uint32)
    if needs > 1:
        base = np.repeat((which * TERMS).astype(np.uint32), np.diff(folded.starts))
    has_words = bool((sought.numbers >= WORDS).any())
    found = _looked_up(folded.codes, marks, base, has_words=has_words)
    answer = np.concatenate([at for at, _address in found]), np.concatenate([columns[at] for _at, at in found])
    marks[address] = False
    _MARKS.give(marks)
    _COLUMNS.give(columns)
    return answer


def _looked_up(codes: Array, marks: Array, base: Array, *, has_words: bool) -> Sequence[tuple[Array, Array]]:
    """Look every character, pair and word up; return where they stand and their addresses, of those that are marked."""
    found = []
    single = characters(codes) + base
    at = np.flatnonzero(marks[single])
    at = at[kinds_of(codes[at]) == SIGN]
    found.append((at, single[at]))
    double = pairs(codes[:-1], codes[1:]) + (base if len(base) == 1 else base[:-1])
    at = np.flatnonzero(marks[double])
    at = at[(kinds_of(codes[at]) == SIGN) & (kinds_of(codes[at + 1]) == SIGN)]
    found.append((at, double[at]))
    if has_words:
        starts, ends = runs(kinds_of(codes) == LETTER)
        word = words(codes, starts, ends) + (base if len(base) == 1 else base[starts])
        some = np.flatnonzero(marks[word])
        found.append((starts[some], word[some]))
    return found
