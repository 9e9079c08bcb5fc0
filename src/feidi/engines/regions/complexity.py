"""Economic complexity (Hidalgo & Hausmann 2009): which regions and industries need much that few have.

The regions' second eigenvector of  M̃_rs = Σ_i M_ri M_si / (diversity_r · ubiquity_i), turned so that it grows with
diversity; an industry's complexity is the mean of the regions that have it. Both brought to mean 0, deviation 1.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from feidi.engines.regions.model import Floats, Matrix
from feidi.engines.regions.quotients import specialised

#: Nearer than this, eigenvalues are taken as equal and deviations as none.
_SAME: Final = 1e-9


def complexity(matrix: Matrix) -> tuple[dict[str, float], dict[str, float]] | None:
    """Return region → complexity and industry → complexity, of those that have figures.

    None where it is undefined: the network of regions and industries falls apart (then the eigenvector only tells the
    pieces), the second eigenvalue is not single, or nothing differs.
    """
    has = specialised(matrix).values
    rows, columns = matrix.regions_known, matrix.industries_known
    levels = _levels(has[np.ix_(rows, columns)])
    if levels is None:
        return None
    regions = [each for each, known in zip(matrix.regions, rows, strict=True) if known]
    industries = [each for each, known in zip(matrix.industries, columns, strict=True) if known]
    by_region, by_industry = (each.tolist() for each in levels)
    return dict(zip(regions, by_region, strict=True)), dict(zip(industries, by_industry, strict=True))


def reflections(matrix: Matrix, steps: int = 20) -> dict[str, float]:
    """Return region → level after so many reflections, brought to 0..100 (EconGeo's MORc); without figures left out.

    k_0 = diversity (regions) and ubiquity (industries); each next level is the mean of the other side's last. Empty when
    nothing differs. In a network that falls apart it mostly tells the pieces.
    """
    has = specialised(matrix).values
    rows, columns = matrix.regions_known, matrix.industries_known
    has = has[np.ix_(rows, columns)]
    diversity, ubiquity = has.sum(axis=1), has.sum(axis=0)
    regions, industries = diversity, ubiquity
    for _step in range(steps):
        regions, industries = has @ industries / diversity, has.T @ regions / ubiquity
    spread = regions.max() - regions.min()
    if spread < _SAME:
        return {}
    known = [each for each, some in zip(matrix.regions, rows, strict=True) if some]
    return dict(zip(known, ((regions - regions.min()) / spread * 100).tolist(), strict=True))


def _levels(has: Floats) -> tuple[Floats, Floats] | None:
    if min(has.shape) < 2:  # noqa: PLR2004 - one region or one industry cannot differ
        return None
    diversity, ubiquity = has.sum(axis=1), has.sum(axis=0)
    root = np.sqrt(diversity)
    # the same eigenvalues as M̃, but symmetric: real, and sorted by eigh
    alike = (has / ubiquity) @ has.T / np.outer(root, root)
    values, vectors = np.linalg.eigh(alike)
    second = values[-2]
    third = values[-3] if len(values) > 2 else -1.0  # noqa: PLR2004
    if second > 1 - _SAME or second < _SAME or second - third < _SAME:
        return None
    regions = vectors[:, -2] / root
    return _standard(regions, diversity, has)


def _standard(regions: Floats, diversity: Floats, has: Floats) -> tuple[Floats, Floats] | None:
    spread = diversity - diversity.mean()
    turn = float((regions - regions.mean()) @ spread)
    if regions.std() < _SAME or abs(turn) < _SAME:
        return None
    regions = regions * np.sign(turn)
    industries = (has.T @ regions) / has.sum(axis=0)
    if industries.std() < _SAME:
        return None
    return (regions - regions.mean()) / regions.std(), (industries - industries.mean()) / industries.std()
