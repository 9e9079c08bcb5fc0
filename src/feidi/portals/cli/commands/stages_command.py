"""``feidi stages explain PROJECT``: the same answer as the page: which stages come next and what is lacking."""

from __future__ import annotations

import argparse
import os
from datetime import datetime
from typing import TYPE_CHECKING, Any

from feidi.engines.findings import refuse

if TYPE_CHECKING:
    from feidi.domain.pipeline.models import Project
    from feidi.engines.stages import Answer, Checked
    from feidi.kernel.access import Actor

HELP = "explain what a project lacks for its next stage 还差什么"
NEEDS_DJANGO = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``explain PROJECT [--to STAGE] [--track TRACK] [--as LOGIN]``."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    explain = verbs.add_parser("explain", help="may it move, and if not, why not 能否推进")
    explain.add_argument("project", metavar="PROJECT", help="project code, as YB-2026-0001")
    explain.add_argument("--to", metavar="STAGE", help="stage code; without it every stage that may come next")
    explain.add_argument("--track", metavar="TRACK", help="talks, host or home; default: the track of STAGE")
    explain.add_argument(
        "--as", dest="acting_as", metavar="LOGIN", default=os.environ.get("FEIDI_AS", ""),
        help="ask for this person: what they may see, what their role may do",
    )  # fmt: skip
    explain.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> int:
    """Explain; 0, or 1 when ``--to`` names a stage that would be refused."""
    from feidi.portals.ui import clock  # noqa: PLC0415 - Django is ready only now

    actor = _actor(args, clock.now())
    project = _project(args.project, actor)
    answers = _answers(args, project, actor)
    _print(project, answers, as_json=args.json)
    return 1 if args.to and not answers[0].allowed else 0


def _actor(args: argparse.Namespace, now: datetime) -> Actor | None:
    """Return who asks, or None: then nobody's role is asked (whoever runs this reads the database anyway)."""
    from feidi.portals.cli.acting import acting  # noqa: PLC0415 - Django is ready only now

    return acting(args, now) if args.acting_as else None


def _project(code: str, actor: Actor | None) -> Project:
    from feidi.domain.pipeline.access import visible_to  # noqa: PLC0415 - Django is ready only now
    from feidi.domain.pipeline.models import Project  # noqa: PLC0415

    rows = Project.objects.filter(code__iexact=code, voided_at__isnull=True).select_related("outpost__home")
    found = (rows if actor is None else visible_to(actor, rows)).order_by("id").first()
    if found is None:
        raise refuse("pipeline.project_unknown")
    return found


def _answers(args: argparse.Namespace, project: Project, actor: Actor | None) -> list[Answer]:
    from feidi.domain.pipeline.enums import TRACK_STAGES  # noqa: PLC0415 - Django is ready only now
    from feidi.domain.pipeline.selectors.standing import explain, explain_next  # noqa: PLC0415

    if not args.to:
        return [each for each in explain_next(project, actor) if args.track in {None, each.track}]
    track = args.track or next((each.value for each, stages in TRACK_STAGES.items() if args.to in stages), "talks")
    return [explain(project, track=track, to=args.to, actor=actor)]


def _print(project: Project, answers: list[Answer], *, as_json: bool) -> None:
    from feidi.portals.cli.output import print_json, print_lines  # noqa: PLC0415 - Django is ready only now

    here = {"talks": project.talks_stage, "host": project.host_stage, "home": project.home_stage}
    if as_json:
        print_json({"project": project.code, "name": project.name, "stages": here, "answers": [*map(_json, answers)]})
        return
    print_lines(
        [f"{project.code} {project.name}　" + "　".join(f"{track}={stage or '—'}" for track, stage in here.items())]
    )
    for answer in answers:
        print_lines(_lines(answer))


def _json(answer: Answer) -> dict[str, Any]:
    from feidi.portals.cli.output import finding_json  # noqa: PLC0415 - Django is ready only now

    return {
        "track": answer.track,
        "to": answer.to,
        "allowed": answer.allowed,
        "passed_over": list(answer.passed_over),
        "checklist": [
            {
                "guard": line.guard.code,
                "kind": line.guard.kind.value,
                "label": {"zh": line.guard.label.zh, "en": line.guard.label.en},
                "status": line.status.value,
                "have": line.have,
                "need": line.need,
                "waivable": line.waivable,
                "waived": line.waived,
            }
            for line in answer.checklist
        ],
        "reasons": [finding_json(each) for each in answer.reasons],
    }


def _lines(answer: Answer) -> list[str]:
    from feidi.kernel.messages import fix_of, text_of  # noqa: PLC0415 - Django is ready only now

    lines = [f"{'✓' if answer.allowed else '✗'} {answer.track} → {answer.to}"]
    lines += [f"    {_sign(line)} {line.guard.label.zh}" for line in answer.checklist]
    for reason in answer.reasons:
        fix = fix_of(reason)
        lines.append(f"    · {text_of(reason)}{'  → ' + fix if fix else ''}")
    return lines


def _sign(line: Checked) -> str:
    """✓ there, ◌ promised for later (待补), ? nobody has said, ✗ not there."""
    if line.waived and line.passes and line.status.value != "yes":
        return "◌"
    return {"yes": "✓", "no": "✗", "unknown": "?"}[line.status.value]
