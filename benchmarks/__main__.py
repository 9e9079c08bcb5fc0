"""``python -m benchmarks``: every measurement, one after the other, on a machine that does nothing else meanwhile.

``--quick`` runs each small and writes no results (does the measurement itself still work?); names pick some of them.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

FOLDER = Path(__file__).resolve().parent
#: Name → what makes it quick.
ALL = {
    "import_ledger": ["--rows", "2000", "--compare", "500", "--no-result"],
    "pages": ["--quick"],
    "indicators": ["--quick"],
    "stages": ["--quick"],
    "names": ["--quick"],
    "audit": ["--quick"],
    "search": ["--quick"],
    "policy": ["--quick"],
    "matching": ["--quick"],
    "booking_race": ["--quick"],
    "space": ["--quick"],
    "public_pages": ["--quick"],
    "report": ["--quick"],
    "wall": ["--quick"],
}
#: Those that ask the same large installation: built once, by the first of them.
SHARING = ("pages", "search")


def main() -> int:
    """Run what was asked for; returns the number of measurements that failed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small, nothing written")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(ALL))
    args = parser.parse_args()
    unknown = sorted(set(args.names) - set(ALL))
    if unknown:
        parser.error(f"no such measurement: {', '.join(unknown)} (there are: {', '.join(ALL)})")
    failed = 0
    with TemporaryDirectory(prefix="feidi-bench-") as shared:
        for name in args.names or ALL:
            print(f"== {name}", flush=True)
            words = [*(ALL[name] if args.quick else []), *(["--home", shared] if name in SHARING else [])]
            command = [sys.executable, "-m", f"benchmarks.{name}", *words]
            failed += subprocess.run(command, cwd=FOLDER.parent, check=False).returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(main())
