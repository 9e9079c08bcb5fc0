"""Starting and stopping clocks."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import QuerySet

from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import Unit, recorded
from feidi.kernel.calendar.clock import Unit as Days
from feidi.kernel.calendar.clock import due_date
from feidi.kernel.deadlines.clock import ClockSpec
from feidi.kernel.deadlines.models import Deadline
from feidi.kernel.subjects import Subject


def start_clock(
    *,
    actor: Actor,
    now: datetime,
    subject: Subject,
    clock: ClockSpec,
    on: date,
    scope_outpost: int | None = None,
    waiting_on: str = "",
) -> Deadline:
    """Start ``clock`` on ``subject`` as of ``on``; a running one of the same code gives way to it.

    Nothing changes when the running one started on the same day or later: what is recorded late does not
    turn a clock back (stop it first to do that). ``waiting_on``: "" the operator, "home" or "host" a government side.
    Refused: a clock whose number is below 1.
    """
    if clock.n < 1:
        raise refuse("deadlines.clock_malformed", label=clock.label_zh, n=clock.n)
    due = due_date(clock, on)
    with recorded(actor=actor, now=now) as unit:
        running = _running(subject).filter(code=clock.code).first()
        if running is not None and running.started_on >= on:
            return running
        if running is not None:
            _stop(running, on, unit, "restarted")
        # get_or_create: on PostgreSQL somebody may have been quicker by a moment
        deadline, made = Deadline.objects.get_or_create(
            subject_kind=subject.kind,
            subject_uid=subject.uid,
            code=clock.code,
            stopped_on=None,
            defaults={
                "label_zh": clock.label_zh,
                "label_en": clock.label_en,
                "n": clock.n,
                "unit": str(clock.unit),
                "started_on": on,
                "due_on": due.date,
                "provisional": due.provisional,
                "taken_from": clock.taken_from,
                "stops_when": clock.stops_when,
                "scope_outpost": scope_outpost,
                "waiting_on": waiting_on,
                "created_at": now,
            },
        )
        if made:
            unit.created(deadline, kind="deadlines.deadline")
    return deadline


def stop_clocks(*, actor: Actor, now: datetime, subject: Subject, event: str, on: date) -> list[Deadline]:
    """Stop the clocks of ``subject`` that ``event`` stops, as of ``on``; return them.

    An event before a clock's start (recorded late) does not stop it.
    """
    with recorded(actor=actor, now=now) as unit:
        stopping = list(_running(subject).filter(stops_when=event, started_on__lte=on))
        for deadline in stopping:
            _stop(deadline, on, unit, "stopped")
    return stopping


def stop_all_clocks(*, actor: Actor, now: datetime, subject: Subject, on: date, reason: str = "") -> list[Deadline]:
    """Stop every clock of ``subject``: it was paused, lost or otherwise left the course."""
    with recorded(actor=actor, now=now) as unit:
        stopping = list(_running(subject))
        for deadline in stopping:
            _stop(deadline, max(on, deadline.started_on), unit, "stopped", reason)
    return stopping


def settle_clocks(*, actor: Actor, now: datetime, year: int) -> int:
    """Reckon anew every running clock of working days that rests on ``year``, after its notice came; return how many
    moved or are certain now.
    """
    with recorded(actor=actor, now=now) as unit:
        resting = Deadline.objects.select_for_update().filter(
            stopped_on__isnull=True,
            unit=str(Days.WORKING),
            started_on__lte=date(year, 12, 31),
            due_on__gte=date(year, 1, 1),
        )
        settled = [each for each in resting.order_by("id") if _settled(each, unit)]
    return len(settled)


def _settled(deadline: Deadline, unit: Unit) -> bool:
    due = due_date(deadline, deadline.started_on)
    if (deadline.due_on, deadline.provisional) == (due.date, due.provisional):
        return False
    before = unit.before(deadline)
    deadline.due_on, deadline.provisional, deadline.version = due.date, due.provisional, deadline.version + 1
    deadline.save(update_fields=["due_on", "provisional", "version"])
    unit.changed(deadline, kind="deadlines.deadline", before=before, action="settled")
    return True


def _running(subject: Subject) -> QuerySet[Deadline]:
    return (
        Deadline.objects.select_for_update()
        .filter(subject_kind=subject.kind, subject_uid=subject.uid, stopped_on__isnull=True)
        .order_by("id")
    )


def _stop(deadline: Deadline, on: date, unit: Unit, action: str, reason: str = "") -> None:
    before = unit.before(deadline)
    deadline.stopped_on, deadline.version = on, deadline.version + 1
    deadline.save(update_fields=["stopped_on", "version"])
    unit.changed(deadline, kind="deadlines.deadline", before=before, action=action, reason=reason)
