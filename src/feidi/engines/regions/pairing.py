"""The 互补点 of two regions, ranked."""

from __future__ import annotations

from feidi.engines.regions.model import Complementarity, Linkages, Matrix, Relatedness, Weights


def complementarity(
    matrix: Matrix,
    *,
    home: str,
    host: str,
    related: Relatedness | None = None,
    links: Linkages | None = None,
    weights: Weights = Weights(),
) -> Complementarity:
    """Return the ranked 互补点 of (home, host) and what each would add to the other.

    Raises RefusedError: unknown region (with those there are), the same twice, a region without figures, bad weights.
    """
    raise NotImplementedError
