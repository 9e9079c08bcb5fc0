"""Visitors: expected with a host, written in when they come and go; the name is sealed, reading it is on record."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.space.access import BOOK, SPACE_VIEW, can_view_visitor, may_handle
from feidi.domain.space.enums import VISITOR
from feidi.domain.space.models import Booking, Visitor
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.identity.models import User
from feidi.kernel.sealing import UnreadableError, seal, unseal

_LABEL: Final = 160
_NAME: Final = 60


def expect_visitor(
    *,
    actor: Actor,
    now: datetime,
    outpost: Outpost,
    name: str,
    host: User,
    expected_at: datetime,
    booking: Booking | None = None,
    from_where: str = "",
) -> Visitor:
    """Announce a visitor. By the outpost's people, or by whoever may handle the booking they come for.

    Refused: no name, a day that is over, a booking of another outpost.
    """
    if booking is None or not may_handle(actor, booking):
        require(actor, BOOK, outpost_scope(outpost.pk))
    if booking is not None and booking.outpost_id != outpost.pk:
        raise refuse("space.other_outpost", unit=booking.unit.name)
    cleaned = name.strip()[:_NAME]
    if not cleaned:
        raise refuse("space.visitor_name")
    if expected_at.astimezone(SHANGHAI).date() < now.astimezone(SHANGHAI).date():
        raise refuse("space.visitor_past")
    row = Visitor(
        outpost=outpost,
        booking=booking,
        name_hint=_hint(cleaned),
        from_where=from_where.strip()[:_LABEL],
        host=host,
        expected_at=expected_at,
        recorded_by=actor.label[:_LABEL],
        created_at=now,
    )
    row.name_enc = seal(cleaned, context=f"{VISITOR}:{row.uid}")
    with recorded(actor=actor, now=now) as work:
        row.save()
        work.created(row, kind=VISITOR)
    return row


def record_arrival(*, actor: Actor, now: datetime, visitor: Visitor) -> Visitor:
    """Write down that a visitor has come. Refused: here already, taken back."""
    return _pass_door(actor, now, visitor, leaving=False)


def record_departure(*, actor: Actor, now: datetime, visitor: Visitor) -> Visitor:
    """Write down that a visitor has left. Refused: not come, left already, taken back."""
    return _pass_door(actor, now, visitor, leaving=True)


def void_visitor(*, actor: Actor, now: datetime, visitor: Visitor, reason: str) -> Visitor:
    """Take an announcement back. Refused: no reason, come already, taken back before."""
    _require(actor, visitor)
    if not reason.strip():
        raise refuse("space.reason_needed")
    with recorded(actor=actor, now=now) as work:
        row = _live(visitor)
        if row.arrived_at is not None:
            raise refuse("space.visitor_here")
        before = work.before(row, VISITOR)
        row.voided_at, row.void_reason, row.version = now, reason.strip()[:500], row.version + 1
        row.save(update_fields=["voided_at", "void_reason", "version"])
        work.changed(row, kind=VISITOR, before=before, reason=row.void_reason, action="voided")
    return row


def unmask_visitor(*, actor: Actor, now: datetime, visitor: Visitor, why: str) -> str:
    """Return a visitor's name; who asked, when and why is on record. Refused: not theirs to see, no reason."""
    _require(actor, visitor)
    if not why.strip():
        raise refuse("space.reason_needed")
    try:
        name = unseal(visitor.name_enc, context=f"{VISITOR}:{visitor.uid}")
    except UnreadableError as error:
        raise refuse("space.visitor_unreadable") from error
    with recorded(actor=actor, now=now) as work:
        work.acted("unmasked", kind=VISITOR, uid=visitor.uid, reason=why)
    return name


def _pass_door(actor: Actor, now: datetime, visitor: Visitor, *, leaving: bool) -> Visitor:
    _require(actor, visitor)
    with recorded(actor=actor, now=now) as work:
        row = _live(visitor)
        before = work.before(row, VISITOR)
        if leaving and row.arrived_at is None:
            raise refuse("space.visitor_not_here")
        if (row.left_at if leaving else row.arrived_at) is not None:
            raise refuse("space.visitor_gone" if leaving else "space.visitor_here")
        row.left_at, row.arrived_at = (now, row.arrived_at) if leaving else (None, now)
        row.version += 1
        row.save(update_fields=["left_at", "arrived_at", "version"])
        work.changed(row, kind=VISITOR, before=before, action="left" if leaving else "arrived")
    return row


def _live(visitor: Visitor) -> Visitor:
    row = Visitor.objects.select_for_update(of=("self",)).get(pk=visitor.pk)
    if row.voided_at is not None:
        raise refuse("space.visitor_voided", reason=row.void_reason)
    return row


def _require(actor: Actor, visitor: Visitor) -> None:
    if not can_view_visitor(actor, visitor):
        require(actor, SPACE_VIEW, outpost_scope(visitor.outpost_id))


def _hint(name: str) -> str:
    """The first character, the others as stars: 张**."""
    return name[:1] + "*" * max(len(name) - 1, 1)
