"""``feidi names parse`` and ``feidi names match``: parts of names; who is meant among many. Starts without Django."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from feidi.engines.findings import Finding, Scalar
    from feidi.engines.names.index import Candidate
    from feidi.engines.sheets import Limits

HELP = "parts of organization names; who is meant among many 单位名称"
NEEDS_DJANGO = False
_UNUSABLE = 2
_SHOWN = ("place", "brand", "trade", "legal_form", "branch")
#: Reasons that say more than that the brand is the same.
_TELLING = ("names.old_name", "names.branch_of", "names.other_branch", "names.place_differs", "names.trade_differs")
_MOST_ROWS = 3_000_000
#: So far down a head is looked for.
_HEAD_ROWS = 20


class _UnusableError(Exception):
    """A file or a column that cannot be used; carries the finding as JSON."""

    def __init__(self, finding: dict[str, Any]) -> None:
        super().__init__(finding["code"])
        self.finding = finding


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``parse NAME…``; ``match --against FILE --column NAME --query FILE --query-column NAME``."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    parse = verbs.add_parser("parse", help="place, brand, trade, legal form, branch 拆分名称")
    parse.add_argument("names", nargs="+", metavar="NAME")
    parse.add_argument("--json", action="store_true", help="as always: one JSON object a line")
    match = verbs.add_parser("match", help="who is meant, among the names of a file 对照名单")
    match.add_argument("--against", type=Path, required=True, metavar="FILE", help="the names: .csv, .xlsx, .xls")
    match.add_argument("--column", required=True, metavar="NAME", help="their column")
    match.add_argument("--query", type=Path, required=True, metavar="FILE", help="what is looked for")
    match.add_argument("--query-column", required=True, metavar="NAME", help="its column")
    match.add_argument("--top", type=_positive, default=5, metavar="N", help="candidates for each, default 5")
    match.add_argument("--json", action="store_true", help="one JSON object a line")


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        message = f"{text} is not a number from 1 on"
        raise argparse.ArgumentTypeError(message)
    return number


def run(args: argparse.Namespace) -> int:
    """Print one line for each name; 2 when a file or a column cannot be used."""
    if args.verb == "parse":
        from feidi.engines.names import parse_name  # noqa: PLC0415 - --help need not pay for it

        for name in args.names:
            parsed = parse_name(name)
            _line({part: getattr(parsed, part) for part in _SHOWN})
        return 0
    try:
        _match(args)
    except _UnusableError as error:
        if args.json:
            _line({"findings": [error.finding]})
        else:
            sys.stderr.write(f"✗ {error.finding['text']}\n")
        return _UNUSABLE
    return 0


def _match(args: argparse.Namespace) -> None:
    from feidi.engines.names.index import NameIndex  # noqa: PLC0415 - numpy

    names = dict.fromkeys(_texts(args.against, args.column))
    queries = list(_texts(args.query, args.query_column))
    answers = NameIndex.build(names).query_many(queries, args.top, processes=os.cpu_count() or 1)
    for query, found in zip(queries, answers, strict=True):
        if args.json:
            _line({"query": query, "candidates": [_candidate(each) for each in found]})
        else:
            sys.stdout.write("\n".join([query, *map(_words, found)]) + "\n")


def _candidate(each: Candidate) -> dict[str, Any]:
    return {"name": each.name, "score": each.score, "reason": _reason(each)}


def _reason(each: Candidate) -> str:
    """Return the code that tells most: what parts the two, if anything does, else what they share."""
    codes = [reason.code for reason in each.reasons]
    return next((code for code in _TELLING if code in codes), codes[0] if codes else "")


def _words(each: Candidate) -> str:
    from feidi.engines.names.codes import words_of  # noqa: PLC0415 - with its command

    return f"  {each.score:.2f}  {each.name}　" + "".join(words_of(why.code, why.params) for why in each.reasons)


def _texts(path: Path, column: str) -> Iterator[str]:
    """Yield the texts of a column, blanks left out. Raises when the file or the column cannot be used."""
    known, rows, again = _table(path, column)
    if column not in known:
        raise _unusable("names.column_missing", file=path.name, column=column, columns="、".join(filter(None, known)))
    if again:
        raise _unusable("names.column_twice", file=path.name, column=column, count=again + 1)
    at = known.index(column)
    some = False
    for cells in rows:
        text = cells[at].strip() if at < len(cells) else ""
        if text:
            some = True
            yield text
    if not some:
        raise _unusable("names.column_empty", file=path.name, column=column)


def _table(path: Path, column: str) -> tuple[list[str], Iterator[Sequence[str]], int]:
    """Return the heads, the rows below them, and how many more columns have the asked name. A text's rows are taken as they stand: a list of names has no totals,
    titles or notes to be left out, and in one column hardly a head to be told by its looks.
    """
    from feidi.engines.sheets import Limits, open_workbook  # noqa: PLC0415 - 40 ms

    limits = Limits(max_rows=_MOST_ROWS, max_file_bytes=1 << 30, max_cells=1 << 26)
    try:
        book = open_workbook(path, limits=limits)
    except FileNotFoundError as error:
        raise _unusable("names.file_missing", file=str(path)) from error
    except IsADirectoryError as error:
        raise _unusable("names.file_is_folder", file=str(path)) from error
    except OSError as error:
        raise _unusable("names.file_unreadable", file=str(path), why=error.strerror) from error
    if book.fatal or not book.sheets:
        raise _UnusableError(_sheets_finding(book.fatal, path))
    if book.kind == "csv":
        heads, rows = _plain_rows(path, column, limits)
        return heads, rows, max(0, heads.count(column) - 1)
    sheet = book.sheets[0]
    same = [each for each in sheet.findings if each.code == "sheets.header.duplicate" and each.params["name"] == column]
    return [each.name for each in sheet.columns], (record.texts() for record in sheet.iter_records()), len(same)


def _plain_rows(path: Path, column: str, limits: Limits) -> tuple[list[str], Iterator[Sequence[str]]]:
    from feidi.engines.sheets.delimited import read_delimited  # noqa: PLC0415 - with its caller
    from feidi.engines.sheets.model import Log  # noqa: PLC0415

    grid = read_delimited(path.read_bytes(), path.name, limits, Log(lambda _finding: None, 0)).grid
    rows = ([str(cell) for cell in row] for row in grid.rows())
    first: list[str] = []
    for cells in islice(rows, _HEAD_ROWS):
        heads = [cell.strip().lstrip("\ufeff") for cell in cells]
        first = first or heads
        if column in heads:
            return heads, rows
    return first, rows


def _sheets_finding(fatal: Finding | None, path: Path) -> dict[str, Any]:
    from feidi.engines.sheets.summary import finding_json  # noqa: PLC0415 - with its caller

    if fatal is None:
        return _unusable("names.file_unreadable", file=str(path), why="").finding
    found = finding_json(fatal)
    return {**found, "text": f"{path.name}：{found['text']}"}


def _unusable(code: str, **params: Scalar) -> _UnusableError:
    from feidi.engines.names.codes import words_of  # noqa: PLC0415 - with its command

    return _UnusableError(
        {"level": "fatal", "row": None, "column": params.get("column"), "code": code, "text": words_of(code, params)}
    )


def _line(value: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
