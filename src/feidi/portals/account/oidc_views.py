"""Signing in through an outside identity provider, and binding one to one's own account."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from feidi.engines.findings import refuse
from feidi.kernel.identity import oidc
from feidi.kernel.identity.enums import SignInMethod
from feidi.kernel.identity.models import User
from feidi.kernel.identity.services.external import bind_external, remove_external, user_of
from feidi.kernel.identity.services.signing_in import check_not_locked
from feidi.portals.account.forms import PresentPasswordForm
from feidi.portals.account.signing_in import INVALID, enter, onward_of, safe_onward
from feidi.portals.account.views import other_ways
from feidi.portals.ui.requests import FeidiRequest

_BEGUN = "account.oidc"


def _redirect_uri(request: FeidiRequest) -> str:
    return request.build_absolute_uri(reverse("account:oidc_callback"))


def _begin(request: FeidiRequest, **kept: Any) -> str:
    """Remember in the session what must come back; return where to send the browser."""
    if not oidc.oidc_offered():
        raise Http404
    begun = oidc.start(redirect_uri=_redirect_uri(request))
    request.session[_BEGUN] = {"begun": asdict(begun), **kept}
    return begun.url


@login_not_required
@never_cache
@require_safe
def oidc_start(request: FeidiRequest) -> HttpResponse:
    """Go to the provider to sign in."""
    return redirect(_begin(request, onward=onward_of(request)))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def oidc_bind(request: FeidiRequest) -> HttpResponse:
    """Begin to bind an outside identity, against one's password; a link then leads to the provider.

    A link, not a redirect: forms of these pages lead nowhere but here (CSP form-action), and nobody is bound to
    anything by following somebody else's link.
    """
    user = cast("User", request.user)
    form, status, url = PresentPasswordForm(request.POST or None, user=user), 200, ""
    if request.method == "POST":
        status = INVALID
        if form.is_valid():
            url, status = _begin(request, onward=reverse("account:security"), bind=user.uid), 200
    elif not oidc.oidc_offered():
        raise Http404
    return render(request, "account/oidc_bind.html", {"form": form, "url": url, **other_ways()}, status=status)


@login_not_required
@never_cache
@require_safe
def oidc_callback(request: FeidiRequest) -> HttpResponse:
    """Take the provider's answer: sign in, or finish a binding. An answer that nobody here asked for is refused."""
    kept = request.session.pop(_BEGUN, None)
    if not oidc.oidc_offered():
        raise Http404
    if kept is None or not request.GET.get("code"):
        raise refuse("identity.oidc_failed", why=_provider_error(request))
    claims = oidc.finish(
        now=request.now,
        begun=oidc.Start(**kept["begun"]),
        redirect_uri=_redirect_uri(request),
        state=request.GET.get("state", ""),
        code=request.GET["code"],
    )
    onward = safe_onward(request, kept["onward"], "/")
    if "bind" not in kept:
        user = user_of(now=request.now, claims=claims)
        check_not_locked(login=user.login, now=request.now)
        return enter(request, user, SignInMethod.OIDC, onward)
    if getattr(request.user, "uid", "") != kept["bind"]:
        raise refuse("identity.oidc_failed", why="state")
    bind_external(actor=request.actor, now=request.now, user=cast("User", request.user), claims=claims)
    messages.success(request, _("已绑定，以后可以从登录页直接进入。"))
    return redirect(onward)


def _provider_error(request: FeidiRequest) -> str:
    """Return the provider's own code of an error when it is one of the protocol's, else a word of ours."""
    told = request.GET.get("error", "")
    return told if told in {"access_denied", "login_required", "consent_required", "server_error"} else "state"


@require_POST
def oidc_unbind(request: FeidiRequest) -> HttpResponse:
    """Take the binding off one's own account."""
    remove_external(actor=request.actor, now=request.now, user=cast("User", request.user))
    messages.success(request, _("绑定已解除。"))
    return redirect("account:security")
