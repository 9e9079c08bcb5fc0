"""A ceremony on paper: its list, the host's words and the seat cards as Word files, as far as the reader may know."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse
from django.utils.translation import override
from django.views.decorators.http import require_GET

from feidi.domain.liaison.selectors.ceremonies import get_ceremony, hides_some, signings_of
from feidi.domain.liaison.services.ceremony_papers import script_paper, seat_cards_file, signing_list
from feidi.portals.console.ceremonies.views import veiled
from feidi.portals.console.daily import DOCX, print_by, word_file
from feidi.portals.ui.requests import FeidiRequest


@require_GET
def list_download(request: FeidiRequest, uid: str) -> HttpResponse:
    """The 签约名单 as a Word file."""
    row, _veil = veiled(request.actor, get_ceremony(request.actor, uid))
    with override("zh-hans"):  # papers are Chinese
        return word_file(signing_list(row, signings_of([row])[row.pk], print_by(request)), f"{row.title}签约名单")


@require_GET
def script_download(request: FeidiRequest, uid: str) -> HttpResponse:
    """The 主持词 as a Word file: as written, or drafted from what the reader may know."""
    row, _veil = veiled(request.actor, get_ceremony(request.actor, uid))
    written = "" if hides_some(row) else row.script
    paper = script_paper(row, signings_of([row])[row.pk], print_by(request), written=written)
    return word_file(paper, f"{row.title}主持词")


@require_GET
def cards_download(request: FeidiRequest, uid: str) -> HttpResponse:
    """The 席卡 as a Word file, one name a page."""
    row, _veil = veiled(request.actor, get_ceremony(request.actor, uid))
    response = HttpResponse(seat_cards_file(signings_of([row])[row.pk]), content_type=DOCX)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(row.title + '席卡')}.docx"
    return response
