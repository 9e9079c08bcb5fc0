"""Addresses whose views raise what services and selectors raise."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from feidi.engines.findings import Finding, Level, refuse
from feidi.kernel.identity.models import User

REASON = Finding(Level.PROBLEM, "ui.example_missing", {"what": "<合同>"}, row=7, column="投资额")


def refusing(request: HttpRequest) -> HttpResponse:
    raise refuse("ui.example_refused", REASON, name="云帆", stage="签约")


def invisible(request: HttpRequest) -> HttpResponse:
    return HttpResponse(User.objects.get(login="nobody-of-that-name").display_name)


def forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def broken(request: HttpRequest) -> HttpResponse:
    message = "a fault of ours"
    raise RuntimeError(message)


def writing(request: HttpRequest) -> HttpResponse:
    """Write while somebody else holds the row (PostgreSQL) or the file (SQLite) and does not let go."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '50ms'")
        User.objects.filter(login="held").update(display_name="改了")
    return HttpResponse("")


urlpatterns = [
    path("writing", writing),
    path("refusing", refusing),
    path("invisible", invisible),
    path("forbidden", forbidden),
    path("broken", broken),
    path("", include("feidi.config.urls")),
]
