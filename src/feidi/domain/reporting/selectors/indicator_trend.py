"""How a figure came to be what it is: the same figure of earlier periods, frozen where a period was closed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from feidi.domain.reporting.selectors.figures import View
from feidi.domain.reporting.selectors.indicators import Indicator, answered, outposts_of
from feidi.domain.reporting.selectors.readings.kept import Keeper
from feidi.engines.measures import DEFINITIONS, period_name, periods_before

#: Figures over projects by quarter; the others, which tell of years, by year.
_QUARTERS, _YEARS = 8, 5


@dataclass(frozen=True, slots=True)
class Point:
    """One earlier period: its name, and the figure as it stands (or as it was frozen)."""

    name: str
    one: Indicator


def trend_of(view: View, code: str) -> tuple[Point, ...]:
    """Return the figure of the last quarters or years up to the as-of date, oldest first; the last may not be over.

    A conversion needs its follow-up, so each period is told as of the day looked at; a closed one as it was frozen.
    """
    months, count = (3, _QUARTERS) if code in DEFINITIONS else (12, _YEARS)
    outposts, keeper = outposts_of(view), Keeper()
    found = []
    for each in periods_before(view.as_of, count, months):
        one = answered(replace(view, period=each), (code,), outposts, keeper)[0]
        found.append(Point(period_name(each), one))
    return tuple(found)
