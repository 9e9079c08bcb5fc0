"""The loops of a question as machine code (see ``engines.machine``): each gives, bit by bit, what numpy's columns give.

Sums are added up in the same order and precision as there, so that a list does not depend on where it was worked out; the tests
hold both against each other. This module is imported only where there is a compiler.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from feidi.engines.affinity.facts import NO, UNKNOWN, YES
from feidi.engines.affinity.folding import Array
from feidi.engines.affinity.forward import TERM_BITS
from feidi.engines.machine import compiled

#: A number as numpy has it: 32 bits where sums are held, so that they are rounded as its columns are.
Number = Any
#: Offers whose sums are held at a time.
STRETCH: Final = 1 << 16
#: Sums are counted into so many steps to find where the best begin.
_STEPS: Final = 4096
#: So many times as many as are wanted are gathered before the worst are let go.
_AMPLE: Final = 4
#: With more stretches than this it pays to guess from the first; so many times as many as are likely to be wanted of it are kept.
_STRETCHES: Final = 4
_GUESSED: Final = 2
_FEW: Final = 16
_NEXT: Final = np.uint64(1)
_ONE: Final = np.float32(1)
#: Room for rounding.
_BELOW: Final = np.float32(0.9999)
_HEADS: Final = 4096
_TERM: Final = (1 << TERM_BITS) - 1


@compiled
def best(
    rows: Array,
    begins: Array,
    ends: Array,
    weights: Array,
    again_rows: Array,
    again_ratios: Array,
    again_begins: Array,
    again_ends: Array,
    firsts: Array,
    most: Number,
    wanted: Number,
    sums: Array,
) -> tuple[Array, Array, Number]:
    """Follow these terms; return the ``wanted`` best offers with those that equal the last, their BM25, and that of the last.

    The least is 0 when these are all that were reached. ``sums`` (``STRETCH`` zeros, given back as zeros) holds one stretch of the
    offers at a time, so that it stays in the cache: postings are in the order of the offers. None of ``firsts`` is above ``most``.
    From the first stretch it is guessed what the best have; where too few had it, all is done again without guessing.
    """
    room = _AMPLE * wanted + STRETCH + _FEW
    chosen, values, offers = np.empty(room, np.uint32), np.empty(room, np.float32), len(firsts)
    found, least = 0, np.float32(0)
    for guessing in (True, False):
        at, again = begins.copy(), again_begins.copy()
        found, least, enough = 0, np.float32(0), np.float32(0)
        for first in range(0, offers, STRETCH):
            last = np.uint32(min(first + STRETCH, offers))
            _follow(rows, at, ends, weights, np.uint32(first), last, sums)
            _follow_again(again_rows, again_ratios, again, again_ends, weights, np.uint32(first), last, sums)
            found = _gather(sums, firsts, np.uint32(first), enough, chosen, values, found)
            sums[:] = 0
            likely = _GUESSED * wanted * STRETCH // offers + _FEW
            if guessing and first == 0 and found > likely and offers > _STRETCHES * STRETCH:
                least = _least(values[:found], likely)
            elif found > _AMPLE * wanted:
                least = _least(values[:found], wanted)
            else:
                continue
            found = _kept(chosen, values, found, least)
            enough = least / np.float32(most) * _BELOW
        if found >= wanted or least == 0:
            break
    if found > wanted:
        least = _least(values[:found], wanted)
        found = _kept(chosen, values, found, least)
    return chosen[:found].astype(np.int64), values[:found].copy(), float(least)


@compiled
def _follow(rows: Array, at: Array, ends: Array, weights: Array, first: Number, last: Number, sums: Array) -> None:
    """Add the weights of terms to the offers of one stretch that hold them; ``at`` moves on."""
    for term in range(len(at)):
        place, end, weight = np.uint64(at[term]), np.uint64(ends[term]), weights[term]
        while place < end:
            row = rows[place]
            if row >= last:
                break
            sums[np.uint32(row - first)] += weight
            place += _NEXT
        at[term] = np.int64(place)


@compiled
def _follow_again(
    rows: Array, ratios: Array, at: Array, ends: Array, weights: Array, first: Number, last: Number, sums: Array
) -> None:
    """Add what terms that stand more than once in an offer give beyond their first occurrence, in units of the first."""
    for term in range(len(at)):
        place, end, weight = np.uint64(at[term]), np.uint64(ends[term]), weights[term]
        while place < end:
            row = rows[place]
            if row >= last:
                break
            sums[np.uint32(row - first)] += weight * ratios[place]
            place += _NEXT
        at[term] = np.int64(place)


@compiled
def ratios_of(rows: Array, counts: Array, repeated: Array, norms: Array) -> tuple[Array, Array]:
    """Return of postings that count more than one the offers, and what they give beyond the first time, in units of it."""
    own, ratios = np.empty(len(repeated), np.uint32), np.empty(len(repeated), np.float32)
    for place in range(len(repeated)):
        row = rows[repeated[place]]
        often, norm = np.float32(counts[repeated[place]]), norms[row]
        own[place], ratios[place] = row, often * (norm + _ONE) / (often + norm) - _ONE
    return own, ratios


@compiled
def _gather(
    sums: Array, firsts: Array, first: Number, enough: Number, chosen: Array, values: Array, found: Number
) -> Number:
    """Put the offers of a stretch whose sums are above ``enough`` behind those found; return how many there are then."""
    past = np.uint64(found)
    for begin in range(0, STRETCH, _FEW):
        # a few at a time: most have none
        greatest = np.float32(0)
        for own in range(_FEW):
            value = sums[np.uint32(begin + own)]
            greatest = value if value > greatest else greatest  # noqa: FURB136 - max looks for NaN, too
        if greatest > enough:
            for own in range(_FEW):
                place = np.uint32(begin + own)
                chosen[past], values[past] = np.uint32(first + place), sums[place]
                past += np.uint64(sums[place] > enough)
    for at in range(np.uint64(found), past):
        values[at] *= firsts[chosen[at]]
    return np.int64(past)


@compiled
def _least(values: Array, wanted: Number) -> Number:
    """Return the value that so many reach: the steps of a count say in which small part of them it is."""
    most = np.float32(0)
    for at in range(len(values)):
        most = max(most, values[at])
    scale = np.float32(_STEPS - 1) / most
    steps = np.zeros(_STEPS, np.int64)
    for at in range(len(values)):
        steps[int(values[at] * scale)] += 1
    left, step = wanted, _STEPS - 1
    while steps[step] < left:
        left -= steps[step]
        step -= 1
    within, found = np.empty(steps[step], np.float32), 0
    for at in range(len(values)):
        if int(values[at] * scale) == step:
            within[found] = values[at]
            found += 1
    return np.sort(within)[found - left]


@compiled
def _kept(chosen: Array, values: Array, found: Number, least: Number) -> Number:
    """Move those that reach ``least`` to the front; return how many."""
    kept = 0
    for at in range(found):
        # without a branch: whether one is kept cannot be foreseen
        value = values[at]
        chosen[kept], values[kept] = chosen[at], value
        kept += 1 if value >= least else 0
    return kept


@compiled
def hits(
    starts: Array, packed: Array, rows: Array, numbers: Array, gains: Array, norms: Array
) -> tuple[Array, Array, Array]:
    """Return place of the offer, place of the term and what it gives, wherever an offer holds a term that is asked for.

    ``gains`` are weights times k1 + 1. A small table says for most terms of an offer that nobody asks for them.
    """
    heads, following = np.full(_HEADS, -1, np.int16), np.empty(len(numbers), np.int16)
    for own in range(len(numbers)):
        head = numbers[own] % _HEADS
        following[own] = heads[head]
        heads[head] = own
    room = len(rows) * len(numbers)
    offers, terms, found_gains, found = np.empty(room, np.int64), np.empty(room, np.int64), np.empty(room), 0
    for place in range(len(rows)):
        norm = norms[place]
        for at in range(starts[rows[place]], starts[rows[place] + 1]):
            value = packed[at]
            own = heads[value & (_HEADS - 1)]
            while own >= 0:
                if numbers[own] == value & _TERM:
                    often = np.float64(value >> TERM_BITS)
                    offers[found], terms[found] = place, own
                    found_gains[found] = gains[own] * often / (often + norm)
                    found += 1
                    break
                own = following[own]
    return offers[:found].copy(), terms[:found].copy(), found_gains[:found].copy()


@compiled
def worth_of_bits(bits: Array, rows: Array, used: Array, worth: Array) -> Array:
    """Return for some offers what their bytes of common terms are worth: of byte ``used[i]`` the 256 values from ``256 i`` on."""
    sums = np.zeros(len(rows), np.float32)
    for place in range(len(rows)):
        row, found = rows[place], np.float32(0)
        for own in range(len(used)):
            found += worth[own * 256 + bits[row, used[own]]]
        sums[place] = found
    return sums


@compiled
def by_code(table: Array, codes: Array, rows: Array) -> Array:
    """Return the answers ``table[codes[rows]]``."""
    found = np.empty(len(rows), np.int8)
    for place in range(len(rows)):
        found[place] = np.int8(table[codes[rows[place]]])
    return found


@compiled
def by_ends(low: Array, high: Array, least: Number, most: Number, slack: Number, rows: Array) -> Array:
    """Return the answers of ranges: whether they come as near as ``slack`` to the needed one."""
    found = np.empty(len(rows), np.int8)
    for place in range(len(rows)):
        begin, end = low[rows[place]], high[rows[place]]
        if np.isnan(begin):
            found[place] = UNKNOWN
        else:
            far = begin - most if begin - most > least - end else least - end  # noqa: FURB136 - max looks for NaN, too
            found[place] = YES if far <= slack else NO
    return found


@compiled
def by_day(days: Array, needed: Number, later: Number, rows: Array) -> Array:
    """Return the answers of days: whether they are so late, or so early."""
    found = np.empty(len(rows), np.int8)
    for place in range(len(rows)):
        day = days[rows[place]]
        if day == 0:
            found[place] = UNKNOWN
        else:
            found[place] = YES if (day >= needed if later else day <= needed) else NO
    return found
