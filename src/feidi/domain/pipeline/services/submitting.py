"""报送: telling the home side, under a number, with what was said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.domain.parties.permissions import permission_name
from feidi.domain.pipeline.enums import Stage, SubmissionKind
from feidi.domain.pipeline.events import ProjectReported
from feidi.domain.pipeline.models import Project, Submission, SubmissionRow
from feidi.domain.pipeline.selectors.submissions import (
    FACTS,
    changes_since,
    figures_of,
    last_rows,
    not_under,
    submission_content,
)
from feidi.domain.pipeline.services.indexing import index_project
from feidi.domain.pipeline.services.numbering import submission_number
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.audit.canonical import state_of
from feidi.kernel.audit.register import audited_kind
from feidi.kernel.documents.models import PrintedForm
from feidi.kernel.documents.services.printing import print_form
from feidi.kernel.events import publish
from feidi.kernel.money.display import format_money
from feidi.kernel.subjects import Subject

PROJECT, SUBMISSION = "pipeline.project", "pipeline.submission"


@dataclass(frozen=True, slots=True)
class Period:
    """What a batch is for: which kind, under which plaque, over which days (both included)."""

    kind: SubmissionKind = SubmissionKind.REGULAR
    plaque: str = ""
    since: date | None = None
    until: date | None = None


ORDINARY = Period()


def send_batch(
    *,
    actor: Actor,
    now: datetime,
    outpost: Outpost,
    projects: Sequence[Project],
    reason: str,
    period: Period = ORDINARY,
) -> Submission:
    """Report several projects at once (报送), with what changed since they were last reported and the figures that
    result. Refused: without ``submission.send``, no project, a project of another outpost or voided, one that does not count
    under the plaque named, days out of order.
    """
    require(actor, "submission.send", outpost_scope(outpost.pk))
    if not projects:
        raise refuse("pipeline.submission_empty")
    strangers = [each.code for each in projects if each.outpost_id != outpost.pk or each.voided_at is not None]
    if strangers:
        raise refuse("pipeline.submission_strangers", codes="、".join(strangers))
    outside = not_under(projects, period.plaque) if period.plaque else []
    if outside:
        raise refuse(
            "pipeline.submission_plaque", codes="、".join(outside), plaque=_plaque_name(outpost, period.plaque)
        )
    if period.since and period.until and period.until < period.since:
        raise refuse("pipeline.submission_days", since=period.since.isoformat(), until=period.until.isoformat())
    return send_submission(actor=actor, now=now, outpost=outpost, projects=projects, reason=reason, period=period)


def send_submission(
    *,
    actor: Actor,
    now: datetime,
    outpost: Outpost,
    projects: Sequence[Project],
    reason: str,
    period: Period = Period(SubmissionKind.LANDING),
) -> Submission:
    """Report projects to the outpost's home as one numbered batch; each becomes visible there.

    Needs ``submission.send`` or, for the project of a landing case, ``landing.submit``.
    """
    scope = outpost_scope(outpost.pk)
    if not (actor.may("submission.send", scope) or actor.may("landing.submit", scope)):
        raise refuse("parties.not_permitted", permission="submission.send", what=permission_name("submission.send"))
    with recorded(actor=actor, now=now) as unit:
        batch = Submission(
            outpost=outpost,
            number=submission_number(outpost, now),
            sent_at=now,
            sent_by_id_number=actor.user_id,
            sent_by=actor.label,
            reason=reason.strip(),
            kind=period.kind,
            plaque=period.plaque,
            period_from=period.since,
            period_to=period.until,
            figures=_figures(outpost, projects, period.plaque),
            created_at=now,
        )
        batch.save()
        unit.created(batch, kind=SUBMISSION)
        # the home side was told the values themselves, not the digests that the trail keeps of personal ones
        told = replace(audited_kind(PROJECT), personal=frozenset())
        last = last_rows(projects)
        for project in projects:
            row = Project.objects.select_for_update(of=("self",)).select_related("outpost__home").get(pk=project.pk)
            SubmissionRow.objects.create(
                submission=batch, project=row, snapshot=state_of(row, told), corrections=_differs(row, last.get(row.pk))
            )
            if row.reported_at is None:
                before = unit.before(row, PROJECT)
                row.reported_at = now
                row.version += 1
                row.save(update_fields=["reported_at", "version"])
                unit.changed(row, kind=PROJECT, before=before, reason=batch.number)
                index_project(row)
                publish(ProjectReported(row.uid, batch.number))
            project.reported_at = row.reported_at
    return batch


def _figures(outpost: Outpost, projects: Sequence[Project], plaque: str) -> dict[str, Any]:
    """The figures of a batch; ``plaque`` among them says that they are only that plaque's."""
    return {**figures_of(outpost, projects, plaque), **({"plaque": plaque} if plaque else {})}


def _plaque_name(outpost: Outpost, code: str) -> str:
    return outpost.plaques.filter(code=code).values_list("name", flat=True).first() or code


def _differs(project: Project, row: SubmissionRow | None) -> list[dict[str, Any]]:
    return [asdict(each) for each in changes_since(project, row)] if row is not None else []


def print_confirmation(*, actor: Actor, now: datetime, submission: Submission) -> PrintedForm:
    """Print the 《数据确认单》 of a batch with a QR, to be signed by both sides. Needs ``submission.send``."""
    require(actor, "submission.send", outpost_scope(submission.outpost_id))
    title = submission_content(submission.outpost).data["paper_form"]["title"]["zh"]
    form, _pdf = print_form(
        actor=actor,
        now=now,
        subject=Subject(SUBMISSION, submission.uid),
        form="statement",
        title=title,
        data=confirmation_data(submission),
    )
    return form


def confirmation_data(submission: Submission) -> dict[str, Any]:
    """Return what the confirmation says of a batch: figures, projects, corrections, hands."""
    content = submission_content(submission.outpost).data["paper_form"]
    rows = list(submission.rows.select_related("project").order_by("project__code"))
    figures = submission.figures
    changed = [(row, each) for row in rows for each in row.corrections if each["correction"]]
    return {
        "facts": [
            {"label": "批次号", "value": submission.number},
            {"label": "驻点", "value": submission.outpost.name},
            *_under(submission),
            {"label": "报送事由", "value": submission.reason},
            {"label": "累计报送项目", "value": f"{figures.get('reported', '—')} 个"},
            {"label": "累计签约", "value": f"{figures.get('signed', '—')} 个"},
            {"label": "计入签约额（人民币）", "value": _money(figures)},
            {"label": "经核验落地", "value": f"{figures.get('verified', '—')} 个"},
        ],
        "words": [content["words"]],
        "tables": [
            {
                "title": f"一、本批项目（{len(rows)} 个）",
                "columns": ["编号", "项目", "投资方/团队", "洽谈阶段"],
                "rows": [
                    [row.project.code, row.snapshot["name"], row.snapshot["sponsor_name"], _stage(row)] for row in rows
                ],
            },
            {
                "title": f"二、对以前批次的更正（{len(changed)} 处）",
                "columns": ["编号", "内容", "原报", "更正为", "原批次"],
                "rows": [
                    [row.project.code, str(FACTS[each["field"]]), each["before"], each["after"], each["batch"]]
                    for row, each in changed
                ],
            },
        ],
        "chain": [{"hand": step["label"]["zh"], "seal": step["seal"]} for step in content["chain"]],
    }


def _under(submission: Submission) -> list[dict[str, str]]:
    """The plaque of a batch that was sent under one: its figures are that plaque's."""
    plaque = submission.figures.get("plaque", "")
    return [{"label": "牌子", "value": _plaque_name(submission.outpost, plaque)}] if plaque else []


def _money(figures: dict[str, Any]) -> str:
    fen = figures.get("signed_fen")
    return "—" if fen is None else format_money(fen, "CNY", reading=False)


def _stage(row: SubmissionRow) -> str:
    return str(Stage(row.snapshot["talks_stage"]).label)
