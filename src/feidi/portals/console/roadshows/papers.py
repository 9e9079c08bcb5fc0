"""A round on paper: a scoring sheet for each judge, the summary that the panel signs; both as Word files."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from feidi.domain.roadshow.services.score_papers import (
    SHEET_TITLE,
    SUMMARY_TITLE,
    Stamp,
    score_sheets,
    summary_sheet,
)
from feidi.portals.console.daily import print_by, word_file
from feidi.portals.console.roadshows.asking import editable_round
from feidi.portals.ui.requests import FeidiRequest


@require_GET
def score_sheet_download(request: FeidiRequest, uid: str) -> HttpResponse:
    """Scoring sheets to be filled in by hand, one judge a page; ``?judge=`` prints one judge's."""
    row = editable_round(request, uid)
    asked = request.GET.get("judge", "")
    judge = row.roadshow.judges.get(uid=asked, voided_at__isnull=True) if asked else None
    paper = score_sheets(actor=request.actor, now=request.now, round_=row, stamp=_stamp(request), judge=judge)
    return word_file(paper, f"{row.roadshow.title_zh}{SHEET_TITLE}{f'-{judge.name}' if judge else ''}")


@require_GET
def summary_download(request: FeidiRequest, uid: str) -> HttpResponse:
    """The summary for the panel's signatures: blank before the scores are collected, by rank afterwards."""
    row = editable_round(request, uid)
    paper = summary_sheet(actor=request.actor, now=request.now, round_=row, stamp=_stamp(request))
    return word_file(paper, f"{row.roadshow.title_zh}{SUMMARY_TITLE}")


def _stamp(request: FeidiRequest) -> Stamp:
    how = print_by(request)
    return Stamp(how.watermark, how.demonstration)
