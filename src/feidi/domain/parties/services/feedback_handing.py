"""What a leaver still owes those who complained, were not satisfied or were asked passes to a colleague, with the to-do.

The kernel knows neither outposts nor hand-overs; the owner of the outposts registers these kinds for it.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.domain.parties.services.handing import Give, Handler, Held
from feidi.domain.parties.services.reassigning import HAND_OVER, pass_rows, passing
from feidi.kernel.access import Actor
from feidi.kernel.feedback.kinds import ASK, COMPLAINT, FOLLOW_UP
from feidi.kernel.feedback.models import Ask, Complaint, FollowUp
from feidi.kernel.identity.models import User
from feidi.kernel.subjects import Subject
from feidi.kernel.todos.models import Todo
from feidi.kernel.todos.services import reassign_todos


def follow_ups_held(outpost: Outpost, user: User) -> QuerySet[FollowUp]:
    """Return the outpost's follow-ups of bad scores that ``user`` has not ended yet."""
    return FollowUp.objects.filter(scope_outpost=outpost.pk, owner=user, closed_on__isnull=True).order_by(
        "due_on", "id"
    )


def asks_held(outpost: Outpost, user: User, today: date) -> QuerySet[Ask]:
    """Return the outpost's questions that can still be answered; a bad answer would come back to ``user``."""
    rows = Ask.objects.filter(scope_outpost=outpost.pk, owner=user, answer__isnull=True)
    return rows.filter(withdrawn_on__isnull=True, expires_on__gte=today).order_by("asked_on", "id")


def complaints_held(outpost: Outpost, user: User) -> QuerySet[Complaint]:
    """Return the outpost's complaints that ``user`` sees to and that are not closed."""
    rows = Complaint.objects.filter(scope_outpost=outpost.pk, owner=user, closed_on__isnull=True)
    return rows.filter(voided_at__isnull=True).order_by("received_on", "id")


def _give(kind: str, rows_of: Any) -> Give:
    """Return what passes rows of ``kind``, and the open to-dos about them."""

    def give(
        *, actor: Actor, now: datetime, outpost: Outpost, uids: Collection[str], giver: User, taker: User, reason: str
    ) -> frozenset[str]:
        require(actor, HAND_OVER, outpost_scope(outpost.pk))
        rows = rows_of(outpost, giver).filter(uid__in=uids)
        given = pass_rows(actor=actor, now=now, rows=rows, kind=kind, field="owner", to=taker, reason=reason)
        todos = Todo.objects.filter(subject_kind=kind, subject_uid__in=given).values_list("uid", flat=True)
        reassign_todos(actor=actor, now=now, uids=list(todos), giver=giver, taker=taker, reason=reason)
        return given

    return give


def _follow_ups(outpost: Outpost, user: User, _today: date) -> list[Held]:
    return [
        Held(Subject(FOLLOW_UP, row.uid), row.about, row.due_on.isoformat()) for row in follow_ups_held(outpost, user)
    ]


def _complaints(outpost: Outpost, user: User, _today: date) -> list[Held]:
    return [
        Held(Subject(COMPLAINT, row.uid), f"{row.number} {row.title}", row.due_on.isoformat() if row.due_on else "")
        for row in complaints_held(outpost, user)
    ]


HANDLERS: Final = (
    passing(
        "asks",
        _("待答的回访"),
        ASK,
        field="owner",
        rows_of=asks_held,
        say=lambda row: (row.about, row.expires_on.isoformat()),
    ),
    Handler("complaints", _("投诉"), COMPLAINT, _complaints, _give(COMPLAINT, complaints_held)),
    Handler("follow_ups", _("不满意回访"), FOLLOW_UP, _follow_ups, _give(FOLLOW_UP, follow_ups_held)),
)
