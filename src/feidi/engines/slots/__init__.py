"""Slots 时段: opening hours, series, clashes, the next free slot, the grid of a day, and how the space is used.

Intervals are [start, end) between aware datetimes; what a clock on the wall skips or shows twice is right. What is
asked of one unit (``first_free``, ``clash``, ``area_time``) is asked of many at once by the same name with ``_many``
or in the plural, over columns; a test holds both equal.
"""

from feidi.engines.slots.clashes import Held, clash, clashes, shares_place
from feidi.engines.slots.codes import CODES, CODES_EN
from feidi.engines.slots.free import Place, Search, Slot, Taken, first_free, first_free_many
from feidi.engines.slots.grid import Run, runs_of, steps_of
from feidi.engines.slots.intervals import (
    Interval,
    datetime_of,
    day_of,
    days_between,
    merged,
    moment,
    seconds_of,
    without,
)
from feidi.engines.slots.opening import ALWAYS, DayKind, Hours, Opening, is_open, open_between, open_on
from feidi.engines.slots.recurring import (
    MAX_OCCURRENCES,
    Occurrence,
    Recurrence,
    Repeats,
    check_rule,
    days_of,
    occurrences,
)
from feidi.engines.slots.usage import (
    Let,
    Lettable,
    Period,
    Share,
    Use,
    area_time,
    area_time_many,
    hours_used,
    no_show_rate,
    occupied_on,
    share_of,
    vacancy_days,
)

__all__ = [
    "ALWAYS",
    "CODES",
    "CODES_EN",
    "MAX_OCCURRENCES",
    "DayKind",
    "Held",
    "Hours",
    "Interval",
    "Let",
    "Lettable",
    "Occurrence",
    "Opening",
    "Period",
    "Place",
    "Recurrence",
    "Repeats",
    "Run",
    "Search",
    "Share",
    "Slot",
    "Taken",
    "Use",
    "area_time",
    "area_time_many",
    "check_rule",
    "clash",
    "clashes",
    "datetime_of",
    "day_of",
    "days_between",
    "days_of",
    "first_free",
    "first_free_many",
    "hours_used",
    "is_open",
    "merged",
    "moment",
    "no_show_rate",
    "occupied_on",
    "occurrences",
    "open_between",
    "open_on",
    "runs_of",
    "seconds_of",
    "share_of",
    "shares_place",
    "steps_of",
    "vacancy_days",
    "without",
]
