"""Reminders of introductions on which nothing happens: on the days that content names, to both sides' officers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Final

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from feidi.domain.matching.enums import IntroductionState
from feidi.domain.matching.models import Introduction
from feidi.domain.matching.selectors.rules import matching_rules
from feidi.domain.matching.services.introduction_changing import KIND
from feidi.domain.parties.models import Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.kernel.access import Actor
from feidi.kernel.subjects import Subject
from feidi.kernel.todos.models import Todo
from feidi.kernel.todos.services import add_todo

_OVER: Final = (IntroductionState.CONCLUDED, IntroductionState.ENDED)


def remind_of_introductions(
    *,
    actor: Actor,
    now: datetime,
    outpost: Outpost,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> int:
    """Put a to-do on the officers' lists for each live introduction that has stood still for one of the days.

    A reminder names its day, so each comes once per standstill: run again, or late, it adds nothing and skips none.
    Returns how many were put there. ``progress`` may raise to stop.
    """
    days = matching_rules(outpost).reminders
    today = now.astimezone(SHANGHAI).date()
    rows, told = list(_live(outpost)), 0
    for done, row in enumerate(rows):
        progress(done, len(rows))
        since = row.moved_on or row.interested_on  # type: ignore[attr-defined]  # annotated
        due = [each for each in days if (today - since).days >= each]
        if due:
            told += _remind(actor, now, row, since, due[-1])
    return told


def _live(outpost: Outpost) -> QuerySet[Introduction]:
    rows = Introduction.objects.filter(outpost=outpost, voided_at__isnull=True).exclude(state__in=_OVER)
    return (
        rows.annotate(moved_on=Max("log__occurred_on")).select_related("need_officer", "offer_officer").order_by("pk")
    )


def _remind(actor: Actor, now: datetime, row: Introduction, since: date, day: int) -> int:
    what = _("{number} 自 {since} 起 {n} 天没有进展：问一问双方，或写明原因终止").format(
        number=row.number, since=since.isoformat(), n=day
    )
    subject, told = Subject(KIND, row.uid), 0
    for officer in {row.need_officer_id: row.need_officer, row.offer_officer_id: row.offer_officer}.values():
        if not Todo.objects.filter(
            subject_kind=subject.kind, subject_uid=subject.uid, what=what, assignee=officer
        ).exists():
            add_todo(actor=actor, now=now, subject=subject, what=what, assignee=officer)
            told += 1
    return told
