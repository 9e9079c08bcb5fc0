"""The one door to the occupancy ledger: bookings, blockings and tenancies take, move and free units through it.

Whether the actor may is the caller's question (a booking, a tenancy asks its own permission). What is asked here: a unit
that is there, an interval that can be, and nobody in the way. The room is locked first, so that of two the second sees
the first and is told who it is; the database refuses what gets past that (``space.triggers``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, connection, transaction

from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.space.enums import OCCUPATION, OccupationReason
from feidi.domain.space.events import UnitFreed
from feidi.domain.space.models import Occupation, Unit
from feidi.domain.space.selectors.holding import findings_of, in_the_way, spoken_span
from feidi.domain.space.services.head_leases import check_tenancy_end
from feidi.domain.space.triggers import OVERLAP
from feidi.engines.findings import RefusedError, refuse
from feidi.engines.slots import Interval, days_between
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.events import publish
from feidi.kernel.subjects import Subject

_LABEL = 160


@dataclass(frozen=True, slots=True)
class Target:
    """A unit during an interval, checked to be possible."""

    unit: Unit
    span: Interval


def tenancy_span(first: date, last: date) -> Interval:
    """Return the interval of a tenancy from ``first`` to ``last``, both included, by the days of the outpost.

    Refused: a last day before the first.
    """
    return days_between(first, last, SHANGHAI)


def occupy_unit(
    *,
    actor: Actor,
    now: datetime,
    unit: Unit,
    starts_at: datetime,
    ends_at: datetime,
    reason: OccupationReason,
    subject: Subject,
) -> Occupation:
    """Hold a unit during [starts_at, ends_at) for ``subject``; a room is held with its parts, a part keeps its room.

    Refused: an end not after the start, parts of minutes, a unit taken out or not there all the time, a tenancy past the
    head lease, somebody in the way (named as far as the actor may know: ``space.unit_taken``).
    """
    target = Target(unit, _span(starts_at, ends_at))
    if reason == OccupationReason.TENANCY:
        check_tenancy_end(unit.outpost, _last_day(target.span))
    if not connection.in_atomic_block:
        refuse_taken(actor, target)  # a refusal that is sure already costs nobody the lock
    with recorded(actor=actor, now=now) as work:
        row = Occupation(
            unit=lock_units(unit)[0],
            root_id=unit.root_id,
            starts_at=target.span.start,
            ends_at=target.span.end,
            reason=reason,
            subject_kind=subject.kind,
            subject_uid=subject.uid,
            recorded_by=actor.label[:_LABEL],
            created_at=now,
        )
        _write(actor, row)
        work.created(row, kind=OCCUPATION)
    return row


def move_occupation(
    *, actor: Actor, now: datetime, occupation: Occupation, unit: Unit, starts_at: datetime, ends_at: datetime
) -> Occupation:
    """Hold another unit, or the same at another time, in one step: what is refused leaves everything as it was.

    Refused as ``occupy_unit``, and when it was freed before.
    """
    target = Target(unit, _span(starts_at, ends_at))
    if occupation.reason == OccupationReason.TENANCY:
        check_tenancy_end(unit.outpost, _last_day(target.span))
    with recorded(actor=actor, now=now) as work:
        lock_units(occupation.unit, unit)
        row = _live(occupation)
        before, freed = work.before(row, OCCUPATION), _freed(row, now)
        row.unit, row.root_id = unit, unit.root_id
        row.starts_at, row.ends_at, row.version = target.span.start, target.span.end, row.version + 1
        _write(actor, row)
        work.changed(row, kind=OCCUPATION, before=before, action="moved")
        publish(freed)
    return row


def free_unit(*, actor: Actor, now: datetime, occupation: Occupation, reason: str) -> Occupation:
    """Give a unit back; the row stays in the ledger with who, when and why. Refused: no reason, freed before."""
    if not reason.strip():
        raise refuse("space.reason_needed")
    with recorded(actor=actor, now=now) as work:
        lock_units(occupation.unit)
        row = _live(occupation)
        before = work.before(row, OCCUPATION)
        row.freed_at, row.freed_by = now, actor.label[:_LABEL]
        row.freed_reason, row.version = reason.strip()[:300], row.version + 1
        row.save(update_fields=["freed_at", "freed_by", "freed_reason", "version"])
        work.changed(row, kind=OCCUPATION, before=before, reason=row.freed_reason, action="freed")
        publish(_freed(row, now))
    return row


def end_occupation(*, actor: Actor, now: datetime, occupation: Occupation, ends_at: datetime) -> Occupation:
    """Let a unit go before its time: it was held until ``ends_at`` (a tenancy that ends early, a meeting that is over).

    Refused: not earlier than it would end, not after it began, freed before.
    """
    with recorded(actor=actor, now=now) as work:
        lock_units(occupation.unit)
        row = _live(occupation)
        span = _span(row.starts_at, ends_at)
        if span.end >= row.ends_at:
            raise refuse("space.not_earlier", span=spoken_span(row.starts_at, row.ends_at))
        before, freed = work.before(row, OCCUPATION), UnitFreed(row.root_id, span.end, row.ends_at, now)
        row.ends_at, row.version = span.end, row.version + 1
        row.save(update_fields=["ends_at", "version"])
        work.changed(row, kind=OCCUPATION, before=before, action="shortened")
        publish(freed)
    return row


def find_occupation(subject: Subject, unit: Unit | None = None) -> Occupation | None:
    """Return the live occupation of a subject (of one unit when it holds several), None when it holds nothing."""
    rows = Occupation.objects.filter(subject_kind=subject.kind, subject_uid=subject.uid, freed_at__isnull=True)
    if unit is not None:
        rows = rows.filter(unit=unit)
    return rows.select_related("unit__outpost__home").order_by("id").first()


def refuse_taken(actor: Actor, target: Target, *, but: Occupation | None = None) -> None:
    """Refuse a unit that is not there all the time, or in whose way somebody is."""
    unit, span = target.unit, target.span
    if unit.voided_at is not None:
        raise refuse("space.unit_voided", unit=unit.name, reason=unit.void_reason)
    first, last = span.start.astimezone(SHANGHAI).date(), _last_day(span)
    if first < unit.valid_from or (unit.valid_to is not None and last > unit.valid_to):
        until = unit.valid_to.isoformat() if unit.valid_to else "…"
        raise refuse("space.unit_not_there", unit=unit.name, since=unit.valid_from.isoformat(), until=until)
    taken = list(in_the_way(unit, span, but=but))
    if taken:
        raise refused_by(actor, target, taken)


def refused_by(actor: Actor, target: Target, taken: list[Occupation]) -> RefusedError:
    """Return the refusal that names what stands in the way."""
    span = spoken_span(target.span.start, target.span.end)
    return refuse("space.unit_taken", *findings_of(actor, taken), unit=target.unit.name, span=span, n=len(taken))


def lock_units(*units: Unit) -> list[Unit]:
    """Lock the rooms of these units, in one order for everybody, and return the units as they stand now."""
    wanted = {unit.root_id for unit in units} | {unit.pk for unit in units}
    rows = Unit.objects.select_for_update(of=("self",)).filter(pk__in=wanted).select_related("outpost__home", "parent")
    found = {row.pk: row for row in rows.order_by("pk")}
    return [found[unit.pk] for unit in units]


def _write(actor: Actor, row: Occupation) -> None:
    """Check once more under the lock, then write; what only the database could see is told the same way."""
    target = Target(row.unit, Interval(row.starts_at, row.ends_at))
    own = row if row.pk else None
    refuse_taken(actor, target, but=own)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if OVERLAP not in str(error):
            raise
        raise refused_by(actor, target, list(in_the_way(row.unit, target.span, but=own))) from error


def _live(occupation: Occupation) -> Occupation:
    row = Occupation.objects.select_for_update(of=("self",)).select_related("unit__outpost__home").get(pk=occupation.pk)
    if row.freed_at is not None:
        raise refuse("space.freed_before", unit=row.unit.name, by=row.freed_by, reason=row.freed_reason)
    return row


def _freed(row: Occupation, now: datetime) -> UnitFreed:
    return UnitFreed(row.root_id, row.starts_at, row.ends_at, now)


def _span(starts_at: datetime, ends_at: datetime) -> Interval:
    span = Interval(starts_at, ends_at)
    for each in (span.start, span.end):
        if each.second or each.microsecond:
            raise refuse("space.parts_of_minutes", value=each.astimezone(SHANGHAI).isoformat())
    return span


def _last_day(span: Interval) -> date:
    return (span.end - timedelta(microseconds=1)).astimezone(SHANGHAI).date()
