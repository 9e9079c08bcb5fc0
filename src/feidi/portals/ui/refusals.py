"""A refusal as a page, or as a fragment for htmx. Rendered in this one place."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from feidi.engines.findings import Refusal

#: HTTP status of "understood, but refused".
REFUSED = 409


def refusal_response(request: HttpRequest, refusal: Refusal, status: int = REFUSED) -> HttpResponse:
    """Answer with the refusal: into ``#refusal`` of the page for an htmx request, else a page of its own."""
    if not getattr(request, "htmx", False):
        return render(request, "ui/refused.html", {"refusal": refusal}, status=status)
    response = render(request, "ui/fragments/refusal.html", {"refusal": refusal}, status=status)
    response["HX-Retarget"] = "#refusal"
    response["HX-Reswap"] = "innerHTML"
    response["HX-Reselect"] = ".refusal"
    response["HX-Push-Url"] = "false"
    return response
