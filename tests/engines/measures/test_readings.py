"""The check values of the definitions, and what holds of every reading whatever the rows."""

from __future__ import annotations

import doctest
import importlib
import itertools
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feidi.engines.measures import (
    GROUPS,
    INDICATORS,
    Case,
    Cohort,
    Count,
    Grade,
    Item,
    Part,
    Period,
    Rows,
    Rung,
    average_reading,
    count_reading,
    expand,
    grade_of,
    mean_reading,
    named_period,
    net_reading,
    nps_reading,
    outlook_of,
    period_name,
    periods_before,
    ranked,
    ratio_of,
    ratio_reading,
    score_sheet,
)
from feidi.engines.slots import Let, Lettable, area_time
from feidi.engines.slots import Period as Days

KEYS = st.lists(st.integers(1, 10_000), unique=True, max_size=30)


def rows(keys: list[int]) -> Rows:
    return Rows("x", tuple(keys))


@pytest.mark.parametrize("name", ["definitions_more", "readings", "periods", "forecast", "scoring"])
def test_what_the_modules_say_of_themselves_holds(name: str) -> None:
    assert doctest.testmod(importlib.import_module(f"feidi.engines.measures.{name}")).failed == 0


def test_every_figure_from_k01_to_k40_has_a_definition_in_both_languages() -> None:
    assert sorted({code[:3] for code in INDICATORS}) == [f"K{n:02}" for n in range(1, 41)]
    for each in INDICATORS.values():
        for words in (each.label, each.formula, each.numerator, each.denominator or each.numerator):
            assert words.zh, each.code
            assert words.en, each.code
        assert each.source, each.code
        assert (each.denominator is None) == (each.kind in {"count", "money", "days"}), each.code
    assert sorted(code for codes in GROUPS.values() for code in codes) == sorted(INDICATORS)
    with pytest.raises(KeyError):
        expand(["K41"])


def test_the_published_funnel_is_at_most() -> None:
    """100 多个 → 20 → 6: at most 20 %, 30 %, at most 6 % end to end."""
    talks, inspected, key = Count(100, at_least=True), Count(20), Count(6)
    found = [ratio_of(inspected, talks), ratio_of(key, inspected), ratio_of(key, talks)]
    assert [(each.value, each.bound) for each in found] == [
        (Fraction(1, 5), "<="), (Fraction(3, 10), ""), (Fraction(3, 50), "<="),
    ]  # fmt: skip


def test_area_time_of_the_check_value_is_half() -> None:
    """K19: 100 m² for 15 of 30 days, 50 m² for 30 days, lettable 200 m²: (1500 + 1500) / 6000."""
    month = Days(date(2026, 11, 1), date(2026, 12, 1))
    units = [Lettable(key, area * 100, month.since) for key, area in (("A", 100), ("B", 50), ("C", 50))]
    lets = [Let("A", month.since, date(2026, 11, 16)), Let("B", month.since, month.until)]
    each = [area_time([unit], [let for let in lets if let.unit == unit.key], month) for unit in units]
    told = ratio_reading(
        "K19",
        Rows("space.unit", (1, 2, 3), tuple(share.numerator for share in each)),
        Rows("space.unit", (1, 2, 3), tuple(share.denominator for share in each)),
    )
    assert (told.numerator, told.denominator, told.value) == (Fraction(3000), Fraction(6000), Fraction(1, 2))


def test_income_other_than_rent_of_the_check_value() -> None:
    """K26: income 500, rent 300, property 40 → 32 %."""
    above = Rows("incubation.receipt", (3,), (Fraction(160),))
    below = Rows("incubation.receipt", (1, 2, 3), (Fraction(300), Fraction(40), Fraction(160)))
    assert ratio_reading("K26", above, below).value == Fraction(32, 100)


def test_few_are_not_shown() -> None:
    four = Rows("x", (1, 2, 3, 4), (Fraction(5),) * 4)
    for told in (mean_reading("K39", four), nps_reading("K39N", four), ratio_reading("K25", rows([1]), rows([1, 2]))):
        assert (told.state, told.value, told.numerator, told.denominator) == ("hidden", None, None, None)
        assert told.above.keys == ()


def test_nothing_to_divide_by_is_no_value() -> None:
    assert average_reading("K31", Rows("x", (1,), (Fraction(9),)), Fraction(0)).state == "none"
    assert average_reading("K28", rows([1]), None, why="figures.no_area").state == "missing"
    assert net_reading("K36C", rows([]), rows([])).value is None
    assert count_reading("K23", rows([])).value == 0


@given(KEYS, KEYS, KEYS)
def test_a_ratio_is_its_rows(above: list[int], rest: list[int], unknown: list[int]) -> None:
    below = [*above, *(key for key in rest if key not in above)]
    silent = [key for key in unknown if key in below and key not in above]
    told = ratio_reading("K27", rows(above), rows(below), unknown=rows(silent))
    assert told.numerator == len(above)
    assert told.denominator == len(below)
    if told.value is None:
        assert not below or len(silent) == len(below)
    else:
        assert told.value * len(below) == len(above)
        assert (told.bound == ">=") == bool(silent)
        # what nobody has said can only raise it
        assert told.value <= Fraction(len(above) + len(silent), len(below)) <= 1


@given(st.lists(st.integers(0, 10), min_size=5, max_size=40))
def test_promoters_less_detractors(marks: list[int]) -> None:
    told = nps_reading("K39N", Rows("x", tuple(range(len(marks))), tuple(map(Fraction, marks))))
    promoters, detractors = sum(each >= 9 for each in marks), sum(each <= 6 for each in marks)
    assert told.value == Fraction(100 * (promoters - detractors), len(marks))
    assert -100 <= told.value <= 100


@given(KEYS, KEYS)
def test_net_is_in_less_out(into: list[int], out: list[int]) -> None:
    told = net_reading("K36T", rows(into), rows(out))
    assert told.value == (len(into) - len(out) if into or out else None)


@given(st.dates(date(2001, 1, 1), date(2098, 12, 31)), st.sampled_from([1, 3, 12]))
def test_periods_follow_each_other_and_have_names(day: date, months: int) -> None:
    found = periods_before(day, 6, months)
    assert found[-1].holds(day)
    assert all(one.end == other.start for one, other in itertools.pairwise(found))
    assert [named_period(period_name(each)) for each in found if period_name(each)] == [
        each for each in found if period_name(each)
    ]


@pytest.mark.parametrize("name", ["", "26", "2026Q5", "2026-13", "2026-1", "Q3", "2026Q", "1999"])
def test_no_period(name: str) -> None:
    with pytest.raises(ValueError, match=name or ".*"):
        named_period(name)


def test_any_other_days_have_no_name() -> None:
    assert period_name(Period(date(2026, 1, 2), date(2027, 1, 1))) == ""
    assert period_name(Period(date.min, date(2027, 1, 1))) == ""


@given(st.integers(0, 12), st.integers(0, 12), st.lists(st.integers(0, 399), max_size=4))
def test_an_outlook_lies_within_its_years(standing: int, goal: int, years: list[int]) -> None:
    cohorts = [Cohort(2020 + n, 1 + each // 20, min(each % 20, 1 + each // 20)) for n, each in enumerate(years)]
    found = outlook_of(standing, goal, cohorts)
    if not cohorts:
        assert found.outlook == "unknown"
        return
    assert found.chance is not None
    assert 0 <= found.chance <= 1
    assert (goal > standing) <= (found.chance == 0)
    if found.low is not None and found.high is not None:
        assert found.low <= (found.expected or 0) <= found.high
    assert (found.low is None) == (len(cohorts) < 2)


def test_six_key_projects_are_short_of_three() -> None:
    assert outlook_of(6, 3, [Cohort(2025, 20, 6)]).outlook == "short"
    assert outlook_of(6, 3, [Cohort(2025, 20, 16)]).outlook == "sure"


@given(st.dictionaries(st.text(max_size=3), st.fractions(0, 100), max_size=8))
def test_places_follow_scores(scores: dict[str, Fraction]) -> None:
    places = ranked(scores)
    for one, place in places.items():
        assert all((scores[other] > scores[one]) == (places[other] < place) for other in scores)


COUNTY = (
    Rung(Fraction(100), (("task", Fraction(1)),)),
    Rung(Fraction(75), (("task", Fraction(4, 5)), ("money", Fraction(1, 5)))),
    Rung(Fraction(50), (("task", Fraction(1, 2)),)),
)


@pytest.mark.parametrize(
    ("task", "money", "points", "missing"),
    [
        (100, None, 100, ()),
        (85, 20, 75, ()),
        (85, 19, 50, ()),
        (85, None, None, ("money",)),
        (60, None, 50, ()),
        (40, None, 0, ()),
        (None, 90, None, ("task", "money")),
    ],
)
def test_steps_leave_open_only_what_hangs_on_something_unknown(
    task: int | None, money: int | None, points: int | None, missing: tuple[str, ...]
) -> None:
    item = Item("unit", Fraction(100), (Part("task"), Part("money")), rungs=COUNTY)
    done = {
        code: (None if value is None else Fraction(value), Fraction(100))
        for code, value in (("task", task), ("money", money))
    }
    found = score_sheet((item,), done, {}).items[0]
    assert found.points == points
    assert set(found.missing) <= set(missing)
    assert bool(found.missing) == bool(missing)


def test_a_bonus_has_a_most_of_its_own_and_one_not_counted_is_missing() -> None:
    visits, leads = Case("visits", Fraction(1, 2), Fraction(3)), Case("leads", Fraction(1, 2))
    bonus = Item("bonus", Fraction(0), bonuses=(visits, leads))
    assert score_sheet((bonus,), {}, {"visits": 40, "leads": 3}).total == Fraction(9, 2)
    open_one = score_sheet((bonus,), {}, {"visits": 40, "leads": None})
    assert (open_one.total, open_one.missing) == (0, ("leads",))


def test_a_veto_bars_the_grade_and_no_score_none() -> None:
    grades = (Grade("good", Fraction(80), Fraction(1, 5), barred_by_veto=True), Grade("passed", Fraction(60)))
    assert grade_of(grades, Fraction(90), rank=1, of=5, veto=True) == "passed"
    assert grade_of(grades, Fraction(10), rank=1, of=5) is None
