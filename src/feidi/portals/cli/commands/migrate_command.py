"""``feidi migrate``: bring the database up to date, and load the content when there is none."""

from __future__ import annotations

import argparse
import io
import json
from collections.abc import Sequence
from contextlib import redirect_stdout

HELP = "bring the database up to date 升级数据库，首次载入内容"
NEEDS_DJANGO = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which content an empty database gets."""
    parser.add_argument("--no-content", action="store_true", help="load no content into an empty database")
    parser.add_argument("--place", action="append", dest="places", metavar="CODE", help="only this place's content")


def run(args: argparse.Namespace) -> int:
    """Migrate, then load content if the database has none; returns the load's status, else 0."""
    from django.conf import settings  # noqa: PLC0415 - Django is ready only now
    from django.core.management import call_command  # noqa: PLC0415

    from feidi.portals.cli.checkup.database import pending_migrations  # noqa: PLC0415

    settings.FEIDI_HOME.mkdir(parents=True, exist_ok=True, mode=0o700)
    if pending_migrations():
        call_command("migrate", interactive=False, verbosity=0)
    return 0 if args.no_content else load_content_if_empty(args.places or ())


def load_content_if_empty(places: Sequence[str]) -> int:
    """Run ``feidi content load`` when nothing is published; returns its status."""
    from django.utils.translation import gettext as _  # noqa: PLC0415 - Django is ready only now

    from feidi.portals.cli.checkup.content import has_content  # noqa: PLC0415
    from feidi.portals.cli.commands import content_command  # noqa: PLC0415
    from feidi.portals.cli.output import print_lines  # noqa: PLC0415

    if has_content():
        return 0
    parser = argparse.ArgumentParser()
    content_command.add_arguments(parser)
    words = [word for place in places for word in ("--place", place)]
    answer = io.StringIO()
    with redirect_stdout(answer):
        status = content_command.run(parser.parse_args(["load", "--json", *words]))
    count = len(json.loads(answer.getvalue()).get("published", ()))
    print_lines([_("已载入 {count} 个内容文件").format(count=count)])
    return status
