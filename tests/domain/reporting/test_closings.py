"""关账: what is frozen stays, a later correction stands beside it; the choice of figures in daily use."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from feidi.domain.pipeline.enums import InteractionKind
from feidi.domain.pipeline.models import Agreement
from feidi.domain.pipeline.services.agreements import void_agreement
from feidi.domain.pipeline.services.interacting import Talk, record_interaction
from feidi.domain.reporting.models import ClosedPeriod
from feidi.domain.reporting.selectors.figures import View
from feidi.domain.reporting.selectors.indicator_choice import chosen_for
from feidi.domain.reporting.selectors.indicators import indicators_for
from feidi.domain.reporting.services.closings import choose_indicators, close_period
from feidi.engines.findings import RefusedError
from feidi.engines.measures import INDICATORS, named_period
from tests.support.world import World

pytestmark = pytest.mark.django_db
MONTH = "2026-11"


def close(world: World, period: str = MONTH, *, by: str = "lead", days: int = 30) -> ClosedPeriod:
    return close_period(
        actor=world.actor(by), now=world.now + timedelta(days=days), outpost=world.outpost, period=period
    )


def test_a_closed_period_keeps_its_figures_and_shows_what_changed(world: World) -> None:
    project = world.lead("甲项目")
    closing = close(world)
    assert set(closing.figures) == set(INDICATORS)
    view = View((world.outpost.pk,), named_period(MONTH), date(2026, 12, 31))
    one = indicators_for(view, ("K01",))[0]
    assert one.frozen is not None
    assert one.frozen.correction is None
    assert (one.shown, one.correction_text) == ("1个", "")

    world.now += timedelta(days=31)
    late = world.lead("乙项目", "滨海乙有限公司", occurred_on=date(2026, 11, 20))
    one = indicators_for(view, ("K01",))[0]
    assert one.frozen is not None
    fix = one.frozen.correction
    assert fix is not None
    assert (one.shown, one.value_text) == ("1个", "2个")
    assert (fix.old_text, fix.new_text) == ("1个", "2个")
    assert (fix.added, fix.removed) == ((late.pk,), ())
    assert fix.since is not None
    assert fix.since.date() == world.now.date()
    assert one.parts["fix:added"].keys == (late.pk,)
    assert project.pk in one.parts["above"].keys
    closing.refresh_from_db()
    assert closing.figures["K01"]["value"] == "1"


def test_a_correction_says_why_and_since_when(world: World) -> None:
    project = world.to_signed(world.lead("甲项目"))
    close(world)
    world.now += timedelta(days=31)
    record_interaction(
        actor=world.actor("officer"), now=world.now, project=project,
        talk=Talk(InteractionKind.CALL, world.now.date(), "问进度"),
    )  # fmt: skip
    world.now += timedelta(days=2)
    row = Agreement.objects.get(project=project, counting="first")
    void_agreement(actor=world.actor("officer"), now=world.now, agreement=row, reason="重复登记")
    view = View((world.outpost.pk,), named_period(MONTH), date(2026, 12, 31))
    one = indicators_for(view, ("K08",))[0]
    assert one.frozen is not None
    fix = one.frozen.correction
    assert fix is not None
    assert (fix.added, fix.removed) == ((), (project.pk,))
    assert [each.reason for each in fix.writes][:1] == ["重复登记"]
    assert fix.since is not None
    assert fix.since.date() == world.now.date(), "the write with a reason, not the call before it"


def test_other_days_are_not_the_closed_ones(world: World) -> None:
    world.lead("甲项目")
    close(world)
    year = View((world.outpost.pk,), named_period("2026"), date(2026, 12, 31))
    assert indicators_for(year, ("K01",))[0].frozen is None


def test_refused(world: World) -> None:
    for period, days, why in (
        ("2026-11", 0, "indicators.period_open"),
        ("2026-11", 7, "indicators.period_open"),
        ("someday", 60, "indicators.period_unreadable"),
    ):
        with pytest.raises(RefusedError, match=why.rpartition(".")[2]):
            close(world, period, days=days)
    close(world)
    with pytest.raises(RefusedError, match="period_closed"):
        close(world)
    with pytest.raises(RefusedError, match="not_permitted"):
        close(world, "2026-10", by="officer")


def test_a_choice_is_a_version(world: World) -> None:
    first = chosen_for((world.outpost,))
    assert (len(first.codes), len(first.tiles), first.number) == (12, 6, 0)
    more: dict[str, Any] = {"actor": world.actor("lead"), "now": world.now, "outpost": world.outpost}
    choose_indicators(**more, codes=["K05", "K40"], tiles=["K40"], seen=0)
    now = chosen_for((world.outpost,))
    assert (now.codes, now.tiles, now.number) == (("K05", "K40"), ("K40",), 1)
    for codes, tiles, seen, why in (
        (["K05", "K40"], ["K40"], 1, "choice_same"),
        (["K05"], [], 0, "choice_changed"),
        ([], [], 1, "choice_twelve"),
        (["K99"], [], 1, "choice_twelve"),
        (list(INDICATORS)[:13], [], 1, "choice_twelve"),
        (["K05"], ["K40"], 1, "choice_tiles"),
    ):
        with pytest.raises(RefusedError, match=why):
            choose_indicators(**more, codes=codes, tiles=tiles, seen=seen)
