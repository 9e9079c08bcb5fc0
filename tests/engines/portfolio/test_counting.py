"""The Poisson-binomial against every outcome written out; chances with their range."""

from __future__ import annotations

import math
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feidi.engines.findings import RefusedError
from feidi.engines.portfolio import at_least, chance_of, distribution, needed_chance, needed_number

_chances = st.one_of(st.sampled_from([0.0, 1.0, 0.5]), st.floats(0, 1))


def by_hand(chances: list[float]) -> list[float]:
    """Every outcome of n ≤ 15 candidates, 2ⁿ of them."""
    found = [0.0] * (len(chances) + 1)
    for outcome in product((False, True), repeat=len(chances)):
        found[sum(outcome)] += math.prod(p if lands else 1 - p for p, lands in zip(chances, outcome, strict=True))
    return found


@settings(max_examples=60, deadline=None)
@given(st.lists(_chances, max_size=10))
def test_equal_to_every_outcome(chances: list[float]) -> None:
    expected = by_hand(chances)
    assert distribution(chances) == pytest.approx(expected, abs=1e-12)
    for least in range(len(chances) + 2):
        assert at_least(chances, least) == pytest.approx(sum(expected[least:]), abs=1e-12)


def test_fifteen_candidates_equal_to_every_outcome() -> None:
    chances = [(7 * k % 19 + 1) / 21 for k in range(15)]
    assert distribution(chances) == pytest.approx(by_hand(chances), abs=1e-12)


def test_six_key_projects_for_three_landings_need_two_thirds_each() -> None:
    """The standing fact: with 6 projects P(≥3) ≥ .9 needs p ≥ .667 each."""
    needed = needed_chance(6, 3, 0.9)
    assert needed is not None
    assert f"{needed:.3f}" == "0.667"

    def exact(p: float) -> float:
        return sum(math.comb(6, k) * p**k * (1 - p) ** (6 - k) for k in range(3, 7))

    assert exact(needed) == pytest.approx(0.9, abs=1e-12)
    assert exact(0.667) >= 0.9 > exact(0.666)


@settings(deadline=None)
@given(st.integers(1, 12), st.integers(1, 6), st.floats(0.05, 0.95))
def test_needed_chance_is_the_smallest(n: int, least: int, confidence: float) -> None:
    needed = needed_chance(n, least, confidence)
    if needed is None:
        assert n < least
        return
    assert at_least([needed] * n, least) >= confidence
    assert at_least([max(0.0, needed - 1e-9)] * n, least) < confidence + 1e-9


@settings(deadline=None)
@given(st.lists(_chances, max_size=6), st.floats(0.1, 1), st.integers(1, 4), st.floats(0.1, 0.95))
def test_needed_number_is_the_smallest(chances: list[float], p: float, least: int, confidence: float) -> None:
    more = needed_number(chances, p, least, confidence)
    assert more is not None
    assert at_least([*chances, *[p] * more], least) >= confidence - 1e-9
    assert more == 0 or at_least([*chances, *[p] * (more - 1)], least) < confidence


def test_no_number_of_hopeless_ones_is_enough() -> None:
    assert needed_number([0.5], 0.0, 2, 0.5) is None


def test_one_failure_in_one_case_by_hand() -> None:
    """Jeffreys' posterior is then Beta(½, 1½), whose distribution is (asin √x + √(x(1 − x))) · 2/π."""
    chance = chance_of(0, 1)
    assert (chance.p, chance.lo) == (0.25, 0)
    assert chance.hi is not None
    assert (math.asin(chance.hi**0.5) + (chance.hi * (1 - chance.hi)) ** 0.5) * 2 / math.pi == pytest.approx(0.95)
    sure = chance_of(1, 1)
    assert (sure.lo, sure.hi) == (pytest.approx(1 - chance.hi), 1)


@settings(deadline=None)
@given(st.integers(1, 40).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_ranges_hold_the_chance_and_narrow(pair: tuple[int, int]) -> None:
    successes, cases = pair
    one, more = chance_of(successes, cases), chance_of(successes * 10, cases * 10)
    assert one.lo is not None
    assert one.hi is not None
    assert more.lo is not None
    assert more.hi is not None
    assert one.lo < one.p < one.hi
    assert more.hi - more.lo < one.hi - one.lo
    mirrored = chance_of(cases - successes, cases)
    assert mirrored.lo == pytest.approx(1 - one.hi, abs=1e-9)


@pytest.mark.parametrize(("successes", "cases", "level"), [(0, 0, 0.9), (-1, 3, 0.9), (4, 3, 0.9), (1, 3, 1.0)])
def test_counts_that_cannot_be(successes: int, cases: int, level: float) -> None:
    with pytest.raises(RefusedError):
        chance_of(successes, cases, level)
