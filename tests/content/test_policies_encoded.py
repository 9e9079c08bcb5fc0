"""``docs/policies_encoded.md`` says of each real clause what the files say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from feidi.engines.rules.amounts import Amount, Unstated, amounts_in
from feidi.engines.rules.clauses import Clause, ValidityState
from feidi.engines.rules.language import PolicyDocument
from tests.content.test_policy_cases import SEEN
from tests.support.policy_cases import CORPUS, dates_of, place_name, policy, policy_files
from tests.support.source import DOCS

PAGE = (DOCS / "policies_encoded.md").read_text(encoding="utf-8")
_DECISIONS = {"approval": "核准", "review": "评审", "case_by_case": "一事一议", "automatic": "免申即享"}
_STATES = {"in_force": "有效", "draft": "草案", "unconfirmed": "待核实"}
_SEEN = {"full": "全文", "cut": "节选"}


def _real() -> Iterator[tuple[PolicyDocument, Clause]]:
    for file in policy_files():
        if not file.is_relative_to(CORPUS):
            found = policy(file)
            yield from ((found.document, each) for each in found.clauses if each.code in SEEN)


def _unstated(amount: Amount | None) -> Iterator[str]:
    if isinstance(amount, Unstated):
        yield amount.reason
    for each in () if amount is None else amounts_in(amount):
        yield from _unstated(each)


def _row(document: PolicyDocument, clause: Clause) -> str:
    open_points = [f"人工核定：{each.name}" for each in clause.manual]
    open_points += [f"未见：{each}" for each in dict.fromkeys(_unstated(clause.amount))]
    validity = " ".join(part for part in (_STATES[clause.validity.state.value], dates_of(clause.validity)) if part)
    cells = (
        clause.code,
        place_name(clause.place),
        document.title,
        _DECISIONS[clause.decision.value],
        validity,
        clause.trust.value,
        _SEEN[clause.citation.seen],
        "、".join(clause.fair_competition) or "—",
        "；".join(open_points) or "—",
    )
    return f"| {' | '.join(cells)} |"


def test_every_clause_has_its_row() -> None:
    rows = [_row(*each) for each in _real()]
    written = [line for line in PAGE.splitlines() if line.startswith("| ") and line.split(" ")[1] in SEEN]
    assert len(rows) == 49
    assert sorted(written) == sorted(rows)


def test_the_counts_are_those_of_the_files() -> None:
    clauses = [clause for _document, clause in _real()]
    seen = Counter(each.citation.seen for each in clauses)
    states = Counter(each.validity.state for each in clauses)
    judged = sum(bool(each.manual) for each in clauses)
    unstated = sum(any(_unstated(each.amount)) for each in clauses)
    flagged = sum(bool(each.fair_competition) for each in clauses)
    unconfirmed, draft, dated = (
        states[each] for each in (ValidityState.UNCONFIRMED, ValidityState.DRAFT, ValidityState.IN_FORCE)
    )
    for words in (
        f"待核实 {unconfirmed}",
        f"草案 {draft}",
        f"有效（按所载日期）{dated}",
        f"含人工核定的 {judged}",
        f"金额有未见部分的 {unstated}",
        f"有公平竞争标记的 {flagged}",
        f"所见全文 {seen['full']}, 节选 {seen['cut']}",
    ):
        assert words in PAGE, words


def test_a_kind_that_no_text_names_says_so() -> None:
    named = {"LG-SME-01", "NS-2024-06"}
    assert [each.code for _document, each in _real() if "方式" not in each.note and each.code not in named] == []
