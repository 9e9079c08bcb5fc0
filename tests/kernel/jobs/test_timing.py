"""Schedules fire once, whoever asks."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from feidi.kernel.jobs import schedule
from feidi.kernel.jobs.context import JobContext
from feidi.kernel.jobs.enums import JobState, ProcessKind
from feidi.kernel.jobs.models import Job, Schedule
from feidi.kernel.jobs.scheduler import tick
from feidi.kernel.jobs.selectors import list_late_schedules, list_living
from feidi.kernel.jobs.services import run_due, run_pending, sync_schedules

SHANGHAI = ZoneInfo("Asia/Shanghai")


@schedule("test.often", every=timedelta(minutes=5))
def often(context: JobContext) -> None:
    """Run often."""


@schedule("test.daily", daily_at=time(9, 0))
def daily(context: JobContext) -> dict[str, str]:
    """Run daily."""
    return {"actor": context.actor.label}


def own_due(now: datetime) -> list[Job]:
    """Return what is due of this module's own schedules; the product has some as short."""
    return [job for job in run_due(now=now) if job.kind.startswith("test.")]


@pytest.mark.django_db
def test_schedules_become_rows_and_fire_when_due(now: datetime) -> None:
    sync_schedules(now=now)
    sync_schedules(now=now + timedelta(minutes=1))
    assert Schedule.objects.get(code="test.often").next_run == now + timedelta(minutes=5)
    assert Schedule.objects.get(code="test.daily").next_run == datetime(2026, 11, 24, 9, 0, tzinfo=SHANGHAI)
    assert own_due(now + timedelta(minutes=4)) == []
    (job,) = own_due(now + timedelta(minutes=5))
    assert (job.kind, job.requested_by_label) == ("test.often", "schedule:test.often")
    assert own_due(now + timedelta(minutes=5)) == []


@pytest.mark.django_db
def test_a_turn_is_skipped_while_the_last_one_is_unfinished(now: datetime) -> None:
    sync_schedules(now=now)
    assert len(own_due(now + timedelta(minutes=5))) == 1
    assert own_due(now + timedelta(minutes=10)) == []
    run_pending(clock=lambda: now + timedelta(minutes=11))
    assert len(own_due(now + timedelta(minutes=15))) == 1


@pytest.mark.django_db
def test_missed_turns_are_made_up_for_once(now: datetime) -> None:
    sync_schedules(now=now)
    days_later = now + timedelta(days=3)
    assert "test.daily" in {row.code for row in list_late_schedules(now=days_later)}
    assert sorted(job.kind for job in run_due(now=days_later) if job.kind.startswith("test.")) == [
        "test.daily",
        "test.often",
    ]
    assert Schedule.objects.get(code="test.daily").next_run == datetime(2026, 11, 27, 9, 0, tzinfo=SHANGHAI)
    ran = {job.kind: job for job in run_pending(clock=lambda: days_later)}
    assert ran["test.daily"].result == {"actor": "schedule:test.daily"}


@pytest.mark.django_db
def test_a_changed_cadence_counts_from_now_and_a_dropped_one_is_off(now: datetime) -> None:
    sync_schedules(now=now)
    Schedule.objects.filter(code="test.often").update(every_seconds=86_400, next_run=now + timedelta(days=1))
    Schedule.objects.create(code="test.dropped", every_seconds=60, next_run=now)
    sync_schedules(now=now)
    assert Schedule.objects.get(code="test.often").next_run == now + timedelta(minutes=5)
    assert not Schedule.objects.get(code="test.dropped").enabled
    assert run_due(now=now) == []


@pytest.mark.django_db(transaction=True)
def test_four_schedulers_at_once_fire_one_job(now: datetime) -> None:
    sync_schedules(now=now)
    due = now + timedelta(minutes=5)
    gate = threading.Barrier(4)

    def scheduler() -> None:
        gate.wait()
        run_due(now=due)
        connection.close()

    threads = [threading.Thread(target=scheduler) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Job.objects.filter(kind="test.often").count() == 1


@pytest.mark.django_db
def test_old_runs_of_schedules_are_pruned(now: datetime) -> None:
    sync_schedules(now=now)
    run_due(now=now + timedelta(minutes=5))
    run_pending(clock=lambda: now + timedelta(minutes=5))
    assert Job.objects.filter(kind="test.often", state=JobState.DONE).exists()
    later = now + timedelta(days=20)
    run_due(now=later)
    run_pending(clock=lambda: later)
    assert Job.objects.filter(kind="test.often").count() == 1
    assert Job.objects.get(kind="jobs.prune").result["jobs"] >= 1


@pytest.mark.django_db
def test_a_tick_gives_a_sign_of_life() -> None:
    moment = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
    tick("s1", lambda: moment)
    assert [each.name for each in list_living(kind=ProcessKind.SCHEDULER, now=moment)] == ["s1"]
    assert not list_living(kind=ProcessKind.SCHEDULER, now=moment + timedelta(minutes=2)).exists()
