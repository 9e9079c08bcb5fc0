"""``feidi demonstration``: an invented history to look at, its messy ledger, and the first day of a real place."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from feidi.portals.cli.demonstration.agenda import Progress

HELP = "load invented data to look at, or begin a real place 演示数据"
NEEDS_DJANGO = True
_STEPS = 10


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``load``, ``accounts``, ``start-place``."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    load = verbs.add_parser("load", help="load the demonstration into an empty installation 载入演示数据")
    load.add_argument("--if-empty", action="store_true", help="keep what is loaded already instead of refusing")
    load.add_argument("--ledger-only", type=Path, metavar="PATH", help="write just the messy ledger to PATH")
    accounts = verbs.add_parser("accounts", help="list the demonstration's accounts 演示账号")
    start = verbs.add_parser("start-place", help="content and first accounts of a real place 真实地方起步")
    start.add_argument("place", metavar="PLACE", help="code of a home place, as chancheng")
    for verb in (load, accounts, start):
        verb.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> int:
    """Run the verb; 0."""
    return {"load": _load, "accounts": _accounts, "start-place": _start}[args.verb](args)


def _load(args: argparse.Namespace) -> int:
    from django.conf import settings  # noqa: PLC0415 - Django is ready only now

    from feidi.domain.pipeline.models import Project  # noqa: PLC0415
    from feidi.portals.cli.demonstration.loading import load_demonstration  # noqa: PLC0415
    from feidi.portals.cli.demonstration.messy_ledger import NAME  # noqa: PLC0415
    from feidi.portals.ui import clock  # noqa: PLC0415

    if args.ledger_only is not None:
        return _write_ledger(args.ledger_only)
    if not (args.if_empty and Project.objects.exists()):
        with _told() as progress:
            summary = load_demonstration(now=clock.now(), progress=progress)
        sys.stderr.write(f"{summary.projects} 个项目，{summary.events} 件事\n")
        _write_ledger(settings.FEIDI_HOME / NAME)
    return _accounts(args)


@contextmanager
def _told() -> Iterator[Progress]:
    """A line rewritten in place on a terminal; a line per tenth elsewhere. Both on stderr: stdout is the answer."""
    from feidi.portals.cli.progress import progress_line  # noqa: PLC0415 - beside its only use

    if sys.stderr.isatty():
        with progress_line() as progress:
            yield progress
        return
    told = [0]

    def tell(done: int, total: int, text: str) -> None:
        tenth = done * _STEPS // total
        if tenth > told[0]:
            told[0] = tenth
            sys.stderr.write(f"演示数据 {tenth * 100 // _STEPS}%　{text}\n")

    yield tell


def _write_ledger(path: Path) -> int:
    from feidi.portals.cli.demonstration.messy_ledger import write_ledger  # noqa: PLC0415 - Django is ready only now
    from feidi.portals.cli.demonstration.messy_rows import known_projects  # noqa: PLC0415
    from feidi.portals.ui import clock  # noqa: PLC0415

    count = write_ledger(path, today=clock.business_today(), known=known_projects())
    sys.stderr.write(f"演示台账 {count} 行：{path}\n")
    return 0


def _accounts(args: argparse.Namespace) -> int:
    from feidi.portals.cli.demonstration.accounts import table_json, table_lines  # noqa: PLC0415 - Django is ready only now
    from feidi.portals.cli.output import print_json, print_lines  # noqa: PLC0415

    if args.json:
        print_json({"accounts": table_json()})
    else:
        print_lines(table_lines())
    return 0


def _start(args: argparse.Namespace) -> int:
    from dataclasses import asdict  # noqa: PLC0415 - beside its only use

    from feidi.portals.cli.demonstration.starting import start_place  # noqa: PLC0415 - Django is ready only now
    from feidi.portals.cli.output import print_json, print_lines  # noqa: PLC0415
    from feidi.portals.ui import clock  # noqa: PLC0415

    opened = start_place(now=clock.now(), place=args.place)
    if args.json:
        print_json({"place": args.place, "accounts": [asdict(each) for each in opened]})
    else:
        print_lines([f"{each.name}　账号 {each.login}　首次密码 {each.password}（首次登录须修改）" for each in opened])
    return 0
