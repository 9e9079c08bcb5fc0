"""Workers die; their work does not."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from feidi.kernel.access import schedule_actor
from feidi.kernel.jobs.clock import wall_clock
from feidi.kernel.jobs.enums import JobState
from feidi.kernel.jobs.models import Job, Process
from feidi.kernel.jobs.runtime import LEASE
from feidi.kernel.jobs.services import Reaped, enqueue, reap, run_pending
from tests.kernel.jobs import sample_jobs  # noqa: F401 - registers the kinds
from tests.support.installation import ROOT, environment

ACTOR = schedule_actor("test")
WORKER = """
import django; django.setup()
import tests.kernel.jobs.sample_jobs
from feidi.kernel.jobs.worker import run_worker
run_worker(name={name!r}, batch={batch})
"""


StartWorker = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def start_worker(tmp_path: Path) -> Iterator[StartWorker]:
    """``start_worker(name)`` starts a worker on the test's database; none outlives the test."""
    started: list[subprocess.Popen[bytes]] = []

    def start(name: str, *, batch: bool = False) -> subprocess.Popen[bytes]:
        script = WORKER.format(name=name, batch=batch)
        started.append(subprocess.Popen([sys.executable, "-c", script], env=environment(tmp_path), cwd=ROOT))
        return started[-1]

    yield start
    for worker in started:
        worker.kill()
        worker.wait()


def wait_until(true: Callable[[], bool], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def running(now: datetime, **values: object) -> Job:
    job = enqueue("test.count", actor=ACTOR, now=now, title="count", upto=1)
    DBTaskResult.objects.filter(pk=job.task_id).update(status=TaskResultStatus.RUNNING, started_at=now)
    state = {"state": JobState.RUNNING, "worker": "dead", "lease_until": now + LEASE, "attempts": 1}
    Job.objects.filter(pk=job.pk).update(**{**state, **values})
    job.refresh_from_db()
    return job


@pytest.mark.django_db
def test_a_living_lease_is_left_alone(now: datetime) -> None:
    job = running(now)
    assert reap(now=now + LEASE / 2) == Reaped()
    job.refresh_from_db()
    assert job.state == JobState.RUNNING


@pytest.mark.django_db
def test_a_dead_worker_s_job_is_requeued_once_and_its_task_row_closed(now: datetime) -> None:
    job = running(now)
    task = job.task_id
    later = now + 2 * LEASE
    assert reap(now=later) == Reaped(requeued=1, tasks_closed=1)
    assert reap(now=later) == Reaped()
    job.refresh_from_db()
    assert (job.state, job.error_code, job.attempts) == (JobState.QUEUED, "jobs.worker_died", 1)
    assert job.run_after == later + timedelta(seconds=10)
    assert DBTaskResult.objects.get(pk=task).status == TaskResultStatus.FAILED
    (ran,) = run_pending(clock=lambda: later + timedelta(seconds=10))
    assert (ran.state, ran.attempts) == (JobState.DONE, 2)


@pytest.mark.django_db
def test_a_worker_that_comes_back_takes_its_own_name_s_jobs_at_once(now: datetime) -> None:
    running(now)
    assert reap(now=now, worker="somebody else").requeued == 0
    assert reap(now=now, worker="dead").requeued == 1


@pytest.mark.django_db
def test_the_last_attempt_fails(now: datetime) -> None:
    job = running(now, attempts=3)
    assert reap(now=now + 2 * LEASE).failed == 1
    job.refresh_from_db()
    assert (job.state, job.error_code, job.error_params) == (
        JobState.FAILED, "jobs.worker_died", {"attempts": 3},
    )  # fmt: skip


@pytest.mark.django_db
def test_a_cancelled_job_of_a_dead_worker_is_cancelled(now: datetime) -> None:
    job = running(now, cancel_requested=True)
    assert reap(now=now + 2 * LEASE).cancelled == 1
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED


@pytest.mark.django_db
@pytest.mark.parametrize("status", [TaskResultStatus.RUNNING, None])
def test_a_queued_job_without_a_living_task_row_is_handed_anew(now: datetime, status: str | None) -> None:
    job = enqueue("test.count", actor=ACTOR, now=now, title="count", upto=1)
    rows = DBTaskResult.objects.filter(pk=job.task_id)
    if status is None:
        rows.delete()
    else:
        rows.update(status=status, started_at=now)
    assert reap(now=now + LEASE / 2).handed_anew == 0
    assert reap(now=now + 2 * LEASE).handed_anew == 1
    assert reap(now=now + 2 * LEASE).handed_anew == 0
    job.refresh_from_db()
    assert DBTaskResult.objects.get(pk=job.task_id).status == TaskResultStatus.READY


@pytest.mark.django_db(transaction=True)
def test_kill_dash_nine_in_the_middle_loses_nothing(tmp_path: Path, start_worker: StartWorker) -> None:
    started = wall_clock()
    mark = tmp_path / "mark"
    job = enqueue("test.count", actor=ACTOR, now=started, title="long", upto=400, wait=0.1, mark=str(mark))
    worker = start_worker("killed")
    wait_until(mark.exists)
    wait_until(lambda: Job.objects.get(pk=job.pk).progress_done > 0)
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    job.refresh_from_db()
    assert (job.state, job.worker) == (JobState.RUNNING, "killed")
    task = DBTaskResult.objects.get(pk=job.task_id)
    assert task.status == TaskResultStatus.RUNNING

    long_after = wall_clock() + 2 * LEASE
    assert reap(now=long_after) == Reaped(requeued=1, tasks_closed=1)
    # due now instead of after the back-off, and short
    Job.objects.filter(pk=job.pk).update(run_after=None, arguments={"upto": 2, "mark": str(mark)})
    job.refresh_from_db()
    DBTaskResult.objects.filter(pk=job.task_id).update(run_after=started)
    second = start_worker("second", batch=True)
    assert second.wait(timeout=30) == 0
    job.refresh_from_db()
    assert (job.state, job.attempts, job.result) == (JobState.DONE, 2, {"counted": 2})
    assert mark.read_text() == "1\n2\n"
    assert not Process.objects.filter(name="second").exists()


@pytest.mark.django_db(transaction=True)
def test_sigterm_gives_the_job_back_and_cancel_reaches_a_running_one(start_worker: StartWorker) -> None:
    started = wall_clock()
    job = enqueue("test.count", actor=ACTOR, now=started, title="long", upto=400, wait=0.1)
    worker = start_worker("stopped")
    wait_until(lambda: Job.objects.get(pk=job.pk).progress_done > 0)
    assert Process.objects.get(name="stopped").pid == worker.pid
    worker.terminate()
    assert worker.wait(timeout=10) == 0
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.QUEUED, 0)

    again = start_worker("again", batch=True)
    wait_until(lambda: Job.objects.get(pk=job.pk).progress_done > 0)
    Job.objects.filter(pk=job.pk).update(cancel_requested=True)
    assert again.wait(timeout=10) == 0
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
