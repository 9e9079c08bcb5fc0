"""Matchmaking days: arranged by wishes, changed by hand, nobody in two places, who stays without and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

import pytest

from feidi.domain.matching.enums import Channel, IntroductionState, OutcomeKind, ProfileKind, Side, Verdict
from feidi.domain.matching.models import CandidateRow, Introduction, IntroductionMeeting, MatchmakingDay, Profile
from feidi.domain.matching.selectors.day_seating import Seat
from feidi.domain.matching.selectors.days import clashes_of, meetings_of, without_meeting
from feidi.domain.matching.services.answering import Answer, answer_candidate, send_list
from feidi.domain.matching.services.candidates import check_list, make_list
from feidi.domain.matching.services.days import NewDay, add_day, arrange_day, change_day, place_meeting, void_day
from feidi.domain.matching.services.introduction_meetings import Held, cancel_meeting, hold_meeting, plan_meeting
from feidi.domain.matching.services.introduction_outcomes import NewOutcome, record_outcome
from feidi.domain.matching.services.introductions import (
    Interest,
    agree_to_introduction,
    end_introduction,
    express_interest,
    reveal_identities,
)
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.engines.findings import RefusedError
from tests.support.profiles import make_profile
from tests.support.world import World

pytestmark = pytest.mark.django_db


def day_of(world: World, **other: Any) -> MatchmakingDay:
    new = NewDay("窑炉专场对接日", world.now.date() + timedelta(days=7), time(14), 20, 3, 2, "滨海路演厅")
    return add_day(actor=world.actor("officer"), now=world.now, outpost=world.outpost, new=replace(new, **other))


def met(world: World, need: Profile, offer: Profile, *, shown: bool = True) -> Introduction:
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}
    row = express_interest(need=need, offer=offer, interest=Interest(Channel.OFFICER), **act)
    if not shown:
        return row
    for side in Side:
        row = agree_to_introduction(introduction=row, side=side, by="同意的人", **act)
    return reveal_identities(introduction=row, **act)


def sides(world: World, needs: int, offers: int) -> tuple[list[Profile], list[Profile]]:
    return (
        [make_profile(world, Side.NEED, owner=f"云溪第{n}窑炉有限公司") for n in range(needs)],
        [make_profile(world, Side.OFFER, owner=f"滨海第{n}检测有限公司") for n in range(offers)],
    )


def arrange(world: World, day: MatchmakingDay, **more: Any) -> int:
    return arrange_day(actor=world.actor("officer"), now=world.now, day=day, **more)


def place(world: World, day: MatchmakingDay, row: Introduction, slot: int, table: int) -> IntroductionMeeting:
    return place_meeting(actor=world.actor("officer"), now=world.now, day=day, introduction=row, seat=Seat(slot, table))


def test_everybody_who_wants_to_meet_sits_once_in_a_slot(world: World) -> None:
    needs, offers = sides(world, 3, 2)
    for need in needs:
        for offer in offers:
            met(world, need, offer)
    day = day_of(world)

    assert arrange(world, day) == 6

    rows = meetings_of(day)
    at = Counter((each.slot, firm) for each in rows for firm in (each.introduction.need_id, each.introduction.offer_id))
    assert set(at.values()) == {1}
    assert {(each.slot, each.table) for each in rows} == {(slot, table) for slot in (1, 2, 3) for table in (1, 2)}
    assert rows[-1].planned_for - rows[0].planned_for == timedelta(minutes=40)
    assert rows[0].place == "滨海路演厅 第 1 桌"
    assert without_meeting(day, rows) == []


def test_who_was_answered_yes_is_met_before_who_was_not(world: World) -> None:
    need = make_profile(world, Side.NEED, owner="云溪第1窑炉有限公司")
    for n in range(3):
        make_profile(world, Side.OFFER, owner=f"滨海第{n}检测有限公司")
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}
    made = make_list(profile=need, **act)
    picks = {each.position: "可以见" for each in made.rows.all()}
    made = check_list(candidates=made, picks=picks, version=made.version, **act)
    made = send_list(candidates=made, version=made.version, to="陈总工", on_paper=True, **act)
    last = made.rows.order_by("-position").first()
    assert last is not None
    answer_candidate(row=last, answer=Answer(Verdict.ACCEPTED), **act)
    rows = {each.profile_id: met(world, need, each.profile) for each in CandidateRow.objects.all()}
    day = day_of(world)

    assert arrange(world, day, most=1) == 1

    assert meetings_of(day)[0].introduction == rows[last.profile_id]


def test_a_firm_that_asks_and_offers_is_not_in_two_places(world: World) -> None:
    needs, offers = sides(world, 2, 2)
    both = make_profile(world, Side.OFFER, owner="云溪第0窑炉有限公司")
    met(world, needs[0], offers[0])
    met(world, needs[1], both)
    met(world, needs[0], offers[1])
    day = day_of(world, tables=3)

    assert arrange(world, day) == 3

    slots = [each.slot for each in meetings_of(day)]
    assert len(set(slots)) == 3  # one firm takes part in all of them


def test_two_needs_of_one_firm_meet_an_offer_once(world: World) -> None:
    first = make_profile(world, Side.NEED, owner="云溪第0窑炉有限公司")
    second = make_profile(world, Side.NEED, owner="云溪第0窑炉有限公司", kind=ProfileKind.PILOT)
    offer = make_profile(world, Side.OFFER, owner="滨海第0检测有限公司")
    sat, left = met(world, first, offer), met(world, second, offer)
    day = day_of(world)

    assert arrange(world, day) == 1

    (without,) = without_meeting(day, meetings_of(day))
    assert without.introduction == left
    assert without.why.code == "matching.day_meets_already"
    assert without.why.params["number"] == sat.number


def test_who_stays_without_is_told_why(world: World) -> None:
    needs, offers = sides(world, 3, 2)
    first, second = met(world, needs[0], offers[0]), met(world, needs[1], offers[0])
    waiting = met(world, needs[2], offers[0], shown=False)
    elsewhere = met(world, needs[2], offers[1])
    ended = met(world, needs[1], offers[1])
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}
    plan_meeting(introduction=elsewhere, planned_for=world.now + timedelta(days=2), **act)
    end_introduction(introduction=ended, reason="价格谈不拢", **act)
    day = day_of(world, slots=1)

    assert arrange(world, day) == 1

    told = {each.introduction: each.why.code for each in without_meeting(day, meetings_of(day))}
    sat = meetings_of(day)[0].introduction
    left = second if sat == first else first
    assert told == {
        left: "matching.day_offer_full",
        waiting: "matching.day_names_not_shown",
        elsewhere: "matching.day_meets_elsewhere",
    }


def test_arranging_again_keeps_what_still_stands_and_takes_off_the_rest(world: World) -> None:
    needs, offers = sides(world, 2, 2)
    kept, gone = met(world, needs[0], offers[0]), met(world, needs[1], offers[1])
    day = day_of(world)
    arrange(world, day)
    before = {each.introduction_id: each.pk for each in meetings_of(day)}
    plan_meeting(
        actor=world.actor("officer"), now=world.now, introduction=gone, planned_for=world.now + timedelta(days=1)
    )

    assert arrange(world, day) == 1

    assert {each.introduction_id: each.pk for each in meetings_of(day)} == {kept.pk: before[kept.pk]}
    assert day.meetings.get(introduction=gone).void_reason == "重排议程", "it has a meeting of its own by now"


@pytest.mark.parametrize("how", ["ended", "unreachable"])
def test_who_ends_it_gives_the_table_back(world: World, how: str) -> None:
    needs, offers = sides(world, 2, 2)
    gone, other = met(world, needs[0], offers[0]), met(world, needs[1], offers[1])
    day = day_of(world, slots=1, tables=1)
    place(world, day, gone, 1, 1)
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}
    if how == "ended":
        end_introduction(introduction=gone, reason="价格谈不拢", **act)
    else:
        record_outcome(introduction=gone, new=NewOutcome(OutcomeKind.NOT_REACHABLE, world.now.date()), **act)

    assert meetings_of(day) == []
    assert place(world, day, other, 1, 1).introduction == other
    assert gone.meetings.get().void_reason


def test_by_hand_a_clash_is_refused_with_who_sits_where(world: World) -> None:
    needs, offers = sides(world, 2, 2)
    first, second = met(world, needs[0], offers[0]), met(world, needs[0], offers[1])
    third = met(world, needs[1], offers[1])
    day = day_of(world)
    place(world, day, first, 1, 1)

    for row, slot, table, code in (
        (second, 1, 2, "matching.day_in_two_places"),
        (third, 1, 1, "matching.day_table_taken"),
        (third, 4, 1, "matching.day_no_such_seat"),
        (third, 1, 3, "matching.day_no_such_seat"),
    ):
        with pytest.raises(RefusedError) as refused:
            place(world, day, row, slot, table)
        assert refused.value.refusal.code == code
    assert len(meetings_of(day)) == 1


def test_by_hand_a_meeting_moves(world: World) -> None:
    needs, offers = sides(world, 1, 1)
    row = met(world, needs[0], offers[0])
    day = day_of(world)
    place(world, day, row, 1, 1)

    moved = place(world, day, row, 3, 2)

    assert meetings_of(day) == [moved]
    assert (moved.slot, moved.table) == (3, 2)


def test_what_a_person_placed_stays_when_the_day_is_arranged_anew(world: World) -> None:
    needs, offers = sides(world, 2, 2)
    rows = [met(world, need, offer) for need in needs for offer in offers]
    day = day_of(world)
    placed = place(world, day, rows[0], 3, 2)

    assert arrange(world, day) == 4
    assert arrange(world, day) == 4

    stays = next(each for each in meetings_of(day) if each.introduction_id == rows[0].pk)
    assert (stays.pk, stays.slot, stays.table, stays.by_hand) == (placed.pk, 3, 2, True)
    at = Counter((each.slot, one) for each in meetings_of(day) for one in (each.introduction.need_id, each.introduction.offer_id))  # fmt: skip
    assert set(at.values()) == {1}
    # one that was placed counts among those that a firm may have
    assert arrange(world, day, most=1) == 2


def elsewhere(world: World, row: Introduction, day: MatchmakingDay, minutes: int = 0) -> IntroductionMeeting:
    """Plan a meeting of its own so many minutes after the day begins."""
    begins = datetime.combine(day.held_on, day.begins_at, SHANGHAI)
    return plan_meeting(
        actor=world.actor("officer"), now=world.now, introduction=row, planned_for=begins + timedelta(minutes=minutes)
    )


def test_a_firm_that_is_elsewhere_then_is_not_seated(world: World) -> None:
    needs, offers = sides(world, 2, 2)
    away = met(world, needs[0], offers[0])
    wanted, other = met(world, needs[0], offers[1]), met(world, needs[1], offers[1])
    day = day_of(world, slots=4)
    elsewhere(world, away, day)

    # an hour from the beginning on: three slots of twenty minutes
    with pytest.raises(RefusedError) as refused:
        place(world, day, wanted, 3, 1)
    assert refused.value.refusal.code == "matching.day_busy_elsewhere"
    assert refused.value.refusal.params["number"] == away.number
    assert arrange(world, day) == 2
    seats = {each.introduction_id: each.slot for each in meetings_of(day)}
    assert (seats[wanted.pk], seats[other.pk] < 4) == (4, True)
    assert clashes_of(day, meetings_of(day)) == {}


def test_without_a_common_hour_it_is_told_why_and_a_later_clash_shows(world: World) -> None:
    needs, offers = sides(world, 1, 2)
    away, wanted = met(world, needs[0], offers[0]), met(world, needs[0], offers[1])
    day = day_of(world)
    arranged = place(world, day, wanted, 2, 1)
    meeting = elsewhere(world, away, day, minutes=30)
    assert clashes_of(day, meetings_of(day)) == {arranged.pk: meeting}
    other = day_of(world, title="另一天", held_on=world.now.date() + timedelta(days=8))
    assert clashes_of(other, meetings_of(other)) == {}
    cancel_meeting(actor=world.actor("officer"), now=world.now, meeting=arranged, reason="改期")
    assert arrange(world, day) == 1
    assert [each.slot for each in meetings_of(day)] == [1]


def test_who_may_not_meet_gets_no_seat(world: World) -> None:
    needs, offers = sides(world, 1, 1)
    row = met(world, needs[0], offers[0], shown=False)
    with pytest.raises(RefusedError) as refused:
        place(world, day_of(world), row, 1, 1)
    assert refused.value.refusal.code == "matching.day_may_not_meet"


def test_a_held_meeting_stays_where_it_was(world: World) -> None:
    needs, offers = sides(world, 1, 1)
    row = met(world, needs[0], offers[0])
    day = day_of(world, held_on=world.now.date())
    meeting = place(world, day, row, 1, 1)
    hold_meeting(
        actor=world.actor("officer"), now=world.now, meeting=meeting, held=Held(day.held_on, ["王工"], "带样砖来试")
    )
    row.refresh_from_db()
    assert row.state == IntroductionState.MET

    with pytest.raises(RefusedError) as arranged:
        arrange(world, day)
    with pytest.raises(RefusedError) as voided:
        void_day(actor=world.actor("officer"), now=world.now, day=day, reason="改期")
    assert {arranged.value.refusal.code, voided.value.refusal.code} == {"matching.day_begun"}


def change(world: World, day: MatchmakingDay, **other: Any) -> MatchmakingDay:
    new = NewDay(day.title, day.held_on, day.begins_at, day.slot_minutes, day.slots, day.tables, day.place)
    version = other.pop("version", day.version)
    return change_day(actor=world.actor("officer"), now=world.now, day=day, version=version, new=replace(new, **other))


def test_when_the_day_moves_its_meetings_go_with_it(world: World) -> None:
    needs, offers = sides(world, 1, 1)
    row = met(world, needs[0], offers[0])
    day = day_of(world)
    place(world, day, row, 2, 1)

    day = change(world, day, held_on=day.held_on + timedelta(days=1), begins_at=time(9), place="三楼会议室", slots=2)

    (meeting,) = meetings_of(day)
    assert meeting.planned_for.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M") == "2026-12-01 09:20"
    assert meeting.place == "三楼会议室 第 1 桌"


def test_a_day_changes_only_as_far_as_it_may(world: World) -> None:
    needs, offers = sides(world, 1, 1)
    day = day_of(world)
    place(world, day, met(world, needs[0], offers[0]), 3, 1)
    for other, code in (
        ({"slots": 2}, "matching.day_no_such_seat"),
        ({"version": 7}, "matching.day_moved_on"),
        ({"title": ""}, "matching.day_untitled"),
    ):
        with pytest.raises(RefusedError) as refused:
            change(world, day, **other)
        assert refused.value.refusal.code == code
    day.refresh_from_db()
    assert (day.title, day.slots) == ("窑炉专场对接日", 3)


def test_a_day_taken_back_takes_its_meetings_with_it(world: World) -> None:
    needs, offers = sides(world, 1, 1)
    met(world, needs[0], offers[0])
    day = day_of(world)
    arrange(world, day)

    void_day(actor=world.actor("officer"), now=world.now, day=day, reason="场地没有了")

    assert meetings_of(day) == []
    with pytest.raises(RefusedError) as refused:
        arrange(world, day)
    assert refused.value.refusal.code == "matching.day_voided"


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"title": " "}, "matching.day_untitled"),
        ({"slots": 0}, "matching.day_no_room"),
        ({"tables": 101}, "matching.day_no_room"),
        ({"slot_minutes": 4}, "matching.day_no_room"),
        ({"begins_at": time(23, 30)}, "matching.day_too_long"),
    ],
)
def test_a_day_that_cannot_be_is_refused(world: World, other: dict[str, Any], code: str) -> None:
    with pytest.raises(RefusedError) as refused:
        day_of(world, **other)
    assert refused.value.refusal.code == code


def test_a_day_gone_by_is_refused(world: World) -> None:
    with pytest.raises(RefusedError) as refused:
        day_of(world, held_on=world.now.date() - timedelta(days=1))
    assert refused.value.refusal.code == "matching.day_past"


@pytest.mark.parametrize("login", ["rival", "bureau", "tenant"])
def test_nobody_else_plans_a_day(world: World, login: str) -> None:
    new = NewDay("对接日", world.now.date(), time(14), 20, 3, 2)
    with pytest.raises(RefusedError) as refused:
        add_day(actor=world.actor(login), now=world.now, outpost=world.outpost, new=new)
    assert refused.value.refusal.code == "parties.not_permitted"
