"""The number of landings: exact Poisson-binomial."""

from __future__ import annotations

from collections.abc import Iterable


def distribution(chances: Iterable[float]) -> tuple[float, ...]:
    """Return P(exactly k) for k = 0..n."""
    raise NotImplementedError


def at_least(chances: Iterable[float], least: int) -> float:
    """Return P(at least ``least``)."""
    raise NotImplementedError


def needed_chance(n: int, least: int, confidence: float) -> float | None:
    """Return the smallest equal p with P(at least ``least`` of n) ≥ ``confidence``; None when n < least."""
    raise NotImplementedError


def needed_number(chances: Iterable[float], p: float, least: int, confidence: float) -> int | None:
    """Return how many more of chance p are needed beside those given; None when none would do."""
    raise NotImplementedError
