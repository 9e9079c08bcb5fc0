"""How many more the outpost can take. Not known is not full: it is said as not known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Q

from feidi.domain.incubation.selectors.premises import premises_of
from feidi.domain.parties.models import Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.pipeline.enums import Stage
from feidi.domain.pipeline.models import Project
from feidi.domain.space.enums import OccupationReason
from feidi.domain.space.models import Occupation, Unit

#: So many free places are named.
_NAMED = 5
_HERE = (Stage.ADMITTED, Stage.INCUBATING, Stage.ACCELERATING)


@dataclass(frozen=True, slots=True)
class Capacity:
    """Places in all, taken, and free. None: not known. ``names``: the first free ones, where they have names."""

    total: int | None
    taken: int
    free: int | None
    names: tuple[str, ...] = ()

    @property
    def full(self) -> bool:
        """Certainly no place left."""
        return self.free is not None and self.free <= 0


def capacity_of(outpost: Outpost, on: date) -> Capacity:
    """Return how full an outpost is on a day: units of space where they are kept, else the desks that content names
    less the people of the projects that are here (a project of unknown size takes one).
    """
    return _by_units(outpost, on) or _by_desks(outpost)


def _by_units(outpost: Outpost, on: date) -> Capacity | None:
    """Return what the occupancy ledger says; None while an outpost keeps no lettable units.

    A room with parts is let part by part: it is counted itself only where it has none.
    """
    units = Unit.objects.filter(outpost=outpost, lettable=True, voided_at__isnull=True, valid_from__lte=on)
    units = units.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), parts__isnull=True)
    names = dict(units.order_by("code").values_list("pk", "name"))
    if not names:
        return None
    noon = datetime.combine(on, time(12), SHANGHAI)
    held = Occupation.objects.filter(freed_at__isnull=True, starts_at__lte=noon, ends_at__gt=noon)
    rows = list(held.exclude(reason=OccupationReason.BOOKING).values_list("unit_id", flat=True))
    rooms = dict(units.values_list("pk", "parent_id"))
    free = [name for pk, name in names.items() if pk not in rows and rooms[pk] not in rows]
    return Capacity(len(names), len(names) - len(free), len(free), tuple(free[:_NAMED]))


def _by_desks(outpost: Outpost) -> Capacity:
    sizes = Project.objects.filter(outpost=outpost, voided_at__isnull=True, host_stage__in=_HERE)
    taken = sum(size or 1 for size in sizes.values_list("team_size", flat=True))
    total = premises_of(outpost).desks
    return Capacity(total, taken, None if total is None else total - taken)
