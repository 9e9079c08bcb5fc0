"""The occupancy ledger as somebody may read it: who holds which place from when to when, and why."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db.models import Q, QuerySet

from feidi.domain.parties.models import Outpost
from feidi.domain.space.access import units_visible_to
from feidi.domain.space.models import Occupation, Unit
from feidi.kernel.access import Actor

#: Which part of the ledger.
NOW, COMING, PAST, FREED = "now", "coming", "past", "freed"
SHOWN: Final = (NOW, COMING, PAST, FREED)


def list_occupations(
    actor: Actor,
    *,
    outpost: Outpost | None = None,
    unit: Unit | None = None,
    zone: str = "",
    reason: str = "",
    show: str = "",
    now: datetime,
) -> QuerySet[Occupation]:
    """Return rows of the ledger of units that the actor sees; who holds each is for ``holders_of`` to say.

    ``unit``: with all that keeps it from being held (its room, its parts). ``show``: what holds now, what is to come, what
    is over, what was given back before its time; empty: what holds or will hold. What is over comes the latest first.
    """
    rows = Occupation.objects.filter(unit__in=units_visible_to(actor, Unit.objects.all()))
    if outpost is not None:
        rows = rows.filter(unit__outpost=outpost)
    if unit is not None:
        rows = rows.filter(_sharing(unit))
    if zone:
        rows = rows.filter(unit__zone__code=zone)
    if reason:
        rows = rows.filter(reason=reason)
    late_first = show in {PAST, FREED}
    order = ("-starts_at", "-id") if late_first else ("starts_at", "id")
    return rows.filter(_during(show, now)).select_related("unit__zone").order_by(*order)


def _sharing(unit: Unit) -> Q:
    if unit.parent_id is None:
        return Q(root=unit)
    return Q(unit=unit) | Q(unit_id=unit.parent_id)


def _during(show: str, now: datetime) -> Q:
    live = Q(freed_at__isnull=True)
    if show == NOW:
        return live & Q(starts_at__lte=now, ends_at__gt=now)
    if show == COMING:
        return live & Q(starts_at__gt=now)
    if show == PAST:
        return live & Q(ends_at__lte=now)
    return Q(freed_at__isnull=False) if show == FREED else live & Q(ends_at__gt=now)
