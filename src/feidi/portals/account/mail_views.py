"""Digests by mail: asked for on one's own account, ended by one tap from the mail itself."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from feidi.engines.findings import RefusedError
from feidi.kernel.identity.models import User
from feidi.kernel.messages import fix_of, text_of
from feidi.kernel.notify.digests import registered_digests
from feidi.kernel.notify.enums import MailState
from feidi.kernel.notify.selectors import list_own_mails, subscriptions_of
from feidi.kernel.notify.services.subscriptions import choose_topics, stop_all, user_of_token
from feidi.portals.account.forms import TopicsForm
from feidi.portals.account.signing_in import INVALID
from feidi.portals.ui.forms import add_refusal
from feidi.portals.ui.refusals import REFUSED
from feidi.portals.ui.requests import FeidiRequest

_RECENT = 10
_PAGE = ["GET", "HEAD", "POST"]
_TONES = {MailState.SENT: "ok", MailState.FAILED: "bad"}
#: The link was never there.
GONE = 404


@never_cache
@require_http_methods(_PAGE)
def mail(request: FeidiRequest) -> HttpResponse:
    """Choose which digests come by mail (none by default), and see what was sent to oneself."""
    user = cast("User", request.user)
    offered = [each for each in registered_digests() if each.offered(request.actor)]
    standing = [each.topic for each in subscriptions_of(user)]
    form = TopicsForm(request.POST or None, digests=offered, initial={"topics": standing})
    status = 200
    if request.method == "POST":
        form, status = TopicsForm(request.POST, digests=offered), INVALID
        if form.is_valid():
            try:
                choose_topics(actor=request.actor, now=request.now, user=user, topics=form.cleaned_data["topics"])
            except RefusedError as error:
                add_refusal(form, error.refusal)
                status = REFUSED
            else:
                messages.success(request, _("已保存。"))
                return redirect("account:mail")
    sent = list_own_mails(request.actor)[:_RECENT]
    context = {
        "form": form,
        "offered": offered,
        "address": user.email,
        "mails": [(each, MailState(each.state).label, _TONES.get(MailState(each.state), "")) for each in sent],
    }
    return render(request, "account/mail.html", context, status=status)


@csrf_exempt  # a mail program posts without our cookie (RFC 8058); the token itself says whose digests end
@login_not_required
@never_cache
@require_http_methods(_PAGE)
def mail_stop(request: FeidiRequest, token: str) -> HttpResponse:
    """End the digests from the link at their foot, signed in or not. Looking ends nothing; mail programs may post it."""
    problem, status = "", 200
    try:
        if request.method == "POST":
            stop_all(actor=request.actor, now=request.now, token=token)
        else:
            user_of_token(token)
    except RefusedError as error:
        problem, status = f"{text_of(error.refusal)}。{fix_of(error.refusal)}", GONE
    context = {"problem": problem, "stopped": request.method == "POST" and not problem}
    return render(request, "account/mail_stop.html", context, status=status)
