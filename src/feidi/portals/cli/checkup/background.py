"""Checks of the background processes and of the backups."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from feidi.kernel.audit.models import AuditLink
from feidi.kernel.audit.unit import FIRST_HASH
from feidi.kernel.backup.making import LAST_BACKUP
from feidi.kernel.jobs.enums import JobState, ProcessKind
from feidi.kernel.jobs.models import Job
from feidi.kernel.jobs.selectors import list_late_schedules, list_living
from feidi.portals.cli.checkup.check import Check, note, ok, problem, unsafe

_WAITING_LONG = timedelta(minutes=10)
_LOOK_BACK = timedelta(days=7)
BACKUP_OLD_AFTER = timedelta(days=2)


def check(now: datetime) -> Iterator[Check]:
    """Yield how jobs, schedules and backups stand."""
    yield from _processes(now)
    yield from _jobs(now)
    yield from _backups(now)


def _processes(now: datetime) -> Iterator[Check]:
    for kind, code in ((ProcessKind.WORKER, "worker"), (ProcessKind.SCHEDULER, "scheduler")):
        living = list_living(kind=kind, now=now).count()
        yield ok(f"{code}_alive", count=living) if living else problem(f"{code}_silent")
    late = list(list_late_schedules(now=now).values_list("code", flat=True))
    yield problem("schedules_late", count=len(late), first=late[0]) if late else ok("schedules")


def _jobs(now: datetime) -> Iterator[Check]:
    waiting = Job.objects.filter(state=JobState.QUEUED, created_at__lt=now - _WAITING_LONG, run_after=None).count()
    if waiting:
        yield problem("jobs_waiting", count=waiting, minutes=int(_WAITING_LONG.total_seconds() // 60))
    failed = Job.objects.filter(state=JobState.FAILED, finished_at__gt=now - _LOOK_BACK).count()
    yield note("jobs_failed", count=failed) if failed else ok("jobs")


def last_backup() -> dict[str, Any] | None:
    """Return the note that the last backup left: at, path, audit; None when there is none."""
    try:
        found = json.loads((settings.FEIDI_HOME / LAST_BACKUP).read_text(encoding="utf-8"))
        return {**found, "at": datetime.fromisoformat(found["at"])}
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _backups(now: datetime) -> Iterator[Check]:
    last = last_backup()
    if last is None:
        yield unsafe("backup_never")
        return
    age = now - last["at"]
    yield (
        unsafe("backup_old", days=age.days)
        if age > BACKUP_OLD_AFTER
        else ok("backup", at=f"{last['at']:%Y-%m-%d %H:%M}")
    )
    if settings.FEIDI_KEYS in Path(last["path"]).parents:
        yield problem("backup_beside_keys", path=last["path"])
    head = last["audit"]["head"]
    if head != FIRST_HASH and not AuditLink.objects.filter(hash=head).exists():
        yield problem("audit_tail_cut", total=last["audit"]["total"])
