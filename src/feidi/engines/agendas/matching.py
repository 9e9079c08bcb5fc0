"""Deferred acceptance for two lists of parties, with who is left and why."""

from __future__ import annotations

from collections.abc import Sequence

from feidi.engines.agendas.model import Matching, Pair, Party


def match(first: Sequence[Party], second: Sequence[Party]) -> Matching:
    """Return the stable matching that is best for ``first``. Raises RefusedError for repeated ids, capacities below 0."""
    raise NotImplementedError


def blocking_pairs(first: Sequence[Party], second: Sequence[Party], pairs: Sequence[Pair]) -> tuple[tuple[str, str], ...]:
    """Return those who would both rather meet than keep what they have: none after ``match``."""
    raise NotImplementedError
