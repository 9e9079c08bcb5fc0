"""``feidi sheets read FILE``: what was understood of a ledger. Starts without Django."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

HELP = "read a ledger and say what was understood 读取表格"
NEEDS_DJANGO = False
_LEVELS = {"note": 0, "problem": 1, "fatal": 2}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``read FILE``, one sheet when named."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    read = verbs.add_parser("read", help=HELP)
    read.add_argument("file", type=Path, metavar="FILE", help=".xlsx, .xls, .csv or .tsv")
    read.add_argument("--sheet", metavar="NAME", help="only this sheet")
    read.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> int:
    """Read; 0 notes only, 1 problems, 2 the file cannot be used (or has no such sheet)."""
    from feidi.engines.sheets.summary import read_summary  # noqa: PLC0415 - 40 ms that --help need not pay

    try:
        summary = read_summary(args.file, args.sheet)
    except OSError as error:
        sys.stderr.write(f"✗ {args.file}: {error.strerror}\n")
        return 2
    if args.json:
        sys.stdout.write(json.dumps(summary, ensure_ascii=False, indent=2) + "\n")
    else:
        _print(summary)
    found = [*summary["findings"], *(each for sheet in summary["sheets"] for each in sheet["findings"])]
    missing = 2 if args.sheet and not summary["sheets"] else 0
    return max([missing, *(_LEVELS[each["level"]] for each in found)])


def _print(summary: dict[str, Any]) -> None:
    lines = [_line(each) for each in summary["findings"]]
    for sheet in summary["sheets"]:
        rows = "、".join(map(str, sheet["header_rows"])) or "—"
        lines.append(f"【{sheet['name']}】表头第 {rows} 行，{len(sheet['columns'])} 列，{sheet['rows']} 行数据")
        lines += [
            f"  {each['name']}{'（' + each['unit'] + '）' if each['unit'] else ''}  {each['type']}"
            for each in sheet["columns"]
        ]
        lines += [_line(each) for each in sheet["findings"]]
    sys.stdout.write("\n".join(lines) + "\n")


def _line(finding: dict[str, Any]) -> str:
    mark = {"note": "·", "problem": "！", "fatal": "✗"}[finding["level"]]
    where = "".join(
        part
        for part in (
            f"第 {finding['row']} 行" if finding["row"] else "",
            f" {finding['column']}" if finding["column"] else "",
        )
        if part
    )
    return f"{mark} {where} {finding['text']}".replace("  ", " ")
