"""Questions about clocks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from feidi.engines.findings import Finding, Level
from feidi.kernel.deadlines.models import Deadline
from feidi.kernel.subjects import Subject


@dataclass(frozen=True, slots=True)
class ClockState:
    """How a running clock stands on a day.

    ``days`` until it is due (negative: overdue since). ``overdue`` is never true of a government side: to it
    a late answer reads 待反馈 · 第 n 天. ``finding`` renders the words; ``notes`` say provisional and 参考外地做法.
    """

    deadline: Deadline
    days: int
    overdue: bool
    finding: Finding
    notes: tuple[Finding, ...] = ()


def running(subjects: Iterable[Subject]) -> dict[Subject, list[Deadline]]:
    """Return the running clocks of each subject, soonest first (none: an empty list). One query per kind."""
    wanted = list(dict.fromkeys(subjects))
    found: dict[Subject, list[Deadline]] = {subject: [] for subject in wanted}
    by_kind: defaultdict[str, list[str]] = defaultdict(list)
    for subject in wanted:
        by_kind[subject.kind].append(subject.uid)
    for kind, uids in by_kind.items():
        for row in _running().filter(subject_kind=kind, subject_uid__in=uids):
            found[Subject(kind, row.subject_uid)].append(row)
    return found


def due(
    scope_outposts: Collection[int], today: date, *, within_days: int = 0, waiting_on: str | None = None
) -> QuerySet[Deadline]:
    """Return the running clocks of these outposts that are due by ``today + within_days``, soonest first."""
    rows = _running().filter(scope_outpost__in=scope_outposts, due_on__lte=today + timedelta(days=within_days))
    return rows if waiting_on is None else rows.filter(waiting_on=waiting_on)


def history_of(subject: Subject) -> QuerySet[Deadline]:
    """Return every clock that ran on ``subject``, newest first."""
    return Deadline.objects.filter(subject_kind=subject.kind, subject_uid=subject.uid).order_by("-started_on", "-id")


def state_of(deadline: Deadline, today: date) -> ClockState:
    """Return how ``deadline`` stands on ``today``, as a code with parameters."""
    days = (deadline.due_on - today).days
    params = {"label_zh": deadline.label_zh, "label_en": deadline.label_en, "due": deadline.due_on.isoformat()}
    overdue = False
    if deadline.waiting_on:
        since = max(1, (today - deadline.started_on).days + 1)
        finding = Finding(Level.NOTE, f"deadlines.waiting_{deadline.waiting_on}", {**params, "days": since})
    elif days < 0:
        overdue = True
        finding = Finding(Level.PROBLEM, "deadlines.overdue", {**params, "days": -days})
    elif days == 0:
        finding = Finding(Level.PROBLEM, "deadlines.due_today", params)
    else:
        finding = Finding(Level.NOTE, "deadlines.due_in", {**params, "days": days})
    return ClockState(deadline, days, overdue, finding, _notes(deadline))


def _notes(deadline: Deadline) -> tuple[Finding, ...]:
    notes = []
    if deadline.provisional:
        notes.append(Finding(Level.NOTE, "deadlines.provisional", {"year": deadline.due_on.year}))
    if deadline.taken_from:
        notes.append(Finding(Level.NOTE, "deadlines.taken_from", {"city": deadline.taken_from}))
    return tuple(notes)


def _running() -> QuerySet[Deadline]:
    return Deadline.objects.filter(stopped_on__isnull=True).order_by("due_on", "id")
