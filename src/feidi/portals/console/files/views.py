"""Handing out files."""

from __future__ import annotations

from django.http import FileResponse, HttpResponseBase
from django.views.decorators.http import require_GET

from feidi.kernel.files.access import visible_to
from feidi.kernel.files.models import StoredFile
from feidi.kernel.files.services import open_file
from feidi.portals.ui.requests import FeidiRequest


@require_GET
def file_view(request: FeidiRequest, uid: str) -> HttpResponseBase:
    """Send a file, with ``?show`` inside the browser where its kind allows; every time is written to the audit."""
    file = visible_to(request.actor, StoredFile.objects.all()).get(uid=uid)
    opened = open_file(actor=request.actor, now=request.now, file=file, inline="show" in request.GET)
    response = FileResponse(opened.stream)
    # set afterwards: FileResponse would name the file by where it lies and let the browser show it
    for name, value in opened.headers.items():
        response[name] = value
    return response
