"""Handing out files."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpResponseBase
from django.views.decorators.http import require_GET

from feidi.kernel.files.selectors import find_file
from feidi.kernel.files.services import open_file
from feidi.portals.ui.requests import FeidiRequest


@require_GET
def file_view(request: FeidiRequest, uid: str) -> HttpResponseBase:
    """Send a file, with ``?show`` inside the browser where its kind allows; every time is written to the audit."""
    file = find_file(actor=request.actor, uid=uid)
    if file is None:
        raise Http404
    opened = open_file(actor=request.actor, now=request.now, file=file, inline="show" in request.GET)
    response = FileResponse(opened.stream)
    # set afterwards: FileResponse would name the file by where it lies and let the browser show it
    for name, value in opened.headers.items():
        response[name] = value
    return response
