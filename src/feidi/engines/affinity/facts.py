"""What is known of an offer, or asked by a need. Every field may be None: not known (offer), not asked (need)."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from datetime import date
from typing import Final

from feidi.engines.findings import refuse

#: What a hard fact comes to for an offer: it is not met, is met, or is not known.
NO, YES, UNKNOWN = 0, 1, 2
#: A mandate without bounds: every place lies in it.
ANYWHERE: Final = frozenset({""})
#: ``exclusive_until`` of an offer that is bound to nobody.
FREE: Final = date.min
#: ``expires_on`` of an offer that stands for good.
NEVER: Final = date.max


@dataclass(frozen=True, slots=True)
class Span:
    """A closed range of numbers; an end that is None is open. Refused when both are, or the ends are reversed."""

    low: float | None = None
    high: float | None = None

    def __post_init__(self) -> None:
        ends = [each for each in (self.low, self.high) if each is not None]
        if not ends or not all(math.isfinite(each) for each in ends) or ends != sorted(ends):
            raise refuse("match.span", low=str(self.low), high=str(self.high))


@dataclass(frozen=True, slots=True)
class Ticket:
    """A range of money in hundredths of one unit of ``currency`` (分); currency None: not known, and never compared."""

    low: int | None = None
    high: int | None = None
    currency: str | None = "CNY"

    def __post_init__(self) -> None:
        Span(self.low, self.high)


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one side. The same names stand on both sides, with these meanings.

    =================  ==================================================  ============================================
    field              of an offer                                         of a need
    =================  ==================================================  ============================================
    kinds              what it is: ``{"lab"}``                             which kinds are wanted
    nodes              chain nodes as paths: ``{"biomed/ivd/poct"}``       the same; ``other`` says nothing
    place              where it is: a division code, ``440604``            where the asking firm is
    regions            its mandate: places it serves; ``ANYWHERE``         where the offer must be
    stages             window of stages it takes, as ordinals              the stage (or stages) of the asking project
    rounds             rounds of financing it takes part in                the round looked for
    ticket             what it gives or costs at once                      what is asked for
    exclusive_until    bound to somebody to that day; ``FREE``             (unused)
    expires_on         last day it stands; ``NEVER``                       (unused)
    open_from          first day it can be used                            the day by which it is needed
    area               m² that can be had                                  m² wanted
    load               floor load, kg/m²                                   floor load needed
    price              price in hundredths for the unit the caller means   what can be paid
    environment        environment classes it admits                       classes needed
    updated_on         day its text was last confirmed                     (unused)
    evidence           share of its claims with accepted evidence, 0..1    (unused)
    =================  ==================================================  ============================================
    """

    kinds: frozenset[str] | None = None
    nodes: frozenset[str] | None = None
    place: str | None = None
    regions: frozenset[str] | None = None
    stages: Span | None = None
    rounds: frozenset[str] | None = None
    ticket: Ticket | None = None
    exclusive_until: date | None = None
    expires_on: date | None = None
    open_from: date | None = None
    area: Span | None = None
    load: Span | None = None
    price: Ticket | None = None
    environment: frozenset[str] | None = None
    updated_on: date | None = None
    evidence: float | None = None

    def __post_init__(self) -> None:
        if self.evidence is not None and not 0 <= self.evidence <= 1:
            raise refuse("match.evidence", value=str(self.evidence))


NAMES: Final = tuple(each.name for each in fields(Facts))
NOTHING: Final = Facts()
