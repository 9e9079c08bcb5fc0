"""A delegation: booked, guided, its way and its people, received, thanked; exhibits with labels."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from feidi.domain.showcase.enums import PublicationKind, VisitState
from feidi.domain.showcase.models import HallVisit
from feidi.domain.showcase.services.inquiries import forget_contacts
from feidi.domain.showcase.services.visits import Visitor, VisitPlan, book_visit, forget_names, set_visitors
from feidi.kernel.feedback.models import Ask
from tests.domain.showcase.test_publishing import refused
from tests.support.queries import assert_same_queries
from tests.support.showcase import draft_of, published, written
from tests.support.world import World

pytestmark = pytest.mark.django_db


class Clock:
    """The hour at which the site is asked."""

    now: datetime


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch, now: datetime) -> Clock:
    made = Clock()
    made.now = now
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: made.now)
    return made


def at(name: str, *args: str) -> str:
    return reverse(f"console:exhibition:{name}", args=args)


def officer_of(world: World) -> Client:
    client = Client()
    client.force_login(world.users["officer"])
    return client


def given(world: World, **more: Any) -> dict[str, Any]:
    return {
        "outpost": world.outpost.pk,
        "delegation": "虚构商会",
        "on": "2026-11-25",
        "begins": "10:00",
        "ends": "11:00",
        "people": "14",
        "contact": "王女士 13900007777",
        "guide": world.users["officer"].pk,
        **more,
    }


def test_a_delegation_from_booking_to_thanks(world: World, clock: Clock) -> None:
    exhibit = written(world, PublicationKind.EXHIBIT, draft_of("标定台"))
    officer = officer_of(world)
    made = officer.post(at("visit_new"), given(world))
    row = HallVisit.objects.get()
    assert made.headers["Location"] == at("visit_view", row.uid), "where the way and the people are written next"
    assert row.state == VisitState.CONFIRMED
    assert b"13900007777" not in bytes(row.contact_enc)
    officer.post(at("visit_way", row.uid), {"stops": "10:00｜序厅｜欢迎\n标定台"})
    officer.post(at("visit_people", row.uid), {"people": "1. 岑远 某局 处长\n卓一鸣 某局"})
    page = officer.get(at("visit_view", row.uid)).content.decode()
    assert reverse("console:showcase:publication_view", args=[exhibit.uid]) in page, "an exhibit of the way leads to it"
    assert "13900007777" not in page
    printed = officer.get(at("visit_print", row.uid)).content.decode()
    assert all(each in printed for each in ("岑远", "序厅", "标定台"))
    assert officer.post(at("visit_finish", row.uid), {"result": "看了三件"}).status_code == 409, "still to come"
    clock.now = clock.now + timedelta(days=3)
    assert officer.post(at("visit_finish", row.uid), {"result": "看了三件"}).status_code == 302
    assert Ask.objects.get().occasion == "visit"
    survey = officer.get(at("visit_view", row.uid)).context["survey"]
    assert survey["link"] in survey["text"], "one tap copies the thanks with the link"
    assert "/public/feedback/" in survey["link"]
    assert survey["picture"].startswith("data:image/svg"), "or they take it from the screen"
    assert "13900007777" in officer.post(at("visit_unmask", row.uid), {"reason": "致谢"}).content.decode()


def test_the_way_names_the_exhibits_that_can_be_shown(world: World) -> None:
    written(world, PublicationKind.EXHIBIT, draft_of("标定台"))
    officer = officer_of(world)
    officer.post(at("visit_new"), given(world))
    page = officer.get(at("visit_way", HallVisit.objects.get().uid)).content.decode()
    assert "标定台" in page, "nobody remembers every title"


def test_a_guide_has_one_delegation_at_a_time(world: World) -> None:
    officer = officer_of(world)
    officer.post(at("visit_new"), given(world))
    answer = officer.post(at("visit_new"), given(world, delegation="另一团", begins="10:30", ends="11:30"))
    assert answer.status_code == 409
    assert "那时要接待" in answer.content.decode()
    assert officer.post(at("visit_new"), given(world, begins="11:00", ends="12:00")).status_code == 302


def test_an_end_before_its_start_is_refused(world: World) -> None:
    assert officer_of(world).post(at("visit_new"), given(world, ends="09:00")).status_code == 409


def test_cancelled_says_why_and_is_over(world: World) -> None:
    officer = officer_of(world)
    officer.post(at("visit_new"), given(world))
    row = HallVisit.objects.get()
    officer.post(at("visit_cancel", row.uid), {"reason": "台风"})
    row.refresh_from_db()
    assert (row.state, row.result) == (VisitState.CANCELLED, "台风")
    assert officer.post(at("visit_edit", row.uid), given(world)).status_code == 409


def test_names_and_contacts_go_after_their_days(world: World) -> None:
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}
    plan = VisitPlan("团", world.now, world.now + timedelta(hours=1), contact="王女士 13900007777")
    row = book_visit(outpost=world.outpost, plan=plan, **act)
    set_visitors(visit=row, visitors=[Visitor("岑远", "某局")], **act)
    later = world.now + timedelta(days=89)
    assert forget_names(actor=world.actor("officer"), now=later) == 0
    later = world.now + timedelta(days=92)
    assert forget_names(actor=world.actor("officer"), now=later) == 1
    assert forget_names(actor=world.actor("officer"), now=later) == 0
    row.refresh_from_db()
    assert bytes(row.contact_enc) == b""
    assert row.visitors.get().name == "岑某"
    assert forget_contacts(actor=world.actor("officer"), now=later) == 0
    with refused("showcase.visit_over"):
        set_visitors(actor=world.actor("officer"), now=later, visit=row, visitors=[Visitor("某")])


def test_a_label_leads_to_the_public_page(world: World) -> None:
    row = written(world, PublicationKind.EXHIBIT, draft_of("标定台", facts={"spot": "一号展台"}))
    officer = officer_of(world)
    assert "没有标签可打印" in officer.get(at("label_view", row.uid)).content.decode()
    published(world, row)
    assert (
        at("label_view", row.uid)
        in officer.get(reverse("console:showcase:publication_view", args=[row.uid])).content.decode()
    ), "the label is one step from its exhibit"
    begin = officer.get(at("exhibit_list")).context["actions"][0].url
    assert officer.get(begin).context["form"].initial["kind"] == PublicationKind.EXHIBIT
    page = officer.get(at("label_view", row.uid))
    label = page.context["labels"][0]
    assert label["url"].endswith(reverse("public:showcase:exhibit_view", args=["yunbin", row.uid]))
    assert label["picture"].startswith("data:image/svg")
    assert "一号展台" in officer.get(at("label_list")).content.decode()


def test_the_list_costs_the_same_at_one_row_and_at_three(world: World) -> None:
    client, made = officer_of(world), []

    def rows(count: int) -> None:
        for _ in range(count):
            made.append(1)
            client.post(at("visit_new"), given(world, delegation=f"团{len(made)}", guide=""))

    assert_same_queries(rows, lambda: client.get(at("visit_list")))
