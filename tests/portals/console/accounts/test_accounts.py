"""An administrator's accounts: invited, mended, closed; nobody else gets near, nobody does it to themselves."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pyotp
import pytest
from django.test import Client

from feidi.domain.parties.models import Membership, Organization
from feidi.kernel.audit.models import AuditEntry
from feidi.kernel.audit.verify import verify
from feidi.kernel.identity.models import SignInAttempt, User
from feidi.kernel.identity.services.phones import find_phone, find_user_by_phone
from feidi.kernel.identity.services.second_factors import add_totp, find_totp
from tests.support.queries import assert_same_queries
from tests.support.world import World

pytestmark = pytest.mark.django_db
OWN = "binhai-harbour-88"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def _at_the_hour(monkeypatch: pytest.MonkeyPatch, now: Any) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: now)


def signed_in(world: World, login: str = "admin") -> Client:
    client = Client()
    client.force_login(world.users[login])
    return client


def invite(client: Client, world: World, **more: Any) -> Any:
    given = {"login": "chenxiao", "display_name": "陈晓", "role": "officer", "outpost": world.outpost.pk}
    return client.post("/accounts/invite/", {**given, **more})


def test_an_invited_officer_sets_a_password_and_works(world: World) -> None:
    admin = signed_in(world)
    page = invite(admin, world, phone="139-0000-1234", email="Chen@example.cn")
    text = page.content.decode()
    assert "chenxiao" in text
    assert "no-store" in page.headers["Cache-Control"]
    link = re.search(r"http://testserver(/account/invitation/[\w-]+)", text)
    assert link is not None
    user = User.objects.get(login="chenxiao")
    assert (user.has_usable_password(), find_user_by_phone("13900001234"), user.email) == (
        False, user, "chen@example.cn",
    )  # fmt: skip
    assert "待设密码" in admin.get("/accounts/?words=陈晓").content.decode()
    assert link.group(1) not in admin.get(f"/accounts/{user.uid}/").content.decode()
    newcomer = Client()
    newcomer.post(link.group(1), {"password": OWN, "again": OWN})
    assert newcomer.get("/projects/").status_code == 200
    assert newcomer.get("/accounts/").status_code == 409
    assert "139****1234" in admin.get(f"/accounts/{user.uid}/").content.decode()
    assert verify().faults == ()


def test_what_cannot_be_invited_is_refused_and_leaves_nothing(world: World) -> None:
    admin, before = signed_in(world), User.objects.count()
    taken = invite(admin, world, login="Officer")
    assert (taken.status_code, "已有人使用" in taken.content.decode()) == (409, True)
    assert invite(admin, world, outpost="").status_code == 422
    assert invite(admin, world, role="bureau", outpost="").status_code == 422
    assert invite(admin, world, role="tenant", organization="没有这家").status_code == 422
    assert invite(admin, world, phone="12").status_code == 409
    assert invite(admin, world, valid_to="2026-11-23").status_code == 409
    assert (User.objects.count(), Membership.objects.filter(user__login="chenxiao").exists()) == (before, False)
    # the place follows from the role; what else was filled in is left out
    organization = Organization.objects.get(name="滨海甲检测技术有限公司")
    assert invite(admin, world, role="tenant", organization=organization.name).status_code == 200
    held = Membership.objects.get(user__login="chenxiao")
    assert (held.organization, held.outpost, held.home) == (organization, None, None)


def test_the_list_is_searched_filtered_and_sorted(world: World) -> None:
    admin = signed_in(world)
    User.objects.filter(login="rival").update(is_active=False)

    def logins(query: str) -> list[str]:
        page = admin.get(f"/accounts/?{query}").content.decode()
        return re.findall(r'data-label="登录名">([\w.]+)<', page)

    assert set(logins("")) == set(world.users)
    assert logins("words=rival") == ["rival", "rival_bureau"]
    assert logins("state=closed") == ["rival"]
    assert logins("role=auditor") == ["auditor"]
    assert logins("sort=-login")[0] == max(world.users)
    assert logins("words=%E6%B2%A1%E6%9C%89") == []
    assert f"招商专员（{world.outpost.short_name}）" in admin.get("/accounts/?role=officer").content.decode()

    def more(count: int) -> None:
        for each in range(count):
            world.user(f"more{User.objects.count()}x{each}", "officer", outpost=world.outpost)

    assert_same_queries(more, lambda: admin.get("/accounts/"))


def test_closing_signs_out_and_opening_again_does_not_sign_in(world: World) -> None:
    admin, officer = signed_in(world), signed_in(world, "officer")
    uid = world.users["officer"].uid
    assert admin.post(f"/accounts/{uid}/close/", {"reason": ""}).status_code == 409
    admin.post(f"/accounts/{uid}/close/", {"reason": "离岗"})
    assert officer.get("/").status_code == 302
    assert "已停用" in admin.get(f"/accounts/{uid}/").content.decode()
    admin.post(f"/accounts/{uid}/reopen/", {"reason": "返岗"})
    assert officer.get("/").status_code == 302
    officer.force_login(User.objects.get(uid=uid))
    assert officer.get("/").status_code == 200
    entries = AuditEntry.objects.filter(subject_uid=uid, subject_kind="identity.user").order_by("id")
    assert [each.reason for each in entries] == ["离岗", "返岗"]


def test_a_lost_phone_and_a_lost_password(world: World) -> None:
    admin, user = signed_in(world), world.users["officer"]
    code = pyotp.TOTP(SECRET).at(world.now)
    add_totp(actor=world.actor("officer"), now=world.now, user=user, secret=SECRET, code=code)
    officer = signed_in(world, "officer")
    assert "重设第二因素" in admin.get(f"/accounts/{user.uid}/").content.decode()
    admin.post(f"/accounts/{user.uid}/second-factor/", {"reason": "丢了手机，电话核对"})
    assert find_totp(user) is None
    assert officer.get("/").status_code == 302
    assert admin.post(f"/accounts/{user.uid}/second-factor/", {"reason": "再来"}).status_code == 409
    text = admin.post(f"/accounts/{user.uid}/link/", {"reason": "忘记密码"}).content.decode()
    assert "/account/invitation/" in text
    for _ in range(5):
        SignInAttempt.objects.create(login="officer", succeeded=False, at=world.now)
    assert "锁定至" in admin.get(f"/accounts/{user.uid}/").content.decode()
    admin.post(f"/accounts/{user.uid}/release/")
    assert "锁定至" not in admin.get(f"/accounts/{user.uid}/").content.decode()


def test_roles_are_given_and_ended(world: World) -> None:
    admin, user = signed_in(world), world.users["officer"]
    given = {"role": "operator_lead", "outpost": world.outpost.pk, "valid_to": "2027-01-01"}
    assert admin.post(f"/accounts/{user.uid}/role/", given).status_code == 302
    today = Membership.objects.get(user=user, role="operator_lead")
    held = Membership.objects.get(user=user, role="officer")
    end = "/accounts/roles/{}/end/"
    # a role of today cannot have ended today, one that began earlier can
    early = admin.post(end.format(today.uid), {"reason": "弄错了", "on": "2026-11-23"})
    assert early.context["refusal"].code == "parties.membership_ends_early"
    assert admin.post(end.format(held.uid), {"reason": "转岗", "on": "31/12"}).status_code == 409
    assert admin.post(end.format(held.uid), {"reason": " "}).status_code == 409
    admin.post(end.format(held.uid), {"reason": "转岗"})
    held.refresh_from_db()
    assert held.valid_to == world.now.date()
    assert world.actor("officer").roles() == {"operator_lead"}
    assert admin.post(end.format(held.uid), {"reason": "再来"}).context["refusal"].code == "parties.membership_ended"
    page = admin.get(f"/accounts/{user.uid}/").content.decode()
    assert "已结束" in page
    assert AuditEntry.objects.filter(subject_uid=held.uid, reason="转岗").exists()


def test_an_administrator_does_none_of_it_to_themselves(world: World) -> None:
    admin, own = signed_in(world), world.users["admin"]
    held = Membership.objects.get(user=own)
    for address in (
        f"/accounts/{own.uid}/close/",
        f"/accounts/{own.uid}/link/",
        f"/accounts/{own.uid}/second-factor/",
        f"/accounts/roles/{held.uid}/end/",
    ):
        answer = admin.post(address, {"reason": "试试", "on": str(world.now.date() + timedelta(days=1))})
        assert answer.context["refusal"].code == "identity.not_yourself", address
    assert "另一位管理员" in admin.get(f"/accounts/{own.uid}/").content.decode()
    assert admin.get("/").status_code == 200


def test_name_mail_and_phone_are_mended(world: World) -> None:
    admin, user = signed_in(world), world.users["officer"]
    address = f"/accounts/{user.uid}/edit/"
    admin.post(address, {"display_name": "张专员", "email": "z@example.cn", "phone": "13900001234"})
    user.refresh_from_db()
    assert (user.display_name, user.email) == ("张专员", "z@example.cn")
    # an empty box leaves the number, the tick takes it
    admin.post(address, {"display_name": "张专员"})
    assert find_phone(user) is not None
    other = world.users["manager"]
    taken = admin.post(f"/accounts/{other.uid}/edit/", {"display_name": "陈经理", "phone": "13900001234"})
    assert taken.status_code == 409
    other.refresh_from_db()
    assert other.display_name == "manager"
    admin.post(address, {"display_name": "张专员", "remove_phone": "on"})
    assert find_phone(user) is None
    assert verify().faults == ()
