"""Terms of texts as numbers: each Chinese character, each pair of neighbouring ones, each word of letters and digits.

A pair is hashed into ``BUCKETS``; a character has a number of its own above them; above these, words are hashed into buckets of
theirs. Two terms may share a bucket: that is counted alike everywhere (kernel, reference, SQL); words shown are compared as text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from feidi.engines.affinity.folding import LETTER, SIGN, Array, Folded

BUCKET_BITS: Final = 20
WORD_BITS: Final = 18
#: Buckets of pairs.
BUCKETS: Final = 1 << BUCKET_BITS
#: Where the words begin: behind the pairs and one number for each of 65,536 characters.
WORDS: Final = BUCKETS + (1 << 16)
#: Numbers of terms in all.
TERMS: Final = WORDS + (1 << WORD_BITS)
_FIRST: Final = 0x9E3779B1
_SECOND: Final = 0x85EBCA77
_MIX: Final = 0x2C1B3C6D
_WORD: Final = 0x01000193


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of texts: ``numbers`` of the characters, then the pairs, then the words.

    ``single``, ``double``, ``starts`` are the positions in ``Folded.codes`` where each of them begins, each ascending;
    ``ends`` where a word ends.
    """

    numbers: Array
    single: Array
    double: Array
    starts: Array
    ends: Array

    @property
    def at(self) -> Array:
        """Where each begins."""
        return np.concatenate([self.single, self.double, self.starts])


def _mixed(value: Array, bits: int) -> Array:
    """Return well mixed upper bits of 32-bit numbers (after Wellons' hash prospector)."""
    value ^= value >> np.uint32(15)
    value *= np.uint32(_MIX)
    value ^= value >> np.uint32(13)
    value *= np.uint32(_SECOND)
    return value >> np.uint32(32 - bits)


def characters(codes: Array) -> Array:
    """Return the terms of single characters."""
    return (codes & 0xFFFF).astype(np.uint32) + np.uint32(BUCKETS)


def pairs(first: Array, second: Array) -> Array:
    """Return the terms of pairs of neighbours."""
    return _mixed(
        first.astype(np.uint32) * np.uint32(_FIRST) + second.astype(np.uint32) * np.uint32(_SECOND), BUCKET_BITS
    )


def words(codes: Array, starts: Array, ends: Array) -> Array:
    """Return the terms of words: ``codes[starts[i]:ends[i]]`` as the digits of a number to the base ``_WORD``."""
    if not len(starts):
        return np.zeros(0, np.uint32)
    sizes = ends - starts
    inside = np.repeat(starts - (np.cumsum(sizes) - sizes), sizes) + np.arange(int(sizes.sum()))
    place = inside - np.repeat(starts, sizes)
    powers = np.full(int(sizes.max()), _WORD, np.uint32)
    powers[0] = 1
    powers = np.multiply.accumulate(powers, dtype=np.uint32)
    digits = (codes[inside].astype(np.uint32) + np.uint32(1)) * powers[place]
    buckets = _mixed(np.add.reduceat(digits, np.cumsum(sizes) - sizes, dtype=np.uint32), WORD_BITS)
    return buckets + np.uint32(WORDS)


def places_of(folded: Folded) -> tuple[Array, Array, Array, Array]:
    """Return where the terms are: of characters, of pairs, and where words begin and end."""
    kinds = folded.kinds
    sign = kinds == SIGN
    return np.flatnonzero(sign), np.flatnonzero(sign[:-1] & sign[1:]), *runs(kinds == LETTER)


def terms_of(folded: Folded) -> Terms:
    """Return all terms of texts: characters, then pairs, then words; those of one text are not together."""
    single, double, starts, ends = places_of(folded)
    codes = folded.codes
    numbers = np.empty(len(single) + len(double) + len(starts), np.uint32)
    numbers[: len(single)] = characters(codes[single])
    numbers[len(single) : len(single) + len(double)] = pairs(codes[:-1], codes[1:])[double]
    numbers[len(single) + len(double) :] = words(codes, starts, ends)
    return Terms(numbers, single, double, starts, ends)


def runs(inside: Array) -> tuple[Array, Array]:
    """Return where runs of True begin and end."""
    at = np.flatnonzero(inside)
    if not len(at):
        return at, at
    parted = np.flatnonzero(np.diff(at) > 1)
    return at[np.concatenate([[0], parted + 1])], at[np.append(parted, len(at) - 1)] + 1
