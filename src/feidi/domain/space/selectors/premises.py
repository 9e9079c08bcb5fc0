"""Floors, zones and units as somebody may see them, and the plan that content draws."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from feidi.domain.parties.models import Outpost
from feidi.domain.space.access import floors_visible_to, units_visible_to, zones_visible_to
from feidi.domain.space.models import Floor, Unit, Zone
from feidi.kernel.access import Actor
from feidi.kernel.content.library import library

SPACE = "enclave/space.yaml"


def list_floors(actor: Actor, outpost: Outpost) -> QuerySet[Floor]:
    """Return the floors of an outpost that the actor may see."""
    return floors_visible_to(actor, Floor.objects.filter(outpost=outpost, voided_at__isnull=True)).order_by("code")


def list_zones(actor: Actor, outpost: Outpost) -> QuerySet[Zone]:
    """Return the zones of an outpost that the actor may see, in the order of content, with their floor."""
    rows = zones_visible_to(actor, Zone.objects.filter(outpost=outpost, voided_at__isnull=True))
    return rows.select_related("floor").order_by("position", "code")


def list_units(
    actor: Actor,
    *,
    outpost: Outpost | None = None,
    zone_kind: str = "",
    kind: str = "",
    bookable: bool | None = None,
    lettable: bool | None = None,
    on: date | None = None,
) -> QuerySet[Unit]:
    """Return units that the actor may see, with zone, room and outpost, by zone, room, then code.

    ``zone_kind``: kind or code of the zone. ``on``: only what is there on that day.
    """
    rows = units_visible_to(actor, Unit.objects.filter(voided_at__isnull=True))
    if outpost is not None:
        rows = rows.filter(outpost=outpost)
    if zone_kind:
        rows = rows.filter(Q(zone__kind=zone_kind) | Q(zone__code=zone_kind))
    if kind:
        rows = rows.filter(kind=kind)
    if bookable is not None:
        rows = rows.filter(bookable=bookable)
    if lettable is not None:
        rows = rows.filter(lettable=lettable)
    if on is not None:
        rows = rows.filter(there_on(on))
    return rows.select_related("zone", "parent", "outpost__home").order_by("outpost_id", "zone__position", "code", "id")


def get_unit(actor: Actor, uid: str) -> Unit:
    """Return one unit that the actor may see, voided ones too; raises ``Unit.DoesNotExist`` for every other."""
    rows = Unit.objects.select_related("zone__floor", "parent", "outpost__home")
    return units_visible_to(actor, rows).get(uid=uid)


def there_on(day: date) -> Q:
    """Return the condition that a unit is there on a day."""
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))


@dataclass(frozen=True, slots=True)
class Shape:
    """A unit's outline in metres, and where its name stands."""

    code: str
    points: tuple[tuple[float, float], ...]
    label_x: float
    label_y: float

    @property
    def path(self) -> str:
        """The points as an SVG polygon takes them."""
        return " ".join(f"{x:g},{y:g}" for x, y in self.points)


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan of a floor in metres."""

    width: float
    height: float
    shapes: tuple[Shape, ...]


def plan_of(floor: Floor) -> Plan | None:
    """Return the plan that content draws of a floor; None when it draws none."""
    found = library().find(floor.outpost.home.code, SPACE, on=None)
    for outpost in found.data["outposts"] if found else ():
        for raw in outpost["floors"] if outpost["code"] == floor.outpost.code else ():
            if raw["code"] == floor.code and raw["plan"]:
                plan = raw["plan"]
                shapes = tuple(_shape(each["code"], each["points"]) for each in plan["shapes"])
                return Plan(float(plan["width"]), float(plan["height"]), shapes)
    return None


def _shape(code: str, points: list[list[float]]) -> Shape:
    outline = tuple((float(x), float(y)) for x, y in points)
    across, down = [x for x, _ in outline], [y for _, y in outline]
    return Shape(code, outline, (min(across) + max(across)) / 2, (min(down) + max(down)) / 2)
