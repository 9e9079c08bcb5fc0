"""Names on trips are kept as long as the visit needs them: some weeks after its end only the surname is left."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from feidi.domain.liaison.models import Trip, TripMember, TripStop
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.kernel.access import Actor
from feidi.kernel.audit import Unit, recorded

#: A leader's itinerary is nobody's business once reports and thanks are out. One month covers the monthly report; it is
#: a floor of this software's own, not a rule of a place, and therefore no content that somebody could lengthen.
KEEP_NAMES: Final = timedelta(days=30)
MARK: Final = "某"
_DOUBLE: Final = frozenset(
    {"欧阳", "司马", "上官", "诸葛", "司徒", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "夏侯"}
)
_LONG: Final = 2


def coarse(name: str) -> str:
    """Return a name of which only the surname is left; again is harmless, no name stays none.

    >>> coarse("张三丰"), coarse("欧阳修"), coarse("张某某"), coarse("")
    ('张某某', '欧阳某', '张某某', '')
    """
    name = name.strip()
    if not name or MARK in name:
        return name
    surname = name[:2] if name[:2] in _DOUBLE else name[:1]
    return surname + MARK * min(_LONG, max(1, len(name) - len(surname)))


def coarsen_past_trips(*, actor: Actor, now: datetime) -> int:
    """Coarsen leaders, lists and who met whom of trips that ended more than 30 days ago; return how many trips.

    Each trip in a transaction of its own; run again it changes nothing. What stands on a project's timeline stays:
    it is that project's record, seen by its outpost alone.
    """
    before = now.astimezone(SHANGHAI).date() - KEEP_NAMES
    ended = Trip.objects.filter(ends_on__lt=before)
    named = set(ended.exclude(leader="").exclude(leader__contains=MARK).values_list("pk", flat=True))
    members = TripMember.objects.filter(trip__ends_on__lt=before).exclude(name__contains=MARK)
    stops = TripStop.objects.filter(trip__ends_on__lt=before).exclude(meets="").exclude(meets__contains=MARK)
    named |= set(members.values_list("trip_id", flat=True)) | set(stops.values_list("trip_id", flat=True))
    for pk in sorted(named):
        with recorded(actor=actor, now=now) as unit:
            _coarsen(unit, Trip.objects.select_for_update().get(pk=pk))
    return len(named)


def _coarsen(unit: Unit, trip: Trip) -> None:
    before = unit.before(trip, "liaison.trip")
    trip.leader = coarse(trip.leader)
    trip.version += 1
    trip.save(update_fields=["leader", "version"])
    unit.changed(trip, kind="liaison.trip", before=before, action="coarsened")
    members = list(trip.members.all())
    for each in members:
        each.name = coarse(each.name)
    TripMember.objects.bulk_update(members, ["name"])
    for stop in trip.stops.exclude(meets="").exclude(meets__contains=MARK):
        # who meets whom is free text: which words of it are names nobody can say, so that all of it goes
        earlier = unit.before(stop, "liaison.trip_stop")
        stop.meets = f"（{MARK}某等，姓名已隐去）"
        stop.version += 1
        stop.save(update_fields=["meets", "version"])
        unit.changed(stop, kind="liaison.trip_stop", before=earlier, action="coarsened")
