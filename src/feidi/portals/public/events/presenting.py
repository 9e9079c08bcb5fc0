"""An activity and its form as the public pages draw them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from feidi.domain.roadshow.enums import ActivityState
from feidi.domain.roadshow.models import Activity
from feidi.domain.roadshow.selectors.activity_rules import ActivityRules, read_questions
from feidi.domain.roadshow.selectors.answers import NO, YES
from feidi.domain.roadshow.selectors.presenting import about_of, kind_words, place_words, title_of
from feidi.domain.space.selectors.holding import spoken_span
from feidi.engines.findings import RefusedError
from feidi.kernel.messages import sentence_of


@dataclass(frozen=True, slots=True)
class Shown:
    """An activity in words."""

    uid: str
    title: str
    kind: str
    about: str
    when: str
    where: str
    partners: str
    places: str
    state: str
    cancelled: str
    coming: bool


@dataclass(frozen=True, slots=True)
class Drawn:
    """One question as the template draws it; ``name`` is its field's."""

    name: str
    kind: str
    label: str
    required: bool
    value: str
    choices: tuple[tuple[str, str], ...]
    wrong: str


def shown(row: Activity, now: datetime, rules: ActivityRules | None = None) -> Shown:
    """Return an activity (with its counts) in words; ``rules``: read before."""
    return Shown(
        uid=row.uid,
        title=title_of(row),
        kind=kind_words(row, rules),
        about=about_of(row),
        when=spoken_span(row.starts_at, row.ends_at),
        where=place_words(row),
        partners=row.partners,
        places=_places(row),
        state=str(ActivityState(row.state).label),
        cancelled=row.cancelled_reason if row.state == ActivityState.CANCELLED else "",
        coming=row.ends_at > now,
    )


def programme_of(row: Activity) -> list[tuple[datetime, str, str, str]]:
    """Return the programme: when, about what, who, of which organization; in the reader's language where there are two."""
    english = get_language() == "en"
    return [
        (each.starts_at, each.topic_en if english and each.topic_en else each.topic_zh, each.speaker, each.speaker_of)
        for each in row.programme.filter(voided_at__isnull=True).order_by("starts_at", "pk")
    ]


def window_of(row: Activity, now: datetime) -> str:
    """Return why nobody can register now; "" when they can."""
    if row.state == ActivityState.CANCELLED:
        return _("活动已取消。")
    if row.state != ActivityState.OPEN or now >= (row.closes_at or row.ends_at):
        return _("报名已截止。")
    if row.opens_at is not None and now < row.opens_at:
        return _("报名还没有开始。")
    return ""


def drawn_questions(row: Activity, typed: Mapping[str, Any], problem: RefusedError | None) -> list[Drawn]:
    """Return the questions of the form with what was typed and what is wrong with it."""
    wrong = {each.column: sentence_of(each) for each in problem.refusal.reasons} if problem else {}
    language = get_language()
    found = []
    for each in read_questions(row.questions):
        choices = tuple((code, label.in_language(language)) for code, label in each.choices.items())
        if each.kind == "yes_no":
            choices = ((YES, _("是")), (NO, _("否")))
        name = f"q-{each.code}"
        found.append(
            Drawn(
                name,
                str(each.kind),
                each.label.in_language(language),
                each.required,
                str(typed.get(name, "")),
                choices,
                wrong.get(each.code, ""),
            )
        )
    return found


def given_answers(row: Activity, typed: Mapping[str, Any]) -> dict[str, str]:
    """Return what was typed, by question."""
    return {each.code: str(typed.get(f"q-{each.code}", "")) for each in read_questions(row.questions)}


def _places(row: Activity) -> str:
    registered, waiting = row.registered, row.waiting  # type: ignore[attr-defined]
    if row.capacity is None:
        return ""
    if registered < row.capacity:
        return _("名额 {capacity}，还剩 {free}").format(capacity=row.capacity, free=row.capacity - registered)
    return _("名额 {capacity} 已满，候补 {waiting} 人").format(capacity=row.capacity, waiting=waiting)
