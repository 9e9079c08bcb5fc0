"""Somebody registers for an activity without an account: guarded, one ticket, one place; the link is theirs alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from feidi.domain.roadshow.enums import Audience, RegistrationState
from feidi.domain.roadshow.models import Activity, ActivityMeeting, Registration
from feidi.domain.roadshow.selectors.tickets import token_of
from feidi.domain.roadshow.services.holding import cancel_activity
from feidi.kernel.audit.models import AuditLink
from tests.conftest import NOW
from tests.support.activities import entered, joined, opened, planned
from tests.support.world import World

pytestmark = pytest.mark.django_db

GUEST = {
    "name": "来宾",
    "phone": "13800000001",
    "mail": "guest@example.cn",
    "organization_name": "某公司",
    "consent": "1",
}


class Clock:
    """The hour at which the site is asked."""

    now = NOW


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: made.now)
    return made


@pytest.fixture
def phone(world: World, clock: Clock) -> Client:
    """A visitor without cookies."""
    return Client()


def at(name: str, *args: str) -> str:
    return reverse(f"public:events:{name}", args=args)


def page_of(phone: Client, address: str, status: int = 200) -> str:
    answer = phone.get(address)
    assert answer.status_code == status, address
    return str(answer.content.decode())


def filled(visitor: Client, clock: Clock, row: Activity, /, **more: Any) -> dict[str, Any]:
    """Return what the form sends, ten seconds after it was opened."""
    page = visitor.get(at("registration_new", row.uid), {"invite": row.invitation})
    clock.now = clock.now + timedelta(seconds=10)
    return {**GUEST, "opened": page.context["stamp"], "invite": row.invitation, **more}


def test_the_list_shows_what_is_open_to_everybody(phone: Client, world: World) -> None:
    assert "近期没有公开的活动" in page_of(phone, at("activity_list"))
    planned(world, title_zh="草稿一场")
    opened(world, audience=Audience.INVITATION, title_zh="闭门一场")
    shown = opened(world)
    text = page_of(phone, at("activity_list"))
    assert shown.title_zh in text
    assert "草稿一场" not in text
    assert "闭门一场" not in text


def test_one_activity_says_when_where_and_how_many_places_are_left(phone: Client, world: World) -> None:
    row = opened(world, title_en="Salon on cold media")
    joined(world, row, 1)
    text = page_of(phone, at("activity_view", row.uid))
    assert all(each in text for each in ("低温介质沙龙", "2026-11-25 09:30", "滨海区演示路 1 号", "还剩 1"))
    assert "来宾1" not in text
    phone.cookies["django_language"] = "en"
    assert "Salon on cold media" in page_of(phone, at("activity_view", row.uid))


def test_what_is_not_told_does_not_exist(phone: Client, world: World) -> None:
    draft = planned(world)
    closed = opened(world, audience=Audience.INVITATION)
    for uid in (draft.uid, closed.uid, "nobody"):
        page_of(phone, at("activity_view", uid), 404)
        page_of(phone, at("registration_new", uid), 404)
    assert phone.get(at("activity_view", closed.uid), {"invite": closed.invitation}).status_code == 200


def test_registered_one_has_the_ticket_at_once(phone: Client, clock: Clock, world: World) -> None:
    row = opened(world)
    before = AuditLink.objects.count()
    sent = filled(phone, clock, row)
    assert AuditLink.objects.count() == before
    answer = phone.post(at("registration_new", row.uid), sent)
    assert answer.status_code == 302, answer.context["problem"]
    made = Registration.objects.get()
    assert (made.origin, made.organization_name, made.language) == ("public", "某公司", "zh-hans")
    text = page_of(phone, answer.headers["Location"])
    assert made.code in text
    assert "data:image/svg+xml" in text
    assert "13800000001" not in text


@pytest.mark.parametrize(
    ("more", "wait"),
    [({"website": "http://x"}, 0), ({"opened": "forged:x"}, 0), ({"opened": ""}, 0), ({}, -9), ({}, 90000)],
)
def test_what_no_person_sends_registers_nobody(
    phone: Client, clock: Clock, world: World, more: dict[str, str], wait: int
) -> None:
    row = opened(world, starts_at=world.now + timedelta(days=9))
    sent = filled(phone, clock, row, **more)
    clock.now = clock.now + timedelta(seconds=wait)
    answer = phone.post(at("registration_new", row.uid), sent)
    assert answer.status_code == 409
    assert "像是程序自动填的" in answer.content.decode()
    assert not Registration.objects.exists()


def test_refused_what_was_typed_stays_and_each_answer_says_what_is_wrong(
    phone: Client, clock: Clock, world: World
) -> None:
    row = opened(world, kind="matchmaking")
    answer = phone.post(at("registration_new", row.uid), filled(phone, clock, row, **{"q-people": "三"}))
    text = answer.content.decode()
    assert answer.status_code == 409
    assert 'value="来宾"' in text
    assert "没有回答" in text
    assert "要写数字" in text
    good = filled(phone, clock, row, **{"q-people": "3", "q-need": "找阀门"})
    assert phone.post(at("registration_new", row.uid), good).status_code == 302
    assert Registration.objects.get().answers == {"people": "3", "need": "找阀门"}


def test_twice_is_refused_and_full_is_the_waiting_list(phone: Client, clock: Clock, world: World) -> None:
    row = opened(world, capacity=1)
    address = at("registration_new", row.uid)
    assert phone.post(address, filled(phone, clock, row)).status_code == 302
    again = phone.post(address, filled(phone, clock, row))
    assert (again.status_code, "已报过名" in again.content.decode()) == (409, True)
    other = phone.post(address, filled(phone, clock, row, phone="13800000002", mail=""))
    assert "候补名单上，前面还有 0 人" in page_of(phone, other.headers["Location"])


def test_outside_the_window_there_is_no_form(phone: Client, clock: Clock, world: World) -> None:
    row = opened(world, closes_at=world.now + timedelta(hours=1))
    sent = filled(phone, clock, row)
    clock.now = world.now + timedelta(hours=1)
    assert "报名已截止" in page_of(phone, at("registration_new", row.uid))
    assert phone.post(at("registration_new", row.uid), sent).status_code == 409
    assert not Registration.objects.exists()


def test_a_signed_in_tenant_registers_for_their_firm(clock: Clock, world: World) -> None:
    row = opened(world)
    client = Client()
    client.force_login(world.users["tenant"])
    text = page_of(client, at("registration_new", row.uid))
    assert "滨海甲检测技术有限公司" in text
    assert client.post(at("registration_new", row.uid), filled(client, clock, row)).status_code == 302
    made = Registration.objects.get()
    assert made.organization is not None
    assert (made.origin, made.user, made.organization.name) == (
        "account", world.users["tenant"], "滨海甲检测技术有限公司",
    )  # fmt: skip


def test_given_up_by_the_link_the_first_waiter_is_in(phone: Client, world: World) -> None:
    row = opened(world, capacity=1)
    first, second = joined(world, row, 1), joined(world, row, 2)
    token = token_of(first)
    assert phone.get(at("ticket_cancel", token)).status_code == 405
    answer = phone.post(at("ticket_cancel", token))
    assert "报名已取消" in answer.content.decode()
    assert Registration.objects.get(pk=second.pk).state == RegistrationState.REGISTERED
    page_of(phone, at("ticket_view", token), 404)
    assert phone.post(at("ticket_cancel", token)).status_code == 404


@pytest.mark.parametrize("token", ["x", "../etc", "0" * 200, "é"])
def test_bad_links_all_answer_alike(phone: Client, world: World, token: str) -> None:
    joined(world, opened(world), 1)
    for name in ("ticket_view", "ticket_calendar"):
        answer = phone.get(f"/public/events/ticket/{token}/" + ("activity.ics" if name == "ticket_calendar" else ""))
        assert answer.status_code == 404


def test_the_ticket_is_kept_out_of_search_and_has_a_calendar_entry(phone: Client, world: World) -> None:
    row = joined(world, opened(world), 1)
    answer = phone.get(at("ticket_view", token_of(row)))
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    entry = phone.get(at("ticket_calendar", token_of(row)))
    assert entry.headers["Content-Type"].startswith("text/calendar")
    assert b"BEGIN:VEVENT" in entry.content


def test_a_called_off_activity_says_why_and_its_tickets_are_over(phone: Client, world: World) -> None:
    row = opened(world)
    token = token_of(joined(world, row, 1))
    cancel_activity(actor=world.actor("officer"), now=world.now, activity=row, reason="台风")
    assert "台风" in page_of(phone, at("activity_view", row.uid))
    page_of(phone, at("ticket_view", token), 404)


def test_who_came_notes_whom_they_met_by_the_badge(phone: Client, clock: Clock, world: World) -> None:
    row = opened(world)
    one, two = joined(world, row, 1), joined(world, row, 2)
    address = at("meeting_note", token_of(one))
    assert "结识了谁" not in page_of(phone, at("ticket_view", token_of(one)))
    entered(world, one)
    clock.now = row.starts_at
    text = phone.post(address, {"code": two.code, "note": "聊阀门"}, follow=True).content.decode()
    assert two.code in text
    assert two.name not in text
    assert phone.post(address, {"code": "ZZZZZZ"}, follow=True).content.decode().count("本场没有票号") == 1
    assert ActivityMeeting.objects.get().by_themselves
