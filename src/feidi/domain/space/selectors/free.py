"""The next free slot of many rooms at once: the ledger as columns, near days first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from feidi.domain.space.access import can_view_premises
from feidi.domain.space.models import Unit
from feidi.domain.space.selectors.rules import BookingRules, opening_of, rules_of
from feidi.domain.space.selectors.taken import taken_within
from feidi.engines.findings import refuse
from feidi.engines.slots import Interval, Place, Search, Slot, Taken, first_free_many
from feidi.kernel.access import Actor

#: How far is looked when nothing is said, and at most.
HORIZON: Final = timedelta(days=90)
_MOST: Final = timedelta(days=366)
#: Most of what is asked is free soon: the first days alone are read first, then all of it.
_SOON: Final = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class FreeSlot:
    """A unit that is free and open then."""

    unit: Unit
    starts_at: datetime
    ends_at: datetime


def find_free_slots(
    actor: Actor,
    units: Sequence[Unit],
    *,
    now: datetime,
    after: datetime,
    minutes: int,
    until: datetime | None = None,
    count: int = 1,
) -> list[FreeSlot]:
    """Return the first free slot of each of the ``count`` units that are free first, the earliest first.

    Units that the actor may not see, or that cannot be booked, are left out; what is past is not offered. Looks at most
    a year ahead (90 days when ``until`` is not given). Refused: a length below one minute, an end before the start.
    """
    if minutes < 1:
        raise refuse("slots.length_wrong", minutes=minutes)
    start = max(after, now)
    span = Interval(start, min(until or start + HORIZON, start + _MOST))
    seen = [unit for unit in units if unit.bookable and unit.voided_at is None and can_view_premises(actor, unit)]
    if not seen:
        return []
    rules = rules_of(seen[0].outpost)
    known = {unit.pk: unit for unit in seen}
    found, roots = list[Slot](), {unit.root_id for unit in seen}
    taken: Taken | None = None
    for end in _ends(span):
        taken = taken_within(roots, Interval(span.start, end), known=taken)
        found = _search(seen, rules, taken, Search(span.start, end, minutes * 60, rules.slot_minutes * 60))
        if len(found) >= min(count, len(seen)):
            break
    return [FreeSlot(known[each.unit], each.interval.start, each.interval.end) for each in found[:count]]


def _ends(span: Interval) -> Iterator[datetime]:
    if span.start + _SOON < span.end:
        yield span.start + _SOON
    yield span.end


def _search(units: Sequence[Unit], rules: BookingRules, taken: Taken, search: Search) -> list[Slot]:
    span = Interval(search.after, search.until)
    # a day more to the left: a slot lies on the steps of the hours that opened before
    around = Interval(span.start - timedelta(days=1), span.end)
    opening = opening_of(rules, [unit.hours for unit in units], around)
    places = [Place(unit.pk, unit.root_id) for unit in units]
    doors = {unit.pk: opening[unit.hours] for unit in units}
    return list(first_free_many(places, doors, taken, search))
