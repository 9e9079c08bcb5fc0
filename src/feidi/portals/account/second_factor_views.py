"""The second factor: asked for at signing in, set up, renewed, taken off."""

from __future__ import annotations

from typing import cast

import segno
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from feidi.engines.findings import RefusedError
from feidi.kernel.identity.models import User
from feidi.kernel.identity.services import second_factors
from feidi.kernel.sealing import UnreadableError, seal, unseal
from feidi.portals.account.forms import SecondFactorForm, TotpForm
from feidi.portals.account.signing_in import INVALID, complete, pending_user
from feidi.portals.ui.addresses import client_address
from feidi.portals.ui.forms import add_refusal
from feidi.portals.ui.refusals import REFUSED
from feidi.portals.ui.requests import FeidiRequest

_SECRET = "account.enrolment"  # noqa: S105 - a key of the session
_PAGE = ["GET", "HEAD", "POST"]


@login_not_required
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(_PAGE)
def second_factor(request: FeidiRequest) -> HttpResponse:
    """Ask for the second factor of who has passed the first step; back to the start after ten minutes."""
    user = pending_user(request)
    if user is None:
        return redirect("account:login")
    form, status = SecondFactorForm(request.POST or None), 200
    if request.method == "POST":
        status = INVALID
        if form.is_valid():
            try:
                second_factors.pass_second_factor(
                    now=request.now, user=user, code=form.cleaned_data["code"], address=client_address(request)
                )
            except RefusedError as error:
                add_refusal(form, error.refusal)
                status = REFUSED
            else:
                return complete(request, user)
    return render(request, "account/second_factor.html", {"form": form}, status=status)


@never_cache
@sensitive_post_parameters("code")
@sensitive_variables("secret", "codes")
@require_http_methods(_PAGE)
def totp_enrol(request: FeidiRequest) -> HttpResponse:
    """Set the second factor up: QR code and secret, a first code to confirm it, then the recovery codes, once."""
    user = cast("User", request.user)
    if second_factors.find_totp(user) is not None:
        return redirect("account:security")
    form, status = TotpForm(request.POST or None), 200
    secret = _enrolment_secret(request, user)
    if request.method == "POST":
        status = INVALID
        if form.is_valid():
            try:
                codes = second_factors.add_totp(
                    actor=request.actor, now=request.now, user=user, secret=secret, code=form.cleaned_data["code"]
                )
            except RefusedError as error:
                add_refusal(form, error.refusal)
                status = REFUSED
            else:
                del request.session[_SECRET]
                return render(request, "account/recovery_codes.html", {"codes": codes})
    picture = segno.make(second_factors.enrolment_uri(user, secret), error="m")
    context = {"form": form, "qr": picture.svg_data_uri(scale=5, border=3), "secret": _grouped(secret)}
    return render(request, "account/totp_enrol.html", context, status=status)


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(_PAGE)
def totp_remove(request: FeidiRequest) -> HttpResponse:
    """Take one's own second factor off, against a code of it."""
    return _against_a_code(request, remove=True)


@never_cache
@sensitive_post_parameters("code")
@sensitive_variables("codes")
@require_http_methods(_PAGE)
def recovery_renew(request: FeidiRequest) -> HttpResponse:
    """Make ten new recovery codes, against a code of the app; shown once."""
    return _against_a_code(request, remove=False)


def _against_a_code(request: FeidiRequest, *, remove: bool) -> HttpResponse:
    """Ask for a code, then take the second factor off or renew its recovery codes."""
    user = cast("User", request.user)
    form, status = SecondFactorForm(request.POST or None), 200
    if request.method == "POST":
        status = INVALID
        if form.is_valid():
            try:
                return _done(request, user, form.cleaned_data["code"], remove=remove)
            except RefusedError as error:
                add_refusal(form, error.refusal)
                status = REFUSED
    template = "account/totp_remove.html" if remove else "account/recovery_renew.html"
    return render(request, template, {"form": form}, status=status)


def _done(request: FeidiRequest, user: User, code: str, *, remove: bool) -> HttpResponse:
    actor, now = request.actor, request.now
    if not remove:
        codes = second_factors.renew_recovery_codes(actor=actor, now=now, user=user, code=code)
        return render(request, "account/recovery_codes.html", {"codes": codes})
    second_factors.remove_totp(actor=actor, now=now, user=user, code=code, roles=actor.roles())
    messages.success(request, _("第二因素已停用。"))
    return redirect("account:security")


def _enrolment_secret(request: FeidiRequest, user: User) -> str:
    """Return the secret of this enrolment; it waits sealed in the session until its first code comes."""
    context = f"account.enrolment:{user.uid}"
    try:
        return unseal(bytes.fromhex(request.session.get(_SECRET, "")), context=context)
    except (UnreadableError, ValueError):
        secret = second_factors.new_secret()
        request.session[_SECRET] = seal(secret, context=context).hex()
        return secret


def _grouped(secret: str) -> str:
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
