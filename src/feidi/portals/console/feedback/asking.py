"""What the pages of feedback ask again and again: whose outposts, what an occasion is called, how a clock stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from feidi.domain.parties.models import Outpost
from feidi.kernel.feedback.kinds import EDIT, VIEW
from feidi.kernel.feedback.selectors.rules import FeedbackRules, Words, rules_of
from feidi.portals.console.daily import outposts_for
from feidi.portals.console.words import say
from feidi.portals.ui.pieces import Crumb
from feidi.portals.ui.requests import FeidiRequest

FORM = "console/promises/form_page.html"
LISTING = "console/promises/listing.html"


def crumbs(*more: Crumb) -> list[Crumb]:
    """Return the way to a page of feedback."""
    return [Crumb(_("满意度与投诉"), reverse("console:feedback:feedback_view")), *more]


def staff_outposts(request: FeidiRequest, chosen: Outpost | None = None) -> list[int]:
    """Return the outposts whose words the actor reads, the chosen one alone where one is."""
    found = [each.pk for each in outposts_for(request.actor, VIEW)]
    return [each for each in found if chosen is None or each == chosen.pk]


def rules_for(request: FeidiRequest, *permissions: str) -> list[FeedbackRules]:
    """Return the rules of the places whose feedback the actor reads, each once."""
    places = dict.fromkeys(each.home.code for each in outposts_for(request.actor, *(permissions or (VIEW,))))
    return [rules_of(place, request.today) for place in places]


def occasion_words(rules: Sequence[FeedbackRules]) -> dict[str, str]:
    """Return occasion → its words."""
    return _said({code: each.label for one in reversed(rules) for code, each in one.occasions.items()})


def reason_words(rules: Sequence[FeedbackRules]) -> dict[tuple[str, str], str]:
    """Return (occasion, reason) → its words."""
    found = {
        (code, reason): words
        for one in reversed(rules)
        for code, each in one.occasions.items()
        for reason, words in each.reasons.items()
    }
    return {each: str(say(words)) for each, words in found.items()}


def topic_words(rules: Sequence[FeedbackRules]) -> dict[str, str]:
    """Return topic → its words."""
    return _said({code: each for one in reversed(rules) for code, each in one.topics.items()})


def edits_any(request: FeidiRequest) -> bool:
    """Tell whether the actor works on the feedback of any outpost."""
    return request.actor.may(EDIT)


def score(value: int | None, most: int) -> str:
    """Return a score, empty where it was not given."""
    return "" if value is None else f"{value} / {most}"


def _said(found: dict[str, Words]) -> dict[str, Any]:
    return {code: say(each) for code, each in found.items()}
