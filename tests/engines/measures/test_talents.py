"""K32 and K33 on rows: what is due, what stands apart, who counts once."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from feidi.engines.measures import (
    DEFINITIONS,
    TALENT_DEFINITIONS,
    Arrived,
    Period,
    Served,
    delivered_in_time,
    introduced,
)

YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))
JUNE = date(2026, 6, 1)
DUE = date(2026, 3, 9)


def test_what_is_due_and_not_closed_is_late_and_what_nobody_promised_is_neither() -> None:
    rows = [
        Served(1, DUE, DUE, promised=True),
        Served(2, DUE, date(2026, 3, 10), promised=True),
        Served(3, DUE, None, promised=True),
        Served(4, None, None, promised=True),
        Served(5, None, date(2026, 2, 1), promised=False),
        Served(6, date(2026, 7, 1), date(2026, 5, 1), promised=True),
        Served(7, date(2025, 12, 31), None, promised=True),
    ]
    found = delivered_in_time(rows, YEAR, JUNE)
    assert (found.in_time, found.late) == ((1,), (2, 3))
    assert (found.standing, found.unpromised) == ((4,), (5,))
    assert found.ratio.value == Fraction(1, 3)


def test_nothing_due_is_no_ratio() -> None:
    found = delivered_in_time([], YEAR, JUNE)
    assert (found.ratio.state, found.ratio.value) == ("none", None)


def test_a_person_counts_once_by_the_first_evidence() -> None:
    rows = [
        Arrived(1, date(2026, 2, 1), "A", "home"),
        Arrived(1, date(2025, 2, 1), "A", "home"),
        Arrived(2, date(2026, 2, 1), "", "host"),
        Arrived(2, date(2026, 3, 1), "", "host"),
        Arrived(3, date(2026, 4, 1), "B", ""),
        Arrived(4, date(2026, 12, 1), "B", "home"),
    ]
    found = introduced(rows, YEAR, JUNE)
    assert found.persons == (2, 3)
    assert found.by_class == (("B", (3,)), ("", (2,)))
    assert found.by_side == (("host", (2,)), ("", (3,)))


def test_they_are_defined_beside_the_figures_of_projects_and_not_among_them() -> None:
    assert set(TALENT_DEFINITIONS) == {"K32", "K33"}
    assert not set(TALENT_DEFINITIONS) & set(DEFINITIONS)
    for each in TALENT_DEFINITIONS.values():
        assert all((each.label.zh, each.label.en, each.formula.zh, each.formula.en, each.source))
