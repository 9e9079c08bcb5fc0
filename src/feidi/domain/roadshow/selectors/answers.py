"""Reading the answers of a registration form: typed, all remarks at once. No database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from feidi.domain.roadshow.enums import QuestionKind
from feidi.domain.roadshow.selectors.activity_rules import Question
from feidi.engines.findings import Finding, Level, refuse

YES, NO = "yes", "no"
_LONGEST: Final = 300
_MOST: Final = Decimal(10) ** 12


def read_answers(questions: Sequence[Question], given: Mapping[str, str]) -> dict[str, str]:
    """Return the answers by question; a blank is no answer. Refused with every one that is missing or unreadable."""
    found: dict[str, str] = {}
    wrong: list[Finding] = []
    for question in questions:
        text = str(given.get(question.code, "")).strip()
        if not text:
            remark = "roadshow.answer_missing" if question.required else ""
        else:
            value, remark = _read(question, text)
            found[question.code] = value
        if remark:
            params = {"label_zh": question.label.zh, "label_en": question.label.en, "value": text[:60]}
            wrong.append(Finding(Level.PROBLEM, remark, params, column=question.code))
    if wrong:
        raise refuse("roadshow.answers_unread", *wrong, n=len(wrong))
    return found


def words_of(question: Question, value: Any, language: str | None = None) -> str:
    """Return an answer as people read it; "" when there is none."""
    if not value:
        return ""
    if question.kind is QuestionKind.YES_NO:
        english = language == "en"
        return {YES: "Yes" if english else "是", NO: "No" if english else "否"}.get(str(value), str(value))
    if question.kind is QuestionKind.CHOICE and value in question.choices:
        return question.choices[value].in_language(language)
    return str(value)


def _read(question: Question, text: str) -> tuple[str, str]:
    if question.kind is QuestionKind.CHOICE:
        return text, "" if text in question.choices else "roadshow.answer_choice"
    if question.kind is QuestionKind.YES_NO:
        return text, "" if text in {YES, NO} else "roadshow.answer_choice"
    if question.kind is QuestionKind.NUMBER:
        return _number(text)
    return text[:_LONGEST], "" if len(text) <= _LONGEST else "roadshow.answer_long"


def _number(text: str) -> tuple[str, str]:
    try:
        value = Decimal(text.replace(",", "").replace("，", ""))
    except InvalidOperation:
        return text, "roadshow.answer_number"
    if not value.is_finite() or abs(value) >= _MOST:
        return text, "roadshow.answer_number"
    return format(value.normalize(), "f"), ""
