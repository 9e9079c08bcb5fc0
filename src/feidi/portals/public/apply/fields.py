"""A page of questions as it is drawn: every answer with its 还不清楚, what was typed, what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from feidi.domain.incubation.admission_enums import QuestionKind as Kind
from feidi.domain.incubation.models import Application
from feidi.domain.incubation.selectors.admission_form import NO, UNKNOWN, YES, asked_now
from feidi.domain.incubation.selectors.admission_rules import AdmissionRules, Question, Said, Section
from feidi.domain.incubation.selectors.application_answers import full_answers
from feidi.engines.findings import RefusedError
from feidi.kernel.messages import sentence_of
from feidi.portals.public.apply.guarding import written
from feidi.portals.ui.requests import FeidiRequest

#: How 还不清楚 of a question that is typed is sent: this before the question's code.
UNKNOWN_OF = "unknown-"


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a question."""

    code: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Drawn:
    """One question as the template draws it."""

    question: Question
    label: str
    hint: str
    value: str
    choices: tuple[Choice, ...]
    unknown: bool
    may_not_know: bool
    wrong: str = ""
    note: str = ""

    @property
    def kind(self) -> str:
        """How it is answered."""
        return self.question.kind.value

    @property
    def picks(self) -> str:
        """The type of its choices: one or several."""
        return "checkbox" if self.question.kind is Kind.CHOICES else "radio"


def say(said: Said) -> str:
    """Return a text of content in the reader's language."""
    return said.en if get_language() == "en" and said.en else said.zh


def given_in(request: FeidiRequest, section: Section) -> tuple[dict[str, Any], list[str]]:
    """Return what was typed by question, and the questions marked 还不清楚."""
    given: dict[str, Any] = {}
    for each in section.questions:
        several = each.kind is Kind.CHOICES
        sent = [written(text) for text in request.POST.getlist(each.code)]
        given[each.code] = sent if several else (sent or [""])[-1]
    marked = [each.code for each in section.questions if request.POST.get(f"{UNKNOWN_OF}{each.code}")]
    return given, marked


def drawn_of(
    row: Application,
    rules: AdmissionRules,
    section: Section,
    *,
    typed: Mapping[str, Any] | None = None,
    problem: RefusedError | None = None,
) -> list[Drawn]:
    """Return the questions of a page: with what was typed where that was refused, else with what is kept."""
    answers = full_answers(row, rules)
    wrong = {each.column: sentence_of(each) for each in problem.refusal.reasons} if problem else {}
    told = {each["question"]: each["what"] for each in row.missing}
    return [
        _drawn(each, (typed or {}).get(each.code) if each.code in wrong else answers.get(each.code), wrong, told)
        for each in section.questions
        if asked_now(each, answers)
    ]


def _drawn(question: Question, value: Any, wrong: Mapping[str | None, str], told: Mapping[str, str]) -> Drawn:
    unknown = value == UNKNOWN
    kept = "" if unknown or value is None or question.kind is Kind.PHONE else value
    return Drawn(
        question=question,
        label=say(question.label),
        hint=say(question.hint),
        value=kept if isinstance(kept, str) else "",
        choices=_choices(question, value),
        unknown=unknown,
        may_not_know=not question.required and question.kind is not Kind.FILE,
        wrong=wrong.get(question.code, ""),
        note=_note(question, value, told),
    )


def _choices(question: Question, value: Any) -> tuple[Choice, ...]:
    labels = {code: say(label) for code, label in question.choices.items()}
    if question.kind is Kind.YESNO:
        labels = {YES: _("是"), NO: _("否")}
    if not labels:
        return ()
    chosen = set(value) if isinstance(value, list) else {value}
    if not question.required:
        labels[UNKNOWN] = _("还不清楚")
    return tuple(Choice(code, label, code in chosen) for code, label in labels.items())


def _note(question: Question, value: Any, told: Mapping[str, str]) -> str:
    if question.code in told:
        return _("请补正：{what}").format(what=told[question.code] or say(question.label))
    if question.kind is Kind.PHONE and value:
        return _("已填：{masked}。不改就空着").format(masked=value)
    return ""
