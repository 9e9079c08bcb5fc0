"""Who is meant: short → full among 4,600 listed firms against two plain methods, and the speed against a million names.

``python -m benchmarks.names [--quick]``. 379 pairs of real listed firms (``tests/engines/names/listed_pairs.csv``); the
other firms of the 4,600 and the million are invented, since no full list may be shipped.
"""

from __future__ import annotations

import argparse
import csv
import gc
import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.inside.names import Maker
from benchmarks.running import ROOT, machine, percentile, table, write_result
from feidi.engines.names import parse_name
from feidi.engines.names.index import NameIndex

_PAIRS = ROOT / "tests" / "engines" / "names" / "listed_pairs.csv"
_BRANDS = ROOT.parent / "shared" / "golden" / "company_name_brand_500.txt"
_LISTED = 4_600


def main() -> None:
    """Measure and write ``results/names.md``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small, nothing written")
    args = parser.parse_args()
    note = machine()
    names, questions = (20_000, 2_000) if args.quick else (1_000_000, 100_000)
    lines = [
        "# Names: who is meant",
        "",
        f"{note}. Made by `benchmarks/names.py`.",
        "",
        *_accuracy(),
        "",
        *_speed(names, questions),
        "",
        *_brands(_BRANDS),
    ]
    write_result("names", lines, keep=not args.quick)


def listed() -> tuple[list[tuple[str, str]], list[str]]:
    """Return the pairs, and all names they are looked for in."""
    with _PAIRS.open(encoding="utf-8") as file:
        pairs = [(row["short"], row["full"]) for row in csv.DictReader(file)]
    fulls = [full for _short, full in pairs]
    invented = [name for name in Maker(20261124).many(_LISTED, listed=True) if name not in set(fulls)]
    return pairs, fulls + invented[: _LISTED - len(fulls)]


def _accuracy() -> list[str]:
    pairs, names = listed()
    index = NameIndex.build(names)
    answers = index.query_many([short for short, _full in pairs])
    rows = [_row("feidi", [[each.name for each in answer] for answer in answers], pairs)]
    for label, method in (("longest common subsequence", _lcs), ("plain ratio of blocks", _ratio)):
        found = [_best(short, names, method) for short, _full in pairs]
        rows.append(_row(label, found, pairs))
    return [
        f"## Short → full, {len(pairs)} pairs among {len(names):,} names",
        "",
        *table(["method", "top 1", "top 5"], rows),
        "",
        (
            "Pairs and their firms are real (names as published by the exchanges); the other names are invented after the "
            "same patterns, so the figures of the plain methods are not those of the real list (LCS 0.83 there)."
        ),
    ]


def _row(label: str, answers: Sequence[Sequence[str]], pairs: Sequence[tuple[str, str]]) -> list[object]:
    first = sum(answer[:1] == [full] for answer, (_short, full) in zip(answers, pairs, strict=True))
    five = sum(full in answer[:5] for answer, (_short, full) in zip(answers, pairs, strict=True))
    return [label, f"{first / len(pairs):.3f}", f"{five / len(pairs):.3f}"]


def _best(short: str, names: Sequence[str], method: Callable[[str, str], float]) -> list[str]:
    scored = sorted(((-method(short, name), at) for at, name in enumerate(names)))[:5]
    return [names[at] for _score, at in scored]


def _lcs(short: str, name: str) -> float:
    """Length of the longest common subsequence; of equal ones the shorter name (bit-parallel)."""
    rows = (1 << len(short)) - 1
    full = rows
    masks: dict[str, int] = {}
    for at, char in enumerate(short):
        masks[char] = masks.get(char, 0) | (1 << at)
    for char in name:
        here = rows & masks.get(char, 0)
        rows = ((rows + here) | (rows - here)) & full
    return (len(short) - rows.bit_count()) - len(name) / 1000


def _ratio(short: str, name: str) -> float:
    """Twice the longest common subsequence over both lengths: what general libraries call ratio."""
    return 2 * round(_lcs(short, name) + len(name) / 1000) / (len(short) + len(name))


def _speed(count: int, questions: int) -> list[str]:
    maker = Maker(7)
    names = maker.many(count)
    begun = time.perf_counter()
    index = NameIndex.build(names)
    index.query(names[0])
    built = time.perf_counter() - begun
    # what was built stays: the collector need not walk over it again and again
    gc.collect()
    gc.freeze()
    asked = [maker.asked(name) for name in maker.random.choices(names, k=questions)]
    ones = []
    for text in asked[:2000]:
        begun = time.perf_counter()
        index.query(text)
        ones.append((time.perf_counter() - begun) * 1000)
    ones.sort()
    begun, spent = time.perf_counter(), time.process_time()
    index.query_many(asked)
    many, spent = time.perf_counter() - begun, time.process_time() - spent
    cores, begun = os.cpu_count() or 1, time.perf_counter()
    index.query_many(asked, processes=cores)
    divided = time.perf_counter() - begun
    return [
        f"## Speed against {count:,} invented names",
        "",
        *table(
            ["what", "target", "measured"],
            [
                ["one query, p50", "", f"{percentile(ones, 0.5):.1f} ms"],
                ["one query, p95", "10 ms", f"{percentile(ones, 0.95):.1f} ms"],
                ["one query, slowest of 2,000", "", f"{ones[-1]:.1f} ms"],
                [f"{questions:,} queries by `query_many`, divided among {cores} processes", "20 s", f"{divided:.1f} s"],
                ["the same in one process", "", f"{many:.1f} s"],
                ["and its time of all cores together", "", f"{spent:.1f} s"],
                ["building the index", "", f"{built:.0f} s"],
            ],
        ),
    ]


def _brands(path: Path) -> list[str]:
    if not path.exists():
        return ["## Brand", "", "`../shared/golden` is absent: not measured."]
    rows = [line.split(" ") for line in path.read_text(encoding="utf-8").splitlines() if line]
    labelled = [row for row in rows if len(row) > 1]
    right = sum(parse_name(name).brand == brand for name, brand in labelled)
    return [
        f"## Brand, {len(labelled)} labelled names",
        "",
        (
            f"{right} of {len(labelled)} as labelled: {right / len(labelled):.3f} (target 0.90). Those that differ: "
            "`tests/engines/names/brand_differences.md`."
        ),
    ]


if __name__ == "__main__":
    main()
