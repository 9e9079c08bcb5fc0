"""Pages of trips: planned from a pasted list, stop by stop onto the timeline, on paper; nobody's but the outpost's."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import docx
import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from feidi.domain.liaison.enums import TripKind
from feidi.domain.liaison.models import Trip, TripStop
from feidi.domain.liaison.services.trips import StopPlan, TripPlan, add_stop, plan_trip, read_members
from tests.support.queries import assert_same_queries
from tests.support.world import World

pytestmark = pytest.mark.django_db
LIST = "1、陈晓 云滨联络处 专员\n2、周宁 云滨联络处"


@pytest.fixture
def client(world: World, monkeypatch: pytest.MonkeyPatch) -> Client:
    """The officer, at the moment of the world."""
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: world.now)
    client = Client()
    client.force_login(world.users["officer"])
    return client


def at(name: str, *args: str) -> str:
    """Return an address of this part."""
    return reverse(f"console:trips:{name}", args=args)


def words_of(response: Any) -> str:
    """Return every word of a Word file."""
    document = docx.Document(BytesIO(response.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


def test_from_a_pasted_list_to_the_timeline(client: Client, world: World) -> None:
    project = world.lead()
    plan = {
        "outpost": world.outpost.pk, "kind": "outbound", "title": "赴滨海招商", "starts_on": "2026-11-22",
        "ends_on": "2026-11-23", "members": LIST, "leader": "郑副区长", "approval_number": "批8号", "guests": "3",
    }  # fmt: skip
    assert "早于开始日期" in client.post(at("trip_new"), {**plan, "ends_on": "2026-11-20"}).content.decode()
    made = client.post(at("trip_new"), plan)
    trip = Trip.objects.get()
    assert made.headers["Location"] == at("trip_view", trip.uid)
    stop = {"on": "2026-11-22", "at": "9:30", "place": "甲公司", "what": "看样机", "project": project.code}
    assert client.post(at("stop_add", trip.uid), {**stop, "on": "2026-12-01"}).status_code == 409
    client.post(at("stop_add", trip.uid), stop)
    row = TripStop.objects.get()
    client.post(at("stop_edit", row.uid), {**stop, "result": "愿意来看场地", "version": row.version})
    other = client.post(at("stop_edit", row.uid), {**stop, "result": "没有见到", "version": row.version})
    assert other.status_code == 409, "two travellers, one stop: the second is told"
    assert "已改为“愿意来看场地”" in other.content.decode()
    page = client.get(at("trip_view", trip.uid)).content.decode()
    for words in ("陈晓", "云滨联络处", "郑副区长", "批8号", "看样机", "愿意来看场地", project.name, "记入项目往来"):
        assert words in page, words
    client.post(at("stop_record", row.uid), {"kind": "visit_out"})
    talk = project.interactions.get()
    assert (talk.kind, talk.people) == ("visit_out", "郑副区长、陈晓、周宁")
    assert "已记入项目往来" in client.get(at("trip_view", trip.uid)).content.decode()
    assert client.post(at("stop_record", row.uid)).status_code == 409

    itinerary = words_of(client.get(at("itinerary_download", trip.uid)))
    for words in ("赴滨海招商行程表", "2026年11月22日至23日", "看样机（低温介质检测）", "陈晓"):
        assert words in itinerary, words
    assert "周宁" in words_of(client.get(at("sign_in_download", trip.uid)))
    client.post(at("trip_result", trip.uid), {"result": "签意向一家"})
    told = client.get(at("trip_view", trip.uid)).context["copy_text"]
    assert "看样机" in told
    assert "郑副区长" not in told, "a chat message names nobody"
    book = openpyxl.load_workbook(BytesIO(client.get(at("trip_export")).content))
    cells = [str(cell.value) for line in book.active.iter_rows() for cell in line]
    assert "赴滨海招商" in cells
    assert not [each for each in cells if "郑副区长" in each or "陈晓" in each]

    client.post(at("trip_edit", trip.uid), {**plan, "version": trip.version, "title": "改名", "members": LIST[:20]})
    assert Trip.objects.get().title != "改名", "the stale version is told so"
    client.post(at("trip_edit", trip.uid), {**plan, "version": Trip.objects.get().version, "title": "改名"})
    assert Trip.objects.get().title == "改名"
    client.post(at("trip_void", trip.uid), {"reason": "登错"})
    assert "改名" not in client.get(at("trip_list")).content.decode()


def test_lists_and_pages_cost_the_same_at_one_and_three(client: Client, world: World) -> None:
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}
    today, n, trips = world.now.date(), [0], list[Trip]()

    def make(count: int) -> None:
        for _ in range(count):
            n[0] += 1
            plan = TripPlan(TripKind.RECEPTION, f"来访{n[0]}", today, today, members=read_members(LIST))
            trips.append(plan_trip(outpost=world.outpost, plan=plan, **act))
            project = world.lead(f"项目{n[0]}", contact_name=f"王{n[0]}")
            add_stop(trip=trips[0], plan=StopPlan(today, f"看{n[0]}", project=project), **act)

    assert_same_queries(make, lambda: client.get(at("trip_list")), at_most=16)
    assert_same_queries(make, lambda: client.get(at("trip_view", trips[0].uid)), at_most=22)
    assert n[0] == 6
    filtered = client.get(at("trip_list"), {"words": "看6", "sort": "-starts"})
    assert [row.cells["title"] for row in filtered.context["table"].rows] == ["来访1"]
