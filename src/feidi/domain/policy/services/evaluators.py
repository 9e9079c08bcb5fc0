"""Asking the evaluators against each other: what one of them says alone is never written down.

A batch is answered twice, by the prepared clauses and by the columns; one answer of a thousand also by the reference.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from feidi.domain.policy.selectors.answers import Answer, Asked
from feidi.engines.findings import Finding, Level, RefusedError, refuse
from feidi.engines.rules.facts import Facts
from feidi.engines.rules.many import Batch, columns_of, evaluate_many, prepare_many
from feidi.engines.rules.outcome import evaluate
from feidi.engines.rules.results import Verdict

#: Of so many answers one is asked again of the reference interpreter.
CHECKED_ONE_OF = 1000
#: From so many subjects on the columns are asked too; for one firm on a page the reference sample is enough.
COLUMNS_FROM = 20


@dataclass(frozen=True, slots=True)
class Told:
    """What the prepared clauses said of one subject."""

    uid: str
    facts: Facts
    answers: Sequence[Answer]


def check_answers(question: Asked, told: Sequence[Told]) -> int:
    """Return how many answers the reference confirmed. Refused with everything that differs: an evaluator disagrees."""
    differing = _by_columns(question, told) if len(told) >= COLUMNS_FROM else []
    checked = 0
    for each in told:
        for answer in each.answers:
            if _is_drawn(each.uid, answer.clause.code, question.library.hash):
                checked += 1
                differing += _by_reference(question, each, answer)
    if differing:
        raise _disagreement(differing)
    return checked


def _by_reference(question: Asked, told: Told, answer: Answer) -> list[Finding]:
    again = evaluate(answer.clause, told.facts, question.library.dictionary, as_of=question.as_of)
    if again == answer.outcome:
        return []
    return [_differs(answer.clause.code, told.uid, str(answer.outcome), str(again))]


def _by_columns(question: Asked, told: Sequence[Told]) -> list[Finding]:
    """Return the verdicts that the columns see otherwise."""
    dictionary = question.library.dictionary
    program = prepare_many(question.clauses, dictionary, as_of=question.as_of)
    batch = evaluate_many(program, columns_of([each.facts for each in told], dictionary))
    seen = _verdicts(batch)
    return [
        _differs(answer.clause.code, each.uid, answer.outcome.verdict.value, found.value)
        for row, each in enumerate(told)
        for answer in each.answers
        if (found := seen[answer.clause.code][row]) is not answer.outcome.verdict
    ]


def _verdicts(batch: Batch) -> dict[str, dict[int, Verdict]]:
    found: dict[str, dict[int, Verdict]] = {}
    for clause, code in enumerate(batch.codes):
        rows: defaultdict[int, Verdict] = defaultdict(lambda: Verdict.NOT_ELIGIBLE)
        rows.update(dict.fromkeys(map(int, batch.eligible_rows(clause)), Verdict.ELIGIBLE))
        rows.update(dict.fromkeys(map(int, batch.unknown_rows(clause)), Verdict.UNKNOWN))
        found[code] = rows
    return found


def _differs(clause: str, uid: str, fast: str, reference: str) -> Finding:
    params = {"clause": clause, "subject": uid, "fast": fast[:200], "reference": reference[:200]}
    return Finding(Level.PROBLEM, "policy.evaluators_differ", params)


def _disagreement(differing: Sequence[Finding]) -> RefusedError:
    return refuse("policy.evaluators_differ", *differing[:20], **{**differing[0].params, "n": len(differing)})


def _is_drawn(uid: str, clause: str, policy_hash: str) -> bool:
    drawn = sha256(f"{uid}:{clause}:{policy_hash}".encode()).digest()
    return int.from_bytes(drawn[:4], "big") % CHECKED_ONE_OF == 0
