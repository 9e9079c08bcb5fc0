"""Investor and project, as far as they are known, and what comes of holding one against the other.

A fact that is None is not known: it makes an interval lo..hi and a question, never a no.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from feidi.engines.findings import Finding, Level, Scalar

#: Rounds in their order; neighbours count half. A caller may give an order of its own.
STAGES: Final = ("seed", "angel", "pre_a", "a", "b", "c", "pre_ipo")


class FactorCode(StrEnum):
    """The five factors of a resonance."""

    SECTOR = "sector"
    STAGE = "stage"
    TICKET = "ticket"
    REGION = "region"
    WINDOW = "window"


@dataclass(frozen=True, slots=True)
class Amount:
    """Somewhere from ``lo_fen`` to ``hi_fen`` (integer hundredths); None = that end is not known; currency None = not known."""

    lo_fen: int | None
    hi_fen: int | None
    currency: str | None = "CNY"


@dataclass(frozen=True, slots=True)
class Window:
    """Days from ``start`` to ``end``, both included; None = that end is not known."""

    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class Mandate:
    """Where the money must go: ``bound`` (0..1) of what is left must go to ``places`` (返投); 0 = free, 1 = only there.

    ``bound`` None = not known; see ``bound_share`` for the share that a 返投 multiple leaves.
    """

    places: frozenset[str]
    bound: float | None


@dataclass(frozen=True, slots=True)
class Investor:
    """``sectors``: sector → weight ≥ 0. ``stages``: the rounds it joins. ``ticket``: smallest to largest cheque."""

    id: str
    sectors: Mapping[str, float] | None = None
    stages: frozenset[str] | None = None
    ticket: Amount | None = None
    mandate: Mandate | None = None
    window: Window | None = None


@dataclass(frozen=True, slots=True)
class Project:
    """``ask``: what it seeks (a range = known only so far). ``places``: every place its landing would count for."""

    id: str
    sectors: Mapping[str, float] | None = None
    stage: str | None = None
    ask: Amount | None = None
    places: frozenset[str] | None = None
    window: Window | None = None


@dataclass(frozen=True, slots=True)
class Weights:
    """Exponents a..e ≥ 0, not all 0; divided by their sum, so that the score is a weighted geometric mean."""

    sector: float = 1.0
    stage: float = 1.0
    ticket: float = 1.0
    region: float = 1.0
    window: float = 1.0


EVEN: Final = Weights()


class State(StrEnum):
    """``yes``: above 0 for certain. ``possible``: depends on what is asked. ``no``: a factor is 0 for certain."""

    YES = "yes"
    POSSIBLE = "possible"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor: its interval, the values it comes from, what to ask, what would lift it.

    ``asks``: codes of missing facts, as ``investor.ticket`` or ``project.stage``.
    ``lift``: what would bring it to 1 (None when it is 1 or unknown only); ``lifted``: the score's ``hi`` were it 1.
    """

    code: FactorCode
    lo: float
    hi: float
    exponent: float
    values: Mapping[str, Scalar] = field(default_factory=dict)
    asks: tuple[str, ...] = ()
    lift: Finding | None = None
    lifted: float | None = None

    @property
    def said(self) -> Finding:
        """The factor's values as a finding, for its words."""
        return Finding(Level.NOTE, f"resonance.factor_{self.code.value}", self.values)


@dataclass(frozen=True, slots=True)
class Resonance:
    """Investor against project: ``lo`` ≤ score ≤ ``hi`` in 0..1, equal when every fact is known."""

    investor: str
    project: str
    lo: float
    hi: float
    state: State
    factors: tuple[Factor, ...]

    @property
    def asks(self) -> tuple[str, ...]:
        """Every missing fact that could still decide, each once; none where a factor is 0 for certain."""
        if self.state is State.NO:
            return ()
        return tuple(dict.fromkeys(ask for factor in self.factors for ask in factor.asks))
