"""A green-channel case: one receipt, one clock, told once, brought to departments, delivered late shown late, confirmed once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from feidi.domain.talent.enums import CaseState, GivenHow, ItemState
from feidi.domain.talent.kinds import CASE
from feidi.domain.talent.models import ClockPause, Disclosure, GreenCase, GreenItem
from feidi.domain.talent.selectors.cases import counts_for_home, reading_of
from feidi.domain.talent.selectors.clocks import ClockState
from feidi.domain.talent.selectors.delivery import case_of_token
from feidi.domain.talent.services.cases import pause_case, resume_case, tell_missing, withdraw_case
from feidi.domain.talent.services.consents import withdraw_consent
from feidi.domain.talent.services.delivery import confirm_by_link, confirm_own, deliver_case, renew_delivery_link
from feidi.domain.talent.services.items import NewHandOff, answer_hand_off, finish_item, hand_off
from feidi.domain.talent.services.papers import print_receipt, print_telling
from feidi.domain.talent.services.talents import link_account
from feidi.engines.findings import RefusedError
from feidi.kernel.deadlines.models import Deadline
from tests.support.talents import made, opened
from tests.support.world import World

pytestmark = pytest.mark.django_db

#: A Monday; 落户 of the invented place is promised in ten working days.
MONDAY = date(2026, 10, 12)


def refused(code: str) -> Any:
    return pytest.raises(RefusedError, match=code)


@pytest.fixture
def act(world: World) -> dict[str, Any]:
    return {"actor": world.actor("officer"), "now": world.now}


@pytest.fixture
def case(world: World) -> GreenCase:
    return opened(world, made(world), on=MONDAY)


def finish(act: dict[str, Any], case: GreenCase, on: date | None = None) -> None:
    for item in case.items.order_by("position"):
        finish_item(item=item, result="已办好", on=on, **act)


def test_one_number_one_clock_and_a_deadline_on_the_desk(world: World, case: GreenCase) -> None:
    assert (case.number, case.promised) == ("YB-LT-2026-0001", 10)
    clock = Deadline.objects.get(subject_kind=CASE, subject_uid=case.uid)
    assert (clock.due_on, clock.scope_outpost) == (reading_of(case, MONDAY).due_on, world.outpost.pk)


def test_a_service_taken_from_elsewhere_says_so_and_one_without_a_promise_makes_the_whole_unknown(world: World) -> None:
    talent = made(world)
    letter = opened(world, talent, "foreign_expert_letter", "entry", on=MONDAY)
    assert [(each.promised, each.taken_from) for each in letter.items.order_by("position")] == [(5, "潍坊"), (7, "")]
    assert letter.promised == 12  # one after the other
    unknown = opened(world, talent, "grading", "settling", on=MONDAY)
    assert (unknown.promised, reading_of(unknown, world.now.date()).state) == (None, ClockState.NO_PROMISE)
    assert not Deadline.objects.filter(subject_uid=unknown.uid).exists()


def test_nothing_is_opened_without_a_consent_that_holds(world: World, act: dict[str, Any]) -> None:
    talent = made(world)
    withdraw_consent(consent=talent.consents.get(), how=GivenHow.RECORDED, **act)
    with refused("talent.no_consent"):
        opened(world, talent)


@pytest.mark.parametrize(("services", "code"), [((), "talent.no_service"), (("flying",), "talent.service_unknown")])
def test_only_what_the_place_offers(world: World, services: tuple[str, ...], code: str) -> None:
    from feidi.domain.talent.services.cases import NewCase, open_case

    with refused(code):
        open_case(
            actor=world.actor("officer"),
            now=world.now,
            talent=made(world),
            new=NewCase(services, world.users["officer"]),
        )


def test_told_once_the_clock_stands_still_and_goes_on_with_what_was_left(act: dict[str, Any], case: GreenCase) -> None:
    told = MONDAY + timedelta(days=2)
    tell_missing(case=case, missing=["落户申请表", " ", "聘用合同"], on=told, **act)
    case.refresh_from_db()
    assert case.missing == ["落户申请表", "聘用合同"]
    assert not Deadline.objects.filter(subject_uid=case.uid, stopped_on__isnull=True).exists()
    standing = reading_of(case, told + timedelta(days=7))
    assert (standing.state, standing.left, standing.waited) == (ClockState.PAUSED, 8, 5)
    with refused("talent.waiting_already"):
        pause_case(case=case, note="再问一句", **act)
    resume_case(case=case, on=told + timedelta(days=7), **act)
    running = Deadline.objects.get(subject_uid=case.uid, stopped_on__isnull=True)
    assert (running.n, running.due_on) == (8, reading_of(GreenCase.objects.get(pk=case.pk), told).due_on)
    with refused("talent.told_once"):
        tell_missing(case=case, missing=["又想起一样"], **act)


def test_a_pause_is_within_the_case_and_ends_after_it_began(act: dict[str, Any], case: GreenCase) -> None:
    with refused("talent.date_before"):
        pause_case(case=case, note="问工作地", on=MONDAY - timedelta(days=1), **act)
    with refused("talent.date_in_future"):
        pause_case(case=case, note="问工作地", on=act["now"].date() + timedelta(days=1), **act)
    with refused("talent.pause_says_nothing"):
        pause_case(case=case, note=" ", **act)
    with refused("talent.not_waiting"):
        resume_case(case=case, **act)
    pause_case(case=case, note="问工作地", on=MONDAY + timedelta(days=3), **act)
    with refused("talent.date_before"):
        resume_case(case=case, on=MONDAY + timedelta(days=2), **act)
    with pytest.raises(IntegrityError), transaction.atomic():
        ClockPause.objects.create(case=case, reason="answer", since=MONDAY, by="x")


def test_every_hand_over_of_papers_is_on_record_with_its_purpose(act: dict[str, Any], case: GreenCase) -> None:
    item = case.items.get()
    with refused("talent.hand_off_what"):
        hand_off(item=item, new=NewHandOff("公安", ""), **act)
    handed = hand_off(item=item, new=NewHandOff("公安", "身份证复印件", MONDAY, "李警官", "GA-7"), **act)
    log = Disclosure.objects.get(talent=case.talent)
    assert (log.to_whom, log.purpose, log.what) == ("公安", f"{case.number} 落户", "身份证复印件")
    assert GreenItem.objects.get(pk=item.pk).state == ItemState.HANDED
    with refused("talent.date_before"):
        answer_hand_off(handed=handed, answer="已受理", on=MONDAY - timedelta(days=1), **act)
    answered = answer_hand_off(handed=handed, answer="已受理", on=MONDAY + timedelta(days=1), **act)
    assert (answered.answer, answered.answered_on) == ("已受理", MONDAY + timedelta(days=1))


def test_a_serial_item_waits_for_the_one_before_it(world: World, act: dict[str, Any]) -> None:
    case = opened(world, made(world), "foreign_expert_letter", "entry", on=MONDAY)
    first, second = case.items.order_by("position")
    assert second.state == ItemState.WAITING
    with refused("talent.item_waits"):
        finish_item(item=second, result="办好", **act)
    finish_item(item=first, result="已出确认函", on=MONDAY + timedelta(days=3), **act)
    second.refresh_from_db()
    assert (second.state, second.started_on) == (ItemState.OPEN, MONDAY + timedelta(days=3))
    with refused("talent.items_open"):
        deliver_case(case=case, **act)


def test_finished_late_is_shown_late_and_confirmed_once_by_its_link(act: dict[str, Any], case: GreenCase) -> None:
    finish(act, case)
    delivered, token = deliver_case(case=case, **act)
    reading = reading_of(delivered, act["now"].date())
    assert (reading.state, delivered.token_sha256 != token) == (ClockState.FINISHED_LATE, True)
    assert reading.over == reading.used - 10 > 0
    with refused("talent.score"):
        confirm_by_link(now=act["now"], token=token, score=6)
    with refused("talent.link_closed"):
        confirm_by_link(now=act["now"], token=token[:-1], score=5)
    confirmed = confirm_by_link(now=act["now"], token=token, score=2, word="晚了")
    assert (confirmed.state, confirmed.score, confirmed.word) == (CaseState.CONFIRMED, 2, "晚了")
    with refused("talent.link_closed"):
        confirm_by_link(now=act["now"], token=token, score=5)


def test_a_link_expires_and_a_new_one_closes_the_old(act: dict[str, Any], case: GreenCase) -> None:
    finish(act, case)
    _delivered, token = deliver_case(case=case, **act)
    _row, newer = renew_delivery_link(case=case, **act)
    with refused("talent.link_closed"):
        case_of_token(token, act["now"])
    assert case_of_token(newer, act["now"] + timedelta(days=30)).pk == case.pk
    with refused("talent.link_closed"):
        case_of_token(newer, act["now"] + timedelta(days=31))


def test_the_talent_confirms_signed_in_and_nobody_elses(world: World, act: dict[str, Any], case: GreenCase) -> None:
    for login in ("lin", "zhou"):
        world.user(login, "talent", outpost=world.outpost)
    link_account(talent=case.talent, user=world.users["lin"], **act)
    finish(act, case)
    deliver_case(case=case, **act)
    case = GreenCase.objects.select_related("talent").get(pk=case.pk)
    with refused("talent.not_yours"):
        confirm_own(actor=world.actor("zhou"), now=world.now, case=case, score=5)
    assert confirm_own(actor=world.actor("lin"), now=world.now, case=case, score=5).score == 5


def test_what_is_over_is_not_worked_on_again(act: dict[str, Any], case: GreenCase) -> None:
    withdraw_case(case=case, reason="不办了", **act)
    over: list[Callable[[], Any]] = [
        lambda: pause_case(case=case, note="问", **act),
        lambda: finish_item(item=case.items.get(), result="办好", **act),
        lambda: deliver_case(case=case, **act),
        lambda: withdraw_case(case=case, reason="再撤", **act),
    ]
    for each in over:
        with refused("talent.case_over"):
            each()


def test_the_receipt_names_nobody_in_full_and_the_telling_lists_what_is_missing(
    act: dict[str, Any], case: GreenCase
) -> None:
    receipt = print_receipt(case=case, **act)
    assert {"label": "申请人", "value": "林**"} in receipt.data["facts"]
    with refused("talent.not_told"):
        print_telling(case=case, **act)
    tell_missing(case=case, missing=["落户申请表"], **act)
    told = print_telling(case=GreenCase.objects.get(pk=case.pk), **act)
    assert told.data["tables"][0]["rows"] == [["1", "落户申请表"]]


@pytest.mark.parametrize("role", ["rival", "bureau", "verifier", "tenant", "auditor"])
def test_only_the_outposts_people_work_on_a_case(world: World, case: GreenCase, role: str) -> None:
    with refused("not_permitted"):
        withdraw_case(actor=world.actor(role), now=world.now, case=case, reason="不办了")


def test_the_home_side_gets_counts_and_clocks(world: World, case: GreenCase) -> None:
    count = next(each for each in counts_for_home(world.actor("bureau"), world.now.date()))
    assert (count.by_state, count.late, count.by_service) == ({"open": 1}, 1, (("落户", 1),))
    assert counts_for_home(world.actor("rival_bureau"), world.now.date())[0].late == 0
    assert counts_for_home(world.actor("officer"), world.now.date()) == []


def test_a_day_ahead_is_refused(world: World) -> None:
    ahead: datetime = world.now + timedelta(days=1)
    with refused("talent.date_in_future"):
        opened(world, made(world), on=ahead.date())
