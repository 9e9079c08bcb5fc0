"""All investors against all projects, by columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from feidi.engines.resonance.model import STAGES, Investor, Project, Weights


@dataclass(frozen=True, slots=True, eq=False)
class Resonances:
    """``lo``, ``hi`` (investors, projects) in 0..1."""

    investors: tuple[str, ...]
    projects: tuple[str, ...]
    lo: NDArray[np.float64]
    hi: NDArray[np.float64]


def resonances(
    investors: Sequence[Investor],
    projects: Sequence[Project],
    *,
    weights: Weights = Weights(),
    stages: Sequence[str] = STAGES,
) -> Resonances:
    """Return every pair's interval, equal to ``resonance`` of that pair."""
    raise NotImplementedError
