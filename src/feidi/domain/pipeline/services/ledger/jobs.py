"""The long steps as background jobs. Registered by ``domain.pipeline.tasks``, which imports this module."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from feidi.domain.pipeline.services.ledger.committing import INDEX, commit_batch
from feidi.domain.pipeline.services.ledger.finding_out import index_batch
from feidi.domain.pipeline.services.ledger.staging import stage_batch
from feidi.domain.pipeline.services.ledger.undoing import undo_batch
from feidi.kernel.access import Actor
from feidi.kernel.imports.models import ImportBatch
from feidi.kernel.jobs import job
from feidi.kernel.jobs.context import JobContext
from feidi.kernel.jobs.models import Job
from feidi.kernel.jobs.services import enqueue
from feidi.kernel.subjects import Subject

STAGE, COMMIT, UNDO = "pipeline.ledger_stage", "pipeline.ledger_commit", "pipeline.ledger_undo"
_LONG = timedelta(hours=1)


@job(STAGE, timeout=_LONG)
def stage_job(context: JobContext, batch: str) -> dict[str, Any]:
    """Read and plan; run again, it starts anew."""
    found = ImportBatch.objects.get(uid=batch)
    stage_batch(actor=context.actor, now=context.now(), batch=found, progress=context.progress)
    return dict(found.counts)


@job(COMMIT, timeout=_LONG)
def commit_job(context: JobContext, batch: str, *, skip_bad: bool = False) -> dict[str, Any]:
    """Write all or nothing; the next attempt after a death takes over."""
    found = ImportBatch.objects.get(uid=batch)
    if found.committed_at is None:
        commit_batch(
            actor=context.actor,
            now=context.now(),
            batch=found,
            skip_bad=skip_bad,
            progress=context.progress,
            again=context.attempt > 1,
            index_later=True,
        )
    return dict(found.counts)


@job(INDEX, timeout=_LONG)
def index_job(context: JobContext, batch: str) -> dict[str, Any]:
    """Make the projects of a batch findable; again is harmless."""
    return {"indexed": index_batch(ImportBatch.objects.get(uid=batch), context.progress)}


@job(UNDO, timeout=_LONG)
def undo_job(context: JobContext, batch: str) -> dict[str, Any]:
    """Take an import back; when an earlier attempt had done it, there is nothing more to do."""
    found = ImportBatch.objects.get(uid=batch)
    if found.undone_at is None:
        undo_batch(actor=context.actor, now=context.now(), batch=found, progress=context.progress)
    return dict(found.undo_report)


def enqueue_step(kind: str, *, actor: Actor, now: datetime, batch: ImportBatch, **more: Any) -> Job:
    """Queue one of the steps for a batch and note the job on it."""
    subject = Subject("imports.batch", batch.uid)
    made = enqueue(kind, actor=actor, now=now, title=batch.file.name, subject=subject, batch=batch.uid, **more)
    batch.job_uid = made.uid
    batch.save(update_fields=["job_uid"])
    return made
