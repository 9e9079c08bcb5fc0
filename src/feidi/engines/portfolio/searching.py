"""The best subset, proved: every one looked at (up to 20 candidates that can matter), or HiGHS."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from feidi.engines.portfolio.counting import TOLERANCE, at_least
from feidi.engines.portfolio.model import Solver
from feidi.engines.portfolio.problem import SPACE, Caps, Floats, Problem, likely_first, worth_a_look
from feidi.engines.portfolio.questions import PATIENCE, Best, Goal, Search

#: 2²⁰ subsets take a tenth of a second and about 100 MB.
ENUMERATED: Final = 20
Bools = NDArray[np.bool_]


class EverySubset:
    """All 2ⁿ subsets as columns, built by doubling: the subsets with candidate i are those without it, and it."""

    solver = Solver.ENUMERATION

    def __init__(self, problem: Problem, least: int) -> None:
        self._problem, self._least = problem, least

    def _summed(self, values: Iterable[float]) -> Floats:
        sums = np.zeros(1 << self._problem.n)
        for i, value in enumerate(values):
            np.add(sums[: 1 << i], value, out=sums[1 << i : 2 << i])
        return sums

    @cached_property
    def _probability(self) -> Floats:
        """P(≥ L) of each subset: 1 − Σ_{k<L} P(exactly k)."""
        below = np.zeros((self._least, 1 << self._problem.n))
        below[0, 0] = 1.0
        for i, p in enumerate(self._problem.p.tolist()):
            without, with_it = below[:, : 1 << i], below[:, 1 << i : 2 << i]
            np.multiply(without, 1 - p, out=with_it)
            with_it[1:] += without[:-1] * p
        probability: Floats = 1.0 - below.sum(axis=0)
        return probability

    @cached_property
    def _expected(self) -> Floats:
        return self._summed(self._problem.p.tolist())

    @cached_property
    def _area(self) -> Floats:
        return self._summed(self._problem.area.tolist())

    @cached_property
    def _cost(self) -> Floats:
        return self._summed(self._problem.cost.tolist())

    @cached_property
    def _number(self) -> Floats:
        return self._summed([1.0] * self._problem.n)

    @cached_property
    def _sectors_fit(self) -> Bools:
        fit = np.ones(1 << self._problem.n, dtype=bool)
        for sector, limit in enumerate(self._problem.sectors):
            fit &= self._summed((self._problem.sector == sector).astype(float).tolist()) <= limit
        return fit

    def _allowed(self, caps: Caps, confidence: float | None) -> Bools:
        allowed = self._sectors_fit & (self._number <= caps.at_most)
        if caps.area is not None:
            allowed &= self._area <= caps.area + SPACE
        if caps.cost is not None:
            allowed &= self._cost <= caps.cost
        return allowed if confidence is None else allowed & (self._probability >= confidence - TOLERANCE)

    def _values(self, goal: Goal) -> Floats:
        match goal:
            case Goal.EXPECTED:
                return self._expected
            case Goal.PROBABILITY:
                return self._probability
            case Goal.AREA:
                return -self._area
            case Goal.COST:
                return -self._cost

    def best(self, goal: Goal, caps: Caps, confidence: float | None = None) -> Best:
        """Return the best; of equal ones the likelier, the one with more expected, the smaller, the first."""
        left = np.flatnonzero(self._allowed(caps, confidence))
        if not left.size:
            return Best(None)
        for each in (self._values(goal), self._probability, self._expected):
            left = left[each[left] >= each[left].max() - TOLERANCE]
        mask = int(left[np.argmin(self._area[left])])
        return Best(tuple(i for i in range(self._problem.n) if mask >> i & 1))


class Narrowed:
    """The same questions over the candidates that can be in a best choice of at most so many."""

    def __init__(self, problem: Problem, least: int, at_most: int, patience: float = PATIENCE) -> None:
        self._kept, self._most = worth_a_look(problem, at_most), at_most
        narrow = problem.only(self._kept)
        if len(self._kept) <= ENUMERATED:
            self._search: Search = EverySubset(narrow, least)
        else:
            from feidi.engines.portfolio.milp import Highs  # noqa: PLC0415 - scipy, only for many candidates

            self._search = Highs(narrow, least, patience)
        self.solver = self._search.solver

    def best(self, goal: Goal, caps: Caps, confidence: float | None = None) -> Best:
        """Return the best choice; ``caps.at_most`` is at most the number this was narrowed for."""
        found = self._search.best(goal, replace(caps, at_most=min(caps.at_most, self._most)), confidence)
        chosen = None if found.chosen is None else tuple(self._kept[i] for i in found.chosen)
        return Best(chosen, found.proved)


def likeliest(problem: Problem, least: int, search: Search, caps: Caps) -> Best:
    """Return the choice with the highest P(≥ L); where the time ran out, the best of what was found and what is near."""
    found = search.best(Goal.PROBABILITY, caps)
    if found.proved:
        return found
    known = [found.chosen, search.best(Goal.EXPECTED, caps).chosen, likely_first(problem, caps)]
    choices = [each for each in known if each is not None]
    return Best(max(choices, key=lambda each: at_least(problem.p[list(each)].tolist(), least)), proved=False)
