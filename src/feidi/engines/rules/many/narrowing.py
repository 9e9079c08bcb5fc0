"""Numbers and thresholds that answer the same in fewer bits, where there are enough questions to pay for it.

x ≥ c is ⌊x / 2^s⌋ ≥ c / 2^s where 2^s divides c; what lies beyond all thresholds may be moved next to them. Thresholds
that need more bits than the others are asked apart, so that one of them does not make all of them dear.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from feidi.engines.rules.many.columns import LEAST, MOST, Array, narrowest
from feidi.engines.rules.many.sources import Scratch

#: Questions from which it pays to make numbers of so many bits shorter first.
_WORTH: Final = {np.dtype(np.int64): 4, np.dtype(np.float64): 6, np.dtype(np.int32): 8}
_SHORT: Final = 31
#: Whole numbers below this are exact as floats, which are compared faster than whole numbers of 64 bits.
_EXACT: Final = 2**53


@dataclass(frozen=True, slots=True)
class Threshold:
    """What numbers must reach, and the register of the answer."""

    at: int
    target: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Some thresholds of one source, compared together: numbers shifted, moved between two ends, in a shorter type.

    ``kind``      the type they are compared in; None: as they are
    ``against``   the thresholds in that type, one below the other
    """

    shift: int
    ends: tuple[int, int]
    kind: Any
    against: Array
    targets: tuple[int, ...]

    def shortened(self, numbers: Array, scratch: Scratch) -> Array:
        """Return the numbers as they are compared."""
        if self.kind is None:
            return numbers
        moved = scratch.array(numbers.dtype)
        if self.shift:
            np.right_shift(numbers, self.shift, out=moved)
            numbers = moved
        np.clip(numbers, *self.ends, out=moved)
        short = scratch.array(self.kind)
        np.copyto(short, moved, casting="unsafe")
        return short


def comparisons_of(kind: np.dtype[Any], asked: Sequence[Threshold]) -> tuple[Comparison, ...]:
    """Return how numbers of a type are compared with thresholds."""
    if kind.hasobject:
        return (Comparison(0, (0, 0), None, _column([each.at for each in asked], object), _targets(asked)),)
    # no number is as far out as LEAST and MOST, but what stands for no bound
    inside = [Threshold(min(max(each.at, LEAST + 1), MOST), each.target) for each in asked]
    if len(inside) < _WORTH.get(kind, len(inside) + 1):
        return (_plain(kind, inside),)
    shift = 0
    if kind == np.int64:
        shift = max(0, max(max(each.at, -each.at).bit_length() for each in inside) - _SHORT)
    even = [each for each in inside if not each.at % (1 << shift)]
    if len(even) < _WORTH[kind]:
        return (_as_floats(kind, inside),)
    odd = [each for each in inside if each.at % (1 << shift)]
    return (_shorter(kind, even, shift), *comparisons_of(kind, odd)) if odd else (_shorter(kind, even, shift),)


def _plain(kind: Any, asked: Sequence[Threshold]) -> Comparison:
    """Compare in the type that the numbers have; what lies outside of it is reached by none, or by all."""
    return Comparison(0, (0, 0), None, _column([each.at for each in asked], _holding(kind, asked)), _targets(asked))


def _holding(kind: Any, asked: Sequence[Threshold]) -> Any:
    """Return the type of numbers, or a wider one where a threshold does not fit into it."""
    if kind == np.float64:
        return kind
    limits = np.iinfo(kind)
    return kind if all(limits.min <= each.at <= limits.max for each in asked) else np.int64


def _shorter(kind: Any, asked: Sequence[Threshold], shift: int) -> Comparison:
    ats = [each.at >> shift for each in asked]
    ends = min(ats) - 1, max(ats)
    short = narrowest(*ends)
    if short == np.int64 or np.dtype(short).itemsize >= np.dtype(kind).itemsize:
        return _plain(kind, asked)
    return Comparison(shift, ends, short, _column(ats, short), _targets(asked))


def _as_floats(kind: Any, asked: Sequence[Threshold]) -> Comparison:
    ats = [each.at for each in asked]
    ends = min(ats) - 1, max(ats)
    if kind != np.int64 or max(map(abs, ends)) >= _EXACT:
        return _plain(kind, asked)
    return Comparison(0, ends, np.float64, _column(ats, np.float64), _targets(asked))


def _column(ats: Sequence[int], kind: Any) -> Array:
    return np.array(ats, dtype=kind)[:, None]


def _targets(asked: Sequence[Threshold]) -> tuple[int, ...]:
    return tuple(each.target for each in asked)
