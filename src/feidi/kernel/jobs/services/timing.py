"""Work that the clock starts."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from feidi.kernel.access import schedule_actor
from feidi.kernel.jobs.enums import JobState
from feidi.kernel.jobs.models import Job, Schedule
from feidi.kernel.jobs.register import ScheduleKind, schedule_kinds
from feidi.kernel.jobs.services.asking import enqueue


def sync_schedules(*, now: datetime) -> None:
    """Make the rows agree with the schedules declared in code; rows no longer declared are switched off."""
    declared = schedule_kinds()
    Schedule.objects.exclude(code__in=[each.code for each in declared]).filter(enabled=True).update(enabled=False)
    for each in declared:
        cadence = {"every_seconds": _seconds(each.every), "daily_at": each.daily_at}
        first = _next(_seconds(each.every), each.daily_at, now)
        row, made = Schedule.objects.get_or_create(code=each.code, defaults={**cadence, "next_run": first})
        if not made and _differs(row, each):
            Schedule.objects.filter(pk=row.pk).update(**cadence, next_run=first, enabled=True)


def _differs(row: Schedule, declared: ScheduleKind) -> bool:
    return (row.every_seconds, row.daily_at) != (_seconds(declared.every), declared.daily_at)


def _seconds(every: timedelta | None) -> int | None:
    return max(1, int(every.total_seconds())) if every else None


def _next(every_seconds: int | None, daily_at: time | None, now: datetime) -> datetime:
    if daily_at is None:
        return now + timedelta(seconds=every_seconds or 1)
    local = now.astimezone(ZoneInfo(settings.TIME_ZONE))
    today = local.replace(hour=daily_at.hour, minute=daily_at.minute, second=daily_at.second, microsecond=0)
    return today if today > local else today + timedelta(days=1)


def run_due(*, now: datetime) -> list[Job]:
    """Enqueue every enabled schedule that is due; of several schedulers exactly one does it.

    Runs missed while everything stood still are made up for once, not once per missed turn.
    """
    rows = list(Schedule.objects.filter(enabled=True, next_run__lte=now).order_by("next_run"))
    return [job for row in rows if (job := _start(row, now)) is not None]


def _start(row: Schedule, now: datetime) -> Job | None:
    with transaction.atomic():
        mine = Schedule.objects.filter(pk=row.pk, next_run=row.next_run, enabled=True).update(
            last_run=now, next_run=_next(row.every_seconds, row.daily_at, now)
        )
        unfinished = Job.objects.filter(kind=row.code, state__in=[JobState.QUEUED, JobState.RUNNING])
        if not mine or unfinished.exists():
            return None
        return enqueue(row.code, actor=schedule_actor(row.code), now=now, title=row.code)
