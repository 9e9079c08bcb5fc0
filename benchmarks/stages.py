"""One question, two forms: ``evaluate`` for each of 100,000 projects against ``evaluate_many`` over their columns.

``python -m benchmarks.stages [--quick]``. No database: the engine alone, on the invented place's stage table. Both
answers are compared for every project, so the ratio is that of two equal answers.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass

import numpy as np
import yaml

from benchmarks.running import ROOT, machine, table, write_result
from feidi.engines.stages import Columns, GuardKind, Known, Position, StageTable, evaluate, evaluate_many, parse_table

_ASKED = (
    ("talks", "screening"),
    ("talks", "negotiating"),
    ("talks", "agreeing"),
    ("talks", "signed"),
    ("home", "registered"),
)
_ROLES = frozenset({"officer"})


@dataclass(frozen=True)
class Projects:
    """The same projects as columns and one by one."""

    columns: Columns
    positions: list[Position]
    knowns: list[Known]


def main() -> None:
    """Measure and write ``results/stages.md``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small, nothing written")
    args = parser.parse_args()
    n = 5000 if args.quick else 100_000
    note = machine()
    stages = parse_table(
        yaml.safe_load((ROOT / "jurisdictions/yunxi/enclave/stages.yaml").read_text(encoding="utf-8")), sha256=""
    )
    projects = _projects(stages, n)
    rows = [_measure(stages, projects, track, to) for track, to in _ASKED]
    lines = [
        "# Stage questions, one by one and by columns",
        "",
        f"{n:,} projects, {note}. Made by `benchmarks/stages.py`. Both forms give the same answer for every project.",
        "",
        *table(["may enter", "guards", "allowed", "evaluate, s", "evaluate_many, s", "ratio"], rows),
    ]
    write_result("stages", lines, keep=not args.quick)


def _projects(stages: StageTable, n: int) -> Projects:
    """Every fact known to be so, known not to be so, or unknown; every count 0 to 2."""
    random = np.random.default_rng(20261123)
    kinds: dict[GuardKind, set[str]] = {kind: set() for kind in GuardKind}
    for track in stages.tracks.values():
        for stage in track.stages:
            for guard in stage.guards:
                kinds[guard.kind] |= set(guard.keys)
                if guard.when is not None:
                    kinds[GuardKind.FACT].add(guard.when.fact)
    facts = {key: random.random(n) < 0.7 for key in sorted(kinds[GuardKind.FACT])}
    known = {key: random.random(n) < 0.9 for key in facts}
    counts = {
        kind: {key: random.integers(0, 3, n) for key in sorted(kinds[kind])}
        for kind in (GuardKind.EVIDENCE, GuardKind.INTERACTION, GuardKind.AGREEMENT)
    }
    at = {code: random.choice([stage.code for stage in track.stages], n) for code, track in stages.tracks.items()}
    columns = Columns(
        n,
        at,
        facts,
        known,
        counts[GuardKind.EVIDENCE],
        counts[GuardKind.INTERACTION],
        counts[GuardKind.AGREEMENT],
    )
    return Projects(columns, *_one_by_one(columns))


def _one_by_one(columns: Columns) -> tuple[list[Position], list[Known]]:
    def values(arrays: object, row: int) -> dict[str, int]:
        assert isinstance(arrays, dict)
        return {key: int(array[row]) for key, array in arrays.items()}

    positions, knowns = [], []
    for row in range(columns.n):
        positions.append(Position({code: str(array[row]) for code, array in columns.stages.items()}))
        facts = {
            key: bool(array[row]) if columns.facts_known[key][row] else None for key, array in columns.facts.items()
        }
        knowns.append(
            Known(
                facts=facts,
                evidence=values(columns.evidence, row),
                interactions=values(columns.interactions, row),
                agreements=values(columns.agreements, row),
                roles=_ROLES,
            )
        )
    return positions, knowns


def _measure(stages: StageTable, projects: Projects, track: str, to: str) -> list[object]:
    begun = time.perf_counter()
    many, _statuses = evaluate_many(stages, projects.columns, track=track, to=to, roles=_ROLES)
    by_columns = time.perf_counter() - begun
    begun = time.perf_counter()
    one = [
        evaluate(stages, position, known, track=track, to=to).allowed
        for position, known in zip(projects.positions, projects.knowns, strict=True)
    ]
    by_one = time.perf_counter() - begun
    if one != many.tolist():
        message = f"the two forms differ on {track} {to}"
        raise AssertionError(message)
    target = stages.stage(track, to)
    guards = len(target.guards) if target else 0
    return [to, guards, f"{sum(one):,}", f"{by_one:.2f}", f"{by_columns:.3f}", f"{by_one / by_columns:.0f}"]


if __name__ == "__main__":
    main()
