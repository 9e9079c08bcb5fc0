"""``feidi audit verify`` over 100,000 entries: ``python -m benchmarks.audit [--quick]``."""

from __future__ import annotations

import argparse

from benchmarks.running import fresh_home, machine, run_child, table, write_result


def main() -> None:
    """Measure and write ``results/audit.md``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small, nothing written")
    args = parser.parse_args()
    note = machine()
    with fresh_home() as (_home, env):
        found = run_child("benchmarks.inside.audit", env, "2000" if args.quick else "100000")
    if found["faults"] or found["found"] != ["row_differs"]:
        message = f"the audit trail should be whole, then show one differing row: {found}"
        raise AssertionError(message)
    per = found["entries"] / 100_000
    rows = [
        ["verify, s", f"{found['verify_s']:.1f}", f"{found['verify_s'] / per:.1f}"],
        ["writing rows and entries, s", f"{found['written_s']:.1f}", f"{found['written_s'] / per:.1f}"],
    ]
    lines = [
        "# Audit verify",
        "",
        (
            f"{found['entries']:,} entries in {found['links']:,} links over {found['rows']:,} rows, SQLite (WAL). {note}. Made "
            "by `benchmarks/audit.py`. Chain, digests of all entries and the present values of all rows are checked; one row "
            "changed behind the services' back is then found and named."
        ),
        "",
        *table(["what", "measured", "per 100,000 entries"], rows),
        "",
        f"Peak memory of the process: {found['peak_mb']:,} MB.",
    ]
    write_result("audit", lines, keep=not args.quick)


if __name__ == "__main__":
    main()
