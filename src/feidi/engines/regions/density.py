"""How near an industry is to what a region has, and how much nearer another region brings it."""

from __future__ import annotations

from feidi.engines.regions.model import Growth, Matrix, Relatedness, Table


def density(matrix: Matrix, related: Relatedness) -> Table:
    """Return D(r,i) = Σ_j M_rj φ_ij / Σ_j φ_ij × 100; undefined for an industry without relatives."""
    raise NotImplementedError


def added_density(matrix: Matrix, related: Relatedness, region: str, other: str) -> dict[str, float | None]:
    """Return industry → C(r←s,i) = Σ_j max(0, M_sj − M_rj) φ_ij / Σ_j φ_ij × 100."""
    raise NotImplementedError


def grow(matrix: Matrix, related: Relatedness, region: str, other: str) -> tuple[Growth, ...]:
    """Return what ``other`` would add to each industry of ``region``, most first, with what it is made of."""
    raise NotImplementedError
