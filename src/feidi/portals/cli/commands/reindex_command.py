"""``feidi reindex``: name keys and search entries of every row, written anew."""

from __future__ import annotations

import argparse

HELP = "write name keys and the search index anew 重建名称键和搜索索引"
NEEDS_DJANGO = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How the answer is written."""
    parser.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> int:
    """Write everything anew and say how many rows of which kind; 0."""
    from django.utils.translation import gettext as _  # noqa: PLC0415 - Django is ready only now

    from feidi.domain.parties.services.rebuilding import rebuild_derived  # noqa: PLC0415
    from feidi.portals.cli.output import print_json, print_lines  # noqa: PLC0415
    from feidi.portals.cli.progress import progress_line  # noqa: PLC0415

    with progress_line(silent=args.json) as progress:
        done = rebuild_derived(progress)
    if args.json:
        print_json(done)
        return 0
    print_lines(f"  {kind}: {count:,}" for kind, count in done.items())
    print_lines([_("✓ 名称键和搜索索引已重建：{n} 行").format(n=f"{sum(done.values()):,}")])
    return 0
