"""Policies for many: speed of every evaluator beside openfisca-core, and whether all of them say the same.

``python -m benchmarks.policy [--quick] [--only STAGE,…] [--samples N] [--peer PYTHON]``. Each stage writes its section of
``results/policy.md`` when it is done; ``--only`` measures some again and leaves the others as they stand. Firms and policies
are invented (``inside.policies``). openfisca-core and CP-SAT run in their own process; PYTHON is where they are installed,
this one by default. What is absent is not measured, and the result says so.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace

from benchmarks import policy_parquet, policy_speeds
from benchmarks.policy_sizes import CLAUSES, QUICK, Size
from benchmarks.policy_stages import Stage, run
from benchmarks.running import wait_for_quiet

_CLAUSES = f"{CLAUSES} clauses in the manner of districts (40 patterns, the others with other thresholds)"
INTRO = [
    "# Policies for many",
    "",
    f"{_CLAUSES}, 33 facts, each unknown for 15 % of the firms.",
    "Made by `benchmarks/policy.py`, stage by stage: each says when it was measured, and with how many.",
]


def stages_of(size: Size, peer: str) -> dict[str, Stage]:
    """Return the stages by name, in the order of the result; the longest last."""
    firms = f"{size.firms:,} firms"
    return {
        "speeds": Stage("Verdicts", lambda: policy_speeds.speeds(size, peer), firms),
        "near": Stage("Near misses", lambda: policy_speeds.near(size), firms),
        "amounts": Stage("Amounts and what changed", lambda: policy_speeds.amounts(size), firms),
        "combinations": Stage(
            "Best combination", lambda: policy_speeds.combinations(size), f"{size.large} problems of 50 clauses"
        ),
        "parquet": Stage("Parquet to Parquet", lambda: policy_parquet.files(size), f"{size.file:,} firms"),
        "agreement": Stage(
            "Do the evaluators agree?", lambda: policy_parquet.agreement(size), f"{size.compared:,} firms"
        ),
        "witness": Stage(
            "Does CP-SAT agree?", lambda: policy_speeds.witness(size, peer), f"{size.witnessed:,} random problems"
        ),
    }


def main() -> None:
    """Measure what was asked for and write ``results/policy.md`` stage by stage."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    known = stages_of(Size(), sys.executable)
    parser.add_argument("--quick", action="store_true", help="small, nothing written")
    parser.add_argument("--only", default=",".join(known), metavar="STAGE,…", help=f"of {', '.join(known)}")
    parser.add_argument("--samples", type=int, metavar="N", help="problems that CP-SAT solves too (witness)")
    parser.add_argument("--peer", default=sys.executable, metavar="PYTHON", help="where openfisca-core and ortools are")
    args = parser.parse_args()
    chosen = [each.strip() for each in args.only.split(",") if each.strip()]
    if unknown := sorted(set(chosen) - set(known)):
        parser.error(f"no such stage: {', '.join(unknown)} (there are: {', '.join(known)})")
    if args.samples is not None and args.samples < 1:
        parser.error("--samples is at least 1")
    size = QUICK if args.quick else Size()
    size = replace(size, witnessed=args.samples or size.witnessed)
    if not args.quick:
        wait_for_quiet(5)
    run("policy", INTRO, stages_of(size, args.peer), chosen, keep=not args.quick)


if __name__ == "__main__":
    main()
