"""Candidates with their chances, what limits the choice, and what was chosen with how much certainty."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from feidi.engines.findings import Finding
from feidi.engines.money import Money


@dataclass(frozen=True, slots=True)
class Chance:
    """The probability of landing with its range. ``cases`` None: somebody's estimate; then the range may be None too.

    From cases: Jeffreys' posterior mean (s+½)/(n+1) and its central interval of ``level``; see ``chance_of``.
    """

    p: float
    lo: float | None = None
    hi: float | None = None
    successes: int | None = None
    cases: int | None = None
    level: float | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """One project that could be fostered. None = not known: asked for where a limit needs it. ``area`` in ㎡."""

    id: str
    chance: Chance | None
    area: float | None = None
    cost: Money | None = None
    sector: str | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Aim:
    """At least ``at_least`` land with probability ``confidence`` or more."""

    at_least: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Limits:
    """``area`` ㎡ and ``budget`` in all; ``sectors``: at most so many of a sector; ``at_most`` chosen. None = no limit."""

    area: float | None = None
    budget: Money | None = None
    sectors: Mapping[str, int] = field(default_factory=dict)
    at_most: int | None = None


NO_LIMITS: Final = Limits()


class Solver(StrEnum):
    """How the choice was proved best: every subset looked at, or HiGHS (mixed integer)."""

    ENUMERATION = "enumeration"
    HIGHS = "highs"


@dataclass(frozen=True, slots=True)
class Ask:
    """A candidate left undecided because a fact is missing: ``chance``, ``area``, ``cost`` or ``sector``."""

    id: str
    fact: str


@dataclass(frozen=True, slots=True)
class Portfolio:
    """What to foster. Not ``met``: ``chosen`` has the highest probability that the limits allow, ``remedies`` say what would do.

    ``probability``: P(at least L of the chosen land); ``probability_lo``/``_hi``: all chances at their low/high ends at
    once (None when a chosen one has no range). ``expected``: landings; ``distribution[k]``: P(exactly k).
    ``cost`` None without a budget. ``proved`` False: the time ran out before it was certain that nothing is better.
    """

    aim: Aim
    limits: Limits
    met: bool
    chosen: tuple[str, ...]
    expected: float
    probability: float
    probability_lo: float | None
    probability_hi: float | None
    distribution: tuple[float, ...]
    area: float | None
    cost: Money | None
    solver: Solver
    proved: bool = True
    asks: tuple[Ask, ...] = ()
    remedies: tuple[Finding, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """The highest P(≥ L) within ``limit`` (so many chosen, or so many ㎡) and every other limit, with its range and the set."""

    limit: float
    probability: float
    probability_lo: float | None
    probability_hi: float | None
    expected: float
    chosen: tuple[str, ...]
    proved: bool = True
