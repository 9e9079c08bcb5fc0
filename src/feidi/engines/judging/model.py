"""Scores, the written rule, the result by it, and the corrected order with its doubt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Final

from feidi.engines.findings import Finding

#: Under so many judges the highest and lowest are not dropped: too little would be left.
TRIM_NEEDS: Final = 5
_NONE: Final[Mapping[str, Decimal]] = {}


class Method(StrEnum):
    """What the written rule makes of a project's scores."""

    MEAN = "mean"
    TRIMMED = "trimmed"


@dataclass(frozen=True, slots=True)
class Score:
    """What one judge gives one project: the total, and the parts (criteria) it is the sum of, where they are known."""

    project: str
    judge: str
    value: Decimal
    parts: Mapping[str, Decimal] = field(default_factory=lambda: _NONE)


@dataclass(frozen=True, slots=True)
class Rule:
    """The written rule.

    ``judges``: so many must have scored each project (None: not written). ``decimals``: the result is rounded to, half
    up, before ranking: what is printed decides. ``ties``, in their order: ``criterion:CODE`` (the higher result of that
    part), ``median`` (the higher), ``highest`` (the higher best score), ``spread`` (the smaller distance of best and worst).
    """

    method: Method
    judges: int | None = None
    decimals: int = 2
    ties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A project's place in the official result. ``decided_by``: the rule for ties that set it apart from its equals."""

    project: str
    rank: int
    score: Decimal
    judges: int
    shared: bool = False
    decided_by: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """The official result, best first."""

    places: tuple[Place, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class JudgeEffect:
    """How many points a judge gives above (+, lenient) or below (−, harsh) the panel, on the same projects.

    ``error``: its standard error. ``told``: whether it is outside 95 % of what chance does.
    """

    judge: str
    effect: float
    error: float
    reads: int
    told: bool


@dataclass(frozen=True, slots=True)
class CorrectedPlace:
    """A project as an average judge of the panel would score it; ``error``: the standard error of that score."""

    project: str
    rank: int
    score: float
    error: float
    mean: float
    judges: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Corrected:
    """The order after correction; ``residual``: the standard deviation that is left, on ``freedom`` degrees.

    ``sure``: how many standard errors make 95 % at that freedom.
    """

    places: tuple[CorrectedPlace, ...]
    judges: tuple[JudgeEffect, ...]
    residual: float
    freedom: int
    sure: float


@dataclass(frozen=True, slots=True)
class Difference:
    """A project whose rank differs, why, and whether the shift of its score is outside its own error.

    ``crosses``: it would come above, or fall below, the line that advances.
    """

    project: str
    official: int
    corrected: int
    shift: float
    error: float
    told: bool
    crosses: bool
    reasons: tuple[Finding, ...]
