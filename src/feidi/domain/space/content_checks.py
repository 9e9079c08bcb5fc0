"""What a schema cannot say of ``enclave/space.yaml``: its codes are there, its parts are of rooms, its areas add up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from feidi.domain.parties.services.places import ENCLAVE
from feidi.domain.space.selectors.premises import SPACE
from feidi.domain.space.selectors.rules import BOOKING
from feidi.engines.findings import Finding, Level, Scalar
from feidi.kernel.content.checkers import register_checker
from feidi.kernel.content.folder import Folder, Key

_Raw = Mapping[str, Any]
_Path = tuple[str | int, ...]
#: A code of the content file that something else must name.
_Said = tuple[_Path, str, dict[str, Scalar]]
_ROUNDING: Final = Decimal("0.5")


def register() -> None:
    """Have every ``space.yaml`` of a folder looked at before it is loaded."""
    register_checker(SPACE, check_space)


def check_space(folder: Folder, key: Key) -> Iterator[Finding]:
    """Yield each code that stands nowhere, each part that cannot be one, each zone smaller than what is in it."""
    document = folder.document(key)
    hours = _nearest(folder, key[0], BOOKING).get("hours", {})
    enclave = {each["code"]: each for each in _nearest(folder, key[0], ENCLAVE).get("outposts", ())}
    for at, outpost in enumerate(document.value["outposts"]):
        zones = {each["code"]: each for each in enclave.get(outpost["code"], {}).get("zones", ())}
        for path, code, params in _outpost(("outposts", at), outpost, zones, set(hours)):
            line = document.line_of(path)
            yield Finding(Level.PROBLEM, code, {"file": "/".join(key), "line": line, **params}, row=line)


def _outpost(path: _Path, outpost: _Raw, zones: Mapping[str, _Raw], hours: set[str]) -> Iterator[_Said]:
    floors = {each["code"]: each for each in outpost["floors"]}
    shapes = {shape["code"] for floor in floors.values() for shape in (floor["plan"] or {}).get("shapes", ())}
    for at, zone in enumerate(outpost["zones"]):
        if zone["code"] not in zones:
            yield (*path, "zones", at), "space.content_zone", {"value": zone["code"], "known": "、".join(zones)}
        if zone["floor"] is not None and zone["floor"] not in floors:
            yield (*path, "zones", at), "space.content_floor", {"value": zone["floor"], "known": "、".join(floors)}
    placed = {zone["code"]: zone for zone in outpost["zones"]}
    units = {unit["code"]: unit for unit in outpost["units"]}
    for at, unit in enumerate(outpost["units"]):
        here: _Path = (*path, "units", at)
        yield from _unit(here, unit, units)
        for name, known in (("zone", set(placed)), ("hours", hours), ("shape", shapes)):
            if unit[name] is not None and unit[name] not in known:
                yield here, f"space.content_{name}", {"value": unit[name], "known": "、".join(sorted(known))}
    yield from _areas(path, outpost, zones)


def _unit(path: _Path, unit: _Raw, units: Mapping[str, _Raw]) -> Iterator[_Said]:
    if unit["bookable"] and unit["hours"] is None:
        yield path, "space.content_no_hours", {"unit": unit["code"]}
    room = unit.get("part_of")
    if room is not None and (room not in units or "part_of" in units[room] or room == unit["code"]):
        yield path, "space.content_part", {"unit": unit["code"], "value": room}


def _areas(path: _Path, outpost: _Raw, zones: Mapping[str, _Raw]) -> Iterator[_Said]:
    """Hold what is known: of an area that nobody published nothing is said."""
    for at, zone in enumerate(outpost["zones"]):
        whole = zones.get(zone["code"], {}).get("area_m2")
        rooms = [unit for unit in outpost["units"] if unit["zone"] == zone["code"] and "part_of" not in unit]
        if whole is not None and _sum(rooms) > Decimal(str(whole)) + _ROUNDING:
            params: dict[str, Scalar] = {"what": zone["code"], "parts": str(_sum(rooms)), "whole": str(whole)}
            yield (*path, "zones", at), "space.content_area", params
    for at, floor in enumerate(outpost["floors"]):
        inside = [
            zones[each["code"]] for each in outpost["zones"] if each["floor"] == floor["code"] and each["code"] in zones
        ]
        if floor["area_m2"] is not None and _sum(inside) > Decimal(str(floor["area_m2"])) + _ROUNDING:
            params = {"what": floor["code"], "parts": str(_sum(inside)), "whole": str(floor["area_m2"])}
            yield (*path, "floors", at), "space.content_area", params


def _sum(rows: list[_Raw]) -> Decimal:
    return sum((Decimal(str(each["area_m2"])) for each in rows if each["area_m2"] is not None), Decimal(0))


def _nearest(folder: Folder, place: str, path: str) -> _Raw:
    """Return the file that a place sees, empty when there is none or it cannot be read (said elsewhere)."""
    found = folder.nearest(place, path)
    document = folder.document(found) if found is not None else None
    value = document.value if document is not None and not document.findings else None
    return value if isinstance(value, dict) else {}
