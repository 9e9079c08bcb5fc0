"""The case's clock on the desks: a running deadline while it runs, none while the applicant is waited for."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from feidi.domain.talent.kinds import CASE
from feidi.domain.talent.models import GreenCase
from feidi.domain.talent.selectors.cases import reading_of
from feidi.kernel.access import Actor
from feidi.kernel.calendar.clock import Unit
from feidi.kernel.calendar.working_days import almanac
from feidi.kernel.deadlines.clock import ClockSpec
from feidi.kernel.deadlines.services import start_clock, stop_all_clocks
from feidi.kernel.subjects import Subject

CODE: Final = "talent.green_case"
STOPS: Final = "delivered"


def start_case_clock(*, actor: Actor, now: datetime, case: GreenCase, on: date) -> None:
    """Start or go on with the clock of a case, with the days that are left; one that is late keeps the day it was due.

    Nothing where no promise is known: what nobody has promised is not overdue.
    """
    reading = reading_of(case, on)
    if reading.due_on is None or reading.left is None:
        return
    days, start = (reading.left, on) if reading.left > 0 else (1, _working_day_before(reading.due_on))
    taken_from = "、".join(dict.fromkeys(each.taken_from for each in case.items.all() if each.taken_from))
    spec = ClockSpec(CODE, "人才服务办结", "Talent case to be delivered", days, Unit.WORKING, STOPS, taken_from[:60])
    start_clock(
        actor=actor, now=now, subject=Subject(CASE, case.uid), clock=spec, on=start, scope_outpost=case.outpost_id
    )


def stop_case_clock(*, actor: Actor, now: datetime, case: GreenCase, on: date) -> None:
    """Stop the clock of a case: it waits for the applicant, or is over."""
    stop_all_clocks(actor=actor, now=now, subject=Subject(CASE, case.uid), on=on)


def _working_day_before(day: date) -> date:
    before, known = day - timedelta(days=1), almanac()
    while not known.is_working(before):
        before -= timedelta(days=1)
    return before
