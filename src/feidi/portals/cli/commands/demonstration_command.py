"""``feidi demonstration``: an invented history to look at, and the first day of a real place."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

HELP = "load invented data to look at, or begin a real place 演示数据"
NEEDS_DJANGO = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``load``, ``accounts``."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    load = verbs.add_parser("load", help="load the demonstration into an empty installation 载入演示数据")
    load.add_argument("--if-empty", action="store_true", help="keep what is loaded already, and say so")
    accounts = verbs.add_parser("accounts", help="list the demonstration's accounts 演示账号")
    for verb in (load, accounts):
        verb.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> int:
    """Run the verb; 0."""
    from feidi.kernel.messages import register_texts  # noqa: PLC0415 - Django is ready only now
    from feidi.portals.cli.demonstration.texts import TEXTS  # noqa: PLC0415

    register_texts(TEXTS)
    return {"load": _load, "accounts": _accounts}[args.verb](args)


def _load(args: argparse.Namespace) -> int:
    from feidi.domain.pipeline.models import Project  # noqa: PLC0415 - Django is ready only now
    from feidi.portals.cli.demonstration.loading import load_demonstration  # noqa: PLC0415
    from feidi.portals.cli.progress import progress_line  # noqa: PLC0415
    from feidi.portals.ui import clock  # noqa: PLC0415

    if not (args.if_empty and Project.objects.exists()):
        with progress_line(silent=args.json) as progress:
            summary = load_demonstration(now=clock.now(), progress=progress)
        sys.stderr.write(f"{summary.projects} projects, {summary.events} events\n")
    return _accounts(args)


def _accounts(args: argparse.Namespace) -> int:
    from feidi.portals.cli.demonstration.accounts import table_json, table_lines  # noqa: PLC0415 - Django is ready only now
    from feidi.portals.cli.output import print_json, print_lines  # noqa: PLC0415

    if args.json:
        print_json({"accounts": table_json()})
    else:
        print_lines(table_lines())
    return 0
