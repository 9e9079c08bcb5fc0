"""The best choice under the limits, proved; and the curves of what more space or a larger number would bring."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from feidi.engines.findings import Finding, Level, Scalar, refuse
from feidi.engines.portfolio.counting import TOLERANCE, at_least, distribution
from feidi.engines.portfolio.model import (
    NO_LIMITS,
    Aim,
    Ask,
    Candidate,
    Chance,
    CurvePoint,
    Limits,
    Portfolio,
    Solver,
)
from feidi.engines.portfolio.problem import Problem, check_aim, cost_of, problem_of
from feidi.engines.portfolio.questions import Best, Goal
from feidi.engines.portfolio.remedies import remedies
from feidi.engines.portfolio.searching import Narrowed, likeliest

#: Chances from fewer cases are called so.
FEW_CASES: Final = 10
#: Seconds that HiGHS may take for one point of a curve.
CURVE_PATIENCE: Final = 0.5


def choose(candidates: Sequence[Candidate], aim: Aim, limits: Limits = NO_LIMITS) -> Portfolio:
    """Return the choice with the most expected landings among those with P(≥ L) ≥ confidence within the limits.

    When none has, the one with the highest P(≥ L), and what would do. A candidate that lacks a fact which a limit
    needs is not chosen and not out: it stands in ``asks``. Raises RefusedError for input that cannot be.
    """
    check_aim(aim)
    problem, asks = problem_of(candidates, limits)
    if problem.n == 0:
        nothing = Best((), proved=True)
        return _portfolio(problem, aim, limits, nothing, Solver.ENUMERATION, asks)
    search = Narrowed(problem, aim.at_least, problem.caps.at_most)
    found = search.best(Goal.EXPECTED, problem.caps, aim.confidence)
    if found.chosen is not None:
        return _portfolio(problem, aim, limits, found, search.solver, asks)
    reachable = likeliest(problem, aim.at_least, search, problem.caps)
    best = Best(reachable.chosen or (), found.proved and reachable.proved)
    told = _portfolio(problem, aim, limits, best, search.solver, asks)
    if told.met:
        return told
    return replace(told, remedies=remedies(problem, aim, limits, best.chosen or (), search))


def _portfolio(
    problem: Problem, aim: Aim, limits: Limits, best: Best, solver: Solver, asks: tuple[Ask, ...]
) -> Portfolio:
    places = best.chosen or ()
    chosen = [problem.candidates[i] for i in places]
    chances = [each.chance for each in chosen if each.chance]
    spread = distribution(chance.p for chance in chances)
    probability = at_least((chance.p for chance in chances), aim.at_least)
    lo, hi = range_of(chances, aim.at_least)
    # the last digit of a sum must not put the figure outside its own range
    lo, hi = None if lo is None else min(lo, probability), None if hi is None else max(hi, probability)
    areas = [each.area for each in chosen if each.area is not None]
    met = probability >= aim.confidence - TOLERANCE
    return Portfolio(
        aim,
        limits,
        met,
        tuple(each.id for each in chosen),
        math.fsum(chance.p for chance in chances),
        probability,
        lo,
        hi,
        spread,
        math.fsum(areas) if len(areas) == len(chosen) else None,
        cost_of(problem, places, limits.budget),
        solver,
        best.proved,
        asks,
        (),
        tuple(_findings(problem, chosen, aim, lo if met else None, proved=best.proved)),
    )


def range_of(chances: Sequence[Chance], least: int) -> tuple[float | None, float | None]:
    """Return P(≥ least) with all chances at their low ends at once, and at their high ends; None without ranges."""
    lows, highs = [each.lo for each in chances], [each.hi for each in chances]
    lo = None if None in lows else at_least((each for each in lows if each is not None), least)
    hi = None if None in highs else at_least((each for each in highs if each is not None), least)
    return lo, hi


def _findings(
    problem: Problem, chosen: Sequence[Candidate], aim: Aim, lo: float | None, *, proved: bool
) -> list[Finding]:
    found = []
    few = [each.id for each in chosen if each.chance and each.chance.cases and each.chance.cases < FEW_CASES]
    if few:
        said: dict[str, Scalar] = {"n": len(few), "cases": FEW_CASES, "ids": "、".join(few)}
        found.append(Finding(Level.NOTE, "portfolio.few_cases", said))
    bare = [each.id for each in chosen if each.chance and None in (each.chance.lo, each.chance.hi)]
    if bare:
        found.append(Finding(Level.NOTE, "portfolio.no_range", {"n": len(bare), "ids": "、".join(bare)}))
    if lo is not None and lo < aim.confidence:
        said = {"least": aim.at_least, "lo": f"{lo:.1%}", "confidence": f"{aim.confidence:.0%}"}
        found.append(Finding(Level.NOTE, "portfolio.low_end", said))
    if not problem.n:
        found.append(Finding(Level.PROBLEM, "portfolio.no_candidates"))
    if not proved:
        found.append(Finding(Level.PROBLEM, "portfolio.not_proved"))
    return found


def curve_by_number(candidates: Sequence[Candidate], aim: Aim, limits: Limits = NO_LIMITS) -> tuple[CurvePoint, ...]:
    """Return the highest P(≥ L) for at most 1, 2, 3 … chosen, up to the limit on their number or all of them."""
    check_aim(aim)
    problem, _asks = problem_of(candidates, limits)
    if problem.n == 0:
        return ()
    search = Narrowed(problem, aim.at_least, problem.caps.at_most, patience=CURVE_PATIENCE)
    return tuple(
        _point(problem, aim, number, likeliest(problem, aim.at_least, search, replace(problem.caps, at_most=number)))
        for number in range(1, problem.caps.at_most + 1)
    )


def curve_by_area(
    candidates: Sequence[Candidate], aim: Aim, limits: Limits = NO_LIMITS, *, steps: int = 20
) -> tuple[CurvePoint, ...]:
    """Return the highest P(≥ L) for growing area, in so many equal steps, up to half as much again as the limit.

    Without a limit up to what all candidates take together. Candidates whose area is not known are left out.
    """
    check_aim(aim)
    if steps < 1:
        raise refuse("portfolio.limit_negative", what="steps", value=steps)
    known = replace(limits, area=math.inf if limits.area is None else limits.area)
    problem, _asks = problem_of(candidates, known)
    if problem.n == 0:
        return ()
    search = Narrowed(problem, aim.at_least, problem.caps.at_most, patience=CURVE_PATIENCE)
    everything = float(problem.area.sum())
    end = everything if limits.area is None else min(everything, limits.area * 1.5)
    areas = [end * step / steps for step in range(1, steps + 1)]
    if limits.area is not None and limits.area <= end:
        areas = sorted({*areas, limits.area})
    return tuple(
        _point(problem, aim, area, likeliest(problem, aim.at_least, search, replace(problem.caps, area=area)))
        for area in areas
    )


def _point(problem: Problem, aim: Aim, limit: float, best: Best) -> CurvePoint:
    chosen = [problem.candidates[i] for i in best.chosen or ()]
    chances = [each.chance for each in chosen if each.chance]
    lo, hi = range_of(chances, aim.at_least)
    return CurvePoint(
        limit,
        at_least((chance.p for chance in chances), aim.at_least),
        lo,
        hi,
        math.fsum(chance.p for chance in chances),
        tuple(each.id for each in chosen),
        best.proved,
    )
