"""Location quotients, and who is specialised in what."""

from __future__ import annotations

from feidi.engines.regions.model import Matrix, Table


def quotients(matrix: Matrix) -> Table:
    """Return LQ(r,i) = (x_ri / x_r.) / (x_.i / x_..); undefined in a row or column of zeros."""
    raise NotImplementedError


def specialised(matrix: Matrix) -> Table:
    """Return M: 1 where LQ ≥ 1 (exactly 1 counts, decided exactly), else 0; undefined where LQ is."""
    raise NotImplementedError
