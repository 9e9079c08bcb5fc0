"""Pages of matchmaking days: planned, arranged, changed by hand, printed, taken along, taken back."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from feidi.domain.matching.enums import Channel, Side
from feidi.domain.matching.models import Introduction, MatchmakingDay
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


@pytest.fixture
def client(world: World, monkeypatch: pytest.MonkeyPatch) -> Client:
    """The officer, at the moment of the world."""
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: world.now)
    client = Client()
    client.force_login(world.users["officer"])
    return client


def at(name: str, *args: str) -> str:
    return reverse(f"console:matchmaking:{name}", args=args)


def send(client: Client, name: str, *args: str, **data: Any) -> str:
    response = client.post(at(name, *args), data, follow=True)
    assert response.status_code == 200, response.content.decode()[:2000]
    return response.content.decode()


def planned(world: World, client: Client, **other: Any) -> MatchmakingDay:
    given = {"title": "窑炉专场", "held_on": "2026-12-01", "begins_at": "14:00", "place": "路演厅"}
    send(
        client,
        "day_new",
        **{"outpost": world.outpost.pk, "slot_minutes": 20, "slots": 3, "tables": 2, **given, **other},
    )
    return MatchmakingDay.objects.latest("id")


def shown(world: World, n: int = 0) -> Introduction:
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}
    row = express_interest(
        need=make_profile(world, Side.NEED, owner=f"云溪第{n}窑炉有限公司"),
        offer=make_profile(world, Side.OFFER, owner=f"滨海第{n}检测有限公司"),
        interest=Interest(Channel.OFFICER),
        **act,
    )
    for side in Side:
        row = agree_to_introduction(introduction=row, side=side, by="同意的人", **act)
    return reveal_identities(introduction=row, **act)


def test_a_day_from_planning_to_its_papers(world: World, client: Client) -> None:
    first, second = shown(world, 1), shown(world, 2)
    day = planned(world, client)
    before = client.get(at("day_view", day.uid)).content.decode()
    assert "第 1 时段第 1 桌可以排" in before

    arranged = send(client, "day_arrange", day.uid, most="2")

    assert "已排 2 场" in arranged
    assert first.number in arranged
    assert "14:00—14:20" in arranged
    paper = client.get(at("day_paper", day.uid)).content.decode()
    assert paper.count("云溪第1窑炉有限公司") == 3  # its table, its own slip, its partner's slip
    book = openpyxl.load_workbook(BytesIO(client.get(at("day_workbook", day.uid)).content)).worksheets[0]
    assert {row[7] for row in book.iter_rows(min_row=2, values_only=True)} == {first.number, second.number}


def test_by_hand_a_clash_is_said_in_the_form(world: World, client: Client) -> None:
    first, second = shown(world, 1), shown(world, 2)
    day = planned(world, client)
    send(client, "day_place", day.uid, introduction=first.uid, slot=1, table=1)

    response = client.post(at("day_place", day.uid), {"introduction": second.uid, "slot": 1, "table": 1})

    assert response.status_code == 409
    assert f"第 1 时段第 1 桌已经给了 {first.number}" in response.content.decode()
    assert day.meetings.count() == 1


def test_the_agenda_is_a_picture_and_a_firm_gets_its_own_only(world: World, client: Client) -> None:
    first, second = shown(world, 1), shown(world, 2)
    day = planned(world, client)
    send(client, "day_place", day.uid, introduction=first.uid, slot=1, table=1)
    send(client, "day_arrange", day.uid, most="2")
    view = client.get(at("day_view", day.uid)).content.decode()
    assert "手工排定" in view
    assert at("day_card", day.uid) in view
    whole = client.get(at("day_card", day.uid)).content.decode()
    assert "本驻点内部" in whole
    assert "云溪第2窑炉有限公司 × 滨海第2检测有限公司" in whole
    own = client.get(at("day_card", day.uid), {"of": first.need.uid}).content.decode()
    assert "滨海第1检测有限公司" in own
    assert "第2" not in own
    assert f"{at('day_card', day.uid)}?of={second.need.uid}" in client.get(at("day_paper", day.uid)).content.decode()
    assert client.get(at("day_card", day.uid), {"of": "nobody"}).status_code == 404
    image = client.get(at("day_image", day.uid), {"of": first.need.uid})
    assert image.content.startswith(b"\x89PNG")


def test_a_meeting_is_taken_off_and_a_day_taken_back(world: World, client: Client) -> None:
    row = shown(world)
    day = planned(world, client)
    send(client, "day_arrange", day.uid)
    meeting = day.meetings.get()

    off = send(client, "seat_cancel", day.uid, meeting.uid, reason="对方改期")
    assert "第 1 时段第 1 桌可以排" in off
    assert row.number in off

    send(client, "day_void", day.uid, reason="场地没有了")
    assert "窑炉专场" not in client.get(at("day_list")).content.decode()


def test_a_day_is_changed_and_one_that_somebody_changed_meanwhile_is_not(world: World, client: Client) -> None:
    day = planned(world, client)
    given = {"outpost": world.outpost.pk, "title": "窑炉专场（改）", "held_on": "2026-12-02", "begins_at": "09:00"}
    given |= {"place": "三楼", "slot_minutes": 20, "slots": 3, "tables": 2, "version": day.version}
    assert "窑炉专场" in client.get(at("day_edit", day.uid)).content.decode()
    assert "三楼" in send(client, "day_edit", day.uid, **given)
    again = client.post(at("day_edit", day.uid), given)
    assert again.status_code == 409
    assert "有人改过" in again.content.decode()


def test_how_many_each_is_a_number(world: World, client: Client) -> None:
    day = planned(world, client)
    response = client.post(at("day_arrange", day.uid), {"most": "两场"})
    assert response.status_code == 409
    assert "两场" in response.content.decode()


@pytest.mark.parametrize(
    ("data", "says"),
    [({"tables": 0}, "0 张桌子"), ({"held_on": "2026-11-01"}, "2026-11-01 已经过去"), ({"slots": 40}, "排过了半夜")],
)
def test_a_day_that_cannot_be_is_said_and_nothing_is_lost(
    world: World, client: Client, data: dict[str, Any], says: str
) -> None:
    given = {"outpost": world.outpost.pk, "title": "窑炉专场", "held_on": "2026-12-01", "begins_at": "14:00"}
    response = client.post(at("day_new"), {**given, "slot_minutes": 20, "slots": 3, "tables": 2, **data})
    assert response.status_code == 409
    assert says in response.content.decode()
    assert "窑炉专场" in response.content.decode()
    assert not MatchmakingDay.objects.exists()


def test_the_list_filters_sorts_and_leaves_as_a_workbook(world: World, client: Client) -> None:
    planned(world, client, title="甲专场")
    planned(world, client, title="乙专场", held_on="2026-12-08")

    found = client.get(at("day_list"), {"words": "甲"}).content.decode()
    book = openpyxl.load_workbook(BytesIO(client.get(at("day_export")).content)).worksheets[0]

    assert "甲专场" in found
    assert "乙专场" not in found
    assert [row[0] for row in book.iter_rows(min_row=2, values_only=True)] == ["乙专场", "甲专场"]
    assert "甲专场" not in client.get(at("day_list"), {"show": "past"}).content.decode()


def test_as_many_queries_for_three_as_for_one(world: World, client: Client) -> None:
    day = planned(world, client)

    def rows(n: int) -> None:
        for each in range(n):
            shown(world, each)

    assert_same_queries(rows, lambda: client.get(at("day_view", day.uid)))


def test_the_rival_outpost_finds_nothing(world: World, client: Client) -> None:
    day = planned(world, client)
    client.force_login(world.users["rival"])
    assert client.get(at("day_view", day.uid)).status_code == 404
    assert day.title not in client.get(at("day_list")).content.decode()
