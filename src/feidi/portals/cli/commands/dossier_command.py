"""``feidi dossier PROJECT --out ZIP``: 一项目一档 of one project."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from feidi.engines.findings import refuse
from feidi.portals.cli.acting import acting, add_as

if TYPE_CHECKING:
    from feidi.domain.pipeline.models import Project
    from feidi.kernel.access import Actor

HELP = "export a project's dossier 一项目一档"
NEEDS_DJANGO = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which project, where to."""
    parser.add_argument("project", metavar="PROJECT", help="code of the project, or the uid in its address")
    parser.add_argument("--out", type=Path, required=True, metavar="ZIP")
    parser.add_argument("--json", action="store_true")
    add_as(parser)


def run(args: argparse.Namespace) -> int:
    """Export; 0, 1 when refused, 2 when the file cannot be written."""
    from django.utils.translation import gettext as _  # noqa: PLC0415 - Django is ready only now

    from feidi.domain.reporting.services.dossier import made_dossier, save_dossier  # noqa: PLC0415
    from feidi.portals.cli.output import print_json, print_lines, print_unwritable  # noqa: PLC0415
    from feidi.portals.ui import clock  # noqa: PLC0415

    now = clock.now()
    actor = acting(args, now)
    with made_dossier(actor=actor, now=now, project=_project(args.project, actor)) as dossier:
        try:
            save_dossier(dossier, args.out)
        except OSError as error:
            return print_unwritable(args.out, error, as_json=args.json)
    missing = [{"what": each.what, "why": each.why} for each in dossier.missing]
    if args.json:
        told = {"path": str(args.out), "bytes": dossier.size, "sha256": dossier.sha256}
        files = [{"path": each.path, "sha256": each.sha256, "state": each.piece.state} for each in dossier.entries]
        print_json({**told, "files": files, "missing": missing})
        return 0
    line = _("✓ {path}：{files} 件，缺 {missing} 项")
    print_lines([line.format(path=args.out, files=len(dossier.entries), missing=len(missing))])
    print_lines(f"  · {each.what}：{each.why}" for each in dossier.missing)
    return 0


def _project(asked: str, actor: Actor) -> Project:
    from feidi.domain.pipeline.access import visible_in_office  # noqa: PLC0415 - Django is ready only now
    from feidi.domain.pipeline.models import Project  # noqa: PLC0415

    seen = visible_in_office(actor, Project.objects.select_related("outpost__home"))
    found = list(seen.filter(uid=asked) or seen.filter(code=asked)[:2])
    if len(found) > 1:
        raise refuse("reporting.dossier_several", n=len(found), code=asked)
    if not found:
        raise refuse("reporting.dossier_no_project")
    return found[0]
