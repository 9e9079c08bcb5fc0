"""Figures from real rows: what moves them, what stands apart, who sees the rows behind."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from feidi.domain.parties.models import Outpost
from feidi.domain.pipeline.enums import AgreementKind, Stage, Track
from feidi.domain.pipeline.models import LandingCase, Project, StageLog
from feidi.domain.pipeline.services.conditions import lay_condition
from feidi.domain.pipeline.services.landing import submit_landing
from feidi.domain.pipeline.services.moving import Move, move_project
from feidi.domain.reporting.selectors import figures_columns
from feidi.domain.reporting.selectors.figures import (
    Behind,
    figures_for,
    funnel_for,
    keys_behind,
    last_year,
    outposts_counted,
    rows_behind,
    trend_for,
    view_of,
    words_for,
)
from feidi.domain.reporting.selectors.figures_targets import progress_of, tasks_for
from feidi.domain.reporting.selectors.readings import kept
from feidi.engines.findings import RefusedError
from feidi.engines.measures import Period
from tests.support.queries import assert_same_queries, queries_of
from tests.support.world import World

pytestmark = pytest.mark.django_db
YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))


def figure(world: World, code: str, by: str = "officer", as_of: date | None = None, **more: Any) -> Any:
    return figures_for(world.actor(by), [world.outpost], YEAR, as_of or world.now.date(), codes=(code,), **more)[0]


def same_as_loaded_anew(world: World) -> None:
    """What was mended from the trail is what a fresh load gives."""
    end = world.now.date() + timedelta(days=1)
    mended = figures_columns.gather([world.outpost.pk], end)
    fresh = figures_columns._at_end(figures_columns._load(world.outpost.pk, None), end)
    order, anew = np.argsort(mended.columns["key"]), np.argsort(fresh.columns["key"])
    for name, column in mended.columns.data.items():
        assert column[order].tolist() == fresh.columns[name][anew].tolist(), name
    assert sorted(mended.money, key=str) == sorted(fresh.money, key=str)


def test_the_whole_line_moves_the_figures(world: World) -> None:
    today = world.now.date()
    first, second = world.lead("甲项目"), world.lead("乙项目", "滨海乙有限公司")
    same_as_loaded_anew(world)
    assert figure(world, "K01").value == 2
    signed = world.to_signed(first)
    same_as_loaded_anew(world)
    k08 = figure(world, "K08")
    assert (k08.value, k08.rows) == (1, (first.pk,))
    assert [(pot.currency, pot.fen) for pot in k08.sums] == [("CNY", 300_000_000)]
    world.contract(signed)  # signed again at another ceremony: nothing more
    world.contract(second, kind=AgreementKind.FRAMEWORK, fen=50_000_000_000)
    assert (figure(world, "K08").value, figure(world, "K08").sums) == (1, k08.sums)
    assert figure(world, "K08F").rows == (second.pk,)
    assert (figure(world, "K06").state, figure(world, "K06").numerator) == ("early", 1)
    lay_condition(actor=world.actor("officer"), now=world.now, project=second, code="paused", reason="等批复")
    same_as_loaded_anew(world)
    words = {each.word: each for each in words_for(view_of(world.actor("officer"), [world.outpost], YEAR, today))}
    assert (words["talking"].standing, words["signed"].keys) == ((), (first.pk,))
    case = world.landing_case(signed)
    world.advance(signed, Stage.PREPARING, Stage.REGISTERED, track=Track.HOME)
    submit_landing(actor=world.actor("officer"), now=world.now, case=LandingCase.objects.get(pk=case.pk))
    same_as_loaded_anew(world)
    assert figure(world, "K10").value == Fraction(1)
    assert figure(world, "K14").value == 0
    steps = {
        each.stage: each.count.n for each in funnel_for(view_of(world.actor("officer"), [world.outpost], YEAR, today))
    }
    assert (steps["lead"], steps["signed"], steps["registered"], steps["key"]) == (2, 1, 1, 0)


def test_openings_and_forced_moves(world: World) -> None:
    today = world.now.date()
    claimed = world.lead("台账来的", "滨海丙有限公司")
    StageLog.objects.filter(project=claimed).delete()
    Project.objects.filter(pk=claimed.pk).update(talks_stage=Stage.INSPECTING, talks_opening=True)
    StageLog.objects.create(
        project=claimed, track="talks", to_stage="inspecting", opened=True, recorded_at=world.now, created_at=world.now
    )
    pushed = world.lead("强推的", "滨海丁有限公司")
    move = Move(Track.TALKS, Stage.NEGOTIATING, reason="领导交办", force=True)
    move_project(actor=world.actor("lead"), now=world.now, project=pushed, move=move)
    k06 = figure(world, "K06", as_of=today)
    assert (k06.rows, k06.opening, k06.forced) == ((), (claimed.pk,), (pushed.pk,))
    view = view_of(world.actor("officer"), [world.outpost], YEAR, today)
    assert funnel_for(view)[0].count.n == 1
    with_claims = funnel_for(view, openings=True)
    assert (with_claims[0].count.n, with_claims[0].count.at_least) == (1, True)
    assert keys_behind(view, Behind("figure", "K06", "opening")) == (claimed.pk,)


def test_what_was_known_then(world: World) -> None:
    world.lead("甲项目")
    before = world.now - timedelta(days=1)
    assert figure(world, "K01", known_at=before).value == 0
    assert figure(world, "K01", known_at=world.now).value == 1
    assert figure(world, "K01", as_of=world.now.date() - timedelta(days=1)).value == 0
    assert last_year(view_of(world.actor("officer"), [world.outpost], YEAR, date(2028, 2, 29))).as_of == date(
        2027, 2, 28
    )


def test_numbers_count_everything_rows_are_those_one_may_open(world: World) -> None:
    inside, told = world.lead("没报的"), world.lead("报了的", "滨海乙有限公司")
    Project.objects.filter(pk=told.pk).update(reported_at=world.now)
    bureau = world.actor("bureau")
    view = view_of(bureau, outposts_counted(bureau), YEAR, world.now.date())
    assert world.outpost.pk in view.outposts
    behind = Behind("figure", "K01")
    assert len(keys_behind(view, behind)) == 2
    assert list(rows_behind(bureau, view, behind)) == [told]
    officer = world.actor("officer")
    assert set(rows_behind(officer, view, behind)) == {inside, told}
    assert not rows_behind(world.actor("rival"), view, behind).exists()
    for other in ("rival", "rival_bureau", "tenant", "admin"):
        with pytest.raises(RefusedError):
            figure(world, "K01", by=other)
    assert list(outposts_counted(world.actor("tenant"))) == []


def test_tasks_of_the_year(world: World) -> None:
    outpost = Outpost.objects.select_related("home").get(pk=world.outpost.pk)
    task = tasks_for([outpost], world.now.date())["K08"]
    progress = progress_of(task, 11, date(2026, 11, 20))
    assert progress is not None
    assert (str(progress.done), str(progress.passed), str(progress.points)) == ("36.7", "88.8", "-52.1")
    assert tasks_for([outpost, world.rival], world.now.date()) == {}


def test_a_fixed_number_of_queries(world: World) -> None:
    officer, number = world.actor("officer"), iter(range(99))

    def rows(count: int) -> None:
        for _ in range(count):
            at = next(number)
            world.lead(f"项目{at}", f"滨海{at}有限公司")

    def ask() -> object:
        figures_columns._books.clear()
        figures_columns._ready.clear()
        kept.forget()
        view = view_of(officer, [world.outpost], YEAR, world.now.date())
        return (
            figures_for(officer, [world.outpost], YEAR, world.now.date()),
            funnel_for(view),
            trend_for(view, ["lead_on"]),
        )

    assert_same_queries(rows, ask, at_most=16)
    figures_for(officer, [world.outpost], YEAR, world.now.date())
    assert len(queries_of(lambda: figures_for(officer, [world.outpost], YEAR, world.now.date()))) == 1
