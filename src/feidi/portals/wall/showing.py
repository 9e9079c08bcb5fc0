"""What a scene is drawn from: whose wall, who looks, the year until today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import get_language

from feidi.domain.parties.models import Outpost
from feidi.domain.reporting.selectors.figures import View, view_of
from feidi.domain.reporting.selectors.wall import Scene
from feidi.engines.measures import Period
from feidi.kernel.access import Actor


@dataclass(frozen=True, slots=True)
class Showing:
    """One wall at one moment. ``presenter``: somebody is signed in and may drill down; a screen may not."""

    outpost: Outpost
    actor: Actor
    now: datetime
    today: date
    scenes: tuple[Scene, ...]
    presenter: bool
    picture_url: str = ""

    @property
    def year(self) -> Period:
        """The calendar year of today."""
        return Period(date(self.today.year, 1, 1), date(self.today.year + 1, 1, 1))

    @property
    def view(self) -> View:
        """The year until today, which the actor may count."""
        return view_of(self.actor, [self.outpost], self.year, self.today)

    @property
    def all_time(self) -> View:
        """Everything until today."""
        return view_of(self.actor, [self.outpost], Period(date.min, date.max), self.today)

    @property
    def shown(self) -> tuple[Scene, ...]:
        """The scenes that rotate."""
        return tuple(each for each in self.scenes if each.shown)

    def scene(self, code: str) -> Scene | None:
        """Return a scene that is shown, or None."""
        return next((each for each in self.shown if each.code == code), None)


def say(label: object) -> str:
    """Return content's words in the reader's language."""
    words: dict[str, str] = dict(label)  # type: ignore[call-overload]
    return words["en" if get_language() == "en" else "zh"]
