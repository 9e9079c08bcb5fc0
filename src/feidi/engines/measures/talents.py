"""K32 and K33: cases delivered in time, persons introduced. Rows are cases and persons, not projects.

>>> from datetime import date
>>> year = Period(date(2026, 1, 1), date(2027, 1, 1))
>>> one = Served(1, due_on=date(2026, 3, 9), closed_on=date(2026, 3, 9), promised=True)
>>> late = Served(2, due_on=date(2026, 3, 9), closed_on=date(2026, 3, 10), promised=True)
>>> delivered_in_time([one, late, Served(3, None, None, promised=False)], year, date(2026, 6, 1)).ratio.value
Fraction(1, 2)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from feidi.engines.measures.figures import Count, Ratio, ratio_of
from feidi.engines.measures.rows import Period


@dataclass(frozen=True, slots=True)
class Served:
    """One case: the day it is due by its clock (None: it stands still now, or nothing was promised), the day it closed."""

    key: int
    due_on: date | None
    closed_on: date | None
    promised: bool


@dataclass(frozen=True, slots=True)
class OnTime:
    """K32 with its rows. ``late``: due and not closed in time; ``unpromised``: apart, without a promise to keep;
    ``standing``: apart, waiting for the applicant, so that nobody can say when they are due.
    """

    ratio: Ratio
    in_time: tuple[int, ...]
    late: tuple[int, ...]
    unpromised: tuple[int, ...]
    standing: tuple[int, ...]


def delivered_in_time(rows: Iterable[Served], period: Period, as_of: date) -> OnTime:
    """Return K32: of the cases due in the period and by ``as_of``, those closed on or before the day they were due."""
    kept: list[int] = []
    late: list[int] = []
    unpromised: list[int] = []
    standing: list[int] = []
    for each in rows:
        if not each.promised:
            unpromised.append(each.key)
        elif each.due_on is None:
            standing.append(each.key)
        elif period.start <= each.due_on < period.end and each.due_on <= as_of:
            closed = each.closed_on is not None and each.closed_on <= each.due_on
            (kept if closed else late).append(each.key)
    ratio = ratio_of(Count(len(kept)), Count(len(kept) + len(late)))
    return OnTime(ratio, tuple(kept), tuple(late), tuple(unpromised), tuple(standing))


@dataclass(frozen=True, slots=True)
class Arrived:
    """One accepted piece of evidence that a person came, on the day it speaks of. Class and side as they stand; empty: unknown."""

    person: int
    on: date
    class_code: str = ""
    side: str = ""


@dataclass(frozen=True, slots=True)
class Introduced:
    """K33: persons, each once, by class and by where they work. An empty code is "not decided", an empty side "unknown"."""

    persons: tuple[int, ...]
    by_class: tuple[tuple[str, tuple[int, ...]], ...]
    by_side: tuple[tuple[str, tuple[int, ...]], ...]


def introduced(rows: Iterable[Arrived], period: Period, as_of: date) -> Introduced:
    """Return K33: the persons whose first evidence lies in the period and not after ``as_of``."""
    first: dict[int, Arrived] = {}
    for each in rows:
        known = first.get(each.person)
        if known is None or each.on < known.on:
            first[each.person] = each
    counted = [each for each in first.values() if period.start <= each.on < period.end and each.on <= as_of]
    return Introduced(
        tuple(sorted(each.person for each in counted)),
        _by([(each.class_code, each.person) for each in counted]),
        _by([(each.side, each.person) for each in counted]),
    )


def _by(pairs: Iterable[tuple[str, int]]) -> tuple[tuple[str, tuple[int, ...]], ...]:
    found: dict[str, list[int]] = {}
    for code, person in sorted(pairs, key=lambda each: (each[0] == "", each)):
        found.setdefault(code, []).append(person)
    return tuple((code, tuple(persons)) for code, persons in found.items())
