"""When the aim cannot be met: what would do."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from feidi.engines.findings import Finding, Level, Scalar
from feidi.engines.portfolio.counting import at_least, needed_chance, needed_number
from feidi.engines.portfolio.model import Aim, Limits
from feidi.engines.portfolio.problem import Caps, Problem
from feidi.engines.portfolio.questions import Goal, Search
from feidi.engines.portfolio.searching import Narrowed

#: Seconds for one question about what would do.
PATIENCE: Final = 3.0


def remedies(problem: Problem, aim: Aim, limits: Limits, reached: Sequence[int], search: Search) -> tuple[Finding, ...]:
    """Return what would do, each alone: higher chances, more candidates, a larger number, more area, more money.

    ``reached``: the choice with the highest P(≥ L). ``search`` answers for numbers up to the limit.
    """
    found = [*_chances(problem, aim, reached)]
    widened = [*_widened(problem, aim, limits, search)]
    if not widened:
        widened = [_together(problem, aim)]
    return (*found, *widened)


def _say(code: str, **params: Scalar) -> Finding:
    return Finding(Level.NOTE, code, params)


def _chances(problem: Problem, aim: Aim, reached: Sequence[int]) -> Iterator[Finding]:
    """What the chances would have to be: for as many as may be chosen, or as many as were."""
    number = problem.caps.at_most
    if number < aim.at_least and number < problem.n:
        yield _say("portfolio.few_allowed", n=number, least=aim.at_least)
        return
    chosen = problem.p[list(reached)].tolist()
    mean = math.fsum(chosen) / len(chosen) if chosen else 0.0
    needed = needed_chance(len(chosen), aim.at_least, aim.confidence)
    if needed is not None:
        yield _say(
            "portfolio.needs_chance",
            n=len(chosen),
            least=aim.at_least,
            confidence=f"{aim.confidence:.0%}",
            # rounded up: the figure shown is enough
            needed=f"{math.ceil(needed * 1000) / 1000:.1%}",
            needed_p=needed,
            mean=f"{mean:.1%}",
        )
    more = needed_number(chosen, mean, aim.at_least, aim.confidence)
    if more:
        yield _say("portfolio.needs_more", mean=f"{mean:.1%}", more=more)


def _widened(problem: Problem, aim: Aim, limits: Limits, search: Search) -> Iterator[Finding]:
    """What one limit alone would have to be, the others as they are."""
    caps = problem.caps
    number = _needed_count(problem, aim)
    if number is not None:
        yield _say("portfolio.needs_number", number=number, at_most=caps.at_most)
    if caps.area is not None:
        area = _least(problem, aim, search, Goal.AREA, replace(caps, area=None))
        if area is not None:
            yield _say("portfolio.needs_area", area=_round(area), more=_round(area - caps.area))
    if caps.cost is not None and limits.budget is not None:
        cost = _least(problem, aim, search, Goal.COST, replace(caps, cost=None))
        if cost is not None:
            yield _say(
                "portfolio.needs_budget",
                budget=f"{cost / 100:,.2f}",
                more=f"{(cost - caps.cost) / 100:,.2f}",
                budget_fen=int(cost),
                currency=limits.budget.currency,
            )


def _round(area: float) -> float:
    """Return ㎡ rounded up to a tenth: the figure shown is enough."""
    return math.ceil(round(area * 10, 6)) / 10


def _least(problem: Problem, aim: Aim, search: Search, goal: Goal, caps: Caps) -> float | None:
    best = search.best(goal, caps, aim.confidence)
    if best.chosen is None:
        return None
    values = problem.area if goal is Goal.AREA else problem.cost
    return float(values[list(best.chosen)].sum())


def _needed_count(problem: Problem, aim: Aim) -> int | None:
    """Return the smallest number above the limit that would do (enough, and the smallest unless the time runs out)."""
    low, high = problem.caps.at_most, problem.n
    if low == high:
        return None
    wider = Narrowed(problem, aim.at_least, problem.n, patience=PATIENCE)

    def does(number: int) -> bool:
        return wider.best(Goal.EXPECTED, replace(problem.caps, at_most=number), aim.confidence).chosen is not None

    if not does(high):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if does(middle) else (middle, high)
    return high


def _together(problem: Problem, aim: Aim) -> Finding:
    every = at_least(problem.p.tolist(), aim.at_least)
    if every >= aim.confidence:
        return _say("portfolio.limits_together")
    return _say("portfolio.none_would", n=problem.n, least=aim.at_least, probability=f"{every:.1%}")
