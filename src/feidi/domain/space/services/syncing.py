"""Bringing floors, zones and units in line with published content. Made and changed, never removed; what was edited by
hand since stays as it is and is reported.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, TypeVar

from feidi.domain.parties.models import Outpost
from feidi.domain.parties.services.places import ENCLAVE
from feidi.domain.space.enums import FLOOR, UNIT, ZONE, UnitKind
from feidi.domain.space.models import Floor, Unit, Zone
from feidi.domain.space.selectors.premises import SPACE
from feidi.domain.space.services.premises import UnitFacts, put_facts
from feidi.kernel.access import Actor
from feidi.kernel.audit import Unit as Work
from feidi.kernel.audit import recorded
from feidi.kernel.content.library import Library, library

Row = TypeVar("Row", Floor, Zone)
_Raw = Mapping[str, Any]
_DESK: Final = "{room} 工位{n}"


@dataclass
class Synced:
    """What a sync did: rows made and changed, and units that were edited by hand and differ from content."""

    made: int = 0
    changed: int = 0
    kept: list[str] = field(default_factory=list)


def sync_units(*, actor: Actor, now: datetime) -> Synced:
    """Make or change every floor, zone and unit that content names, after ``sync_places``. Again: nothing happens.

    The zone's name, kind and area stand in ``enclave.yaml``, where it lies and whether it can be let in ``space.yaml``.
    """
    present, done = library(), Synced()
    with recorded(actor=actor, now=now) as work:
        for place in present.places():
            if present.entry(place, SPACE, on=None) is None:
                continue
            for raw in present.read(place, SPACE, on=None).data["outposts"]:
                outpost = Outpost.objects.filter(code=raw["code"]).select_related("home").first()
                if outpost is not None:
                    _outpost(work, done, outpost, raw, _zones_of(present, place, raw["code"]))
    return done


def _zones_of(present: Library, place: str, code: str) -> dict[str, _Raw]:
    outposts = present.read(place, ENCLAVE, on=None).data["outposts"]
    return {zone["code"]: zone for each in outposts if each["code"] == code for zone in each["zones"]}


def _outpost(work: Work, done: Synced, outpost: Outpost, raw: _Raw, known: Mapping[str, _Raw]) -> None:
    for each in raw["floors"]:
        values = {"name": each["name"]["zh"], "level": each["level"] or "", "area_m2": _area(each["area_m2"])}
        _put(work, done, Floor(outpost=outpost, code=each["code"]), FLOOR, {**values, "note": each.get("note", "")})
    floors = {floor.code: floor for floor in Floor.objects.filter(outpost=outpost, voided_at__isnull=True)}
    for place, each in enumerate(raw["zones"]):
        said = known.get(each["code"])
        if said is None:
            continue  # the check of content says so
        values = {
            "floor": floors.get(each["floor"] or ""),
            "kind": said["kind"],
            "name": said["name"]["zh"],
            "area_m2": _area(said["area_m2"]),
            "lettable": each["lettable"],
            "position": place,
        }
        _put(work, done, Zone(outpost=outpost, code=each["code"]), ZONE, values)
    zones = {zone.code: zone for zone in Zone.objects.filter(outpost=outpost, voided_at__isnull=True)}
    units = {unit.code: unit for unit in Unit.objects.filter(outpost=outpost)}
    for each in _with_desks(raw["units"]):
        if each["zone"] in zones:
            _unit(work, done, zones[each["zone"]], each, units)


def _put(work: Work, done: Synced, fresh: Row, kind: str, values: Mapping[str, Any]) -> None:
    model = type(fresh)
    row = model.objects.filter(outpost=fresh.outpost, code=fresh.code, voided_at__isnull=True).first()
    if row is None:
        for name, value in values.items():
            setattr(fresh, name, value)
        fresh.created_at = work.now
        fresh.save()
        work.created(fresh, kind=kind)
        done.made += 1
    elif row.version == 1 and any(getattr(row, name) != value for name, value in values.items()):
        # a version past the first is somebody's hand: content must not take it back
        before = work.before(row, kind)
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
        work.changed(row, kind=kind, before=before)
        done.changed += 1


def _unit(work: Work, done: Synced, zone: Zone, raw: _Raw, units: dict[str, Unit]) -> None:
    facts, code = _facts(raw), raw["code"]
    row = units.get(code)
    if row is None:
        row = Unit(outpost=zone.outpost, zone=zone, parent=units.get(raw.get("part_of", "")), code=code)
        row.created_at = work.now
        put_facts(row, facts)
        row.save()
        work.created(row, kind=UNIT)
        units[code], done.made = row, done.made + 1
        return
    wanted = Unit(pk=row.pk)
    put_facts(wanted, facts)
    names = [name for name in UnitFacts.__dataclass_fields__ if getattr(row, name) != getattr(wanted, name)]
    if row.edited_at is not None or row.voided_at is not None:
        done.kept += [code] if names else []
    elif names:
        before = work.before(row, UNIT)
        put_facts(row, facts)
        row.version += 1
        row.save()
        work.changed(row, kind=UNIT, before=before)
        done.changed += 1


def _with_desks(units: list[_Raw]) -> Iterator[_Raw]:
    """Yield rooms before their parts, and the desks that are only counted."""
    yield from sorted(units, key=lambda raw: "part_of" in raw)
    for room in units:
        desks = room.get("desks", 0)
        area = round(Decimal(str(room["area_m2"])) / desks, 2) if desks and room["area_m2"] is not None else None
        for n in range(1, desks + 1):
            name = {"zh": _DESK.format(room=room["code"], n=n)}
            part = {"code": f"{room['code']}-{n:02d}", "kind": "desk", "name": name, "area_m2": area, "capacity": 1}
            yield {**room, **part, "equipment": [], "shape": None, "part_of": room["code"]}


def _facts(raw: _Raw) -> UnitFacts:
    until = raw.get("valid_to")
    return UnitFacts(
        kind=UnitKind(raw["kind"]),
        name=raw["name"]["zh"],
        valid_from=raw["valid_from"],
        area_m2=_area(raw["area_m2"]),
        capacity=raw["capacity"],
        equipment=tuple(raw["equipment"]),
        lettable=raw["lettable"],
        bookable=raw["bookable"],
        needs_approval=bool(raw.get("needs_approval")),
        hours=raw["hours"] or "",
        shape=raw["shape"] or "",
        valid_to=until if isinstance(until, date) else None,
    )


def _area(value: Decimal | float | None) -> Decimal | None:
    """As the database keeps it: two places."""
    return None if value is None else Decimal(str(value)).quantize(Decimal("0.01"))
