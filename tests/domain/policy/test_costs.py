"""Cost figures as published, and what policies grant as the comparison deducts it."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import pytest

from feidi.domain.policy.selectors.costs import costs_of, places_with_costs
from feidi.domain.policy.selectors.granted import subsidies_at
from feidi.engines.costing import Profile, Subsidy, compare, read_profile
from feidi.engines.findings import RefusedError
from tests.support.world import World

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)


def office() -> Profile:
    read, _findings = read_profile({"office": "200㎡"}, as_of=DAY)
    assert read is not None
    return read


def test_every_file_of_the_lineage_counts_and_the_nearest_wins(world: World) -> None:
    home, host = costs_of("chancheng", on=DAY), costs_of("nanshan", on=DAY)
    assert home.lineage == ("chancheng", "foshan", "guangdong", "cn")
    assert {each.place for each in home.figures} == set(home.lineage)
    said = compare(office(), home, host, as_of=DAY)
    assert said.yearly.difference.lo == said.yearly.difference.hi == 201_360_00
    assert set(said.sources()) == {"chancheng/costs/premises.yaml", "shenzhen/costs/premises.yaml"}
    assert all(len(each) == 64 for each in said.sources().values())
    with pytest.raises(RefusedError):
        costs_of("atlantis", on=DAY)


def test_only_places_with_figures_can_be_chosen(world: World) -> None:
    codes = {each.code: each.demonstration for each in places_with_costs()}
    assert {"chancheng", "nanshan", "foshan", "shenzhen", "yunxi", "binhai-qianwan"} <= set(codes)
    assert not {"cn", "guangdong"} & set(codes)
    assert (codes["yunxi"], codes["nanshan"]) == (True, False)


def row(place: str, verdict: str = "eligible", **more: Any) -> dict[str, Any]:
    amount = {"lo": 500, "hi": 900, "up_to": False, "unstated": "", **more.pop("amount", {})}
    given = {"title": "条款", "validity": "in_force", "fair_competition": [], **more}
    return {"place": place, "verdict": verdict, "amount": amount, **given}


def test_what_may_be_deducted(world: World) -> None:
    def at(place: str, *rows: dict[str, Any]) -> list[Subsidy] | None:
        return subsidies_at(cast("Any", SimpleNamespace(sheet=SimpleNamespace(results=list(rows)))), place)

    assert at("chancheng", row("chancheng"), row("nanshan")) == [Subsidy("条款", 500, 900)]
    assert at("chancheng", row("foshan", "unknown")) == [Subsidy("条款", 0, 900)], "uncertain: from nothing on"
    assert at("chancheng", row("cn", amount={"hi": None})) == [Subsidy("条款", 500, None)]
    assert at("chancheng", row("cn", amount={"up_to": True})) == [Subsidy("条款", 500, 900, up_to=True)]
    left_out = [
        row("chancheng", "not_eligible"),
        row("chancheng", validity="draft"),
        row("chancheng", validity="unconfirmed"),
        row("chancheng", fair_competition=["registration"]),
        {**row("chancheng"), "amount": None},
    ]
    assert at("chancheng", *left_out) == []
    assert at("chancheng", row("nanshan")) is None, "no clause known is not nothing granted"
