"""``feidi match add`` and ``feidi match remove``: an index follows its offers without being built anew."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from feidi.portals.cli.matching.output import finding_json, put, put_json, put_notes
from feidi.portals.cli.progress import progress_line


def add_to(subparsers: Any) -> None:
    """``add --index DIR OFFERS.jsonl`` and ``remove --index DIR ID…``."""
    add = subparsers.add_parser("add", help="new or changed offers into an index 增改供给")
    add.add_argument("--index", type=Path, required=True, metavar="DIR")
    add.add_argument("offers", type=Path, metavar="OFFERS.jsonl")
    add.add_argument("--json", action="store_true")
    add.set_defaults(run=run_add)
    remove = subparsers.add_parser("remove", help="offers out of an index 移除供给")
    remove.add_argument("--index", type=Path, required=True, metavar="DIR")
    remove.add_argument("ids", nargs="+", metavar="ID")
    remove.add_argument("--json", action="store_true")
    remove.set_defaults(run=run_remove)


def run_add(args: argparse.Namespace) -> int:
    """Add. 0 done; 2 a fault in the file or a damaged index (then nothing is changed)."""
    from feidi.engines.affinity.index import Index  # noqa: PLC0415 - numpy, only once it is needed
    from feidi.portals.cli.matching.lines import Lines  # noqa: PLC0415

    index = Index.open(args.index)
    lines = Lines(args.offers)
    with progress_line(silent=args.json) as progress:
        offers = []
        for offer in lines.offers():
            offers.append(offer)
            progress(len(offers), None, args.offers.name)
    lines.check()
    replaced = sum(offer.id in index for offer in offers)
    index.add(offers)
    index.save(args.index)
    if args.json:
        noted = {"findings": [finding_json(each) for each in lines.notes]} if lines.notes else {}
        put_json({"added": len(offers) - replaced, "replaced": replaced, "offers": len(index), **noted})
    else:
        put_notes(lines.notes)
        put(f"新增 {len(offers) - replaced:,}，更新 {replaced:,}；共 {len(index):,} 条供给")
    return 0


def run_remove(args: argparse.Namespace) -> int:
    """Remove. 0 done; 1 an id is not there (then nothing is changed)."""
    from feidi.engines.affinity.index import Index  # noqa: PLC0415

    index = Index.open(args.index)
    before = len(index)
    index.remove(args.ids)
    index.save(args.index)
    if args.json:
        put_json({"removed": before - len(index), "offers": len(index)})
    else:
        put(f"移除 {before - len(index):,}；共 {len(index):,} 条供给")
    return 0
