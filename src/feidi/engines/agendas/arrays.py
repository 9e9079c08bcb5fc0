"""Deferred acceptance on arrays: 100,000 lists of 50."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


def match_arrays(
    lists: NDArray[np.integer], scores: NDArray[np.floating], capacities: Ints, quotas: Ints | None = None
) -> NDArray[np.bool_]:
    """Return which of the proposals hold.

    ``lists`` (n, k): for each of n the others it wants, best first, -1 = list ended. ``scores`` (n, k): how much the
    other wants it (higher first, ties by the smaller row). ``capacities`` (m,), ``quotas`` (n,), default 1.
    """
    raise NotImplementedError
