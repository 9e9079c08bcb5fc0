"""The rooms and plans for the public: names, sizes, equipment. Never who holds what.

Names are as content has them, English where it has some; what somebody renamed by hand stands as it was written.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import OuterRef, Subquery, Sum
from django.utils.translation import get_language

from feidi.domain.parties.models import Outpost
from feidi.domain.parties.services.places import ENCLAVE
from feidi.domain.showcase.selectors.sites import Site
from feidi.domain.space.models import Floor, Unit, Zone
from feidi.domain.space.selectors.premises import SPACE, plan_of, there_on
from feidi.kernel.content.library import library
from feidi.portals.public.showcase.words import say
from feidi.portals.ui.requests import FeidiRequest


def zones_of(site: Site) -> list[dict[str, Any]]:
    """Return the zones of the outpost as content names them; an area nobody published is None."""
    return [{"name": say(zone["name"]), "area": zone["area_m2"]} for zone in _zones(site)]


def floors_of(site: Site, on: date) -> list[dict[str, Any]]:
    """Return each floor with its plan and its rooms."""
    names, zones, words = _units(site), {each["code"]: each["name"] for each in _zones(site)}, _equipment(site)
    floors = {each["code"]: each["name"] for each in _told(site).get("floors") or ()}
    rows = Unit.objects.filter(there_on(on), outpost=site.outpost, voided_at__isnull=True, parent__isnull=True)
    units = list(rows.filter(code__in=names).select_related("zone__floor").order_by("zone__position", "code"))
    found = []
    for floor in Floor.objects.filter(outpost=site.outpost, voided_at__isnull=True).select_related("outpost__home"):
        plan = plan_of(floor)
        inside = [each for each in units if each.zone.floor_id == floor.pk]
        rooms = [
            {
                "name": say(names[each.code]),
                "zone": named(each.zone.name, zones.get(each.zone.code)),
                "area": each.area_m2,
                "capacity": each.capacity,
                "equipment": [words.get(word, word) for word in each.equipment],
            }
            for each in inside
        ]
        at = {each.shape: say(names[each.code]) for each in inside if each.shape}
        shapes = [(shape, at.get(shape.code, "")) for shape in plan.shapes] if plan else []
        found.append(
            {"name": named(floor.name, floors.get(floor.code)), "plan": plan, "shapes": shapes, "rooms": rooms}
        )
    return found


def unit_name(site: Site, unit: Unit) -> str:
    """Return what a room is called, in the reader's language where content has it."""
    return named(unit.name, _units(site).get(unit.code))


def named(name: str, pair: Mapping[str, str] | None) -> str:
    """Return content's words for a name that is still content's, else the name."""
    return say(pair) if pair and pair["zh"] == name else name


def mark_of_spaces(_request: FeidiRequest, site: Site) -> str:
    """Return what the page rests on: every change by hand counts a version on, every change of content a revision."""
    asked = {}
    for name, model in (("of_floors", Floor), ("of_zones", Zone), ("of_units", Unit)):
        rows = model.objects.filter(outpost=OuterRef("pk")).order_by().values("outpost")
        asked[name] = Subquery(rows.annotate(n=Sum("version")).values("n"))
    return str(Outpost.objects.filter(pk=site.outpost.pk).annotate(**asked).values_list(*asked).first())


def _zones(site: Site) -> list[Mapping[str, Any]]:
    enclave = library().read(site.outpost.home.code, ENCLAVE, on=None).data
    told = (each for each in enclave.get("outposts") or () if each["code"] == site.outpost.code)
    return [zone for each in told for zone in each.get("zones") or ()]


def _told(site: Site) -> Mapping[str, Any]:
    """Return what ``space.yaml`` says of the outpost."""
    found = library().find(site.outpost.home.code, SPACE, on=None)
    outposts = found.data["outposts"] if found else ()
    return next((each for each in outposts if each["code"] == site.outpost.code), {})


def _units(site: Site) -> dict[str, Mapping[str, str]]:
    """Return code → name of the rooms that published content names; what was added by hand is the house's own."""
    return {unit["code"]: unit["name"] for unit in _told(site).get("units") or ()}


def _equipment(site: Site) -> Mapping[str, str]:
    """Return Chinese → English of the words of equipment, for a reader of English."""
    found = library().find(site.outpost.home.code, SPACE, on=None)
    english: Mapping[str, str] = (found.data.get("english") or {}) if found else {}
    return english if get_language() == "en" else {}
