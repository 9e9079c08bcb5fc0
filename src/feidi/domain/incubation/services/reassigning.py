"""Applications pass to a colleague when whoever handles them leaves."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Final

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from feidi.domain.incubation.admission_enums import ApplicationState
from feidi.domain.incubation.models import Application
from feidi.domain.incubation.services.admission_steps import KIND
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.domain.parties.services.handing import Handler, Held
from feidi.domain.parties.services.reassigning import HAND_OVER, pass_rows
from feidi.kernel.access import Actor
from feidi.kernel.identity.models import User
from feidi.kernel.subjects import Subject

#: Nothing is done about these any more.
_OVER: Final = (
    ApplicationState.ADMITTED,
    ApplicationState.REJECTED,
    ApplicationState.WITHDRAWN,
    ApplicationState.DRAFT,
)


def applications_held(outpost: Outpost, user: User) -> QuerySet[Application]:
    """Return the outpost's applications under way that ``user`` handles."""
    rows = Application.objects.filter(outpost=outpost, officer=user, voided_at__isnull=True)
    return rows.exclude(state__in=_OVER).order_by("id")


def reassign_applications(
    *, actor: Actor, now: datetime, outpost: Outpost, uids: Collection[str], giver: User, taker: User, reason: str
) -> frozenset[str]:
    """Pass applications from ``giver`` to ``taker``; return which were still the giver's and have been passed."""
    require(actor, HAND_OVER, outpost_scope(outpost.pk))
    rows = applications_held(outpost, giver).filter(uid__in=uids)
    return pass_rows(actor=actor, now=now, rows=rows, kind=KIND, field="officer", to=taker, reason=reason)


def _held(outpost: Outpost, user: User, _today: date) -> list[Held]:
    return [
        Held(Subject(KIND, row.uid), f"{row.number} {row.applicant}"[:300], str(row.get_state_display()))
        for row in applications_held(outpost, user)
    ]


HANDLER: Final = Handler("applications", _("入驻申请"), KIND, _held, reassign_applications)
