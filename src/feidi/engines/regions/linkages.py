"""What industries buy of and sell to each other."""

from __future__ import annotations

from feidi.engines.regions.model import Flows, Linkages, Source


def flows_of(industries: tuple[str, ...], values: object, outputs: object, source: Source = Source()) -> Flows:
    """Return an input–output table; refuses what is no square of figures with one output each."""
    raise NotImplementedError


def linkages(flows: Flows) -> Linkages:
    """Return coefficients, shares and Rasmussen's backward and forward linkages."""
    raise NotImplementedError
