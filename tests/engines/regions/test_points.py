"""Ranked 互补点 on an invented pair of places, with the rows behind them; refusals."""

from __future__ import annotations

import pytest

from feidi.engines.findings import RefusedError
from feidi.engines.regions import (
    Complementarity,
    Matrix,
    PartCode,
    Source,
    Weights,
    complementarity,
    flows_of,
    linkages,
    matrix_of,
    quotients,
    related_by_inputs,
    relatedness,
)

#: Invented: 云溪 is to 滨海 as a town of ceramics, furniture, appliances to a town of watches and electronics.
INDUSTRIES = ("陶瓷", "家具", "家电", "电子", "钟表珠宝", "纺织", "食品", "软件")
ROWS = {
    "云溪": (350, 230, 220, 45, 20, 60, 70, 5),
    "滨海": (25, 40, 90, 620, 160, 30, 55, 180),
    "甲市": (60, 90, 130, 300, 60, 90, 120, 60),
    "乙市": (90, 110, 60, 120, 60, 180, 160, 20),
    "丙市": (60, 30, 100, 320, 20, 60, 130, 90),
}


@pytest.fixture
def matrix() -> Matrix:
    return matrix_of(list(ROWS), INDUSTRIES, list(ROWS.values()), Source("虚构数字", 2023, "人", invented=True))


def pairs(found: Complementarity) -> list[tuple[str, str]]:
    return [(point.home_industry, point.host_industry) for point in found.points]


def test_ceramics_and_appliances_beside_electronics_rank_high(matrix: Matrix) -> None:
    lq = quotients(matrix)
    assert lq.at("云溪", "陶瓷") == pytest.approx(3, abs=0.6)
    assert lq.at("云溪", "电子") == pytest.approx(0.15, abs=0.2)
    assert lq.at("滨海", "电子") == pytest.approx(1.7, abs=0.4)
    found = complementarity(matrix, home="云溪", host="滨海")
    ranked = pairs(found)
    assert {pair[0] for pair in ranked} <= {"陶瓷", "家具", "家电", "纺织", "食品"}
    first = ranked[:5]
    assert ("陶瓷", "电子") in first
    assert ("家电", "电子") in first
    assert found.source.invented
    assert found.source.year == 2023


def test_the_rows_behind_a_point(matrix: Matrix) -> None:
    found = complementarity(matrix, home="云溪", host="滨海")
    point = next(each for each in found.points if (each.home_industry, each.host_industry) == ("家电", "电子"))
    here, there = point.cells[0], point.cells[3]
    assert (here.region, here.industry, here.value, here.region_total) == ("云溪", "家电", 220, 1000)
    assert (here.industry_total, here.whole) == (600, 4720)
    assert here.quotient == pytest.approx((220 / 1000) / (600 / 4720))
    assert (there.region, there.industry, there.specialised) == ("滨海", "电子", True)
    assert [part.code for part in point.parts] == list(PartCode)[:4]
    assert point.links == ()


def test_both_directions_say_what_the_other_brings(matrix: Matrix) -> None:
    found = complementarity(matrix, home="云溪", host="滨海")
    grown = {each.industry: each for each in found.home_grows}
    brought = {part.industry for each in found.home_grows for part in each.gained}
    assert "电子" in brought
    assert not brought & {"陶瓷", "家具"}
    assert {part.industry for each in found.host_grows for part in each.gained} >= {"陶瓷", "家电"}
    for each in grown.values():
        assert each.region == "云溪"
        assert each.added is not None
        assert [part.points for part in each.gained] == sorted((p.points for p in each.gained), reverse=True)
    added = [each.added or 0.0 for each in found.home_grows]
    assert added == sorted(added, reverse=True)


def test_linkages_count_only_where_a_table_is_given(matrix: Matrix) -> None:
    known = ("陶瓷", "家电", "电子")
    links = linkages(flows_of(known, [[5, 2, 0], [0, 10, 5], [3, 60, 100]], [100, 200, 400], Source("虚构", 2020)))
    found = complementarity(matrix, home="云溪", host="滨海", links=links)
    point = next(each for each in found.points if (each.home_industry, each.host_industry) == ("家电", "电子"))
    sold, bought = point.links
    assert (sold.seller, sold.buyer, bought.seller) == ("家电", "电子", "电子")
    assert bought.supply == pytest.approx(60 / 200)
    assert bought.input_share == pytest.approx(60 / 72)
    assert bought.sales_share == pytest.approx(60 / 163)
    linked = point.parts[-1]
    assert (linked.code, linked.value) == (PartCode.LINKED, pytest.approx(100 * 60 / 72))
    other = next(each for each in found.points if each.home_industry == "家具")
    assert (other.parts[-1].value, other.parts[-1].why) == (None, "regions.link_undefined")
    assert other.possible == pytest.approx(other.score + 20)
    said = {each.params.get("industry") for each in found.findings if each.code == "regions.not_in_links"}
    assert said == set(INDUSTRIES) - set(known)
    assert found.linkage_source == Source("虚构", 2020)


def test_a_directed_relatedness(matrix: Matrix) -> None:
    flows = [[0.0] * 8 for _each in INDUSTRIES]
    flows[3][2] = 50.0  # appliances buy electronics, nothing else is bought
    links = linkages(flows_of(INDUSTRIES, flows, [100.0] * 8))
    related = related_by_inputs(links)
    assert related.directed
    found = complementarity(matrix, home="云溪", host="滨海", related=related)
    best = found.points[0]
    assert (best.home_industry, best.host_industry) == ("家电", "电子")
    assert best.relatedness == (0.5, 0.0)
    values = {part.code: part.value for part in best.parts}
    assert values[PartCode.HOST_ADDS] == 100
    assert values[PartCode.HOME_ADDS] is None
    assert {each.params["industry"] for each in found.findings if each.code == "regions.no_relatives"} == set(
        INDUSTRIES
    ) - {"家电"}


def test_an_industry_the_relatedness_does_not_know_is_named(matrix: Matrix) -> None:
    found = complementarity(matrix, home="云溪", host="滨海", related=relatedness(["陶瓷", "电子"], [[0, 1], [1, 0]]))
    codes = {each.code for each in found.findings}
    assert "regions.not_related_given" in codes
    ceramics = next(each for each in found.home_grows if each.industry == "陶瓷")
    assert (ceramics.density, ceramics.added) == (0, 100)
    assert found.home_grows[-1].added is None
    assert found.home_grows[-1].why_undefined == "regions.no_relatives"


@pytest.mark.parametrize(
    ("home", "host", "code"),
    [
        ("无此地", "滨海", "regions.region_unknown"),
        ("云溪", "无此地", "regions.region_unknown"),
        ("云溪", "云溪", "regions.same_region"),
        ("云溪", "空地", "regions.region_empty"),
    ],
)
def test_what_is_refused(home: str, host: str, code: str) -> None:
    matrix = matrix_of([*ROWS, "空地"], INDUSTRIES, [*ROWS.values(), (0,) * 8])
    with pytest.raises(RefusedError) as caught:
        complementarity(matrix, home=home, host=host)
    assert caught.value.refusal.code == code
    if code == "regions.region_unknown":
        assert "云溪、滨海" in str(caught.value.refusal.params["regions"])


@pytest.mark.parametrize(
    ("weights", "code"),
    [
        (Weights(host_adds=-1), "regions.weight_negative"),
        (Weights(host_adds=float("nan")), "regions.weight_negative"),
        (Weights(0, 0, 0, 0, 1), "regions.weights_zero"),
    ],
)
def test_weights_that_cannot_be(matrix: Matrix, weights: Weights, code: str) -> None:
    with pytest.raises(RefusedError) as caught:
        complementarity(matrix, home="云溪", host="滨海", weights=weights)
    assert caught.value.refusal.code == code


def test_an_empty_row_and_column_are_in_no_sum(matrix: Matrix) -> None:
    rows = [[*row, 0] for row in ROWS.values()]
    wider = matrix_of([*ROWS, "空地"], [*INDUSTRIES, "无人"], [*rows, [0] * 9])
    plain, found = (complementarity(each, home="云溪", host="滨海") for each in (matrix, wider))
    assert [(p.home_industry, p.host_industry, p.score) for p in plain.points] == [
        (p.home_industry, p.host_industry, p.score) for p in found.points
    ]
    assert {(each.code, each.level) for each in found.findings} >= {
        ("regions.region_zero", "problem"),
        ("regions.industry_zero", "note"),
    }


def test_units_that_do_not_fit_make_no_inverse() -> None:
    with pytest.raises(RefusedError) as caught:
        linkages(flows_of(["a", "b"], [[5, 5], [5, 5]], [1, 1]))
    assert caught.value.refusal.code == "regions.not_productive"
