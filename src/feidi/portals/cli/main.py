"""The one program ``feidi``: finds a command's module by name and runs it.

A command is ``portals/cli/commands/<name>.py`` with ``HELP``, ``NEEDS_DJANGO``,
``add_arguments(parser)`` and ``run(args) -> int``. Engine-only commands set
``NEEDS_DJANGO = False`` and start without it. Exit: 0 done (notes only),
1 problems or refused, 2 unusable input. JSON keys and codes are never translated.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from types import ModuleType

from feidi import __version__
from feidi.engines.findings import RefusedError

#: Every command, in the order of the help page. ``_`` in a module name reads ``-`` on the command line.
COMMANDS = (
    "serve",
    "migrate",
    "user",
    "doctor",
    "content",
    "import",
    "sheets",
    "stages",
    "names",
    "match",
    "judging",
    "regions",
    "policy",
    "playbook",
    "incubation",
    "kpi",
    "reindex",
    "cost",
    "dossier",
    "report",
    "handover",
    "space",
    "flows",
    "audit",
    "events",
    "backup",
    "restore",
    "demonstration",
    "manage",
)


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"feidi.portals.cli.commands.{name}_command")


def build_parser(only: str | None = None) -> argparse.ArgumentParser:
    """Return the parser; with ``only`` just that command's module is imported (a fast start)."""
    parser = argparse.ArgumentParser(
        prog="feidi", description="飞地 Feidi: operating platform of an innovation enclave"
    )
    parser.add_argument("--version", action="version", version=f"feidi {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name in COMMANDS if only is None else (only,):
        module = _module(name)
        command = commands.add_parser(name, help=module.HELP, description=module.HELP)
        module.add_arguments(command)
        command.set_defaults(module=module)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    only = words[0] if words and words[0] in COMMANDS else None
    args = build_parser(only).parse_args(words)
    if args.module.NEEDS_DJANGO:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "feidi.config.settings")
        import django  # noqa: PLC0415 - engine-only commands start without it

        django.setup()
    try:
        return int(args.module.run(args))
    except BrokenPipeError:
        # the reader (head, less) has seen enough; what is left unsaid must not fail at exit either
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except RefusedError as error:
        from feidi.portals.cli.output import print_refusal  # noqa: PLC0415 - needs the texts, hence Django

        print_refusal(error.refusal, as_json=getattr(args, "json", False))
        return 1


def entry() -> None:
    """Console script."""
    sys.exit(main())
