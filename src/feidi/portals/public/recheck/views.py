"""The township's page: its firms by name and address, 在 / 不在 / 不清楚, a note. By link, without sign-in."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from feidi.domain.pipeline.enums import RecheckAnswer
from feidi.domain.pipeline.selectors.rechecks import (
    address_of,
    name_of,
    recheck_rules,
    round_of_token,
    rows_of_round,
)
from feidi.domain.pipeline.services.rechecks import Answered, answer_round
from feidi.engines.findings import Refusal, RefusedError
from feidi.kernel.messages import sentence_of
from feidi.portals.ui.requests import FeidiRequest

#: The link was never there, or is no longer; refused for another reason.
GONE, REFUSED = 404, 409


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def round_answer(request: FeidiRequest, token: str) -> HttpResponse:
    """Show the firms of one round and take the answers. Looking writes nothing: chat programs open links to preview."""
    problem, taken, status = "", None, 200
    try:
        round_ = round_of_token(token, request.now)
    except RefusedError as error:
        closed = {"problem": _said(error.refusal)}
        return _private(render(request, "public/recheck/round_closed.html", closed, status=GONE))
    if request.method == "POST":
        by = request.POST.get("answered_by", "")
        try:
            taken = answer_round(now=request.now, token=token, answers=_answers(request), answered_by=by)
        except RefusedError as error:
            problem, status = _said(error.refusal), REFUSED
    rules, home = recheck_rules(round_.outpost), round_.outpost.home
    context = {
        "round": round_,
        "side": home.name_en if get_language() == "en" else home.name_zh,
        "question": rules.question_en if get_language() == "en" else rules.question_zh,
        "firms": [
            {
                "uid": row.uid,
                "name": name_of(row.case),
                "address": address_of(row.case),
                "answer": request.POST.get(f"answer-{row.uid}", row.answer) if problem else row.answer,
                "note": request.POST.get(f"note-{row.uid}", row.answer_note) if problem else row.answer_note,
                "closed": bool(row.confirmed),
            }
            for row in rows_of_round(round_)
        ],
        "choices": RecheckAnswer.choices,
        "problem": problem,
        "taken": taken,
        "thanks": _("已收到，谢谢。改动了 {n} 家；到期前可以随时打开再改。").format(n=taken),
    }
    return _private(render(request, "public/recheck/round_answer.html", context, status=status))


def _answers(request: FeidiRequest) -> dict[str, Answered]:
    """Return what was chosen, by row; a firm without a choice is not answered."""
    found = {}
    for key, value in request.POST.items():
        prefix, _dash, uid = key.partition("-")
        if prefix == "answer" and value in RecheckAnswer.values:
            found[uid] = Answered(RecheckAnswer(str(value)), request.POST.get(f"note-{uid}", ""))
    return found


def _said(refusal: Refusal) -> str:
    return sentence_of(refusal)


def _private(response: HttpResponse) -> HttpResponse:
    """Keep the link out of search engines; the site's own referrer policy keeps it out of other sites' logs."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
