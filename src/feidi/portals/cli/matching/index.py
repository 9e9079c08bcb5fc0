"""``feidi match index``: offers of a file become an index in a folder, whole or not at all."""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import Any

from feidi.portals.cli.matching.output import finding_json, put, put_json, put_notes
from feidi.portals.cli.progress import progress_line


def add_to(subparsers: Any) -> None:
    """``index OFFERS.jsonl --out DIR``."""
    parser = subparsers.add_parser("index", help="offers into an index 建立供给索引")
    parser.add_argument("offers", type=Path, metavar="OFFERS.jsonl", help='{"id", "text", …facts} per line')
    parser.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="folder of the index; an old one is replaced"
    )
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Build and write. 0 written; 2 a fault in the file (then nothing is written)."""
    from feidi.engines.affinity.index import Index  # noqa: PLC0415 - numpy, only once it is needed
    from feidi.portals.cli.matching.lines import Lines  # noqa: PLC0415

    begun = time.perf_counter()
    lines = Lines(args.offers)
    with progress_line(silent=args.json) as progress:
        index = Index.build(lines.offers(), progress=lambda done: progress(done, None, args.offers.name))
    lines.check()
    index.save(args.out)
    seconds = time.perf_counter() - begun
    if args.json:
        noted = {"findings": [finding_json(each) for each in lines.notes]} if lines.notes else {}
        put_json({"offers": len(index), "out": str(args.out), "seconds": round(seconds, 3), **noted})
    else:
        put_notes(lines.notes)
        put(f"{len(index):,} 条供给，{seconds:.1f} 秒 → {args.out}")
    return 0
