"""From an invitation to a second factor in a real browser: at both widths, axe clean, under the strict CSP."""

from __future__ import annotations

from typing import Any

import pyotp
import pytest

from feidi.kernel.identity import sms
from feidi.kernel.identity.models import User
from tests.journeys.walking import Walker, walking

pytestmark = pytest.mark.journey
OWN = "binhai-harbour-88"


@pytest.fixture(autouse=True)
def _everything_is_offered(settings: Any) -> None:
    settings.FEIDI_SMS_GATEWAY = "memory"
    settings.FEIDI_OIDC_ISSUER, settings.FEIDI_OIDC_CLIENT_ID = "https://id.example.cn", "feidi"
    sms.MemoryGateway.outbox.clear()


def test_ways_in(browser: Any, server: str, world: Any) -> None:
    with walking(browser, server, "ways-in") as admin, walking(browser, server, "ways-in") as newcomer:
        admin.sign_in("admin")
        newcomer.page.goto(invited(admin, world))
        set_password(newcomer)
        recovery_code = set_up_second_factor(newcomer)
        newcomer.go("/")
        newcomer.page.locator("summary:has(.topbar-name)").click()
        newcomer.press("退出")
        enter_by_phone(newcomer, recovery_code)
        newcomer.go("/account/oidc/bind")
        newcomer.look("bind")
        admin.page.reload()
        assert admin.says("恢复码")
        admin.refuse_with("重设第二因素", "丢了手机", send="重设")
        admin.look("reset")
        newcomer.page.reload()
        assert "/account/login" in newcomer.page.url


def invited(admin: Walker, world: Any) -> str:
    """Invite an officer; returns the link."""
    admin.go("/accounts/")
    admin.look("accounts")
    admin.follow("邀请用户")
    admin.fill(login="chenxiao", display_name="陈晓", role="招商专员（驻点）", phone="13900001234")
    admin.fill(outpost=world.outpost.short_name)
    admin.look("invite")
    admin.press("开通并生成链接")
    admin.look("link")
    text = admin.page.inner_text("#link")
    link = next(word for word in text.split() if "/account/invitation/" in word)
    admin.follow("已经发出")
    admin.look("account")
    return link


def set_password(newcomer: Walker) -> None:
    newcomer.look("invitation")
    newcomer.page.fill("[name=password]", OWN)
    newcomer.page.fill("[name=again]", OWN)
    newcomer.press("保存并进入")
    assert newcomer.page.url == f"{newcomer.server}/"


def set_up_second_factor(newcomer: Walker) -> str:
    """Set it up from the page of one's own ways in; returns a recovery code."""
    page = newcomer.page
    newcomer.go("/account/security")
    newcomer.look("security")
    newcomer.follow("启用第二因素")
    newcomer.look("enrol")
    # the picture itself is drawn: the CSP lets it through
    assert page.evaluate("document.querySelector('main img').naturalWidth") > 100
    secret = page.inner_text("main code").replace(" ", "")
    page.fill("[name=code]", pyotp.TOTP(secret).now())
    newcomer.press("启用")
    newcomer.look("recovery-codes")
    code = page.inner_text("main li:first-child code")
    newcomer.follow("已经收好")
    assert newcomer.says("还剩 10 个恢复码")
    newcomer.look("security-on")
    return code


def enter_by_phone(newcomer: Walker, recovery_code: str) -> None:
    page = newcomer.page
    newcomer.look("login")
    newcomer.follow("用手机验证码登录")
    newcomer.look("sms")
    page.fill("[name=number]", "139 0000 1234")
    newcomer.press("获取验证码")
    newcomer.look("sms-code")
    page.fill("[name=code]", "000000x")
    newcomer.press("登录")
    assert newcomer.says("验证码不对或已失效")
    newcomer.look("sms-refused")
    sms.settle()
    page.fill("[name=code]", sms.MemoryGateway.outbox[-1].code)
    newcomer.press("登录")
    newcomer.look("second-factor")
    page.fill("[name=code]", recovery_code)
    newcomer.press("登录")
    page.wait_for_selector(".topbar-name")
    assert User.objects.get(login="chenxiao").last_login is not None
