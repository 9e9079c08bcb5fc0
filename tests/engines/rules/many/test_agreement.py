"""The evaluators agree: reference, prepared clauses, columnar kernel and DuckDB give the same answers, cell by cell.

Facts lie at, just below and just above every constant; some are unknown, some intervals, some ranges are open.
"""

from __future__ import annotations

import pytest

from benchmarks.inside import policies
from feidi.engines.rules.facts import Facts
from feidi.engines.rules.many import columns_of, near_many, prepare_many
from feidi.engines.rules.near import near_misses
from feidi.engines.rules.outcome import evaluate
from feidi.engines.rules.prepared import Prepared
from tests.engines.rules.many.support import Kernel, amounts_at, run_kernel, sql_differences, verdict_at
from tests.engines.rules.random_rules import AS_OF, DICTIONARY, random_clauses, random_facts
from tests.support.home import WHOLE


def _reference_differences(kernel: Kernel, rows: list[Facts], *, dictionary=DICTIONARY, as_of=AS_OF) -> list[object]:
    """Return every cell of the first rows where the reference says otherwise."""
    different: list[object] = []
    for number, clause in enumerate(kernel.program.clauses):
        granted = amounts_at(kernel, number)
        for row, facts in enumerate(rows):
            outcome = evaluate(clause, facts, dictionary, as_of=as_of)
            if outcome.verdict is not verdict_at(kernel, number, row):
                different.append((clause.condition, facts, outcome.verdict))
            ends = None if outcome.granted is None else (outcome.granted.lo_fen, outcome.granted.hi_fen)
            if ends != granted.get(row):
                different.append((clause.amount, facts, ends, granted.get(row)))
    return different


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("unknown", "intervals"), [(0.0, 0.0), (0.2, 0.0), (0.15, 0.15)])
def test_kernel_equals_reference_on_random_rules(seed, unknown, intervals):
    clauses = random_clauses(16, seed)
    rows = random_facts(clauses, 70, seed + 100, unknown=unknown, intervals=intervals)
    assert _reference_differences(run_kernel(clauses, rows, DICTIONARY), rows) == []


@pytest.mark.parametrize("seed", range(2))
def test_kernel_equals_duckdb_on_random_rules(seed):
    clauses = random_clauses(12, seed + 20)
    rows = random_facts(clauses, 2000, seed + 200)
    kernel = run_kernel(clauses, rows, DICTIONARY)
    assert any(len(each.rows) for each in kernel.amounts.values())
    assert sql_differences(kernel, rows, DICTIONARY) == 0


def test_a_million_cells_of_district_policies():
    """Two hundred clauses, five thousand firms: verdicts and amounts by kernel, DuckDB and the prepared clauses, which
    are the reference made fast; and a share of them by the reference itself.
    """
    clauses, dictionary = policies.make_clauses(200, 7), policies.make_dictionary()
    rows = policies.make_facts(5000, 11)
    kernel = run_kernel(clauses, rows, dictionary, as_of=policies.AS_OF)
    assert kernel.eligible.size == 1_000_000
    assert sql_differences(kernel, rows, dictionary) == 0
    assert _reference_differences(kernel, rows[:25], dictionary=dictionary, as_of=policies.AS_OF) == []
    prepared = Prepared(clauses, dictionary, as_of=policies.AS_OF)
    granted = [amounts_at(kernel, number) for number in range(len(kernel.program.clauses))]
    different = 0
    for row, facts in enumerate(rows):
        if not WHOLE and row % 5:  # in make test of every fifth firm
            continue
        for number, outcome in enumerate(prepared.evaluate_all(facts)):
            ends = None if outcome.granted is None else (outcome.granted.lo_fen, outcome.granted.hi_fen)
            different += outcome.verdict is not verdict_at(kernel, number, row) or ends != granted[number].get(row)
    assert different == 0


@pytest.mark.parametrize("seed", range(3))
def test_near_misses_equal_those_of_the_reference(seed):
    clauses = random_clauses(20, seed + 40)
    rows = random_facts(clauses, 60, seed + 300)
    program = prepare_many(clauses, DICTIONARY, as_of=AS_OF)
    found = near_many(program, columns_of(rows, program.dictionary))
    mine = {(row, program.codes[each.clause], each.path) for each in found for row in each.rows.tolist()}
    theirs = {
        (row, miss.clause, miss.path)
        for row, facts in enumerate(rows)
        for miss in near_misses(clauses, facts, DICTIONARY, as_of=AS_OF)
    }
    assert mine == theirs
    assert mine


def test_stretches_and_threads_change_nothing():
    clauses = random_clauses(10, 5)
    rows = random_facts(clauses, 150, 6)
    one, two = (run_kernel(clauses, rows, DICTIONARY, threads=threads) for threads in (1, 2))
    assert (one.eligible == two.eligible).all()
    assert (one.unknown == two.unknown).all()
