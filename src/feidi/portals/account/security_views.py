"""How one signs in to one's own account, and when somebody did lately."""

from __future__ import annotations

from typing import cast

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from feidi.kernel.identity.enums import SignInMethod
from feidi.kernel.identity.models import SignInAttempt, User
from feidi.kernel.identity.services.external import find_external
from feidi.kernel.identity.services.phones import find_phone
from feidi.kernel.identity.services.second_factors import (
    count_recovery_codes,
    find_totp,
    second_factor_required,
)
from feidi.portals.account.views import other_ways
from feidi.portals.ui.requests import FeidiRequest

_RECENT = 10


@never_cache
@require_safe
def security(request: FeidiRequest) -> HttpResponse:
    """Show one's own ways of signing in, and the latest attempts."""
    user = cast("User", request.user)
    totp = find_totp(user)
    attempts = SignInAttempt.objects.filter(login=user.login).order_by("-at", "-id")[:_RECENT]
    context = {
        "totp": totp,
        "codes_left": count_recovery_codes(totp) if totp else 0,
        "required": second_factor_required(request.actor.roles()),
        "phone": find_phone(user),
        "external": find_external(user),
        "attempts": [(each, SignInMethod(each.method).label) for each in attempts],
        **other_ways(),
    }
    return render(request, "account/security.html", context)
