"""BM25 over the terms of texts: k1 1.2, b 0.75, idf ln(1 + (N - df + 0.5) / (df + 0.5)), each term once per occurrence in the need.

``score(need, offer) = sum over terms t of times(t) · idf(t) · c (k1 + 1) / (c + k1 (1 - b + b · length / mean length))``

with c how often t stands in the offer (255 at most), lengths counted in terms, N, df and the mean over the living offers of all
segments. Lists are cut by single precision sums over postings; what is shown is computed anew, offer by offer, in double.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from types import ModuleType
from typing import Final

import numpy as np

from feidi.engines.affinity.folding import Array, Folded, folded_texts
from feidi.engines.affinity.kernels import loops_for
from feidi.engines.affinity.model import Need
from feidi.engines.affinity.reading import K1, B, Scratch
from feidi.engines.affinity.segment import LONGEST, Segment
from feidi.engines.affinity.terms import Terms, terms_of
from feidi.engines.findings import refuse

_SHOWN: Final = 40
#: From this share of a table on, emptying all of it is faster.
_FILLED: Final = 32
#: Of more sums than this, every so-maniest run of so many tells about where the best begin.
_MANY: Final = 20_000
_EVERY: Final = 16
_RUN: Final = 64
#: So many times as many sums as offers are wanted are looked at: an offer has one for each term, and lengths differ.
_AMPLE: Final = 4
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
        """Its pairs of neighbours as texts, without breaks."""
        pairs = (self.text[at : at + 2] for at in range(len(self.text) - 1))
        return frozenset(each for each in pairs if each.isalnum())

    @cached_property
    def at(self) -> list[list[tuple[int, int]]]:
        """By place of the text the terms that begin there, as (end, which of the different ones)."""
        places = self.places
        ends = np.concatenate([places.single + 1, places.double + 2, places.ends])
        at: list[list[tuple[int, int]]] = [[] for _place in range(len(self.folded.codes))]
        for begin, end, number in zip(places.at.tolist(), ends.tolist(), self.which.tolist(), strict=True):
            at[begin].append((end, number))
        return at


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


@dataclass(frozen=True, slots=True)
class Touched:
    """The sums of all offers, 0 where no term is shared, still to be multiplied by ``firsts``, of which none is above ``most``.

    ``entries`` the offers that were reached, each once for each term; of many it is faster to look at all offers.
    """

    sums: Array
    entries: Array
    firsts: Array
    most: float

    def best(self, count: int) -> tuple[Array, Array, float]:
        """Return the ``count`` best offers with those that equal the last, their BM25, and that of the last; 0: these are all.

        Sums are multiplied only where a sample says that one of the best may be; when that was too high it is done again.
        """
        given = self.sums if len(self.entries) > len(self.sums) // 2 else self.sums.take(self.entries)
        likely = _likely(given, count)
        rows, values = self._from(given, likely)
        least = _least(values, count)
        if likely and least < likely * self.most:
            rows, values = self._from(given, least / self.most * (1 - SLACK))
            least = _least(values, count)
        kept = np.flatnonzero(values >= least)
        return rows[kept], values[kept], least

    def _from(self, given: Array, least: float) -> tuple[Array, Array]:
        at = np.flatnonzero(given >= np.float32(least) if least else given > 0)
        rows = at if given is self.sums else _different(self.entries[at])
        return rows, self.sums[rows] * self.firsts[rows]


def _likely(given: Array, count: int) -> float:
    """Return the sum from which on there are likely some times as many; 0 when all are to be looked at."""
    if len(given) <= max(_MANY, _AMPLE * count):
        return 0.0
    some = given[: len(given) // _RUN * _RUN].reshape(-1, _RUN)[::_EVERY].ravel()
    return _least(some, _AMPLE * count // _EVERY + _RUN)


def _different(rows: Array) -> Array:
    """Return each of these rows once, in order."""
    ordered = np.sort(rows.astype(np.uint32))
    first = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return ordered[first].astype(np.intp)


def _least(sums: Array, count: int) -> float:
    """Return the ``count``-th greatest; 0 when there are not so many."""
    return float(np.partition(sums, len(sums) - count)[len(sums) - count]) if count < len(sums) else 0.0


@dataclass(frozen=True, slots=True)
class Weighing:
    """What offers of a part are weighed with: ``norms`` k1 (1 - b + …), ``firsts`` (k1 + 1) / (1 + norm), none above ``most``.

    ``again`` for loops in machine code: the offers of the postings that count more than one, and what they give beyond the first time.
    """

    norms: Array
    firsts: Array
    most: float
    again: tuple[Array, Array] | None


def weighing_of(segment: Segment, norms: Array, firsts: Array, most: float) -> Weighing:
    """Return what the offers of a segment are weighed with."""
    loops, postings = loops_for(len(segment)), segment.postings
    again = loops.ratios_of(postings.rows, postings.counts, segment.repeated, norms) if loops else None
    return Weighing(norms, firsts, most, again)


@dataclass(frozen=True, slots=True)
class Reached:
    """The same by loops in machine code; terms are followed when the best are asked for."""

    loops: ModuleType
    given: tuple[Array | float, ...]

    def best(self, count: int) -> tuple[Array, Array, float]:
        """Return what ``Touched.best`` returns."""
        sums = _SUMS.take(self.loops.STRETCH)
        found: tuple[Array, Array, float] = self.loops.best(*self.given, count, sums)
        _SUMS.give(sums)
        return found


def touched(
    segment: Segment, terms: Array, weights: Array, ends: Sequence[int], weighing: Weighing
) -> Iterator[Touched | Reached]:
    """Yield for each need, whose terms are ``ends[i]:ends[i + 1]``, the offers that share one of its terms, until the next is asked for.

    ``weights`` idf times occurrences. Most terms stand once in an offer, and then ``c (k1 + 1) / (c + norm)`` is the offer's own
    (``firsts``): weights are added up first, and multiplied by it at the end; what stands more often adds the rest.
    """
    loops = loops_for(len(segment))
    if loops and weighing.again:
        yield from _reached(loops, segment, terms, weights, ends, weighing)
        return
    postings = segment.postings
    begins, sizes = postings.starts[terms], postings.starts[terms + 1] - postings.starts[terms]
    parts = [postings.rows[at : at + size] for at, size in zip(begins.tolist(), sizes.tolist(), strict=True)]
    plain, repeated = weights.astype(np.float32), _repeated(segment, terms, weights, weighing.norms)
    for first, last in pairwise(ends):
        rows = np.concatenate([*parts[first:last], np.zeros(0, np.uint32)], dtype=np.intp)
        sums = _SUMS.take(len(segment))
        np.add.at(sums, rows, np.repeat(plain[first:last], sizes[first:last]))
        again = slice(repeated.ends[first], repeated.ends[last])
        np.add.at(sums, repeated.rows[again], repeated.gains[again])
        yield Touched(sums, rows, weighing.firsts, weighing.most)
        if _FILLED * len(rows) > len(sums):
            sums.fill(0)
        else:
            sums[rows] = 0
        _SUMS.give(sums)


def _reached(
    loops: ModuleType, segment: Segment, terms: Array, weights: Array, ends: Sequence[int], weighing: Weighing
) -> Iterator[Reached]:
    postings, plain = segment.postings, weights.astype(np.float32)
    begins, lasts = postings.starts[terms], postings.starts[terms + 1]
    again, past = segment.repeated_starts[terms], segment.repeated_starts[terms + 1]
    for first, last in pairwise(ends):
        own = slice(first, last)
        where = begins[own], lasts[own], plain[own], *(weighing.again or ()), again[own], past[own]
        yield Reached(loops, (postings.rows, *where, weighing.firsts, weighing.most))


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
