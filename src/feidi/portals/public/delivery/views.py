"""The confirmation page: what was done, in time or late; a score from 1 to 5 and a word. By link, without sign-in.

It names nobody: who holds the link sees the receipt's number, the items and the clock.
"""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from feidi.domain.talent.enums import ItemState
from feidi.domain.talent.models import GreenCase
from feidi.domain.talent.selectors.cases import reading_of
from feidi.domain.talent.selectors.catalogue import item_name
from feidi.domain.talent.selectors.clocks import ClockState
from feidi.domain.talent.selectors.delivery import case_of_token
from feidi.domain.talent.services.delivery import confirm_by_link
from feidi.engines.findings import Refusal, RefusedError
from feidi.kernel.messages import sentence_of
from feidi.portals.ui.requests import FeidiRequest

#: The link was never there, or is no longer; refused for another reason.
GONE, REFUSED = 404, 409
SCORES = range(5, 0, -1)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def case_confirm(request: FeidiRequest, token: str) -> HttpResponse:
    """Show what was done and take the confirmation, once. Looking writes nothing: chat programs open links to preview."""
    try:
        case = case_of_token(token, request.now)
    except RefusedError as error:
        closed = {"problem": _said(error.refusal)}
        return _private(render(request, "public/delivery/case_closed.html", closed, status=GONE))
    problem, status = "", 200
    if request.method == "POST":
        score, word = request.POST.get("score", ""), request.POST.get("word", "")
        try:
            given = int(score) if score.isascii() and score.isdigit() and len(score) == 1 else 0
            confirm_by_link(now=request.now, token=token, score=given, word=word)
        except RefusedError as error:
            problem, status = _said(error.refusal), REFUSED
        else:
            return _private(render(request, "public/delivery/case_thanks.html", {"case": case}))
    context = {**_shown(case, request), "problem": problem, "word": request.POST.get("word", ""), "scores": SCORES}
    return _private(render(request, "public/delivery/case_confirm.html", context, status=status))


def _shown(case: GreenCase, request: FeidiRequest) -> dict[str, object]:
    reading = reading_of(case, request.today)
    items = sorted(case.items.all(), key=lambda each: each.position)
    return {
        "case": case,
        "reading": reading,
        "late": reading.state is ClockState.FINISHED_LATE,
        "kept": reading.state is ClockState.KEPT,
        "items": [
            (
                each,
                item_name(case, each, request.today, english=get_language() == "en"),
                ItemState(each.state).label,
                each.state == ItemState.DONE,
            )
            for each in items
        ],
    }


def _said(refusal: Refusal) -> str:
    return sentence_of(refusal)


def _private(response: HttpResponse) -> HttpResponse:
    """Keep the link out of search engines; the site's own referrer policy keeps it out of other sites' logs."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
