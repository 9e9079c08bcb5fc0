"""Asking for a job, running it, retrying, cancelling."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import transaction
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from feidi.engines.findings import RefusedError
from feidi.kernel.access import Actor, Grant, Scope, ScopeKind, actor_for_user
from feidi.kernel.identity.models import User
from feidi.kernel.jobs.access import can_view, visible_to
from feidi.kernel.jobs.enums import JobState
from feidi.kernel.jobs.models import Job
from feidi.kernel.jobs.runtime import Runtime
from feidi.kernel.jobs.selectors import get_job, list_jobs
from feidi.kernel.jobs.services import enqueue, execute, request_cancel, run_pending
from feidi.kernel.jobs.services.running import back_off
from feidi.kernel.subjects import Subject
from tests.kernel.jobs import sample_jobs

pytestmark = pytest.mark.django_db


def make_actor(login: str, now: datetime) -> Actor:
    return actor_for_user(User.objects.create(login=login, display_name=login, created_at=now), now)


@pytest.fixture
def actor(now: datetime) -> Actor:
    return make_actor("wang", now)


def test_a_job_runs_for_the_one_who_asked(actor: Actor, now: datetime) -> None:
    subject = Subject("test.thing", "abcdefghjkmn")
    job = enqueue("test.who", actor=actor, now=now, title="who", subject=subject)
    assert job.state == JobState.QUEUED
    (ran,) = run_pending(clock=lambda: now)
    assert (ran.state, ran.result, ran.attempts) == (
        JobState.DONE, {"label": actor.label, "subject": "abcdefghjkmn"}, 1,
    )  # fmt: skip
    assert (ran.started_at, ran.finished_at, ran.lease_until) == (now, now, None)
    assert list(list_jobs(actor=actor, subject=subject)) == [job]


def test_progress_is_written_and_ends_full(actor: Actor, now: datetime) -> None:
    enqueue("test.count", actor=actor, now=now, title="count", upto=3)
    (ran,) = run_pending(clock=lambda: now)
    assert (ran.progress_done, ran.progress_total, ran.progress_text, ran.percent) == (3, 3, "end", 100)


@pytest.mark.django_db(transaction=True)
def test_a_job_of_a_rolled_back_transaction_never_was(actor: Actor, now: datetime) -> None:
    class ServiceFailedError(Exception):
        pass

    def service() -> None:
        with transaction.atomic():
            enqueue("test.count", actor=actor, now=now, title="count", upto=1)
            raise ServiceFailedError

    with pytest.raises(ServiceFailedError):
        service()
    assert not Job.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_an_unknown_kind_is_refused(actor: Actor, now: datetime) -> None:
    with pytest.raises(RefusedError) as caught:
        enqueue("test.nonsense", actor=actor, now=now, title="?")
    assert caught.value.refusal.params == {"kind": "test.nonsense"}


def test_a_crash_is_tried_again_later_until_it_works(actor: Actor, now: datetime) -> None:
    job = enqueue("test.crash", actor=actor, now=now, title="crash")
    with pytest.raises(RuntimeError, match="attempt 1"):
        run_pending(clock=lambda: now)
    job.refresh_from_db()
    assert (job.state, job.error_code, job.run_after) == (JobState.QUEUED, "jobs.crashed", now + back_off(1))
    assert run_pending(clock=lambda: now) == []
    later = now + back_off(1)
    with pytest.raises(RuntimeError, match="attempt 2"):
        run_pending(clock=lambda: later)
    (ran,) = run_pending(clock=lambda: later + back_off(2))
    assert (ran.state, ran.attempts, ran.error_code) == (JobState.DONE, 3, "")


def test_back_off_grows_to_an_hour() -> None:
    assert [back_off(n).total_seconds() for n in (1, 2, 3, 9, 40)] == [10, 40, 160, 3600, 3600]


def test_a_refusal_is_final(actor: Actor, now: datetime) -> None:
    enqueue("test.refuse", actor=actor, now=now, title="no")
    (ran,) = run_pending(clock=lambda: now)
    assert (ran.state, ran.error_code, ran.attempts) == (JobState.FAILED, "jobs.not_found", 1)


def test_a_job_of_a_closed_account_does_not_run(actor: Actor, now: datetime) -> None:
    enqueue("test.who", actor=actor, now=now, title="who")
    User.objects.filter(pk=actor.user_id).update(is_active=False)
    (ran,) = run_pending(clock=lambda: now)
    assert (ran.state, ran.error_code) == (JobState.FAILED, "jobs.requester_closed")


def test_longer_than_allowed_fails(actor: Actor, now: datetime) -> None:
    moments = (now + timedelta(minutes=n) for n in range(100))
    job = enqueue("test.slow", actor=actor, now=now, title="slow")
    assert execute(job.uid, runtime=Runtime(clock=lambda: next(moments))) == JobState.FAILED
    job.refresh_from_db()
    assert job.error_code == "jobs.timed_out"


def test_a_queued_job_is_cancelled_at_once(actor: Actor, now: datetime) -> None:
    job = request_cancel(actor=actor, now=now, job=enqueue("test.count", actor=actor, now=now, title="count", upto=2))
    assert (job.state, job.finished_at) == (JobState.CANCELLED, now)
    assert run_pending(clock=lambda: now) == []
    with pytest.raises(RefusedError) as caught:
        request_cancel(actor=actor, now=now, job=job)
    assert caught.value.refusal.code == "jobs.already_finished"


def test_a_running_job_stops_at_its_next_progress(actor: Actor, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    job = enqueue("test.count", actor=actor, now=now, title="count", upto=5, wait=0.001)
    naps = []

    def nap(seconds: float) -> None:
        naps.append(seconds)
        if len(naps) == 2:
            request_cancel(actor=actor, now=now, job=job)

    monkeypatch.setattr(sample_jobs.time, "sleep", nap)
    monkeypatch.setattr("feidi.kernel.jobs.context.WRITE_EVERY", 0.0)
    (ran,) = run_pending(clock=lambda: now)
    assert (ran.state, ran.progress_done, len(naps)) == (JobState.CANCELLED, 2, 2)


def test_only_the_requester_sees_and_cancels(actor: Actor, now: datetime) -> None:
    job = enqueue("test.count", actor=actor, now=now, title="count", upto=2)
    other = make_actor("li", now)
    grant = Grant("administrator", frozenset({"jobs.view"}), Scope(ScopeKind.INSTALLATION))
    administrator = Actor(kind=actor.kind, label="root", grants=(grant,))
    for who in (actor, other, administrator, Actor(kind=actor.kind, label="nobody")):
        seen = visible_to(who, Job.objects.all()).filter(pk=job.pk).exists()
        assert can_view(who, job) == seen == (who is actor)
    with pytest.raises(RefusedError):
        get_job(actor=other, uid=job.uid)
    with pytest.raises(RefusedError) as caught:
        request_cancel(actor=other, now=now, job=job)
    assert caught.value.refusal.params["requester"] == actor.label


def test_an_interrupted_job_goes_back_without_counting(actor: Actor, now: datetime) -> None:
    job = enqueue("test.count", actor=actor, now=now, title="count", upto=2)
    runtime = Runtime(worker="w1", clock=lambda: now)
    runtime.stopping.set()
    assert execute(job.uid, runtime=runtime) == JobState.QUEUED
    job.refresh_from_db()
    assert (job.state, job.attempts, job.worker) == (JobState.QUEUED, 0, "")
    assert DBTaskResult.objects.get(pk=job.task_id).status == TaskResultStatus.READY


def test_the_same_job_handed_out_twice_runs_once(actor: Actor, now: datetime) -> None:
    job = enqueue("test.count", actor=actor, now=now, title="count", upto=1)
    assert execute(job.uid, runtime=Runtime(worker="w1", clock=lambda: now)) == JobState.DONE
    assert execute(job.uid, runtime=Runtime(worker="w2", clock=lambda: now)) == JobState.DONE
    job.refresh_from_db()
    assert job.attempts == 1
