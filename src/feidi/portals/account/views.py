"""Signing in and out, choosing a password and a language."""

from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.contrib import auth, messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from feidi.engines.findings import RefusedError
from feidi.kernel.identity.enums import SignInMethod
from feidi.kernel.identity.models import User
from feidi.kernel.identity.oidc import oidc_offered
from feidi.kernel.identity.services.signing_in import check_not_locked, record_attempt
from feidi.kernel.identity.services.users import change_password
from feidi.kernel.identity.sms import sms_offered
from feidi.portals.account.forms import LoginForm, PasswordChangeForm
from feidi.portals.account.signing_in import INVALID, enter, onward_of
from feidi.portals.ui.addresses import client_address
from feidi.portals.ui.forms import add_refusal
from feidi.portals.ui.refusals import REFUSED
from feidi.portals.ui.requests import FeidiRequest

_YEAR = 365 * 24 * 3600


def _authenticate(request: FeidiRequest, form: LoginForm) -> User | None:
    """Check login and password under the lock-out, writing a failure down. Raises ``RefusedError`` when locked."""
    login = form.cleaned_data["login"]
    check_not_locked(login=login, now=request.now)
    user = auth.authenticate(request, username=login, password=form.cleaned_data["password"])
    if user is None:
        record_attempt(login=login, address=client_address(request), succeeded=False, now=request.now)
    return user


def other_ways() -> dict[str, Any]:
    """Return what else than a password this installation offers to sign in by."""
    name = settings.FEIDI_OIDC_NAME or _("统一身份认证")
    return {"sms": sms_offered(), "oidc": oidc_offered(), "oidc_name": name}


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def login(request: FeidiRequest) -> HttpResponse:
    """Sign in, then go where the visitor was going; says why not, and for how long, when refused."""
    onward = onward_of(request, resolve_url(settings.LOGIN_REDIRECT_URL))
    if request.user.is_authenticated:
        return redirect(onward)
    form, status = LoginForm(request.POST or None), 200
    if request.method == "POST":
        status = INVALID
        if form.is_valid():
            try:
                user = _authenticate(request, form)
            except RefusedError as error:
                add_refusal(form, error.refusal)
                status = REFUSED
            else:
                if user is not None:
                    return enter(request, user, SignInMethod.PASSWORD, onward)
                form.add_error(None, _("登录名或密码不对。如何修正：检查大小写和输入法后再试；忘记密码请管理员重设。"))
    return render(
        request, "account/login.html", {"form": form, "onward": onward_of(request), **other_ways()}, status=status
    )


@require_POST
def logout(request: FeidiRequest) -> HttpResponse:
    """End the session."""
    auth.logout(request)
    return redirect(settings.LOGOUT_REDIRECT_URL or settings.LOGIN_URL)


@never_cache
@sensitive_post_parameters("present", "password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def password_change(request: FeidiRequest) -> HttpResponse:
    """Choose a new password; the other sessions of this user end, this one goes on."""
    user = cast("User", request.user)
    form = PasswordChangeForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        try:
            change_password(actor=request.actor, now=request.now, user=user, password=form.cleaned_data["password"])
        except RefusedError as error:
            add_refusal(form, error.refusal, {"identity.password_rule": "password"})
        else:
            auth.update_session_auth_hash(request, user)
            messages.success(request, _("密码已修改。其他设备上的登录已失效。"))
            return redirect(settings.LOGIN_REDIRECT_URL)
    status = INVALID if form.errors else 200
    return render(
        request, "account/password_change.html", {"form": form, "forced": user.must_change_password}, status=status
    )


@login_not_required
@require_POST
def language(request: FeidiRequest) -> HttpResponse:
    """Remember the language on this device and go back to the page."""
    response = redirect(onward_of(request, "/"))
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, chosen, max_age=_YEAR, samesite="Lax", secure=request.is_secure()
        )
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the form was too old to be accepted; ``reason`` is Django's, in English, for the log only."""
    del reason
    return render(request, "account/csrf_failure.html", status=403)
