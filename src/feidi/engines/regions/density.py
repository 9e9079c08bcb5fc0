"""How near an industry is to what a region has, and how much nearer another region brings it.

D(r,i) = Σ_j M_rj φ_ij / Σ_j φ_ij × 100 (Hidalgo et al. 2007); C(r←s,i) = Σ_j max(0, M_sj − M_rj) φ_ij / Σ_j φ_ij × 100
(Balland & Boschma 2021, Regional Studies 55(6)). D(r) + C(r←s) is the density of both regions' industries together.
"""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from feidi.engines.findings import Finding, Level, refuse
from feidi.engines.regions.complexity import complexity
from feidi.engines.regions.model import Growth, Matrix, Relatedness, Table
from feidi.engines.regions.quotients import specialised
from feidi.engines.regions.standing import Standing

_NO_RELATIVES: Final = "regions.no_relatives"


def density(matrix: Matrix, related: Relatedness) -> Table:
    """Return D(r,i), 0..100; undefined for an industry without relatives and a region without figures."""
    standing = Standing(matrix, related)
    return Table(matrix.regions, matrix.industries, standing.densities(standing.has))


def added_density(matrix: Matrix, related: Relatedness, region: str, other: str) -> Table:
    """Return C(region←other, i) as a table of one row. Raises RefusedError for an unknown or empty region."""
    standing = Standing(matrix, related)
    r, s = places(standing, region, other)
    lacks = np.maximum(standing.has[s] - standing.has[r], 0.0)
    return Table((region,), matrix.industries, standing.densities(lacks[None, :]))


def added_densities(matrix: Matrix, related: Relatedness) -> NDArray[Any]:
    """Return C (regions r, regions s, industries) for every pair at once; NaN where undefined."""
    standing = Standing(matrix, related)
    lacks = np.maximum(standing.has[None, :, :] - standing.has[:, None, :], 0.0)
    return standing.densities(lacks)


def places(standing: Standing, region: str, other: str) -> tuple[int, int]:
    """Return the rows of two regions. Raises RefusedError: unknown (with those there are), the same, without figures."""
    regions = standing.matrix.regions
    for each in (region, other):
        if each not in regions:
            raise refuse("regions.region_unknown", region=each, regions="、".join(regions))
    if region == other:
        raise refuse("regions.same_region", region=region)
    for each in (region, other):
        if standing.empty(regions.index(each)):
            raise refuse("regions.region_empty", region=each)
    return regions.index(region), regions.index(other)


def grow(matrix: Matrix, related: Relatedness, region: str, other: str) -> tuple[Growth, ...]:
    """Return what ``other`` would add to each industry of ``region``, most first, undefined last, with what it is made of.

    Raises RefusedError for an unknown or empty region.
    """
    standing = Standing(matrix, related)
    places(standing, region, other)
    return growths(standing, region, other, gaps_of(matrix))


def growths(standing: Standing, region: str, other: str, gaps: Table | None) -> tuple[Growth, ...]:
    """Return the same from what has been made ready."""
    r, s = standing.region(region), standing.region(other)
    found = [_growth(standing, r, s, i, gaps) for i in range(len(standing.matrix.industries))]
    return tuple(sorted(found, key=lambda each: -1.0 if each.added is None else each.added, reverse=True))


def _growth(standing: Standing, r: int, s: int, i: int, gaps: Table | None) -> Growth:
    known = standing.sums[i] > 0
    own = tuple(standing.own(r, i, s)) if known else ()
    gained = tuple(standing.gained(r, i, s)) if known else ()
    region, industry = standing.matrix.regions[r], standing.matrix.industries[i]
    return Growth(
        region,
        standing.matrix.regions[s],
        industry,
        standing.cell(r, i),
        math.fsum(each.points for each in own) if known else None,
        math.fsum(each.points for each in gained) if known else None,
        gaps.at(region, industry) if gaps else None,
        _largest_first(own),
        _largest_first(gained),
        "" if known else _NO_RELATIVES,
    )


def _largest_first(parts: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(sorted(parts, key=lambda each: each.points, reverse=True))


def gaps_of(matrix: Matrix) -> Table | None:
    """Return the complexity gap: an industry's complexity less the mean of what the region has; None when undefined."""
    found = complexity(matrix)
    if found is None:
        return None
    _regions, industries = found
    levels = np.array([industries.get(each, np.nan) for each in matrix.industries])
    has = specialised(matrix).values
    counted = np.where((has == 1) & ~np.isnan(levels), levels, np.nan)
    means = [float(np.nanmean(row)) if not np.isnan(row).all() else np.nan for row in counted]
    return Table(matrix.regions, matrix.industries, levels[None, :] - np.array(means)[:, None])


def without_relatives(standing: Standing) -> list[Finding]:
    """Return a note for each industry whose density is undefined: not in the relatedness given, or without relatives."""
    given = set(standing.given.industries)
    return [
        Finding(
            Level.NOTE,
            _NO_RELATIVES if industry in given else "regions.not_related_given",
            {"industry": industry},
            None,
            industry,
        )
        for industry, total in zip(standing.matrix.industries, standing.sums, strict=True)
        if total == 0
    ]
