"""A check-up as plain JSON: what was asked, the facts used, one row per clause with its tree, sums. Shown live or kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from feidi.domain.policy.enums import Group
from feidi.domain.policy.selectors.answers import Answer, Asked, answers_of
from feidi.domain.policy.selectors.facts import Known, facts_digest, plain_value, stale_facts
from feidi.domain.policy.selectors.library import FileUsed
from feidi.domain.policy.selectors.plain import plain
from feidi.engines.rules.asking import next_questions
from feidi.engines.rules.clauses import Clause
from feidi.engines.rules.combining import combine
from feidi.engines.rules.explaining import explain_amount
from feidi.engines.rules.fact_values import say_value
from feidi.engines.rules.facts import FactDictionary
from feidi.engines.rules.results import Granted, Outcome, Why
from feidi.engines.rules.steps import Step

#: How many missing facts are offered, those that unlock most first.
QUESTIONS = 40

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The four parts of a check-up as they are kept."""

    facts: Json
    files: list[Json]
    results: list[Json]
    summary: Json


def sheet_of(question: Asked, known: Known) -> Sheet:
    """Return everything that a check-up says of these facts on the question's day."""
    answers = answers_of(question, known.values)
    dictionary = question.library.dictionary
    return Sheet(
        facts=facts_told(known, dictionary, as_of=question.as_of),
        files=[file_told(each) for each in question.library.files],
        results=[row_of(each, question, known) for each in answers],
        summary=_summary(question, known, answers),
    )


def facts_told(known: Known, dictionary: FactDictionary, *, as_of: date) -> Json:
    """Return fact id → name, value, words, source; in the order of the dictionary."""
    stale = stale_facts(known, dictionary, as_of=as_of)
    return {
        definition.id: {
            "name": definition.name,
            "name_en": definition.name_en,
            "value": plain_value(each.value),
            "words": say_value(definition, each.value),
            "source": each.source,
            "note": each.note,
            "since": each.holds_from.isoformat() if each.holds_from else "",
            "recorded_at": each.recorded_at.isoformat() if each.recorded_at else "",
            "recorded_by": each.recorded_by,
            "confirmed_by": each.confirmed_by,
            "document": each.document,
            "row": each.row,
            "stale": definition.id in stale,
        }
        for definition in dictionary
        if (each := known.facts.get(definition.id)) is not None
    }


def file_told(each: FileUsed) -> Json:
    """Return one file that was used."""
    valid_from = each.valid_from.isoformat() if each.valid_from else ""
    return {"place": each.place, "path": each.path, "sha256": each.sha256, "valid_from": valid_from}


def row_of(answer: Answer, question: Asked, known: Known) -> Json:
    """Return one clause: its four answers, amount, tree, citation, what it asks for and what it binds to."""
    clause, outcome = answer.clause, answer.outcome
    facts, dictionary, day = known.values, question.library.dictionary, question.as_of
    return {
        "clause": clause.code,
        "place": clause.place,
        "title": clause.title,
        "title_en": clause.title_en,
        "subject": clause.subject.value,
        "group": answer.group.value,
        "verdict": outcome.verdict.value,
        "decision": outcome.decision.value,
        "validity": outcome.validity.value,
        "trust": outcome.trust.value,
        "amount": amount_told(outcome.granted),
        "no_money": clause.amount is None,
        "missing": list(outcome.missing),
        "missing_told": [fact_told(fact, dictionary) for fact in outcome.missing],
        "enclave_tenant": outcome.enclave_tenant.value,
        "fair_competition": list(outcome.fair_competition),
        "summable": outcome.summable,
        "near": _tree(answer.near.why) if answer.near else None,
        "why": _tree(_why(question, clause, known)),
        "steps": [step_told(each) for each in explain_amount(clause, facts, dictionary, as_of=day)],
        **_text_of(clause),
        **_term_of(clause, outcome.window.value),
    }


def _why(question: Asked, clause: Clause, known: Known) -> Why:
    with question.turn:
        return question.prepared.explain(clause.code, known.values)


def fact_told(fact: str, dictionary: FactDictionary) -> Json:
    """Return what a fact is called."""
    if fact not in dictionary:
        return {"id": fact, "name": fact, "name_en": ""}
    known = dictionary[fact]
    return {"id": fact, "name": known.name, "name_en": known.name_en}


def step_told(step: Step) -> Json:
    """Return one step of how an amount came about, in words."""
    return {"depth": step.depth, "words": step.words, "said": step.said, "binds": step.binds}


def _text_of(clause: Clause) -> Json:
    cited = clause.citation
    return {
        "benefit": clause.benefit,
        "duties": list(clause.duties),
        "materials": list(clause.materials),
        "note": clause.note,
        "cited": {
            "document": cited.document,
            "number": cited.number,
            "article": cited.article,
            "quote": cited.quote,
            "url": cited.url,
            "seen": cited.seen,
        },
    }


def _term_of(clause: Clause, state: str) -> Json:
    window, term = clause.window, clause.validity
    return {
        "valid_from": _day(term.start),
        "valid_to": _day(term.end),
        "validity_note": term.note,
        "window": {
            "state": state,
            "from": _day(window.start if window else None),
            "to": _day(window.end if window else None),
            "platform": window.platform if window else "",
            "note": window.note if window else "",
        },
    }


def _day(ordinal: int | None) -> str:
    return "" if ordinal is None else date.fromordinal(ordinal).isoformat()


def amount_told(granted: Granted | None) -> Json | None:
    """Return an amount in hundredths of a yuan; ``hi`` None: no upper bound is known."""
    if granted is None:
        return None
    return {
        "lo": granted.lo_fen,
        "hi": granted.hi_fen,
        "up_to": granted.up_to,
        "bound_by": list(granted.bound_by),
        "unstated": granted.unstated,
    }


def _tree(why: Why) -> Json:
    return {
        "kind": why.kind,
        "truth": why.truth.value,
        "words": why.words,
        "needed": why.needed,
        "actual": why.actual,
        "missing": list(why.missing),
        "article": why.article,
        "quote": why.quote,
        "role": why.role,
        "parts": [_tree(each) for each in why.parts],
    }


def _summary(question: Asked, known: Known, answers: Sequence[Answer]) -> Json:
    counted = Counter(each.group for each in answers)
    outcomes = [each.outcome for each in answers]
    return {
        "groups": {each.value: counted[each] for each in Group},
        "clauses": len(answers),
        "facts_hash": facts_digest(known.values),
        "unreadable": list(known.unreadable),
        "combination": plain(combine(question.clauses, outcomes)),
        "questions": [plain(each) for each in _questions(question, known, outcomes)],
        "left_out": len(question.library.clauses.clauses) - len(question.clauses.clauses),
        "unread": len(question.library.findings),
    }


def _questions(question: Asked, known: Known, outcomes: Sequence[Outcome]) -> Sequence[object]:
    dictionary, day = question.library.dictionary, question.as_of
    place = {code: number for number, code in enumerate(question.clauses.clauses)}
    listed = sorted(outcomes, key=lambda each: place[each.clause])
    return next_questions(question.clauses, known.values, dictionary, as_of=day, top=QUESTIONS, outcomes=listed)
