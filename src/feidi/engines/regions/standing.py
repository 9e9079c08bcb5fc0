"""A matrix and a relatedness, made ready: what density, growth and points are all reckoned from."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from feidi.engines.regions.model import Cell, Contribution, Floats, Matrix, Relatedness, none_if_nan
from feidi.engines.regions.quotients import quotients, specialised
from feidi.engines.regions.relating import aligned


@dataclass(frozen=True, eq=False)
class Standing:
    """Who has what. An industry that is zero everywhere, and a relatedness not known, are in no sum."""

    matrix: Matrix
    given: Relatedness

    @cached_property
    def related(self) -> Relatedness:
        """The relatedness in the order of the matrix's industries."""
        return aligned(self.given, self.matrix.industries)

    @cached_property
    def quotients(self) -> Floats:
        """LQ (regions, industries)."""
        return quotients(self.matrix).values

    @cached_property
    def has(self) -> Floats:
        """M (regions, industries): 1, 0, NaN."""
        return specialised(self.matrix).values

    @cached_property
    def counted(self) -> Floats:
        """φ_ij as it is summed: 0 where unknown, and for an industry j nobody has."""
        nobody = np.isnan(self.has).all(axis=0)
        return np.where(np.isnan(self.related.values) | nobody, 0.0, self.related.values)

    @cached_property
    def sums(self) -> list[float]:
        """Σ_j φ_ij for each industry i; 0 = without relatives."""
        return [math.fsum(row) for row in self.counted.tolist()]

    @cached_property
    def nearest(self) -> list[float]:
        """max_j φ_ij for each industry i; 0 = without relatives."""
        return [max(row, default=0.0) for row in self.counted.tolist()]

    def region(self, name: str) -> int:
        """Return the place of a region. Raises ValueError for an unknown one."""
        return self.matrix.regions.index(name)

    def empty(self, r: int) -> bool:
        """Tell whether a region has only zeros."""
        return not self.matrix.values[r].any()

    @cached_property
    def _totals(self) -> tuple[list[float], list[float], float]:
        x = self.matrix.values
        return x.sum(axis=1).tolist(), x.sum(axis=0).tolist(), float(x.sum())

    def cell(self, r: int, i: int) -> Cell:
        """Return one figure with all that its quotient is made of."""
        rows, columns, whole = self._totals
        lq = none_if_nan(self.quotients[r, i])
        return Cell(
            self.matrix.regions[r],
            self.matrix.industries[i],
            float(self.matrix.values[r, i]),
            rows[r],
            columns[i],
            whole,
            lq,
            None if lq is None else bool(self.has[r, i]),
        )

    def points(self, i: int, j: int) -> float:
        """Return what having j is worth to i: φ_ij / Σ φ_i × 100. Only where i has relatives."""
        return float(self.counted[i, j]) / self.sums[i] * 100

    def own(self, r: int, i: int, other: int) -> Iterator[Contribution]:
        """Yield what region r has that is related to i."""
        for j in np.flatnonzero((self.has[r] == 1) & (self.counted[i] > 0)).tolist():
            yield self._contribution(r, i, j, other)

    def gained(self, r: int, i: int, other: int) -> Iterator[Contribution]:
        """Yield what the other region has that is related to i and that r lacks."""
        lacks = (self.has[other] == 1) & (self.has[r] == 0)
        for j in np.flatnonzero(lacks & (self.counted[i] > 0)).tolist():
            yield self._contribution(r, i, j, other)

    def _contribution(self, r: int, i: int, j: int, other: int) -> Contribution:
        return Contribution(
            self.matrix.industries[j],
            float(self.counted[i, j]),
            self.points(i, j),
            none_if_nan(self.quotients[r, j]),
            none_if_nan(self.quotients[other, j]),
        )

    def densities(self, has: Floats) -> Floats:
        """Return Σ_j has_j φ_ij / Σ_j φ_ij × 100 for rows of 0, 1 and NaN; NaN where undefined."""
        sums = np.array(self.sums)
        above = np.nan_to_num(has, nan=0.0) @ self.counted.T
        values = np.full(above.shape, np.nan)
        np.divide(above * 100, sums, out=values, where=sums > 0)
        values[np.isnan(has).all(axis=-1)] = np.nan
        return values
