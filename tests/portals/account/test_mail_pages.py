"""Digests are chosen on one's own account, and ended from the mail without signing in."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail as outbox
from django.test import Client
from django.urls import reverse

from feidi.domain.matching.services.alerts import alert_needs
from feidi.kernel.access import schedule_actor
from feidi.kernel.jobs.services import run_pending
from feidi.kernel.notify.models import Subscription
from feidi.kernel.notify.services import send_digests
from feidi.kernel.notify.services.subscriptions import stop_token
from tests.support.profiles import make_profile
from tests.support.world import World

pytestmark = pytest.mark.django_db
CLOCK = schedule_actor("notify.daily_digest")
PAGE = "/account/mail"


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: now)


def client_of(world: World, login: str, email: str = "zhang@example.cn") -> Client:
    user = world.users[login]
    user.email = email
    user.save()
    client = Client()
    client.force_login(user)
    return client


def said(response: Any) -> str:
    return str(response.content.decode())


def test_nothing_is_chosen_until_somebody_does(world: World) -> None:
    officer = client_of(world, "officer")
    html = said(officer.get(PAGE))
    assert "checked" not in html
    assert "需求的新供给" in html
    assert "候选名单" not in html, "what is not the officer's is not offered"
    done = officer.post(PAGE, {"topics": ["matching.offers"]})
    assert (done.status_code, done.headers["Location"]) == (302, PAGE)
    assert "checked" in said(officer.get(PAGE))
    assert officer.post(PAGE, {"topics": ["matching.lists"]}).status_code == 422
    assert Subscription.objects.get(ended_at=None).topic == "matching.offers"
    officer.post(PAGE, {})
    assert not Subscription.objects.filter(ended_at=None).exists()
    assert "候选名单" in said(client_of(world, "tenant").get(PAGE))
    assert "没有与您有关的摘要" in said(client_of(world, "admin").get(PAGE))


def test_without_an_address_the_page_says_whom_to_ask(world: World) -> None:
    officer = client_of(world, "officer", email="")
    assert "请管理员登记" in said(officer.get(PAGE))
    refused = officer.post(PAGE, {"topics": ["matching.offers"]})
    assert refused.status_code == 409
    assert "没有登记邮箱" in said(refused)
    assert not Subscription.objects.exists()


def test_a_new_offer_comes_by_mail_and_one_tap_ends_it(world: World) -> None:
    officer = client_of(world, "officer")
    officer.post(PAGE, {"topics": ["matching.offers"]})
    need = make_profile(world, "need", owner="云溪甲陶瓷有限公司", title="窑炉温度飘")
    make_profile(world, "offer", owner="滨海乙检测有限公司")
    alert_needs(actor=CLOCK, now=world.now, outpost=world.outpost)
    later = world.now + timedelta(minutes=1)
    assert send_digests(actor=CLOCK, now=later) == 1
    run_pending(clock=lambda: later)
    [sent] = outbox.outbox
    assert need.number in sent.body
    for personal in ("窑炉温度飘", "云溪甲陶瓷", "滨海乙检测", world.users["officer"].display_name):
        assert personal not in sent.body
    assert "今日摘要 2026-11-23" in said(officer.get(PAGE))
    link = sent.extra_headers["List-Unsubscribe"].strip("<>").partition("://")[2].partition("/")[2]
    stranger = Client(enforce_csrf_checks=True)
    assert "不再收摘要" in said(stranger.get(f"/{link}"))
    assert Subscription.objects.filter(ended_at=None).exists(), "looking ends nothing"
    assert "已退订" in said(stranger.post(f"/{link}", {"List-Unsubscribe": "One-Click"}))
    assert not Subscription.objects.filter(ended_at=None).exists()


def test_a_link_that_nobody_wrote(world: World) -> None:
    token = stop_token(world.users["officer"])
    for wrong in (f"{token}x", "nonsense"):
        page = Client().get(reverse("account:mail_stop", args=[wrong]))
        assert page.status_code == 404
        assert "认不出来" in said(page)
        assert Client().post(reverse("account:mail_stop", args=[wrong])).status_code == 404
    assert Client().get(PAGE).status_code == 302
