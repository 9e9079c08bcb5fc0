"""The choice as a mixed integer program for HiGHS, with the chance constraint exact.

The dynamic program of the Poisson-binomial is written into the program: q_ij = P(j of the first i candidates land), j < L,
q_ij = q_{i−1,j} + p_i (u_{i,j−1} − u_ij) with u_ij = x_i q_{i−1,j}; as x_i is 0 or 1, u is held exactly by
u ≤ x, u ≤ q, u ≥ q − (1 − x). P(≥ L) = 1 − Σ_j q_nj. What HiGHS returns is reckoned again, and cut off if it was let
through by a tolerance: a set that fails, fails with fewer as well, so one from outside must come in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from feidi.engines.portfolio.counting import TOLERANCE, at_least
from feidi.engines.portfolio.model import Solver
from feidi.engines.portfolio.problem import SPACE, Caps, Floats, Problem
from feidi.engines.portfolio.questions import PATIENCE, Best, Goal

if TYPE_CHECKING:
    from scipy.optimize import OptimizeResult

#: So often a set that only a tolerance let through is cut off.
_CUTS: Final = 50
_OPTIMAL, _INFEASIBLE = 0, 2
Row = dict[int, float]


class _Rows:
    """Constraints lo ≤ row · variables ≤ hi."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.lo: list[float] = []
        self.hi: list[float] = []

    def put(self, row: Row, lo: float, hi: float) -> None:
        """Add one."""
        self.rows.append(row)
        self.lo.append(lo)
        self.hi.append(hi)


class Highs:
    """Answers questions about many candidates by ``scipy.optimize.milp``."""

    solver = Solver.HIGHS

    def __init__(self, problem: Problem, least: int, patience: float = PATIENCE) -> None:
        self._problem, self._least, self._patience = problem, least, patience

    def best(self, goal: Goal, caps: Caps, confidence: float | None = None) -> Best:
        """Return the best choice, to 1e-6 of the goal."""
        rows = self._counted()
        self._limited(rows, caps)
        if confidence is not None:
            self._confident(rows, confidence)
        for _cut in range(_CUTS):
            result = self._solve(rows, self._cost_of(goal))
            if result.x is None:
                return Best(None, proved=result.status == _INFEASIBLE)
            chosen = tuple(np.flatnonzero(result.x[: self._problem.n] > 0.5).tolist())  # noqa: PLR2004 - 0 or 1
            if confidence is None or self._probability(chosen) >= confidence - TOLERANCE:
                return Best(chosen, proved=result.status == _OPTIMAL)
            rows.put({i: 1.0 for i in range(self._problem.n) if i not in chosen}, 1.0, np.inf)
        return Best(None, proved=False)

    def _probability(self, chosen: tuple[int, ...]) -> float:
        return at_least(self._problem.p[list(chosen)].tolist(), self._least)

    def _u(self, i: int, j: int) -> int:
        return self._problem.n + i * self._least + j

    def _q(self, i: int, j: int) -> int:
        return self._problem.n * (1 + self._least) + i * self._least + j

    def _counted(self) -> _Rows:
        """Write the dynamic program. Before the first candidate q is 1 for none, and no variable."""
        rows = _Rows()
        for i, p in enumerate(self._problem.p.tolist()):
            for j in range(self._least):
                before: Row = {self._q(i - 1, j): -1.0} if i else {}
                start = 1.0 if i == 0 and j == 0 else 0.0
                u = self._u(i, j)
                rows.put({u: 1.0, i: -1.0}, -np.inf, 0.0)
                rows.put({u: 1.0, **before}, -np.inf, start)
                rows.put({u: 1.0, i: -1.0, **before}, start - 1.0, np.inf)
                landed: Row = {self._u(i, j - 1): -p} if j else {}
                rows.put({self._q(i, j): 1.0, u: p, **landed, **before}, start, start)
        return rows

    def _limited(self, rows: _Rows, caps: Caps) -> None:
        problem = self._problem
        rows.put(dict.fromkeys(range(problem.n), 1.0), 0.0, caps.at_most)
        for values, limit in ((problem.area, caps.area), (problem.cost, caps.cost)):
            if limit is not None:
                # brought to 1: fen are too large for the solver's tolerances
                scale = max(float(limit), 1.0)
                rows.put({i: value / scale for i, value in enumerate(values.tolist())}, 0.0, (limit + SPACE) / scale)
        for sector, limit in enumerate(problem.sectors):
            rows.put({i: 1.0 for i in range(problem.n) if problem.sector[i] == sector}, 0.0, limit)

    def _confident(self, rows: _Rows, confidence: float) -> None:
        """P(≥ L) ≥ confidence; and, to guide the search, what follows: Σ p x ≥ L × confidence (Markov)."""
        last = self._problem.n - 1
        rows.put({self._q(last, j): 1.0 for j in range(self._least)}, -np.inf, 1 - confidence + TOLERANCE)
        rows.put(dict(enumerate(self._problem.p.tolist())), self._least * confidence - SPACE, np.inf)

    def _cost_of(self, goal: Goal) -> Floats:
        n, least = self._problem.n, self._least
        cost = np.zeros(n * (1 + 2 * least))
        match goal:
            case Goal.EXPECTED:
                cost[:n] = -self._problem.p
            case Goal.PROBABILITY:
                cost[[self._q(n - 1, j) for j in range(least)]] = 1.0
            case Goal.AREA:
                cost[:n] = self._problem.area
            case Goal.COST:
                cost[:n] = self._problem.cost / max(float(self._problem.cost.max()), 1.0)
        return cost

    def _solve(self, rows: _Rows, cost: Floats) -> OptimizeResult:
        from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 - with its caller
        from scipy.sparse import coo_array  # noqa: PLC0415

        places = [(at, column, value) for at, row in enumerate(rows.rows) for column, value in row.items()]
        at, columns, values = zip(*places, strict=True)
        matrix = coo_array((values, (at, columns)), shape=(len(rows.rows), len(cost))).tocsr()
        whole = np.zeros(len(cost))
        whole[: self._problem.n] = 1
        return milp(
            cost,
            integrality=whole,
            bounds=Bounds(0, 1),
            constraints=LinearConstraint(matrix, rows.lo, rows.hi),
            options={"mip_rel_gap": 0, "time_limit": self._patience},
        )
