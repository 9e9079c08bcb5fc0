"""The to-do that says a right ends soon: made once, done by itself when the right is renewed, moves on or ends."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from feidi.domain.pipeline.models import FirstReport, Project
from feidi.domain.pipeline.selectors.standing import subject_of
from feidi.kernel.access import Actor
from feidi.kernel.todos.models import Todo
from feidi.kernel.todos.services import add_todo, settle_todos

#: What stands in every reminder, whatever the project is called by now.
_MARK: Final = "”的首谈权 "


def remind(*, actor: Actor, now: datetime, claim: FirstReport, until: date) -> bool:
    """Tell the owner that a right ends on ``until``; return whether they had not been told of that day before.

    An older reminder, of a day that no longer holds, is done with it. One that somebody finished is not made again.
    """
    subject = subject_of(claim.project)
    what = f"“{claim.project.name[:120]}{_MARK}{until} 失效：登记进展，或申请续期"
    reminders_done(actor=actor, now=now, project=claim.project, but=until)
    if Todo.objects.filter(subject_kind=subject.kind, subject_uid=subject.uid, what=what).exists():
        return False
    add_todo(actor=actor, now=now, subject=subject, what=what, assignee=claim.project.owner, due_on=until)
    return True


def reminders_done(*, actor: Actor, now: datetime, project: Project, but: date | None = None) -> int:
    """Finish the reminders of a project's right; return how many. ``but``: the day whose reminder still stands."""
    subject = subject_of(project)
    open_ones = Todo.objects.filter(subject_kind=subject.kind, subject_uid=subject.uid, what__contains=_MARK)
    return settle_todos(actor=actor, now=now, todos=open_ones.exclude(due_on=but) if but else open_ones)
