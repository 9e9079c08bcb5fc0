"""To-dos of activities: prepare before, close the attendance after."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from feidi.domain.parties.services.changing import today_of
from feidi.domain.roadshow.enums import ActivityState
from feidi.domain.roadshow.kinds import ACTIVITY
from feidi.domain.roadshow.models import Activity
from feidi.kernel.access import Actor
from feidi.kernel.subjects import Subject
from feidi.kernel.todos.models import Todo
from feidi.kernel.todos.services import add_todo, settle_todos

_CLOSE: Final = "活动已结束：核对到场，结束签到"
_PREPARE: Final = "活动将近：打印胸卡和签到表，核对场地和议程"
_SOON: Final = timedelta(days=3)


def note_unheld(*, actor: Actor, now: datetime) -> int:
    """Put on the owner's desk what is over and not closed, and what begins within three days. Returns how many are over."""
    live = Activity.objects.filter(
        voided_at__isnull=True, state__in=[ActivityState.OPEN, ActivityState.CLOSED]
    ).select_related("owner")
    over = list(live.filter(ends_at__lte=now).order_by("pk"))
    for each in over:
        _ask(actor, now, each, _CLOSE)
    for each in live.filter(starts_at__gt=now, starts_at__lte=now + _SOON).order_by("pk"):
        _ask(actor, now, each, _PREPARE)
    return len(over)


def settle(*, actor: Actor, now: datetime, activity: Activity) -> None:
    """The activity is held or cancelled: nothing is left to be done for it."""
    todos = Todo.objects.filter(subject_kind=ACTIVITY, subject_uid=activity.uid)
    settle_todos(actor=actor, now=now, todos=todos)


def _ask(actor: Actor, now: datetime, activity: Activity, words: str) -> None:
    add_todo(
        actor=actor,
        now=now,
        subject=Subject(ACTIVITY, activity.uid),
        what=f"{activity.number} {words}",
        assignee=activity.owner,
        due_on=today_of(activity.ends_at),
    )
