"""One minute: two scores and a word, by link, without sign-in and without a script. It names nobody.

Looking writes nothing: chat programs open links to preview. Answered before, the link shows what was said first.
"""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from feidi.engines.findings import Refusal, RefusedError
from feidi.kernel.feedback.models import Answer, Ask
from feidi.kernel.feedback.selectors.answers import words_of
from feidi.kernel.feedback.selectors.asks import ask_of_token
from feidi.kernel.feedback.selectors.rules import Occasion, Words, rules_of
from feidi.kernel.feedback.services.answering import Given, answer_by_link
from feidi.kernel.messages import sentence_of
from feidi.portals.ui.requests import FeidiRequest

#: The link was never there, or is no longer; refused for another reason.
GONE, REFUSED = 404, 409
STARS, SURE = range(5, 0, -1), range(11)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer_give(request: FeidiRequest, token: str) -> HttpResponse:
    """Ask, take the answer once, show it from then on."""
    try:
        asked = ask_of_token(token, request.today)
        occasion = _occasion(asked)
    except RefusedError as error:
        closed = {"problem": _said(error.refusal)}
        return _private(render(request, "public/feedback/answer_closed.html", closed, status=GONE))
    answer, problem = getattr(asked, "answer", None), ""
    if request.method == "POST" and answer is None:
        try:
            answer, _new = answer_by_link(now=request.now, token=token, given=_given(request))
        except RefusedError as error:
            problem = _said(error.refusal)
    if answer is not None:
        told = {"asked": asked, "answer": answer, "lines": _told(occasion, answer), "words": words_of(answer)}
        return _private(render(request, "public/feedback/answer_thanks.html", told))
    context = {**_questions(occasion), "asked": asked, "problem": problem, "given": request.POST}
    status = REFUSED if problem else 200
    return _private(render(request, "public/feedback/answer_give.html", context, status=status))


def _occasion(asked: Ask) -> Occasion:
    """Return what is asked: as content held on the day of asking."""
    return rules_of(asked.place, asked.asked_on).occasions[asked.occasion]


def _questions(occasion: Occasion) -> dict[str, object]:
    return {
        "title": say(occasion.label),
        "satisfaction": say(occasion.satisfaction),
        "recommend": say(occasion.recommend),
        "why": say(occasion.why),
        "words_label": say(occasion.words),
        "reasons": [(code, say(each)) for code, each in occasion.reasons.items()],
        "stars": STARS,
        "sure": SURE,
    }


def _told(occasion: Occasion, answer: Answer) -> list[tuple[str, str]]:
    lines = [
        (say(occasion.satisfaction), "" if answer.satisfaction is None else f"{answer.satisfaction} / 5"),
        (say(occasion.recommend), "" if answer.recommend is None else f"{answer.recommend} / 10"),
        (say(occasion.why), say(occasion.reasons.get(answer.reason))),
    ]
    return [(label, value) for label, value in lines if value]


def _given(request: FeidiRequest) -> Given:
    sent = request.POST
    return Given(
        _number(sent.get("satisfaction", "")),
        _number(sent.get("recommend", "")),
        sent.get("reason", ""),
        sent.get("words", ""),
    )


def _number(text: str) -> int | None:
    """Return a score as sent; -1, which is refused, for what is no number."""
    if not text:
        return None
    return int(text) if text.isascii() and text.isdigit() and len(text) <= len("10") else -1


def say(words: Words | None) -> str:
    """Return a text of content in the reader's language, empty for none."""
    if words is None:
        return ""
    return words.en if (get_language() or "").startswith("en") else words.zh


def _said(refusal: Refusal) -> str:
    return sentence_of(refusal)


def _private(response: HttpResponse) -> HttpResponse:
    """Keep the link out of search engines; the site's own referrer policy keeps it out of other sites' logs."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
