"""Fetching a batch with access, its sheets, and the job that works on it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from feidi.domain.parties.models import Outpost
from feidi.domain.pipeline.services.ledger import start_batch
from feidi.domain.pipeline.services.ledger.batches import PERMISSION, count_rows, require_import
from feidi.engines.findings import Refusal, RefusedError, refuse
from feidi.engines.sheets import open_workbook
from feidi.engines.sheets.model import Visibility
from feidi.kernel.access import Actor, ScopeKind
from feidi.kernel.files.services import path_of, store_upload, void_file
from feidi.kernel.imports.access import visible_to
from feidi.kernel.imports.models import ImportBatch
from feidi.kernel.jobs.models import Job
from feidi.kernel.subjects import Subject
from feidi.portals.console.jobs import presenting as jobs
from feidi.portals.ui.requests import FeidiRequest

#: Opening a larger workbook only to name its sheets takes seconds; there the chosen sheet stays.
_SHEETS_UP_TO = 4 * 1024 * 1024


def import_outposts(actor: Actor) -> QuerySet[Outpost]:
    """Return the outposts into which the actor may import."""
    return Outpost.objects.filter(pk__in=actor.scopes(PERMISSION, ScopeKind.OUTPOST)).order_by("id")


def get_batch(actor: Actor, uid: str) -> ImportBatch:
    """Return a batch the actor may see; raises ``ImportBatch.DoesNotExist`` for every other."""
    return visible_to(actor, ImportBatch.objects.select_related("file")).get(uid=uid)


def start_import(request: FeidiRequest, data: dict[str, Any]) -> ImportBatch:
    """Keep the file and begin; a file that cannot be imported is taken back, so that none lies about unused."""
    actor, now, outpost, upload = request.actor, request.now, data["outpost"], data["file"]
    require_import(actor, outpost)
    file = store_upload(
        actor=actor,
        now=now,
        subject=Subject("parties.outpost", outpost.uid),
        name=upload.name,
        chunks=upload.chunks(),
        reason=data.get("mark_reason", ""),
    )
    try:
        return start_batch(
            actor=actor, now=now, outpost=outpost, file=file, declared_currency=data["declared_currency"]
        )
    except RefusedError as error:
        void_file(actor=actor, now=now, file=file, reason=error.refusal.code)
        raise


def sheet_names(batch: ImportBatch) -> list[str]:
    """Return the sheets to choose from; only the present one for a very large file."""
    if batch.file.size > _SHEETS_UP_TO:
        return [batch.sheet]
    book = open_workbook(path_of(batch.file).read_bytes(), name=batch.file.name)
    return [each.name for each in book.sheets if each.hidden is not Visibility.VERY_HIDDEN or each.name == batch.sheet]


def job_of(batch: ImportBatch) -> Job | None:
    """Return the last job of the batch, whoever asked for it."""
    return Job.objects.filter(uid=batch.job_uid).first() if batch.job_uid else None


def working(actor: Actor, job: Job | None) -> dict[str, Any]:
    """Return what the progress part of a page needs; a job that somebody else asked for is shown, not steered."""
    moving = job is not None and not job.is_finished
    own = job is not None and job.requested_by_id == actor.user_id
    return {
        "job": job,
        "moving": moving,
        "shown": jobs.shown(job) if job else None,
        "poll_url": reverse("console:jobs:job_poll", args=[job.uid]) if job and own else "",
        "stop_url": reverse("console:jobs:job_cancel", args=[job.uid]) if job and own else "",
        "failure": jobs.failure_of(job) if job and job.error_code else None,
    }


def failure_of(batch: ImportBatch, kind: str) -> Refusal | None:
    """Return why the batch's last job ended without result, when it was of ``kind``."""
    job = job_of(batch)
    return jobs.failure_of(job) if job is not None and job.kind == kind and job.error_code else None


def refuse_unless_free(batch: ImportBatch) -> None:
    """Refuse a second step while one is still being worked on."""
    job = job_of(batch)
    if job is not None and not job.is_finished:
        raise refuse("imports.wrong_state", batch=batch.uid, state=job.get_state_display(), verb="再次执行")


def refuse_bad_rows(batch: ImportBatch) -> None:
    """Say at once what the commit would say: rows refused, or suspected ones that nobody decided."""
    counts = count_rows(batch)
    if counts["refused"]:
        raise refuse("imports.rows_refused", refused=counts["refused"])
    if counts["undecided"]:
        raise refuse("imports.rows_undecided", suspected=counts["undecided"])
