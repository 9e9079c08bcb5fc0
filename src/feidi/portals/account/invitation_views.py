"""An invitation's link: a password of one's own, then in."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from feidi.engines.findings import RefusedError
from feidi.kernel.identity.enums import SignInMethod
from feidi.kernel.identity.services.invitations import accept_invitation, get_invitation
from feidi.portals.account.forms import NewPasswordForm
from feidi.portals.account.signing_in import INVALID, enter
from feidi.portals.ui.forms import add_refusal
from feidi.portals.ui.refusals import REFUSED
from feidi.portals.ui.requests import FeidiRequest


@login_not_required
@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_accept(request: FeidiRequest, token: str) -> HttpResponse:
    """Set a password by an invitation. Looking at it ends nothing: chat programs open links to preview them."""
    invited = get_invitation(now=request.now, token=token).user
    form, status = NewPasswordForm(request.POST or None), 200
    if request.method == "POST":
        status = INVALID
        if form.is_valid():
            try:
                user = accept_invitation(now=request.now, token=token, password=form.cleaned_data["password"])
            except RefusedError as error:
                add_refusal(form, error.refusal, {"identity.password_rule": "password"})
                status = REFUSED
            else:
                return enter(request, user, SignInMethod.INVITATION, "/")
    return render(request, "account/invitation_accept.html", {"form": form, "invited": invited}, status=status)
