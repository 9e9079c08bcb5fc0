"""Signing in and out, choosing a password and a language."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.contrib import auth, messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from feidi.engines.findings import RefusedError
from feidi.kernel.identity.models import User
from feidi.kernel.identity.services.signing_in import check_not_locked, record_attempt
from feidi.kernel.identity.services.users import change_password
from feidi.portals.account.forms import LoginForm, PasswordChangeForm
from feidi.portals.ui.forms import add_refusal
from feidi.portals.ui.refusals import REFUSED
from feidi.portals.ui.requests import FeidiRequest

#: HTTP status of a form that is sent back with errors.
INVALID = 422
_YEAR = 365 * 24 * 3600


def _next(request: HttpRequest, fallback: str = "") -> str:
    """Return where to go on, only ever an address of this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else fallback


def _authenticate(request: FeidiRequest, form: LoginForm) -> User | None:
    """Check login and password under the lock-out, writing the attempt down. Raises ``RefusedError`` when locked."""
    login, address = form.cleaned_data["login"], request.META.get("REMOTE_ADDR") or None
    check_not_locked(login=login, now=request.now)
    user = auth.authenticate(request, username=login, password=form.cleaned_data["password"])
    record_attempt(login=login, address=address, succeeded=user is not None, now=request.now)
    return user


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def login(request: FeidiRequest) -> HttpResponse:
    """Sign in, then go where the visitor was going; says why not, and for how long, when refused."""
    onward = _next(request, resolve_url(settings.LOGIN_REDIRECT_URL))
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
                    auth.login(request, user)
                    return redirect(onward)
                form.add_error(None, _("登录名或密码不对。如何修正：检查大小写和输入法后再试；忘记密码请管理员重设。"))
    return render(request, "account/login.html", {"form": form, "onward": _next(request)}, status=status)


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
    response = redirect(_next(request, "/"))
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
