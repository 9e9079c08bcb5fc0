"""The answers of an application, whole: what stands in columns of its own, what is on record already, its files."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from feidi.domain.incubation.admission_enums import QuestionKind
from feidi.domain.incubation.models import Application
from feidi.domain.incubation.selectors.admission_form import NO, NONE, YES, read_answer, words_of
from feidi.domain.incubation.selectors.admission_rules import AdmissionRules, Question, Section
from feidi.domain.parties.enums import IdentifierScheme
from feidi.domain.parties.models import Organization, Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.policy.selectors.checkups import enquire
from feidi.domain.policy.selectors.facts import facts_known
from feidi.domain.policy.selectors.library import library_of
from feidi.engines.rules.fact_values import say_value
from feidi.engines.rules.facts import FactDef, Value
from feidi.kernel.sealing import unseal


def full_answers(row: Application, rules: AdmissionRules) -> dict[str, Any]:
    """Return the answers with the contact's name and masked phone among them."""
    answers = dict(row.answers)
    for means, value in (("contact", row.contact_name), ("phone", row.phone_masked)):
        question = rules.meaning(means)
        if question and value:
            answers[question.code] = value
    return answers


def files_of(row: Application) -> list[str]:
    """Return the questions that have a file."""
    return list(row.files.filter(voided_at__isnull=True).values_list("question", flat=True))


def lines_of(
    row: Application, rules: AdmissionRules, section: Section, *, english: bool = False
) -> list[tuple[Question, str]]:
    """Return each question of a page with its answer in words; "" where nothing was answered."""
    answers = full_answers(row, rules)
    return [
        (each, words_of(each, answers.get(each.code), english=english))
        for each in section.questions
        if each.kind is not QuestionKind.FILE
    ]


def phone_of(row: Application) -> str:
    """Return the contact's phone in clear. For services only, which write down that it was opened or used."""
    return "" if row.phone_sealed is None else unseal(row.phone_sealed, context=f"incubation.application:{row.uid}")


def known_answers(outpost: Outpost, rules: AdmissionRules, organization: Organization, now: datetime) -> dict[str, Any]:
    """Return what is on record of an organization as answers: nobody is asked twice."""
    given = {**_names(rules, organization), **_facts(outpost, rules, organization, now)}
    return {code: value for code, value in given.items() if value not in (None, "")}


def _names(rules: AdmissionRules, organization: Organization) -> dict[str, Any]:
    code = organization.identifiers.filter(scheme=IdentifierScheme.USCC, valid=True).values_list("value", flat=True)
    known = {"applicant": organization.name, "company": organization.name, "uscc": code.first() or ""}
    found = {}
    for means, value in known.items():
        question = rules.meaning(means)
        if question:
            found[question.code] = value
    return found


def _facts(outpost: Outpost, rules: AdmissionRules, organization: Organization, now: datetime) -> dict[str, Any]:
    today = now.astimezone(SHANGHAI).date()
    dictionary = library_of(outpost, on=today).dictionary
    enquiry = enquire(organization, outpost, as_of=today, known_at=now)
    known = facts_known(outpost, enquiry.subjects, dictionary, as_of=today, known_at=now).facts
    return {
        each.code: _as_answer(each, dictionary[each.fact], known[each.fact].value)
        for each in rules.questions
        if each.fact in known and each.fact in dictionary
    }


def _as_answer(question: Question, definition: FactDef, value: Value) -> Any:
    """Return a fact as an answer, None where it does not fit the question (an interval, another unit)."""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, frozenset):
        # a set the form cannot show whole is asked anew: cut short it would say that the rest is not held
        return (sorted(value) or [NONE]) if value <= set(question.choices) else None
    words = say_value(definition, value)
    answer, wrong = read_answer(question, words.removesuffix(question.unit).strip() if question.unit else words)
    return None if wrong else answer
