"""Who acts and when, default-closed pages, and one rendering of a refusal."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import ObjectDoesNotExist
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.utils import translation
from django.utils.deprecation import MiddlewareMixin
from django.utils.http import urlencode
from django.views.defaults import page_not_found
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails
from typing_extensions import override

from feidi.engines.findings import RefusedError, refuse
from feidi.kernel.access import ANONYMOUS, actor_for_user
from feidi.portals.ui import clock
from feidi.portals.ui.refusals import refusal_response

_log = logging.getLogger(__name__)
#: HTTP status of "not now, try again", and how PostgreSQL says lock not available, deadlock, serialization failure.
BUSY = 503
_GIVEN_UP = frozenset({"55P03", "40P01", "40001"})
View = Callable[..., HttpResponseBase]

#: What somebody who must first choose a password of their own may still open.
_BEFORE_PASSWORD_CHANGE = frozenset({"account:password_change", "account:logout", "account:language", "ui:watermark"})


class ActorMiddleware(LoginRequiredMiddleware):
    """Puts ``actor``, ``now`` and ``today`` on the request and activates the reader's language.

    Every view needs a signed-in user unless it is marked ``login_not_required``: a page that
    somebody forgets to think about is closed, not open.
    """

    def process_request(self, request: HttpRequest) -> None:
        """Work out who acts, when, and in which language."""
        moment = clock.now()
        request.now = moment  # type: ignore[attr-defined]
        request.today = clock.business_date(moment)  # type: ignore[attr-defined]
        signed_in = request.user.is_authenticated
        request.actor = actor_for_user(request.user, moment) if signed_in else ANONYMOUS  # type: ignore[attr-defined, arg-type]
        language = _language(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language

    @override
    def process_view(
        self, request: HttpRequest, view_func: View, view_args: tuple[Any, ...], view_kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Send the signed-out to the sign-in page, and a first-time user to the password page."""
        refused: HttpResponseBase | None = super().process_view(request, view_func, view_args, view_kwargs)
        if refused is not None and getattr(request, "htmx", None):
            return _whole_page_to_sign_in(request)
        if refused is not None or not request.user.is_authenticated:
            return refused
        here = request.resolver_match.view_name if request.resolver_match else ""
        if getattr(request.user, "must_change_password", False) and here not in _BEFORE_PASSWORD_CHANGE:
            return redirect("account:password_change")
        return None


def _is_busy(error: OperationalError) -> bool:
    """Tell whether others held what was asked for too long: nothing was written, and it may be tried again."""
    return "database is locked" in str(error) or getattr(error.__cause__, "sqlstate", "") in _GIVEN_UP


def _whole_page_to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """Move the whole page to the sign-in page, not only the fragment that htmx asked for."""
    htmx: HtmxDetails = request.htmx  # type: ignore[attr-defined]
    back = urlencode({"next": htmx.current_url_abs_path or "/"})
    return HttpResponseClientRedirect(f"{resolve_url(settings.LOGIN_URL)}?{back}")


def _language(request: HttpRequest) -> str:
    """Return the language chosen on this device, else the user's own, else Chinese; never the browser's guess."""
    offered = dict(settings.LANGUAGES)
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if chosen not in offered and request.user.is_authenticated:
        chosen = str(getattr(request.user, "language", ""))
    return chosen if chosen in offered else settings.LANGUAGE_CODE


class RefusalMiddleware(MiddlewareMixin):
    """Turns what services and selectors raise into pages: a refusal into 409, an invisible row into 404, busy into 503."""

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal, a row that is not there for this actor, a database that is busy; leave the rest alone."""
        if isinstance(exception, RefusedError):
            return refusal_response(request, exception.refusal)
        if isinstance(exception, OperationalError) and _is_busy(exception):
            _log.warning("busy: %s was given up", request.path, exc_info=exception)
            response = refusal_response(request, refuse("ui.busy").refusal, BUSY)
            response["Retry-After"] = "5"
            return response
        if isinstance(exception, ObjectDoesNotExist):
            # logged, so that a lookup that fails by mistake is not hidden behind a plain 404
            _log.info("no visible row for %s", request.path, exc_info=exception)
            return page_not_found(request, Http404())
        return None
