"""``feidi playbook lint``: service playbooks looked at before they are published. Starts without Django."""

from __future__ import annotations

import argparse

from feidi.portals.cli.playbook import lint

HELP = "service playbooks: check their steps, owners, clocks, evidence 服务手册"
NEEDS_DJANGO = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``lint DIR [--notes] [--json]``."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    command = verbs.add_parser("lint", help=lint.HELP, description=lint.HELP)
    lint.add_arguments(command)


def run(args: argparse.Namespace) -> int:
    """Run the verb."""
    return lint.run(args)
