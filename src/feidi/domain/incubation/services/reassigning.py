"""Applications and services asked for pass to a colleague when whoever handles them leaves."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from feidi.domain.incubation.admission_enums import ApplicationState
from feidi.domain.incubation.enums import RequestState
from feidi.domain.incubation.models import Application, ServiceRequest
from feidi.domain.incubation.services.admission_steps import KIND
from feidi.domain.incubation.services.requests import KIND as REQUEST
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.domain.parties.services.handing import Handler, Held
from feidi.domain.parties.services.reassigning import HAND_OVER, pass_rows, passing
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


def requests_held(outpost: Outpost, user: User, _today: date) -> QuerySet[ServiceRequest]:
    """Return the services asked for by the outpost's tenants that are not ended and that ``user`` sees to."""
    rows = ServiceRequest.objects.filter(tenancy__outpost=outpost, owner=user, voided_at__isnull=True)
    rows = rows.filter(state__in=(RequestState.ASKED, RequestState.TAKEN))
    return rows.select_related("tenancy__organization").order_by("asked_on", "id")


def _request(row: Any) -> tuple[str, str]:
    return f"{row.tenancy.organization.name}：{row.what}", row.due_on.isoformat() if row.due_on else ""


HANDLERS: Final = (
    Handler("applications", _("入驻申请"), KIND, _held, reassign_applications),
    passing("requests", _("企业服务"), REQUEST, field="owner", rows_of=requests_held, say=_request),
)
