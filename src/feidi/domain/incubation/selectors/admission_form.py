"""Reading answers: what was typed becomes an answer, 还不清楚, or a remark on how to write it. No database."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from feidi.domain.incubation.admission_enums import QuestionKind as Kind
from feidi.domain.incubation.selectors.admission_rules import AdmissionRules, Question, Section
from feidi.engines.findings import Finding, Level

#: 还不清楚: answered, and not known. Kept as such, which is neither "no" nor "not answered".
UNKNOWN: Final = "?"
YES, NO = "yes", "no"
#: Of several: none of them.
NONE: Final = "none"
#: Longest texts, by kind.
_LONGEST: Final = {Kind.TEXT: 160, Kind.LONG: 2000, Kind.PHONE: 40}
_MOST: Final = Decimal(10) ** 12

Answers = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a page's fields say: answers by question, and what could not be read."""

    answers: dict[str, Any]
    findings: tuple[Finding, ...]


def asked_now(question: Question, answers: Answers) -> bool:
    """Tell whether a question is asked, given the answers before it; one not answered yet does not close a later one."""
    if question.when is None:
        return True
    before = answers.get(question.when[0])
    return before is None or before == UNKNOWN or before in question.when[1]


def read_section(section: Section, given: Mapping[str, Any], unknown: Iterable[str], answers: Answers) -> Reading:
    """Read one page: question → what was typed; ``unknown``: the questions marked 还不清楚. A blank is no answer."""
    marked = set(unknown)
    found: dict[str, Any] = {}
    findings: list[Finding] = []
    for question in section.questions:
        if question.kind is Kind.FILE or not asked_now(question, {**answers, **found}):
            continue
        value = given.get(question.code)
        if question.code in marked and not question.required and not value:
            found[question.code] = UNKNOWN
            continue
        answer, remark = read_answer(question, value)
        if remark:
            findings.append(Finding(Level.PROBLEM, remark, _params(question, value), column=question.code))
        elif answer is not None:
            found[question.code] = answer
    return Reading(found, tuple(findings))


def read_answer(question: Question, value: Any) -> tuple[Any, str]:
    """Return the answer and "", or None and the code of what is wrong with it. Blank: (None, "")."""
    if question.kind is Kind.CHOICES:
        chosen = [each for each in (value or []) if each]
        if UNKNOWN in chosen:
            return UNKNOWN, ""
        return (chosen or None, "") if set(chosen) <= set(question.choices) else (None, "incubation.answer_choice")
    text = str(value or "").strip()
    if not text:
        return None, ""
    if text == UNKNOWN:
        return UNKNOWN, ""
    if len(text) > _LONGEST.get(question.kind, 160):
        return None, "incubation.answer_long"
    return _READ.get(question.kind, _text)(question, text)


def missing_answers(rules: AdmissionRules, answers: Answers, files: Iterable[str]) -> list[Question]:
    """Return the required questions that have no answer."""
    there = set(files)
    return [
        each
        for each in rules.questions
        if each.required and asked_now(each, answers) and answers.get(each.code) is None and each.code not in there
    ]


def answer_of(rules: AdmissionRules, answers: Answers, means: str) -> Any:
    """Return what was said of something the system uses; None when not asked, not answered or 还不清楚."""
    question = rules.meaning(means)
    value = answers.get(question.code) if question else None
    return None if value == UNKNOWN else value


def yes_or_no(rules: AdmissionRules, answers: Answers, means: str) -> bool | None:
    """Return a yes/no answer, None when it is not known."""
    return {YES: True, NO: False}.get(answer_of(rules, answers, means))


def words_of(question: Question, value: Any, *, english: bool = False) -> str:
    """Return an answer as people read it; "" when there is none."""
    if value is None or value == []:
        return ""
    if value == UNKNOWN:
        return "Not known yet" if english else "还不清楚"
    if question.kind is Kind.YESNO:
        return {YES: ("是", "Yes"), NO: ("否", "No")}[value][english]
    if question.choices:
        codes = value if isinstance(value, list) else [value]
        labels = [question.choices[code] for code in codes if code in question.choices]
        return ("、", ", ")[english].join(each.en if english else each.zh for each in labels)
    return f"{value} {question.unit}".strip() if question.kind is Kind.NUMBER else str(value)


def _text(_question: Question, text: str) -> tuple[Any, str]:
    return text, ""


def _one_of(question: Question, text: str) -> tuple[Any, str]:
    known = question.choices or {YES, NO}
    return (text, "") if text in known else (None, "incubation.answer_choice")


def _number(_question: Question, text: str) -> tuple[Any, str]:
    try:
        value = Decimal(text.replace(",", "").replace("，", ""))
    except InvalidOperation:
        return None, "incubation.answer_number"
    if not value.is_finite() or value < 0 or value >= _MOST:
        return None, "incubation.answer_number"
    plain = format(value.normalize(), "f")
    return plain, ""


def _day(_question: Question, text: str) -> tuple[Any, str]:
    try:
        return date.fromisoformat(text).isoformat(), ""
    except ValueError:
        return None, "incubation.answer_date"


def _phone(_question: Question, text: str) -> tuple[Any, str]:
    digits = re.sub(r"[\s()\-—+（）]", "", text)
    # 港澳 and foreign numbers have other lengths than mainland ones
    return (text, "") if digits.isdecimal() and 6 <= len(digits) <= 16 else (None, "incubation.answer_phone")  # noqa: PLR2004


_READ: Final = {
    Kind.YESNO: _one_of,
    Kind.CHOICE: _one_of,
    Kind.NUMBER: _number,
    Kind.DATE: _day,
    Kind.PHONE: _phone,
}


def _params(question: Question, value: Any) -> dict[str, str]:
    return {"label_zh": question.label.zh, "label_en": question.label.en, "value": str(value)[:60]}
