"""Economic complexity of regions and industries."""

from __future__ import annotations

from feidi.engines.regions.model import Matrix


def complexity(matrix: Matrix) -> tuple[dict[str, float], dict[str, float]] | None:
    """Return region → ECI and industry → PCI (mean 0, deviation 1); None when the network falls apart."""
    raise NotImplementedError
