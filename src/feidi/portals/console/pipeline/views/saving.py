"""The one shape of a page with one form: show it, save it, go back to the record; a refusal keeps what was typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render

from feidi.domain.pipeline.models import Project
from feidi.engines.findings import RefusedError
from feidi.portals.ui.forms import Form, add_refusal
from feidi.portals.ui.requests import FeidiRequest

#: HTTP statuses of a form sent back: with errors of its own, or refused by the service.
INVALID, REFUSED = 422, 409


def sent(request: FeidiRequest) -> QueryDict | None:
    """Return what was sent by POST (also when that is nothing at all), or None on a first look."""
    return request.POST if request.method == "POST" else None


def uploaded(request: FeidiRequest) -> tuple[QueryDict | None, Any]:
    """Return the fields and files sent by POST, or two Nones on a first look."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def save_page(
    request: FeidiRequest,
    *,
    template: str,
    form: Form,
    save: Callable[[dict[str, Any]], object],
    done: str,
    onward: str,
    project: Project | None = None,
    fields: dict[str, str] | None = None,
    extra: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Handle GET and POST of a one-form page. ``save`` calls the service; a refusal is shown in the form."""
    status = 200
    if request.method == "POST":
        status = INVALID
        if form.is_valid():
            try:
                save(form.cleaned_data)
            except RefusedError as error:
                add_refusal(form, error.refusal, fields)
                status = REFUSED
            else:
                messages.success(request, done)
                return redirect(onward)
    context = {"form": form, "project": project, "onward": onward, **(extra or {})}
    return render(request, template, context, status=status)
