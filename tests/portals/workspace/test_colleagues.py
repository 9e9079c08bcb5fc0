"""A firm's administrator invites colleagues by a link that is shown once, ends their role, and reaches no other firm's."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from feidi.domain.parties.models import Membership
from feidi.domain.parties.services import colleagues as services
from feidi.domain.parties.services.colleagues import end_colleague, invite_colleague, renew_colleague_link
from feidi.engines.findings import RefusedError
from feidi.kernel.access import actor_for_user
from feidi.kernel.identity.models import User
from tests.support.profiles import firm
from tests.support.queries import assert_same_queries
from tests.support.world import World

pytestmark = pytest.mark.django_db
OK, REDIRECT, NOT_THERE, REFUSED, INVALID = 200, 302, 404, 409, 422
LIST, INVITE = "workspace:colleague_list", "workspace:colleague_invite"


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: now)


@pytest.fixture
def own(world: World) -> Any:
    """A firm with an administrator."""
    made = firm(world, "滨海庚传感有限公司")
    world.user("boss", "tenant_admin", organization=made)
    return made


@pytest.fixture
def boss(world: World, own: Any) -> Client:
    client = Client()
    client.force_login(world.users["boss"])
    return client


def _code(call: Any) -> str:
    with pytest.raises(RefusedError) as refused:
        call()
    return str(refused.value.refusal.code)


def _invited(world: World, own: Any, login: str = "xiaowang") -> Membership:
    return invite_colleague(
        actor=world.actor("boss"), now=world.now, organization=own, login=login, display_name="小王"
    )[0]


def test_a_colleague_is_invited_by_a_link_and_becomes_a_tenant(world: World, own: Any, boss: Client) -> None:
    given = {"organization": own.pk, "display_name": "小王", "login": "xiaowang"}
    assert boss.post(reverse(INVITE), {**given, "login": ""}).status_code == INVALID
    page = boss.post(reverse(INVITE), given).content.decode()
    link = re.search(r"/account/[\w/-]*invitation[\w/-]*", page) or re.search(r"http://testserver(/\S+?)[（<]", page)
    assert link is not None
    assert "只显示这一次" in page
    listing = boss.get(reverse(LIST)).content.decode()
    assert "已邀请，待设密码" in listing
    row = Membership.objects.get(user__login="xiaowang")
    assert (row.role, row.organization) == ("tenant", own)
    path = re.search(r"http://testserver(/[\w/-]+)", page)
    assert path is not None
    words = {"password": "a-long-pass-2026", "again": "a-long-pass-2026"}
    fields = Client().get(path[1]).context["form"].fields
    accepted = Client().post(path[1], dict(zip(fields, words.values(), strict=False)))
    assert accepted.status_code == REDIRECT
    row.user.refresh_from_db()
    actor = actor_for_user(row.user, world.now)
    assert actor.may("project.view_own")
    assert not actor.may("organization.invite"), "who was invited invites nobody"


def test_a_login_that_is_taken_is_said_at_its_field(world: World, own: Any, boss: Client) -> None:
    given = {"organization": own.pk, "display_name": "小王", "login": "officer"}
    response = boss.post(reverse(INVITE), given)
    assert response.status_code == REFUSED
    assert not Membership.objects.filter(organization=own).exclude(user__login="boss").exists()


def test_a_role_is_ended_with_a_reason_and_stays_on_the_list(world: World, own: Any, boss: Client) -> None:
    row = _invited(world, own)
    end = reverse("workspace:colleague_end", args=[row.uid])
    assert boss.post(end).status_code == REFUSED
    assert boss.post(end, {"reason": "离职"}).status_code == REDIRECT
    row.refresh_from_db()
    assert row.valid_to is not None
    assert "小王" in boss.get(reverse(LIST)).content.decode()
    again = {"actor": world.actor("boss"), "now": world.now, "membership": row, "reason": "再来"}
    assert _code(lambda: end_colleague(**again)) == "parties.membership_ended"


def test_another_firms_people_do_not_exist_here(world: World, own: Any, boss: Client) -> None:
    other = world.users["tenant"].memberships.get()
    for name in ("colleague_end", "colleague_link"):
        assert boss.post(reverse(f"workspace:{name}", args=[other.uid]), {"reason": "x"}).status_code == NOT_THERE
    act: dict[str, Any] = {"actor": world.actor("boss"), "now": world.now}
    assert _code(lambda: end_colleague(membership=other, reason="x", **act)) == "parties.not_permitted"
    stranger = {"login": "spy", "display_name": "某", "organization": other.organization}
    assert _code(lambda: invite_colleague(**stranger, **act)) == "parties.not_permitted"
    for role in ("tenant", "officer", "bureau"):
        client = Client()
        client.force_login(world.users[role])
        assert client.get(reverse(LIST)).status_code == REFUSED, role
        assert client.get(reverse(INVITE)).status_code == REFUSED, role


def test_no_account_is_taken_over_and_no_administrator_ended(world: World, own: Any) -> None:
    row = _invited(world, own)
    act: dict[str, Any] = {"actor": world.actor("boss"), "now": world.now}
    assert renew_colleague_link(membership=row, **act)
    held = Membership.objects.create(
        user=row.user, role="bureau", home=world.outpost.home, valid_from=world.now.date(), created_at=world.now
    )
    assert _code(lambda: renew_colleague_link(membership=row, **act)) == "parties.colleague_in_use"
    held.delete()
    user = User.objects.get(pk=row.user_id)
    user.set_password("a-long-pass-2026")
    user.save()
    row = Membership.objects.get(pk=row.pk)
    assert _code(lambda: renew_colleague_link(membership=row, **act)) == "parties.colleague_in_use"
    mine = world.users["boss"].memberships.get()
    assert _code(lambda: end_colleague(membership=mine, reason="x", **act)) == "parties.not_permitted"


def test_a_firm_has_so_many_accounts_and_no_more(world: World, own: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "MOST", 2)
    _invited(world, own)
    assert _code(lambda: _invited(world, own, "xiaoli")) == "parties.colleagues_full"


def test_the_list_costs_the_same_for_many(world: World, own: Any, boss: Client) -> None:
    def rows(count: int) -> None:
        for _ in range(count):
            _invited(world, own, f"p{User.objects.count()}")

    assert_same_queries(rows, lambda: boss.get(reverse(LIST)))
