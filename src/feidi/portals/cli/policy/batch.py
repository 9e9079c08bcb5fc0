"""``feidi policy batch``: every clause for every subject of a Parquet file, by columns or by an engine of SQL."""

from __future__ import annotations

import argparse
import importlib.util
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from feidi.engines.findings import Finding, Level
from feidi.portals.cli.policy.content import read_content
from feidi.portals.cli.policy.output import day, put, put_json, refused

if TYPE_CHECKING:
    from feidi.engines.rules.many import FactColumnError, Program
    from feidi.portals.cli.policy.batch_facts import FactsTable
    from feidi.portals.cli.policy.batch_results import Results
    from feidi.portals.cli.policy.batch_sql import SqlEngine

HELP: Final = "many subjects from Parquet to Parquet 批量判断"
_NEEDS: Final = {"numpy": ("pyarrow",), "duckdb": ("pyarrow", "duckdb"), "spark": ("pyarrow", "pyspark")}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--content DIR --facts FACTS.parquet --as-of DATE --engine … --out OUT.parquet [--near-misses]``."""
    parser.add_argument("--content", type=Path, required=True, metavar="DIR", help="folder of places")
    parser.add_argument("--facts", type=Path, required=True, metavar="FACTS.parquet")
    parser.add_argument("--as-of", type=day, required=True, metavar="DATE", help="the day of the question, 2026-01-31")
    parser.add_argument("--engine", choices=tuple(_NEEDS), default="numpy")
    parser.add_argument("--out", type=Path, required=True, metavar="OUT.parquet")
    parser.add_argument(
        "--amounts", choices=("eligible", "possible", "none"), default="eligible",
        help="amounts of which verdicts: 符合 (default), also 待核实, or none",
    )  # fmt: skip
    parser.add_argument("--near-misses", action="store_true", help="also who lacks one condition, and which")
    parser.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> int:
    """Answer. 0 written, 2 content, facts or engine cannot be used (then nothing is written)."""
    lacking = [name for name in _NEEDS[args.engine] if importlib.util.find_spec(name) is None]
    if lacking:
        return _refused(args, [_fatal("rules.batch_engine", engine=args.engine, lacking="、".join(lacking))])
    content = read_content(args.content)
    wrong = [each for each in content.findings if each.level is not Level.NOTE]
    if wrong:
        return refused("rules.content_failed", wrong, as_json=args.json, path=str(args.content), n=len(wrong))
    from feidi.engines.rules.many import prepare_many  # noqa: PLC0415 - numpy, only once it is needed
    from feidi.portals.cli.policy.batch_facts import open_facts  # noqa: PLC0415 - pyarrow is an extra

    program = prepare_many(content.clauses, content.dictionary, as_of=args.as_of)
    table = open_facts(args.facts, program.dictionary)
    if table.findings:
        return _refused(args, table.findings)
    if not args.out.parent.is_dir() or args.out.resolve() == args.facts.resolve():
        return _refused(args, [_fatal("rules.batch_out", path=str(args.out))])
    return write(args, program, table)


def _fatal(code: str, **params: Any) -> Finding:
    return Finding(Level.FATAL, code, params)


def _refused(args: argparse.Namespace, findings: Sequence[Finding]) -> int:
    return refused("rules.facts_failed", findings, as_json=args.json, path=str(args.facts), n=len(findings))


def write(args: argparse.Namespace, program: Program, table: FactsTable) -> int:
    """Answer a file that has been looked at, by the engine asked for, and say what was written; 0, or 2 when it is refused."""
    from feidi.engines.rules.many import AmountTooWideError, FactColumnError  # noqa: PLC0415
    from feidi.engines.rules.sql.emit import TooWideError  # noqa: PLC0415

    begun = time.perf_counter()
    try:
        results = _by_numpy(args, program, table) if args.engine == "numpy" else _by_sql(args, program, table)
    except FactColumnError as error:
        return _refused(args, [_impossible(table, error)])
    except TooWideError as error:
        return _refused(args, [_fatal("rules.batch_too_wide", why=str(error))])
    except AmountTooWideError as error:
        return _refused(args, [_fatal("rules.batch_too_wide", why=program.codes[error.clause])])
    if isinstance(results, list):
        return _refused(args, results)
    _say(args, program, table, results, time.perf_counter() - begun)
    return 0


def _impossible(table: FactsTable, error: FactColumnError) -> Finding:
    column = table.dictionary[error.fact].name
    return _fatal("rules.batch_value", where=table.path.name, column=column, value=str(error.value), n=1)


def _files(args: argparse.Namespace, program: Program, table: FactsTable) -> Results:
    from pyarrow import parquet  # noqa: PLC0415

    from feidi.portals.cli.policy import batch_results as made  # noqa: PLC0415

    key = parquet.read_schema(table.path).field(table.key).type
    files = [made.Writing(args.out, made.verdict_schema(program, key, near=args.near_misses))]
    if args.amounts != "none":
        files.append(made.Writing(made.beside(args.out, "amounts"), made.amount_schema(key), "clause"))
    return made.Results(files, made.about(program, args.engine, near=args.near_misses))


def _by_numpy(args: argparse.Namespace, program: Program, table: FactsTable) -> Results:
    from feidi.portals.cli.policy.batch_numpy import answers  # noqa: PLC0415
    from feidi.portals.cli.progress import progress_line  # noqa: PLC0415

    with _files(args, program, table) as results, progress_line() as progress:
        for found, granted in answers(program, table, amounts=args.amounts, near=args.near_misses):
            results.files[0].write(found)
            if granted:
                results.files[1].write(*granted)
            progress(results.files[0].rows, table.rows, table.path.name)
    return results


def _by_sql(args: argparse.Namespace, program: Program, table: FactsTable) -> Results | list[Finding]:
    from feidi.portals.cli.policy import batch_sql as sql  # noqa: PLC0415

    engine: SqlEngine = sql.DuckDb(table) if args.engine == "duckdb" else sql.Spark(table)
    try:
        wrong = sql.faults(engine, program, table)
        if wrong:
            return [
                _fatal("rules.batch_value", where=table.path.name, column=table.dictionary[fact].name, value="", n=n)
                for fact, n in wrong.items()
            ]
        with _files(args, program, table) as results:
            asked: list[Iterator[list[Any]]] = [sql.verdicts(engine, program, table, near=args.near_misses)]
            if args.amounts != "none":
                asked.append(sql.amounts(engine, program, table, eligible_only=args.amounts == "eligible"))
            for file, parts in zip(results.files, asked, strict=True):
                for part in parts:
                    file.write(part)
        return results
    finally:
        engine.close()


def _say(args: argparse.Namespace, program: Program, table: FactsTable, results: Results, seconds: float) -> None:
    written = [{"file": str(each.path), "rows": each.rows} for each in results.files]
    if args.json:
        put_json(
            {"subjects": table.rows, "clauses": len(program.clauses), "as_of": args.as_of.isoformat(),
             "engine": args.engine, "seconds": round(seconds, 3), "written": written}
        )  # fmt: skip
        return
    put(f"{table.rows:,} 个主体 × {len(program.clauses)} 条，{seconds:.2f} 秒（{args.engine}）")
    for each in written:
        put(f"  {each['file']}  {each['rows']:,} 行")
