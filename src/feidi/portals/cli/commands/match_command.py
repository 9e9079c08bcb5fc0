"""``feidi match``: offers that serve a need; an index and what is asked of it, portfolios, agendas. Starts without Django."""

from __future__ import annotations

import argparse
import importlib

from feidi.engines.findings import RefusedError

HELP = "needs and offers: who may serve, and why; which projects to foster; who meets whom 供需对接"
NEEDS_DJANGO = False
#: Modules of ``portals/cli/matching`` that bring verbs: ``add_to(subparsers)`` sets ``run``.
MODULES = ("index", "query", "batch", "keep", "portfolio", "agenda")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One parser for each verb."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    for name in MODULES:
        importlib.import_module(f"feidi.portals.cli.matching.{name}").add_to(verbs)


def run(args: argparse.Namespace) -> int:
    """Run the verb. A refusal of the engine is told in its words: 1 refused, 2 unusable input."""
    try:
        return int(args.run(args))
    except RefusedError as error:
        from feidi.engines.affinity.codes import CODES  # noqa: PLC0415
        from feidi.portals.cli.matching.output import refused  # noqa: PLC0415

        if error.refusal.code not in CODES:
            raise
        return refused(error.refusal, as_json=getattr(args, "json", False))
