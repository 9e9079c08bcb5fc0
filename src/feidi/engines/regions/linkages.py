"""What industries buy of and sell to each other (Leontief; Rasmussen 1956).

a_ij = z_ij / x_j; B = (I − A)⁻¹; backward_j = n Σ_i b_ij / ΣΣ b, forward_i = n Σ_j b_ij / ΣΣ b: 1 is the mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from feidi.engines.findings import refuse
from feidi.engines.regions.model import NO_SOURCE, Floats, Flows, Link, Linkages, Source, none_if_nan
from feidi.engines.regions.reading import flow_figures


def flows_of(
    industries: Sequence[str], values: Sequence[Sequence[Any]], outputs: Sequence[Any], source: Source = NO_SOURCE
) -> Flows:
    """Return an input–output table. Raises RefusedError unless a square of flows ≥ 0 with one output ≥ 0 each."""
    flows, totals = flow_figures(industries, values, outputs)
    return Flows(tuple(industries), flows, totals, source)


def linkages(flows: Flows) -> Linkages:
    """Return coefficients, shares, and Rasmussen's linkages; NaN for an industry without output.

    Raises RefusedError when the coefficients' spectral radius is not below 1 (units of flows and outputs differ).
    """
    z, x = flows.values, flows.outputs
    supply = _shares(z, x[None, :])
    known = np.nan_to_num(supply, nan=0.0)
    radius = float(np.abs(np.linalg.eigvals(known)).max())
    if radius >= 1:
        raise refuse("regions.not_productive", radius=round(radius, 4))
    inverse = np.linalg.inv(np.eye(len(x)) - known)
    scale = len(x) / inverse.sum()
    without = np.where(x > 0, 1.0, np.nan)
    return Linkages(
        flows.industries,
        supply,
        _shares(z, z.sum(axis=0)[None, :]),
        _shares(z, z.sum(axis=1)[:, None]),
        inverse.sum(axis=0) * scale * without,
        inverse.sum(axis=1) * scale * without,
        radius,
        flows.source,
    )


def _shares(flows: Floats, totals: Floats) -> Floats:
    values = np.full(flows.shape, np.nan)
    np.divide(flows, totals, out=values, where=np.broadcast_to(totals > 0, flows.shape))
    return values


def link(links: Linkages, seller: str, buyer: str) -> Link:
    """Return what goes from one industry to another; None where the table does not know one of them."""
    if seller not in links.industries or buyer not in links.industries:
        return Link(seller, buyer, None, None, None)
    i, j = links.industries.index(seller), links.industries.index(buyer)
    supply, inputs, sales = (none_if_nan(each[i, j]) for each in (links.supply, links.inputs, links.sales))
    return Link(seller, buyer, supply, inputs, sales)
