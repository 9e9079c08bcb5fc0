"""K01–K15: the check values of the domain notes, and one form equal to many."""

from __future__ import annotations

import doctest
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feidi.engines.measures import (
    DEFINITIONS,
    Count,
    MoneyRow,
    Period,
    Pot,
    ProjectRow,
    chain_of,
    columns_of,
    figures,
    five_words,
    funnel,
    funnel_of,
    measure,
    percent,
)

YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))
LATER = date(2028, 6, 30)
D = date(2026, 3, 2)


def test_examples_in_the_docstrings() -> None:
    for module in (figures, funnel):
        assert doctest.testmod(module).failed == 0


def test_the_published_funnel_gives_at_most() -> None:
    """100 多 → 20 → 6: at most 20 %, 30 %, at most 6 % end to end."""
    shown = [
        (each.bound, percent(each.value or Fraction(0))) for each in chain_of([Count(100, True), Count(20), Count(6)])
    ]
    assert shown == [("<=", "20"), ("", "30"), ("<=", "6")]
    assert [each.state for each in chain_of([Count(0), Count(0)])] == ["none", "none"]
    assert chain_of([Count(9, True), Count(3, True)])[0].state == "unclear"


def test_conversion_of_a_cohort() -> None:
    rows = [
        ProjectRow(n, negotiating_on=D, inspecting_on=D if n < 20 else None, key_on=D if n < 6 else None)
        for n in range(100)
    ]
    k06, k07 = measure("K06", rows, YEAR, LATER), measure("K07", rows, YEAR, LATER)
    assert (k06.value, k06.numerator, k06.denominator) == (Fraction(1, 5), 20, 100)
    assert (k07.value, k07.numerator, k07.denominator) == (Fraction(3, 10), 6, 20)
    assert set(k07.rows) == set(range(20))
    assert set(k07.hits) == set(range(6))


def test_a_cohort_not_observed_to_its_end_has_no_value_yet() -> None:
    early = measure("K06", [ProjectRow(1, negotiating_on=D, inspecting_on=D)], YEAR, date(2026, 11, 23))
    assert (early.state, early.value, early.numerator, early.denominator) == ("early", None, 1, 1)
    last_day = YEAR.end + timedelta(days=179)
    assert measure("K06", [ProjectRow(1, negotiating_on=D)], YEAR, last_day - timedelta(days=1)).state == "early"
    assert measure("K06", [ProjectRow(1, negotiating_on=D)], YEAR, last_day).state == "known"


def test_no_denominator_is_not_zero_per_cent() -> None:
    for code, definition in DEFINITIONS.items():
        figure = measure(code, [], YEAR, LATER)
        if definition.kind in {"ratio", "share", "days"}:
            assert (figure.state, figure.value) == ("none", None), code
        else:
            assert figure.value == 0, code


def test_openings_and_forced_moves_stand_apart() -> None:
    rows = [
        ProjectRow(1, negotiating_on=D, inspecting_on=D),
        ProjectRow(2, negotiating_on=D, inspecting_on=D, forced_on=D),
        ProjectRow(3, opening_place=3, opened_on=D, key_on=D),
        ProjectRow(4, opening_place=2),
        ProjectRow(5, opening_place=2, opened_on=date(2025, 5, 5)),
        ProjectRow(6, opening_place=1, negotiating_on=D),
    ]
    figure = measure("K06", rows, YEAR, LATER)
    assert (figure.rows, figure.hits, figure.opening, figure.forced) == ((1, 6), (1,), (3, 4), (2,))


def test_leads_response_and_judging() -> None:
    rows = [
        ProjectRow(
            1,
            lead_on=D,
            contact_due_on=D + timedelta(1),
            contacted_on=D,
            judged_on=D + timedelta(3),
            judged_follow=True,
        ),
        ProjectRow(
            2, lead_on=D, contact_due_on=D + timedelta(1), contacted_on=D + timedelta(2), judged_on=D + timedelta(4)
        ),
        ProjectRow(
            3, lead_on=D, contact_due_on=D + timedelta(1), judged_follow=False, major=True, judged_on=D + timedelta(7)
        ),
        ProjectRow(4, lead_on=date(2025, 12, 31), judged_follow=True),
    ]
    at = D + timedelta(8)
    assert measure("K01", rows, YEAR, at).rows == (1, 2, 3)
    assert measure("K02", rows, YEAR, at).value == Fraction(1, 2)
    assert measure("K03", rows, YEAR, at).value == Fraction(1, 3)
    assert measure("K04", rows, YEAR, at).value == Fraction(2, 3)
    assert measure("K03", rows, YEAR, D + timedelta(1)).state == "none"
    assert measure("K04", rows, YEAR, D + timedelta(4)).denominator == 2


def test_follow_up_of_what_is_open() -> None:
    at = date(2026, 11, 23)
    rows = [
        ProjectRow(1, entered_on=D, noted_on=at - timedelta(13)),
        ProjectRow(2, entered_on=D, noted_on=at - timedelta(14)),
        ProjectRow(3, entered_on=D, left_talks_on=D),
        ProjectRow(4, entered_on=D, under_condition=True),
        ProjectRow(5, entered_on=at + timedelta(1)),
    ]
    figure = measure("K05", rows, YEAR, at)
    assert (figure.rows, figure.hits) == ((1, 2), (1,))


def test_money_is_counted_once_per_currency_and_never_added_across() -> None:
    rows = [ProjectRow(1, contract_on=D, home_on=D), ProjectRow(2, contract_on=D), ProjectRow(3, framework_on=D)]
    money = [
        MoneyRow(1, D, "signed", "CNY", 300), MoneyRow(1, D, "signed", "CNY", 150), MoneyRow(2, D, "signed", "USD", 70),
        MoneyRow(2, D, "signed", "CNY", None), MoneyRow(1, D, "paid", "CNY", 90), MoneyRow(9, D, "paid", "CNY", 1000),
    ]  # fmt: skip
    signed = measure("K08", rows, YEAR, LATER, money)
    assert (signed.value, signed.sums) == (Fraction(2), (Pot("CNY", 450, 1), Pot("USD", 70)))
    assert measure("K08F", rows, YEAR, LATER).rows == (3,)
    paid = measure("K13", rows, YEAR, LATER, money)
    assert (paid.value, paid.bound) == (Fraction(90, 450), "<=")
    assert {code: ratio.value for code, ratio in paid.shares} == {"CNY": Fraction(1, 5), "USD": 0}
    assert measure("K10", rows, YEAR, LATER).value == Fraction(1, 2)


def test_landing_revoked_and_median() -> None:
    on = date(2026, 6, 1)
    rows = [
        ProjectRow(n, negotiating_on=on - timedelta(days), verified_on=on, verified_stands=n != 4)
        for n, days in enumerate([10, 20, 40, 100, 999])
    ]
    assert measure("K14", rows, YEAR, LATER).rows == (0, 1, 2, 3)
    cycle = measure("K15", rows, YEAR, LATER)
    assert (cycle.value, cycle.spread) == (Fraction(30), (Fraction(35, 2), Fraction(55)))


def test_late_starts() -> None:
    rows = [
        ProjectRow(1, contract_on=D, agreed_start_on=D + timedelta(30)),
        ProjectRow(2, contract_on=D, agreed_start_on=D + timedelta(30), started_on=D + timedelta(20)),
        ProjectRow(3, contract_on=D),
    ]
    assert measure("K12", rows, YEAR, D + timedelta(30)).value == 0
    assert measure("K12", rows, YEAR, D + timedelta(31)).rows == (1,)


def test_funnel_implies_earlier_stages_but_not_the_optional_one() -> None:
    rows = [
        ProjectRow(
            1,
            lead_on=D,
            screening_on=D,
            negotiating_on=D,
            inspecting_on=D,
            assessing_on=D,
            agreeing_on=D,
            contract_on=D,
        ),
        ProjectRow(2, lead_on=D, screening_on=D),
        ProjectRow(3, opening_place=3),
    ]
    counts = {each.stage: each.count.n for each in funnel_of(rows, YEAR, LATER)}
    assert counts["lead"] == 2
    assert (counts["inspecting"], counts["key"], counts["agreeing"], counts["signed"], counts["registered"]) == (
        1,
        0,
        1,
        1,
        0,
    )
    with_claims = funnel_of(rows, YEAR, LATER, openings=True)
    assert with_claims[0].count == Count(2, at_least=True)
    assert (with_claims[3].of_first.state, with_claims[3].of_last is not None) == ("unclear", True)
    ever = funnel_of(rows, Period(date.min, YEAR.end), LATER, openings=True)
    assert [each.count.n for each in ever[:4]] == [3, 3, 2, 2]


def test_five_words() -> None:
    rows = [
        ProjectRow(1, entered_on=D, lead_on=D), ProjectRow(2, entered_on=D, opening_place=2),
        ProjectRow(3, entered_on=D, left_talks_on=D, contract_on=D, registered_on=date(2025, 1, 1)),
    ]  # fmt: skip
    found = {each.word: (each.keys, each.standing) for each in five_words(rows, YEAR, LATER)}
    assert found["talking"] == ((1,), (1, 2))
    assert found["signed"] == ((3,), (3,))
    assert found["registered"] == ((), (3,))


_DAY = st.none() | st.dates(date(2025, 12, 1), date(2027, 2, 1))
_ROW = st.builds(
    ProjectRow,
    key=st.integers(1, 10**6),
    opening_place=st.integers(-1, 7),
    judged_follow=st.none() | st.booleans(),
    **dict.fromkeys(("major", "under_condition", "home_opening", "verified_stands"), st.booleans()),
    **dict.fromkeys([name for name in ProjectRow.__dataclass_fields__ if name.endswith("_on")], _DAY),
)
_MONEY = st.builds(
    MoneyRow,
    key=st.integers(1, 10),
    on=st.dates(date(2025, 12, 1), date(2027, 2, 1)),
    kind=st.sampled_from(["signed", "paid"]),
    currency=st.sampled_from(["CNY", "USD", ""]),
    fen=st.none() | st.integers(0, 10**12),
)


@pytest.mark.parametrize("code", DEFINITIONS)
@settings(max_examples=20, deadline=None)
@given(
    rows=st.lists(_ROW, max_size=6),
    money=st.lists(_MONEY, max_size=8),
    as_of=st.dates(date(2026, 1, 1), date(2028, 12, 31)),
)
def test_one_form_equals_the_other(code: str, rows: list[ProjectRow], money: list[MoneyRow], as_of: date) -> None:
    assert measure(code, rows, YEAR, as_of, money) == measure(code, columns_of(rows), YEAR, as_of, money)
