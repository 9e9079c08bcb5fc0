"""The cost figures of a place as published content has them, with what it inherits from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from feidi.engines.costing import CostFile, Label, Place, parse_costs
from feidi.kernel.content.library import Library, library

FOLDER = "costs"
_COMPARABLE = frozenset({"district", "city"})


@dataclass(frozen=True, slots=True)
class Choice:
    """A place that can be chosen as a side."""

    code: str
    name: Label
    demonstration: bool


def places_with_costs() -> list[Choice]:
    """Return the districts and cities of which somebody states at least one figure, themselves or above them."""
    published = library()
    stating = {place for place, path in published.entries if path.startswith(f"{FOLDER}/")}
    found = []
    for code in published.places():
        place = published.place(code)
        own = set(published.lineage(code)[:2]) & stating
        if place["kind"] in _COMPARABLE and own:
            found.append(Choice(code, Label(**place["short_name"]), bool(place["demonstration"])))
    return sorted(found, key=lambda each: (each.demonstration, each.code))


def costs_of(place: str, *, on: date) -> Place:
    """Return a place with every figure of its lineage that was published for a day. Refuses an unknown place."""
    published = library()
    lineage = published.lineage(place)
    figures, _left_out = parse_costs(_files(published, lineage, on))
    names = {each: Label(**published.place(each)["short_name"]) for each in lineage}
    return Place(place, names[place], lineage, figures, names)


def place_names() -> dict[str, Label]:
    """Return the short name of every published place."""
    published = library()
    return {code: Label(**published.place(code)["short_name"]) for code in published.places()}


def _files(published: Library, lineage: Sequence[str], on: date) -> Iterable[CostFile]:
    for place in lineage:
        for each in published.each(place, FOLDER, on=on):
            # a published file is told by its place and path; a figure in it by its position, from 1
            yield CostFile(place, each.path, each.data, line_of=lambda path: int(path[1]) + 1, sha256=each.sha256)
