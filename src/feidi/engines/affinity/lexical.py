"""BM25 over the terms of texts: k1 1.2, b 0.75, idf ln(1 + (N - df + 0.5) / (df + 0.5)), each term once per occurrence in the need.

``score(need, offer) = sum over terms t of times(t) · idf(t) · c (k1 + 1) / (c + k1 (1 - b + b · length / mean length))``

with c how often t stands in the offer (255 at most), lengths counted in terms, N, df and the mean over the living offers of all
segments. Lists are cut by single precision sums over postings; what is shown is computed anew from the texts in double.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

import numpy as np

from feidi.engines.affinity.folding import Array, Folded, folded_texts
from feidi.engines.affinity.model import Need
from feidi.engines.affinity.reading import K1, B, Scratch, Sought
from feidi.engines.affinity.segment import LONGEST, Segment
from feidi.engines.affinity.terms import Terms, terms_of
from feidi.engines.findings import refuse

_SHOWN: Final = 40
#: From this share of a segment on, its sums are read as a whole.
_DENSE: Final = 5
#: Of more sums than this, every so-maniest run of so many tells about where the best begin.
_MANY: Final = 20_000
_EVERY: Final = 16
_RUN: Final = 64
#: Single precision sums may be off by so much.
SLACK: Final = 1e-4


@dataclass(frozen=True)
class Asked:
    """The terms of a need: different numbers, ascending, and how often each stands there.

    ``folded`` and ``places`` its text and where the terms are, ``which`` of the different ones each is.
    """

    numbers: Array
    times: Array
    which: Array
    folded: Folded
    places: Terms

    @cached_property
    def text(self) -> str:
        """The folded text."""
        return self.folded.text

    @cached_property
    def known(self) -> frozenset[str]:
        """Its pairs of neighbours as texts."""
        return frozenset(self.text[at : at + 2] for at in range(len(self.text) - 1))

    @cached_property
    def at(self) -> list[list[tuple[int, int]]]:
        """By place of the text the terms that begin there, as (end, which of the different ones)."""
        places = self.places
        ends = np.concatenate([places.single + 1, places.double + 2, places.ends])
        at: list[list[tuple[int, int]]] = [[] for _place in range(len(self.folded.codes))]
        for begin, end, number in zip(places.at.tolist(), ends.tolist(), self.which.tolist(), strict=True):
            at[begin].append((end, number))
        return at

    def sought(self, weights: Array) -> Sought:
        """Return the terms with these weights as those of one need."""
        return Sought(self.numbers.astype(np.int64), np.array([0, len(self.numbers)]), weights)


def asked_of(need: Need) -> Asked:
    """Return the terms of a need. Refused: no text, no word in it, a text too long."""
    if not need.text.strip():
        raise refuse("match.need_empty")
    if len(need.text) > LONGEST:
        raise refuse("match.text_too_long", what="need", size=len(need.text), most=LONGEST)
    folded = folded_texts([need.text])
    places = terms_of(folded)
    if not len(places.numbers):
        raise refuse("match.need_no_words", text=need.text[:_SHOWN])
    numbers, which, times = np.unique(places.numbers, return_inverse=True, return_counts=True)
    return Asked(numbers, times, which, folded, places)


_SUMS: Final = Scratch(np.float32)
#: Read only where it has just been written, and so never put back to zeros.
_PLACES: Final = Scratch(np.int32)


@dataclass(frozen=True, slots=True)
class Touched:
    """Offers that share a term, with their sums: some rows, each perhaps several times, or (``rows`` None) all ``size`` of them."""

    rows: Array | None
    sums: Array
    size: int

    def best(self, count: int) -> tuple[Array, Array, float]:
        """Return the best offers, once each, at least ``count`` entries' worth; all from the third on, 0: all."""
        chosen, least = best_of(self.sums, count)
        if self.rows is None:
            return chosen, self.sums[chosen], least
        rows = self.rows[chosen]
        first = _last_of_each(rows, self.size)
        return rows[first], self.sums[chosen[first]], least


def _last_of_each(rows: Array, size: int) -> Array:
    """Return one place of each different row: who writes last into an array is found there."""
    places, order = _PLACES.take(size), np.arange(len(rows), dtype=np.int32)
    places[rows] = order
    found = np.flatnonzero(places[rows] == order)
    _PLACES.give(places)
    return found


def best_of(sums: Array, count: int) -> tuple[Array, float]:
    """Return the places of the ``count`` greatest sums, with those that equal the last, and that one; 0: of all above 0.

    Of many only those that a sample says may be among them are ordered.
    """
    if len(sums) > max(_MANY, count):
        some = sums[: len(sums) // _RUN * _RUN].reshape(-1, _RUN)[::_EVERY].ravel()
        wanted = min(len(some) - 1, 2 * count // _EVERY + _RUN)
        likely = float(np.partition(some, len(some) - 1 - wanted)[len(some) - 1 - wanted])
        above = np.flatnonzero(sums >= likely) if likely > 0 else np.zeros(0, np.int64)
        if len(above) > count:
            values = sums[above]
            least = _least(values, count)
            return above[values >= least], least
    least = _least(sums, count)
    return np.flatnonzero(sums >= least) if least > 0 else np.flatnonzero(sums > 0), max(least, 0.0)


def _least(sums: Array, count: int) -> float:
    """Return the ``count``-th greatest; 0 when there are not so many."""
    return float(np.partition(sums, len(sums) - count)[len(sums) - count]) if count < len(sums) else 0.0


def touched(
    segment: Segment, terms: Array, weights: Array, ends: Sequence[int], norms: Array, firsts: Array
) -> Iterator[Touched]:
    """Yield for each need, whose terms are ``ends[i]:ends[i + 1]``, the offers that share one of its terms.

    ``weights`` idf times occurrences, ``norms`` k1 (1 - b + …) by offer. Most terms stand once in an offer, and then
    ``c (k1 + 1) / (c + norm)`` is the offer's own (``firsts``): weights are added up first, and multiplied by it at the end; what
    stands more often adds the rest.
    """
    postings = segment.postings
    begins, sizes = postings.starts[terms], postings.starts[terms + 1] - postings.starts[terms]
    parts = [postings.rows[at : at + size] for at, size in zip(begins.tolist(), sizes.tolist(), strict=True)]
    plain, repeated = weights.astype(np.float32), _repeated(segment, terms, weights, norms)
    for first, last in pairwise(ends):
        rows = np.concatenate([*parts[first:last], np.zeros(0, np.uint32)], dtype=np.intp)
        sums = _SUMS.take(len(segment))
        np.add.at(sums, rows, np.repeat(plain[first:last], sizes[first:last]))
        again = slice(repeated.ends[first], repeated.ends[last])
        np.add.at(sums, repeated.rows[again], repeated.gains[again])
        if _DENSE * len(rows) > len(segment):
            answer = Touched(None, sums * firsts, len(segment))
            sums.fill(0)
        else:
            answer = Touched(rows, sums.take(rows) * firsts.take(rows), len(segment))
            sums[rows] = 0
        _SUMS.give(sums)
        yield answer


@dataclass(frozen=True, slots=True)
class _Repeated:
    """What terms that stand more than once in an offer give beyond their first occurrence, in units of the first."""

    rows: Array
    gains: Array
    ends: list[int]


def _repeated(segment: Segment, terms: Array, weights: Array, norms: Array) -> _Repeated:
    begins, ends = segment.repeated_starts[terms], segment.repeated_starts[terms + 1]
    sizes = ends - begins
    past = np.concatenate([[0], np.cumsum(sizes)])
    places = np.repeat(begins - past[:-1], sizes)
    places += np.arange(len(places))
    which = segment.repeated[places]
    rows, often = segment.postings.rows[which].astype(np.intp), segment.postings.counts[which].astype(np.float32)
    norm = norms[rows]
    ratio = often * (norm + np.float32(1)) / (often + norm)
    gains = np.repeat(weights.astype(np.float32), sizes) * (ratio - np.float32(1))
    return _Repeated(rows, gains, past.tolist())


@dataclass(frozen=True, slots=True)
class Statistics:
    """What BM25 needs of the living offers: how many, and their mean length."""

    offers: int
    mean: float

    def idf(self, found: Array) -> Array:
        """Return the idf of terms that stand in so many offers."""
        return np.log1p((self.offers - found + 0.5) / (found + 0.5))

    def norms(self, lengths: Array) -> Array:
        """Return k1 (1 - b + b · length / mean) of offers of these lengths."""
        relative = lengths.astype(np.float64) / self.mean if self.mean else np.zeros(len(lengths))
        return np.asarray(K1 * (1 - B + B * relative), np.float64)


def limit(segments: Sequence[Segment], terms: Array, weights: Array, least_norm: float) -> float:
    """Return the most that an offer could get from these terms alone, in any of the segments."""
    if not len(terms):
        return 0.0
    most = np.max([segment.most[terms] for segment in segments], axis=0).astype(np.float64)
    gain = weights * (K1 + 1) * most / (most + least_norm)
    return float(np.nansum(gain))
