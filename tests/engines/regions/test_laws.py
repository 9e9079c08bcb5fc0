"""Laws over random matrices, against a slow reckoning in fractions."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feidi.engines.regions import (
    Matrix,
    Relatedness,
    Weights,
    added_densities,
    added_density,
    complementarity,
    complexity,
    density,
    flows_of,
    grow,
    linkages,
    matrix_of,
    quotients,
    related_by_inputs,
    relatedness,
    relatedness_of,
    specialised,
)

_figures = st.one_of(st.just(0), st.integers(1, 50), st.integers(1, 500).map(lambda n: n / 10))


@st.composite
def matrices(draw: st.DrawFn) -> Matrix:
    n, m = draw(st.integers(2, 6)), draw(st.integers(2, 7))
    rows = draw(st.lists(st.lists(_figures, min_size=m, max_size=m), min_size=n, max_size=n))
    if not any(map(any, rows)):
        rows[0][0] = 1
    return matrix_of([f"R{r}" for r in range(n)], [f"I{i}" for i in range(m)], rows)


@st.composite
def with_relatedness(draw: st.DrawFn) -> tuple[Matrix, Relatedness]:
    matrix = draw(matrices())
    if draw(st.booleans()):
        return matrix, relatedness_of(matrix)
    m = len(matrix.industries)
    links = st.one_of(st.just(0.0), st.floats(0.01, 3))
    values = draw(st.lists(st.lists(links, min_size=m, max_size=m), min_size=m, max_size=m))
    return matrix, relatedness(matrix.industries, values)


def exact(matrix: Matrix) -> list[list[Fraction]]:
    return [[Fraction(repr(value)) for value in row] for row in matrix.values.tolist()]


@settings(deadline=None)
@given(matrices())
def test_quotients_and_who_is_specialised_as_in_fractions(matrix: Matrix) -> None:
    x = exact(matrix)
    whole = sum(map(sum, x), Fraction(0))
    lq, has = quotients(matrix).told(), specialised(matrix).told()
    for r, row in enumerate(x):
        for i, value in enumerate(row):
            region, industry = sum(row), sum(each[i] for each in x)
            if region == 0 or industry == 0:
                assert (lq[r][i], has[r][i]) == (None, None)
            else:
                true = (value / region) / (industry / whole)
                assert lq[r][i] == pytest.approx(float(true), rel=1e-12)
                assert has[r][i] == (1 if true >= 1 else 0)


def test_exactly_one_counts_where_floats_say_less() -> None:
    # every region has the same mix: all quotients are exactly 1, in floats some are a hair below
    rows = [[0.1 * k, 0.2 * k, 0.7 * k] for k in (1, 3, 7)]
    matrix = matrix_of(["甲", "乙", "丙"], ["a", "b", "c"], [[round(x, 1) for x in row] for row in rows])
    assert any(value < 1 for row in quotients(matrix).values.tolist() for value in row)
    assert specialised(matrix).told() == [[1.0] * 3] * 3


@settings(deadline=None)
@given(matrices(), st.integers(1, 9))
def test_the_unit_does_not_matter(matrix: Matrix, times: int) -> None:
    larger = matrix_of(matrix.regions, matrix.industries, (matrix.values * 2**times).tolist())
    assert quotients(larger).told() == quotients(matrix).told()
    assert specialised(larger).told() == specialised(matrix).told()


def slow_density(has: list[float | None], phi: list[float]) -> float | None:
    """The formula as it is written."""
    pairs = [(mine, weight) for mine, weight in zip(has, phi, strict=True) if mine is not None]
    below = sum(weight for _mine, weight in pairs)
    return sum(mine * weight for mine, weight in pairs) / below * 100 if below else None


@settings(deadline=None)
@given(with_relatedness())
def test_density_as_written(pair: tuple[Matrix, Relatedness]) -> None:
    matrix, related = pair
    has, found = specialised(matrix).told(), density(matrix, related).told()
    for r, row in enumerate(has):
        for i, phi in enumerate(related.values.tolist()):
            expected = None if all(x is None for x in row) else slow_density(row, phi)
            assert found[r][i] == (expected if expected is None else pytest.approx(expected, abs=1e-9))


@settings(deadline=None)
@given(with_relatedness())
def test_union_identity_one_and_many(pair: tuple[Matrix, Relatedness]) -> None:
    """D(r) + C(r←s) = density of both together, to 1e-12 of the whole; ``grow``, one and many forms agree."""
    matrix, related = pair
    has, own, every = specialised(matrix).values, density(matrix, related), added_densities(matrix, related)
    known = [r for r, some in enumerate(matrix.regions_known) if some]
    for r in known:
        for s in known:
            if r == s:
                assert np.nan_to_num(every[r, s]).max(initial=0) == 0
                continue
            region, other = matrix.regions[r], matrix.regions[s]
            one = added_density(matrix, related, region, other).row(region)
            together = np.maximum(has[r], has[s])
            grown = {each.industry: each for each in grow(matrix, related, region, other)}
            for i, industry in enumerate(matrix.industries):
                d, c = own.at(region, industry), one[industry]
                each = grown[industry]
                if d is None or c is None:
                    assert (d, c, each.density, each.added, each.own, each.gained) == (None, None, None, None, (), ())
                    assert np.isnan(every[r, s, i])
                    continue
                union = slow_density(
                    [None if np.isnan(x) else x for x in together.tolist()], related.values[i].tolist()
                )
                assert union is not None
                assert abs(d + c - union) / 100 <= 1e-12
                assert every[r, s, i] == pytest.approx(c, abs=1e-10)
                assert each.density == pytest.approx(d, abs=1e-10)
                assert each.added == pytest.approx(c, abs=1e-10)
                assert sum(part.points for part in each.gained) == pytest.approx(each.added, abs=1e-10)
                assert sum(part.points for part in each.own) == pytest.approx(each.density, abs=1e-10)


@settings(deadline=None)
@given(with_relatedness(), st.tuples(*[st.integers(0, 3)] * 4))
def test_scores_are_the_sum_of_their_parts(pair: tuple[Matrix, Relatedness], numbers: tuple[int, ...]) -> None:
    matrix, related = pair
    weights = Weights(*map(float, numbers), 5.0)
    known = [each for each, some in zip(matrix.regions, matrix.regions_known, strict=True) if some]
    if len(known) < 2 or not any(numbers):
        return
    home, host = known[:2]
    found = complementarity(matrix, home=home, host=host, related=related, weights=weights)
    scores = [point.score for point in found.points]
    assert scores == sorted(scores, reverse=True) or np.all(np.diff(scores) < 1e-8)
    gained = {each.industry: each for each in found.home_grows}
    for point in found.points:
        assert point.score == pytest.approx(sum(part.share for part in point.parts), abs=1e-9)
        whole = sum(part.weight for part in point.parts)
        open_weight = sum(part.weight for part in point.parts if part.value is None)
        assert point.possible == pytest.approx(point.score + 100 * open_weight / whole)
        assert 0 <= point.score <= point.possible <= 100 + 1e-9
        theirs = {part.industry: part.points for part in gained[point.home_industry].gained}
        # what the host industry adds is the very term of the added density
        assert point.adds[0] is None or point.adds[0] == pytest.approx(theirs.get(point.host_industry, 0.0))
        own = {(cell.region, cell.industry): cell for cell in point.cells}
        assert own[home, point.home_industry].specialised
        assert own[host, point.host_industry].specialised


@settings(deadline=None)
@given(matrices())
def test_turning_the_question_round_turns_the_points_round(matrix: Matrix) -> None:
    known = [each for each, some in zip(matrix.regions, matrix.regions_known, strict=True) if some]
    if len(known) < 2:
        return
    there = complementarity(matrix, home=known[0], host=known[1])
    back = complementarity(matrix, home=known[1], host=known[0])
    assert there.home_grows == back.host_grows
    assert {(p.home_industry, p.host_industry): round(p.score, 9) for p in there.points} == {
        (p.host_industry, p.home_industry): round(p.score, 9) for p in back.points
    }


@settings(deadline=None)
@given(matrices())
def test_complexity_is_standard_and_grows_with_diversity(matrix: Matrix) -> None:
    found = complexity(matrix)
    if found is None:
        return
    for levels in found:
        values = np.array(list(levels.values()))
        assert values.mean() == pytest.approx(0, abs=1e-6)
        assert values.std() == pytest.approx(1, abs=1e-6)
    has = specialised(matrix).values
    rows = [r for r, some in enumerate(matrix.regions_known) if some]
    diversity = np.nansum(has[rows], axis=1)
    assert np.corrcoef(diversity, list(found[0].values()))[0, 1] > 0


@settings(max_examples=40, deadline=None)
@given(
    st.integers(2, 6).flatmap(
        lambda n: st.lists(st.lists(st.integers(0, 9), min_size=n, max_size=n), min_size=n, max_size=n)
    )
)
def test_linkages_are_shares(flows: list[list[int]]) -> None:
    names = [f"I{i}" for i in range(len(flows))]
    bought = [sum(row[j] for row in flows) for j in range(len(flows))]
    outputs = [2 * each for each in bought]
    found = linkages(flows_of(names, flows, outputs))
    for j, total in enumerate(bought):
        assert np.isnan(found.supply[:, j]).all() == (total == 0)
        assert total == 0 or found.inputs[:, j].sum() == pytest.approx(1)
        assert total == 0 or found.supply[:, j].sum() == pytest.approx(0.5)
        sold = sum(flows[j])
        assert sold == 0 or found.sales[j].sum() == pytest.approx(1)
    # the mean over all, those without output at their bare 1 included, is 1: never above n together
    assert np.nansum(found.backward) <= len(flows) + 1e-9
    directed = related_by_inputs(found)
    assert np.isnan(directed.values).any() or np.diag(directed.values).sum() == 0
