"""Postings: for each term the offers it stands in, and how often. Three plain arrays, made by sorting.

``starts``  term t is at ``starts[t]:starts[t + 1]``
``rows``    the offers, ascending within a term
``counts``  how often it stands there (255: so often or more)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import Final

import numpy as np

from feidi.engines.affinity.folding import Array, folded_units
from feidi.engines.affinity.forward import packed
from feidi.engines.affinity.terms import TERMS, terms_of

MOST: Final = 255
#: Offers that are sorted together: term and row fill 32 bits, and all of it stays in the cache.
BLOCK: Final = 1 << 11
_ROW_BITS: Final = 11
_ROW: Final = np.uint32(BLOCK - 1)
#: Blocks that are put together first, so that the last joining writes longer runs.
_GROUP: Final = 16
_THREADS: Final = 2


@dataclass(frozen=True, slots=True)
class Postings:
    """The three arrays, and how many terms each offer has in all."""

    starts: Array
    rows: Array
    counts: Array
    lengths: Array


@dataclass(frozen=True, slots=True)
class Stretch:
    """Postings of some offers: which terms there are, how many postings each has, and these, term by term.

    ``packed`` the same offer by offer (as in ``Forward``), ``different`` how many different terms each has.
    """

    terms: Array
    sizes: Array
    rows: Array
    counts: Array
    lengths: Array
    packed: Array
    different: Array


def block_of(units: Array, starts: Array) -> Stretch:
    """Return the postings of at most ``BLOCK`` texts (as in ``folded_units``); rows count from 0."""
    folded = folded_units(units, starts)
    found = terms_of(folded)
    places = (found.single, found.double, found.starts)
    lengths = np.sum([np.diff(np.searchsorted(each, folded.starts)) for each in places], axis=0)
    keys = found.numbers << np.uint32(_ROW_BITS)
    numbers, first = folded.numbers.astype(np.uint32), 0
    for each in places:
        keys[first : first + len(each)] |= numbers[each]
        first += len(each)
    keys.sort()
    begins = _begins(keys)
    counts = np.minimum(np.diff(begins, append=len(keys)), MOST).astype(np.uint8)
    keys = keys[begins]
    terms, rows = keys >> np.uint32(_ROW_BITS), keys & _ROW
    # numbers of 16 bits are put in order by counting them, not by comparing
    by_offer = packed(terms, counts)[np.argsort(rows.astype(np.uint16), kind="stable")]
    different = np.bincount(rows, minlength=len(starts) - 1)
    begins = _begins(terms)
    sizes = np.diff(begins, append=len(terms))
    return Stretch(terms[begins], sizes, rows, counts, lengths.astype(np.uint32), by_offer, different)


def _begins(ordered: Array) -> Array:
    """Return where each different value of an ordered array begins."""
    change = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=change[1:])
    return np.flatnonzero(change)


def group_of(blocks: Sequence[tuple[Array, Array]]) -> Stretch:
    """Return the postings of some blocks together."""
    parts = [block_of(*each) for each in blocks]
    whole = joined(parts, threads=1)
    terms = np.flatnonzero(np.diff(whole.starts))
    by_offer, different = (np.concatenate([getattr(each, name) for each in parts]) for name in ("packed", "different"))
    return Stretch(terms, np.diff(whole.starts)[terms], whole.rows, whole.counts, whole.lengths, by_offer, different)


def groups(blocks: Iterable[tuple[Array, Array]]) -> Iterator[Stretch]:
    """Yield the postings of groups of blocks, in order, two worked on at a time (numpy lets go of the interpreter)."""
    rest = iter(blocks)
    with ThreadPoolExecutor(_THREADS) as pool:
        given = iter(lambda: list(islice(rest, _GROUP)), [])
        waiting: list[Future[Stretch]] = [pool.submit(group_of, each) for each in islice(given, _THREADS)]
        while waiting:
            done = waiting.pop(0).result()
            waiting += [pool.submit(group_of, each) for each in islice(given, 1)]
            yield done


def joined(stretches: Sequence[Stretch], *, threads: int = _THREADS) -> Postings:
    """Put stretches together; the rows of each follow those of the one before."""
    sizes = np.zeros(TERMS, np.int64)
    for each in stretches:
        sizes[each.terms] += each.sizes
    starts = np.zeros(TERMS + 1, np.int64)
    np.cumsum(sizes, out=starts[1:])
    rows, counts = np.empty(int(starts[-1]), np.uint32), np.empty(int(starts[-1]), np.uint8)
    cursors, first, work = starts[:-1].copy(), 0, []
    for each in stretches:
        work.append((each, cursors[each.terms], first, rows, counts))
        cursors[each.terms] += each.sizes
        first += len(each.lengths)
    if threads == 1:
        for given in work:
            _place(*given)
    else:
        with ThreadPoolExecutor(threads) as pool:
            for done in [pool.submit(_place, *given) for given in work]:
                done.result()
    lengths = [each.lengths for each in stretches] or [np.zeros(0, np.uint32)]
    return Postings(starts, rows, counts, np.concatenate(lengths))


def _place(stretch: Stretch, cursors: Array, first: int, rows: Array, counts: Array) -> None:
    begins = np.cumsum(stretch.sizes) - stretch.sizes
    places = np.repeat(cursors - begins, stretch.sizes)
    places += np.arange(len(places))
    rows[places] = stretch.rows + np.uint32(first)
    counts[places] = stretch.counts
