"""``feidi policy combine``: what a subject can have together at most, the runner-up, what is given up and why."""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

from feidi.engines.rules.clauses import Clause, ClauseSet
from feidi.engines.rules.combining import Combination, GivenUp, LeftOut, Possible, Selection, combine
from feidi.engines.rules.outcome import evaluate
from feidi.engines.rules.results import Outcome
from feidi.engines.rules.saying import say_money
from feidi.portals.cli.policy.eval import DECISIONS, add_question, amount_json, amount_words, question_of
from feidi.portals.cli.policy.output import put, put_json

HELP: Final = "the best combination under exclusions and caps 最优组合"
LEFT_OUT: Final = {
    LeftOut.NOT_ELIGIBLE: "不符合", LeftOut.UNKNOWN: "待核实", LeftOut.DRAFT: "草案", LeftOut.UNCONFIRMED: "有效期待核实",
    LeftOut.NOT_YET: "未生效", LeftOut.EXPIRED: "已失效", LeftOut.FAIR_COMPETITION: "公平竞争审查有疑问",
    LeftOut.WINDOW_CLOSED: "受理已截止", LeftOut.NO_MONEY: "不发资金", LeftOut.UNSTATED: "原文未载明金额",
    LeftOut.UP_TO: "只有最高额", LeftOut.NOT_EXACT: "金额未定", LeftOut.NOTHING: "金额为 0",
}  # fmt: skip


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--content DIR --facts FILE [--subject ID] --as-of DATE [--json]``."""
    add_question(parser)
    parser.add_argument("--subject", metavar="ID", help="only this subject")
    parser.add_argument("--json", action="store_true", help="one JSON object a line for each subject")


def run(args: argparse.Namespace) -> int:
    """Combine. 0 answered, 2 content or facts cannot be used (nothing is answered then)."""
    question = question_of(args)
    if isinstance(question, int):
        return question
    for subject, facts in question.subjects.items():
        outcomes = [
            evaluate(clause, facts, question.dictionary, as_of=args.as_of)
            for clause in question.clauses.clauses.values()
        ]
        found = combine(question.clauses, outcomes)
        if args.json:
            put_json(combination_json(subject, found))
        else:
            _put(subject, found, question.clauses, outcomes)
    return 0


def combination_json(subject: str, found: Combination) -> dict[str, Any]:
    """Return the answer with codes alone; amounts in hundredths of a yuan."""
    return {
        "subject": subject,
        "best": asdict(found.best),
        "runner_up": None if found.runner_up is None else asdict(found.runner_up),
        "given_up": [asdict(each) for each in found.given_up],
        "possible": [_possible(each) for each in found.possible],
        "left_out": {code: reason.value for code, reason in found.left_out.items()},
    }


def _possible(each: Possible) -> dict[str, Any]:
    return {"clause": each.clause, **amount_json(each.granted), "excluded_by": list(each.excluded_by)}


def _put(subject: str, found: Combination, clauses: ClauseSet, outcomes: Sequence[Outcome]) -> None:
    put(f"【{subject}】")
    if found.best.clauses:
        put(f"最优组合 {_selection(found.best, clauses)}")
        for outcome in (each for each in outcomes if each.clause in found.best.clauses):
            put(f"  ✓ {_named(clauses.clauses[outcome.clause])} {amount_words(outcome.granted)}")
    else:
        put("没有可以相加的条款")
    if found.runner_up is not None:
        put(f"其次 {_selection(found.runner_up, clauses)}：{'、'.join(found.runner_up.clauses)}")
    for each in found.given_up:
        put(
            f"  － 放弃 {each.clause} {clauses.clauses[each.clause].title} {say_money(each.fen)}，{_why(each, clauses)}"
        )
    for extra in found.possible:
        beside = f"，与 {'、'.join(extra.excluded_by)} 不能同时享受" if extra.excluded_by else ""
        clause = clauses.clauses[extra.clause]
        put(f"  ? {_named(clause)} {amount_words(extra.granted)}：{DECISIONS[clause.decision]}，可申请，不保证{beside}")
    for reason, codes in _by_reason(found.left_out).items():
        put(f"未计入（{LEFT_OUT[reason]}）：{'、'.join(codes)}")


def _selection(selection: Selection, clauses: ClauseSet) -> str:
    total = say_money(selection.total_fen)
    if not selection.bound_by:
        return total
    names = "、".join(clauses.shared_caps[name].label or name for name in selection.bound_by)
    return f"{total}（相加 {say_money(selection.sum_fen)}，受“{names}”限制）"


def _why(each: GivenUp, clauses: ClauseSet) -> str:
    instead = f"坚持它则合计最多 {say_money(each.instead_fen)}"
    if each.excluded_by:
        return f"与 {'、'.join(_named(clauses.clauses[code]) for code in each.excluded_by)} 不能同时享受；{instead}"
    names = "、".join(clauses.shared_caps[name].label or name for name in each.caps)
    return f"“{names}”已用完；{instead}" if names else f"加上它不会更多；{instead}"


def _named(clause: Clause) -> str:
    return f"{clause.code} {clause.title}"


def _by_reason(left_out: Mapping[str, LeftOut]) -> dict[LeftOut, list[str]]:
    grouped: dict[LeftOut, list[str]] = defaultdict(list)
    for code, reason in left_out.items():
        grouped[reason].append(code)
    return {reason: grouped[reason] for reason in LeftOut if reason in grouped}
