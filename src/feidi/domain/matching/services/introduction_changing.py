"""The one way an introduction is changed: locked, live, versioned, on the trail, each step in its log."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Final

from feidi.domain.matching.enums import IntroductionState
from feidi.domain.matching.models import Introduction, IntroductionLog, IntroductionMeeting
from feidi.domain.matching.selectors.introduction_steps import require_step
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import Unit

KIND: Final = "matching.introduction"
MEETING: Final = "matching.meeting"


def locked_introduction(introduction: Introduction, *, version: int | None = None) -> Introduction:
    """Return the row as it stands now, locked. Refused: taken back; moved on since ``version``."""
    row = (
        Introduction.objects.select_for_update(of=("self",))
        .select_related("outpost__home", "need__organization", "offer__organization", "need_officer", "offer_officer")
        .get(pk=introduction.pk)
    )
    if row.voided_at is not None:
        raise refuse("matching.introduction_voided", number=row.number, reason=row.void_reason)
    if version is not None and version != row.version:
        raise refuse("matching.introduction_moved_on", number=row.number, state=str(IntroductionState(row.state).label))
    return row


@contextmanager
def changed_introduction(
    unit: Unit, introduction: Introduction, *, version: int | None = None, reason: str = "", action: str = "changed"
) -> Iterator[Introduction]:
    """Give the locked row to be changed; on leaving it is saved with its next version and noted."""
    row = locked_introduction(introduction, version=version)
    before = unit.before(row, KIND)
    yield row
    row.version += 1
    row.save()
    unit.changed(row, kind=KIND, before=before, reason=reason.strip(), action=action)


def take_step(
    row: Introduction, to: IntroductionState, *, actor: Actor, now: datetime, on: date | None = None, note: str = ""
) -> None:
    """Write a step of a locked row and its log. Refused: not from here, something missing."""
    require_step(row, to)
    write_step(row, to, actor=actor, now=now, on=on, note=note)


def drop_meetings(unit: Unit, row: Introduction, now: datetime, reason: str) -> None:
    """Take off what was still planned of an introduction that is over: its times and tables are free again."""
    planned = IntroductionMeeting.objects.filter(introduction=row, voided_at__isnull=True, held_on__isnull=True)
    for meeting in planned.select_for_update():
        before = unit.before(meeting, MEETING)
        meeting.voided_at, meeting.void_reason, meeting.version = now, reason.strip()[:500], meeting.version + 1
        meeting.save(update_fields=["voided_at", "void_reason", "version"])
        unit.changed(meeting, kind=MEETING, before=before, reason=reason.strip(), action="voided")


def write_step(
    row: Introduction, to: IntroductionState, *, actor: Actor, now: datetime, on: date | None = None, note: str = ""
) -> None:
    """Write a step and its log without asking the table: for the first step and for one taken back."""
    IntroductionLog.objects.create(
        introduction=row,
        from_state=row.state if row.log.exists() else "",
        to_state=to,
        occurred_on=on or now.astimezone(SHANGHAI).date(),
        at=now,
        by=actor.label[:160],
        note=note.strip()[:300],
    )
    row.state = to
