"""What the address of 遴选 asks: outpost, aim, limits, and what is taken where nobody has said a chance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from feidi.domain.matching.selectors.choosing import (
    CONFIDENCE,
    Choice,
    Experience,
    Question,
    Told,
    answer,
    chance_of_experience,
    experience_of,
    list_told,
    outposts_choosing,
)
from feidi.domain.parties.models import Outpost
from feidi.engines.findings import RefusedError
from feidi.engines.portfolio import Chance, chance_given
from feidi.portals.console.choosing.forms import ASSUMED, EXPERIENCE, QuestionForm
from feidi.portals.ui.forms import add_refusal
from feidi.portals.ui.requests import FeidiRequest


@dataclass(frozen=True, slots=True)
class Asking:
    """The form, the outpost, what is known, the question, and the answer where the question can be."""

    form: QuestionForm
    outpost: Outpost
    told: tuple[Told, ...]
    experience: Experience
    question: Question
    choice: Choice | None


def asking_of(request: FeidiRequest) -> Asking | None:
    """Read the address and reckon; None for who has no outpost to choose for."""
    outposts = outposts_choosing(request.actor)
    if not outposts:
        return None
    outpost = next((each for each in outposts if each.code == request.GET.get("outpost")), outposts[0])
    asked = request.GET.copy()
    if "at_least" not in asked:
        # a first look asks what the outpost's own figures say
        asked.update({"outpost": outpost.code, **_first(outpost)})
    form = QuestionForm(asked, outposts=outposts)
    experience = experience_of(outpost)
    given: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    question = _question(given, experience)
    told = tuple(list_told(request.actor, outpost, as_of=request.today, known_at=request.now))
    return Asking(form, outpost, told, experience, question, _answered(form, told, question))


def _first(outpost: Outpost) -> dict[str, str]:
    area = {"area": f"{float(outpost.area_m2):g}"} if outpost.area_m2 is not None else {}
    return {"at_least": "3", "confidence": f"{CONFIDENCE * 100:g}", **area}


def _answered(form: QuestionForm, told: tuple[Told, ...], question: Question) -> Choice | None:
    if not form.is_valid() or not told:
        return None
    try:
        return answer(told, question)
    except RefusedError as error:
        add_refusal(form, error.refusal)
        return None


def _question(given: dict[str, Any], experience: Experience) -> Question:
    return Question(
        at_least=given.get("at_least") or 3,
        confidence=(given.get("confidence") or CONFIDENCE * 100) / 100,
        area=given.get("area"),
        budget=given.get("budget"),
        per_sector=given.get("per_sector"),
        at_most=given.get("at_most"),
        trial=_trial(given, experience),
    )


def _trial(given: dict[str, Any], experience: Experience) -> Chance | None:
    if given.get("untold") == EXPERIENCE:
        return chance_of_experience(experience)
    if given.get("untold") == ASSUMED and given.get("assumed") is not None:
        return chance_given(given["assumed"] / 100)
    return None
