"""What was reported, what changed since, and what has not been reported at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from feidi.domain.parties.models import Outpost
from feidi.domain.pipeline.access import VIEW, VIEW_REPORTED
from feidi.domain.pipeline.enums import AgreementKind, ConditionCode, Counting, ProjectKind, Stage
from feidi.domain.pipeline.models import Agreement, Project, ProjectPlaque, Submission, SubmissionRow
from feidi.kernel.access import Actor, ScopeKind
from feidi.kernel.audit.canonical import plain
from feidi.kernel.content.library import Parsed, read
from feidi.kernel.messages import Words

CONTENT = "enclave/submissions.yaml"
#: What moves on by itself; that it differs from the last batch is progress, not a mistake.
PROGRESS: Mapping[str, Words] = {
    "talks_stage": _("洽谈阶段"),
    "host_stage": _("驻点阶段"),
    "home_stage": _("落地阶段"),
    "condition": _("状态"),
    "last_talk_on": _("最近洽谈时间"),
    "progress": _("最新进展"),
    "problems": _("存在问题"),
    "coordination": _("需协调事项"),
    "next_step": _("下一步计划"),
    "expected_sign_on": _("预计签约时间"),
    "verified_on": _("核验落地日期"),
}
#: What was true when it was reported and is said differently now: a correction (更正).
FACTS: Mapping[str, Words] = {
    "name": _("项目名称"),
    "sponsor_name": _("投资方/团队"),
    "kind": _("类别"),
    "industry": _("产业领域"),
    "sponsor_place": _("投资方注册地"),
    "source_channel": _("线索来源"),
    "core_product": _("核心产品"),
    "team_size": _("团队人数"),
    "planned_investment_text": _("计划总投资"),
    "fixed_investment_text": _("其中固定资产投资"),
    "expected_output_text": _("预计产值"),
    "expected_tax_text": _("预计税收"),
}
_LABELS: Mapping[str, Any] = {
    "talks_stage": Stage,
    "host_stage": Stage,
    "home_stage": Stage,
    "condition": ConditionCode,
    "kind": ProjectKind,
}


@dataclass(frozen=True, slots=True)
class Change:
    """One field that differs from what was last reported; ``correction``: not mere progress."""

    field: str
    before: str
    after: str
    batch: str
    correction: bool

    @property
    def label(self) -> Words:
        """The field in words."""
        return FACTS.get(self.field) or PROGRESS[self.field]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A project that may go into the next batch: never reported (no ``last``), or with what changed since."""

    project: Project
    last: str
    changes: tuple[Change, ...]

    @property
    def new(self) -> bool:
        """Tell whether the home side has never heard of it."""
        return not self.last


def submissions_visible_to(actor: Actor, queryset: QuerySet[Submission]) -> QuerySet[Submission]:
    """Narrow batches to those of the actor's outposts, or sent to the actor's home."""
    return queryset.filter(
        Q(outpost_id__in=actor.scopes(VIEW, ScopeKind.OUTPOST))
        | Q(outpost__home_id__in=actor.scopes(VIEW_REPORTED, ScopeKind.HOME))
    )


def list_submissions(actor: Actor) -> QuerySet[Submission]:
    """Return the batches the actor may open, newest first, with how many projects each holds."""
    rows = submissions_visible_to(actor, Submission.objects.all()).select_related("outpost__home")
    return rows.annotate(projects=Count("rows")).order_by("-sent_at", "-id")


def get_submission(actor: Actor, uid: str) -> Submission:
    """Return one batch; raises ``Submission.DoesNotExist`` for what the actor may not open."""
    return list_submissions(actor).get(uid=uid)


def candidates(outpost: Outpost, plaque: str = "") -> list[Candidate]:
    """Return what the next batch of an outpost could hold, the never reported first (three queries).

    ``plaque``: only projects that count under the plaque of this code. Left out: voided projects, and those of which
    nothing has changed since they were last reported.
    """
    rows = _under(Project.objects.filter(outpost=outpost, voided_at=None), plaque)
    projects = list(rows.select_related("outpost__home").order_by("code"))
    last = last_rows(projects)
    found = [_candidate(each, last.get(each.pk)) for each in projects]
    told = [each for each in found if each.new or each.changes]
    return sorted(told, key=lambda each: (not each.new, each.project.code))


def _under(projects: QuerySet[Project], plaque: str) -> QuerySet[Project]:
    if not plaque:
        return projects
    return projects.filter(pk__in=ProjectPlaque.objects.filter(plaque__code=plaque).values("project_id"))


def not_under(projects: Iterable[Project], plaque: str) -> list[str]:
    """Return the numbers of the projects that do not count under the plaque of this code."""
    chosen = list(projects)
    pks = [each.pk for each in chosen]
    inside = set(_under(Project.objects.filter(pk__in=pks), plaque).values_list("pk", flat=True))
    return [each.code for each in chosen if each.pk not in inside]


def count_unplaced(outpost: Outpost) -> int:
    """Return how many projects of an outpost nobody has put under any plaque."""
    live = Project.objects.filter(outpost=outpost, voided_at=None)
    return live.exclude(pk__in=ProjectPlaque.objects.values("project_id")).count()


def last_rows(projects: Iterable[Project]) -> dict[int, SubmissionRow]:
    """Return by project the row with which it was last reported."""
    rows = SubmissionRow.objects.filter(project__in=list(projects))
    newest = rows.values("project").annotate(last=Max("id")).values("last")
    return {row.project_id: row for row in SubmissionRow.objects.filter(pk__in=newest).select_related("submission")}


def _candidate(project: Project, row: SubmissionRow | None) -> Candidate:
    if row is None:
        return Candidate(project, "", ())
    return Candidate(project, row.submission.number, changes_since(project, row))


def changes_since(project: Project, row: SubmissionRow) -> tuple[Change, ...]:
    """Return what of a project differs from what a batch said of it, in words."""
    found = []
    for field in (*FACTS, *PROGRESS):
        if field not in row.snapshot:
            continue
        before, after = row.snapshot[field], plain(getattr(project, field))
        if (before or "") != (after or ""):
            said = (_words(field, before), _words(field, after))
            found.append(Change(field, *said, batch=row.submission.number, correction=field in FACTS))
    return tuple(found)


def _words(field: str, value: Any) -> str:
    if value in (None, ""):
        return "—"
    known = _LABELS.get(field)
    return str(known(value).label) if known and value in known.values else str(value)


def figures_of(outpost: Outpost, projects: Iterable[Project] = (), plaque: str = "") -> dict[str, int]:
    """Return what the home side would count: every project reported so far and those of ``projects``.

    ``plaque``: only of the projects that count under it, as its superior counts.

    ``signed`` are projects whose contract counts for the first time; ``signed_fen`` sums what counts in CNY (fen),
    other currencies stand beside it and are never added.
    """
    told = _under(
        Project.objects.filter(
            Q(reported_at__isnull=False) | Q(pk__in=[each.pk for each in projects]), outpost=outpost, voided_at=None
        ),
        plaque,
    )
    signed = Agreement.objects.filter(
        project__in=told,
        voided_at=None,
        kind=AgreementKind.CONTRACT,
        counting__in=[Counting.FIRST, Counting.NEW_INVESTOR],
    )
    counted = Agreement.objects.filter(project__in=told, voided_at=None, kind=AgreementKind.CONTRACT, currency="CNY")
    return {
        "reported": told.count(),
        "signed": signed.values("project").distinct().count(),
        "signed_fen": sum(counted.exclude(counted_fen=None).values_list(F("counted_fen"), flat=True)),
        "verified": told.exclude(verified_on=None).count(),
    }


def submission_content(outpost: Outpost) -> Parsed:
    """Return how an outpost's home wants its batches confirmed."""
    return read(outpost.home.code, CONTENT, on=None)
