"""Every index of a matrix."""

from __future__ import annotations

from feidi.engines.regions.model import Indices, Matrix, Relatedness


def indices(matrix: Matrix, related: Relatedness | None = None) -> Indices:
    """Return all indices; relatedness from the matrix itself (prob) unless given."""
    raise NotImplementedError
