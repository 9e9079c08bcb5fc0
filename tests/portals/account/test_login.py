"""Signing in: who gets in, who is told why not, and where one goes on to."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client

from feidi.kernel.access import schedule_actor
from feidi.kernel.identity.models import SignInAttempt, User
from feidi.kernel.identity.services.users import add_user, close_user

PASSWORD = "yunxi-bridge-2026"
NEW = "binhai-harbour-88"
SYSTEM = schedule_actor("test")


@pytest.fixture
def user(db: None, now: datetime) -> User:
    return add_user(actor=SYSTEM, now=now, login="zhang.san", display_name="张三", password=PASSWORD, must_change=False)


def _sign_in(client: Client, password: str = PASSWORD, login: str = "zhang.san", onward: str = "/ui/menu") -> str:
    response = client.post("/account/login", {"login": login, "password": password, "next": onward})
    return response.headers.get("Location", "") or response.content.decode()


def test_the_right_password_goes_on_to_where_the_visitor_was_going(user: User) -> None:
    client = Client()
    assert _sign_in(client, login=" Zhang.San ") == "/ui/menu"
    assert "张三" in client.get("/ui/menu").content.decode()
    attempt = SignInAttempt.objects.get()
    assert (attempt.login, attempt.succeeded, attempt.address) == ("zhang.san", True, "127.0.0.1")


@pytest.mark.parametrize("onward", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_nobody_is_sent_to_another_site(user: User, onward: str) -> None:
    assert _sign_in(Client(), onward=onward) == "/"


def test_a_wrong_password_is_told_without_saying_which_half_is_wrong(user: User) -> None:
    wrong, unknown = _sign_in(Client(), "no"), _sign_in(Client(), "no", login="li.si")
    assert "登录名或密码不对" in wrong
    assert "登录名或密码不对" in unknown
    assert PASSWORD not in wrong


def test_five_failures_lock_even_the_right_password_for_a_while(user: User) -> None:
    start = datetime(2026, 11, 23, 9, 30).astimezone()
    client = Client()
    with time_machine.travel(start, tick=False):
        for _ in range(5):
            _sign_in(client, "no")
        answer = client.post("/account/login", {"login": "zhang.san", "password": PASSWORD})
        assert answer.status_code == 409
        assert SignInAttempt.objects.filter(succeeded=True).count() == 0
    with time_machine.travel(start + timedelta(minutes=16), tick=False):
        assert _sign_in(client) == "/ui/menu"


def test_a_closed_account_neither_signs_in_nor_stays_in(user: User, now: datetime) -> None:
    client = Client()
    _sign_in(client)
    close_user(actor=SYSTEM, now=now, user=user, reason="离职")
    assert client.get("/ui/menu").headers["Location"].startswith("/account/login")
    assert "登录名或密码不对" in _sign_in(Client())


def test_signing_out_needs_a_form_and_ends_the_session(user: User) -> None:
    client = Client()
    _sign_in(client)
    assert client.get("/account/logout").status_code == 405
    client.post("/account/logout")
    assert client.get("/ui/menu").status_code == 302


def test_a_form_without_its_token_says_that_nothing_was_saved(user: User) -> None:
    response = Client(enforce_csrf_checks=True).post("/account/login", {"login": "zhang.san", "password": PASSWORD})
    assert response.status_code == 403
    assert "页面已过期，没有保存" in response.content.decode()
    assert not SignInAttempt.objects.exists()


def _change(client: Client, present: str, password: str, again: str) -> str:
    response = client.post("/account/password", {"present": present, "password": password, "again": again})
    return response.headers.get("Location", "") or response.content.decode()


def test_changing_the_password_keeps_this_session_and_ends_the_others(user: User) -> None:
    here, elsewhere = Client(), Client()
    _sign_in(here)
    _sign_in(elsewhere)
    assert _change(here, PASSWORD, NEW, NEW) == "/"
    assert "密码已修改" in here.get("/ui/menu").content.decode()
    assert elsewhere.get("/ui/menu").status_code == 302
    assert _sign_in(Client(), NEW) == "/ui/menu"


@pytest.mark.parametrize(
    ("present", "password", "again", "complaint"),
    [
        ("no", NEW, NEW, "现在的密码不对"),
        (PASSWORD, NEW, NEW + "x", "两次输入的新密码不一样"),
        (PASSWORD, PASSWORD, PASSWORD, "新密码与现在的密码相同"),
        (PASSWORD, "1234567890", "1234567890", "数字"),
        (PASSWORD, "", "", "这一项没有填"),
    ],
)
def test_a_password_that_will_not_do_is_refused_with_the_reason(
    user: User, present: str, password: str, again: str, complaint: str
) -> None:
    client = Client()
    _sign_in(client)
    assert complaint in _change(client, present, password, again)
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


@pytest.mark.django_db
def test_the_language_is_remembered_on_this_device() -> None:
    client = Client()
    response = client.post("/account/language", {"language": "en", "next": "/account/login"})
    assert response.headers["Location"] == "/account/login"
    assert '<html lang="en"' in client.get("/account/login").content.decode()
    client.post("/account/language", {"language": "xx", "next": "https://evil.example/"})
    assert '<html lang="en"' in client.get("/account/login").content.decode()


@pytest.mark.django_db
def test_demonstration_data_says_so_in_title_and_banner(settings: object) -> None:
    settings.FEIDI_DEMONSTRATION = True  # type: ignore[attr-defined]
    page = Client().get("/account/login").content.decode()
    assert "· 演示数据</title>" in page
    assert page.count("演示数据") == 2
