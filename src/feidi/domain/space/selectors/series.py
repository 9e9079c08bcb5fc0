"""A series before it is saved: every day it falls on, and all that stands in its way, so that nothing is found out later."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from fractions import Fraction
from types import MappingProxyType

from feidi.domain.parties.models import Organization
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.space.access import books_for_others
from feidi.domain.space.models import Occupation, Unit
from feidi.domain.space.selectors.checking import Wish, monday_of, problems_of
from feidi.domain.space.selectors.holding import findings_of, live_within
from feidi.domain.space.selectors.rules import opening_of, rules_of
from feidi.engines.findings import Finding
from feidi.engines.slots import Held, Interval, Recurrence, clashes, occurrences
from feidi.kernel.access import Actor
from feidi.kernel.identity.models import User

_NOWHERE: Mapping[date, Unit] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class SeriesWish:
    """A booking that repeats: ``starts`` by the wall clock for ``minutes``, on the days of ``rule`` from ``first_on``."""

    unit: Unit
    purpose: str
    first_on: date
    starts: time
    minutes: int
    rule: Recurrence
    attendees: int | None = None
    organization: Organization | None = None
    organizer: User | None = None

    def one(self, unit: Unit, span: Interval) -> Wish:
        """One of its bookings."""
        return Wish(unit, span.start, span.end, self.purpose, self.attendees, self.organization, self.organizer)


@dataclass(frozen=True, slots=True)
class SeriesDay:
    """One day of a series: where and when, and what speaks against it (empty: nothing)."""

    on: date
    unit: Unit
    starts_at: datetime
    ends_at: datetime
    problems: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class SeriesPreview:
    """All days of a series in their order; those left out are not among them."""

    days: tuple[SeriesDay, ...]
    left_out: frozenset[date] = field(default_factory=frozenset)

    @property
    def clashing(self) -> tuple[SeriesDay, ...]:
        """The days against which something speaks."""
        return tuple(day for day in self.days if day.problems)


def preview_series(
    actor: Actor,
    wish: SeriesWish,
    now: datetime,
    *,
    skip: Collection[date] = (),
    elsewhere: Mapping[date, Unit] = _NOWHERE,
) -> SeriesPreview:
    """Return every day of a series with all that speaks against it. Writes nothing.

    A firm's limits hold against the firm, not against what the outpost's people enter. ``skip``: days that are left out; ``elsewhere``: days that are held in another unit. Refused: a rule that cannot be
    followed, more than ``MAX_OCCURRENCES`` days.
    """
    found = occurrences(wish.rule, wish.first_on, wish.starts, wish.minutes, SHANGHAI)
    kept = [(each, elsewhere.get(each.on, wish.unit)) for each in found if each.on not in set(skip)]
    taken = _taken([(unit, each.interval) for each, unit in kept])
    limited = not books_for_others(actor, wish.unit.outpost_id)
    rules, planned = rules_of(wish.unit.outpost), defaultdict[date, Fraction](Fraction)
    days = []
    for (each, unit), rows in zip(kept, taken, strict=True):
        one = wish.one(unit, each.interval)
        problems = [*problems_of(one, rules, now, limited=limited, planned=planned), *findings_of(actor, rows)]
        planned[monday_of(each.interval.start)] += Fraction(each.interval.seconds, 3600)
        days.append(SeriesDay(each.on, unit, each.interval.start, each.interval.end, tuple(problems)))
    return SeriesPreview(tuple(days), frozenset(skip))


def rooms_instead(
    days: Sequence[SeriesDay], units: Sequence[Unit], *, attendees: int | None = None
) -> dict[date, tuple[Unit, ...]]:
    """Return for each day the other bookable rooms of the outpost that are open, free and large enough at its time.

    A room whose capacity nobody wrote down is offered; whatever else speaks against it is told when it is chosen.
    """
    if not days:
        return {}
    here = {day.unit.outpost_id for day in days}
    fit = [
        unit
        for unit in units
        if unit.bookable
        and unit.outpost_id in here
        and (None in (attendees, unit.capacity) or unit.capacity >= attendees)  # type: ignore[operator] # both are known
    ]
    whole = Interval(min(day.starts_at for day in days), max(day.ends_at for day in days))
    opening = opening_of(rules_of(days[0].unit.outpost), [unit.hours for unit in fit], whole)
    asked = [
        (day, unit)
        for day in days
        for unit in fit
        if unit.pk != day.unit.pk and any(part.covers(_span(day)) for part in opening[unit.hours])
    ]
    taken = _taken([(unit, _span(day)) for day, unit in asked])
    found: dict[date, tuple[Unit, ...]] = {day.on: () for day in days}
    for (day, unit), rows in zip(asked, taken, strict=True):
        if not rows:
            found[day.on] = (*found[day.on], unit)
    return found


def _span(day: SeriesDay) -> Interval:
    return Interval(day.starts_at, day.ends_at)


def _taken(wanted: list[tuple[Unit, Interval]]) -> list[list[Occupation]]:
    """Return what is in the way of each, all of it asked at once."""
    if not wanted:
        return []
    whole = Interval(min(span.start for _, span in wanted), max(span.end for _, span in wanted))
    rows = list(live_within({unit.root_id for unit, _ in wanted}, whole))
    held = [Held(row.uid, row.unit_id, row.root_id, Interval(row.starts_at, row.ends_at)) for row in rows]
    asked = [Held("", unit.pk, unit.root_id, span) for unit, span in wanted]
    return [[rows[place] for place in places] for places in clashes(asked, held)]
