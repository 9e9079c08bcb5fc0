"""The agenda: everything that is to have happened, played in order of time through the services."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from feidi.domain.parties.models import Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.pipeline.models import Project
from feidi.kernel.access import Actor
from feidi.kernel.calendar.almanac import Almanac
from feidi.kernel.identity.models import User
from feidi.portals.cli.demonstration.invented import Firm

Progress = Callable[[int, int, str], None]
Act = Callable[[Actor, datetime], object]
_OPENS = time(9, 5, tzinfo=SHANGHAI)
_PER_DAY = 160


@dataclass(frozen=True, slots=True)
class Event:
    """One act: on which day, in which place of that day's order, by whom."""

    day: date
    order: int
    by: str
    act: Act


@dataclass(slots=True)
class Scene:
    """Where it plays: the outpost, its people by login, today, and the last day on which anything may happen.

    ``tales`` are the firms whose lives were noted, in that order; ``projects`` their keys once registered.
    """

    outpost: Outpost
    users: Mapping[str, User]
    actors: Mapping[str, Actor]
    today: date
    almanac: Almanac
    random: Random
    events: list[Event] = field(default_factory=list)
    projects: dict[str, int] = field(default_factory=dict)
    tales: dict[str, Firm] = field(default_factory=dict)

    @property
    def last_day(self) -> date:
        """The last working day before today: whatever is demonstrated at nine in the morning lies behind."""
        day = self.today - timedelta(days=1)
        while not self.almanac.is_working(day):
            day -= timedelta(days=1)
        return day

    def working(self, day: date) -> date:
        """Return ``day``, or the next working day; never later than the last day."""
        while day < self.last_day and not self.almanac.is_working(day):
            day += timedelta(days=1)
        return min(day, self.last_day)

    def plan(self, day: date, by: str, act: Act) -> None:
        """Note an act for a day."""
        self.events.append(Event(day, len(self.events), by, act))

    def project(self, name: str) -> Project:
        """Return the project of a tale as it stands now."""
        return Project.objects.select_related("outpost__home", "owner").get(pk=self.projects[name])

    def play(self, progress: Progress) -> int:
        """Carry everything out in order of time; return the number of acts."""
        ordered = sorted(self.events, key=lambda each: (each.day, each.order))
        place: dict[date, int] = {}
        for done, event in enumerate(ordered, start=1):
            nth = place[event.day] = place.get(event.day, 0) + 1
            minutes = min(nth, _PER_DAY) * 3
            now = datetime.combine(event.day, _OPENS) + timedelta(minutes=minutes)
            event.act(self.actors[event.by], now)
            progress(done, len(ordered), event.day.isoformat())
        self.events.clear()
        return len(ordered)
