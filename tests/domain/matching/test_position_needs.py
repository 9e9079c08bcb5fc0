"""A position that is opened becomes a draft need of the kind 人才; closing it settles the need."""

from __future__ import annotations

from typing import Any

import pytest

from feidi.domain.matching.enums import ProfileKind, ProfileState, Side
from feidi.domain.matching.models import Profile
from feidi.domain.matching.selectors.position_needs import need_of, positions_of
from feidi.domain.matching.services.profile_states import publish_profile, void_profile
from feidi.domain.parties.models import Organization
from feidi.domain.parties.services.organizations import find_or_add_organization
from feidi.domain.talent.enums import SalaryPer, Whereabouts
from feidi.domain.talent.models import Position
from feidi.domain.talent.services.positions import Band, NewPosition, close_position, open_position
from feidi.engines.money import Money
from feidi.kernel.todos.models import Todo
from tests.support.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def act(world: World) -> dict[str, Any]:
    return {"actor": world.actor("officer"), "now": world.now}


@pytest.fixture
def firm(world: World) -> Organization:
    return find_or_add_organization(
        actor=world.actor("officer"), now=world.now, outpost=world.outpost, name="滨海蓝鲸传感器有限公司"
    )


def opened(world: World, act: dict[str, Any], firm: Organization, **more: Any) -> Position:
    told: dict[str, Any] = {
        "title": "工艺工程师",
        "needs": "做过蓝鲸传感器这类陶瓷基板的共烧",
        "field": "半导体新材料",
        "works_at": Whereabouts.HOME,
        "wanted": 2,
        "band": Band(Money(2_000_000, "CNY"), None, SalaryPer.MONTH),
    }
    return open_position(outpost=world.outpost, new=NewPosition(firm, **(told | more)), **act)


def test_an_opened_position_is_a_draft_need_in_its_own_words(
    world: World, act: dict[str, Any], firm: Organization
) -> None:
    position = opened(world, act, firm)
    need = Profile.objects.get()
    assert (need.side, need.kind, need.state) == (Side.NEED, ProfileKind.TALENT, ProfileState.DRAFT)
    assert need.organization == firm
    assert need.full_text == (
        "招聘 工艺工程师 2 人。要求：做过蓝鲸传感器这类陶瓷基板的共烧。专业方向：半导体新材料。工作地：本地（主办地）"
    )
    # before a person has read it, nothing tells whose it is; what nobody has said stays unknown
    assert "蓝鲸" not in need.masked_text + need.title
    assert (need.confirmed_on, need.amount_lo_fen) == (None, None)
    assert position.number in need.source
    found = need_of(position.uid)
    assert found is not None
    assert found.uid == need.uid
    assert [each.uid for each in positions_of(need)] == [position.uid]


def test_closing_the_position_settles_the_need_with_the_reason(
    world: World, act: dict[str, Any], firm: Organization
) -> None:
    position = opened(world, act, firm)
    publish_profile(profile=Profile.objects.get(), masked_seen=True, **act)
    close_position(position=position, reason="招到了", **act)
    need = Profile.objects.get()
    assert need.state == ProfileState.CLOSED
    assert need.closed_reason == f"岗位 {position.number} 已关闭：招到了"


def test_two_positions_that_say_the_same_share_one_need_until_both_are_closed(
    world: World, act: dict[str, Any], firm: Organization
) -> None:
    first, second = opened(world, act, firm), opened(world, act, firm)
    need = Profile.objects.get()
    assert [each.uid for each in positions_of(need)] == [first.uid, second.uid]
    close_position(position=first, reason="招到了", **act)
    need.refresh_from_db()
    assert need.state == ProfileState.DRAFT
    close_position(position=second, reason="不招了", **act)
    need.refresh_from_db()
    assert need.state == ProfileState.CLOSED


def test_what_cannot_stand_as_a_need_does_not_stop_the_position(
    world: World, act: dict[str, Any], firm: Organization
) -> None:
    position = opened(world, act, firm, needs="会做共烧 😀")
    assert not Profile.objects.exists()
    todo = Todo.objects.get(subject_uid=position.uid)
    assert position.number in todo.what
    assert "U+1F600" in todo.what
    close_position(position=position, reason="招到了", **act)
    assert Position.objects.get().closed_on is not None


def test_a_need_taken_back_by_hand_stays_taken_back(world: World, act: dict[str, Any], firm: Organization) -> None:
    position = opened(world, act, firm)
    void_profile(profile=Profile.objects.get(), reason="不是供需", **act)
    close_position(position=position, reason="招到了", **act)
    need = Profile.objects.get()
    assert (need.state, need.void_reason) == (ProfileState.DRAFT, "不是供需")
    assert need_of(position.uid) is None


def test_a_position_is_opened_by_who_may_not_edit_needs(world: World, firm: Organization, monkeypatch: Any) -> None:
    """The position's own service has asked; what follows from it needs no second permission."""
    monkeypatch.setattr(
        "feidi.domain.matching.services.profiles.require", lambda *_args: pytest.fail("asked for a permission again")
    )
    opened(world, {"actor": world.actor("officer"), "now": world.now}, firm)
    assert Profile.objects.count() == 1
