"""One investor against one project, explained."""

from __future__ import annotations

from collections.abc import Sequence

from feidi.engines.resonance.model import STAGES, Investor, Project, Resonance, Weights


def resonance(
    investor: Investor, project: Project, *, weights: Weights = Weights(), stages: Sequence[str] = STAGES
) -> Resonance:
    """Return the interval of the score with every factor. Raises RefusedError for weights, facts that cannot be."""
    raise NotImplementedError
