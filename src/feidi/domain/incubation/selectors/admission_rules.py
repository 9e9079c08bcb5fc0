"""How a place admits: the form, clocks, review and decision. Content (``enclave/admission.yaml``), nearest wins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from feidi.domain.incubation.admission_enums import QuestionKind, ScoreRule
from feidi.domain.parties.models import Outpost
from feidi.kernel.content.library import library
from feidi.kernel.deadlines.clock import ClockSpec

RULES: Final = "enclave/admission.yaml"
SCREENING, COMPLETION, REVIEW, DECISION = (
    "admission_screening",
    "admission_completion",
    "admission_review",
    "admission_decision",
)


@dataclass(frozen=True, slots=True)
class Said:
    """A text in both languages."""

    zh: str
    en: str


NOTHING: Final = Said("", "")


@dataclass(frozen=True, slots=True)
class Question:
    """One question. ``means``: what the system does with the answer; ``fact``: the dictionary's id; ``when``: asked only
    after an earlier answer (question, codes).
    """

    code: str
    kind: QuestionKind
    label: Said
    hint: Said
    required: bool
    unit: str
    choices: Mapping[str, Said]
    means: str
    fact: str
    when: tuple[str, frozenset[str]] | None


@dataclass(frozen=True, slots=True)
class Section:
    """One page of the form."""

    code: str
    title: Said
    hint: Said
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of the scoring sheet; weights are shares, they need not sum to a hundred."""

    code: str
    label: Said
    look_at: Said
    weight: int


@dataclass(frozen=True, slots=True)
class Hand:
    """Whose hand a paper wants, how many, and whether a seal stands beside it."""

    code: str
    label: Said
    hands: int
    seal: bool


@dataclass(frozen=True, slots=True)
class AdmissionRules:
    """The rules of a home place. ``confirmed`` False: a proposal that the place has not taken up."""

    sha256: str
    source: str
    confirmed: bool
    intro: Said
    consent: Said
    sections: tuple[Section, ...]
    clocks: Mapping[str, ClockSpec]
    judges: int
    rule: ScoreRule
    pass_mark: int | None
    criteria: tuple[Criterion, ...]
    seen: frozenset[str]
    judge_chain: tuple[Hand, ...]
    paper: bool
    decision_chain: tuple[Hand, ...]
    notice_days: int
    waiting_days: int
    draft_days: int
    reasons: Mapping[str, Said]

    def section(self, code: str) -> Section | None:
        """Return one page of the form, None when there is none of that code."""
        return next((each for each in self.sections if each.code == code), None)

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question, in order."""
        return tuple(each for section in self.sections for each in section.questions)

    def meaning(self, means: str) -> Question | None:
        """Return the question that the place asks for something the system uses, None when it does not ask."""
        return next((each for each in self.questions if each.means == means), None)


#: How long a draft is kept where content published before says nothing.
DRAFT_DAYS: Final = 90
_KNOWN: dict[str, AdmissionRules] = {}


def admission_rules(outpost: Outpost) -> AdmissionRules:
    """Return the rules in force for an outpost's home. Refuses when nothing of the lineage publishes any."""
    parsed = library().read(outpost.home.code, RULES, on=None)
    if parsed.sha256 not in _KNOWN:
        # content is immutable under its hash, so one reading per process is enough
        _KNOWN[parsed.sha256] = _read(parsed.sha256, parsed.data)
    return _KNOWN[parsed.sha256]


def _read(sha256: str, data: Mapping[str, Any]) -> AdmissionRules:
    review, decision = data["review"], data["decision"]
    clocks = {
        SCREENING: data["screening"],
        COMPLETION: data["completion"],
        REVIEW: review["clock"],
        DECISION: decision["clock"],
    }
    return AdmissionRules(
        sha256=sha256,
        source=data["source"],
        confirmed=data["confirmed"],
        intro=_said(data["intro"]),
        consent=_said(data["consent"]),
        sections=tuple(_section(each) for each in data["sections"]),
        clocks={code: _clock(code, raw) for code, raw in clocks.items()},
        judges=review["judges"],
        rule=ScoreRule(review["rule"]),
        pass_mark=review["pass_mark"],
        criteria=tuple(
            Criterion(each["code"], _said(each["label"]), _said(each["look_at"]), each["weight"])
            for each in review["criteria"]
        ),
        seen=frozenset(review["seen"]),
        judge_chain=_chain(review["chain"]),
        paper=decision["paper"],
        decision_chain=_chain(decision["chain"]),
        notice_days=decision["notice_days"],
        waiting_days=decision["waiting_days"],
        draft_days=data.get("draft_days", DRAFT_DAYS),
        reasons={each["code"]: _said(each["label"]) for each in decision["reasons"]},
    )


def _section(raw: Mapping[str, Any]) -> Section:
    return Section(raw["code"], _said(raw["title"]), _said(raw.get("hint")), tuple(map(_question, raw["questions"])))


def _question(raw: Mapping[str, Any]) -> Question:
    when = raw.get("when")
    return Question(
        code=raw["code"],
        kind=QuestionKind(raw["kind"]),
        label=_said(raw["label"]),
        hint=_said(raw.get("hint")),
        required=bool(raw.get("required")),
        unit=raw.get("unit", ""),
        choices={code: _said(label) for code, label in (raw.get("choices") or {}).items()},
        means=raw.get("means", ""),
        fact=raw.get("fact", ""),
        when=(when["question"], frozenset(when["is"])) if when else None,
    )


def _chain(raw: Any) -> tuple[Hand, ...]:
    return tuple(Hand(each["code"], _said(each["label"]), each["hands"], each["seal"]) for each in raw)


def _clock(code: str, raw: Mapping[str, Any]) -> ClockSpec:
    label = raw["label"]
    return ClockSpec(code, label["zh"], label["en"], raw["n"], raw["unit"], code, raw["taken_from"])


def _said(raw: Mapping[str, str] | None) -> Said:
    return Said(raw["zh"], raw["en"]) if raw else NOTHING
