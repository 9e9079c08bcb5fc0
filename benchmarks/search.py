"""The search index by itself at 300,000 entries: ``python -m benchmarks.search [--quick] [--home FOLDER]``."""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.running import built_home, machine, percentile, run_child, table, write_result


def main() -> None:
    """Measure and write ``results/search.md``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small, nothing written")
    parser.add_argument("--home", type=Path, help="keep the installation here, and use it when it is there")
    args = parser.parse_args()
    sizes = (1000, 2000) if args.quick else (100_000, 200_000)
    with built_home(args.home, *sizes) as (_built, env):
        note = machine()
        found = run_child("benchmarks.inside.search", env, "2" if args.quick else "20")
    rows = []
    for what, seconds in found["index"].items():
        ordered = sorted(1000 * each for each in seconds)
        like = sorted(1000 * each for each in found["like"].get(what, ()))
        p50 = percentile(ordered, 0.5)
        beside = (f"{percentile(like, 0.5):.0f}", f"{percentile(like, 0.5) / p50:.1f}") if like else ("", "")
        rows.append(
            [what, len(ordered), f"{p50:.1f}", f"{percentile(ordered, 0.95):.1f}", f"{ordered[-1]:.1f}", *beside]
        )
    lines = [
        "# Search index",
        "",
        (
            f"{found['entries']:,} entries, {found['vendor']}. {note}. Made by `benchmarks/search.py`. Times in ms of one "
            "question with its count (exact up to 1,000) by one of four kinds of reader, one process, no page around it; "
            "beside it `LIKE '%…%'` over the names of both tables for the largest outpost, first 1,000 (no pinyin, no codes)."
        ),
        "",
        *table(["question", "n", "p50", "p95", "max", "LIKE p50", "LIKE ÷ index"], rows),
    ]
    write_result("search", lines, keep=not args.quick)


if __name__ == "__main__":
    main()
