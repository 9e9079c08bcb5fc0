"""How related industries are: from co-occurrence (EconGeo), or from what they buy of each other."""

from __future__ import annotations

from feidi.engines.regions.model import Linkages, Matrix, Method, Relatedness


def relatedness_of(matrix: Matrix, method: Method = Method.PROB) -> Relatedness:
    """Return the relatedness of the industries of a matrix, from which occur together in a region (M)."""
    raise NotImplementedError


def relatedness(industries: tuple[str, ...], values: object, method: Method = Method.GIVEN) -> Relatedness:
    """Return a relatedness given as figures; refuses what is no square of figures ≥ 0."""
    raise NotImplementedError


def above(related: Relatedness, least: float = 1.0) -> Relatedness:
    """Return 1 where the relatedness is above ``least``, else 0 (EconGeo's binary form)."""
    raise NotImplementedError


def related_by_inputs(links: Linkages, industries: tuple[str, ...]) -> Relatedness:
    """Return the directed alternative: φ_ij = a_ji, what i buys of j per unit of output."""
    raise NotImplementedError
