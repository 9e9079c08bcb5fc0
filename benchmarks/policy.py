"""Policies for many: speed of every evaluator beside openfisca-core, and whether all of them say the same.

``python -m benchmarks.policy [--quick] [--peer PYTHON]``. Firms and policies are invented (``inside.policies``). openfisca-core
and CP-SAT run in their own process; PYTHON is where they are installed, this one by default. What is absent is not
measured, and the result says so.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from benchmarks.inside import policies
from benchmarks.inside.combination import make_problem
from benchmarks.inside.policy_columns import Drawn, columns, draw
from benchmarks.running import ROOT, Others, machine, percentile, table, wait_for_quiet, write_result
from feidi.engines.rules.combining import combine
from feidi.engines.rules.facts import FactDef, FactType, Value, exactly
from feidi.engines.rules.many import Columns, Program, amounts_of, evaluate_many, near_many, prepare_many
from feidi.engines.rules.prepared import Prepared

CLAUSES, SEED = 200, 1
_EPOCH = 719_163


@dataclass(frozen=True, slots=True)
class Size:
    """How large everything is measured."""

    firms: int = 1_000_000
    changed: int = 10_000
    file: int = 10_000_000
    compared: int = 500_000
    combinations: int = 10_000
    ones: int = 2_000
    large: int = 60


QUICK = Size(firms=20_000, changed=2_000, file=50_000, compared=5_000, combinations=100, ones=100, large=5)


def main() -> None:
    """Measure and write ``results/policy.md``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small, nothing written")
    parser.add_argument("--peer", default=sys.executable, metavar="PYTHON", help="where openfisca-core and ortools are")
    args = parser.parse_args()
    size = QUICK if args.quick else Size()
    if not args.quick:
        wait_for_quiet(5)
    note, others = machine(), Others()
    program = prepare_many(policies.make_clauses(CLAUSES, SEED), policies.make_dictionary(), as_of=policies.AS_OF)
    rows = _measured(program, size, args.peer)
    with tempfile.TemporaryDirectory(prefix="feidi-policy-") as folder:
        rows += [_files(Path(folder), size)]
        print(*rows, sep="\n", flush=True)
        agreement = _agreement(Path(folder), size)
    agreement += [_combinations(size, args.peer)]
    share = others.share()
    lines = [
        "# Policies for many",
        "",
        f"{note}; other programs took {share:.0%} of it meanwhile. Made by `benchmarks/policy.py`.",
        "",
        f"{CLAUSES} clauses in the manner of districts (40 patterns, the others with other thresholds), 33 facts, each unknown for 15 % of the firms.",
        "",
        *table(["what", "target", "measured", "beside it"], rows),
        "",
        "## Do they agree?",
        "",
        *[f"- {line}" for line in agreement],
    ]
    write_result("policy", lines, keep=not args.quick)


def best(work: Callable[[], Any], runs: int = 7) -> float:
    """Return the seconds of the fastest run."""
    spent = []
    for _run in range(runs):
        begun = time.perf_counter()
        work()
        spent.append(time.perf_counter() - begun)
    return min(spent)


def _measured(program: Program, size: Size, peer: str) -> list[list[object]]:
    drawn = draw(size.firms, SEED)
    whole = columns(drawn)
    verdicts = best(lambda: evaluate_many(program, whole))
    alone = best(lambda: evaluate_many(program, whole, threads=1))
    near = best(lambda: near_many(program, whole), 4)
    outside = _openfisca(drawn, peer)
    beside = "openfisca-core is not installed: not measured"
    if outside:
        same = "same answers" if outside["sha256"] == _two_valued(program, drawn) else "**DIFFERENT ANSWERS**"
        beside = (
            f"openfisca-core 46, 64 bit, two-valued: {outside['seconds']:.2f} s, "
            f"**{outside['seconds'] / verdicts:.1f} ×** ({same} where nothing is unknown)"
        )
    firms = f"{size.firms:,} firms × {CLAUSES}"
    batch = evaluate_many(program, whole)
    rows = [
        [f"{firms}, three-valued, two threads", "0.20 s", f"{verdicts:.3f} s", beside],
        [f"{firms}, one thread", "", f"{alone:.3f} s", ""],
        [f"{firms}, near misses with their atom", "0.5 s", f"{near:.2f} s", f"{_count_near(program, whole):,} of them"],
        _amounts(program, whole, batch),
        _changed(program, whole, size),
        _edited(whole, size),
    ]
    return [*rows, *_one_by_one(size, outside), _large_combinations(size)]


def _count_near(program: Program, whole: Columns) -> int:
    return sum(len(each.rows) for each in near_many(program, whole))


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


# -- outside witnesses ------------------------------------------------------------------------------------------------


def _child(python: str, module: str, *words: str) -> dict[str, Any] | None:
    env = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}"}
    done = subprocess.run(
        [python, "-m", module, *words], cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        return None
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def _openfisca(drawn: Drawn, peer: str) -> dict[str, Any] | None:
    with tempfile.NamedTemporaryFile(suffix=".npz") as file:
        np.savez(file, **{fact: np.where(known, values, 0) for fact, (values, known) in drawn.items()})
        file.flush()
        return _child(peer, "benchmarks.peer.openfisca_policies", file.name, str(CLAUSES), str(SEED))


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
    found = _child(peer, "benchmarks.peer.cp_sat", str(size.combinations))
    if found is None:
        return "Best combination against CP-SAT: ortools is not installed, not compared."
    return (
        f"Best combination against CP-SAT on {found['samples']:,} random problems of 6 to 12 clauses, a third with caps "
        f"that cross: **{found['different']}** different totals ({found['seconds']:.1f} s, CP-SAT {found['cp_sat_seconds']:.0f} s; "
        f"{found['not_proved']} more that CP-SAT did not prove within 0.2 s are not counted)."
    )


# -- Parquet to Parquet -----------------------------------------------------------------------------------------------


def _write_facts(path: Path, rows: int) -> None:
    """Write invented firms, a million at a time."""
    writer: parquet.ParquetWriter | None = None
    for part, first in enumerate(range(0, rows, 1 << 20)):
        count = min(1 << 20, rows - first)
        drawn = draw(count, 100 + part)
        made: dict[str, pa.Array] = {"subject": pa.array(np.arange(first, first + count))}
        for definition in policies.make_dictionary():
            values, known = drawn[definition.id]
            made[definition.id] = _array(definition.type.value, definition.codes, values, ~known)
        rows_made = pa.table(made)
        writer = writer or parquet.ParquetWriter(path, rows_made.schema)
        writer.write_table(rows_made)
    if writer is not None:
        writer.close()


def _array(kind: str, codes: Sequence[str], values: Any, mask: Any) -> pa.Array:
    if kind == "code":
        return pa.DictionaryArray.from_arrays(
            pa.array(values.astype(np.int32), mask=mask), list(codes)
        ).dictionary_decode()
    if kind == "yesno":
        return pa.array(values.astype(bool), mask=mask)
    if kind == "date":
        return pa.array((values - _EPOCH).astype(np.int32), mask=mask).view(pa.date32())
    return pa.array(values, mask=mask)


def _files(folder: Path, size: Size) -> list[object]:
    """Run the batch over a file in a process of its own: seconds and memory from beginning to end."""
    facts, out = folder / "firms.parquet", folder / "out.parquet"
    _write_facts(facts, size.file)
    found = _child(sys.executable, "benchmarks.policy_file", "numpy", str(facts), str(out)) or {}
    facts.unlink()
    written = sum(each.stat().st_size for each in folder.glob("out*.parquet")) / 2**30
    for each in folder.glob("out*"):
        each.unlink()
    return [
        f"{size.file:,} firms × {CLAUSES}, Parquet to Parquet with amounts", "10 s, 1 GB",
        f"{found.get('seconds', 0):.1f} s, {found.get('gb', 0):.2f} GB",
        f"{written:.1f} GB written, {found.get('amounts', 0):,} amounts; verdicts alone {found.get('bare', 0):.1f} s",
    ]  # fmt: skip


def _agreement(folder: Path, size: Size) -> list[str]:
    """Compare what the kernel and DuckDB write about the same file, row by row under the key; and a share by the reference."""
    facts = folder / "compared.parquet"
    _write_facts(facts, size.compared)
    made = {}
    for engine in ("numpy", "duckdb"):
        out = folder / f"{engine}.parquet"
        if _child(sys.executable, "benchmarks.policy_file", engine, str(facts), str(out), "possible") is None:
            return [f"{engine} could not be asked: not compared."]
        made[engine] = out
    sides = [_sorted(path) for path in made.values()]
    different = sum(_differences(*pair) for pair in zip(*sides, strict=True))
    cells, amounts = size.compared * CLAUSES, sides[0][1].num_rows
    reference, asked = _reference_differences(facts, made["numpy"], size.ones)
    return [
        f"Kernel and DuckDB on {size.compared:,} firms × {CLAUSES} = {cells:,} cells, certain and unknown: verdicts, and {amounts:,} amounts with both ends: **{different}** different.",
        f"Kernel and prepared clauses (the reference made fast) on {asked:,} cells of the same file: **{reference}** different verdicts or amounts.",
    ]


def _sorted(out: Path) -> tuple[pa.Table, pa.Table]:
    verdicts, amounts = parquet.read_table(out), parquet.read_table(out.with_name(f"{out.stem}.amounts.parquet"))
    return verdicts.sort_by("key"), amounts.sort_by([("key", "ascending"), ("clause", "ascending")])


def _differences(one: pa.Table, other: pa.Table) -> int:
    if one.num_rows != other.num_rows:
        return abs(one.num_rows - other.num_rows)
    return sum(
        int(np.count_nonzero(one[name].fill_null(-1).to_numpy() != other[name].fill_null(-1).to_numpy()))
        for name in one.column_names
    )


def _reference_differences(facts: Path, out: Path, rows: int) -> tuple[int, int]:
    prepared = Prepared(policies.make_clauses(CLAUSES, SEED), policies.make_dictionary(), as_of=policies.AS_OF)
    some = parquet.read_table(facts).slice(0, rows).to_pylist()
    verdicts, amounts = _sorted(out)
    granted = {(row["key"], row["clause"]): row for row in amounts.filter(_below(amounts, rows)).to_pylist()}
    about = json.loads(parquet.read_schema(out).metadata[b"feidi.policy"])["clauses"]
    different = 0
    for row, said in zip(some, verdicts.slice(0, rows).to_pylist(), strict=True):
        for number, outcome in enumerate(prepared.evaluate_all(_known(row))):
            word, place = divmod(number, 64)
            verdict = tuple(said[f"{name}_{word}"] >> place & 1 for name in ("eligible", "unknown"))
            different += verdict != (outcome.verdict == "eligible", outcome.verdict == "unknown")
            if outcome.granted is not None:
                here = granted.get((said["key"], number), about[number])
                ends = here.get("amount_min_fen"), here.get("amount_max_fen")
                different += ends != (outcome.granted.lo_fen, outcome.granted.hi_fen)
    return different, len(some) * CLAUSES


def _known(row: dict[str, Any]) -> dict[str, Any]:
    """Return one row of the file as facts."""
    return {each.id: _value(each, row[each.id]) for each in policies.make_dictionary() if row[each.id] is not None}


def _value(definition: FactDef, value: Any) -> Value:
    match definition.type:
        case FactType.DATE:
            return exactly(value.toordinal())
        case FactType.CODES:
            return frozenset(code for place, code in enumerate(definition.codes) if value >> place & 1)
        case FactType.NUMBER | FactType.LEVEL:
            return exactly(value)
        case _:
            return value if isinstance(value, bool) else str(value)


def _below(amounts: pa.Table, rows: int) -> Any:
    import pyarrow.compute as pc  # noqa: PLC0415 - only here

    return pc.less(amounts["key"], rows)


def peak_gb() -> float:
    """Return the most memory this process had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


if __name__ == "__main__":
    main()
