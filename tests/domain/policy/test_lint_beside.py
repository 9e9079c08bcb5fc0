"""A draft is read beside the published rest of its place: what clashes between two files, and what one does to another."""

from __future__ import annotations

import pytest

from feidi.domain.policy.selectors.drafts import remarks_on
from feidi.engines.findings import Finding, RefusedError
from feidi.kernel.content.proposing import findings_of, propose_content
from tests.support.policies import POLICY, publish
from tests.support.world import World

pytestmark = pytest.mark.django_db

OTHER = "policies/test-other.yaml"
HEAD = """valid_from: 2024-01-01
source: 演示：测试用的虚构政策
document: {title: 另一份办法（演示）, number: null, issued: 2025-01-01, issuer: 云溪区测试办, url: null, grade: A}
clauses:
"""


def clause(code: str, *more: str, rule: str = "职工总数 >= 5人") -> str:
    lines = [
        f"  - 代码: {code}",
        "    名称: 另一项奖励",
        "    对象: 企业",
        "    方式: 核准",
        "    效力: {状态: 有效, 自: 2025-01-01, 至: 2027-12-31, 说明: null}",
        '    依据: {条: 第一条, 原文: "给予7万元", 所见: 全文}',
        f"    条件: {rule}",
        "    金额: 7万元",
        "    公平竞争: []",
        *(f"    {each}" for each in more),
    ]
    return "\n".join(lines) + "\n"


def remarks(world: World, body: str, path: str = OTHER) -> list[Finding]:
    return remarks_on(world.outpost.home.code, path, body, as_of=world.now.date())


def said(found: list[Finding], code: str) -> list[tuple[str, str]]:
    return [
        (str(each.params["clause"]), str(each.params.get("code", ""))) for each in found if each.code == f"rules.{code}"
    ]


def test_an_exclusion_may_name_a_clause_of_another_file_that_exists(world: World) -> None:
    publish(world, POLICY)
    found = remarks(world, HEAD + clause("T-OTHER", "互斥: [T-SIZE]"))
    assert not said(found, "lint_excludes_unknown")
    assert said(found, "lint_excludes_one_sided") == [("T-OTHER", "T-SIZE")], "the other file does not answer"
    found = remarks(world, HEAD + clause("T-OTHER", "互斥: [T-SISE]"))
    ((_clause, code),) = said(found, "lint_excludes_unknown")
    assert code == "T-SISE"
    (finding,) = [each for each in found if each.code == "rules.lint_excludes_unknown"]
    assert str(finding.params["near"]).startswith("T-SIZE"), "what was meant stands in the other file"


def test_what_a_draft_takes_away_is_missed_elsewhere(world: World) -> None:
    publish(world, POLICY)
    publish(world, HEAD + clause("T-OTHER", "互斥: [T-SIZE]"), path=OTHER)
    start = POLICY.index("  - 代码: T-SIZE")
    without = POLICY[:start] + POLICY[POLICY.index("  - 代码: T-CLOSED") :]
    found = remarks(world, without, "policies/test-checkup.yaml")
    assert said(found, "lint_excludes_unknown") == [("T-OTHER", "T-SIZE")]
    (finding,) = [each for each in found if each.code == "rules.lint_excludes_unknown"]
    assert OTHER in str(finding.params["where"]), "it stands in the other file, and says so"
    assert not said(remarks(world, POLICY, "policies/test-checkup.yaml"), "lint_excludes_unknown")


def test_what_was_odd_elsewhere_before_is_not_the_drafts_fault(world: World) -> None:
    publish(world, POLICY)
    publish(world, HEAD + clause("T-OTHER", "互斥: [T-NOWHERE]"), path=OTHER)
    assert not said(remarks(world, POLICY, "policies/test-checkup.yaml"), "lint_excludes_unknown")
    assert said(remarks(world, HEAD + clause("T-OTHER", "互斥: [T-NOWHERE]")), "lint_excludes_unknown")


def test_a_clause_of_the_host_may_be_excluded(world: World) -> None:
    found = remarks(world, HEAD + clause("T-OTHER", "互斥: [QW-RENT-01]"))
    assert not said(found, "lint_excludes_unknown"), "a firm is asked about both places together"


@pytest.mark.parametrize("path", [OTHER, "policies/a-test.yaml"])
def test_a_code_that_another_file_has_is_no_remark_but_a_fault(world: World, path: str) -> None:
    """Whichever file comes first by name: the second clause would silently be left out."""
    publish(world, POLICY)
    home, body = world.outpost.home.code, HEAD + clause("T-SIZE")
    (fault,) = [each for each in findings_of(home, path, body) if each.code == "rules.clause_twice"]
    assert (fault.params["code"], "policies/" in str(fault.params["first"])) == ("T-SIZE", True)
    with pytest.raises(RefusedError) as refused:
        propose_content(
            actor=world.actor("lead"), now=world.now, place=home, path=path, body=body, base_sha256="", note="新"
        )
    assert [each.code for each in refused.value.refusal.reasons] == ["rules.clause_twice"]
    assert not findings_of(home, path, HEAD + clause("T-NEW"))


def test_a_fact_that_no_dictionary_of_the_chain_has_is_a_fault(world: World) -> None:
    publish(world, POLICY.replace("条件: 学历 不低于 硕士", "条件: {人工核定: 由人才办认定}"))
    home = world.outpost.home.code
    for word in (
        "从来没有的事实",
        "作出突出贡献",
    ):  # the second is judged by hand in another file: no fact of the chain
        found = findings_of(home, OTHER, HEAD + clause("T-NEW", rule=f"{word} >= 5人"))
        assert any(word in str(each.params.values()) for each in found), word
