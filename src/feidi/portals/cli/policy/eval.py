"""``feidi policy eval``: every clause for every subject of a facts file; with ``--explain`` also why."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from feidi.engines.findings import Level
from feidi.engines.rules.clauses import Clause, ClauseSet, Decision, Validity
from feidi.engines.rules.facts import FactDictionary, Facts
from feidi.engines.rules.prepared import Prepared
from feidi.engines.rules.quantities import money_words
from feidi.engines.rules.results import Granted, Outcome, Truth, Verdict, Why
from feidi.portals.cli.policy.content import read_content
from feidi.portals.cli.policy.facts_file import only, read_facts
from feidi.portals.cli.policy.output import day, put, put_json, refused

HELP: Final = "who qualifies for what, why, how much 逐条判断"
VERDICTS: Final = {Verdict.ELIGIBLE: "符合", Verdict.NOT_ELIGIBLE: "不符合", Verdict.UNKNOWN: "待核实"}
DECISIONS: Final = {
    Decision.APPROVAL: "核准", Decision.REVIEW: "评审", Decision.CASE_BY_CASE: "一事一议", Decision.AUTOMATIC: "免申即享",
}  # fmt: skip
VALIDITIES: Final = {
    Validity.IN_FORCE: "有效", Validity.NOT_YET: "未到", Validity.EXPIRED: "已过", Validity.DRAFT: "草案",
    Validity.UNCONFIRMED: "有效期待核实",
}  # fmt: skip
_SIGNS: Final = {Truth.YES: "✓", Truth.NO: "✗", Truth.UNKNOWN: "?"}
_MARKS: Final = {Verdict.ELIGIBLE: "✓", Verdict.NOT_ELIGIBLE: "✗", Verdict.UNKNOWN: "?"}


@dataclass(frozen=True, slots=True)
class Question:
    """Content and facts, both without a fault."""

    clauses: ClauseSet
    dictionary: FactDictionary
    subjects: Mapping[str, Facts]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--content DIR --facts FILE [--subject ID] --as-of DATE [--explain] [--json]``."""
    add_question(parser)
    parser.add_argument("--subject", metavar="ID", help="only this subject")
    parser.add_argument("--explain", action="store_true", help="also the tree of conditions with needed and actual")
    parser.add_argument("--json", action="store_true", help="one JSON object a line for each subject and clause")


def add_question(parser: argparse.ArgumentParser) -> None:
    """Add what every question needs: content, facts, the day."""
    parser.add_argument(
        "--content", type=Path, required=True, metavar="DIR", help="folder of places, or facts and policies"
    )
    parser.add_argument("--facts", type=Path, required=True, metavar="FILE", help=".json .csv .xlsx .parquet")
    parser.add_argument("--as-of", type=day, required=True, metavar="DATE", help="the day of the question, 2026-01-31")


def question_of(args: argparse.Namespace) -> Question | int:
    """Read content and facts whole. Returns the exit status instead when anything is wrong: then nothing is answered."""
    content = read_content(args.content)
    wrong = [each for each in content.findings if each.level is not Level.NOTE]
    if wrong:
        return refused("rules.content_failed", wrong, as_json=args.json, path=str(args.content), n=len(wrong))
    manual = {fact.id: fact for clause in content.clauses.clauses.values() for fact in clause.manual}
    dictionary = content.dictionary.including(manual)
    found = read_facts(args.facts, dictionary)
    subjects = only(found, args.subject) if not found.findings else {}
    if found.findings:
        return refused(
            "rules.facts_failed", found.findings, as_json=args.json, path=str(args.facts), n=len(found.findings)
        )
    return Question(content.clauses, dictionary, subjects)


def run(args: argparse.Namespace) -> int:
    """Answer. 0 answered, 2 content or facts cannot be used (nothing is answered then)."""
    question = question_of(args)
    if isinstance(question, int):
        return question
    prepared = Prepared(question.clauses, question.dictionary, as_of=args.as_of)
    for subject, facts in question.subjects.items():
        if not args.json:
            put(f"【{subject}】")
        for clause, outcome in zip(question.clauses.clauses.values(), prepared.evaluate_all(facts), strict=True):
            why = prepared.explain(clause.code, facts) if args.explain else None
            _put(subject, clause, outcome, why, question.dictionary, as_json=args.json)
    return 0


def _put(
    subject: str, clause: Clause, outcome: Outcome, why: Why | None, dictionary: FactDictionary, *, as_json: bool
) -> None:
    if as_json:
        put_json(outcome_json(subject, outcome, why))
        return
    put(_line(clause, outcome, dictionary))
    if why is not None:
        _put_tree(why, 2)


def outcome_json(subject: str, outcome: Outcome, why: Why | None = None) -> dict[str, Any]:
    """Return the answer as the contract states it."""
    answer = {
        "subject": subject,
        "clause": outcome.clause,
        "verdict": outcome.verdict.value,
        "decision": outcome.decision.value,
        "validity": outcome.validity.value,
        "trust": outcome.trust.value,
        **amount_json(outcome.granted),
        "missing": list(outcome.missing),
    }
    return answer if why is None else {**answer, "because": why_json(why)}


def amount_json(granted: Granted | None) -> dict[str, Any]:
    """Return ``amount_fen`` where there is one amount (null: no money), else the two ends; and whether it is a bound."""
    if granted is None:
        return {"amount_fen": None, "up_to": False}
    if granted.lo_fen == granted.hi_fen and not granted.unstated:
        return {"amount_fen": granted.lo_fen, "up_to": granted.up_to}
    return {"amount_min_fen": granted.lo_fen, "amount_max_fen": granted.hi_fen, "up_to": granted.up_to}


def why_json(why: Why) -> dict[str, Any]:
    """Return the explanation tree; what is empty is left out."""
    said = {
        "needed": why.needed, "actual": why.actual, "missing": list(why.missing), "facts": list(why.facts),
        "article": why.article, "quote": why.quote, "role": "" if why.role == "condition" else why.role,
        "parts": [why_json(each) for each in why.parts],
    }  # fmt: skip
    return {
        "kind": why.kind,
        "truth": why.truth.value,
        "words": why.words,
        **{key: each for key, each in said.items() if each},
    }


def _line(clause: Clause, outcome: Outcome, dictionary: FactDictionary) -> str:
    kinds = f"{DECISIONS[outcome.decision]} · {VALIDITIES[outcome.validity]} · {outcome.trust.value}"
    missing = "、".join(dictionary[fact].name if fact in dictionary else fact for fact in outcome.missing)
    lacking = "，金额待核实" if missing and outcome.verdict is Verdict.ELIGIBLE else ""
    parts = [
        f"{_MARKS[outcome.verdict]} {outcome.clause} {clause.title}",
        f"{VERDICTS[outcome.verdict]}{lacking}{'（缺 ' + missing + '）' if missing else ''}",
        kinds,
        amount_words(outcome.granted),
    ]
    return "  ".join(part for part in parts if part)


def amount_words(granted: Granted | None) -> str:
    """Return an amount in words: 30万元, ≤ 5,000万元, 10万元 至 50万元, 最高 1,500万元（金额未载明：…）."""
    if granted is None:
        return ""
    if granted.unstated:
        return _unstated_words(granted)
    low = money_words(granted.lo_fen)
    if granted.lo_fen == granted.hi_fen:
        return f"最高 {low}" if granted.up_to else low
    if granted.hi_fen is None:
        return f"≥ {low}" if granted.lo_fen else "金额待核实"
    high = money_words(granted.hi_fen)
    return f"≤ {high}" if granted.lo_fen == 0 else f"{low} 至 {high}"


def _unstated_words(granted: Granted) -> str:
    """Return what is known of an amount that the text does not state: a cap over it, and what is certain of it."""
    why = f"金额未载明：{granted.unstated}"
    known = [f"至少 {money_words(granted.lo_fen)}"] if granted.lo_fen else []
    known += [] if granted.hi_fen is None else [f"最高 {money_words(granted.hi_fen)}"]
    return f"{'，'.join(known)}（{why}）" if known else why


def _put_tree(why: Why, indent: int) -> None:
    needed = f"  需要 {why.needed}" if why.needed else ""
    actual = f"，现为 {why.actual}" if why.actual else ""
    article = f"  [{why.article}]" if why.article else ""
    put(f"{' ' * indent}{_SIGNS[why.truth]} {why.words}{needed}{actual}{article}")
    for each in why.parts:
        _put_tree(each, indent + 2)
