"""Activities and roadshows pass to a colleague when whoever organizes them leaves."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Final

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.domain.parties.services.changing import today_of
from feidi.domain.parties.services.handing import Handler, Held
from feidi.domain.parties.services.reassigning import HAND_OVER, pass_rows
from feidi.domain.roadshow.kinds import ACTIVITY
from feidi.domain.roadshow.models import Activity, Roadshow, Round
from feidi.domain.roadshow.roadshow_enums import RoundPhase
from feidi.domain.roadshow.roadshow_kinds import SHOW
from feidi.domain.roadshow.services.activities import PLANNED
from feidi.kernel.access import Actor
from feidi.kernel.identity.models import User
from feidi.kernel.subjects import Subject


def activities_held(outpost: Outpost, user: User) -> QuerySet[Activity]:
    """Return the outpost's activities still to be held, or whose attendance is not closed, that ``user`` organizes."""
    rows = Activity.objects.filter(outpost=outpost, owner=user, voided_at__isnull=True, state__in=PLANNED)
    return rows.order_by("starts_at", "id")


def reassign_activities(
    *, actor: Actor, now: datetime, outpost: Outpost, uids: Collection[str], giver: User, taker: User, reason: str
) -> frozenset[str]:
    """Pass activities from ``giver`` to ``taker``; return which were still the giver's and have been passed."""
    require(actor, HAND_OVER, outpost_scope(outpost.pk))
    rows = activities_held(outpost, giver).filter(uid__in=uids)
    return pass_rows(actor=actor, now=now, rows=rows, kind=ACTIVITY, field="owner", to=taker, reason=reason)


def shows_held(outpost: Outpost, user: User) -> QuerySet[Roadshow]:
    """Return the outpost's roadshows that ``user`` organizes and that are not over: without a round, or one not sealed."""
    live = Round.objects.filter(roadshow=OuterRef("pk"), voided_at__isnull=True)
    rows = Roadshow.objects.filter(outpost=outpost, owner=user, voided_at__isnull=True)
    rows = rows.filter(~Exists(live) | Exists(live.exclude(phase=RoundPhase.SEALED)))
    return rows.order_by("held_on", "id")


def reassign_shows(
    *, actor: Actor, now: datetime, outpost: Outpost, uids: Collection[str], giver: User, taker: User, reason: str
) -> frozenset[str]:
    """Pass roadshows from ``giver`` to ``taker``; return which were still the giver's and have been passed."""
    require(actor, HAND_OVER, outpost_scope(outpost.pk))
    rows = shows_held(outpost, giver).filter(uid__in=uids)
    return pass_rows(actor=actor, now=now, rows=rows, kind=SHOW, field="owner", to=taker, reason=reason)


def _activities(outpost: Outpost, user: User, _today: date) -> list[Held]:
    return [
        Held(
            Subject(ACTIVITY, row.uid),
            f"{row.number} {row.title_zh}（{today_of(row.starts_at)}）",
            str(row.get_state_display()),
        )
        for row in activities_held(outpost, user)
    ]


def _shows(outpost: Outpost, user: User, _today: date) -> list[Held]:
    return [
        Held(Subject(SHOW, row.uid), f"{row.number} {row.title_zh}", row.held_on.isoformat())
        for row in shows_held(outpost, user)
    ]


HANDLERS: Final = (
    Handler("activities", _("活动"), ACTIVITY, _activities, reassign_activities),
    Handler("roadshows", _("路演"), SHOW, _shows, reassign_shows),
)
