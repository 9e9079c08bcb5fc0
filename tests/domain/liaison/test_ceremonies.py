"""Demonstration 4: signed again 3,000万 → 已计; a framework of 5亿 in its own column; the total unchanged."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from feidi.domain.liaison.selectors.ceremonies import (
    CeremonyFilter,
    get_ceremony,
    get_item,
    hides_some,
    items_of,
    list_ceremonies,
    signings_of,
    totals_of,
)
from feidi.domain.liaison.services.ceremonies import (
    CeremonyPlan,
    add_item,
    edit_ceremony,
    link_agreement,
    move_item,
    plan_ceremony,
    remove_item,
)
from feidi.domain.pipeline.enums import AgreementKind
from feidi.domain.pipeline.models import Project
from feidi.engines.findings import RefusedError
from tests.support.world import World

pytestmark = pytest.mark.django_db

THIRTY_MILLION, HALF_BILLION = 30_000_000_00, 500_000_000_00


def refused(code: str, act: Any, **given: Any) -> None:
    """Assert that ``act`` refuses with ``code``."""
    with pytest.raises(RefusedError) as caught:
        act(**given)
    assert caught.value.refusal.code == code


def counted(world: World, uid: str, role: str = "officer") -> tuple[list[Any], dict[str, Any]]:
    """Return the lines and the totals by group as a role reads them."""
    ceremony = get_ceremony(world.actor(role), uid)
    lines = signings_of([ceremony])[ceremony.pk]
    return lines, {each.group: each for each in totals_of(lines)}


def test_the_second_ceremony_of_a_project_shows_when_it_was_counted(world: World) -> None:
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}
    day, early = world.now.date(), world.now.date() - timedelta(days=200)
    old, new = world.lead(), world.lead("新材料中试", "滨海乙材料有限公司", contact_name="李工")
    first = world.contract(old, THIRTY_MILLION, signed_on=early)
    spring = plan_ceremony(outpost=world.outpost, plan=CeremonyPlan("春季集中签约", early), projects=[old], **act)
    assert items_of(get_ceremony(world.actor("officer"), spring.uid))[0].agreement == first, "the one of that day"
    autumn = plan_ceremony(outpost=world.outpost, plan=CeremonyPlan("秋季集中签约", day), projects=[old, new], **act)

    lines, totals = counted(world, autumn.uid)
    assert [each.group for each in lines] == ["already", "open"], "known before anything is signed again"
    assert (lines[0].first, lines[0].first_at) == (first, spring)

    again = world.contract(old, THIRTY_MILLION, signed_on=day)
    world.contract(new, 12_000_000_00, signed_on=day)
    frame = world.contract(new, HALF_BILLION, signed_on=day, kind=AgreementKind.FRAMEWORK)
    lines, totals = counted(world, autumn.uid)
    item = lines[0].item
    refused("liaison.agreement_other_day", link_agreement, item=item, agreement=first, **act)
    refused("liaison.agreement_of_other_project", link_agreement, item=item, agreement=frame, **act)
    link_agreement(item=item, agreement=again, **act)
    refused("liaison.listed_already", add_item, ceremony=autumn, project=new, **act)
    link_agreement(item=lines[1].item, agreement=new.agreements.get(kind=AgreementKind.CONTRACT), **act)
    lines, totals = counted(world, autumn.uid)
    assert (lines[0].group, lines[0].first, lines[0].first_at) == ("already", first, spring)
    assert totals["counted"].sums == (("CNY", 12_000_000_00),)
    assert totals["already"].sums == (("CNY", THIRTY_MILLION),)

    # the framework instead: its own column, nothing counted
    link_agreement(item=lines[1].item, agreement=frame, **act)
    lines, totals = counted(world, autumn.uid)
    assert totals["apart"].sums == (("CNY", HALF_BILLION),)
    assert (totals["counted"].count, totals["counted"].sums) == (0, ())
    assert [each.counted_fen for each in old.agreements.order_by("id")] == [THIRTY_MILLION, 0], "the total is unchanged"

    refused("liaison.agreement_other_day", edit_ceremony, ceremony=autumn, version=autumn.version,
            plan=CeremonyPlan("秋季集中签约", day + timedelta(days=1)), **act)  # fmt: skip
    move_item(item=get_item(world.actor("officer"), lines[1].item.uid), **act)
    assert [each.item.project for each in counted(world, autumn.uid)[0]] == [new, old]
    remove_item(item=get_item(world.actor("officer"), item.uid), reason="改期", **act)
    assert [each.number for each in counted(world, autumn.uid)[0]] == [1]


def test_currencies_are_never_added(world: World) -> None:
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}
    one, two = world.lead(), world.lead("港资项目", "港方有限公司", contact_name="李工")
    world.contract(one, 100)
    foreign = world.contract(two, 700)
    type(foreign).objects.filter(pk=foreign.pk).update(currency="HKD")
    row = plan_ceremony(outpost=world.outpost, plan=CeremonyPlan("签约", world.now.date()), projects=[one, two], **act)
    totals = counted(world, row.uid)[1]
    assert totals["counted"].sums == (("CNY", 100), ("HKD", 700))
    assert totals["counted"].count == 2


def test_the_home_side_reads_no_word_of_what_was_not_reported(world: World) -> None:
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}
    secret, open_one = world.lead("未报送的项目"), world.lead("已报送的项目", "丁公司", contact_name="李工")
    Project.objects.filter(pk=open_one.pk).update(reported_at=world.now)
    world.contract(secret, 100)
    plan = CeremonyPlan("年度签约", world.now.date(), script="请未报送的项目上台")
    row = plan_ceremony(outpost=world.outpost, plan=plan, projects=[secret, open_one], **act)
    bureau = world.actor("bureau")
    lines, totals = counted(world, row.uid, "bureau")
    assert [(each.number, each.item.project) for each in lines] == [(1, open_one)]
    assert totals["counted"].count == 0
    assert hides_some(get_ceremony(bureau, row.uid))
    assert not list_ceremonies(bureau, CeremonyFilter(words="未报送的")), "a search does not tell either"
    assert not list_ceremonies(bureau, CeremonyFilter(project=secret.uid))
    assert list(list_ceremonies(bureau, CeremonyFilter(words="已报送的"))) == [row]
    assert not list_ceremonies(world.actor("rival_bureau"), CeremonyFilter())
    refused("parties.not_permitted", add_item, actor=bureau, now=world.now, ceremony=row, project=secret)
