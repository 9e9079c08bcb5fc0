"""``feidi manage …``: Django's own commands, with this installation's settings."""

from __future__ import annotations

import argparse

HELP = "pass on to django-admin 转交 Django 管理命令"
NEEDS_DJANGO = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Everything after ``manage`` is passed on as it stands."""
    parser.add_argument("words", nargs=argparse.REMAINDER, metavar="COMMAND …")


def run(args: argparse.Namespace) -> int:
    """Run the command; Django prints and exits by itself when something is wrong."""
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - Django is ready only now

    execute_from_command_line(["feidi manage", *args.words])
    return 0
