"""The rooms and plans for the public: names, sizes, equipment. Never who holds what."""

from __future__ import annotations

from datetime import date
from typing import Any

from feidi.domain.parties.services.places import ENCLAVE
from feidi.domain.showcase.selectors.sites import Site
from feidi.domain.space.models import Floor, Unit
from feidi.domain.space.selectors.premises import SPACE, plan_of, there_on
from feidi.kernel.content.library import library
from feidi.portals.public.showcase.words import say


def zones_of(site: Site) -> list[dict[str, Any]]:
    """Return the zones of the outpost as content names them; an area nobody published is None."""
    enclave = library().read(site.outpost.home.code, ENCLAVE, on=None).data
    for each in enclave.get("outposts") or ():
        if each["code"] == site.outpost.code:
            return [{"name": say(zone["name"]), "area": zone["area_m2"]} for zone in each.get("zones") or ()]
    return []


def floors_of(site: Site, on: date) -> list[dict[str, Any]]:
    """Return each floor with its plan and its rooms."""
    names = _published(site)
    rows = Unit.objects.filter(there_on(on), outpost=site.outpost, voided_at__isnull=True, parent__isnull=True)
    units = list(rows.filter(code__in=names).select_related("zone__floor").order_by("zone__position", "code"))
    for each in units:
        each.name = names[each.code]
    found = []
    for floor in Floor.objects.filter(outpost=site.outpost, voided_at__isnull=True).select_related("outpost__home"):
        plan = plan_of(floor)
        named = {each.shape: each for each in units if each.shape and each.zone.floor_id == floor.pk}
        shapes = [(shape, named.get(shape.code)) for shape in plan.shapes] if plan else []
        rooms = [each for each in units if each.zone.floor_id == floor.pk]
        found.append({"floor": floor, "plan": plan, "shapes": shapes, "rooms": rooms})
    return found


def _published(site: Site) -> dict[str, str]:
    """Return code → name of the rooms that published content names; what was added by hand is the house's own."""
    found = library().find(site.outpost.home.code, SPACE, on=None)
    outposts = found.data["outposts"] if found else ()
    return {
        unit["code"]: say(unit["name"])
        for each in outposts
        if each["code"] == site.outpost.code
        for unit in each["units"]
    }
