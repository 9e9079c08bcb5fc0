"""What an outpost has and has not, and the laboratories nearby (``enclave/premises.yaml``). Not written down is not known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from feidi.domain.incubation.selectors.admission_rules import NOTHING, Said
from feidi.domain.parties.models import Outpost
from feidi.kernel.content.library import library

PREMISES: Final = "enclave/premises.yaml"
WET_BENCH, BIOSAFETY, PURIFIED_WATER, HAZARDOUS_WASTE = "wet_bench", "biosafety", "purified_water", "hazardous_waste"


@dataclass(frozen=True, slots=True)
class Facilities:
    """What there is for laboratory work. None: not known. ``biosafety``: the levels there are, empty for none."""

    wet_bench: bool | None = None
    biosafety: tuple[str, ...] | None = None
    purified_water: bool | None = None
    hazardous_waste: bool | None = None


@dataclass(frozen=True, slots=True)
class Premises:
    """What an outpost offers. ``known`` False: nobody has written it down."""

    facilities: Facilities
    desks: int | None
    note: Said
    gives: tuple[Said, ...]
    gives_not: tuple[Said, ...]
    source: str
    known: bool


@dataclass(frozen=True, slots=True)
class Lab:
    """A laboratory that can be used: where, what it has, what it asks of registration (None: not known), price, source.

    ``where``: host | home | any | "" (not known): the side on which it asks the user to be registered.
    """

    name: Said
    place: Said
    facilities: Facilities
    where: str
    registration: Said
    price: Said
    source: str
    url: str = ""


_NOWHERE: Final = Premises(Facilities(), None, NOTHING, (), (), "", known=False)


def premises_of(outpost: Outpost) -> Premises:
    """Return what is published of an outpost; everything unknown when nothing is."""
    data = _data(outpost)
    for each in data.get("premises", ()):
        if each["outpost"] == outpost.code:
            return Premises(
                facilities=facilities_from(each["facilities"]),
                desks=each["desks"],
                note=_said(each.get("note")),
                gives=tuple(map(_said, each["gives"])),
                gives_not=tuple(map(_said, each["gives_not"])),
                source=data["source"],
                known=True,
            )
    return _NOWHERE


def published_labs(outpost: Outpost) -> list[Lab]:
    """Return the laboratories that content names for an outpost's home."""
    return [_lab(each) for each in _data(outpost).get("labs", ())]


def facilities_from(raw: Mapping[str, Any]) -> Facilities:
    """Return facilities as content writes them."""
    levels = raw["biosafety"]
    return Facilities(
        raw["wet_bench"], None if levels is None else tuple(levels), raw["purified_water"], raw["hazardous_waste"]
    )


def _data(outpost: Outpost) -> Mapping[str, Any]:
    parsed = library().find(outpost.home.code, PREMISES, on=None)
    data: Mapping[str, Any] = parsed.data if parsed else {}
    return data


def _lab(raw: Mapping[str, Any]) -> Lab:
    registration = raw["registration"]
    return Lab(
        name=_said(raw["name"]),
        place=_said(library().place(raw["place"])["short_name"]),
        facilities=facilities_from(raw["facilities"]),
        where=registration["where"] if registration else "",
        registration=_said(registration["label"]) if registration else NOTHING,
        price=_said(raw["price"]),
        source=raw["source"],
        url=raw.get("url", ""),
    )


def _said(raw: Mapping[str, str] | None) -> Said:
    return Said(raw["zh"], raw["en"]) if raw else NOTHING
