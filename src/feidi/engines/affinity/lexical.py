"""BM25 over the terms of texts: k1 1.2, b 0.75, idf ln(1 + (N - df + 0.5) / (df + 0.5)), each term once per occurrence in the need.

``score(need, offer) = sum over terms t of times(t) · idf(t) · c (k1 + 1) / (c + k1 (1 - b + b · length / mean length))``

with c how often t stands in the offer (255 at most), lengths counted in terms, N, df and the mean over the living offers of all
segments. Lists are cut by single precision sums over postings; what is shown is computed anew from the texts in double.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Final

import numpy as np

from feidi.engines.affinity.folding import LETTER, SIGN, Array, Folded, folded_texts
from feidi.engines.affinity.model import Need
from feidi.engines.affinity.postings import MOST
from feidi.engines.affinity.segment import LONGEST, Segment
from feidi.engines.affinity.terms import BUCKETS, TERMS, WORDS, Terms, pairs, runs, terms_of, words
from feidi.engines.findings import refuse

K1: Final = 1.2
B: Final = 0.75
_SHOWN: Final = 40
#: From this share of a segment on, its sums are read as a whole.
_DENSE: Final = 5
#: Of more sums than this, every so-maniest tells about where the best begin.
_MANY: Final = 20_000
_EVERY: Final = 16
#: Gains that are looked at together: offers times terms.
_CELLS: Final = 1 << 20
#: Single precision sums may be off by so much.
SLACK: Final = 1e-4


@dataclass(frozen=True, slots=True)
class Asked:
    """The terms of a need: different numbers, ascending, how often each stands there; the folded text.

    ``at[i]``: the terms that begin at place i of the text, as (end, which of the different ones). ``known``: its pairs of
    neighbours as texts.
    """

    numbers: Array
    times: Array
    text: str
    at: tuple[tuple[tuple[int, int], ...], ...]
    known: frozenset[str]


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
    text = folded.text
    known = frozenset(text[at : at + 2] for at in range(len(text) - 1))
    return Asked(numbers, times, text, _by_place(len(folded.codes), places, which), known)


def _by_place(length: int, places: Terms, which: Array) -> tuple[tuple[tuple[int, int], ...], ...]:
    ends = np.concatenate([places.single + 1, places.double + 2, places.ends])
    at: list[list[tuple[int, int]]] = [[] for _place in range(length)]
    for begin, end, number in zip(places.at.tolist(), ends.tolist(), which.tolist(), strict=True):
        at[begin].append((end, number))
    return tuple(map(tuple, at))


class Scratch:
    """Arrays of zeros that are lent out and given back as zeros: making them anew costs more than the sums."""

    def __init__(self, kind: type[np.generic]) -> None:
        self._kind, self._free, self._lock = kind, dict[int, list[Array]](), Lock()

    def take(self, size: int) -> Array:
        """Lend an array of zeros."""
        with self._lock:
            free = self._free.get(size)
            if free:
                return free.pop()
        return np.zeros(size, self._kind)

    def give(self, array: Array) -> None:
        """Take it back; it holds zeros again."""
        with self._lock:
            self._free.setdefault(len(array), []).append(array)


_SUMS: Final = Scratch(np.float32)
_COLUMNS: Final = Scratch(np.int16)


@dataclass(frozen=True, slots=True)
class Touched:
    """Offers that share a term, with their sums: some rows, each perhaps several times, or (``rows`` None) all of a segment."""

    rows: Array | None
    sums: Array

    def best(self, count: int) -> tuple[Array, Array, float]:
        """Return the best offers, once each, at least ``count`` entries' worth, rows ascending; all from the third on, 0: all."""
        least = _least(self.sums, count)
        chosen = np.flatnonzero(self.sums >= least) if least > 0 else np.flatnonzero(self.sums > 0)
        if self.rows is None:
            return chosen, self.sums[chosen], least
        rows, first = np.unique(self.rows[chosen], return_index=True)
        return rows, self.sums[chosen][first], least


def _least(sums: Array, count: int) -> float:
    """Return the ``count``-th greatest sum; 0 when there are not so many. Of many only those that may be it are ordered."""
    if count >= len(sums):
        return 0.0
    if len(sums) > _MANY:
        some = sums[::_EVERY]
        wanted = min(len(some) - 1, 2 * count // _EVERY + _EVERY)
        above = sums[sums >= np.partition(some, len(some) - 1 - wanted)[len(some) - 1 - wanted]]
        sums = above if len(above) > count else sums
    return float(np.partition(sums, len(sums) - count)[len(sums) - count])


def touched(segment: Segment, terms: Array, weights: Array, norms: Array, firsts: Array) -> Touched:
    """Return the offers that share one of the terms; ``weights`` idf times occurrences, ``norms`` k1 (1 - b + …) by offer.

    Most terms stand once in an offer, and then ``c (k1 + 1) / (c + norm)`` is the offer's own (``firsts``): weights are added
    up first, and multiplied by it at the end; what stands more often adds the rest.
    """
    postings = segment.postings
    begins, ends = postings.starts[terms].tolist(), postings.starts[terms + 1].tolist()
    sums = _SUMS.take(len(segment))
    for begin, end, weight in zip(begins, ends, weights.astype(np.float32), strict=True):
        sums[postings.rows[begin:end]] += weight
    _add_repeated(sums, segment, terms, weights, norms)
    if _DENSE * sum(end - begin for begin, end in zip(begins, ends, strict=True)) > len(segment):
        answer = Touched(None, sums * firsts)
        sums.fill(0)
    else:
        parts = [postings.rows[begin:end] for begin, end in zip(begins, ends, strict=True)]
        rows = np.concatenate([*parts, np.zeros(0, np.uint32)])
        answer = Touched(rows, sums[rows] * firsts[rows])
        sums[rows] = 0
    _SUMS.give(sums)
    return answer


def _add_repeated(sums: Array, segment: Segment, terms: Array, weights: Array, norms: Array) -> None:
    """Add what terms that stand more than once in an offer give beyond their first occurrence, in units of the first."""
    begins, ends = segment.repeated_starts[terms], segment.repeated_starts[terms + 1]
    sizes = ends - begins
    places = np.repeat(begins - (np.cumsum(sizes) - sizes), sizes)
    places += np.arange(len(places))
    if not len(places):
        return
    which = segment.repeated[places]
    rows, often = segment.postings.rows[which], segment.postings.counts[which].astype(np.float32)
    norm = norms[rows]
    ratio = often * (norm + np.float32(1)) / (often + norm)
    np.add.at(sums, rows, np.repeat(weights.astype(np.float32), sizes) * (ratio - np.float32(1)))


def gains(segment: Segment, rows: Array, asked: Asked, weights: Array, norms: Array) -> Array:
    """Return what each term gives each of these offers, from their texts: rows by terms, double precision.

    ``norms`` are those of these offers.
    """
    folded = segment.folded(rows)
    at, columns = _hits(asked, folded)
    width = len(asked.numbers)
    keys = folded.numbers[at] * width + columns
    plain = np.bincount(keys, minlength=len(rows) * width).reshape(len(rows), width)
    counts = np.minimum(plain, MOST).astype(np.float64)
    answer: Array = counts * (weights * (K1 + 1))[None, :] / (counts + norms[:, None])
    return answer


def _hits(asked: Asked, folded: Folded) -> tuple[Array, Array]:
    """Return where the need's terms stand in these texts, and which of them each is."""
    width = len(asked.numbers)
    if width > np.iinfo(np.int16).max:
        terms = terms_of(folded)
        columns = np.minimum(np.searchsorted(asked.numbers, terms.numbers), width - 1)
        some = np.flatnonzero(asked.numbers[columns] == terms.numbers)
        return terms.at[some], columns[some]
    table = _COLUMNS.take(TERMS)
    table[asked.numbers] = np.arange(1, width + 1)
    at, columns = _looked_up(table, folded, has_words=bool(asked.numbers[-1] >= WORDS))
    table[asked.numbers] = 0
    _COLUMNS.give(table)
    return at, columns


def _looked_up(table: Array, folded: Folded, *, has_words: bool) -> tuple[Array, Array]:
    """Look every character, pair and word up in a table of columns (from 1, 0 for none): most are not there."""
    codes, sign = folded.codes, folded.kinds == SIGN
    # in the order of places_of, but of the terms that are asked for alone
    single = table[BUCKETS:][codes if codes.dtype == np.uint16 else codes & 0xFFFF]
    at_single = np.flatnonzero(single)
    at_single = at_single[sign[at_single]]
    double = table[pairs(codes[:-1], codes[1:])]
    at_double = np.flatnonzero(double)
    at_double = at_double[sign[at_double] & sign[at_double + 1]]
    found = [(at_single, single[at_single]), (at_double, double[at_double])]
    if has_words:
        starts, ends = runs(folded.kinds == LETTER)
        word = table[words(codes, starts, ends)]
        some = np.flatnonzero(word)
        found.append((starts[some], word[some]))
    columns = np.concatenate([each for _at, each in found]).astype(np.int64)
    columns -= 1
    return np.concatenate([at for at, _each in found]), columns


def scores(segment: Segment, rows: Array, asked: Asked, weights: Array, norms: Array) -> Array:
    """Return the BM25 of these offers, as the sum of their gains."""
    together = max(1, _CELLS // len(asked.numbers))
    parts = [
        gains(segment, rows[at : at + together], asked, weights, norms[at : at + together]).sum(axis=1)
        for at in range(0, len(rows), together)
    ]
    return np.concatenate(parts) if parts else np.zeros(0)


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
