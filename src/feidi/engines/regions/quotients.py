"""Location quotients, and who is specialised in what."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import Final

import numpy as np

from feidi.engines.regions.model import Floats, Matrix, Table

#: Nearer to 1 than this, floats do not decide: fractions of the figures as written do.
_NEAR: Final = 1e-9


def quotients(matrix: Matrix) -> Table:
    """Return LQ(r,i) = (x_ri / x_r.) / (x_.i / x_..); undefined in a row or column of zeros.

    >>> from feidi.engines.regions.reading import matrix_of
    >>> quotients(matrix_of(["甲", "乙"], ["陶瓷", "电子"], [[30, 10], [10, 30]])).told()
    [[1.5, 0.5], [0.5, 1.5]]
    """
    x = matrix.values
    rows, columns = x.sum(axis=1, keepdims=True), x.sum(axis=0, keepdims=True)
    defined = (rows > 0) & (columns > 0)
    values = np.full(x.shape, np.nan)
    np.divide(x * x.sum(), rows * columns, out=values, where=defined)
    return Table(matrix.regions, matrix.industries, values)


def specialised(matrix: Matrix) -> Table:
    """Return M: 1 where LQ ≥ 1 (exactly 1 counts, decided in fractions), else 0; undefined where LQ is."""
    lq = quotients(matrix).values
    values = np.where(np.isnan(lq), np.nan, np.where(lq >= 1, 1.0, 0.0))
    exact = _Exact(matrix.values)
    for r, i in np.argwhere(np.abs(lq - 1) < _NEAR).tolist():
        values[r, i] = float(exact.at_least_one(r, i))
    return Table(matrix.regions, matrix.industries, values)


class _Exact:
    """The figures as the decimals that were written."""

    def __init__(self, values: Floats) -> None:
        self._values = values

    @cached_property
    def _cells(self) -> list[list[Fraction]]:
        return [[_fraction(value) for value in row] for row in self._values.tolist()]

    @cached_property
    def _rows(self) -> list[Fraction]:
        return [sum(row, Fraction(0)) for row in self._cells]

    @cached_property
    def _columns(self) -> list[Fraction]:
        return [sum(column, Fraction(0)) for column in zip(*self._cells, strict=True)]

    @cached_property
    def _whole(self) -> Fraction:
        return sum(self._rows, Fraction(0))

    def at_least_one(self, r: int, i: int) -> bool:
        return self._cells[r][i] * self._whole >= self._rows[r] * self._columns[i]


def _fraction(value: float) -> Fraction:
    return Fraction(int(value)) if value.is_integer() else Fraction(repr(value))
