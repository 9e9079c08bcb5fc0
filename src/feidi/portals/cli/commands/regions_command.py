"""``feidi regions``: indices of a region × industry table, and the 互补点 of two regions. Starts without Django."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from feidi.engines.findings import Finding, Level, refuse
from feidi.portals.cli.matching.telling import answered, number, put, put_json, status_of, whole

if TYPE_CHECKING:
    from feidi.engines.regions import Linkages, Matrix, Relatedness, Source, Weights

HELP = "regions and industries: quotients, relatedness, what two regions add to each other 产业互补"
NEEDS_DJANGO = False
#: Rows and columns that would count everything twice.
_TOTALS = frozenset({"合计", "总计", "小计", "共计", "全部", "总和", "total"})
_METHODS = ("prob", "cosine", "jaccard")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``indices MATRIX.csv``; ``complementarity MATRIX.csv --home R --host S [--relatedness FILE] [--links FILE]``."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    indices = verbs.add_parser("indices", help="location quotients, density, complexity 区位熵等指标")
    _common(indices)
    pair = verbs.add_parser("complementarity", help="what two regions bring each other, ranked 互补点")
    _common(pair)
    pair.add_argument("--home", required=True, metavar="R", help="region of the home district")
    pair.add_argument("--host", required=True, metavar="S", help="region of the host")
    pair.add_argument("--links", type=Path, metavar="FILE", help="input–output table with a row 总产出")
    pair.add_argument("--by-inputs", action="store_true", help="relatedness from --links: what industries buy")
    pair.add_argument(
        "--weight", action="append", default=[], metavar="PART=N", help="host_adds, home_adds, home_leads, …"
    )
    pair.add_argument("--top", type=whole, default=None, metavar="N", help="so many points")


def _common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("matrix", type=Path, metavar="MATRIX", help="heads are industries, first cells regions")
    parser.add_argument(
        "--relatedness", type=Path, metavar="FILE", help="industry × industry, instead of co-occurrence"
    )
    parser.add_argument("--method", choices=_METHODS, default="prob", help="relatedness from co-occurrence")
    parser.add_argument(
        "--source", default="", metavar="TEXT", help="whose figures; a line “# 来源: …” in the file wins"
    )
    parser.add_argument("--year", type=whole, default=None, metavar="YYYY")
    parser.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> int:
    """Answer. 0 done, 1 a region of zeros, or refused (an unknown region), 2 a table that cannot be used."""
    return answered(args, _indices if args.verb == "indices" else _complementarity)


def _indices(args: argparse.Namespace) -> int:
    from feidi.engines.regions import indices  # noqa: PLC0415 - numpy, only once it is needed
    from feidi.portals.cli.regions.telling import indices_lines, indices_told  # noqa: PLC0415

    matrix = _matrix(args)
    found = indices(matrix, _related(args, matrix))
    if args.json:
        put_json(indices_told(found))
    else:
        put(indices_lines(found))
    return status_of(found.findings)


def _complementarity(args: argparse.Namespace) -> int:
    from feidi.engines.regions import complementarity, related_by_inputs  # noqa: PLC0415 - with its caller
    from feidi.portals.cli.regions.telling import complementarity_lines, complementarity_told  # noqa: PLC0415

    if args.by_inputs and not args.links:
        raise refuse("regions.by_inputs")
    matrix, links, weights = _matrix(args), _links(args), _weights(args.weight)
    related = related_by_inputs(links) if args.by_inputs and links else _related(args, matrix)
    found = complementarity(matrix, home=args.home, host=args.host, related=related, links=links, weights=weights)
    if args.json:
        put_json(complementarity_told(found, args.top))
    else:
        put(complementarity_lines(found, 10 if args.top is None else args.top))
    return status_of(found.findings)


def _weights(given: list[str]) -> Weights:
    from feidi.engines.regions import PartCode, Weights  # noqa: PLC0415 - with its caller

    values = {}
    for text in given:
        part, _sign, value = text.partition("=")
        try:
            values[PartCode(part).value] = number(value)
        except (ValueError, argparse.ArgumentTypeError) as error:
            raise refuse("regions.weight_words", text=text, parts="、".join(PartCode)) from error
    return Weights(**values)


def _matrix(args: argparse.Namespace) -> Matrix:
    from feidi.engines.regions import read_matrix  # noqa: PLC0415 - with its caller

    matrix: Matrix = _read(args.matrix, read_matrix, "regions.matrix_faulty", _source(args))
    totals = [each for each in (*matrix.regions, *matrix.industries) if each.casefold() in _TOTALS]
    if totals:
        raise refuse("regions.total", labels="、".join(totals))
    return matrix


def _related(args: argparse.Namespace, matrix: Matrix) -> Relatedness:
    from feidi.engines.regions import Method, read_relatedness, relatedness_of  # noqa: PLC0415 - with its caller

    if args.relatedness is None:
        return relatedness_of(matrix, Method(args.method))
    given: Relatedness = _read(args.relatedness, read_relatedness, "regions.relatedness_faulty", _no_source())
    return given


def _links(args: argparse.Namespace) -> Linkages | None:
    from feidi.engines.regions import linkages, read_flows  # noqa: PLC0415 - with its caller

    if args.links is None:
        return None
    return linkages(_read(args.links, read_flows, "regions.flows_faulty", _no_source()))


def _source(args: argparse.Namespace) -> Source:
    from feidi.engines.regions import Source  # noqa: PLC0415 - with its caller

    return Source(args.source, args.year)


def _no_source() -> Source:
    from feidi.engines.regions import Source  # noqa: PLC0415 - with its caller

    return Source()


def _read(path: Path, read: Callable[..., tuple[Any, Iterable[Finding]]], faulty: str, source: Source) -> Any:
    """Return what a table holds. Refused with every fault, its row and column."""
    from feidi.portals.cli.matching.tables import read_rows  # noqa: PLC0415 - with its caller

    value, findings = read(read_rows(path, "regions.file_unreadable"), source)
    if value is None:
        faults = [each for each in findings if each.level is Level.FATAL]
        rest = sum(int(str(each.params["n"])) - 1 for each in faults if each.code == "regions.more")
        raise refuse(faulty, *faults, n=len(faults) + rest)
    return value
