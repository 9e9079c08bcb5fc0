"""What the process keeps of readings: as long as nothing they rest on was written, and not more than so much."""

from __future__ import annotations

from typing import Any

import pytest

from feidi.domain.reporting.selectors import figures
from feidi.domain.reporting.selectors.figures import View
from feidi.domain.reporting.selectors.indicators import indicators_for
from feidi.domain.reporting.selectors.readings import kept
from feidi.domain.reporting.selectors.readings.kept import Keeper
from feidi.engines.measures import named_period
from tests.support.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    kept.forget()


def talks(world: World) -> int:
    view = View((world.outpost.pk,), named_period("2026"), world.now.date())
    (figure,) = indicators_for(view, ("K01",), now=world.now)
    return len(figure.reading.above.keys)


def test_a_figure_over_projects_follows_what_is_written(world: World) -> None:
    before = talks(world)
    assert talks(world) == before
    world.lead("窑测一号")
    assert talks(world) == before + 1


def test_answers_not_asked_for_longest_go_when_they_hold_too_much(world: World, monkeypatch: Any) -> None:
    world.lead("窑测一号")
    monkeypatch.setattr(kept, "_KEYS", 100)
    keeper, read = Keeper(), []

    def ask(name: str, keys: int) -> None:
        keeper.keep((name,), ("none.",), lambda: read.append(name) or keys, lambda value: value)

    for name in ("first", "second", "third"):
        ask(name, 40)
    ask("third", 40)
    assert read == ["first", "second", "third"]
    ask("first", 40)
    assert read[-1] == "first"
    # one alone may hold more than all together
    ask("large", 1000)
    ask("large", 1000)
    assert read.count("large") == 1


def test_what_figures_keep_is_what_is_read_anew(world: World) -> None:
    view = View((world.outpost.pk,), named_period("2026"), world.now.date())

    def told() -> tuple[object, ...]:
        months, counts = figures.trend_for(view, ("lead_on", "signed_on"))
        return figures.figures_of(view), figures.funnel_for(view), figures.words_for(view), months, counts

    def anew() -> tuple[object, ...]:
        kept.forget()
        return told()

    world.lead("窑测一号")
    before = told()
    assert told() == before == anew()
    world.to_signed(world.lead("窑测二号", "滨海乙有限公司"))
    after = told()
    assert after != before
    assert after == anew()
