"""64 clients want each of 200 slots at the same moment.

``python -m benchmarks.booking_race [--quick] [--database URL]``. Eight processes of eight threads, each client asks for
every slot in an order of its own (12,800 requests), on SQLite and, with ``--database``, on an empty PostgreSQL. Counted:
slots won more than once, bookings lost, refusals that do not name who is in the way. Writes ``results/booking_race.md``; all rows are invented.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from benchmarks.running import ROOT, SET_UP, fresh_home, machine, percentile, run_child, table, write_result

PROCESSES, THREADS, SLOTS = 8, 8, 200
_INSIDE: Final = "benchmarks.inside.rooms"
#: Once every process has said that it is ready, so much later all begin.
_HEAD_START: Final = 0.5


def main() -> None:
    """Measure and write ``results/booking_race.md``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small, nothing written")
    parser.add_argument("--database", default="", metavar="URL", help="an empty PostgreSQL beside SQLite")
    args = parser.parse_args()
    slots = 20 if args.quick else SLOTS
    note = machine()
    with fresh_home() as (_home, env):
        races = {"SQLite": _race(env, slots)}
    if args.database:
        with fresh_home() as (_home, env):
            races["PostgreSQL"] = _race({**env, "DATABASE_URL": args.database}, slots)
    write_result("booking_race", _report(note, slots, races), keep=not args.quick)


def _race(env: dict[str, str], slots: int) -> dict[str, Any]:
    """Run the race in a fresh installation and look at what it left."""
    run_child(_INSIDE, env, "prepare")
    command = [sys.executable, "-c", SET_UP, _INSIDE, "race", str(slots)]
    running = [
        subprocess.Popen(
            [*command, str(number * THREADS), str(THREADS)],
            env=env,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(PROCESSES)
    ]
    for each in running:
        assert each.stdout is not None
        each.stdout.readline()
    start = time.time() + _HEAD_START
    for each in running:
        assert each.stdin is not None
        each.stdin.write(f"{start}\n")
        each.stdin.flush()
    said = [_said(each) for each in running]
    seconds = max(each["ended"] for each in said) - start
    return {"said": said, "seconds": seconds, "left": run_child(_INSIDE, env, "check", str(slots))}


def _said(child: subprocess.Popen[str]) -> dict[str, Any]:
    out, _ = child.communicate()
    if child.returncode:
        sys.exit(f"a client process failed with {child.returncode}")
    said: dict[str, Any] = json.loads(out.strip().splitlines()[-1])
    return said


def _report(note: str, slots: int, races: dict[str, dict[str, Any]]) -> list[str]:
    rows = [_race_row(name, slots, race) for name, race in races.items()]
    heads = (
        "database", "requests", "s", "won once", "won twice", "lost", "refusals", "not explained", "asked again",
        "booked p50 / p95, ms", "refused p50 / p95, ms", "overlaps in the ledger", "faults in the trail",
    )  # fmt: skip
    return [
        "# The race for rooms",
        "",
        (
            f"{PROCESSES * THREADS} clients ({PROCESSES} processes of {THREADS} threads) × {slots} slots, each client wants "
            f"every slot. {note}. Made by `benchmarks/booking_race.py`; all rows are invented. “Asked again”: on SQLite a "
            "writer whose turn did not come within 20 s is told that the database is busy, and asks again."
        ),
        "",
        *table(heads, rows),
        "",
        (
            "The peer: Indico 3.2.9 on PostgreSQL let 20 of 20 slots be booked twice by two clients at once (as recorded "
            "in an earlier study of peers; not measured in this run)."
        ),
    ]


def _race_row(name: str, slots: int, race: dict[str, Any]) -> Sequence[object]:
    said, left = race["said"], race["left"]
    won = Counter(place for each in said for place in each["won"])
    refused = sum(each["refused"] for each in said)
    booked = sorted(value for each in said for value in each["booked_s"])
    told = sorted(value for each in said for value in each["refused_s"])

    def spread(values: Sequence[float]) -> str:
        return f"{percentile(values, 0.5) * 1000:.0f} / {percentile(values, 0.95) * 1000:.0f}" if values else "–"

    return (
        name,
        f"{sum(won.values()) + refused:,}",
        f"{race['seconds']:.1f}",
        sum(1 for n in won.values() if n == 1),
        sum(1 for n in won.values() if n > 1),
        slots - left["bookings"],
        f"{refused:,}",
        sum(each["unexplained"] for each in said),
        sum(each["again"] for each in said),
        spread(booked),
        spread(told),
        left["overlaps"],
        left["faults"],
    )


if __name__ == "__main__":
    main()
