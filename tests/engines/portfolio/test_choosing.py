"""The choice against every subset tried by hand; what would do when none does; curves; refusals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feidi.engines.findings import RefusedError
from feidi.engines.money import Money
from feidi.engines.portfolio import (
    CODES,
    CODES_EN,
    Aim,
    Candidate,
    Chance,
    Limits,
    Portfolio,
    Solver,
    at_least,
    chance_given,
    chance_of,
    choose,
    curve_by_area,
    curve_by_number,
    words_of,
)
from feidi.engines.portfolio.milp import Highs
from feidi.engines.portfolio.problem import fits, problem_of
from feidi.engines.portfolio.questions import Goal
from feidi.engines.portfolio.searching import EverySubset, Narrowed, likeliest

YUAN = 100


def candidate(code: str, p: float, area: float = 100, cost: int = 0, sector: str = "医药") -> Candidate:
    return Candidate(code, chance_given(p, max(0.0, p - 0.1), min(1.0, p + 0.1)), area, Money(cost * YUAN), sector)


@st.composite
def questions(draw: st.DrawFn, most: int = 8) -> tuple[list[Candidate], Aim, Limits]:
    n = draw(st.integers(1, most))
    found = [
        candidate(
            f"P{i}",
            draw(st.integers(0, 20)) / 20,
            draw(st.integers(0, 6)) * 50,
            draw(st.integers(0, 5)),
            draw(st.sampled_from(["医药", "材料", "环保"])),
        )
        for i in range(n)
    ]
    limits = Limits(
        draw(st.none() | st.integers(0, 8).map(lambda k: k * 100.0)),
        draw(st.none() | st.integers(0, 12).map(lambda k: Money(k * YUAN))),
        draw(st.dictionaries(st.sampled_from(["医药", "材料"]), st.integers(0, 3))),
        draw(st.none() | st.integers(0, most)),
    )
    return found, Aim(draw(st.integers(1, 4)), draw(st.sampled_from([0.3, 0.6, 0.9]))), limits


def allowed(candidates: Sequence[Candidate], limits: Limits) -> Iterator[tuple[Candidate, ...]]:
    """Every subset within the limits, slowly."""
    for k in range(len(candidates) + 1):
        for some in combinations(candidates, k):
            areas = sum(each.area or 0 for each in some)
            costs = sum(each.cost.fen for each in some if each.cost)
            if (
                (limits.area is None or areas <= limits.area)
                and (limits.budget is None or costs <= limits.budget.fen)
                and (limits.at_most is None or k <= limits.at_most)
                and all(sum(each.sector == s for each in some) <= n for s, n in limits.sectors.items())
            ):
                yield some


def chances(some: Sequence[Candidate]) -> list[float]:
    return [each.chance.p for each in some if each.chance]


def held(found: Portfolio, candidates: Sequence[Candidate], aim: Aim, limits: Limits) -> None:
    """Hold an answer against all subsets."""
    subsets = list(allowed(candidates, limits))
    good = [some for some in subsets if at_least(chances(some), aim.at_least) >= aim.confidence - 1e-12]
    chosen = [each for each in candidates if each.id in found.chosen]
    assert tuple(chosen) in {tuple(some) for some in subsets}
    assert found.met == bool(good)
    assert found.proved
    if good:
        assert found.expected == pytest.approx(max(sum(chances(some)) for some in good), abs=1e-6)
        assert found.probability >= aim.confidence - 1e-12
        assert found.remedies == ()
    else:
        best = max(at_least(chances(some), aim.at_least) for some in subsets)
        assert found.probability == pytest.approx(best, abs=1e-6)


@settings(max_examples=100, deadline=None)
@given(questions())
def test_equal_to_trying_every_subset(question: tuple[list[Candidate], Aim, Limits]) -> None:
    candidates, aim, limits = question
    found = choose(candidates, aim, limits)
    held(found, candidates, aim, limits)
    assert sum(found.distribution) == pytest.approx(1)
    assert found.probability_lo is not None
    assert found.probability_hi is not None
    assert found.probability_lo <= found.probability <= found.probability_hi


@settings(max_examples=25, deadline=None)
@given(questions(most=6))
def test_highs_equals_every_subset(question: tuple[list[Candidate], Aim, Limits]) -> None:
    """The program for many candidates is exact too: held to the same answers on small instances."""
    candidates, aim, limits = question
    problem, _asks = problem_of(candidates, limits)
    every, highs = EverySubset(problem, aim.at_least), Highs(problem, aim.at_least)
    for goal in goals(limits):
        for confidence in (None, aim.confidence):
            one, other = (search.best(goal, problem.caps, confidence) for search in (every, highs))
            assert (one.chosen is None) == (other.chosen is None)
            assert other.proved
            if one.chosen is not None and other.chosen is not None:
                worth = [_worth(candidates, goal, aim, each) for each in (one.chosen, other.chosen)]
                assert worth[1] == pytest.approx(worth[0], abs=1e-5)


def goals(limits: Limits) -> list[Goal]:
    """Costs are only looked at where there is a budget."""
    return [goal for goal in Goal if goal is not Goal.COST or limits.budget is not None]


def _worth(candidates: Sequence[Candidate], goal: Goal, aim: Aim, places: Sequence[int]) -> float:
    some = [candidates[i] for i in places]
    match goal:
        case Goal.EXPECTED:
            return sum(chances(some))
        case Goal.PROBABILITY:
            return at_least(chances(some), aim.at_least)
        case Goal.AREA:
            return sum(each.area or 0 for each in some)
        case Goal.COST:
            return sum(each.cost.fen / YUAN for each in some if each.cost)


@settings(max_examples=100, deadline=None)
@given(questions(), st.integers(0, 8))
def test_leaving_out_who_cannot_matter_changes_nothing(
    question: tuple[list[Candidate], Aim, Limits], at_most: int
) -> None:
    candidates, aim, limits = question
    problem, _asks = problem_of(candidates, replace(limits, at_most=at_most))
    narrowed, every = Narrowed(problem, aim.at_least, problem.caps.at_most), EverySubset(problem, aim.at_least)
    for goal in goals(limits):
        for confidence in (None, aim.confidence):
            one, other = (search.best(goal, problem.caps, confidence) for search in (narrowed, every))
            assert (one.chosen is None) == (other.chosen is None)
            if one.chosen is not None and other.chosen is not None:
                assert _worth(candidates, goal, aim, one.chosen) == pytest.approx(
                    _worth(candidates, goal, aim, other.chosen)
                )


def test_many_candidates_go_to_highs_or_are_narrowed() -> None:
    many = [candidate(f"P{i}", 0.2 + i % 7 / 10, 60 + 37 * i % 200) for i in range(40)]
    few = choose(many, Aim(3, 0.8), Limits(area=1150, at_most=6))
    assert (few.met, few.proved, few.solver) == (True, True, Solver.ENUMERATION)
    free = choose(many, Aim(3, 0.8), Limits(area=1150))
    assert (free.met, free.proved, free.solver) == (True, True, Solver.HIGHS)
    assert free.expected >= few.expected


def test_when_the_time_runs_out_the_best_known_is_told_and_called_not_proved() -> None:
    many = [
        candidate(f"P{i}", 0.2 + i % 7 / 10, 60 + 37 * i % 200, i % 5, "医药" if i % 2 else "材料") for i in range(60)
    ]
    limits = Limits(area=1150, budget=Money(10 * YUAN), sectors={"医药": 3})
    problem, _asks = problem_of(many, limits)
    hurried = Narrowed(problem, 3, problem.caps.at_most, patience=0.0)
    assert hurried.solver is Solver.HIGHS
    found = likeliest(problem, 3, hurried, problem.caps)
    assert not found.proved
    assert found.chosen
    assert fits(problem, problem.caps, found.chosen)
    assert at_least(problem.p[list(found.chosen)].tolist(), 3) > 0.5


def twenty() -> list[Candidate]:
    return [candidate(f"P{i:02}", 0.25 + i % 5 / 20, 80 + i % 4 * 60, 50 + i % 3 * 40) for i in range(20)]


def test_six_key_projects_are_thin_for_three_landings() -> None:
    found = choose(twenty(), Aim(3, 0.9), Limits(at_most=6, area=3000))
    assert not found.met
    assert len(found.chosen) == 6
    said = {each.code: each.params for each in found.remedies}
    assert said["portfolio.needs_chance"]["needed"] == "66.7%"
    assert said["portfolio.needs_chance"]["n"] == 6
    assert said["portfolio.needs_more"]["more"]
    number = said["portfolio.needs_number"]["number"]
    assert isinstance(number, int)
    assert choose(twenty(), Aim(3, 0.9), Limits(at_most=number, area=3000)).met
    assert not choose(twenty(), Aim(3, 0.9), Limits(at_most=number - 1, area=3000)).met
    assert all("{" not in words_of(each) for each in found.remedies)


def test_area_and_money_that_would_do_are_enough_and_no_more() -> None:
    aim, limits = Aim(3, 0.9), Limits(area=500, budget=Money(600 * YUAN))
    found = choose(twenty(), aim, replace(limits, budget=None))
    area = {each.code: each.params for each in found.remedies}["portfolio.needs_area"]["area"]
    assert isinstance(area, float)
    assert choose(twenty(), aim, Limits(area=area)).met
    assert not choose(twenty(), aim, Limits(area=area - 1)).met
    found = choose(twenty(), aim, replace(limits, area=None))
    fen = {each.code: each.params for each in found.remedies}["portfolio.needs_budget"]["budget_fen"]
    assert isinstance(fen, int)
    assert choose(twenty(), aim, Limits(budget=Money(fen))).met
    assert not choose(twenty(), aim, Limits(budget=Money(fen - 1))).met
    # either alone is not enough when both are tight
    both = choose(twenty(), aim, limits)
    codes = [each.code for each in both.remedies]
    assert "portfolio.limits_together" in codes


def test_when_nothing_would_do() -> None:
    found = choose([candidate("甲", 0.1), candidate("乙", 0.2)], Aim(2, 0.9))
    codes = {each.code: each.params for each in found.remedies}
    assert codes["portfolio.none_would"]["probability"] == "2.0%"
    assert choose([candidate(c, 0.9) for c in "甲乙丙"], Aim(3, 0.5), Limits(at_most=2)).remedies[0].code == (
        "portfolio.few_allowed"
    )


def test_what_is_missing_is_asked_and_not_out() -> None:
    known = [candidate("甲", 0.9), candidate("乙", 0.9)]
    gaps = [
        replace(candidate("无概率", 0.9), chance=None),
        replace(candidate("无面积", 0.9), area=None),
        replace(candidate("无资金", 0.9), cost=None),
        replace(candidate("美元", 0.9), cost=Money(1, "USD")),
        replace(candidate("无币种", 0.9), cost=Money(1, None)),
        replace(candidate("无行业", 0.9), sector=None),
    ]
    found = choose([*known, *gaps], Aim(1, 0.5), Limits(1000, Money(1000 * YUAN), {"医药": 5}))
    assert found.chosen == ("甲", "乙")
    assert [(each.id, each.fact) for each in found.asks] == [
        ("无概率", "chance"), ("无面积", "area"), ("无资金", "cost"), ("美元", "exchange_rate"),
        ("无币种", "currency"), ("无行业", "sector"),
    ]  # fmt: skip
    # without those limits only the chance is needed
    free = choose([*known, *gaps], Aim(1, 0.5))
    assert [each.id for each in free.asks] == ["无概率"]
    assert len(free.chosen) == 7
    assert free.area is None
    assert choose([gaps[0]], Aim(1, 0.5)).findings[0].code == "portfolio.no_candidates"


def test_chances_from_few_cases_show_their_range() -> None:
    some = [Candidate(f"P{i}", chance_of(3, 4), 100) for i in range(5)]
    found = choose(some, Aim(3, 0.7), Limits())
    assert found.met
    assert found.probability_lo is not None
    assert found.probability_lo < 0.7 < found.probability
    assert {each.code for each in found.findings} == {"portfolio.few_cases", "portfolio.low_end"}
    bare = choose([Candidate("甲", Chance(0.9), 1)], Aim(1, 0.5))
    assert (bare.probability_lo, bare.probability_hi) == (None, None)
    assert [each.code for each in bare.findings] == ["portfolio.no_range"]


@settings(max_examples=40, deadline=None)
@given(questions())
def test_curves_are_the_best_probability_at_each_limit(question: tuple[list[Candidate], Aim, Limits]) -> None:
    candidates, aim, limits = question
    by_number = curve_by_number(candidates, aim, limits)
    assert [point.limit for point in by_number] == list(range(1, min(limits.at_most or 0, len(candidates)) + 1)) or (
        limits.at_most is None and len(by_number) == len(candidates)
    )
    for point in by_number:
        subsets = allowed(candidates, replace(limits, at_most=int(point.limit)))
        assert point.probability == pytest.approx(max(at_least(chances(some), aim.at_least) for some in subsets))
    by_area = curve_by_area(candidates, aim, limits, steps=4)
    for point in by_area:
        subsets = allowed(candidates, replace(limits, area=point.limit + 1e-9))
        assert point.probability == pytest.approx(max(at_least(chances(some), aim.at_least) for some in subsets))
    for points in (by_number, by_area):
        heights = [point.probability for point in points]
        assert heights == pytest.approx(sorted(heights))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"candidates": [candidate("甲", 0.5), candidate("甲", 0.5)]}, "portfolio.id_twice"),
        ({"candidates": [Candidate("甲", Chance(1.5), 1)]}, "portfolio.chance_wrong"),
        ({"candidates": [Candidate("甲", Chance(float("nan")), 1)]}, "portfolio.chance_wrong"),
        ({"candidates": [Candidate("甲", Chance(0.5, 0.6, 0.9), 1)]}, "portfolio.range_wrong"),
        ({"candidates": [candidate("甲", 0.5, -1)]}, "portfolio.negative"),
        ({"candidates": [candidate("甲", 0.5, 1, -1)]}, "portfolio.negative"),
        ({"limits": Limits(area=-1)}, "portfolio.limit_negative"),
        ({"limits": Limits(at_most=-1)}, "portfolio.limit_negative"),
        ({"limits": Limits(sectors={"医药": -1})}, "portfolio.limit_negative"),
        ({"limits": Limits(budget=Money(-1))}, "portfolio.limit_negative"),
        ({"limits": Limits(budget=Money(1, None))}, "portfolio.budget_currency"),
        ({"aim": Aim(0, 0.9)}, "portfolio.least_wrong"),
        ({"aim": Aim(1, 1.0)}, "portfolio.confidence_wrong"),
    ],
)
def test_what_cannot_be(change: dict[str, object], code: str) -> None:
    asked = {"candidates": [candidate("甲", 0.5)], "aim": Aim(1, 0.5), "limits": Limits(), **change}
    with pytest.raises(RefusedError) as caught:
        choose(**asked)  # type: ignore[arg-type]
    assert caught.value.refusal.code == code
    assert caught.value.refusal.code in CODES


def test_every_code_has_words_in_both_languages() -> None:
    assert list(CODES) == list(CODES_EN)
    assert all(what.strip() for pairs in (CODES, CODES_EN) for what, _fix in pairs.values())
