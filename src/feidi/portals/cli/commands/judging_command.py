"""``feidi judging``: a table of judges' scores into an order, by the written rule or corrected. Starts without Django."""

from __future__ import annotations

import argparse
import importlib

HELP = "judges' scores into an order, harsh and lenient judges told apart 路演评分"
NEEDS_DJANGO = False
#: Modules of ``portals/cli/judging`` that bring verbs: ``add_to(subparsers)`` sets ``run``.
MODULES = ("rank",)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One parser for each verb."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    for name in MODULES:
        importlib.import_module(f"feidi.portals.cli.judging.{name}").add_to(verbs)


def run(args: argparse.Namespace) -> int:
    """Run the verb; it tells its own refusals: 1 refused, 2 unusable input."""
    return int(args.run(args))
