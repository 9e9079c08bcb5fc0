"""What the policies of both places say of an applicant: a check-up on what it answered, over what is on record of it.

Nothing is kept and nothing is recommended: a reward that hangs on registration, local taxes or statistics carries its flag.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from feidi.domain.incubation.selectors.admission_form import NONE, UNKNOWN, Answers
from feidi.domain.incubation.selectors.admission_rules import AdmissionRules, Question
from feidi.domain.parties.models import Organization, Outpost
from feidi.domain.policy.enums import Validity, Verdict
from feidi.domain.policy.selectors.answers import asked, kinds_for
from feidi.domain.policy.selectors.checkups import enquire
from feidi.domain.policy.selectors.facts import Known, KnownFact, facts_known
from feidi.domain.policy.selectors.library import PolicyLibrary, library_of
from feidi.domain.policy.selectors.sheets import sheet_of
from feidi.engines.rules.fact_values import FactValueError, parse_value
from feidi.engines.rules.facts import Value

STATED: Final = "stated"
_ASKED: Final = frozenset({Validity.IN_FORCE, Validity.UNCONFIRMED})
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PolicyLines:
    """Clauses by verdict, each as one row of the check-up; ``hash`` names the content used.

    One whose being in force nobody has confirmed with its issuer is never 符合: it stands with what is not known.
    ``left_out``: drafts, clauses not yet in force and those that have ended.
    """

    eligible: tuple[Json, ...]
    unknown: tuple[Json, ...]
    not_eligible: tuple[Json, ...]
    left_out: int
    hash: str
    as_of: date


def policies_for(
    outpost: Outpost,
    rules: AdmissionRules,
    answers: Answers,
    organization: Organization | None,
    *,
    as_of: date,
    known_at: datetime,
) -> PolicyLines:
    """Return what the clauses of both places say, of an organization on record or of one that is only told of."""
    library = library_of(outpost, on=as_of)
    known = _on_record(outpost, organization, library, as_of, known_at)
    known.update(_stated(rules, answers, library))
    kinds = kinds_for([each.kind for each in organization.kinds.all()] if organization else ["team"])
    sheet = sheet_of(asked(library, kinds, as_of=as_of), Known(known))
    asked_of = [each for each in sheet.results if each["validity"] in _ASKED]
    refused = [each for each in asked_of if each["verdict"] == Verdict.NOT_ELIGIBLE]
    sure = [each for each in asked_of if each["verdict"] == Verdict.ELIGIBLE and not unconfirmed(each)]
    open_ones = [each for each in asked_of if each not in refused and each not in sure]
    return PolicyLines(
        eligible=tuple(sure),
        unknown=tuple(sorted(open_ones, key=lambda row: len(row["missing"]))),
        not_eligible=tuple(sorted(refused, key=lambda row: row["near"] is None)),
        left_out=len(sheet.results) - len(asked_of),
        hash=library.hash,
        as_of=as_of,
    )


def unconfirmed(row: Json) -> bool:
    """Tell whether nobody has confirmed with the issuer that a clause is in force."""
    return bool(row["validity"] == Validity.UNCONFIRMED)


def fact_values(
    rules: AdmissionRules, answers: Answers, library: PolicyLibrary
) -> dict[str, tuple[Question, str, Value]]:
    """Return fact id → its question, the answer as the dictionary reads it, its value; what is not readable is left out."""
    found = {}
    for question in rules.questions:
        answer = answers.get(question.code)
        if not question.fact or answer is None or answer == UNKNOWN or question.fact not in library.dictionary:
            continue
        given = as_given(question, answer)
        try:
            found[question.fact] = question, given, parse_value(library.dictionary[question.fact], given)
        except FactValueError:
            continue
    return found


def as_given(question: Question, answer: Any) -> str:
    """Return an answer as people write a fact's value: 9人, 120万元, 是."""
    if isinstance(answer, list):
        # 都没有 is an answer about the whole set, not one of its codes
        return "、".join(each for each in answer if each != NONE) or "无"
    return {"yes": "是", "no": "否"}.get(answer, f"{answer}{question.unit}")


def failing(row: Json) -> Json | None:
    """Return the condition that keeps a clause from applying: the one that alone does, else the first that fails."""
    if row["near"]:
        near: Json = row["near"]
        return near
    return _first_failing(row["why"])


def _first_failing(node: Json) -> Json | None:
    if not node["parts"]:
        return node if node["truth"] == "no" else None
    return next((found for each in node["parts"] if (found := _first_failing(each))), None)


def _stated(rules: AdmissionRules, answers: Answers, library: PolicyLibrary) -> dict[str, KnownFact]:
    return {
        fact: KnownFact(fact, value, STATED, note=f"入驻申请：{question.label.zh}")
        for fact, (question, _given, value) in fact_values(rules, answers, library).items()
    }


def _on_record(
    outpost: Outpost, organization: Organization | None, library: PolicyLibrary, as_of: date, known_at: datetime
) -> dict[str, KnownFact]:
    if organization is None:
        return {}
    enquiry = enquire(organization, outpost, as_of=as_of, known_at=known_at)
    known: Mapping[str, KnownFact] = facts_known(
        outpost, enquiry.subjects, library.dictionary, as_of=as_of, known_at=known_at
    ).facts
    return dict(known)
