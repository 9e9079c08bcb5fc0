"""Candidates and limits as arrays: who can be judged, what is missing of the others, who need not be looked at."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from feidi.engines.findings import refuse
from feidi.engines.money import Money
from feidi.engines.portfolio.model import Aim, Ask, Candidate, Chance, Limits

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
#: Sums of ㎡ may differ in the last bits.
SPACE: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Caps:
    """The limits that a question may widen; None = none."""

    area: float | None
    cost: int | None
    at_most: int


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """n candidates: chance, ㎡, fen, and the number of their sector among ``sectors`` (−1: no limit)."""

    candidates: tuple[Candidate, ...]
    p: Floats
    area: Floats
    cost: Ints
    sector: Ints
    sectors: tuple[int, ...]
    caps: Caps

    @property
    def n(self) -> int:
        """The number of candidates."""
        return len(self.candidates)

    def only(self, kept: Sequence[int]) -> Problem:
        """Return the problem of some of the candidates."""
        at = list(kept)
        return replace(
            self,
            candidates=tuple(self.candidates[i] for i in at),
            p=self.p[at],
            area=self.area[at],
            cost=self.cost[at],
            sector=self.sector[at],
        )


def problem_of(candidates: Sequence[Candidate], limits: Limits) -> tuple[Problem, tuple[Ask, ...]]:
    """Return those who can be judged under the limits as arrays, and what to ask of the others.

    Raises RefusedError for repeated ids and figures that cannot be.
    """
    _check_limits(limits)
    seen: set[str] = set()
    for each in candidates:
        if each.id in seen:
            raise refuse("portfolio.id_twice", id=each.id)
        seen.add(each.id)
        check_candidate(each)
    asks = tuple(ask for each in candidates for ask in _missing(each, limits))
    unknown = {ask.id for ask in asks}
    judged = tuple(each for each in candidates if each.id not in unknown)
    return _arrays(judged, limits), asks


def _arrays(judged: tuple[Candidate, ...], limits: Limits) -> Problem:
    names = list(limits.sectors)
    n = len(judged)
    at_most = n if limits.at_most is None else min(limits.at_most, n)
    return Problem(
        judged,
        np.array([each.chance.p if each.chance else 0.0 for each in judged]),
        np.array([each.area or 0.0 for each in judged]),
        np.array([each.cost.fen if each.cost and limits.budget else 0 for each in judged], dtype=np.int64),
        np.array([names.index(each.sector) if each.sector in names else -1 for each in judged], dtype=np.int64),
        tuple(limits.sectors.values()),
        Caps(limits.area, limits.budget.fen if limits.budget else None, at_most),
    )


def _missing(candidate: Candidate, limits: Limits) -> Iterator[Ask]:
    if candidate.chance is None:
        yield Ask(candidate.id, "chance")
    if candidate.area is None and limits.area is not None:
        yield Ask(candidate.id, "area")
    if limits.budget is not None and candidate.cost is None:
        yield Ask(candidate.id, "cost")
    elif limits.budget is not None and candidate.cost and candidate.cost.currency != limits.budget.currency:
        yield Ask(candidate.id, "exchange_rate" if candidate.cost.currency else "currency")
    if candidate.sector is None and limits.sectors:
        yield Ask(candidate.id, "sector")


def check_candidate(candidate: Candidate) -> None:
    """Raise RefusedError for figures that cannot be."""
    if candidate.chance is not None:
        _check_chance(candidate.id, candidate.chance)
    if candidate.area is not None and not (math.isfinite(candidate.area) and candidate.area >= 0):
        raise refuse("portfolio.negative", id=candidate.id, what="area", value=candidate.area)
    if candidate.cost is not None and candidate.cost.fen < 0:
        raise refuse("portfolio.negative", id=candidate.id, what="cost", value=candidate.cost.fen)


def _check_chance(of: str, chance: Chance) -> None:
    for value in (chance.p, chance.lo, chance.hi):
        if value is not None and not 0 <= value <= 1:
            raise refuse("portfolio.chance_wrong", id=of, value=value)
    lo, hi = (chance.p if each is None else each for each in (chance.lo, chance.hi))
    if not lo <= chance.p <= hi:
        raise refuse("portfolio.range_wrong", id=of, lo=lo, hi=hi, value=chance.p)


def _check_limits(limits: Limits) -> None:
    budget = limits.budget
    numbers: dict[str, float | None] = {"area": limits.area, "at_most": limits.at_most, **limits.sectors}
    numbers["budget"] = budget.fen if budget else None
    for what, value in numbers.items():
        if value is not None and not value >= 0:
            raise refuse("portfolio.limit_negative", what=what, value=value)
    if budget is not None and budget.currency is None:
        raise refuse("portfolio.budget_currency")


def check_aim(aim: Aim) -> None:
    """Raise RefusedError for an aim that cannot be."""
    if aim.at_least < 1:
        raise refuse("portfolio.least_wrong", value=aim.at_least)
    if not 0 < aim.confidence < 1:
        raise refuse("portfolio.confidence_wrong", value=aim.confidence)


def worth_a_look(problem: Problem, at_most: int) -> list[int]:
    """Return the candidates that can be in a best choice of at most so many.

    One is dropped when as many others are at least as likely, as small, as cheap, and of its sector or of one without
    limit: whatever choice it is in, one of those is free to take its place and nothing gets worse.
    """
    p, area, cost, sector = problem.p, problem.area, problem.cost, problem.sector
    no_worse = (p[None, :] >= p[:, None]) & (area[None, :] <= area[:, None]) & (cost[None, :] <= cost[:, None])
    no_worse &= (sector[None, :] == sector[:, None]) | (sector[None, :] == -1)
    order = np.arange(problem.n)
    # of two that are no worse than each other the earlier counts: none drops out for one that drops out for it
    no_worse &= ~(no_worse.T & (order[None, :] > order[:, None]))
    np.fill_diagonal(no_worse, val=False)
    return np.flatnonzero(no_worse.sum(axis=1) < at_most).tolist() if at_most < problem.n else order.tolist()


def fits(problem: Problem, caps: Caps, chosen: Sequence[int]) -> bool:
    """Tell whether a choice keeps every limit."""
    some = list(chosen)
    sectors = problem.sector[some].tolist()
    return (
        len(some) <= caps.at_most
        and (caps.area is None or float(problem.area[some].sum()) <= caps.area + SPACE)
        and (caps.cost is None or int(problem.cost[some].sum()) <= caps.cost)
        and all(sectors.count(sector) <= most for sector, most in enumerate(problem.sectors))
    )


def likely_first(problem: Problem, caps: Caps) -> tuple[int, ...]:
    """Return who fits, taken from the likeliest down: a choice within the limits, not the best."""
    chosen: list[int] = []
    for i in np.argsort(-problem.p, kind="stable").tolist():
        if fits(problem, caps, [*chosen, i]):
            chosen.append(i)
    return tuple(sorted(chosen))


def cost_of(problem: Problem, chosen: Sequence[int], budget: Money | None) -> Money | None:
    """Return what the chosen cost, in the budget's currency; None without a budget."""
    return Money(int(problem.cost[list(chosen)].sum()), budget.currency) if budget else None
