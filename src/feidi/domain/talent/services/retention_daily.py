"""Every morning: who is kept beyond their time becomes a to-do; nothing is erased by a machine."""

from __future__ import annotations

from datetime import datetime, time

from feidi.domain.parties.services.changing import today_of
from feidi.domain.talent.kinds import TALENT
from feidi.domain.talent.selectors.holdings import past_retention
from feidi.kernel.access import Actor
from feidi.kernel.jobs import schedule
from feidi.kernel.jobs.context import JobContext
from feidi.kernel.subjects import Subject
from feidi.kernel.todos.models import Todo
from feidi.kernel.todos.services import add_todo

_WORDS = "保存期已过或同意已撤回：删除，或重新取得同意"


@schedule("talent.retention", daily_at=time(5, 40))
def retention(context: JobContext) -> dict[str, int]:
    """Note whom to erase or to ask anew."""
    return {"talents": note_past_retention(actor=context.actor, now=context.now())}


def note_past_retention(*, actor: Actor, now: datetime) -> int:
    """Add one to-do for each talent past their retention that has none open; returns how many are past it."""
    rows = list(past_retention(today_of(now)).order_by("pk"))
    asked = set(
        Todo.objects.filter(
            subject_kind=TALENT,
            subject_uid__in=[each.uid for each in rows],
            what__endswith=_WORDS,
            done_at__isnull=True,
            voided_at__isnull=True,
        ).values_list("subject_uid", flat=True)
    )
    for each in rows:
        if each.uid not in asked:
            add_todo(actor=actor, now=now, subject=Subject(TALENT, each.uid), what=f"{each.number} {_WORDS}")
    return len(rows)
