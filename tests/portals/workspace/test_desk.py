"""The tenant's one page: what is owed first, then what one gets, rooms, policies, matches; nothing of another firm."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from feidi.domain.incubation.models import Tenancy
from feidi.domain.incubation.services.charges import charge_months
from feidi.domain.incubation.services.reports import ask_reports
from feidi.domain.incubation.services.requests import ask_service
from tests.support.queries import assert_same_queries
from tests.support.tenancies import floor_of, tenancy_of
from tests.support.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: now)


@pytest.fixture
def tenancies(world: World) -> tuple[Tenancy, Tenancy]:
    """One's own, and another firm's in the next room."""
    rooms = floor_of(world)
    own = tenancy_of(world, rooms[0])
    other = tenancy_of(world, rooms[1], name="膜材料中试", sponsor="滨海壬材料有限公司")
    world.user("tenant_own", "tenant_admin", organization=own.organization)
    return own, other


@pytest.fixture
def client(world: World, tenancies: Any) -> Client:
    made = Client()
    made.force_login(world.users["tenant_own"])
    return made


def _home(client: Client) -> str:
    response = client.get(reverse("workspace:home"))
    assert response.status_code == 200
    return str(response.content.decode())


def test_an_empty_page_says_what_each_part_is(client: Client) -> None:
    page = _home(client)
    for part in ("owe", "get", "rooms", "policies", "matches"):
        assert f'id="{part}"' in page
    assert "现在没有要您做的" in page
    assert "近期没有订房" in page


def test_what_is_owed_comes_first_and_opens_its_place(world: World, tenancies: Any, client: Client) -> None:
    own, other = tenancies
    act: dict[str, Any] = {"actor": world.actor("manager"), "now": world.now}
    ask_reports(tenancies=[own, other], until=world.now.date(), **act)
    charge_months(tenancies=[own], until=world.now.date(), **act)
    ask_service(tenancy=own, kind="ip", what="专利挖掘两件", **act)
    ask_service(tenancy=other, kind="ip", what="别家的商标", **act)
    page = _home(client)
    assert "填报 2026-07-01 至 2026-09-30" in page
    assert "尚欠" in page
    assert "逾期" in page
    assert "专利挖掘两件" in page
    assert "别家的商标" not in page
    assert other.uid not in page
    assert page.index('id="owe"') < page.index('id="get"')
    assert f"{reverse('workspace:tenancy_view', args=[own.uid])}#asked" in page


def test_everything_that_is_owed_stands_there_papers_of_projects_too(
    world: World, tenancies: Any, client: Client
) -> None:
    own, _other = tenancies
    act: dict[str, Any] = {"actor": world.actor("manager"), "now": world.now}
    ask_reports(tenancies=[own], until=world.now.date(), **act)
    page = client.get(reverse("workspace:home"))
    parts = {each.code: each for each in page.context["parts"]}
    asked = [text for card in page.context["cards"] for text in card["asked"]]
    shown = [line.text for line in parts["owe"].lines]
    assert [each for each in asked if each not in shown] == []
    assert parts["owe"].more == 0, "nothing else leads to what is cut off"


def test_who_is_no_tenant_gets_no_parts(world: World, tenancies: Any) -> None:
    made = Client()
    made.force_login(world.users["officer"])
    assert 'id="owe"' not in _home(made)


def test_much_costs_as_many_queries_as_little(world: World, tenancies: Any, client: Client) -> None:
    own, _other = tenancies
    act: dict[str, Any] = {"actor": world.actor("manager"), "now": world.now}
    ask_reports(tenancies=[own], until=date(2026, 4, 1), **act)

    def rows(count: int) -> None:
        for n in range(count):
            ask_service(tenancy=own, kind="ip", what=f"专利{n}{ServiceCount.next()}", **act)

    assert_same_queries(rows, lambda: client.get(reverse("workspace:home")), at_most=60)


class ServiceCount:
    """Gives every service words of its own."""

    n = 0

    @classmethod
    def next(cls) -> int:
        cls.n += 1
        return cls.n
