"""Which of the commonest terms each offer holds, as one bit each: a word on terms that lead to too many offers to be followed.

``terms``  the commonest terms, ascending
``bits``   offers by bytes; term i is bit ``7 - i % 8`` of byte ``i // 8``
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from feidi.engines.affinity.folding import Array
from feidi.engines.affinity.kernels import loops_for
from feidi.engines.affinity.postings import Postings

#: Terms that have a bit: 128 bytes an offer. With 512 a list has a fiftieth less of the best 20 of all, 2,048 add nothing.
COMMONEST: Final = 1024
_BYTE: Final = 8
#: The bits of each byte.
_BITS: Final = np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Common:
    """The two arrays."""

    terms: Array
    bits: Array

    def known(self, terms: Array) -> Array:
        """Return the places of those of these terms that have a bit."""
        if not len(self.terms):
            return np.zeros(0, np.int64)
        places = np.searchsorted(self.terms[:-1], terms)
        return np.flatnonzero(self.terms[places] == terms)

    def sums(self, rows: Array, terms: Array, weights: Array) -> Array:
        """Return for some offers the sum of the weights of those of these terms that they hold and that have a bit."""
        some = self.known(terms)
        places = np.searchsorted(self.terms, terms[some])
        if not len(places):
            return np.zeros(len(rows), np.float32)
        used, own = np.unique(places // _BYTE, return_inverse=True)
        table = np.zeros((len(used), _BYTE), np.float32)
        table[own, places % _BYTE] = weights[some]
        # what each of the 256 values of a byte is worth, byte by byte
        worth = (table @ _BITS.T).ravel()
        loops = loops_for(len(self.bits))
        if loops:
            return np.asarray(loops.worth_of_bits(self.bits, rows, used, worth))
        values = self.bits[rows].T[used].astype(np.intp)
        values += (np.arange(len(used)) << _BYTE)[:, None]
        return np.asarray(worth.take(values).sum(axis=0))


def common_of(postings: Postings, offers: int) -> Common:
    """Return the commonest terms of a segment and which offers hold them."""
    sizes = np.diff(postings.starts)
    terms = np.flatnonzero(sizes)
    if len(terms) > COMMONEST:
        terms = np.sort(terms[np.argpartition(-sizes[terms], COMMONEST)[:COMMONEST]])
    bits = np.zeros((-(-len(terms) // _BYTE), offers), np.uint8)
    for at, term in enumerate(terms.tolist()):
        rows = postings.rows[int(postings.starts[term]) : int(postings.starts[term + 1])]
        bits[at // _BYTE][rows] |= np.uint8(1 << (_BYTE - 1 - at % _BYTE))
    return Common(terms, np.ascontiguousarray(bits.T))
