"""Precision at ten, acceptance, decline reasons; and the to-do that tells of a new offer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from feidi.domain.matching.enums import Channel, DeclineReason, IntroductionState, ProfileKind, Side, Verdict
from feidi.domain.matching.models import CandidateList, Introduction, Profile
from feidi.domain.matching.selectors.offers_index import forget_indexes
from feidi.domain.matching.selectors.precision import AnswerFilter, Share, list_answers, list_decided, precision_of
from feidi.domain.matching.services.alerts import alert_needs
from feidi.domain.matching.services.answering import Answer, answer_candidate, send_list
from feidi.domain.matching.services.candidates import check_list, make_list, void_list
from feidi.domain.matching.services.profiles import change_profile
from feidi.kernel.access import schedule_actor
from feidi.kernel.todos.models import Todo
from feidi.kernel.todos.services import finish_todo
from tests.support.profiles import make_profile
from tests.support.world import World

pytestmark = pytest.mark.django_db
CLOCK = schedule_actor("matching.daily_alerts")
NO = Answer(Verdict.DECLINED, DeclineReason.TOO_DEAR)


@pytest.fixture(autouse=True)
def _no_index_of_another_test() -> Iterator[None]:
    forget_indexes()
    yield
    forget_indexes()


def offers(world: World, count: int, **facts: Any) -> list[Profile]:
    return [make_profile(world, Side.OFFER, title=f"热工方案{n}", **facts) for n in range(count)]


def sent(world: World, need: Profile, count: int) -> CandidateList:
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}
    made = make_list(profile=need, **act)
    checked = check_list(candidates=made, version=made.version, picks=dict.fromkeys(range(1, count + 1), "看过"), **act)
    return send_list(candidates=checked, version=checked.version, to="陈总工", on_paper=True, **act)


def test_nothing_answered_is_not_zero(world: World) -> None:
    figures = precision_of(world.actor("officer"), AnswerFilter())
    assert figures.at_ten == Share(0, 0)
    assert figures.at_ten.percent is None
    assert not figures.by_kind


def test_figures_open_the_very_rows_they_count(world: World) -> None:
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}
    offers(world, 12)
    need = make_profile(world, Side.NEED)
    made = sent(world, need, 12)
    rows = {row.position: row for row in made.rows.all()}
    answers = {1: Answer(Verdict.ACCEPTED), 2: NO, 3: Answer(Verdict.LATER), 11: Answer(Verdict.ACCEPTED), 12: NO}
    for position, answer in answers.items():
        answer_candidate(row=rows[position], answer=answer, **act)
    actor = world.actor("officer")
    figures = precision_of(actor, AnswerFilter())
    assert figures.at_ten == Share(1, 3)
    assert figures.accepted == Share(2, 5)
    assert figures.later == 1
    assert figures.by_kind == ((ProfileKind.TECHNOLOGY, Share(2, 5)),)
    assert figures.reasons == ((DeclineReason.TOO_DEAR, 2),)
    assert list_answers(actor, AnswerFilter(first_only=True)).count() == figures.at_ten.all
    assert list_answers(actor, AnswerFilter(verdict="accepted")).count() == figures.accepted.yes
    assert list_answers(actor, AnswerFilter(reason="too_dear")).count() == 2
    today = world.now.date()
    assert precision_of(actor, AnswerFilter(since=today, until=today)).accepted.all == 5
    assert precision_of(actor, AnswerFilter(until=today - timedelta(days=1))).accepted.all == 0
    assert precision_of(world.actor("rival"), AnswerFilter()).accepted.all == 0
    void_list(candidates=made, reason="试做", **act)
    assert precision_of(actor, AnswerFilter()).accepted.all == 0


def test_acceptance_by_channel_counts_introductions_that_were_decided(world: World) -> None:
    officer, today = world.users["officer"], world.now.date()
    need = make_profile(world, Side.NEED)
    agreed = {"need_agreed_on": today, "need_agreed_by": "张", "offer_agreed_on": today, "offer_agreed_by": "王"}
    ended = {"state": IntroductionState.ENDED, "ended_on": today, "ended_reason": "不合适"}
    for number, (channel, more) in enumerate(
        [(Channel.LIST, agreed), (Channel.LIST, ended), (Channel.OFFICER, agreed), (Channel.LIST, {})]
    ):
        Introduction.objects.create(
            outpost=world.outpost, number=f"DJ-{number}", need=need, offer=make_profile(world, Side.OFFER),
            channel=channel, need_officer=officer, offer_officer=officer, interested_on=today, recorded_by="张",
            created_at=world.now, **more,
        )  # fmt: skip
    figures = precision_of(world.actor("officer"), AnswerFilter())
    assert figures.by_channel == ((Channel.LIST, Share(1, 2)), (Channel.OFFICER, Share(1, 1)))
    assert list_decided(world.actor("officer"), AnswerFilter(), "list").count() == 2


def test_a_new_offer_is_told_once_a_day_and_not_again_while_the_to_do_is_open(world: World) -> None:
    need = make_profile(world, Side.NEED)
    act: dict[str, Any] = {"actor": CLOCK, "outpost": world.outpost}
    assert alert_needs(now=world.now, **act) == 0
    offer = make_profile(world, Side.OFFER)
    assert alert_needs(now=world.now, **act) == 1
    todo = Todo.objects.get()
    assert (todo.assignee, todo.subject_uid) == (need.officer, need.uid)
    assert offer.number in todo.what
    tomorrow = world.now + timedelta(days=1)
    make_profile(world, Side.OFFER, now=tomorrow)
    assert alert_needs(now=world.now, **act) == 0
    assert alert_needs(now=tomorrow, **act) == 0, "the first is still open"
    finish_todo(actor=world.actor("officer"), now=tomorrow, todo=todo)
    assert alert_needs(now=tomorrow, **act) == 1
    assert alert_needs(now=tomorrow, **act) == 0


def test_what_stood_in_the_last_list_is_not_new(world: World) -> None:
    need = make_profile(world, Side.NEED)
    offer = make_profile(world, Side.OFFER)
    officer: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}
    make_list(profile=need, **officer)
    assert alert_needs(actor=CLOCK, now=world.now, outpost=world.outpost) == 0
    later = world.now + timedelta(days=3)
    other = make_profile(world, Side.OFFER)
    make_list(profile=need, **officer)
    make_profile(world, Side.OFFER, title="不相干", masked_text="zzz qqq xxx yyy", now=later)
    change_profile(
        actor=world.actor("officer"), now=later, profile=offer, version=offer.version,
        values={"title": "改过的窑炉方案"}, masked_seen=True,
    )  # fmt: skip
    assert alert_needs(actor=CLOCK, now=later, outpost=world.outpost) == 0
    assert other.pk


def test_offers_of_another_outpost_are_told_to_nobody_here(world: World) -> None:
    make_profile(world, Side.NEED)
    make_profile(world, Side.OFFER, outpost=world.rival, by="rival")
    assert alert_needs(actor=CLOCK, now=world.now, outpost=world.outpost) == 0
    assert not Todo.objects.exists()
