"""Every index of a matrix. s_ri = x_ri / x_r. is a region's share of an industry, S_i = x_.i / x_.. everybody's.

Krugman Σ_i |s_ri − S_i|, specialisation its half, Herfindahl Σ s², entropy −Σ s log₂ s (bits), Hachman 1 / Σ s²/S,
locational Gini ΣΣ |LQ_ri − LQ_si| / (4 n² mean LQ_i), diversity Σ_i M_ri, ubiquity Σ_r M_ri: as EconGeo has them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from feidi.engines.findings import Finding, Level
from feidi.engines.regions.complexity import complexity
from feidi.engines.regions.density import without_relatives
from feidi.engines.regions.model import Floats, Indices, Matrix, Relatedness, Table, none_if_nan
from feidi.engines.regions.reading import undefined_in
from feidi.engines.regions.relating import relatedness_of
from feidi.engines.regions.standing import Standing

Column = tuple[float | None, ...]


def indices(matrix: Matrix, related: Relatedness | None = None) -> Indices:
    """Return all indices; relatedness from the matrix itself (prob) unless given. Undefined is None, and said why."""
    standing = Standing(matrix, related or relatedness_of(matrix))
    shares = _Shares(matrix)
    found = complexity(matrix)
    levels: tuple[Mapping[str, float], Mapping[str, float]] = found or ({}, {})
    undefined = [] if found else [Finding(Level.NOTE, "regions.complexity_undefined")]
    return Indices(
        matrix,
        Table(matrix.regions, matrix.industries, standing.quotients),
        Table(matrix.regions, matrix.industries, standing.has),
        standing.related,
        Table(matrix.regions, matrix.industries, standing.densities(standing.has)),
        _counts(standing.has),
        _counts(standing.has.T),
        shares.krugman(),
        shares.herfindahl(),
        shares.entropy(),
        shares.hachman(),
        tuple(None if each is None else each / 2 for each in shares.krugman()),
        _gini(standing.quotients, matrix.regions_known),
        tuple(levels[0].get(each) for each in matrix.regions),
        tuple(levels[1].get(each) for each in matrix.industries),
        (*undefined_in(matrix, {}), *without_relatives(standing), *undefined),
    )


def _plain(values: Floats) -> Column:
    return tuple(none_if_nan(each) for each in values)


def _counts(has: Floats) -> tuple[int | None, ...]:
    return tuple(None if np.isnan(row).all() else int(np.nansum(row)) for row in has)


class _Shares:
    """s (regions, industries), NaN in a region of zeros; S over the industries that somebody has."""

    def __init__(self, matrix: Matrix) -> None:
        x = matrix.values[:, matrix.values.any(axis=0)]
        totals = x.sum(axis=1, keepdims=True)
        self.own = np.full(x.shape, np.nan)
        np.divide(x, totals, out=self.own, where=totals > 0)
        self.all: Floats = x.sum(axis=0) / x.sum()

    def krugman(self) -> Column:
        return _plain(np.abs(self.own - self.all).sum(axis=1))

    def herfindahl(self) -> Column:
        return _plain((self.own**2).sum(axis=1))

    def hachman(self) -> Column:
        return _plain(1 / (self.own**2 / self.all).sum(axis=1))

    def entropy(self) -> Column:
        logs = np.zeros_like(self.own)
        np.log2(self.own, out=logs, where=self.own > 0)
        # + 0.0: a region of one industry has 0 bits, not −0
        return _plain(-(self.own * logs).sum(axis=1) + 0.0)


def _gini(lq: Floats, known: Sequence[bool]) -> Column:
    """By industry, over the regions that have figures: half the mean difference over twice the mean."""
    values = lq[np.asarray(known)]
    differences = np.abs(values[:, None, :] - values[None, :, :]).sum(axis=(0, 1))
    return _plain(differences / (4 * len(values) ** 2 * values.mean(axis=0)))
