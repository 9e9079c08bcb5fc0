"""Bringing places and outposts in line with published content. Rows are made and renamed, never removed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from feidi.domain.parties.enums import OrganizationKind
from feidi.domain.parties.models import Organization, Outpost, Place, Plaque
from feidi.domain.parties.services.organizations import find_or_add_organization
from feidi.kernel.access import Actor
from feidi.kernel.audit import Unit, recorded
from feidi.kernel.content.library import Library, library

ENCLAVE = "enclave/enclave.yaml"


def sync_places(*, actor: Actor, now: datetime) -> tuple[int, int]:
    """Make or update every place and outpost that content names. Returns (places, outposts) known afterwards."""
    with recorded(actor=actor, now=now) as unit:
        present = library()
        _places(present)
        for code in present.places():
            entry = present.entry(code, ENCLAVE, on=None)
            if entry is not None:
                for raw in present.read(code, ENCLAVE, on=None).data.get("outposts") or ():
                    _outpost(unit, code, raw)
    return Place.objects.count(), Outpost.objects.count()


def _places(present: Library) -> None:
    """Make or rename places, those nearer to the country first; a place that stands as it should is left alone."""
    known = {each.code: each for each in Place.objects.select_related("parent")}
    depths: dict[int, list[Place]] = {}
    for code in sorted(present.places(), key=lambda each: (len(present.lineage(each)), each)):
        raw = present.place(code)
        name = raw.get("name") or {}
        fields = {
            "name_zh": name.get("zh", code),
            "name_en": name.get("en", code),
            "kind": raw.get("kind", "district"),
            "division_code": str(raw.get("division") or ""),
            "parent": known.get(str(raw.get("parent"))),
        }
        row = known.get(code)
        if row is None:
            known[code] = Place(code=code, **fields)
            depths.setdefault(len(present.lineage(code)), []).append(known[code])
        elif any(getattr(row, key) != each for key, each in fields.items()):
            for key, each in fields.items():
                setattr(row, key, each)
            row.save()
    for depth in sorted(depths):
        for each in depths[depth]:
            each.parent = each.parent  # the key of a parent made a step before
        Place.objects.bulk_create(depths[depth])


def _outpost(unit: Unit, home: str, raw: Mapping[str, Any]) -> None:
    area = raw.get("area_m2")
    value, approximate = (
        (area.get("value"), area.get("qualifier") == "about") if isinstance(area, dict) else (area, False)
    )
    fields = {
        "name": raw["name"]["zh"],
        "short_name": raw["short_name"]["zh"][:30],
        "home": Place.objects.get(code=home),
        "host": Place.objects.get(code=raw["host"]),
        "address": (raw.get("address") or {}).get("zh", ""),
        "area_m2": value,
        "area_approximate": approximate,
        "opened_on": raw["opened_on"] if isinstance(raw.get("opened_on"), date) else None,
    }
    outpost = Outpost.objects.filter(code=raw["code"]).first()
    if outpost is None:
        outpost = Outpost(code=raw["code"], created_at=unit.now, **fields)
        outpost.save()
        outpost.operator = _operator(unit, outpost, raw)
        outpost.save(update_fields=["operator"])
        # as the database keeps it: a number written as 1150 is read as 1150.00
        outpost.refresh_from_db()
        unit.created(outpost, kind="parties.outpost")
    else:
        before = unit.before(outpost, "parties.outpost")
        for key, each in fields.items():
            setattr(outpost, key, each)
        outpost.operator = _operator(unit, outpost, raw)
        outpost.save()
        outpost.refresh_from_db()
        unit.changed(outpost, kind="parties.outpost", before=before)
    for plaque in raw.get("plaques") or ():
        _plaque(outpost, plaque)


def _operator(unit: Unit, outpost: Outpost, raw: Mapping[str, Any]) -> Organization | None:
    name = (raw.get("operator") or {}).get("zh")
    if not name:
        return None
    return find_or_add_organization(
        actor=unit.actor, now=unit.now, outpost=outpost, name=name, kinds=(OrganizationKind.OPERATOR,), check=False
    )


def _plaque(outpost: Outpost, raw: Mapping[str, Any]) -> None:
    def words(key: str) -> str:
        return str((raw.get(key) or {}).get("zh", ""))

    Plaque.objects.update_or_create(
        outpost=outpost,
        code=raw["code"],
        defaults={"name": words("name"), "superior": words("superior"), "report_head": words("report_head")},
    )
