"""Policies for many in memory: the speed of every evaluator, beside openfisca-core where that is installed."""

from __future__ import annotations

import hashlib
import tempfile
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.inside import policies
from benchmarks.inside.combination import make_problem
from benchmarks.inside.policy_columns import Drawn, columns, draw
from benchmarks.policy_child import ask_child
from benchmarks.policy_sizes import CLAUSES, SEED, Size
from benchmarks.running import percentile, table
from feidi.engines.rules.combining import combine
from feidi.engines.rules.many import Columns, Program, amounts_of, evaluate_many, near_many, prepare_many
from feidi.engines.rules.prepared import Prepared

HEADS = ("what", "target", "measured", "beside it")


def make_program() -> Program:
    """Return the invented clauses, prepared for columns."""
    return prepare_many(policies.make_clauses(CLAUSES, SEED), policies.make_dictionary(), as_of=policies.AS_OF)


def speeds(size: Size, peer: str) -> list[str]:
    """Measure verdicts of all, and one firm at a time, beside openfisca-core (in ``peer``, a Python that has it)."""
    program, drawn = make_program(), draw(size.firms, SEED)
    whole = columns(drawn)
    verdicts = best(lambda: evaluate_many(program, whole))
    alone = best(lambda: evaluate_many(program, whole, threads=1))
    outside = _openfisca(drawn, peer)
    beside = "openfisca-core is not installed: not measured"
    if outside:
        same = "same answers" if outside["sha256"] == _two_valued(program, drawn) else "**DIFFERENT ANSWERS**"
        beside = (
            f"openfisca-core 46, 64 bit, two-valued: {outside['seconds']:.2f} s, "
            f"**{outside['seconds'] / verdicts:.1f} ×** ({same} where nothing is unknown)"
        )
    firms = f"{size.firms:,} firms × {CLAUSES}"
    rows: list[list[object]] = [
        [f"{firms}, three-valued, two threads", "0.20 s", f"{verdicts:.3f} s", beside],
        [f"{firms}, one thread", "", f"{alone:.3f} s", ""],
    ]
    return table(HEADS, [*rows, *_one_by_one(size, outside)])


def near(size: Size) -> list[str]:
    """Measure near misses with the condition that fails."""
    program, whole = make_program(), columns(draw(size.firms, SEED))
    spent = best(lambda: near_many(program, whole), 4)
    found = sum(len(each.rows) for each in near_many(program, whole))
    what = f"{size.firms:,} firms × {CLAUSES}, near misses with their atom"
    return table(HEADS, [[what, "0.5 s", f"{spent:.2f} s", f"{found:,} of them"]])


def amounts(size: Size) -> list[str]:
    """Measure amounts, what changed alone, and one edited clause."""
    program, whole = make_program(), columns(draw(size.firms, SEED))
    batch = evaluate_many(program, whole)
    return table(HEADS, [_amounts(program, whole, batch), _changed(program, whole, size), _edited(whole, size)])


def combinations(size: Size) -> list[str]:
    """Measure the best combination of many clauses of one firm."""
    return table(HEADS, [_large_combinations(size)])


def witness(size: Size, peer: str) -> list[str]:
    """Compare the best combination with CP-SAT's (in ``peer``)."""
    return [f"- {_combinations(size, peer)}"]


def best(work: Callable[[], Any], runs: int = 7) -> float:
    """Return the seconds of the fastest run."""
    spent = []
    for _run in range(runs):
        begun = time.perf_counter()
        work()
        spent.append(time.perf_counter() - begun)
    return min(spent)


def _amounts(program: Program, whole: Columns, batch: Any) -> list[object]:
    begun = time.perf_counter()
    cells = sum(len(each.rows) for each in amounts_of(program, whole, batch, eligible_only=True))
    return ["amounts of all that are 符合", "", f"{time.perf_counter() - begun:.2f} s", f"{cells:,} amounts"]


def _changed(program: Program, whole: Columns, size: Size) -> list[object]:
    rows = np.sort(np.random.default_rng(3).choice(size.firms, size.changed, replace=False))
    taken = best(lambda: whole.take(rows), 30)
    some = whole.take(rows)
    spent = best(lambda: evaluate_many(program, some, threads=1), 50)
    what = f"{size.changed:,} changed firms × {CLAUSES}"
    return [what, "5 ms", f"{spent * 1000:.1f} ms", f"picking their rows out of {size.firms:,}: {taken * 1000:.1f} ms"]


def _edited(whole: Columns, size: Size) -> list[object]:
    one = policies.make_clauses(1, 77)
    program = prepare_many(one, policies.make_dictionary(), as_of=policies.AS_OF)
    spent = best(lambda: evaluate_many(program, whole), 15)
    return [f"one edited clause × {size.firms:,} firms", "", f"{spent * 1000:.1f} ms", ""]


def _one_by_one(size: Size, outside: dict[str, Any] | None) -> list[list[object]]:
    clauses = policies.make_clauses(CLAUSES, SEED)
    prepared = Prepared(clauses, policies.make_dictionary(), as_of=policies.AS_OF)
    firms = policies.make_facts(size.ones, 5)
    spent, opened = [], []
    for number, facts in enumerate(firms):
        begun = time.perf_counter()
        prepared.evaluate_all(facts)
        spent.append((time.perf_counter() - begun) * 1000)
        code = list(clauses.clauses)[number % CLAUSES]
        prepared.explain(code, facts)
        begun = time.perf_counter()
        prepared.explain(code, facts)
        opened.append((time.perf_counter() - begun) * 1000)
    spent.sort()
    opened.sort()
    p50 = percentile(spent, 0.5)
    beside = f"openfisca-core's trace: {outside['traced'] * 1000:.0f} ms" if outside else ""
    if outside:
        beside += f", **{outside['traced'] * 1000 / p50:.0f} ×**"
    return [
        [f"one firm × {CLAUSES}, verdicts and amounts, p50", "0.5 ms", f"{p50:.2f} ms", beside],
        ["one explanation tree, p50", "0.05 ms", f"{percentile(opened, 0.5):.3f} ms", ""],
    ]


def _large_combinations(size: Size) -> list[object]:
    """Combine fifty clauses that all hang together by exclusions, groups and caps, with everything that is given up."""
    spent = []
    for seed in range(size.large):
        clauses, outcomes = make_problem(seed, 50)
        begun = time.perf_counter()
        combine(clauses, outcomes)
        spent.append((time.perf_counter() - begun) * 1000)
    spent.sort()
    what = f"best combination of 50 clauses of one firm, worst of {size.large}"
    return [what, "500 ms", f"{spent[-1]:.0f} ms", f"p50 {percentile(spent, 0.5):.0f} ms"]


def _openfisca(drawn: Drawn, peer: str) -> dict[str, Any] | None:
    with tempfile.NamedTemporaryFile(suffix=".npz") as file:
        np.savez(file, **{fact: np.where(known, values, 0) for fact, (values, known) in drawn.items()})
        file.flush()
        return ask_child(peer, "benchmarks.peer.openfisca_policies", file.name, str(CLAUSES), str(SEED))


def _two_valued(program: Program, drawn: Drawn) -> str:
    """Return the digest of the verdicts when every unknown fact is 0: what an engine without unknowns answers."""
    everything = {fact: (np.where(known, values, 0), np.ones_like(known)) for fact, (values, known) in drawn.items()}
    for fact in policies.DATES:
        # no day is the 0th: below every range, so never asked for
        everything[fact] = (np.where(drawn[fact][1], drawn[fact][0], 0), drawn[fact][1])
    found = evaluate_many(program, columns(everything))
    length = -(-found.n // 8)
    return hashlib.sha256(b"".join(line.view(np.uint8)[:length].tobytes() for line in found.eligible)).hexdigest()


def _combinations(size: Size, peer: str) -> str:
    found = ask_child(peer, "benchmarks.peer.cp_sat", str(size.witnessed))
    if found is None:
        return "Best combination against CP-SAT: ortools is not installed, not compared."
    return (
        f"Best combination against CP-SAT on {found['samples']:,} random problems of 6 to 12 clauses, a third with caps "
        f"that cross: **{found['different']}** different totals ({found['seconds']:.1f} s, CP-SAT {found['cp_sat_seconds']:.0f} s; "
        f"{found['not_proved']} more that CP-SAT did not prove within 0.2 s are not counted)."
    )
