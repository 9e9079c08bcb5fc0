"""The one way an application goes on: locked, live, asked of the table, each step in its log."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Final

from feidi.domain.incubation.admission_access import EDIT
from feidi.domain.incubation.admission_enums import ApplicationState
from feidi.domain.incubation.models import Application, ApplicationStep
from feidi.domain.incubation.selectors.admission_rules import admission_rules
from feidi.domain.incubation.selectors.admission_steps import require_step
from feidi.domain.incubation.services.changing import changing
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.kernel.access import Actor
from feidi.kernel.deadlines.services import start_clock, stop_all_clocks, stop_clocks
from feidi.kernel.identity.models import User
from feidi.kernel.subjects import Subject
from feidi.kernel.todos.models import Todo
from feidi.kernel.todos.services import add_todo, settle_todos

KIND: Final = "incubation.application"
REVIEW_KIND, SEAT_KIND, ANSWER_KIND = "incubation.review", "incubation.seat", "incubation.first_answer"


def subject_of(row: Application) -> Subject:
    """Return how lower apps speak of an application."""
    return Subject(KIND, row.uid)


def require_edit(actor: Actor, row: Application, permission: str = EDIT) -> None:
    """Refuse unless the actor holds ``permission`` over the outpost."""
    require(actor, permission, outpost_scope(row.outpost_id))


@contextmanager
def stepping(
    application: Application, to: ApplicationState, *, actor: Actor, now: datetime, note: str = ""
) -> Iterator[Application]:
    """Hand out the locked row; on leaving it stands on ``to``, saved and logged. Refused: not from where it stands."""
    with changing(application, kind=KIND, actor=actor, now=now, reason=note, action=to.value) as row:
        require_step(row, to)
        before = row.state
        yield row
        row.state = to
        write_step(row, before, actor=actor, now=now, note=note)
    application.refresh_from_db()


def write_step(row: Application, before: str, *, actor: Actor, now: datetime, note: str = "") -> None:
    """Log that a locked row went from ``before`` to where it stands."""
    ApplicationStep.objects.create(
        application=row,
        from_state=before,
        to_state=row.state,
        occurred_on=day_of(now),
        at=now,
        by=actor.label[:160],
        note=note.strip()[:300],
    )


def day_of(now: datetime) -> date:
    """Return the Shanghai date of a moment."""
    return now.astimezone(SHANGHAI).date()


def run_clock(row: Application, code: str, *, actor: Actor, now: datetime) -> None:
    """Start one of content's clocks on an application, from today."""
    start_clock(
        actor=actor,
        now=now,
        subject=subject_of(row),
        clock=admission_rules(row.outpost).clocks[code],
        on=day_of(now),
        scope_outpost=row.outpost_id,
    )


def stop_clock(row: Application, code: str, *, actor: Actor, now: datetime) -> None:
    """Stop it: what it waited for has happened."""
    stop_clocks(actor=actor, now=now, subject=subject_of(row), event=code, on=day_of(now))


def ask_for(
    row: Application,
    what: str,
    *,
    actor: Actor,
    now: datetime,
    assignee: User | None = None,
    due_on: date | None = None,
) -> None:
    """Note what has to be done next; what was asked before of the same application is settled."""
    settle(row, actor=actor, now=now)
    add_todo(actor=actor, now=now, subject=subject_of(row), what=what, assignee=assignee, due_on=due_on)


def settle(row: Application, *, actor: Actor, now: datetime) -> None:
    """Mark what was asked about an application as done."""
    todos = Todo.objects.filter(subject_kind=KIND, subject_uid=row.uid)
    settle_todos(actor=actor, now=now, todos=todos)


def close_down(row: Application, *, actor: Actor, now: datetime) -> None:
    """Settle what was asked and stop every clock: the application is over."""
    settle(row, actor=actor, now=now)
    stop_all_clocks(actor=actor, now=now, subject=subject_of(row), on=day_of(now))
