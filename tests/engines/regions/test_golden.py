"""Numbers that others printed: EconGeo's 5 × 5 example, and China's input–output table of 2020."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from feidi.engines.regions import (
    Matrix,
    Method,
    above,
    density,
    flows_of,
    indices,
    linkages,
    matrix_of,
    reflections,
    relatedness_of,
)

GOLDEN = Path(__file__).resolve().parents[4] / "shared" / "golden"
NAN = float("nan")
#: EconGeo's documented example, a copy small enough to stand here.
ROWS = [[100, 0, 0, 0, 0], [0, 15, 5, 70, 10], [0, 20, 10, 20, 50], [0, 25, 30, 5, 40], [0, 40, 55, 5, 0]]
QUOTIENTS = [
    [5, 0, 0, 0, 0],
    [0, 0.75, 0.25, 3.5, 0.5],
    [0, 1, 0.5, 1, 2.5],
    [0, 1.25, 1.5, 0.25, 2],
    [0, 2, 2.75, 0.25, 0],
]
HAS = [[1, 0, 0, 0, 0], [0, 0, 0, 1, 0], [0, 1, 0, 1, 1], [0, 1, 1, 0, 1], [0, 1, 1, 0, 0]]
DENSITY = [
    [None, 0, 0, 0, 0],
    [None, 50, 0, 0, 100],
    [None, 50, 100, 100, 100],
    [None, 50, 100, 100, 0],
    [None, 50, 100, 50, 0],
]
PROB = {(1, 2): 1.32, (1, 3): 1.028571428571, (1, 4): 0.9473684210526, (2, 4): 0.8730158730159, (3, 4): 1.363636363636}


@pytest.fixture
def small() -> Matrix:
    return matrix_of([f"R{n}" for n in range(1, 6)], [f"I{n}" for n in range(1, 6)], ROWS)


@pytest.fixture(scope="module")
def golden() -> Path:
    if not GOLDEN.is_dir():
        pytest.skip("../shared/golden is absent: the golden regional indices were NOT checked")
    return GOLDEN


def as_printed(value: float | None, printed: float | str | None) -> bool:
    """Tell whether a figure is the printed one, rounded to as many digits as were printed."""
    if value is None or printed is None:
        return value is None and printed is None
    digits = -Decimal(str(printed)).as_tuple().exponent  # type: ignore[operator]
    return abs(value - float(printed)) <= 0.5000001 * 10**-digits


def all_as_printed(values: Any, printed: Any) -> bool:
    if isinstance(printed, list):
        return len(values) == len(printed) and all(map(all_as_printed, values, printed))
    return as_printed(values, printed)


def test_the_small_example(small: Matrix) -> None:
    found = indices(small)
    assert found.quotients.told() == QUOTIENTS
    # R3 has I2 and I4 at exactly 1: they count
    assert found.specialised.told() == HAS
    assert (found.diversity, found.ubiquity) == ((1, 1, 3, 3, 2), (1, 3, 2, 2, 2))
    related = relatedness_of(small)
    for (i, j), value in PROB.items():
        assert as_printed(related.values[i, j], value)
        assert as_printed(related.values[j, i], value)
    assert density(small, above(related)).told() == DENSITY
    assert not related.directed


def test_what_is_undefined_is_none(small: Matrix) -> None:
    found = indices(small)
    assert found.density.row("R3")["I1"] is None
    assert found.density.at("R1", "I2") == 0
    said = [(each.code, each.params.get("industry")) for each in found.findings]
    assert said == [("regions.no_relatives", "I1"), ("regions.complexity_undefined", None)]


def test_every_index_of_the_file(golden: Path) -> None:
    told = json.loads((golden / "regional_indices_5x5.json").read_text(encoding="utf-8"))["econgeo_doc_5x5"]
    matrix = matrix_of(told["regions"], told["industries"], told["matrix"])
    found = indices(matrix)
    for printed, values in (
        ("location_quotient", found.quotients.told()),
        ("lq_binary", found.specialised.told()),
        ("krugman_index", found.krugman),
        ("herfindahl", found.herfindahl),
        ("entropy", found.entropy),
        ("hachman", found.hachman),
        ("spec_coeff", found.specialisation),
        ("diversity", found.diversity),
        ("ubiquity", found.ubiquity),
        ("relatedness_prob", relatedness_of(matrix).values.tolist()),
        ("relatedness_cosine", relatedness_of(matrix, Method.COSINE).values.tolist()),
        ("relatedness_jaccard", relatedness_of(matrix, Method.JACCARD).values.tolist()),
        ("relatedness_binary_gt1", above(relatedness_of(matrix)).values.tolist()),
        ("relatedness_density", density(matrix, above(relatedness_of(matrix))).told()),
        ("mor_c_steps", list(reflections(matrix, 20).values())),
    ):
        assert all_as_printed(list(values), told[printed]), printed
    assert all_as_printed(list(found.gini), [each["Loc.Gini"] for each in told["locational_gini"]])


def test_complexity_of_a_network_in_two_pieces_is_not_a_level(golden: Path) -> None:
    """EconGeo prints (−1, 0, 0, 0, 0): an eigenvector of eigenvalue 1, which tells only that R1 stands apart."""
    told = json.loads((golden / "regional_indices_5x5.json").read_text(encoding="utf-8"))["econgeo_doc_5x5"]
    has = np.array(told["lq_binary"], dtype=float)
    alike = (has / has.sum(axis=1, keepdims=True)) @ (has / has.sum(axis=0)).T
    assert np.allclose(alike @ told["kci"], told["kci"])
    assert indices(matrix_of(told["regions"], told["industries"], told["matrix"])).region_complexity == (None,) * 5


def test_china_2020(golden: Path) -> None:
    told = json.loads((golden / "io_expected_2020_153.json").read_text(encoding="utf-8"))
    with (golden / "io_china_2020_153.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = {row[0]: row for row in csv.reader(stream)}
    codes = rows["Code"][3:156]
    flows = flows_of(codes, [rows[code][3:156] for code in codes], rows["TI"][3:156])
    found = linkages(flows)
    assert found.spectral_radius == pytest.approx(told["spectral_radius_A"], abs=1e-12)
    assert np.nansum(found.supply, axis=0).max() == pytest.approx(told["max_col_sum_A"], abs=1e-12)
    for code, sector in told["sectors"].items():
        column = np.nan_to_num(found.supply[:, codes.index(code)])
        largest = np.argsort(-column)[:5]
        assert [codes[at] for at in largest] == [each[0] for each in sector["top5_direct_inputs"]]
        assert [round(column[at], 6) for at in largest] == [each[2] for each in sector["top5_direct_inputs"]]
        assert round(found.backward[codes.index(code)], 6) == sector["backward_linkage_rasmussen"]
        assert round(found.forward[codes.index(code)], 6) == sector["forward_linkage"]
