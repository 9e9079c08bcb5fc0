"""``feidi content check|diff|load|export``: the folder of places against what is published."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from feidi.engines.findings import refuse
from feidi.portals.cli.acting import acting, add_as

if TYPE_CHECKING:
    from feidi.engines.findings import Finding
    from feidi.kernel.access import Actor
    from feidi.kernel.content.publishing import Change

HELP = "check, compare, load and export the content of places 内容"
NEEDS_DJANGO = True
_SIGNS = {"new": "+", "changed": "~", "absent": "-"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``check``, ``diff``, ``load``, ``export``; PATH defaults to FEIDI_CONTENT."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    check = verbs.add_parser("check", help="check every file; needs no database 检查")
    diff = verbs.add_parser("diff", help="what a load would change 比较")
    load = verbs.add_parser("load", help="publish what differs 载入")
    for verb in (check, diff, load):
        verb.add_argument("path", type=Path, nargs="?", metavar="PATH", help="folder of places; default FEIDI_CONTENT")
    export = verbs.add_parser("export", help="write the published files into an empty folder 导出")
    export.add_argument("path", type=Path, metavar="PATH")
    for verb in (check, diff, load, export):
        verb.add_argument("--place", action="append", dest="places", metavar="CODE", help="only this place; repeatable")
        verb.add_argument("--json", action="store_true")
    add_as(load)


def run(args: argparse.Namespace) -> int:
    """Run the verb. 0 done or nothing wrong, 1 problems or refused, 2 a file that cannot be read at all."""
    if args.verb != "export" and args.path is not None and not args.path.is_dir():
        from feidi.portals.cli.output import print_refusal  # noqa: PLC0415 - Django is ready only now

        print_refusal(refuse("content.no_folder", path=str(args.path)).refusal, as_json=args.json)
        return 2
    return {"check": _check, "diff": _diff, "load": _load, "export": _export}[args.verb](args)


def _check(args: argparse.Namespace) -> int:
    from feidi.kernel.content.checking import check_folder  # noqa: PLC0415 - Django is ready only now
    from feidi.portals.cli.output import exit_for, finding_json, print_json  # noqa: PLC0415

    findings = [each for each in check_folder(args.path) if not args.places or each.params["place"] in args.places]
    if args.json:
        print_json({"findings": [{"file": each.params["file"], **finding_json(each)} for each in findings]})
    else:
        _print_findings(findings)
    return exit_for(findings)


def _diff(args: argparse.Namespace) -> int:
    from feidi.kernel.content.publishing import diff  # noqa: PLC0415 - Django is ready only now

    changes = diff(args.path, places=args.places)
    _print_changes(changes, {"changes": [asdict(each) for each in changes]}, as_json=args.json)
    return 0


def _load(args: argparse.Namespace) -> int:
    from feidi.domain.parties.services.places import sync_places  # noqa: PLC0415 - Django is ready only now
    from feidi.domain.space.services.syncing import sync_units  # noqa: PLC0415
    from feidi.kernel.audit import recorded  # noqa: PLC0415
    from feidi.kernel.content.publishing import load_folder  # noqa: PLC0415
    from feidi.portals.ui import clock  # noqa: PLC0415

    now = clock.now()
    actor = _actor(args, now)
    with recorded(actor=actor, now=now):  # the files and the places that follow from them: one transaction
        loaded = load_folder(actor=actor, now=now, path=args.path, places=args.places or _own_places(args.path))
        if loaded.published:
            sync_places(actor=actor, now=now)
            sync_units(actor=actor, now=now)
    summary = {"published": [asdict(each) for each in loaded.published], "unchanged": loaded.unchanged}
    _print_changes(loaded.published, summary, as_json=args.json)
    return 0


def _own_places(path: Path | None) -> list[str] | None:
    """Return the places that belong here: invented ones stay out of an installation that is no demonstration."""
    from django.conf import settings  # noqa: PLC0415 - Django is ready only now

    from feidi.kernel.content.folder import read_folder  # noqa: PLC0415

    folder = read_folder(path)
    keys = [(place, "place.yaml") for place in folder.places() if (place, "place.yaml") in folder.texts]
    invented = {key[0] for key in keys if (folder.document(key).value or {}).get("demonstration")}
    if settings.FEIDI_DEMONSTRATION or not invented or len(invented) == len(keys):
        return None
    return [place for place in folder.places() if place not in invented]


def _export(args: argparse.Namespace) -> int:
    from feidi.kernel.content.publishing import export  # noqa: PLC0415 - Django is ready only now
    from feidi.portals.cli.output import print_json, print_lines  # noqa: PLC0415

    written = [str(each.relative_to(args.path)) for each in export(args.path, places=args.places)]
    if args.json:
        print_json({"path": str(args.path), "written": written})
    else:
        print_lines(written)
    return 0


def _actor(args: argparse.Namespace, now: datetime) -> Actor:
    """Before the first account nobody can be acted as: the empty installation is filled under a name of its own."""
    from feidi.kernel.identity.models import User  # noqa: PLC0415 - Django is ready only now
    from feidi.portals.cli.commands.user_command import FIRST_START  # noqa: PLC0415

    return FIRST_START if not args.acting_as and not User.objects.exists() else acting(args, now)


def _print_findings(findings: list[Finding]) -> None:
    from django.utils.translation import gettext as _  # noqa: PLC0415 - Django is ready only now

    from feidi.kernel.messages import fix_of, text_of  # noqa: PLC0415
    from feidi.portals.cli.output import print_lines  # noqa: PLC0415

    for each in findings:
        fix = fix_of(each)
        print_lines([f"{text_of(each)}{'  → ' + fix if fix else ''}"])
    if not findings:
        print_lines([_("没有发现问题")])


def _print_changes(changes: tuple[Change, ...], summary: dict[str, Any], *, as_json: bool) -> None:
    from django.utils.translation import gettext as _  # noqa: PLC0415 - Django is ready only now

    from feidi.portals.cli.output import print_json, print_lines  # noqa: PLC0415

    if as_json:
        print_json(summary)
        return
    print_lines(f"{_SIGNS[each.kind]} {each.place}/{each.path}" for each in changes)
    if not changes:
        print_lines([_("与已发布的内容一致")])
