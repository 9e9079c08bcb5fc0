"""Many random names at once: the same alphabet and length as ``subjects.new_uid``, a hundred times faster.

They come in ascending order, block by block: every table keeps an index on its uid, and random names
handed out in order fill that index from left to right instead of touching all of it (measured: a third
of the time of a large commit). Each is still drawn at random from 31**12.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from feidi.kernel.subjects.uid import _ALPHABET, UID_LENGTH

_LETTERS = _ALPHABET.encode()
#: Bytes above the last full round of the alphabet are thrown away, so that every letter is equally likely.
_USABLE = 256 // len(_LETTERS) * len(_LETTERS)
_TABLE = bytes(_LETTERS[byte % len(_LETTERS)] for byte in range(256))
_REJECTED = bytes(range(_USABLE, 256))
_FIRST_BLOCK, _LARGEST_BLOCK = 1 << 10, 1 << 18


def uids() -> Iterator[str]:
    """Yield random uids without end, each block in ascending order; blocks grow with demand.

    >>> names = uids()
    >>> first, second = next(names), next(names)
    >>> len(first), first < second
    (12, True)
    """
    size = _FIRST_BLOCK
    while True:
        text = os.urandom(size * (UID_LENGTH + 1)).translate(_TABLE, _REJECTED).decode("ascii")
        yield from sorted(text[at : at + UID_LENGTH] for at in range(0, len(text) - UID_LENGTH + 1, UID_LENGTH))
        size = min(size * 4, _LARGEST_BLOCK)
