"""What every reader is asked: whose rows, over which days, known by which moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from feidi.domain.parties.models import Outpost
from feidi.domain.reporting.selectors.figures import View
from feidi.engines.measures import Period, Reading

#: Nothing here is older.
FIRST: Final = date(2000, 1, 1)
#: All that is written down, whenever that was: what firms say of a year they say in the next one.
EVER: Final = datetime(9000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Question:
    """A view with its outposts. ``now``: the moment up to which what is still going on is looked at."""

    view: View
    outposts: tuple[Outpost, ...]
    now: datetime

    @property
    def pks(self) -> tuple[int, ...]:
        """Keys of the outposts."""
        return self.view.outposts

    @property
    def start(self) -> date:
        """The first day; of everything that ever was, the first of this century."""
        return max(self.view.period.start, FIRST)

    @property
    def end(self) -> date:
        """The first day that is not looked at."""
        return self.view.end

    @property
    def last(self) -> date:
        """The last day that is looked at; the first one where the period is still to come."""
        return max(self.start, self.end - timedelta(days=1))

    @property
    def period(self) -> Period:
        """The days looked at, at least one."""
        return Period(self.start, max(self.end, self.start + timedelta(days=1)))

    @property
    def begun(self) -> bool:
        """Tell whether any day of the period is looked at."""
        return self.end > self.start


#: Returns the readings of an app's figures.
Reader = Callable[[Question], Mapping[str, Reading]]
