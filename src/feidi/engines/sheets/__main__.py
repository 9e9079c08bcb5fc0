"""``python -m feidi.engines.sheets FILE [--sheet NAME]``: print what was understood of a ledger as JSON."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence

from feidi.engines.sheets.summary import read_summary


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the summary. Exit code 0, or 1 when the file could not be read at all."""
    parser = argparse.ArgumentParser(prog="feidi.engines.sheets", description="读取台账，输出看懂了什么（JSON）")
    parser.add_argument("file", help=".xlsx / .xls / .csv / .tsv")
    parser.add_argument("--sheet", help="只看这张工作表")
    options = parser.parse_args(arguments)
    try:
        summary = read_summary(options.file, options.sheet)
    except OSError as error:
        sys.stderr.write(f"{options.file}: {error.strerror}\n")
        return 1
    sys.stdout.write(json.dumps(summary, ensure_ascii=False, indent=2) + "\n")
    return 1 if any(item["level"] == "fatal" for item in summary["findings"]) else 0


if __name__ == "__main__":
    sys.exit(main())
