"""Series: every clash is listed before anything is saved; only what was said is skipped or solved; all or none."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest

from feidi.domain.space.enums import BookingState
from feidi.domain.space.models import Booking, BookingSeries, Unit
from feidi.domain.space.selectors.series import preview_series
from feidi.domain.space.services.bookings import cancel_booking
from feidi.domain.space.services.series import SeriesWish, book_series, cancel_series, complete_series
from feidi.engines.findings import RefusedError
from feidi.engines.slots import MAX_OCCURRENCES, Recurrence, Repeats
from feidi.kernel.messages import text_of
from feidi.kernel.todos.models import Todo
from tests.support.rooms import DAY, book, days_on, ledger_is_sound, refused
from tests.support.world import World

pytestmark = pytest.mark.django_db
WEEKLY = Recurrence(Repeats.WEEKLY, count=4)


def series(unit: Unit, rule: Recurrence = WEEKLY, **more: Any) -> SeriesWish:
    return SeriesWish(
        unit=unit,
        purpose=more.pop("purpose", "周例会"),
        first_on=more.pop("first_on", DAY),
        starts=more.pop("starts", time(10)),
        minutes=more.pop("minutes", 60),
        rule=rule,
        **more,
    )


def given(world: World, by: str = "officer") -> dict[str, Any]:
    return {"actor": world.actor(by), "now": world.now}


def test_a_series_without_clash_is_booked_whole(world: World, rooms: dict[str, Unit]) -> None:
    rule = Recurrence(Repeats.WEEKLY, count=4, exceptions=frozenset({days_on(7)}))
    made = book_series(wish=series(rooms["HALL-W"], rule), **given(world))
    days = [each.starts_at.date() for each in made.bookings.order_by("starts_at")]
    assert days == [DAY, days_on(14), days_on(21)]
    assert made.exceptions == [days_on(7).isoformat()]
    assert {each.state for each in made.bookings.all()} == {BookingState.CONFIRMED}
    ledger_is_sound()


def test_all_clashes_are_listed_and_nothing_is_saved(world: World, rooms: dict[str, Unit]) -> None:
    book(world, rooms["HALL"], "10:30", "12:00", day=days_on(7), purpose="董事会")
    book(world, rooms["HALL-W"], "09:30", "10:30", day=days_on(21), purpose="培训")
    wish = series(rooms["HALL-W"], Recurrence(Repeats.WEEKLY, weekdays=(1, 6), until=days_on(21)))
    preview = preview_series(world.actor("officer"), complete_series(world.actor("officer"), wish), world.now)
    assert [(day.on, [each.code for each in day.problems]) for day in preview.clashing] == [
        (days_on(5), ["space.closed_that_day"]),
        (days_on(7), ["space.taken_by"]),
        (days_on(12), ["space.closed_that_day"]),
        (days_on(19), ["space.closed_that_day"]),
        (days_on(21), ["space.taken_by"]),
    ]
    before = Booking.objects.count()
    with pytest.raises(RefusedError) as error:
        book_series(wish=wish, **given(world))
    refusal = error.value.refusal
    assert refusal.code == "space.series_clashes"
    assert text_of(refusal) == "系列 7 次中有 5 次不能预订"
    words = [text_of(each) for each in refusal.reasons]
    assert "2026-12-01 10:00–11:00 多功能会议室西厅：" in words
    assert any("董事会" in each for each in words)
    assert Booking.objects.count() == before
    assert not BookingSeries.objects.exists()


def test_only_what_was_said_is_skipped_or_solved(world: World, rooms: dict[str, Unit]) -> None:
    book(world, rooms["HALL"], "10:30", "12:00", day=days_on(7))
    book(world, rooms["HALL-W"], "09:30", "10:30", day=days_on(14))
    wish = series(rooms["HALL-W"])
    with pytest.raises(RefusedError) as error:
        book_series(wish=wish, skip=[days_on(7)], **given(world))
    assert refused(error) == ["space.series_clashes", "space.series_day", "space.taken_by"]
    with pytest.raises(RefusedError):
        book_series(wish=wish, skip=[days_on(7)], elsewhere={days_on(14): rooms["HALL"]}, **given(world))
    made = book_series(wish=wish, skip=[days_on(7)], elsewhere={days_on(14): rooms["HALL-E"]}, **given(world))
    held = [(each.starts_at.date(), each.unit.code) for each in made.bookings.order_by("starts_at")]
    assert held == [(DAY, "HALL-W"), (days_on(14), "HALL-E"), (days_on(21), "HALL-W")]
    assert made.exceptions == [days_on(7).isoformat()]
    ledger_is_sound()


def test_skipping_everything_leaves_no_series(world: World, rooms: dict[str, Unit]) -> None:
    with pytest.raises(RefusedError) as error:
        book_series(wish=series(rooms["HALL-W"], Recurrence(Repeats.WEEKLY, count=1)), skip=[DAY], **given(world))
    assert refused(error) == ["space.series_nothing_left"]


def test_a_tenfold_thousand_series_is_refused_at_once(world: World, rooms: dict[str, Unit]) -> None:
    for rule, code in (
        (Recurrence(Repeats.DAILY, count=10_000), "slots.series_count_wrong"),
        (Recurrence(Repeats.DAILY, until=date(2060, 1, 1)), "slots.series_too_long"),
    ):
        with pytest.raises(RefusedError) as error:
            book_series(wish=series(rooms["HALL-W"], rule), **given(world))
        assert refused(error) == [code]
        assert error.value.refusal.params["most"] == MAX_OCCURRENCES


def test_a_firms_week_counts_what_the_series_itself_takes(world: World, rooms: dict[str, Unit]) -> None:
    wish = series(rooms["EXC"], Recurrence(Repeats.DAILY, count=4), minutes=180)
    with pytest.raises(RefusedError) as error:
        book_series(wish=wish, **given(world, "tenant"))
    assert refused(error) == ["space.series_clashes", "space.series_day", "space.week_full"]
    assert str(error.value.refusal.reasons[0].params["span"]).startswith(days_on(3).isoformat())
    made = book_series(wish=wish, skip=[days_on(3)], **given(world, "tenant"))
    assert made.bookings.count() == 3
    assert made.organization is not None


def test_one_that_needs_an_approval_asks_once(world: World, rooms: dict[str, Unit]) -> None:
    made = book_series(wish=series(rooms["ROAD"]), **given(world))
    assert {each.state for each in made.bookings.all()} == {BookingState.ASKED}
    assert Todo.objects.filter(assignee=world.users["manager"]).count() == 1
    ledger_is_sound()


def test_the_rest_of_a_series_is_given_back(world: World, rooms: dict[str, Unit]) -> None:
    made = book_series(wish=series(rooms["HALL-W"]), **given(world))
    first = made.bookings.order_by("starts_at")[0]
    cancel_booking(booking=first, reason="改期", **given(world))
    with pytest.raises(RefusedError):
        cancel_series(series=made, reason="", **given(world))
    with pytest.raises(RefusedError) as error:
        cancel_series(series=made, reason="不用了", **given(world, "tenant"))
    assert refused(error) == ["parties.not_permitted"]
    assert cancel_series(series=made, reason="不用了", since=days_on(8), **given(world)) == 2
    left = made.bookings.exclude(state=BookingState.CANCELLED)
    assert [each.starts_at.date() for each in left] == [days_on(7)]
    assert cancel_series(series=made, reason="不用了", **given(world)) == 1
    with pytest.raises(RefusedError) as error:
        cancel_series(series=made, reason="不用了", **given(world))
    assert refused(error) == ["space.series_over"]
    ledger_is_sound()
