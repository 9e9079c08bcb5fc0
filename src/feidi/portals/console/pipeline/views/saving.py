"""The one shape of a page with one form: show it, save it, go back to the record; a refusal keeps what was typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render

from feidi.domain.pipeline.models import Project
from feidi.engines.findings import Refusal, RefusedError
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
                _refused(form, error.refusal, fields or {})
                status = REFUSED
            else:
                messages.success(request, done)
                return redirect(onward)
    context = {"form": form, "project": project, "onward": onward, **(extra or {})}
    return render(request, template, context, status=status)


def _refused(form: Form, refusal: Refusal, fields: dict[str, str]) -> None:
    """Put the refusal into the form. Where somebody saved meanwhile: at each field what it says now.

    What was typed stays; only the version moves on to the one that the reader is being shown, so that saving once more
    is a deliberate act. Without reasons to show nothing moves on.
    """
    data = form.data
    told = refusal.code.endswith("changed_meanwhile") and refusal.reasons and "version" in form.fields
    if not (told and isinstance(data, QueryDict)):
        add_refusal(form, refusal, fields)
        return
    typed = data.copy()
    typed[form.add_prefix("version")] = form.get_initial_for_field(form.fields["version"], "version")
    form.data = typed
    placed = (replace(each, column=_field_of(form, each.column or "")) for each in refusal.reasons)
    shown = replace(refusal, reasons=tuple(each for each in placed if each.column))
    add_refusal(form, shown, {**{name: name for name in form.fields}, **fields})


def _field_of(form: Form, column: str) -> str:
    """Return the form's field for a column of the row: an amount has several columns and one field; "": not in the form."""
    whole = column.removesuffix("_text").removesuffix("_fen")
    return next((name for name in (column, whole) if name in form.fields), "")
