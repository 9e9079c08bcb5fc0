"""Checks of the settings, the keys and the accounts."""

from __future__ import annotations

import json
import os
import stat
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from feidi.kernel.identity.models import User
from feidi.kernel.sealing.keys import FIELD_KEYS_FILE, SECRET_FILE
from feidi.portals.cli.checkup.check import Check, note, ok, problem, unsafe
from feidi.portals.cli.demonstration.accounts import PASSWORD

_LOCAL = frozenset({"localhost", "127.0.0.1", "[::1]", "testserver"})
#: Testing a password is slow on purpose: stop after this many seconds and say how many were tried.
_SECONDS_FOR_PASSWORDS = 8.0
#: The demonstration's, and what people set when they are in a hurry; ``{login}`` is the account's own.
_POOR = ("{login}", "{login}123456", PASSWORD)


def check() -> Iterator[Check]:
    """Yield how the site is set up."""
    yield from _settings()
    yield from _keys()
    yield _passwords()
    yield _signing_in()


def _settings() -> Iterator[Check]:
    if settings.FEIDI_DEMONSTRATION:
        yield note("demonstration")
    yield problem("debug_on") if settings.DEBUG else ok("debug_off")
    yield _hosts(list(settings.ALLOWED_HOSTS))
    yield ok("https") if settings.FEIDI_HTTPS else unsafe("https_off")


def _hosts(hosts: list[str]) -> Check:
    if "*" in hosts:
        return problem("hosts_any")
    named = [host for host in hosts if host not in _LOCAL]
    return ok("hosts", names=", ".join(named)) if named else note("hosts_local")


def _keys() -> Iterator[Check]:
    folder: Path = settings.FEIDI_KEYS
    if not os.environ.get("FEIDI_SECRET_KEY") and not (folder / SECRET_FILE).exists():
        yield problem("secret_missing", path=str(folder / SECRET_FILE))
    open_to_others = [
        path.name
        for path in (folder, folder / SECRET_FILE, folder / FIELD_KEYS_FILE)
        if path.exists() and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    ]
    if open_to_others:
        yield problem("keys_open", names=", ".join(open_to_others), path=str(folder))
    elif folder == settings.FEIDI_FILES or settings.FEIDI_FILES in folder.parents:
        yield problem("keys_among_files", path=str(folder))
    else:
        yield ok("keys", path=str(folder))


def _passwords() -> Check:
    if settings.FEIDI_DEMONSTRATION:
        return note("passwords_demonstration")
    started, tried, poor = time.monotonic(), 0, []
    users = list(User.objects.filter(is_active=True).order_by("pk"))
    for user in users:
        if time.monotonic() - started > _SECONDS_FOR_PASSWORDS:
            break
        tried += 1
        # an invited user has no password yet, which is no poor one
        if any(user.check_password(each.format(login=user.login)) for each in _POOR):
            poor.append(user.login)
    if poor:
        return problem("passwords_poor", count=len(poor), logins=", ".join(poor[:5]))
    return ok("passwords", tried=tried, count=len(users))


def _signing_in() -> Check:
    """Tell whether what the settings say of SMS and OIDC can work."""
    sms, issuer = settings.FEIDI_SMS_GATEWAY, settings.FEIDI_OIDC_ISSUER
    if sms not in {"none", "log", "http"} or (sms == "http" and not (settings.FEIDI_SMS_URL and _is_json())):
        return problem("sms_incomplete", gateway=sms)
    if issuer and not (settings.FEIDI_OIDC_CLIENT_ID and issuer.startswith("https://")):
        return problem("oidc_incomplete", issuer=issuer)
    return unsafe("sms_log") if sms == "log" else ok("signing_in", sms=sms, oidc=issuer or "none")


def _is_json() -> bool:
    try:
        json.loads(settings.FEIDI_SMS_BODY)
    except ValueError:
        return False
    return True
