"""一项目一档: the package of one project."""

from __future__ import annotations

from django.http import FileResponse, HttpResponseBase
from django.views.decorators.http import require_GET

from feidi.domain.pipeline.access import visible_in_office
from feidi.domain.pipeline.models import Project
from feidi.domain.reporting.services.dossier import make_dossier
from feidi.portals.ui.requests import FeidiRequest


@require_GET
def dossier_download(request: FeidiRequest, uid: str) -> HttpResponseBase:
    """Send the dossier of a project; made whole before the first byte goes, and written to the audit."""
    rows = visible_in_office(request.actor, Project.objects.select_related("outpost__home"))
    dossier = make_dossier(actor=request.actor, now=request.now, project=rows.get(uid=uid))
    response = FileResponse(dossier.stream, as_attachment=True, filename=dossier.name, content_type="application/zip")
    response["Cache-Control"] = "private, no-store"
    return response
