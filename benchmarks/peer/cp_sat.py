"""The best combinations by CP-SAT: the outside witness for ``combine``. ``python -m benchmarks.peer.cp_sat SAMPLES``; prints JSON.

What a clause pays is a whole number of hundredths between 0 and its amount, nothing where it is not taken; the clauses
under a shared cap together pay no more than it. Needs ``ortools`` in the environment it runs in.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence

from ortools.sat.python import cp_model

from benchmarks.inside.combination import make_problem
from feidi.engines.rules.clauses import ClauseSet
from feidi.engines.rules.combining import combine, why_left_out
from feidi.engines.rules.outcome import is_by_right
from feidi.engines.rules.results import Outcome

#: Seconds for one problem; one in fifteen takes CP-SAT long to prove.
_PATIENCE = 0.2


def best_total(clauses: ClauseSet, outcomes: Sequence[Outcome]) -> int | None:
    """Return the largest total there is; None when that was not proved in time."""
    model = cp_model.CpModel()
    amounts = {
        each.clause: each.granted.lo_fen
        for each in outcomes
        if each.granted is not None and why_left_out(each) is None and is_by_right(each)
    }
    taken = {code: model.new_bool_var(code) for code in amounts}
    paid = {code: model.new_int_var(0, amount, f"paid {code}") for code, amount in amounts.items()}
    for code, amount in amounts.items():
        model.add(paid[code] <= amount * taken[code])
        for other in clauses.clauses[code].excludes & amounts.keys():
            model.add_bool_or(~taken[code], ~taken[other])
    for group in {clauses.clauses[code].group for code in amounts} - {""}:
        model.add_at_most_one(taken[code] for code in amounts if clauses.clauses[code].group == group)
    for name, cap in clauses.shared_caps.items():
        model.add(sum(paid[code] for code in amounts if name in clauses.clauses[code].shared_caps) <= cap.fen)
    model.maximize(sum(paid.values()))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = _PATIENCE
    return round(solver.objective_value) if solver.solve(model) == cp_model.OPTIMAL else None


def main() -> None:
    """Compare that many random problems; a third of them with caps that cross."""
    samples = int(sys.argv[1])
    different, proved, seed, mine, theirs = 0, 0, 0, 0.0, 0.0
    while proved < samples:
        clauses, outcomes = make_problem(seed, 6 + seed % 7, crossing=seed % 3 == 0)
        seed += 1
        begun = time.perf_counter()
        found = combine(clauses, outcomes).best.total_fen
        middle = time.perf_counter()
        total = best_total(clauses, outcomes)
        proved += total is not None
        different += total not in {None, found}
        mine, theirs = mine + middle - begun, theirs + time.perf_counter() - middle
    print(
        json.dumps(
            {
                "samples": proved,
                "not_proved": seed - proved,
                "different": different,
                "seconds": mine,
                "cp_sat_seconds": theirs,
            }
        )
    )


if __name__ == "__main__":
    main()
