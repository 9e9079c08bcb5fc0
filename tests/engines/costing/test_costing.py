"""Host against home: the published test value, unknowns, shared figures, what to beware of, sensitivity."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from dataclasses import replace
from datetime import date
from fractions import Fraction

from feidi.engines import costing
from feidi.engines.costing import (
    CODES,
    CODES_EN,
    Confidence,
    Figure,
    Range,
    Subsidy,
    sensitivity,
    words_of,
)
from tests.engines.costing.support import DAY, HOME, HOST, A, answer, codes, figure, one, place, profile, rent


def test_the_published_value_with_the_different_years_warning() -> None:
    said = answer({"office": "200㎡"}, HOME, HOST)
    (line,) = said.lines
    assert line.difference == one(201_360_00)
    assert said.yearly.difference == one(201_360_00)
    assert codes(line.remarks)[:2] == ["different_years", "different_baskets"]
    assert "2021Q4 与 2025Q3" in words_of(line.remarks[0])
    assert [each.code for each in line.remarks].count("costing.different_years") == 1
    assert said.left_out == ()
    assert said.over_years.difference == one(201_360_00)
    assert answer({"office": "200㎡", "years": 2}, HOME, HOST).over_years.difference == one(402_720_00)


def test_an_unknown_names_what_is_missing_and_stays_out_of_every_sum() -> None:
    given = {"office": "200㎡", "plant": "1000㎡", "conversion": ["pilot", "equipment"], "water": "未知"}
    said = answer(given, HOME, HOST)
    lines = {each.item.code: each for each in said.lines}
    assert said.left_out == ("plant", "water", "pilot", "equipment")
    assert all(lines[code].difference is None and lines[code].home.amount is None for code in said.left_out)
    assert lines["plant"].home.missing == ("plant_rent",)
    assert lines["water"].home.missing == ("water", "water_price")
    assert said.over_years.difference == one(201_360_00)
    assert "home缺：厂房租金" in words_of(
        next(each for each in lines["plant"].remarks if each.code == "costing.missing")
    )
    named = [words_of(each) for each in lines["pilot"].remarks]
    assert any("中试" in each for each in named)


def test_the_nearest_place_that_knows_wins_and_an_unknown_hides_nothing() -> None:
    given = [
        rent(10, "province", since=date(2026, 1, 1), until=None),
        rent(None, "city", note=A),
        rent(70, "city", since=date(2018, 1, 1), until=date(2018, 12, 31)),
        rent(80, "city", since=date(2020, 1, 1), until=date(2020, 12, 31)),
        rent(99, "city", since=date(2027, 1, 1), until=None),
        rent(85, "city", since=date(2026, 1, 1), until=None, beside=True),
        rent(None, "home", note=A),
    ]
    home = place("home", *given, lineage=("city", "province", "cn"))
    (line,) = answer({"office": "1㎡"}, home, HOST).lines
    (use,) = line.home.uses
    assert use.figure is not None
    assert (use.figure.place, use.base) == ("city", one(80 * 12))
    assert sorted(each.value.lo for each in use.others if each.value) == [70, 85]
    assert {"wider_place", "other_figures", "old"} <= set(codes(line.remarks))
    spread = next(each for each in line.remarks if each.code == "costing.other_figures")
    assert (spread.params["low"], spread.params["high"], spread.params["n"]) == ("70", "85", 2)


def test_one_national_figure_makes_no_difference_even_while_the_amount_is_unknown() -> None:
    cn = (figure("income_tax", 25, "%", "cn"), figure("income_tax_high_tech", 15, "%", "cn"))
    home, host = place("home", *cn), place("host", *cn)
    (line,) = answer({"profit": "100万元/年", "high_tech": True}, home, host).lines
    assert (line.home.amount, line.difference, line.same) == (one(150_000_00), one(0), True)
    (line,) = answer({"profit": "100万元/年"}, home, host).lines
    assert line.home.amount == Range(Fraction(150_000_00), Fraction(250_000_00))
    assert line.difference == one(0)
    (line,) = answer({"profit": "未知", "high_tech": False}, home, host).lines
    assert (line.home.amount, line.difference) == (None, one(0))
    (line,) = answer({"profit": "100万元/年", "research": "30万元/年", "high_tech": False}, home, host).lines
    assert line.home.amount == Range(Fraction(0), Fraction(250_000_00))
    assert (line.difference, line.home.missing) == (one(0), ("research_deduction",))
    deducted = (*cn, figure("research_deduction", 100, "%", "cn"))
    (line,) = answer(
        {"profit": "100万元/年", "research": "30万元/年", "high_tech": False},
        place("a", *deducted),
        place("b", *deducted),
    ).lines
    assert line.home.amount == one(175_000_00)


def test_wages_and_what_the_employer_pays_on_them() -> None:
    def insured(code: str, rate: object, floor: object, ceiling: object) -> list[Figure]:
        return [
            figure("pension_rate", rate, "%", code),
            figure("pension_base_floor", floor, "元/月", code),
            figure("pension_base_ceiling", ceiling, "元/月", code),
            figure("wage_private", 60_000, "元/年", code),
            figure("minimum_wage", 2_000, "元/月", code),
        ]

    home, host = place("home", *insured("home", 15, 4_000, 20_000)), place("host", *insured("host", 16, 5_000, None))
    people = [{"kind": "研发", "count": 2, "wage": "30万元/年"}, {"kind": "行政", "count": 1, "average": "private"}]
    said = answer({"people": people}, home, host)
    lines = {each.item.code: each for each in said.lines}
    assert lines["wages"].home.amount == one(660_000_00)
    assert lines["wages"].difference == one(0)
    assert lines["social"].home.amount is None
    assert {"medical_rate", "pension_base_ceiling"} <= set(lines["social"].host.missing)
    from feidi.engines.costing.figures import table_of
    from feidi.engines.costing.terms import terms_of

    (first, *_rest) = terms_of("social", said.profile, table_of(home, (), as_of=DAY)) or ()
    assert first.amount == one(2 * 20_000 * 12 * 15), "held by the ceiling: 15 % of it, in fen"
    (first, *_rest) = terms_of("social", said.profile, table_of(host, (), as_of=DAY)) or ()
    assert first.amount == Range(Fraction(2 * 5_000 * 12 * 16), Fraction(2 * 300_000 * 16)), "no ceiling known"
    poor = answer({"people": [{"kind": "实习", "count": 1, "wage": "1000元/月"}]}, home, host)
    assert codes(poor.remarks) == ["below_minimum", "below_minimum"]


def test_power_by_shares_or_anything_between_the_prices() -> None:
    prices = [
        figure(f"power_{each}", value, "元/kWh", "home")
        for each, value in (("peak", 1.2), ("flat", 0.8), ("valley", 0.4))
    ]
    home, host = place("home", *prices), place("host", *(replace(each, place="host") for each in prices))
    (line,) = answer({"power": "1万度/年"}, home, host).lines
    assert line.home.amount == Range(Fraction(4_000_00), Fraction(12_000_00))
    shares = {"peak": "25%", "flat": "50%", "valley": "25%"}
    (line,) = answer({"power": "1万度/年", "power_shares": shares}, home, host).lines
    assert (line.home.amount, line.difference) == (one(8_000_00), one(0))


def test_other_unit_periods_are_converted_and_said() -> None:
    host = place("host", figure("office_grade_a", 5, "元/㎡/天", "host"))
    home = place("home", rent(100, "home"))
    (line,) = answer({"office": "10㎡"}, home, host).lines
    assert line.difference == one((10 * 5 * 365 - 10 * 100 * 12) * 100)
    assert codes(line.remarks) == ["different_units"]


def test_a_quote_of_the_firm_wins_over_content() -> None:
    quotes = {
        "plant_rent": {"home": "18元/㎡/月", "host": "45元/㎡/月"},
        "pilot": "30万元",
        "office_grade_a": {"host": "100元/㎡/月"},
    }
    said = answer({"office": "10㎡", "plant": "100㎡", "conversion": ["pilot"], "quotes": quotes}, HOME, HOST)
    lines = {each.item.code: each for each in said.lines}
    assert lines["plant"].difference == one(100 * 27 * 12 * 100)
    assert lines["pilot"].home.amount == one(300_000_00)
    assert lines["pilot"].difference == one(0)
    assert lines["office"].host.uses[0].figure is not None
    assert lines["office"].host.uses[0].figure.confidence is Confidence.STATED
    assert lines["office"].host.uses[0].others == (HOST.figures[0],)
    assert said.once.home == one(300_000_00)


def test_subsidies_up_to_are_never_summed() -> None:
    granted = [Subsidy("X1", 100_00, 300_00), Subsidy("X2", 0, 900_00, up_to=True), Subsidy("X3", 5_00, None)]
    said = answer({"office": "200㎡"}, HOME, HOST, subsidies=(granted, []))
    line = said.lines[-1]
    assert line.home.amount == Range(Fraction(-300_00), Fraction(-100_00))
    assert line.difference == Range(Fraction(100_00), Fraction(300_00))
    assert {"up_to", "no_bound"} <= set(codes(line.remarks))
    asked = answer({"office": "200㎡"}, HOME, HOST, subsidies=(None, []))
    assert asked.lines[-1].difference is None
    assert asked.left_out == ("subsidies",)


def test_what_the_difference_hangs_on_and_where_it_turns() -> None:
    swings = sensitivity(profile(office="200㎡"), HOME, HOST, as_of=DAY)
    assert [(each.code, each.side) for each in swings] == [
        ("office_grade_a", "host"), ("office", "both"), ("office_grade_a", "home"),
    ]  # fmt: skip
    assert swings[0].turns_at == Fraction("64.5")
    assert swings[1].turns_at is None, "without any area there is nothing to turn"
    assert swings[2].turns_at == Fraction("148.4")
    assert swings[0].low == one(201_360_00 - 20 * 148_40 * 12)
    quotes = {"pilot": {"home": "10万元", "host": "0元"}}
    both = profile(office="200㎡", conversion=["pilot"], quotes=quotes)
    area = next(each for each in sensitivity(both, HOME, HOST, as_of=DAY) if each.code == "office")
    assert area.turns_at == Fraction(100_000) / (Fraction("83.9") * 12)
    wide = place("host", rent((100, 150), "host"))
    assert all(each.turns_at is None for each in sensitivity(profile(office="200㎡"), HOME, wide, as_of=DAY))


def test_both_languages_have_every_code() -> None:
    assert list(CODES) == list(CODES_EN)


def test_the_examples_of_the_documentation() -> None:
    for module in pkgutil.iter_modules(costing.__path__, "feidi.engines.costing."):
        assert doctest.testmod(importlib.import_module(module.name)).failed == 0
