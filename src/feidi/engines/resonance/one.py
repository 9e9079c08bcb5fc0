"""One investor against one project, explained."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from feidi.engines.resonance.checking import check_investor, check_project, check_stages, exponents_of
from feidi.engines.resonance.factors import Found, factors
from feidi.engines.resonance.model import (
    EVEN,
    STAGES,
    Factor,
    FactorCode,
    Investor,
    Project,
    Resonance,
    State,
    Weights,
)


def resonance(
    investor: Investor, project: Project, *, weights: Weights = EVEN, stages: Sequence[str] = STAGES
) -> Resonance:
    """Return the interval of the score with every factor. Raises RefusedError for weights and facts that cannot be."""
    exponents = exponents_of(weights)
    check_stages(stages)
    check_investor(investor, stages)
    check_project(project, stages)
    found = factors(investor, project, stages)
    lo = math.prod(each.interval[0] ** exponents[code] for code, each in found.items())
    hi = math.prod(each.interval[1] ** exponents[code] for code, each in found.items())
    state = State.NO if hi == 0 else State.YES if lo > 0 else State.POSSIBLE
    parts = tuple(_factor(code, found, exponents) for code in found)
    return Resonance(investor.id, project.id, lo, hi, state, parts)


def _factor(code: FactorCode, found: Mapping[FactorCode, Found], exponents: Mapping[FactorCode, float]) -> Factor:
    own = found[code]
    others = [each.interval[1] ** exponents[other] for other, each in found.items() if other is not code]
    return Factor(
        code,
        own.interval[0],
        own.interval[1],
        exponents[code],
        own.values,
        own.asks if exponents[code] else (),
        own.lift,
        math.prod(others) if own.lift else None,
    )
