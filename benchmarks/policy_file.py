"""One batch over a file of invented firms, in a process of its own: ``python -m benchmarks.policy_file ENGINE FACTS OUT [AMOUNTS]``.

The same code as ``feidi policy batch``, over policies that are not in a folder. Prints seconds and memory as JSON.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

from benchmarks.inside import policies
from benchmarks.policy_child import peak_gb
from benchmarks.policy_sizes import CLAUSES, SEED
from feidi.engines.rules.many import prepare_many
from feidi.portals.cli.policy.batch import write
from feidi.portals.cli.policy.batch_facts import open_facts


def main() -> None:
    """Answer the file once; with the kernel once more without amounts."""
    engine, facts, out = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    amounts = sys.argv[4] if len(sys.argv) > 4 else "eligible"
    said = {"seconds": _run(engine, facts, out, amounts), "gb": peak_gb(), "amounts": _amounts(out)}
    if engine == "numpy" and amounts == "eligible":
        said["bare"] = _run(engine, facts, out.with_name("bare.parquet"), "none")
    print(json.dumps(said))


def _run(engine: str, facts: Path, out: Path, amounts: str) -> float:
    begun = time.perf_counter()
    program = prepare_many(policies.make_clauses(CLAUSES, SEED), policies.make_dictionary(), as_of=policies.AS_OF)
    table = open_facts(facts, program.dictionary)
    if table.findings:
        raise SystemExit(str(table.findings[:3]))
    args = argparse.Namespace(
        engine=engine, facts=facts, out=out, amounts=amounts, near_misses=False, json=True, as_of=policies.AS_OF
    )
    if write(args, program, table):
        raise SystemExit(1)
    return time.perf_counter() - begun


def _amounts(out: Path) -> int:
    from pyarrow import parquet  # noqa: PLC0415 - only here

    return int(parquet.read_metadata(out.with_name(f"{out.stem}.amounts.parquet")).num_rows)


if __name__ == "__main__":
    main()
