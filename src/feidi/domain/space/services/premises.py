"""Floors, zones and units: entered and changed by hand, taken out with a reason. Content brings them first (``syncing``)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.space.access import SPACE_EDIT
from feidi.domain.space.enums import FLOOR, UNIT, ZONE, UnitKind
from feidi.domain.space.models import Floor, Occupation, Unit, Zone
from feidi.domain.space.selectors.holding import findings_of
from feidi.domain.space.selectors.rules import rules_of
from feidi.domain.space.services.occupying import lock_units
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded

_NAME: Final = 80


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """What is known of a unit. ``area_m2``, ``capacity`` None: not known. ``valid_to`` None: until further notice."""

    kind: UnitKind
    name: str
    valid_from: date
    area_m2: Decimal | None = None
    capacity: int | None = None
    equipment: tuple[str, ...] = ()
    lettable: bool = False
    bookable: bool = False
    needs_approval: bool = False
    hours: str = ""
    shape: str = ""
    valid_to: date | None = None
    note: str = ""


def add_unit(
    *, actor: Actor, now: datetime, zone: Zone, code: str, facts: UnitFacts, parent: Unit | None = None
) -> Unit:
    """Enter a unit of a zone, alone or as a part of a room.

    Refused: no code or name, a code that stands already, a part of a part or of another outpost's room, no opening hours
    where it can be booked, days in the wrong order.
    """
    require(actor, SPACE_EDIT, outpost_scope(zone.outpost_id))
    row = Unit(outpost=zone.outpost, zone=zone, parent=parent, code=code.strip(), edited_at=now, created_at=now)
    _check(row, facts)
    if not row.code:
        raise refuse("space.unit_code_needed")
    if parent is not None and (parent.parent_id is not None or parent.outpost_id != zone.outpost_id):
        raise refuse("space.part_of_part", unit=parent.name)
    with recorded(actor=actor, now=now) as work:
        if Unit.objects.filter(outpost=zone.outpost, code=row.code, voided_at__isnull=True).exists():
            raise refuse("space.unit_code_taken", code=row.code)
        put_facts(row, facts)
        row.save()
        work.created(row, kind=UNIT)
    return row


def change_unit(*, actor: Actor, now: datetime, unit: Unit, version: int, facts: UnitFacts) -> Unit:
    """Change a unit; content leaves it alone from then on. Its room and its code stay.

    Refused as ``add_unit``; changed since ``version``; taken out; somebody holds it past the day on which it ends.
    """
    require(actor, SPACE_EDIT, outpost_scope(unit.outpost_id))
    _check(unit, facts)
    with recorded(actor=actor, now=now) as work:
        row = _live(unit)
        if row.version != version:
            raise refuse("space.unit_changed_meanwhile", unit=row.name)
        before = work.before(row, UNIT)
        put_facts(row, facts)
        row.edited_at, row.version = now, row.version + 1
        row.save()
        work.changed(row, kind=UNIT, before=before)
    return row


def void_unit(*, actor: Actor, now: datetime, unit: Unit, reason: str) -> Unit:
    """Take a unit out. Refused: no reason, taken out before, parts still there, somebody who holds it now or later."""
    require(actor, SPACE_EDIT, outpost_scope(unit.outpost_id))
    if not reason.strip():
        raise refuse("space.reason_needed")
    with recorded(actor=actor, now=now) as work:
        row = _live(unit)
        if row.parts.filter(voided_at__isnull=True).exists():
            raise refuse("space.unit_has_parts", unit=row.name)
        held = list(Occupation.objects.filter(unit=row, freed_at__isnull=True, ends_at__gt=now).order_by("starts_at"))
        if held:
            raise refuse("space.unit_held", *findings_of(actor, held), unit=row.name, n=len(held))
        before = work.before(row, UNIT)
        row.voided_at, row.void_reason, row.version = now, reason.strip()[:500], row.version + 1
        row.save(update_fields=["voided_at", "void_reason", "version"])
        work.changed(row, kind=UNIT, before=before, reason=row.void_reason, action="voided")
    return row


def change_zone(
    *, actor: Actor, now: datetime, zone: Zone, version: int, area_m2: Decimal | None, lettable: bool | None
) -> Zone:
    """Write down a zone's area and whether it counts as lettable. Refused: an area of nothing, changed meanwhile."""
    require(actor, SPACE_EDIT, outpost_scope(zone.outpost_id))
    _check_area(area_m2)
    with recorded(actor=actor, now=now) as work:
        row = Zone.objects.select_for_update(of=("self",)).get(pk=zone.pk)
        if row.version != version:
            raise refuse("space.unit_changed_meanwhile", unit=row.name)
        before = work.before(row, ZONE)
        row.area_m2, row.lettable, row.version = area_m2, lettable, row.version + 1
        row.save(update_fields=["area_m2", "lettable", "version"])
        work.changed(row, kind=ZONE, before=before)
    return row


def change_floor(
    *, actor: Actor, now: datetime, floor: Floor, version: int, level: str, area_m2: Decimal | None, note: str
) -> Floor:
    """Write down a floor's storey and area. Refused: an area of nothing, changed meanwhile."""
    require(actor, SPACE_EDIT, outpost_scope(floor.outpost_id))
    _check_area(area_m2)
    with recorded(actor=actor, now=now) as work:
        row = Floor.objects.select_for_update(of=("self",)).get(pk=floor.pk)
        if row.version != version:
            raise refuse("space.unit_changed_meanwhile", unit=row.name)
        before = work.before(row, FLOOR)
        row.level, row.area_m2, row.note = level.strip()[:20], area_m2, note.strip()[:300]
        row.version += 1
        row.save(update_fields=["level", "area_m2", "note", "version"])
        work.changed(row, kind=FLOOR, before=before)
    return row


def put_facts(row: Unit, facts: UnitFacts) -> None:
    """Write what is known into a row that has been checked."""
    row.kind, row.name, row.area_m2, row.capacity = (
        facts.kind,
        facts.name.strip()[:_NAME],
        facts.area_m2,
        facts.capacity,
    )
    row.equipment = [each.strip() for each in facts.equipment if each.strip()]
    row.lettable, row.bookable, row.needs_approval = facts.lettable, facts.bookable, facts.needs_approval
    row.hours, row.shape, row.note = facts.hours, facts.shape, facts.note.strip()[:300]
    row.valid_from, row.valid_to = facts.valid_from, facts.valid_to


def _check(row: Unit, facts: UnitFacts) -> None:
    if not facts.name.strip():
        raise refuse("space.unit_name_needed")
    _check_area(facts.area_m2)
    if facts.capacity is not None and facts.capacity < 1:
        raise refuse("space.capacity_wrong", n=facts.capacity)
    if facts.valid_to is not None and facts.valid_to < facts.valid_from:
        raise refuse("space.unit_days", since=facts.valid_from.isoformat(), until=facts.valid_to.isoformat())
    known = rules_of(row.outpost).hours
    if (facts.bookable or facts.hours) and facts.hours not in known:
        raise refuse("space.hours_unknown", value=facts.hours, known="、".join(known))


def _check_area(area_m2: Decimal | None) -> None:
    if area_m2 is not None and area_m2 <= 0:
        raise refuse("space.area_wrong", value=str(area_m2))


def _live(unit: Unit) -> Unit:
    row = lock_units(unit)[0]
    if row.voided_at is not None:
        raise refuse("space.unit_voided", unit=row.name, reason=row.void_reason)
    return row
