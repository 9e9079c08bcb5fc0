"""K01–K40 where little is known: n/a is never nought, targets of the year, addresses of rows."""

from __future__ import annotations

from datetime import date

import pytest

from feidi.domain.reporting.selectors.figures import View
from feidi.domain.reporting.selectors.indicators import Indicator, indicators_for
from feidi.engines.measures import Period, named_period
from tests.support.world import World

pytestmark = pytest.mark.django_db
YEAR = named_period("2026")


def all_of(
    world: World, outposts: tuple[int, ...], period: Period = YEAR, as_of: date | None = None
) -> dict[str, Indicator]:
    view = View(outposts, period, as_of or world.now.date())
    return {each.code: each for each in indicators_for(view, now=world.now)}


def test_not_known_is_not_nought(world: World) -> None:
    found = all_of(world, (world.outpost.pk,))
    for code, state in {
        "K02": "none", "K06": "none", "K17T": "none", "K18": "none", "K23R": "none", "K24": "none", "K31": "missing",
        "K26": "missing", "K29": "missing", "K32": "none", "K34": "none", "K36C": "none", "K37": "none", "K38": "missing",
        "K39": "none",
    }.items():  # fmt: skip
        assert (found[code].reading.state, found[code].value) == (state, None), code
    assert found["K23"].value == 0
    assert found["K31"].reason == "缺：没有登记运营成本"


def test_a_plaque_and_an_earlier_knowledge_are_said_to_be_untold(world: World) -> None:
    view = View((world.outpost.pk,), YEAR, world.now.date(), plaque="x")
    assert indicators_for(view, ("K23",))[0].reason == "这个指标不分牌子"
    known = View((world.outpost.pk,), YEAR, world.now.date(), known_at=world.now)
    assert indicators_for(known, ("K23",))[0].reason == "这个指标不能按当时登记还原"
    assert indicators_for(known, ("K01",))[0].value == 0


def test_targets_and_progress(world: World) -> None:
    found = all_of(world, (world.outpost.pk,))
    assert found["K16"].task is not None
    assert (found["K16"].task.floor, found["K16"].task.stretch) == (3, 5)
    assert found["K16"].target_text == "底线 3／力争 5"
    assert "序时进度89.6%" in found["K16"].progress_text
    assert all_of(world, (world.outpost.pk,), named_period("2026-11"))["K16"].task is None


def test_a_first_quarter_that_is_over_is_not_measured_by_the_year(world: World) -> None:
    quarter = named_period("2026Q1")
    assert all_of(world, (world.outpost.pk,), quarter)["K16"].task is None, "as of November"
    assert all_of(world, (world.outpost.pk,), quarter, date(2026, 3, 31))["K16"].task is not None, "the year so far"
    assert all_of(world, (world.outpost.pk,), quarter, date(2026, 4, 1))["K16"].task is None


def test_rows_have_an_address(world: World) -> None:
    one = all_of(world, (world.outpost.pk,))["K14"]
    assert one.url == (
        f"/indicators/of/K14/rows/?outpost={world.outpost.pk}&span=own&since=2026-01-01&until=2026-12-31&as_of=2026-11-23"
    )
