"""Questions about stand-ins."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from feidi.domain.parties.access import outpost_scope
from feidi.domain.parties.models import StandIn
from feidi.kernel.access import Actor, ScopeKind

#: Who hands work over arranges also for others.
ARRANGE = "work.hand_over"


def stand_ins_visible_to(actor: Actor, rows: QuerySet[StandIn]) -> QuerySet[StandIn]:
    """Narrow to the stand-ins of outposts whose parties the actor may view."""
    return rows.filter(outpost_id__in=actor.scopes("party.view", ScopeKind.OUTPOST))


def list_stand_ins(actor: Actor, today: date) -> QuerySet[StandIn]:
    """Return what stands or is to come, soonest first; what is over is left out."""
    rows = StandIn.objects.filter(voided_at__isnull=True, until__gte=today)
    return stand_ins_visible_to(actor, rows).select_related("outpost", "absent", "stand_in").order_by("since", "id")


def absent_for(user_id: int, today: date) -> dict[int, str]:
    """Return whose work the user does today: user id → name."""
    rows = StandIn.objects.filter(stand_in_id=user_id, voided_at__isnull=True, since__lte=today, until__gte=today)
    return dict(rows.order_by("id").values_list("absent_id", "absent__display_name"))


def may_arrange(actor: Actor, outpost_id: int, absent_id: int) -> bool:
    """Tell whether the actor may arrange who stands in for somebody: for oneself, or with ``ARRANGE``."""
    scope = outpost_scope(outpost_id)
    own = actor.user_id == absent_id and actor.may("party.view", scope)
    return own or actor.may(ARRANGE, scope)
