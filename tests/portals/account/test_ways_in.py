"""Second factor, codes by SMS and invitations, as a browser meets them."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pyotp
import pytest
from django.test import Client

from feidi.kernel.access import actor_for_user
from feidi.kernel.identity import sms
from feidi.kernel.identity.models import SignInAttempt, User
from feidi.kernel.identity.services.invitations import invite_user, renew_invitation
from feidi.kernel.identity.services.phones import find_phone, set_phone
from feidi.kernel.identity.services.second_factors import find_totp
from tests.kernel.identity.people import ADMIN, NUMBER, PASSWORD, a_user
from tests.support.world import World

pytestmark = pytest.mark.django_db
NEW = "binhai-harbour-88"


class Hour:
    """The clock of the pages, to be moved on."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def pass_by(self, **more: int) -> datetime:
        self.now += timedelta(**more)
        return self.now


@pytest.fixture
def hour(now: datetime, monkeypatch: pytest.MonkeyPatch) -> Hour:
    made = Hour(now)
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: made.now)
    return made


def enrol(client: Client, hour: Hour) -> tuple[str, list[str]]:
    """Set the second factor up through the page; returns the secret and the recovery codes."""
    page = client.get("/account/totp/enrol").content.decode()
    assert 'src="data:image/svg+xml' in page
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page)
    assert secret is not None
    key = secret.group(1).replace(" ", "")
    wrong = client.post("/account/totp/enrol", {"code": "000000"})
    assert (wrong.status_code, key[:4] in wrong.content.decode()) == (409, True)
    done = client.post("/account/totp/enrol", {"code": pyotp.TOTP(key).at(hour.now)}).content.decode()
    codes = re.findall(r"<code>([0-9a-z]{5}-[0-9a-z]{5})</code>", done)
    assert len(codes) == 10
    return key, codes


def sign_in(client: Client, onward: str = "/ui/menu", login: str = "zhang.san") -> Any:
    return client.post("/account/login", {"login": login, "password": PASSWORD, "next": onward})


def test_the_password_alone_does_not_enter_where_a_second_factor_is_set(now: datetime, hour: Hour) -> None:
    user, owner = a_user(now), Client()
    sign_in(owner)
    key, codes = enrol(owner, hour)
    assert key not in str(dict(owner.session))
    hour.pass_by(hours=1)
    client = Client()
    assert sign_in(client).headers["Location"] == "/account/second-factor"
    assert client.get("/ui/menu").status_code == 302
    wrong = client.post("/account/second-factor", {"code": "123456"})
    assert wrong.status_code == 409
    assert "等验证器显示下一个口令" in wrong.content.decode()
    code = pyotp.TOTP(key).at(hour.now)
    assert client.post("/account/second-factor", {"code": code}).headers["Location"] == "/ui/menu"
    assert client.get("/ui/menu").status_code == 200
    # the same code again, on another device
    other = Client()
    sign_in(other, "https://evil.example/")
    assert other.post("/account/second-factor", {"code": code}).status_code == 409
    assert other.post("/account/second-factor", {"code": codes[0]}).headers["Location"] == "/"
    said = client.get("/account/security").content.decode()
    assert "还剩 9 个恢复码" in said
    assert "恢复码" in said
    # renewing and taking off both ask for a code
    hour.pass_by(minutes=1)
    assert client.post("/account/totp/recovery", {"code": codes[0]}).status_code == 409
    renewed = client.post("/account/totp/recovery", {"code": pyotp.TOTP(key).at(hour.now)}).content.decode()
    assert codes[1] not in renewed
    fresh = re.findall(r"<code>([0-9a-z]{5}-[0-9a-z]{5})</code>", renewed)
    assert client.post("/account/totp/remove", {"code": fresh[0]}).headers["Location"] == "/account/security"
    assert find_totp(user) is None
    assert sign_in(Client()).headers["Location"] == "/ui/menu"


def test_half_a_sign_in_ends_by_time_and_by_another_password(now: datetime, hour: Hour) -> None:
    user, owner, client = a_user(now), Client(), Client()
    sign_in(owner)
    key, _codes = enrol(owner, hour)
    hour.pass_by(minutes=5)
    sign_in(client)
    hour.pass_by(minutes=11)
    late = client.post("/account/second-factor", {"code": pyotp.TOTP(key).at(hour.now)})
    assert late.headers["Location"] == "/account/login"
    sign_in(client)
    owner.post("/account/password", {"present": PASSWORD, "password": NEW, "again": NEW})
    user.refresh_from_db()
    assert user.check_password(NEW)
    assert client.get("/account/second-factor").headers["Location"] == "/account/login"
    assert Client().get("/account/second-factor").headers["Location"] == "/account/login"


def test_guessing_the_second_factor_locks_the_account(now: datetime, hour: Hour) -> None:
    a_user(now)
    owner, client = Client(), Client()
    sign_in(owner)
    key, _codes = enrol(owner, hour)
    hour.pass_by(minutes=30)
    for _guess in range(5):
        sign_in(client)
        client.post("/account/second-factor", {"code": "000000"})
    assert "账户已锁定" in client.post("/account/second-factor", {"code": "000000"}).content.decode()
    assert sign_in(Client()).status_code == 409
    hour.pass_by(minutes=16)
    sign_in(client)
    assert client.post("/account/second-factor", {"code": pyotp.TOTP(key).at(hour.now)}).status_code == 302


def test_a_role_that_must_have_it_sees_nothing_before(world: World, hour: Hour, settings: Any) -> None:
    settings.FEIDI_REQUIRE_SECOND_FACTOR = frozenset({"verifier"})
    verifier, officer = Client(), Client()
    verifier.force_login(world.users["verifier"])
    officer.force_login(world.users["officer"])
    assert officer.get("/").status_code == 200
    assert verifier.get("/").headers["Location"] == "/account/totp/enrol"
    assert "您的角色必须使用第二因素" in verifier.get("/account/totp/enrol").content.decode()
    _key, codes = enrol(verifier, hour)
    assert verifier.get("/").status_code == 200
    assert verifier.get("/account/totp/enrol").headers["Location"] == "/account/security"
    assert "/account/totp/remove" not in verifier.get("/account/security").content.decode()
    assert verifier.post("/account/totp/remove", {"code": codes[0]}).status_code == 409
    assert find_totp(world.users["verifier"]) is not None


def test_phone_and_code_sign_in(now: datetime, hour: Hour, settings: Any) -> None:
    user, client = a_user(now), Client()
    assert client.get("/account/sms").status_code == 404
    settings.FEIDI_SMS_GATEWAY = "memory"
    sms.MemoryGateway.outbox.clear()
    set_phone(actor=ADMIN, now=now, user=user, number=NUMBER)
    assert "/account/sms" in client.get("/account/login").content.decode()
    assert client.get("/account/sms/code").headers["Location"] == "/account/sms"
    # a strange number and a known one are answered by the same page
    pages = []
    for number in ("138-0000-5678", NUMBER):
        asked = client.post("/account/sms", {"number": number, "next": "/ui/menu"})
        assert asked.headers["Location"] == "/account/sms/code"
        entered = client.get("/account/sms/code").content.decode()
        pages.append(re.sub(r'csrfmiddlewaretoken" value="[^"]*"|X-CSRFToken": "[^"]*"|1\d\d\*{4}\d{4}', "", entered))
    assert pages[0] == pages[1]
    sms.settle()
    (message,) = sms.MemoryGateway.outbox
    assert client.post("/account/sms/code", {"code": "0000000"}).status_code == 409
    assert client.post("/account/sms/code", {"code": message.code}).headers["Location"] == "/ui/menu"
    assert client.get("/ui/menu").status_code == 200
    assert SignInAttempt.objects.get(login="zhang.san").method == "sms_code"
    assert client.post("/account/sms", {"number": NUMBER}).status_code == 409
    assert client.post("/account/sms", {"number": "12"}).status_code == 409
    # a second factor stands behind the code too
    enrol(client, hour)
    hour.pass_by(minutes=2)
    again = Client()
    again.post("/account/sms", {"number": NUMBER})
    sms.settle()
    entered = again.post("/account/sms/code", {"code": sms.MemoryGateway.outbox[-1].code})
    assert entered.headers["Location"] == "/account/second-factor"


def test_ones_own_number_is_confirmed_by_a_code(now: datetime, hour: Hour, settings: Any) -> None:
    settings.FEIDI_SMS_GATEWAY = "memory"
    sms.MemoryGateway.outbox.clear()
    user, client = a_user(now), Client()
    sign_in(client)
    assert client.post("/account/phone", {"number": NUMBER, "present": "no"}).status_code == 422
    client.post("/account/phone", {"number": NUMBER, "present": PASSWORD})
    sms.settle()
    code = sms.MemoryGateway.outbox[0].code
    # somebody else's session cannot spend it
    other = Client()
    other.force_login(a_user(now, "li.si", "李四"))
    hour.pass_by(minutes=1)
    other.post("/account/phone", {"number": NUMBER, "present": PASSWORD})
    assert other.post("/account/phone/code", {"code": code}).status_code == 409
    assert client.post("/account/phone/code", {"code": code}).headers["Location"] == "/account/security"
    phone = find_phone(user)
    assert phone is not None
    assert phone.verified_at is not None
    page = client.get("/account/security").content.decode()
    assert "139****1234" in page
    assert NUMBER not in page
    sms.settle()
    taken = other.post("/account/phone/code", {"code": sms.MemoryGateway.outbox[-1].code})
    assert "已用于另一个账号" in taken.content.decode()
    client.post("/account/phone/remove")
    assert find_phone(user) is None


def test_an_invitation_leads_to_a_password_and_in(now: datetime, hour: Hour) -> None:
    user, token = invite_user(actor=ADMIN, now=now, login="wang.wu", display_name="王五")
    link, client = f"/account/invitation/{token}", Client()
    page = client.get(link)
    assert "wang.wu" in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert client.post(link, {"password": NEW, "again": NEW + "x"}).status_code == 422
    weak = client.post(link, {"password": "1234567890", "again": "1234567890"})
    assert weak.status_code == 409
    assert client.post(link, {"password": NEW, "again": NEW}).headers["Location"] == "/"
    assert client.get("/ui/menu").status_code == 200
    assert "邀请链接已失效" in Client().get(link).content.decode()
    # a new link for a forgotten password asks who has one for the second factor
    user.refresh_from_db()
    enrol(client, hour)
    second = renew_invitation(actor=ADMIN, now=hour.now, user=user, reason="忘记密码")
    lost = Client()
    answer = lost.post(f"/account/invitation/{second}", {"password": PASSWORD, "again": PASSWORD})
    assert answer.headers["Location"] == "/account/second-factor"
    assert client.get("/ui/menu").status_code == 302
    assert actor_for_user(User.objects.get(pk=user.pk), now).grants == ()


@pytest.mark.parametrize(
    ("https", "header", "address"),
    [
        (False, "198.51.100.7", "127.0.0.1"),
        (True, "198.51.100.9, 198.51.100.7", "198.51.100.7"),
        (True, "junk", None),
        (True, "", None),
    ],
)
def test_the_address_is_the_proxys_word_only_behind_the_proxy(
    settings: Any, https: bool, header: str, address: str | None
) -> None:
    settings.FEIDI_HTTPS = https
    Client().post("/account/login", {"login": "nobody", "password": "x"}, headers={"X-Forwarded-For": header})
    assert SignInAttempt.objects.get().address == address
