"""Signing in through a provider: bound or matched accounts only, and no answer that was not asked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from feidi.kernel.audit.verify import verify
from feidi.kernel.identity import oidc
from feidi.kernel.identity.models import ExternalIdentity, SignInAttempt, User
from feidi.kernel.identity.services.phones import set_phone
from feidi.kernel.identity.services.users import close_user, update_user
from tests.kernel.identity.people import ADMIN, NUMBER, PASSWORD, a_user
from tests.kernel.identity.provider import CLIENT, SECRET, Provider, running_provider

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def provider(now: datetime, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: now)
    oidc.discover.cache_clear()
    with running_provider(now) as running:
        settings.FEIDI_OIDC_ISSUER = running.issuer
        settings.FEIDI_OIDC_CLIENT_ID, settings.FEIDI_OIDC_CLIENT_SECRET = CLIENT, SECRET
        settings.FEIDI_OIDC_NAME = "粤政易"
        yield running


def sign_in(client: Client, provider: Provider, onward: str = "/ui/menu") -> Any:
    away = client.get("/account/oidc/start", {"next": onward})
    assert away.headers["Location"].startswith(f"{provider.issuer}/authorize?")
    return client.get(f"/account/oidc/callback?{provider.allow(away.headers['Location'])}")


def bind(client: Client, provider: Provider) -> Any:
    page = client.post("/account/oidc/bind", {"present": PASSWORD}).content.decode()
    away = page.split(f'href="{provider.issuer}')[1].split('"')[0].replace("&amp;", "&")
    return client.get(f"/account/oidc/callback?{provider.allow(provider.issuer + away)}")


def test_a_bound_account_goes_straight_in_and_nobody_else_does(now: datetime, provider: Provider) -> None:
    user, client = a_user(now), Client()
    assert "粤政易" in client.get("/account/login").content.decode()
    # the provider knows them, we do not: nothing is opened silently
    refused = sign_in(client, provider)
    assert (refused.status_code, refused.context["refusal"].code) == (409, "identity.oidc_unknown")
    assert User.objects.count() == 1
    client.force_login(user)
    wrong = client.post("/account/oidc/bind", {"present": "no"})
    assert wrong.status_code == 422
    assert bind(client, provider).headers["Location"] == "/account/security"
    assert "已绑定" in client.get("/account/security").content.decode()
    entered = Client()
    assert sign_in(entered, provider).headers["Location"] == "/ui/menu"
    assert entered.get("/ui/menu").status_code == 200
    assert SignInAttempt.objects.get(method="oidc").succeeded
    # another account cannot take the same identity, and unbinding ends it
    other = Client()
    other.force_login(a_user(now, "li.si", "李四"))
    assert bind(other, provider).context["refusal"].code == "identity.oidc_taken"
    client.post("/account/oidc/unbind")
    assert sign_in(Client(), provider).context["refusal"].code == "identity.oidc_unknown"
    assert verify().faults == ()


@pytest.mark.parametrize("onward", ["https://evil.example/", "//evil.example"])
def test_nobody_is_sent_to_another_site(now: datetime, provider: Provider, onward: str) -> None:
    user = a_user(now)
    ExternalIdentity.objects.create(user=user, issuer=provider.issuer, subject="sub-1", created_at=now)
    assert sign_in(Client(), provider, onward).headers["Location"] == "/"


@pytest.mark.parametrize(
    ("match", "claims", "enters"),
    [
        (("phone",), {"phone_number": "+8613900001234", "phone_number_verified": True}, True),
        (("phone",), {"phone_number": "+8613900001234", "phone_number_verified": False}, False),
        (("phone",), {"phone_number": "+8613900001234"}, False),
        (("phone",), {"phone_number": "junk", "phone_number_verified": True}, False),
        (("email",), {"email": "Zhang@example.cn", "email_verified": True}, True),
        (("email",), {"email": "zhang@example.cn", "email_verified": "true"}, False),
        ((), {"email": "zhang@example.cn", "email_verified": True}, False),
    ],
)
def test_only_a_verified_claim_that_the_settings_trust_matches(
    now: datetime, provider: Provider, settings: Any, match: tuple[str, ...], claims: dict[str, Any], enters: bool
) -> None:
    user = a_user(now)
    set_phone(actor=ADMIN, now=now, user=user, number=NUMBER)
    update_user(actor=ADMIN, now=now, user=user, display_name="张三", email="zhang@example.cn")
    settings.FEIDI_OIDC_MATCH, provider.claims = match, claims
    client = Client()
    assert (sign_in(client, provider).status_code == 302) is enters
    assert ExternalIdentity.objects.filter(user=user).exists() is enters


def test_a_mail_address_of_two_accounts_matches_neither(now: datetime, provider: Provider, settings: Any) -> None:
    for login in ("zhang.san", "zhang.san2"):
        update_user(actor=ADMIN, now=now, user=a_user(now, login), display_name="张三", email="zhang@example.cn")
    settings.FEIDI_OIDC_MATCH = ("email",)
    provider.claims = {"email": "zhang@example.cn", "email_verified": True}
    assert sign_in(Client(), provider).status_code == 409


@pytest.mark.parametrize("broken", ["issuer", "audience", "nonce", "expired", "signature", "none"])
def test_a_token_that_is_not_for_us_now_signs_nobody_in(now: datetime, provider: Provider, broken: str) -> None:
    ExternalIdentity.objects.create(user=a_user(now), issuer=provider.issuer, subject="sub-1", created_at=now)
    provider.broken, client = broken, Client()
    refused = sign_in(client, provider)
    assert (refused.status_code, refused.context["refusal"].params) == (409, {"why": "token"})
    assert client.get("/ui/menu").status_code == 302


def test_an_answer_nobody_asked_for_is_refused(now: datetime, provider: Provider) -> None:
    user = a_user(now)
    ExternalIdentity.objects.create(user=user, issuer=provider.issuer, subject="sub-1", created_at=now)
    client, attacker = Client(), Client()
    stolen = provider.allow(attacker.get("/account/oidc/start").headers["Location"])
    assert client.get(f"/account/oidc/callback?{stolen}").context["refusal"].code == "identity.oidc_failed"
    client.get("/account/oidc/start")
    assert client.get(f"/account/oidc/callback?{stolen}").context["refusal"].params == {"why": "state"}
    # the question is spent by its first answer, and a code by its first use
    away = client.get("/account/oidc/start").headers["Location"]
    query = provider.allow(away)
    assert client.get(f"/account/oidc/callback?{query}").status_code == 302
    assert client.get(f"/account/oidc/callback?{query}").status_code == 409
    denied = Client()
    denied.get("/account/oidc/start")
    assert "access_denied" in denied.get("/account/oidc/callback?error=access_denied").content.decode()
    close_user(actor=ADMIN, now=now, user=user, reason="离岗")
    assert sign_in(Client(), provider).context["refusal"].code == "identity.oidc_unknown"


def test_a_provider_that_does_not_answer_is_told_so(settings: Any, provider: Provider) -> None:
    settings.FEIDI_OIDC_ISSUER = provider.issuer + "/other"
    assert Client().get("/account/oidc/start").context["refusal"].code == "identity.oidc_unreachable"
    settings.FEIDI_OIDC_ISSUER = "http://127.0.0.1:1"
    assert Client().get("/account/oidc/start").context["refusal"].code == "identity.oidc_unreachable"
    settings.FEIDI_OIDC_ISSUER = ""
    assert Client().get("/account/oidc/start").status_code == 404
    assert "oidc" not in Client().get("/account/login").content.decode()
