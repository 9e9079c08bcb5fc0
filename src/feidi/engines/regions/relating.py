"""How related industries are: from which occur together (EconGeo), as given, or from what they buy of each other.

Co-occurrence: C_ij = number of regions specialised in both, C_ii = 0; s_i = Σ_j C_ij; n = Σ s_i. EconGeo's ``prob``
(after Steijn): φ_ij = C_ij / ((s_i/n · s_j/(n − s_i) + s_j/n · s_i/(n − s_j)) · n/2), 1 = as often as by chance.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from feidi.engines.regions.model import NO_SOURCE, Floats, Linkages, Matrix, Method, Relatedness, Source
from feidi.engines.regions.quotients import specialised
from feidi.engines.regions.reading import relatedness_figures


def relatedness_of(matrix: Matrix, method: Method = Method.PROB) -> Relatedness:
    """Return the relatedness of a matrix's industries from which occur together in a region.

    Raises ValueError for a method that is not of co-occurrence.
    """
    has = np.nan_to_num(specialised(matrix).values, nan=0.0)
    together = has.T @ has
    np.fill_diagonal(together, 0.0)
    if method not in _BY_METHOD:
        message = f"{method} is not of co-occurrence"
        raise ValueError(message)
    return Relatedness(matrix.industries, _BY_METHOD[method](together), method, matrix.source)


def _prob(together: Floats) -> Floats:
    sums = together.sum(axis=1)
    n = sums.sum()
    if n == 0:
        return together
    # s_i ≤ n/2, as every pair counts on both sides: n − s_i is never 0
    one = (sums / n)[:, None] * sums / (n - sums)[:, None]
    return _divided(together, (one + one.T) * (n / 2))


def _cosine(together: Floats) -> Floats:
    sums = together.sum(axis=1)
    return _divided(together, np.sqrt(np.outer(sums, sums)))


def _jaccard(together: Floats) -> Floats:
    sums = together.sum(axis=1)
    return _divided(together, np.add.outer(sums, sums) - together)


_BY_METHOD: Final = {Method.PROB: _prob, Method.COSINE: _cosine, Method.JACCARD: _jaccard}


def _divided(above_line: Floats, below: Floats) -> Floats:
    values = np.zeros_like(above_line)
    np.divide(above_line, below, out=values, where=(above_line > 0) & (below > 0))
    return values


def relatedness(
    industries: Sequence[str],
    values: Sequence[Sequence[Any]],
    method: Method = Method.GIVEN,
    source: Source = NO_SOURCE,
) -> Relatedness:
    """Return a relatedness given as figures; the diagonal does not count. Raises RefusedError unless a square ≥ 0."""
    return Relatedness(tuple(industries), relatedness_figures(industries, values), method, source)


def above(related: Relatedness, least: float = 1.0) -> Relatedness:
    """Return 1 where the relatedness is above ``least``, else 0 (EconGeo's binary form)."""
    values = np.where(np.isnan(related.values), np.nan, (related.values > least).astype(np.float64))
    return Relatedness(related.industries, values, related.method, related.source)


def related_by_inputs(links: Linkages) -> Relatedness:
    """Return the directed alternative: φ_ij = a_ji, what i buys of j per unit of its output; NaN where undefined."""
    values = links.supply.T.copy()
    np.fill_diagonal(values, 0.0)
    return Relatedness(links.industries, values, Method.INPUTS, links.source)


def aligned(related: Relatedness, industries: Sequence[str]) -> Relatedness:
    """Return the same for these industries in this order; NaN for those it does not know."""
    if related.industries == tuple(industries):
        return related
    at = {industry: place for place, industry in enumerate(related.industries)}
    values = np.full((len(industries), len(industries)), np.nan)
    known = [place for place, industry in enumerate(industries) if industry in at]
    theirs = [at[industries[place]] for place in known]
    values[np.ix_(known, known)] = related.values[np.ix_(theirs, theirs)]
    return Relatedness(tuple(industries), values, related.method, related.source)
