"""Jobs as the pages show them."""

from __future__ import annotations

from typing import Literal

from django.urls import reverse
from django.utils.translation import gettext_lazy

from feidi.engines.findings import Refusal
from feidi.kernel.jobs.enums import JobState
from feidi.kernel.jobs.models import Job
from feidi.kernel.messages import text_of
from feidi.portals.ui.pieces import Column, Row
from feidi.portals.ui.pieces import Job as Shown

_STATES: dict[str, Literal["waiting", "running", "done", "failed", "stopped"]] = {
    JobState.QUEUED: "waiting",
    JobState.RUNNING: "running",
    JobState.DONE: "done",
    JobState.FAILED: "failed",
    JobState.CANCELLED: "stopped",
}
COLUMNS = [
    Column("title", gettext_lazy("任务"), lead=True),
    Column("state", gettext_lazy("状态")),
    Column("by", gettext_lazy("发起人")),
    Column("created", gettext_lazy("发起时间")),
    Column("finished", gettext_lazy("结束时间")),
    Column("progress", gettext_lazy("进度")),
]


def shown(job: Job) -> Shown:
    """Return the job for the progress component."""
    return Shown(_STATES[job.state], job.title, job.progress_done, job.progress_total or 0, message_of(job))


def message_of(job: Job) -> str:
    """Return why it failed, else where it is."""
    return text_of(failure_of(job)) if job.error_code else job.progress_text


def failure_of(job: Job) -> Refusal:
    """Return the job's error as a refusal, to be shown with its way out."""
    return Refusal(job.error_code, job.error_params)


def row_of(job: Job, *, own: bool) -> Row:
    """Return the job as a list row; only one's own leads to its page."""
    done = f"{job.progress_done:,} / {job.progress_total:,}" if job.progress_total else ""
    return Row(
        cells={
            "title": job.title,
            "state": JobState(job.state).label,
            "by": job.requested_by_label,
            "created": job.created_at,
            "finished": job.finished_at,
            "progress": done,
        },
        url=reverse("console:jobs:job_view", args=[job.uid]) if own else "",
        uid=job.uid,
        tone="bad" if job.state == JobState.FAILED else "",
        note=message_of(job) if job.error_code else "",
    )
