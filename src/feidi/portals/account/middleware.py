"""Who must have a second factor and has none sees nothing else until it is set up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import gettext as _

from feidi.kernel.identity.services.second_factors import find_totp, second_factor_required
from feidi.portals.ui.requests import FeidiRequest

#: What such a user may still open.
_BEFORE_ENROLMENT = frozenset(
    {"account:totp_enrol", "account:password_change", "account:logout", "account:language", "ui:watermark"}
)


class SecondFactorMiddleware(MiddlewareMixin):
    """Stands after ``ActorMiddleware``, whose actor it asks. Costs a query only for roles that must have it."""

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        """Lead to the enrolment page."""
        del view_func, view_args, view_kwargs
        asked = cast("FeidiRequest", request)
        here = request.resolver_match.view_name if request.resolver_match else ""
        if not settings.FEIDI_REQUIRE_SECOND_FACTOR or not request.user.is_authenticated or here in _BEFORE_ENROLMENT:
            return None
        if not second_factor_required(asked.actor.roles()) or find_totp(request.user) is not None:
            return None
        messages.info(request, _("您的角色必须使用第二因素，请先启用，然后继续。"))
        return redirect("account:totp_enrol")
