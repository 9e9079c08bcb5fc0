"""What is known of each project up for choice, by whom and since when; and what the engine makes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from feidi.domain.matching.selectors.choosing import (
    CHANCE,
    Question,
    Told,
    answer,
    experience_of,
    list_told,
    thin,
)
from feidi.domain.matching.services.chances import Statement, state_chance
from feidi.domain.parties.models import Fact
from feidi.domain.pipeline.enums import Stage
from feidi.domain.pipeline.models import Project, StageLog
from feidi.engines.findings import RefusedError
from feidi.engines.money import Money
from feidi.engines.portfolio import chance_given
from tests.support.world import World

pytestmark = pytest.mark.django_db


def candidate(world: World, name: str = "低温介质检测", stage: Stage = Stage.KEY, **more: Any) -> Project:
    project = world.lead(name, f"滨海{name}有限公司", industry=more.pop("industry", "生物医药"))
    project.talks_stage = stage
    for field, value in more.items():
        setattr(project, field, value)
    project.save()
    return Project.objects.select_related("outpost").get(pk=project.pk)


def say(world: World, project: Project, by: str = "officer", at: Any = None, **said: Any) -> list[Fact]:
    said = {"note": "同类中试项目", **said}
    return state_chance(actor=world.actor(by), now=at or world.now, project=project, said=Statement(**said))


def told(world: World, login: str = "officer", at: Any = None) -> list[Told]:
    moment = at or world.now
    return list_told(world.actor(login), world.outpost, as_of=moment.date(), known_at=moment)


def test_only_projects_at_assessing_and_key(world: World) -> None:
    names = {each.value: candidate(world, each.value, each).name for each in (Stage.ASSESSING, Stage.KEY, Stage.LEAD)}
    candidate(world, "暂缓", condition="paused")
    candidate(world, "作废", voided_at=world.now)
    assert {each.project.name for each in told(world)} == {names["assessing"], names["key"]}
    for login in ("rival", "tenant", "admin"):
        assert told(world, login) == []


def test_cases_give_a_range_and_unknown_stays_unknown(world: World) -> None:
    project = candidate(world)
    assert told(world)[0].chance is None
    say(world, project, successes=2, cases=3, area_m2=120, cost=Money(50_000_000, "CNY"))
    known = told(world)[0]
    assert known.chance is not None
    assert (known.chance.successes, known.chance.cases) == (2, 3)
    assert known.chance.p == pytest.approx(2.5 / 4)
    assert known.chance.lo is not None
    assert known.chance.hi is not None
    assert known.chance.lo < known.chance.p < known.chance.hi
    assert (known.area, known.cost) == (120, Money(50_000_000, "CNY"))


def test_an_estimate_may_be_a_point_or_a_range(world: World) -> None:
    project = candidate(world)
    say(world, project, lo=40)
    chance = told(world)[0].chance
    assert chance is not None
    assert (chance.p, chance.lo, chance.hi) == (0.4, None, None)
    say(world, project, lo=30, hi=60)
    chance = told(world)[0].chance
    assert chance is not None
    assert chance.p == pytest.approx(0.45)
    assert (chance.lo, chance.hi) == (0.3, 0.6)


def test_what_was_said_is_kept_and_asked_as_of_then(world: World) -> None:
    project, later = candidate(world), world.now + timedelta(days=3)
    say(world, project, lo=40, area_m2=80)
    say(world, project, at=later, lo=70, note="样机已通过测试")
    rows = list(Fact.objects.filter(fact=CHANCE).order_by("id"))
    assert [each.number for each in rows] == [4000, 7000]
    assert rows[1].supersedes == rows[0]
    assert rows[1].source_note == "样机已通过测试"
    assert "officer" in rows[1].recorded_by
    then, now = told(world)[0], told(world, at=later)[0]
    assert then.chance is not None
    assert now.chance is not None
    assert (then.chance.p, now.chance.p) == (0.4, 0.7)
    assert now.area == 80


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({}, "nothing"),
        ({"lo": 40, "note": " "}, "note"),
        ({"lo": 40, "successes": 1, "cases": 2}, "which"),
        ({"successes": 3, "cases": 2}, "cases"),
        ({"successes": 1}, "cases"),
        ({"lo": 60, "hi": 40}, "range"),
        ({"lo": 140}, "range"),
        ({"area_m2": 0}, "amount"),
        ({"cost": Money(-1, "CNY")}, "amount"),
    ],
)
def test_what_does_not_fit_is_refused(world: World, said: dict[str, Any], code: str) -> None:
    project = candidate(world)
    with pytest.raises(RefusedError, match=rf"matching\.chance_{code}"):
        say(world, project, **said)
    assert not Fact.objects.exists()


def test_who_may_say(world: World) -> None:
    project = candidate(world)
    for login in ("rival", "bureau", "tenant"):
        with pytest.raises(RefusedError, match=r"parties\.not_permitted"):
            say(world, project, by=login, lo=40)
    with pytest.raises(RefusedError, match=r"matching\.chance_stage"):
        say(world, candidate(world, "线索", Stage.LEAD), lo=40)


def test_area_is_read_only_where_it_is_plain(world: World) -> None:
    candidate(world, "甲", office_need="200㎡")
    candidate(world, "乙", office_need="约200㎡")
    candidate(world, "丙", office_need="两间办公室")
    read = {each.project.name: (each.area, each.area_read) for each in told(world)}
    assert read == {"甲": (200.0, True), "乙": (None, False), "丙": (None, False)}


def test_experience_counts_what_is_decided(world: World) -> None:
    assert experience_of(world.outpost).decided == 0
    landed, lost, running = (candidate(world, name) for name in ("成", "败", "谈"))
    for each in (landed, lost, running):
        StageLog.objects.create(
            project=each, track="talks", from_stage="assessing", to_stage="key", occurred_on=world.now.date(),
            recorded_at=world.now, recorded_by="officer", created_at=world.now,
        )  # fmt: skip
    Project.objects.filter(pk=landed.pk).update(
        talks_stage="signed", home_stage="registered", verified_on=world.now.date(), reported_at=world.now
    )
    Project.objects.filter(pk=lost.pk).update(condition="lost")
    found = experience_of(world.outpost)
    assert (found.landed, found.decided) == (1, 2)


def test_six_key_projects_are_thin() -> None:
    needed = [p for _least, p in thin() if p is not None]
    assert len(needed) == 3
    assert needed[0] == pytest.approx(0.667, abs=1e-3)
    assert needed == sorted(needed)
    assert needed[-1] < 1


def six(world: World, percent: float, n: int = 6) -> list[Told]:
    for at in range(n):
        say(world, candidate(world, f"项目{at}"), lo=percent, area_m2=150)
    return told(world)


def test_the_aim_is_met_or_what_would_do_is_said(world: World) -> None:
    known = six(world, 50)
    choice = answer(known, Question(area=1150))
    assert not choice.portfolio.met
    assert len(choice.portfolio.chosen) == 6
    assert choice.portfolio.probability == pytest.approx(42 / 64)
    assert choice.portfolio.remedies
    better = answer([replace(each, chance=chance_given(0.7)) for each in known], Question(area=1150))
    assert better.portfolio.met
    assert better.portfolio.probability >= 0.9
    narrow = answer([replace(each, chance=chance_given(0.7)) for each in known], Question(area=450))
    assert len(narrow.portfolio.chosen) == 3
    assert not narrow.portfolio.met


def test_a_chance_nobody_gave_is_asked_not_assumed(world: World) -> None:
    known = [*six(world, 80, 4)]
    candidate(world, "没人填")
    choice = answer(told(world), Question())
    assert {(each.fact) for each in choice.portfolio.asks} == {"chance"}
    assert len(choice.portfolio.chosen) <= len(known)
    tried = answer(told(world), Question(trial=chance_given(0.6)))
    assert [each.project.name for each in tried.told if each.trial] == ["没人填"]
    assert Fact.objects.filter(fact=CHANCE).count() == 4


def test_curves_rise(world: World) -> None:
    choice = answer(six(world, 60), Question(area=900, at_least=2))
    numbers = [each.probability for each in choice.by_number]
    areas = [each.probability for each in choice.by_area]
    assert numbers == sorted(numbers)
    assert areas == sorted(areas)
    assert numbers[-1] == pytest.approx(areas[-1])
