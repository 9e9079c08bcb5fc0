"""Chances with their range."""

from __future__ import annotations

from feidi.engines.portfolio.model import Chance


def chance_of(successes: int, cases: int, level: float = 0.9) -> Chance:
    """Return the chance that few cases tell (Jeffreys), with its central interval."""
    raise NotImplementedError


def chance_given(p: float, lo: float | None = None, hi: float | None = None) -> Chance:
    """Return somebody's estimate, with the range they give it, if any."""
    raise NotImplementedError
