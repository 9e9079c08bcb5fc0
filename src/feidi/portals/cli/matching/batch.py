"""``feidi match batch``: many needs of a file against an index, to Parquet; by the kernel, or the shortlist by an engine of SQL."""

from __future__ import annotations

import argparse
import importlib.util
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from feidi.engines.findings import refuse
from feidi.portals.cli.matching.output import day, positive, put, put_json, put_notes, today

if TYPE_CHECKING:
    from feidi.engines.affinity.model import Asking, Need

_NEEDS: Final = {"numpy": ("pyarrow",), "duckdb": ("pyarrow", "duckdb"), "spark": ("pyarrow", "pyspark")}


def add_to(subparsers: Any) -> None:
    """``batch --index DIR --needs NEEDS.jsonl --top 20 --engine numpy|duckdb|spark --out OUT.parquet``."""
    parser = subparsers.add_parser("batch", help="many needs, to Parquet 批量匹配")
    parser.add_argument("--index", type=Path, required=True, metavar="DIR")
    parser.add_argument(
        "--needs", type=Path, required=True, metavar="NEEDS.jsonl", help='{"id", "text", …facts} per line'
    )
    parser.add_argument("--top", type=positive, default=20, metavar="N")
    parser.add_argument("--engine", choices=tuple(_NEEDS), default="numpy")
    parser.add_argument("--out", type=Path, required=True, metavar="OUT.parquet")
    parser.add_argument("--exhaustive", action="store_true", help="numpy: look at every posting, as SQL always does")
    parser.add_argument("--weights", default="", metavar="JSON", help='which parts count: {"lexical": 1, "meaning": 1}')
    parser.add_argument("--per-owner", type=positive, default=3, metavar="N", help="at most so many of one firm")
    parser.add_argument("--as-of", type=day, default=None, metavar="DATE", help="day of the question, default today")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Match. 0 written; 2 index, needs or engine cannot be used (then nothing is written)."""
    lacking = [name for name in _NEEDS[args.engine] if importlib.util.find_spec(name) is None]
    if lacking:
        raise refuse("match.batch_engine", engine=args.engine, lacking="、".join(lacking))
    _check_out(args)
    from feidi.portals.cli.matching.batch_results import Writing  # noqa: PLC0415 - pyarrow is an extra
    from feidi.portals.cli.progress import progress_line  # noqa: PLC0415

    asking = _asking(args)
    ids, needs = _read(args.needs)
    begun = time.perf_counter()
    with Writing(args.out, ids) as writing, progress_line(silent=args.json) as progress:
        for pairs in _answers(args, needs, asking):
            writing.write(pairs)
            progress(writing.needs, len(needs), args.needs.name)
    seconds = time.perf_counter() - begun
    if args.json:
        found = {"needs": len(needs), "rows": writing.rows, "engine": args.engine, "out": str(args.out)}
        put_json({**found, "seconds": round(seconds, 3)})
    else:
        put(f"{len(needs):,} 条需求，{writing.rows:,} 行，{seconds:.1f} 秒（{args.engine}）→ {args.out}")
    return 0


def _check_out(args: argparse.Namespace) -> None:
    if not args.out.parent.is_dir():
        raise refuse("match.out_unusable", path=str(args.out), why="没有这个文件夹")
    if args.out.is_dir() or args.out.resolve() == args.needs.resolve():
        raise refuse("match.out_unusable", path=str(args.out), why="不是可写的新文件")


def _asking(args: argparse.Namespace) -> Asking:
    from feidi.engines.affinity.model import POOL_OF_MANY, Asking, Weights  # noqa: PLC0415
    from feidi.portals.cli.matching.query import weights_of  # noqa: PLC0415

    weights = weights_of(args.weights) if args.weights else Weights()
    return Asking(
        top=args.top,
        weights=weights,
        on=args.as_of or today(),
        exhaustive=args.exhaustive,
        per_owner=args.per_owner,
        near_misses=0,
        pool=POOL_OF_MANY,
    )


def _read(path: Path) -> tuple[list[str], list[Need]]:
    from feidi.engines.affinity.folding import folded_texts  # noqa: PLC0415 - numpy
    from feidi.engines.affinity.terms import terms_of  # noqa: PLC0415
    from feidi.portals.cli.matching.lines import Lines  # noqa: PLC0415

    lines = Lines(path)
    ids, needs = [], []
    for known, need in lines.needs():
        if not len(terms_of(folded_texts([need.text])).numbers):
            lines.wrong_need(known)
        ids.append(known)
        needs.append(need)
    lines.check()
    put_notes(lines.notes)
    return ids, needs


def _answers(args: argparse.Namespace, needs: list[Need], asking: Asking) -> Any:
    if args.engine == "numpy":
        from feidi.portals.cli.matching.batch_numpy import answers  # noqa: PLC0415 - numpy

        return answers(args.index, needs, asking)
    from feidi.portals.cli.matching.batch_sql import answers as by_sql  # noqa: PLC0415

    return by_sql(args.engine, args.index, needs, asking)
