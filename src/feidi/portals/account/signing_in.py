"""What every way of signing in shares: where one goes on to, from where one comes, and the second factor between."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from feidi.kernel.identity.enums import SignInMethod
from feidi.kernel.identity.models import User
from feidi.kernel.identity.services.second_factors import find_totp
from feidi.kernel.identity.services.signing_in import record_attempt
from feidi.portals.ui.addresses import client_address
from feidi.portals.ui.requests import FeidiRequest

#: HTTP status of a form that is sent back with errors.
INVALID = 422
#: How long somebody may take between the first step and the second factor.
PENDING_FOR = timedelta(minutes=10)
_PENDING = "account.pending"


def onward_of(request: HttpRequest, fallback: str = "") -> str:
    """Return where to go on, only ever an address of this site."""
    return safe_onward(request, request.POST.get("next") or request.GET.get("next") or "", fallback)


def safe_onward(request: HttpRequest, wanted: str, fallback: str = "") -> str:
    """Return ``wanted`` when it is an address of this site, else ``fallback``."""
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else fallback


def enter(request: FeidiRequest, user: User, method: SignInMethod, onward: str) -> HttpResponse:
    """Sign ``user`` in after a first step, or ask for the second factor of who has one."""
    asked = find_totp(user) is not None
    record_attempt(
        login=user.login,
        address=client_address(request),
        succeeded=True,
        now=request.now,
        method=SignInMethod.FIRST_STEP if asked else method,
    )
    if not asked:
        auth.login(request, user)
        return redirect(onward or "/")
    request.session.cycle_key()
    request.session[_PENDING] = {
        "uid": user.uid,
        "at": request.now.isoformat(),
        "onward": onward,
        "stands": user.get_session_auth_hash(),
    }
    return redirect("account:second_factor")


def pending_user(request: FeidiRequest) -> User | None:
    """Return who has passed the first step lately; a password changed meanwhile ends it."""
    pending = request.session.get(_PENDING) or {}
    if not pending or datetime.fromisoformat(pending["at"]) + PENDING_FOR < request.now:
        return None
    user = User.objects.filter(uid=pending["uid"], is_active=True).first()
    return user if user is not None and user.get_session_auth_hash() == pending["stands"] else None


def complete(request: FeidiRequest, user: User) -> HttpResponse:
    """Sign ``user`` in after the second factor."""
    pending = request.session.pop(_PENDING, {})
    auth.login(request, user)
    return redirect(pending.get("onward") or "/")
