"""Introductions: both advisers agree before names are shown, each step needs what it needs, and who blocks whom is not told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from feidi.domain.matching.enums import Channel, IntroductionState, Side, Viewed
from feidi.domain.matching.models import Introduction, ProfileReading
from feidi.domain.matching.selectors.introduction_steps import steps_of, waits_of
from feidi.domain.matching.selectors.reading import reading_of
from feidi.domain.matching.services.answering import accepted_words
from feidi.domain.matching.services.introduction_reminders import remind_of_introductions
from feidi.domain.matching.services.introductions import (
    Interest,
    agree_to_introduction,
    end_introduction,
    express_interest,
    reveal_identities,
    take_back_step,
    void_introduction,
)
from feidi.domain.matching.services.profile_blocks import block_organization
from feidi.engines.findings import RefusedError
from feidi.kernel.access import Actor
from feidi.kernel.messages import text_of
from feidi.kernel.subjects import Subject
from feidi.kernel.todos.models import Todo
from feidi.kernel.todos.services import add_todo
from tests.support.profiles import firm, make_profile
from tests.support.world import World

pytestmark = pytest.mark.django_db


def introduced(
    world: World, need_owner: str = "云溪甲窑炉有限公司", offer_owner: str = "滨海乙检测有限公司"
) -> Introduction:
    need = make_profile(world, Side.NEED, owner=need_owner)
    offer = make_profile(world, Side.OFFER, owner=offer_owner)
    return express_interest(
        actor=world.actor("officer"), now=world.now, need=need, offer=offer, interest=Interest(Channel.OFFICER)
    )


def both_agreed(world: World, introduction: Introduction) -> Introduction:
    for side in Side:
        introduction = agree_to_introduction(
            actor=world.actor("officer"), now=world.now, introduction=introduction, side=side, by="电话里同意，王工"
        )
    return introduction


def kiln_firm(world: World, row: Introduction) -> Actor:
    """Return a person of the firm that needs."""
    world.user("kiln_firm", "home_firm", organization=row.need.organization)
    return world.actor("kiln_firm")


def test_names_are_shown_only_after_both_have_agreed(world: World) -> None:
    row = introduced(world)
    reader = kiln_firm(world, row)
    today = world.now.date()

    before = reading_of(reader, row.offer, today)
    with pytest.raises(RefusedError) as early:
        reveal_identities(actor=world.actor("officer"), now=world.now, introduction=row)
    row = agree_to_introduction(
        actor=world.actor("officer"), now=world.now, introduction=row, side=Side.NEED, by="研发总监"
    )
    half = row.state
    with pytest.raises(RefusedError) as still_early:
        reveal_identities(actor=world.actor("officer"), now=world.now, introduction=row)
    row = agree_to_introduction(
        actor=world.actor("officer"), now=world.now, introduction=row, side=Side.OFFER, by="对方总工"
    )
    agreed = row.state
    row = reveal_identities(actor=world.actor("officer"), now=world.now, introduction=row)
    after = reading_of(reader, row.offer, today)

    assert (before.masked, before.identity) == (True, False)
    assert early.value.refusal.code == still_early.value.refusal.code == "matching.introduction_not_now"
    assert (half, agreed, row.state) == (
        IntroductionState.INTERESTED,
        IntroductionState.AGREED,
        IntroductionState.REVEALED,
    )
    assert (after.identity, after.full) == (True, True)


def test_each_owner_sees_that_the_other_learned_its_name(world: World) -> None:
    row = both_agreed(world, introduced(world))
    reveal_identities(actor=world.actor("officer"), now=world.now, introduction=row)

    seen = set(ProfileReading.objects.filter(what=Viewed.IDENTITY).values_list("profile__side", "reader", "on_paper"))
    assert seen == {("need", "滨海乙检测有限公司", False), ("offer", "云溪甲窑炉有限公司", False)}


def test_a_blocked_firm_is_not_introduced_and_nobody_learns_who_blocks(world: World) -> None:
    need = make_profile(world, Side.NEED, owner="云溪甲窑炉有限公司")
    offer = make_profile(world, Side.OFFER, owner="云溪丙窑炉有限公司")
    rival = firm(world, "云溪丙窑炉有限公司")
    block_organization(actor=world.actor("officer"), now=world.now, profile=need, organization=rival, reason="同业")

    with pytest.raises(RefusedError) as refused:
        express_interest(
            actor=world.actor("officer"), now=world.now, need=need, offer=offer, interest=Interest(Channel.LIST)
        )

    assert refused.value.refusal.code == "matching.introduction_impossible"
    assert "同业" not in text_of(refused.value.refusal)
    assert not Introduction.objects.exists()


def test_blocked_after_both_agreed_is_not_revealed(world: World) -> None:
    row = both_agreed(world, introduced(world))
    rival = firm(world, "滨海乙检测有限公司")
    block_organization(actor=world.actor("officer"), now=world.now, profile=row.need, organization=rival, reason="")

    with pytest.raises(RefusedError) as refused:
        reveal_identities(actor=world.actor("officer"), now=world.now, introduction=row)

    row.refresh_from_db()
    assert refused.value.refusal.code == "matching.introduction_impossible"
    assert row.revealed_on is None
    assert not ProfileReading.objects.exists()


def test_a_pair_stands_once_while_it_is_open(world: World) -> None:
    row = introduced(world)
    again = {"need": row.need, "offer": row.offer, "interest": Interest(Channel.SELF)}
    with pytest.raises(RefusedError) as refused:
        express_interest(actor=world.actor("officer"), now=world.now, **again)
    end_introduction(actor=world.actor("officer"), now=world.now, introduction=row, reason="价格谈不拢")

    assert refused.value.refusal.code == "matching.introduction_twice"
    assert row.number in text_of(refused.value.refusal)
    assert express_interest(actor=world.actor("officer"), now=world.now, **again).number != row.number


@pytest.mark.parametrize(("side", "code"), [(Side.NEED, "need_agreed"), (Side.OFFER, "offer_agreed")])
def test_the_next_step_says_what_it_still_needs(world: World, side: Side, code: str) -> None:
    row = introduced(world)
    other = Side.OFFER if side is Side.NEED else Side.NEED
    row = agree_to_introduction(
        actor=world.actor("officer"), now=world.now, introduction=row, side=other, by="研发总监"
    )

    nexts = {each.step.to: each for each in steps_of(row)}
    assert [each.code for each in nexts[IntroductionState.AGREED].missing] == [code]
    assert nexts[IntroductionState.ENDED].open


def test_a_list_says_what_is_waited_for_and_asks_the_database_nothing(
    world: World, django_assert_num_queries: Any
) -> None:
    row = introduced(world)
    officer = world.actor("officer")
    with django_assert_num_queries(0):
        assert [str(each) for each in waits_of(row)] == ["需求方顾问同意", "供给方顾问同意"]
    row = both_agreed(world, row)
    shown = reveal_identities(actor=officer, now=world.now, introduction=row)
    ended = end_introduction(actor=officer, now=world.now, introduction=introduced(world), reason="不合适")
    with django_assert_num_queries(0):
        assert [str(each) for each in waits_of(row)] == ["互见单位"]
        assert [str(each) for each in waits_of(shown)] == ["会面"]
        assert waits_of(ended) == []


def test_a_firm_answers_for_its_own_side_only(world: World) -> None:
    row = introduced(world)
    actor = kiln_firm(world, row)

    with pytest.raises(RefusedError) as refused:
        agree_to_introduction(actor=actor, now=world.now, introduction=row, side=Side.OFFER, by="我替对方")
    row = agree_to_introduction(actor=actor, now=world.now, introduction=row, side=Side.NEED, by="研发总监")

    assert refused.value.refusal.code == "parties.not_permitted"
    assert (row.need_agreed_by, row.offer_agreed_on) == ("研发总监", None)


def test_a_rival_outpost_cannot_touch_it(world: World) -> None:
    row = introduced(world)
    for act in (
        lambda: agree_to_introduction(
            actor=world.actor("rival"), now=world.now, introduction=row, side=Side.NEED, by="别家"
        ),
        lambda: end_introduction(actor=world.actor("rival"), now=world.now, introduction=row, reason="不该"),
        lambda: void_introduction(actor=world.actor("rival"), now=world.now, introduction=row, reason="不该"),
    ):
        with pytest.raises(RefusedError) as refused:
            act()
        assert refused.value.refusal.code == "parties.not_permitted"


def test_a_step_is_taken_back_with_a_reason_and_names_never_are(world: World) -> None:
    row = both_agreed(world, introduced(world))
    back = take_back_step(
        actor=world.actor("officer"), now=world.now, introduction=row, version=row.version, reason="听错了，对方未同意"
    )
    assert (back.state, back.need_agreed_on, back.offer_agreed_by) == (IntroductionState.INTERESTED, None, "")

    row = reveal_identities(actor=world.actor("officer"), now=world.now, introduction=both_agreed(world, back))
    with pytest.raises(RefusedError) as refused:
        take_back_step(
            actor=world.actor("officer"), now=world.now, introduction=row, version=row.version, reason="反悔"
        )

    assert refused.value.refusal.code == "matching.introduction_no_way_back"
    assert [each.to_state for each in row.log.order_by("id")] == [
        "interested", "agreed", "interested", "agreed", "revealed",
    ]  # fmt: skip


def test_who_looks_at_an_old_page_takes_nothing_back(world: World) -> None:
    row = both_agreed(world, introduced(world))
    with pytest.raises(RefusedError) as refused:
        take_back_step(
            actor=world.actor("officer"), now=world.now, introduction=row, version=row.version - 1, reason="旧页面"
        )
    assert refused.value.refusal.code == "matching.introduction_moved_on"


def test_ending_closes_the_text_but_a_known_name_stays_known(world: World) -> None:
    row = reveal_identities(
        actor=world.actor("officer"), now=world.now, introduction=both_agreed(world, introduced(world))
    )
    actor = kiln_firm(world, row)
    row = end_introduction(actor=actor, now=world.now, introduction=row, reason="已自行解决")

    reading = reading_of(actor, row.offer, world.now.date())
    assert (row.state, row.ended_reason) == (IntroductionState.ENDED, "已自行解决")
    assert (reading.masked, reading.full, reading.identity) == (False, False, True)


def test_advisers_are_asked_and_the_asking_ends_with_the_answers(world: World) -> None:
    row = introduced(world)
    todos = Todo.objects.filter(subject_uid=row.uid)
    assert [(each.assignee, each.done_at) for each in todos] == [(world.users["officer"], None)]

    row = agree_to_introduction(
        actor=world.actor("officer"), now=world.now, introduction=row, side=Side.NEED, by="研发总监"
    )
    assert todos.filter(done_at__isnull=True).count() == 1  # the same person still has the other side to ask
    both = agree_to_introduction(
        actor=world.actor("officer"), now=world.now, introduction=row, side=Side.OFFER, by="对方总工"
    )
    assert not todos.filter(done_at__isnull=True).exists()
    assert both.state == IntroductionState.AGREED


@pytest.mark.parametrize("days", [1, 400])
def test_a_day_in_the_future_is_refused(world: World, days: int) -> None:
    need, offer = make_profile(world, Side.NEED), make_profile(world, Side.OFFER)
    ahead = world.now.date() + timedelta(days=days)
    with pytest.raises(RefusedError) as refused:
        express_interest(
            actor=world.actor("officer"),
            now=world.now,
            need=need,
            offer=offer,
            interest=Interest(Channel.OFFICER, on=ahead),
        )
    assert refused.value.refusal.code == "pipeline.date_in_future"


def test_an_expired_offer_is_not_introduced(world: World) -> None:
    need, offer = make_profile(world, Side.NEED), make_profile(world, Side.OFFER)
    with pytest.raises(RefusedError) as refused:
        express_interest(
            actor=world.actor("officer"),
            now=world.now + timedelta(days=200),
            need=need,
            offer=offer,
            interest=Interest(Channel.OFFICER),
        )
    assert refused.value.refusal.code == "matching.introduction_closed_profile"


def test_who_does_nothing_is_reminded_on_the_days_of_content_each_once(world: World) -> None:
    row = introduced(world)
    reminders = Todo.objects.filter(subject_uid=row.uid, what__contains="没有进展")

    def after(days: int) -> int:
        at = world.now + timedelta(days=days)
        return remind_of_introductions(actor=world.actor("officer"), now=at, outpost=world.outpost)

    told = [after(each) for each in (8, 9, 9, 20, 21, 46, 47)]
    assert told == [0, 1, 0, 0, 1, 1, 0]
    assert sorted(each.what.split(" 天")[0].rsplit(" ", 1)[1] for each in reminders) == ["21", "45", "9"]


def test_a_step_begins_the_days_anew_and_an_end_stops_them(world: World) -> None:
    row = introduced(world)
    later = world.now + timedelta(days=8)
    for side in Side:
        agree_to_introduction(actor=world.actor("officer"), now=later, introduction=row, side=side, by="王工")
    at = world.now + timedelta(days=12)
    assert remind_of_introductions(actor=world.actor("officer"), now=at, outpost=world.outpost) == 0
    end_introduction(actor=world.actor("officer"), now=at, introduction=row, reason="不做了")
    far = world.now + timedelta(days=100)
    assert remind_of_introductions(actor=world.actor("officer"), now=far, outpost=world.outpost) == 0


def test_the_wish_to_meet_is_settled_by_the_beginning(world: World) -> None:
    need, offer = make_profile(world, Side.NEED), make_profile(world, Side.OFFER)
    act = {"actor": world.actor("officer"), "now": world.now}
    subject = Subject("matching.profile", need.uid)
    wish = add_todo(subject=subject, what=accepted_words(need, offer), assignee=need.officer, **act)
    other = add_todo(subject=subject, what="别的事", assignee=need.officer, **act)
    express_interest(need=need, offer=offer, interest=Interest(Channel.LIST), **act)
    wish.refresh_from_db()
    other.refresh_from_db()
    assert wish.done_at is not None
    assert other.done_at is None
