"""Blockings: a unit closed for a while, through the same door as everything else that holds it."""

from __future__ import annotations

from datetime import datetime

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.space.access import SPACE_EDIT
from feidi.domain.space.enums import BLOCKING, OccupationReason
from feidi.domain.space.models import Blocking, Unit
from feidi.domain.space.services.occupying import find_occupation, free_unit, occupy_unit
from feidi.engines.findings import refuse
from feidi.engines.slots import Interval
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.subjects import Subject

_LABEL = 160


def block_unit(
    *, actor: Actor, now: datetime, unit: Unit, starts_at: datetime, ends_at: datetime, why: str
) -> Blocking:
    """Close a unit (with its parts) during [starts_at, ends_at). Opening hours do not matter.

    Refused: no reason, an end not after the start or past already, whoever holds it then (move or cancel them first).
    """
    require(actor, SPACE_EDIT, outpost_scope(unit.outpost_id))
    if not why.strip():
        raise refuse("space.reason_needed")
    span = Interval(starts_at, ends_at)
    if span.end <= now:
        raise refuse("space.blocking_past")
    with recorded(actor=actor, now=now) as work:
        row = Blocking(
            outpost_id=unit.outpost_id,
            unit=unit,
            starts_at=span.start,
            ends_at=span.end,
            why=why.strip()[:200],
            recorded_by=actor.label[:_LABEL],
            created_at=now,
        )
        row.save()
        work.created(row, kind=BLOCKING)
        occupy_unit(
            actor=actor,
            now=now,
            unit=unit,
            starts_at=starts_at,
            ends_at=ends_at,
            reason=OccupationReason.BLOCKING,
            subject=Subject(BLOCKING, row.uid),
        )
    return row


def lift_blocking(*, actor: Actor, now: datetime, blocking: Blocking, reason: str) -> Blocking:
    """Open a unit again before its time; whoever waits moves up. Refused: no reason, lifted before."""
    require(actor, SPACE_EDIT, outpost_scope(blocking.outpost_id))
    if not reason.strip():
        raise refuse("space.reason_needed")
    with recorded(actor=actor, now=now) as work:
        row = Blocking.objects.select_for_update(of=("self",)).get(pk=blocking.pk)
        held = find_occupation(Subject(BLOCKING, row.uid))
        if row.voided_at is not None or held is None:
            raise refuse("space.blocking_lifted", reason=row.void_reason)
        before = work.before(row, BLOCKING)
        row.voided_at, row.void_reason, row.version = now, reason.strip()[:500], row.version + 1
        row.save(update_fields=["voided_at", "void_reason", "version"])
        work.changed(row, kind=BLOCKING, before=before, reason=row.void_reason, action="voided")
        free_unit(actor=actor, now=now, occupation=held, reason=reason)
    return row
