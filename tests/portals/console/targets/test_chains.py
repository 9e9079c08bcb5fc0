"""Missing nodes of a chain are content of the home; a target names its node in the home's own words."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from feidi.domain.parties.models import Outpost
from feidi.domain.pipeline.models import Target
from feidi.domain.pipeline.selectors.chains import find_chains
from feidi.domain.pipeline.services.targets import Wanted, add_targets
from tests.support.queries import assert_same_queries
from tests.support.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: now)


@pytest.fixture
def officer(world: World) -> Client:
    client = Client()
    client.force_login(world.users["officer"])
    return client


def page(client: Client, name: str, **query: str) -> str:
    response = client.get(reverse(f"console:targets:{name}"), query)
    assert response.status_code == 200
    return str(response.content.decode())


def add(world: World, *wanted: Wanted) -> None:
    add_targets(
        actor=world.actor("officer"), now=world.now, outpost=world.outpost, wanted=list(enumerate(wanted, start=1))
    )


def test_what_is_missing_asks_for_targets(world: World, officer: Client) -> None:
    gaps = page(officer, "target_list")
    assert "还没有目标企业的缺失环节" in gaps
    assert "中试与合同生产" in gaps
    chains = page(officer, "chain_list")
    for word in ("低温传感器", "缺失", "薄弱", "已有", "未查明", "可对外接单的中试平台", "演示"):
        assert word in chains
    asked = page(officer, "target_new", chain="生物医药", node="中试与合同生产")
    assert 'value="中试与合同生产"' in asked
    sent: dict[str, Any] = {"outpost": world.outpost.pk, "name": "滨海中试有限公司", "priority": "1"}
    officer.post(reverse("console:targets:target_new"), {**sent, "chain": "", "node": "CDMO"})
    row = Target.objects.get()
    assert (row.chain, row.node) == ("生物医药", "中试与合同生产")
    left = page(officer, "target_list").partition("还没有目标企业的缺失环节")[2].partition("按环节看进度")[0]
    assert "低温传感器" in left
    assert "中试与合同生产" not in left
    assert "1 家 → 已接触 0 → 在谈 0" in page(officer, "chain_list")


def test_other_words_lead_to_the_same_node(world: World) -> None:
    add(world, Wanted("甲", "低温传感"), Wanted("乙", "低温传感器", chain="半导体新材料"), Wanted("丙", "自己写的环节"))
    assert sorted(Target.objects.values_list("name", "chain", "node")) == [
        ("丙", "", "自己写的环节"),
        ("乙", "半导体新材料", "低温传感器"),
        ("甲", "半导体新材料", "低温传感器"),
    ]
    add(world, Wanted("甲", "低温检测器件"))
    assert Target.objects.count() == 3


def test_a_home_without_chains(world: World) -> None:
    city = world.rival.home.parent
    assert city is not None
    assert find_chains(city) is None
    Outpost.objects.filter(pk=world.rival.pk).update(home=city)
    client = Client()
    client.force_login(world.users["rival"])
    assert "本区还没有写产业链环节" in page(client, "chain_list")
    for login in ("bureau", "auditor", "tenant"):
        client.force_login(world.users[login])
        assert client.get(reverse("console:targets:chain_list")).status_code == 409, login


def test_queries(world: World, officer: Client) -> None:
    number = iter(range(99))

    def rows(count: int) -> None:
        add(world, *(Wanted(f"企业{next(number)}", "低温传感器") for _ in range(count)))

    assert_same_queries(rows, lambda: page(officer, "chain_list"), at_most=15)
