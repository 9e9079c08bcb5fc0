"""``feidi migrate``: bring the database up to date, and load the content when there is none."""

from __future__ import annotations

import argparse
import importlib.util

HELP = "bring the database up to date 升级数据库，首次载入内容"
NEEDS_DJANGO = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whether to leave the content alone."""
    parser.add_argument("--no-content", action="store_true", help="do not load content into an empty database")


def run(args: argparse.Namespace) -> int:
    """Migrate, then load content if the database has none; returns the load's status, else 0."""
    from django.conf import settings  # noqa: PLC0415 - Django is ready only now
    from django.core.management import call_command  # noqa: PLC0415

    settings.FEIDI_HOME.mkdir(parents=True, exist_ok=True, mode=0o700)
    call_command("migrate", interactive=False, verbosity=0)
    return 0 if args.no_content else load_content_if_empty()


def load_content_if_empty() -> int:
    """Run ``feidi content load`` when no revision is published; returns its status."""
    from feidi.portals.cli.checkup.content import has_content  # noqa: PLC0415 - Django is ready only now

    if has_content() or not importlib.util.find_spec("feidi.portals.cli.commands.content_command"):
        return 0
    from feidi.portals.cli.main import main  # noqa: PLC0415 - main imports the commands

    return main(["content", "load"])
