"""Signing in by phone and code, and the number of one's own account."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from feidi.engines.findings import RefusedError
from feidi.kernel.identity.enums import SignInMethod, SmsPurpose
from feidi.kernel.identity.models import User
from feidi.kernel.identity.services import phones, sms_codes
from feidi.kernel.identity.sms import sms_offered
from feidi.kernel.sealing import seal, unseal
from feidi.portals.account.forms import OwnPhoneForm, PhoneForm, SmsCodeForm
from feidi.portals.account.signing_in import INVALID, enter, onward_of, safe_onward
from feidi.portals.ui.addresses import client_address
from feidi.portals.ui.forms import add_refusal
from feidi.portals.ui.refusals import REFUSED
from feidi.portals.ui.requests import FeidiRequest

_ASKED, _OWN = "account.sms", "account.own_phone"
_PAGE = ["GET", "HEAD", "POST"]


def _only_where_offered() -> None:
    if not sms_offered():
        raise Http404


@login_not_required
@never_cache
@require_http_methods(_PAGE)
def sms_request(request: FeidiRequest) -> HttpResponse:
    """Ask for a code by SMS; the answer is the same whether or not anybody has the number."""
    _only_where_offered()
    form, status = PhoneForm(request.POST or None), 200
    if request.method == "POST":
        status = INVALID
        if form.is_valid():
            number = form.cleaned_data["number"]
            try:
                row = sms_codes.ask_code(
                    now=request.now, number=number, address=client_address(request), purpose=SmsPurpose.SIGN_IN
                )
            except RefusedError as error:
                add_refusal(form, error.refusal)
                status = REFUSED
            else:
                hint = phones.mask_phone(phones.clean_mobile(number))
                request.session[_ASKED] = {"index": row.phone_index, "hint": hint, "onward": onward_of(request)}
                return redirect("account:sms_enter")
    return render(request, "account/sms_request.html", {"form": form, "onward": onward_of(request)}, status=status)


@login_not_required
@never_cache
@require_http_methods(_PAGE)
def sms_enter(request: FeidiRequest) -> HttpResponse:
    """Sign in with the code that came by SMS."""
    _only_where_offered()
    asked = request.session.get(_ASKED)
    if not asked:
        return redirect("account:sms_request")
    form, status = SmsCodeForm(request.POST or None), 200
    if request.method == "POST":
        status = INVALID
        if form.is_valid():
            try:
                user = sms_codes.take_code(
                    now=request.now,
                    index=asked["index"],
                    code=form.cleaned_data["code"],
                    purpose=SmsPurpose.SIGN_IN,
                    address=client_address(request),
                )
            except RefusedError as error:
                add_refusal(form, error.refusal)
                status = REFUSED
            else:
                del request.session[_ASKED]
                onward = safe_onward(request, asked["onward"], resolve_url("/"))
                return enter(request, user, SignInMethod.SMS, onward)
    return render(request, "account/sms_enter.html", {"form": form, "hint": asked["hint"]}, status=status)


@never_cache
@require_http_methods(_PAGE)
def phone_set(request: FeidiRequest) -> HttpResponse:
    """Name a number for one's own account; a code is sent to it."""
    _only_where_offered()
    user = cast("User", request.user)
    form, status = OwnPhoneForm(request.POST or None, user=user), 200
    if request.method == "POST":
        status = INVALID
        if form.is_valid():
            try:
                number = phones.clean_mobile(form.cleaned_data["number"])
                sms_codes.ask_code(
                    now=request.now,
                    number=number,
                    address=client_address(request),
                    purpose=SmsPurpose.CONFIRM,
                    user=user,
                )
            except RefusedError as error:
                add_refusal(form, error.refusal)
                status = REFUSED
            else:
                request.session[_OWN] = seal(number, context=_context(user)).hex()
                return redirect("account:phone_confirm")
    return render(request, "account/phone_set.html", {"form": form}, status=status)


@never_cache
@require_http_methods(_PAGE)
def phone_confirm(request: FeidiRequest) -> HttpResponse:
    """Confirm the number of one's own account with the code sent to it."""
    _only_where_offered()
    user = cast("User", request.user)
    if _OWN not in request.session:
        return redirect("account:phone_set")
    number = unseal(bytes.fromhex(request.session[_OWN]), context=_context(user))
    form, status = SmsCodeForm(request.POST or None), 200
    if request.method == "POST":
        status = INVALID
        if form.is_valid():
            try:
                _confirm(request, user, number, form.cleaned_data["code"])
            except RefusedError as error:
                add_refusal(form, error.refusal)
                status = REFUSED
            else:
                del request.session[_OWN]
                messages.success(request, _("手机号已确认，可以用它登录。"))
                return redirect("account:security")
    context = {"form": form, "hint": phones.mask_phone(number)}
    return render(request, "account/phone_confirm.html", context, status=status)


def _confirm(request: FeidiRequest, user: User, number: str, code: str) -> None:
    """Take the code and set the number, for who asked for the code and nobody else."""
    sms_codes.take_code(
        now=request.now,
        index=phones.phone_index(number),
        code=code,
        purpose=SmsPurpose.CONFIRM,
        address=client_address(request),
        expected=user,
    )
    phones.set_phone(actor=request.actor, now=request.now, user=user, number=number, confirmed=True)


@require_POST
def phone_remove(request: FeidiRequest) -> HttpResponse:
    """Take the number from one's own account."""
    held = phones.find_phone(cast("User", request.user))
    if held is not None:
        phones.remove_phone(actor=request.actor, now=request.now, phone=held)
        messages.success(request, _("手机号已移除。"))
    return redirect("account:security")


def _context(user: User) -> str:
    return f"account.own_phone:{user.uid}"
