"""Questions about periodic reports and their plans; and whether what was archived is still what it was."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from django.db.models import Prefetch, QuerySet

from feidi.domain.parties.models import Outpost
from feidi.domain.reporting.access import visible_to
from feidi.domain.reporting.models import Report, ReportFile, ReportPlan
from feidi.domain.reporting.selectors.report_body import ReportBody, body_from_json
from feidi.engines.findings import Finding, Level
from feidi.kernel.access import Actor
from feidi.kernel.files.services import path_of
from feidi.kernel.notify.models import Robot
from feidi.kernel.subjects import Subject

OUTPOST = "parties.outpost"


def list_reports(actor: Actor) -> QuerySet[Report]:
    """Return the reports the actor sees, newest first, with what a list shows."""
    rows = visible_to(actor, Report.objects.select_related("outpost__home", "plan"))
    return rows.defer("body", "mismatches").order_by("-id")


def get_report(actor: Actor, uid: str) -> Report:
    """Return one report with its files; raises DoesNotExist for one that is not to be seen."""
    files = ReportFile.objects.select_related("file")
    rows = visible_to(actor, Report.objects.select_related("outpost__home", "outpost__host", "plan", "edited"))
    kept = Prefetch("files", queryset=files)
    return rows.prefetch_related(kept, "outpost__plaques", "superseded_by").get(uid=uid)


def list_plans(actor: Actor) -> QuerySet[ReportPlan]:
    """Return the plans in force of the actor's outposts."""
    rows = visible_to(actor, ReportPlan.objects.select_related("outpost__home", "owner"))
    return rows.filter(voided_at__isnull=True).order_by("outpost_id", "id")


def get_plan(actor: Actor, uid: str) -> ReportPlan:
    """Return one plan; raises DoesNotExist for one that is not to be seen."""
    return visible_to(actor, ReportPlan.objects.select_related("outpost__home", "owner")).get(uid=uid)


def group_of(outpost: Outpost) -> Subject:
    """Return the row that an outpost's robots speak for."""
    return Subject(OUTPOST, outpost.uid)


def list_robots(outposts: QuerySet[Outpost]) -> QuerySet[Robot]:
    """Return all robots of these outposts, those in use first."""
    uids = list(outposts.values_list("uid", flat=True))
    return Robot.objects.filter(subject_kind=OUTPOST, subject_uid__in=uids).order_by("voided_at", "name", "id")


def body_of(report: Report) -> ReportBody:
    """Return what a report says: its body with a person's texts in it."""
    return body_from_json(report.body).edited(report.texts)


def digest_of(report: Report, files: Mapping[str, str]) -> str:
    """Return the digest of a report: number, period, body, texts, and the digests of its files."""
    said = [
        report.uid, report.kind, report.plaque, report.number, report.revision, report.period,
        report.period_from.isoformat(), report.as_of.isoformat(), report.body, report.texts, dict(files),
    ]  # fmt: skip
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def verify(report: Report) -> tuple[Finding, ...]:
    """Return what the archive is worth today: one finding for the content, one for each file."""
    files = {each.form: each for each in report.files.all()}
    kept = {form: each.sha256 for form, each in files.items()}
    found = [_finding(digest_of(report, kept) == report.sha256, str(report))]
    for each in files.values():
        path = path_of(each.file)
        if not path.is_file():
            found.append(Finding(Level.PROBLEM, "reports.missing", {"what": each.file.name}))
        else:
            found.append(_finding(_sha256(path) == each.sha256 == each.file.sha256, each.file.name))
    return tuple(found)


def _finding(same: bool, what: str) -> Finding:  # noqa: FBT001 - private
    if same:
        return Finding(Level.NOTE, "reports.verified", {"what": what})
    return Finding(Level.PROBLEM, "reports.altered", {"what": what})


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
