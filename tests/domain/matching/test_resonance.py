"""Investors meet projects on five factors; what nobody has said is asked, never counted as no."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any

import pytest

from feidi.domain.matching.models import Profile
from feidi.domain.matching.selectors.resonance import Backer, Seeker, explain, list_backers, list_pairs, list_seekers
from feidi.domain.parties.models import Organization
from feidi.domain.pipeline.enums import Stage
from feidi.engines.resonance import State
from tests.support.world import World

pytestmark = pytest.mark.django_db

_NUMBERS = count(1)
WAN = 1_000_000


def money(world: World, side: str, name: str, **facts: Any) -> Profile:
    """An open offer of, or need for, money of a firm."""
    at, today = next(_NUMBERS), world.now.date()
    firm = Organization.objects.create(name=name, name_folded=name, created_at=world.now)
    given = {
        "outpost": world.outpost,
        "expires_on": today + timedelta(days=180),
        "available_from": today,
        "officer": world.users["officer"],
        "organization": firm,
    }
    return Profile.objects.create(
        side=side, kind="capital", number=f"YB-{at}", title=f"{name}的资本", masked_text="资本", recorded_by="officer",
        created_at=world.now, **{**given, **facts},
    )  # fmt: skip


def fund(world: World, name: str = "滨海甲基金", **facts: Any) -> Profile:
    given = {
        "sectors": ["生物医药"], "rounds": ["a", "b"], "amount_lo_fen": 500 * WAN, "amount_hi_fen": 3000 * WAN,
        "currency": "CNY", "regions": [], "return_ratio_percent": 0,
    }  # fmt: skip
    return money(world, "offer", name, **{**given, **facts})


def need(world: World, name: str = "云溪甲公司", **facts: Any) -> Profile:
    given = {
        "sectors": ["生物医药"], "rounds": ["a"], "amount_lo_fen": 2000 * WAN, "amount_hi_fen": 2000 * WAN,
        "currency": "CNY", "place": world.outpost.home,
    }  # fmt: skip
    return money(world, "need", name, **{**given, **facts})


def sides(world: World, login: str = "officer") -> tuple[list[Backer], list[Seeker]]:
    actor, today = world.actor(login), world.now.date()
    return list_backers(actor, today), list_seekers(actor, today)


def test_everything_known_is_one_number(world: World) -> None:
    fund(world)
    need(world)
    backers, seekers = sides(world)
    told = explain(backers[0], seekers[0])
    assert told.state is State.YES
    assert told.lo == told.hi == pytest.approx(1)
    assert told.asks == ()


def test_unknown_is_asked_and_one_zero_kills(world: World) -> None:
    fund(world, "不知道基金", sectors=None, rounds=None, amount_lo_fen=None, amount_hi_fen=None, regions=None, return_ratio_percent=None)  # fmt: skip
    fund(world, "种子基金", rounds=["seed"])
    need(world, rounds=["c"])
    backers, seekers = sides(world)
    by_name = {str(each.profile.organization): each for each in backers}
    unknown = explain(by_name["不知道基金"], seekers[0])
    assert (unknown.state, unknown.lo, unknown.hi) == (State.POSSIBLE, 0, 1)
    assert set(unknown.asks) == {"investor.sectors", "investor.stages", "investor.ticket", "investor.mandate"}
    killed = explain(by_name["种子基金"], seekers[0])
    assert (killed.state, killed.hi) == (State.NO, 0)
    pairs = list_pairs(backers, seekers)
    assert [str(each.backer.profile.organization) for each in pairs] == ["不知道基金", "种子基金"]


def test_reinvestment_that_is_not_known_leaves_a_range(world: World) -> None:
    fund(world, "返投基金", regions=["shenzhen"], return_ratio_percent=150)
    fund(world, "只投云溪", regions=["yunxi"], return_ratio_percent=None)
    need(world)
    backers, seekers = sides(world)
    by_name = {str(each.profile.organization): explain(each, seekers[0]) for each in backers}
    bound = by_name["返投基金"]
    assert (bound.state, bound.lo) == (State.POSSIBLE, 0)
    assert bound.hi == pytest.approx(1)
    assert "investor.mandate" in bound.asks
    assert by_name["只投云溪"].lo == pytest.approx(1)


def test_no_limit_on_sectors_meets_every_sector(world: World) -> None:
    fund(world, "不限基金", sectors=[])
    need(world, "甲", sectors=["绿色环保"])
    need(world, "乙", sectors=None)
    backers, seekers = sides(world)
    pairs = list_pairs(backers, seekers)
    assert [pair.lo for pair in pairs] == [pytest.approx(1)] * 2
    told = {pair.seeker.name: explain(pair.backer, pair.seeker) for pair in pairs}
    assert all(each.lo == pytest.approx(1) for each in told.values())
    assert (told["甲"].factors[0].values["investor"], told["甲"].factors[0].values["project"]) == ("不限", "绿色环保")


def test_projects_in_talks_stand_beside_needs_and_ask_for_money(world: World) -> None:
    fund(world)
    with_need = world.lead("已登记", "滨海乙有限公司", industry="生物医药")
    talked = world.lead("在谈", "滨海丙有限公司", industry="生物医药、绿色环保")
    lead = world.lead("线索", "滨海丁有限公司")
    for project in (with_need, talked):
        project.talks_stage = Stage.KEY
        project.save()
    need(world, "滨海乙", project=with_need, place=None)
    _backers, seekers = sides(world)
    assert [each.name for each in seekers] == ["滨海乙", "在谈"]
    assert lead.uid not in {each.key for each in seekers}
    told = explain(sides(world)[0][0], seekers[1])
    assert told.state is State.POSSIBLE
    assert {"project.ask", "project.stage", "project.window"} <= set(told.asks)


def test_closed_expired_and_others_are_not_there(world: World) -> None:
    fund(world, "有效")
    fund(world, "过期", expires_on=world.now.date() - timedelta(days=1))
    fund(world, "暂停", state="paused")
    fund(world, "别处", outpost=world.rival)
    assert [str(each.profile.organization) for each in sides(world)[0]] == ["有效"]
    assert [str(each.profile.organization) for each in sides(world, "rival")[0]] == ["别处"]
    for login in ("bureau", "tenant", "admin"):
        assert sides(world, login) == ([], [])


def test_many_pairs_are_what_one_pair_is(world: World) -> None:
    for at in range(4):
        fund(world, f"基金{at}", sectors=[["生物医药"], [], None, ["绿色环保", "生物医药"]][at], rounds=[["a"], [], None, ["seed"]][at])  # fmt: skip
        need(world, f"公司{at}", sectors=[["生物医药"], None, ["半导体"], []][at], rounds=[["b"], None, ["a"], ["a", "b"]][at])  # fmt: skip
    for pair in list_pairs(*sides(world)):
        told = explain(pair.backer, pair.seeker)
        assert [told.lo, told.hi] == pytest.approx([pair.lo, pair.hi])
