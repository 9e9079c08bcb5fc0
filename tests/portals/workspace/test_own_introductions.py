"""One's own introductions: the other side's name only after both agreed; answered for one's own side; nobody else's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from feidi.domain.matching.enums import Channel, IntroductionState, Side
from feidi.domain.matching.models import Introduction
from feidi.domain.matching.services.introductions import (
    Interest,
    agree_to_introduction,
    express_interest,
    reveal_identities,
)
from tests.support.profiles import make_profile
from tests.support.queries import assert_same_queries
from tests.support.world import World

pytestmark = pytest.mark.django_db
TENANT, OTHER = "滨海甲检测技术有限公司", "云溪丁热工研究所"
At = Callable[[str], Client]


@pytest.fixture
def moment(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """The world, at its moment."""
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: world.now)
    return world


def page(name: str, *args: Any) -> str:
    return reverse(f"workspace:{name}", args=args)


def introduced(world: World, *, side: Side = Side.OFFER) -> Introduction:
    """Return an introduction in which the tenant stands on ``side``."""
    names = {side: TENANT, (Side.NEED if side is Side.OFFER else Side.OFFER): OTHER}
    need, offer = (make_profile(world, each, owner=names[each]) for each in (Side.NEED, Side.OFFER))
    act = {"actor": world.actor("officer"), "now": world.now}
    return express_interest(need=need, offer=offer, interest=Interest(Channel.LIST), **act)


@pytest.mark.parametrize("side", list(Side))
def test_the_name_comes_after_both_agreed(at: At, moment: World, side: Side) -> None:
    row = introduced(moment, side=side)
    client = at("tenant")
    before = client.get(page("introduction_view", row.uid)).content.decode()
    client.post(page("introduction_agree", row.uid))
    row.refresh_from_db()
    own = row.need_agreed_on if side is Side.NEED else row.offer_agreed_on
    between = client.get(page("introduction_view", row.uid)).content.decode()
    other = Side.OFFER if side is Side.NEED else Side.NEED
    act = {"actor": moment.actor("officer"), "now": moment.now}
    row = agree_to_introduction(introduction=row, side=other, by="对方总工", **act)
    reveal_identities(introduction=row, **act)
    after = client.get(page("introduction_view", row.uid)).content.decode()

    assert own == moment.now.date()
    assert OTHER not in before + between
    assert OTHER in after
    assert OTHER in client.get(page("introduction_list")).content.decode()


def test_who_does_not_go_on_says_why_and_its_text_is_closed(at: At, moment: World) -> None:
    row = introduced(moment)
    client = at("tenant")
    refused = client.post(page("introduction_end", row.uid), {"reason": " "})
    client.post(page("introduction_end", row.uid), {"reason": "时间不合适"})
    row.refresh_from_db()

    assert "没有写原因" in refused.content.decode()
    assert (row.state, row.ended_reason) == (IntroductionState.ENDED, "时间不合适")
    shown = client.get(page("introduction_view", row.uid)).content.decode()
    assert "对方的文本已关闭" in shown
    assert row.need.masked_text not in shown


def test_of_others_there_is_nothing(at: At, moment: World) -> None:
    need, offer = make_profile(moment, Side.NEED, owner=OTHER), make_profile(moment, Side.OFFER, owner="滨海戊有限公司")
    row = express_interest(
        actor=moment.actor("officer"), now=moment.now, need=need, offer=offer, interest=Interest(Channel.LIST)
    )
    client = at("tenant")
    assert client.get(page("introduction_view", row.uid)).status_code == 404
    assert client.post(page("introduction_agree", row.uid)).status_code == 404
    assert row.number not in client.get(page("introduction_list")).content.decode()


def test_as_many_queries_for_three_as_for_one(at: At, moment: World) -> None:
    client = at("tenant")

    def rows(n: int) -> None:
        for _each in range(n):
            introduced(moment)

    assert_same_queries(rows, lambda: client.get(page("introduction_list")))


def test_the_outposts_people_have_none_of_their_own(at: At, moment: World) -> None:
    row = introduced(moment)
    assert at("officer").get(page("introduction_view", row.uid)).status_code == 404
    assert at("officer").post(page("introduction_end", row.uid), {"reason": "不谈了"}).status_code == 404
    row.refresh_from_db()
    assert row.state == IntroductionState.INTERESTED
