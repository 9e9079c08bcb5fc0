"""The number of landings among independent chances: Poisson-binomial, exact, by dynamic programming."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final

#: So many more candidates are thought of at most.
MOST_MORE: Final = 1000
#: A probability this little below what is asked still meets it.
TOLERANCE: Final = 1e-12


def distribution(chances: Iterable[float]) -> tuple[float, ...]:
    """Return P(exactly k) for k = 0..n.

    >>> distribution([0.5, 0.5])
    (0.25, 0.5, 0.25)
    """
    found = [1.0]
    for p in chances:
        longer = [*found, 0.0]
        found = [longer[k] * (1 - p) + (found[k - 1] * p if k else 0.0) for k in range(len(longer))]
    return tuple(found)


def at_least(chances: Iterable[float], least: int) -> float:
    """Return P(at least ``least``).

    >>> at_least([0.5] * 4, 0), at_least([0.5] * 4, 3), at_least([0.5], 2)
    (1.0, 0.3125, 0.0)
    """
    return 1.0 if least <= 0 else min(1.0, math.fsum(distribution(chances)[least:]))


def needed_chance(n: int, least: int, confidence: float) -> float | None:
    """Return the smallest equal p with P(at least ``least`` of n) ≥ ``confidence``; None when n < least.

    >>> round(needed_chance(6, 3, 0.9), 3)
    0.667
    """
    if least <= 0:
        return 0.0
    if n < least:
        return None
    low, high = 0.0, 1.0
    while low < (middle := (low + high) / 2) < high:
        low, high = (low, middle) if at_least([middle] * n, least) >= confidence else (middle, high)
    return high


def needed_number(chances: Iterable[float], p: float, least: int, confidence: float) -> int | None:
    """Return how many more of chance p are needed beside those given; None when a thousand would not do."""
    below = list(distribution(chances)[:least])
    below += [0.0] * (least - len(below))
    for more in range(MOST_MORE + 1):
        if 1 - math.fsum(below) >= confidence - TOLERANCE:
            return more
        below = [each * (1 - p) + (below[k - 1] * p if k else 0.0) for k, each in enumerate(below)]
    return None
