"""A report of 200 pages in each form: how long, how large.

``python -m benchmarks.report [--quick]``. An invented body of text, forty figures and ledger; only the rendering is
measured, what it is built from is measured by ``indicators``. Writes ``results/report.md``.
"""

from __future__ import annotations

import argparse
from typing import Any

from benchmarks.running import fresh_home, machine, run_child, table, write_result

PAGES, TARGET = 200, 10.0


def main() -> None:
    """Measure and write ``results/report.md``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small, nothing written")
    args = parser.parse_args()
    note, pages = machine(), 20 if args.quick else PAGES
    with fresh_home() as (_home, env):
        found = run_child("benchmarks.inside.report", env, str(pages))
    write_result("report", _report(note, pages, found), keep=not args.quick)


def _report(note: str, pages: int, found: dict[str, Any]) -> list[str]:
    rows = [
        (form, each["pages"] or "", f"{each['seconds']:.2f}", f"{each['bytes'] / 1e6:.2f}")
        for form, each in found.items()
    ]
    return [
        f"# A report of about {pages} pages",
        "",
        f"{note}. Target: {TARGET:.0f} s for each form.",
        "",
        *table(("form", "pages", "s", "MB"), rows),
    ]


if __name__ == "__main__":
    main()
