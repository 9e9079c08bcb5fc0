"""``feidi policy lint|eval``: rules checked, and asked about facts. Starts without Django."""

from __future__ import annotations

import argparse
import importlib
import sys
from types import ModuleType

HELP = "policies: check the rules, who qualifies for what and how much 政策"
NEEDS_DJANGO = False
#: Every verb is ``portals/cli/policy/<verb>.py`` with HELP, add_arguments and run.
VERBS = ("lint", "eval", "batch", "combine")


def _module(verb: str) -> ModuleType:
    return importlib.import_module(f"feidi.portals.cli.policy.{verb}")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One parser for each verb; only the verb asked for is imported where it can be told."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    asked = sys.argv[2] if len(sys.argv) > 2 and sys.argv[1] == "policy" else ""  # noqa: PLR2004 - feidi policy VERB
    for verb in (asked,) if asked in VERBS else VERBS:
        module = _module(verb)
        command = verbs.add_parser(verb, help=module.HELP, description=module.HELP)
        module.add_arguments(command)
        command.set_defaults(verb_module=module)


def run(args: argparse.Namespace) -> int:
    """Run the verb."""
    return int(args.verb_module.run(args))
