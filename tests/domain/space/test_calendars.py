"""Calendar files and their links; visitors: what leaves the house says no more than it may."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from icalendar import Calendar

from feidi.domain.space.models import CalendarFeed, Unit, Visitor
from feidi.domain.space.selectors.bookings import list_visitors
from feidi.domain.space.selectors.calendars import calendar_of, feed_of_token, invitation_of
from feidi.domain.space.services.bookings import cancel_booking, decide_booking
from feidi.domain.space.services.feeds import open_personal_feed, open_room_feed, revoke_feed
from feidi.domain.space.services.series import SeriesWish, book_series, cancel_series
from feidi.domain.space.services.visitors import (
    expect_visitor,
    record_arrival,
    record_departure,
    unmask_visitor,
    void_visitor,
)
from feidi.engines.findings import RefusedError
from feidi.engines.slots import Recurrence, Repeats
from feidi.kernel.audit.models import AuditEntry
from feidi.kernel.notify.models import Mail
from feidi.kernel.notify.sealed_body import Body, unseal_body
from tests.support.rooms import DAY, at, book, refused
from tests.support.world import World

pytestmark = pytest.mark.django_db


def body_of(mail: Mail) -> Body:
    return unseal_body(mail.body_enc, mail.uid)


def events(data: bytes) -> list[dict[str, str]]:
    read = Calendar.from_ical(data)
    return [
        {
            "summary": str(each["summary"]),
            "start": each["dtstart"].dt.isoformat(),
            "status": str(each["status"]),
            "uid": str(each["uid"]),
        }
        for each in read.walk("VEVENT")
    ]


def test_a_rooms_calendar_says_when_not_who(world: World, rooms: dict[str, Unit]) -> None:
    booking = book(world, rooms["TALK-A"], purpose="保密谈判")
    gone = book(world, rooms["TALK-A"], "14:00", "15:00")
    cancel_booking(actor=world.actor("officer"), now=world.now, booking=gone, reason="改期")
    feed, token = open_room_feed(actor=world.actor("manager"), now=world.now, unit=rooms["TALK-A"])
    data = calendar_of(feed_of_token(token), world.now)
    assert events(data) == [
        {
            "summary": "已占用",
            "start": "2026-11-24T02:00:00+00:00",
            "status": "CONFIRMED",
            "uid": f"{booking.uid}@feidi",
        }
    ]
    assert "保密".encode() not in data
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert token not in str(CalendarFeed.objects.values().get(pk=feed.pk)), "only its digest is kept"


def test_a_person_reads_their_own(world: World, rooms: dict[str, Unit]) -> None:
    book(world, rooms["TALK-A"], by="tenant", purpose="见投资人；第1轮, 很长的一个用途" * 4)
    book(world, rooms["TALK-B"], by="officer", purpose="内部会")
    _feed, token = open_personal_feed(actor=world.actor("tenant"), now=world.now)
    (event,) = events(calendar_of(feed_of_token(token), world.now))
    assert event["summary"].startswith("见投资人；第1轮, 很长的一个用途")


def test_revoked_guessed_and_closed_links_open_nothing(world: World, rooms: dict[str, Unit]) -> None:
    tenant = world.actor("tenant")
    feed, token = open_personal_feed(actor=tenant, now=world.now)
    with pytest.raises(RefusedError) as error:
        revoke_feed(actor=world.actor("officer"), now=world.now, feed=feed)
    assert refused(error) == ["space.feed_of_another"]
    world.users["tenant"].is_active = False
    world.users["tenant"].save()
    for wrong in (token, token[:-1], "", "../../etc/passwd"):
        with pytest.raises(RefusedError) as error:
            feed_of_token(wrong)
        assert (refused(error), dict(error.value.refusal.params)) == (["space.feed_unknown"], {})
    world.users["tenant"].is_active = True
    world.users["tenant"].save()
    assert feed_of_token(token).pk == feed.pk
    revoke_feed(actor=tenant, now=world.now, feed=feed)
    with pytest.raises(RefusedError) as error:
        feed_of_token(token)
    assert refused(error) == ["space.feed_unknown"]
    with pytest.raises(RefusedError) as error:
        revoke_feed(actor=tenant, now=world.now, feed=feed)
    assert refused(error) == ["space.feed_revoked"]
    with pytest.raises(RefusedError):
        open_room_feed(actor=world.actor("officer"), now=world.now, unit=rooms["TALK-A"])


def test_an_invitation_and_taking_it_back(world: World, rooms: dict[str, Unit]) -> None:
    booking = book(world, rooms["TALK-A"])
    first = invitation_of(booking, world.now)
    gone = cancel_booking(actor=world.actor("officer"), now=world.now, booking=booking, reason="改期")
    second = invitation_of(gone, world.now)
    assert b"METHOD:PUBLISH" in first
    assert b"METHOD:CANCEL" in second
    assert [each["status"] for each in events(second)] == ["CANCELLED"]
    numbers = [Calendar.from_ical(data).walk("VEVENT")[0]["sequence"] for data in (first, second)]
    assert numbers[0] < numbers[1], "the later file replaces the earlier entry"


def test_a_visitors_name_is_sealed_and_reading_it_is_on_record(world: World, rooms: dict[str, Unit]) -> None:
    booking = book(world, rooms["TALK-A"], by="tenant")
    given = {"now": world.now, "outpost": world.outpost, "host": world.users["tenant"], "expected_at": at("10:00")}
    visitor = expect_visitor(
        actor=world.actor("tenant"), name="欧阳娜娜", booking=booking, from_where="某基金", **given
    )
    assert (visitor.name_hint, str(visitor)) == ("欧***", "欧***")
    assert "娜".encode() not in bytes(Visitor.objects.get().name_enc)
    assert unmask_visitor(actor=world.actor("officer"), now=world.now, visitor=visitor, why="门禁登记") == "欧阳娜娜"
    entries = AuditEntry.objects.filter(subject_kind="space.visitor", subject_uid=visitor.uid)
    assert [each.action for each in entries.order_by("id")] == ["created", "unmasked"]
    assert "欧" not in str(list(entries.values("changes", "state", "reason")))
    for who in ("rival", "bureau"):
        with pytest.raises(RefusedError) as error:
            unmask_visitor(actor=world.actor(who), now=world.now, visitor=visitor, why="好奇")
        assert refused(error) == ["parties.not_permitted"]
    with pytest.raises(RefusedError) as error:
        expect_visitor(actor=world.actor("tenant"), name="张三", **given)
    assert refused(error) == ["parties.not_permitted"], "a firm announces visitors to its own bookings"
    with pytest.raises(RefusedError) as error:
        expect_visitor(actor=world.actor("officer"), name=" ", **given)
    assert refused(error) == ["space.visitor_name"]
    with pytest.raises(RefusedError) as error:
        expect_visitor(
            actor=world.actor("officer"), name="张三", **{**given, "expected_at": at("10:00") - timedelta(days=9)}
        )
    assert refused(error) == ["space.visitor_past"]


def test_a_visitor_comes_goes_and_is_not_voided_in_between(world: World, rooms: dict[str, Unit]) -> None:
    officer = world.actor("officer")
    visitor = expect_visitor(
        actor=officer,
        now=world.now,
        outpost=world.outpost,
        name="张三",
        host=world.users["officer"],
        expected_at=at("10:00"),
    )
    assert list(list_visitors(officer, on=at("10:00").date())) == [visitor]
    given = {"actor": officer, "now": world.now, "visitor": visitor}
    with pytest.raises(RefusedError) as error:
        record_departure(**given)
    assert refused(error) == ["space.visitor_not_here"]
    record_arrival(**given)
    for act, code in (
        (record_arrival, "space.visitor_here"),
        (lambda **more: void_visitor(reason="误", **more), "space.visitor_here"),
    ):
        with pytest.raises(RefusedError) as error:
            act(**given)
        assert refused(error) == [code]
    assert record_departure(**given).left_at == world.now
    with pytest.raises(RefusedError) as error:
        record_departure(**given)
    assert refused(error) == ["space.visitor_gone"]


def test_the_organizer_gets_the_entry_by_mail_and_it_is_taken_back(world: World, rooms: dict[str, Unit]) -> None:
    officer = world.users["officer"]
    booking = book(world, rooms["TALK-A"])
    assert not Mail.objects.exists(), "an account without an address gets no mail"
    cancel_booking(actor=world.actor("officer"), now=world.now, booking=booking, reason="改期")
    officer.email = "officer@example.org"
    officer.save()
    booking = book(world, rooms["TALK-A"])
    asked = book(world, rooms["ROAD"])
    cancel_booking(actor=world.actor("officer"), now=world.now, booking=booking, reason="改期")
    decide_booking(actor=world.actor("manager"), now=world.now, booking=asked, confirm=True)
    assert list(Mail.objects.order_by("id").values_list("subject", flat=True)) == [
        "场地预订已确认：洽谈室甲 2026-11-24 10:00–11:00",
        "场地预订已取消：洽谈室甲 2026-11-24 10:00–11:00",
        "场地预订已确认：路演厅 2026-11-24 10:00–11:00",
    ]
    body = body_of(Mail.objects.order_by("id")[1])
    assert "改期" in body.text
    assert [each["status"] for each in events(body.attachments[0].data)] == ["CANCELLED"]


def test_a_series_is_one_mail(world: World, rooms: dict[str, Unit]) -> None:
    world.users["officer"].email = "officer@example.org"
    world.users["officer"].save()
    wish = SeriesWish(rooms["HALL-W"], "周例会", DAY, time(10), 60, Recurrence(Repeats.WEEKLY, count=3))
    series = book_series(actor=world.actor("officer"), now=world.now, wish=wish)
    (mail,) = Mail.objects.all()
    assert mail.subject == "场地预订已确认：多功能会议室西厅 2026-11-24 10:00–11:00 等 3 次"
    assert len(events(body_of(mail).attachments[0].data)) == 3
    cancel_series(actor=world.actor("officer"), now=world.now, series=series, reason="不用了")
    assert Mail.objects.count() == 2
