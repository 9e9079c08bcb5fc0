"""The best choice under the limits, proved; what would do when there is none; curves."""

from __future__ import annotations

from collections.abc import Sequence

from feidi.engines.portfolio.model import Aim, Candidate, CurvePoint, Limits, Portfolio


def choose(candidates: Sequence[Candidate], aim: Aim, limits: Limits = Limits()) -> Portfolio:
    """Return the choice with the most expected landings that meets aim and limits. Raises RefusedError for bad input."""
    raise NotImplementedError


def curve_by_number(candidates: Sequence[Candidate], aim: Aim, limits: Limits = Limits()) -> tuple[CurvePoint, ...]:
    """Return the highest P(≥ L) for at most 1, 2, 3 … chosen."""
    raise NotImplementedError


def curve_by_area(
    candidates: Sequence[Candidate], aim: Aim, limits: Limits = Limits(), *, steps: int = 20
) -> tuple[CurvePoint, ...]:
    """Return the highest P(≥ L) for growing area."""
    raise NotImplementedError
