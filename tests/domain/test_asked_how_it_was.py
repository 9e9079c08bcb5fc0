"""Services, talent cases and landings are asked about by those who own them: once, and counted once."""

from __future__ import annotations

from typing import Any

import pytest

from feidi.domain.incubation.models import ServiceRequest
from feidi.domain.incubation.services.requests import ask_service, end_service, score_service, take_service
from feidi.domain.talent.services.delivery import confirm_by_link, deliver_case
from feidi.domain.talent.services.erasing import erase_talent
from feidi.domain.talent.services.items import finish_item
from feidi.engines.findings import RefusedError
from feidi.kernel.feedback.enums import Via
from feidi.kernel.feedback.models import Answer, Ask, FollowUp
from feidi.kernel.feedback.selectors.answers import words_of
from feidi.kernel.feedback.selectors.asks import token_of
from feidi.kernel.feedback.services.answering import Given, answer_by_link
from feidi.kernel.notify.models import Mail
from tests.support.flows import landed
from tests.support.talents import made, opened
from tests.support.tenancies import floor_of, tenancy_of
from tests.support.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def delivered(world: World) -> ServiceRequest:
    row = tenancy_of(world, floor_of(world)[0])
    user = world.user("tenant_own", "tenant", organization=row.organization)
    user.email = "boss@example.cn"
    user.save()
    act: dict[str, Any] = {"actor": world.actor("manager"), "now": world.now}
    asked = ask_service(actor=world.actor("tenant_own"), now=world.now, tenancy=row, kind="ip", what="专利挖掘")
    take_service(request=asked, owner=world.users["officer"], **act)
    return end_service(request=asked, delivered=True, result="交底书两份", **act)


def _answer(world: World, given: Given) -> Answer:
    row = Ask.objects.get()
    return answer_by_link(now=world.now, token=token_of(row.uid, row.generation), given=given)[0]


def test_a_delivered_service_is_asked_about_by_mail_and_its_score_stands_on_it(
    world: World, delivered: ServiceRequest
) -> None:
    asked = Ask.objects.get()
    assert (asked.occasion, asked.owner, asked.mailed) == ("service", world.users["officer"], True)
    assert Mail.objects.get().to_hint == "b***@example.cn"
    _answer(world, Given(2, 3, words="来回跑了三趟"))
    delivered.refresh_from_db()
    assert (delivered.score, delivered.score_word) == (2, "来回跑了三趟")
    assert FollowUp.objects.get().owner == world.users["officer"]
    with pytest.raises(RefusedError) as refused:
        score_service(actor=world.actor("tenant_own"), now=world.now, request=delivered, score=5)
    assert refused.value.refusal.code == "incubation.scored_before"


def test_a_score_on_the_firms_own_page_is_the_answer(world: World, delivered: ServiceRequest) -> None:
    score_service(actor=world.actor("tenant_own"), now=world.now, request=delivered, score=4, word="快")
    answer = Answer.objects.get()
    assert (answer.satisfaction, answer.via, words_of(answer)) == (4, Via.OWN, "快")
    assert (Ask.objects.count(), Mail.objects.count()) == (1, 1)
    assert _answer(world, Given(1)) == answer
    delivered.refresh_from_db()
    assert delivered.score == 4


def test_what_is_declined_is_not_asked_about(world: World) -> None:
    row = tenancy_of(world, floor_of(world)[0])
    manager = world.actor("manager")
    asked = ask_service(actor=manager, now=world.now, tenancy=row, kind="ip", what="专利挖掘")
    end_service(actor=manager, now=world.now, request=asked, delivered=False, result="办不了")
    assert not Ask.objects.exists()


def test_a_talents_confirmation_is_the_answer_and_is_forgotten_with_them(world: World) -> None:
    talent = made(world)
    case = opened(world, talent, "settling")
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}
    finish_item(item=case.items.get(), result="已落户", **act)
    _case, token = deliver_case(case=case, **act)
    assert not Ask.objects.exists(), "the delivery link asks already"
    confirm_by_link(now=world.now, token=token, score=1, word="林博士说太慢")
    answer = Answer.objects.get()
    assert (answer.occasion, answer.satisfaction, answer.via) == ("case", 1, Via.HANDOVER)
    assert FollowUp.objects.get().owner == case.officer
    assert case.number in answer.about
    assert words_of(answer)
    erase_talent(talent=talent, reason="本人要求", **act)
    answer.refresh_from_db()
    assert (words_of(answer), answer.satisfaction) == ("", 1)


def test_a_verified_landing_asks_its_firm(world: World) -> None:
    case = landed(world)
    asked = Ask.objects.get()
    assert (asked.occasion, asked.subject_uid, asked.about) == ("landing", case.uid, case.project.name)
    assert (asked.mailed, asked.scope_home) == (False, world.outpost.home_id)
