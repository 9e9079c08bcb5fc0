"""An activity on paper: name badges as PDF, the sign-in sheet as a Word file."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from feidi.domain.roadshow.kinds import ACTIVITY
from feidi.domain.roadshow.models import Activity
from feidi.domain.roadshow.services.activity_papers import badges_pdf, sign_in_paper
from feidi.kernel.audit import recorded
from feidi.portals.console.daily import print_by, word_file
from feidi.portals.console.events.asking import staffed
from feidi.portals.ui.requests import FeidiRequest


@require_GET
def badge_print(request: FeidiRequest, uid: str) -> HttpResponse:
    """Name badges of everybody who has a place, ten on a sheet of A4; ``?code=`` prints one."""
    row = staffed(request, uid)
    data = badges_pdf(row, now=request.now, code=request.GET.get("code", ""))
    _taken(request, row, "badges_printed")
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="badges-{row.number}.pdf"'
    return response


@require_GET
def sign_in_download(request: FeidiRequest, uid: str) -> HttpResponse:
    """The 签到表 as a Word file: who has a place, then empty lines."""
    row = staffed(request, uid)
    _taken(request, row, "sign_in_printed")
    how = print_by(request)
    paper = sign_in_paper(row, watermark=how.watermark, demonstration=how.demonstration)
    return word_file(paper, f"{row.title_zh}签到表")


def _taken(request: FeidiRequest, row: Activity, action: str) -> None:
    """Names leave the house on paper: who took them is on record."""
    with recorded(actor=request.actor, now=request.now) as unit:
        unit.acted(action, kind=ACTIVITY, uid=row.uid)
