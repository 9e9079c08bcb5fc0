"""Every policy of every place is read without a fault, and answers its cases; the 49 clauses seen are all encoded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar, get_args

import pytest
import yaml

from feidi.engines.rules.amounts import Amount, Capped, Where, amounts_in
from feidi.engines.rules.clauses import Clause, Decision, SubjectKind
from feidi.engines.rules.conditions import All, Any, AtLeast, Atom, Compare, Not, Op, Since, Span, parts_of
from feidi.engines.rules.results import Granted, Verdict
from tests.support.policy_cases import CORPUS, Case, cases, differences, facts_of, outcome_of, policy, policy_files
from tests.support.source import ROOT

Node = TypeVar("Node")
CASES = list(cases())
#: The clauses seen in public text: each of them is encoded, under its own code.
SEEN = (
    *("CC-REF-01", "CC-REF-02", "CC-REF-03", "CC-DIG-01", "CC-DIG-02", "CC-DIG-03", "CC-DIG-04"),
    *("FS-ROB-01", "FS-ROB-02", "FS-ROB-03", "FS-ROB-04", "FS-ROB-05", "FS-ROB-06", "FS-SME-01"),
    *("FS-HTZ-01", "FS-HTZ-02", "FS-HTZ-03", "FS-TEAM-01", "NH-TEAM-01", "NH-GC-01", "NH-GC-02", "NH-GC-03"),
    *("FS-CARD-01", "FS-CARD-02", "FS-CARD-03", "SD-BJ-01", "SD-BJ-02", "SD-BJ-03", "GD-CHAMP-01"),
    *("NS-2024-01", "NS-2024-02", "NS-2024-03", "NS-2024-04", "NS-2024-05", "NS-2024-06"),
    *("NS-OLD-01", "NS-OLD-02", "NS-OLD-03", "LG-SME-01", "LG-SME-02", "LG-SME-03", "LG-SME-04"),
    *("LG-RD-01", "LG-PLANT-01", "CN-HTE-01", "CN-INC-TAX", "DG-SL-01", "GZ-WQS-01", "GZ-HD-01"),
)
SOURCE = ROOT.parent / "shared" / "domain" / "policy_clauses.yaml"


@pytest.mark.parametrize("file", policy_files(), ids=lambda file: "/".join(file.parts[-3::2]))
def test_a_policy_is_read_without_a_fault(file: Path) -> None:
    assert policy(file).findings == ()
    assert policy(file).clauses


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_answer_is_the_one_expected(case: Case) -> None:
    assert "verdict" in case.expect
    assert differences(case) == []


def test_every_clause_seen_is_encoded_once_and_every_clause_has_a_case() -> None:
    codes = Counter(each.code for file in policy_files() for each in policy(file).clauses)
    assert len(SEEN) == len(set(SEEN)) == 49
    assert set(SEEN) <= set(codes)
    assert [code for code, times in codes.items() if times > 1] == []
    assert set(codes) - {each.clause for each in CASES} == set()


def test_forgetting_a_fact_never_contradicts_what_was_answered() -> None:
    """Whatever one does not know stands for all it can be: the answer without a fact holds the answer with it."""
    for case in CASES:
        facts = facts_of(case)
        known = outcome_of(case, facts)
        for fact in facts:
            without = outcome_of(case, {key: value for key, value in facts.items() if key != fact})
            assert without.verdict in {known.verdict, Verdict.UNKNOWN}, (case.id, fact)
            assert _contains(without.granted, known.granted), (case.id, fact)


def _contains(wide: Granted | None, narrow: Granted | None) -> bool:
    if narrow is None:
        return True
    if wide is None or wide.lo_fen > narrow.lo_fen:
        return False
    return wide.hi_fen is None or (narrow.hi_fen is not None and wide.hi_fen >= narrow.hi_fen)


def test_no_two_cases_are_called_the_same() -> None:
    assert [name for name, times in Counter(each.id for each in CASES).items() if times > 1] == []


@pytest.mark.skipif(not SOURCE.exists(), reason="the list of clauses seen is not beside the project")
def test_the_encoding_says_what_the_list_says() -> None:
    rows = {each["id"]: each for each in yaml.safe_load(SOURCE.read_text(encoding="utf-8"))}
    clauses = {each.code: each for file in policy_files() for each in policy(file).clauses}
    assert set(rows) == set(SEEN)
    for code, row in rows.items():
        assert clauses[code].trust.value == row["grade"], code
        assert clauses[code].citation.url == row["url"], code
        assert clauses[code].citation.seen == row["seen"], code
        unconfirmed, draft = (clauses[code].validity.state.value == each for each in ("unconfirmed", "draft"))
        assert unconfirmed or row["valid"] != "unknown", code
        assert draft == (row["valid"] == "draft"), code


def _own() -> list[Clause]:
    return [each for file in policy_files() if file.is_relative_to(CORPUS) for each in policy(file).clauses]


def test_the_corpus_has_its_own_clauses() -> None:
    assert len(_own()) >= 8


def test_the_corpus_writes_every_kind_of_condition_and_amount() -> None:
    amounts = [node for each in _own() if each.amount is not None for node in _nested(each.amount, amounts_in)]
    rules = [each.condition for each in _own()] + [each.condition for each in amounts if isinstance(each, Where)]
    conditions = [node for each in rules for node in _nested(each, parts_of)]
    assert {type(each) for each in conditions} == {*get_args(Atom), All, Any, AtLeast, Not}
    assert {type(each) for each in amounts} == set(get_args(Amount))
    assert {each.op for each in conditions if isinstance(each, Compare)} == set(Op)
    assert {each.span for each in conditions if isinstance(each, Since)} == set(Span)
    assert any(each.denominator for each in conditions if isinstance(each, Compare))
    assert {each.subject for file in policy_files() for each in policy(file).clauses} == set(SubjectKind)
    assert {each.decision for each in _own()} == set(Decision)
    assert {each.per for each in amounts if isinstance(each, Capped)} == {"case", "firm", "person", "pool", "year"}


def _nested(node: Node, parts: Callable[[Node], tuple[Node, ...]]) -> Iterator[Node]:
    yield node
    for each in parts(node):
        yield from _nested(each, parts)
