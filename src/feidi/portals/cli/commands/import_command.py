"""``feidi import projects FILE`` and ``feidi import undo BATCH``: the wizard's steps in one go."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from feidi.engines.findings import Finding, Level, RefusedError, refuse
from feidi.portals.cli.acting import acting, add_as

if TYPE_CHECKING:
    from feidi.domain.parties.models import Outpost
    from feidi.kernel.access import Actor
    from feidi.kernel.imports.models import ImportBatch

HELP = "import a ledger, or take an import back 导入台账、撤销导入"
NEEDS_DJANGO = True
COUNTS = ("rows", "new", "updated", "unchanged", "suspected", "refused")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``projects FILE`` and ``undo BATCH``."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    projects = verbs.add_parser("projects", help="import a 招商台账")
    projects.add_argument("file", type=Path, metavar="FILE", help=".xlsx, .xls or .csv")
    projects.add_argument("--outpost", default="", metavar="CODE", help="needed when you import for several outposts")
    projects.add_argument("--dry-run", action="store_true", help="preview only, write no project")
    projects.add_argument(
        "--skip-bad", action="store_true", help="leave bad rows out instead of refusing the whole file"
    )
    projects.add_argument("--report", type=Path, metavar="OUT.xlsx", help="where the rows left out are written")
    projects.add_argument(
        "--currency", default="", metavar="CODE", help="currency of amounts that name none (CNY, USD …)"
    )
    undo = verbs.add_parser("undo", help="take a committed import back")
    undo.add_argument("batch", metavar="BATCH")
    for each in (projects, undo):
        each.add_argument("--json", action="store_true")
        add_as(each)


def run(args: argparse.Namespace) -> int:
    """Import or undo; 0 done with notes only, 1 problems or refused, 2 the file cannot be used."""
    from feidi.portals.ui.clock import now  # noqa: PLC0415 - Django is ready only now

    moment = now()
    actor = acting(args, moment)
    return _import(args, actor, moment) if args.verb == "projects" else _undo(args, actor, moment)


def _import(args: argparse.Namespace, actor: Actor, now: datetime) -> int:
    from feidi.domain.pipeline.services import ledger  # noqa: PLC0415 - Django is ready only now

    outpost = _outpost(args.outpost, actor)
    try:
        batch = _start(args, actor, now, outpost)
    except RefusedError as error:
        if error.refusal.code not in {"imports.unreadable", "imports.no_table"} and not error.refusal.code.startswith(
            "files."
        ):
            raise
        return _unusable(args, error)
    ledger.set_mapping(actor=actor, now=now, batch=batch)
    ledger.stage_batch(actor=actor, now=now, batch=batch)
    refused: Finding | None = None
    if not args.dry_run:
        try:
            ledger.commit_batch(actor=actor, now=now, batch=batch, skip_bad=args.skip_bad)
        except RefusedError as error:
            refused = Finding(Level.PROBLEM, error.refusal.code, error.refusal.params)
    return _tell(args, batch, refused)


def _start(args: argparse.Namespace, actor: Actor, now: datetime, outpost: Outpost) -> ImportBatch:
    from feidi.domain.pipeline.services import ledger  # noqa: PLC0415
    from feidi.kernel.files.services import store_upload  # noqa: PLC0415
    from feidi.kernel.subjects import Subject  # noqa: PLC0415

    if not args.file.is_file():
        raise refuse("imports.unreadable", Finding(Level.FATAL, "imports.file_missing", {"path": args.file.name}))
    subject = Subject("parties.outpost", outpost.uid)
    file = store_upload(actor=actor, now=now, subject=subject, name=args.file.name, chunks=args.file)
    return ledger.start_batch(actor=actor, now=now, outpost=outpost, file=file, declared_currency=args.currency)


def _outpost(code: str, actor: Actor) -> Outpost:
    """Return the outpost named, or the only one that the actor may import for."""
    from feidi.domain.parties.models import Outpost  # noqa: PLC0415
    from feidi.kernel.access import ScopeKind  # noqa: PLC0415

    mine = Outpost.objects.filter(id__in=actor.scopes("project.import", ScopeKind.OUTPOST)).order_by("code")
    found = list(mine.filter(code=code) if code else mine)
    if len(found) == 1:
        return found[0]
    if not found:
        raise refuse("imports.not_allowed", outpost=code or "—")
    raise refuse("imports.outpost_needed", known="、".join(each.code for each in found))


def _unusable(args: argparse.Namespace, error: RefusedError) -> int:
    from feidi.portals.cli.output import finding_json, print_json, print_refusal  # noqa: PLC0415

    if args.json:
        reasons = error.refusal.reasons or (Finding(Level.FATAL, error.refusal.code, error.refusal.params),)
        print_json({"batch": None, **dict.fromkeys(COUNTS, 0), "findings": [finding_json(each) for each in reasons]})
    else:
        print_refusal(error.refusal)
    return 2


def _tell(args: argparse.Namespace, batch: ImportBatch, refused: Finding | None) -> int:
    from feidi.domain.pipeline.services import ledger  # noqa: PLC0415
    from feidi.kernel.imports.enums import BatchState  # noqa: PLC0415
    from feidi.portals.cli.output import exit_for, finding_json, print_json  # noqa: PLC0415

    counts = ledger.count_rows(batch)
    findings = [*([refused] if refused else []), *ledger.findings_of(batch)]
    if args.report and (counts["refused"] or counts["undecided"]):
        args.report.write_bytes(ledger.error_workbook(batch))
    if args.json:
        told: dict[str, Any] = {"batch": batch.uid, **{name: counts[name] for name in COUNTS}}
        told["committed"] = batch.state == BatchState.COMMITTED
        print_json({**told, "findings": [finding_json(each) for each in findings]})
    else:
        _print(args, batch, counts, findings)
    return exit_for(findings) if not (counts["refused"] or counts["undecided"]) else 1


def _print(args: argparse.Namespace, batch: ImportBatch, counts: dict[str, int], findings: list[Finding]) -> None:
    from django.utils.translation import gettext as _  # noqa: PLC0415

    from feidi.kernel.messages import fix_of, text_of  # noqa: PLC0415
    from feidi.portals.cli.output import print_lines  # noqa: PLC0415

    line = _("{rows} 行：新增 {new}，更新 {updated}，无变化 {unchanged}，疑似重复 {suspected}，未导入 {refused}")
    print_lines(
        [line.format(**counts), _("批次 {batch}：{state}").format(batch=batch.uid, state=batch.get_state_display())]
    )
    for each in [found for found in findings if found.level is not Level.NOTE][:50]:
        where = " ".join(str(part) for part in (each.row and f"#{each.row}", each.column) if part)
        fix = fix_of(each)
        print_lines([f"✗ {where} {text_of(each)}{' → ' + str(fix) if fix else ''}".replace("  ", " ")])
    notes = sum(1 for each in findings if each.level is Level.NOTE)
    if notes:
        print_lines([_("另有 {n} 条提示，用 --json 查看").format(n=notes)])
    if args.report and args.report.exists():
        print_lines([_("未导入的行已写入 {path}").format(path=args.report)])


def _undo(args: argparse.Namespace, actor: Actor, now: datetime) -> int:
    from django.utils.translation import gettext as _  # noqa: PLC0415

    from feidi.domain.pipeline.services import ledger  # noqa: PLC0415
    from feidi.kernel.imports.access import visible_to  # noqa: PLC0415
    from feidi.kernel.imports.models import ImportBatch  # noqa: PLC0415
    from feidi.kernel.messages import text_of  # noqa: PLC0415
    from feidi.portals.cli.output import finding_json, print_json, print_lines  # noqa: PLC0415

    batch = visible_to(actor, ImportBatch.objects.filter(uid=args.batch)).first()
    if batch is None:
        raise refuse("imports.not_found", batch=args.batch)
    undone = ledger.undo_batch(actor=actor, now=now, batch=batch)
    if args.json:
        told = {"batch": batch.uid, "voided": undone.voided, "restored": undone.restored, "kept": undone.kept_count}
        print_json({**told, "findings": [finding_json(each) for each in undone.kept]})
    else:
        line = _("撤销：收回新增 {voided}，恢复更新 {restored}，保留 {kept_count}")
        print_lines([line.format(voided=undone.voided, restored=undone.restored, kept_count=undone.kept_count)])
        print_lines(f"· {text_of(each)}" for each in undone.kept)
    return 1 if undone.kept_count else 0
