"""Policy files: what a clause holds, and what is told about a file that is wrong: file, line, clause, how to write it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from feidi.engines.findings import Finding
from feidi.engines.rules.amounts import Capped, Fixed, Rounding
from feidi.engines.rules.clauses import Decision, SubjectKind, Tenant, Trust, ValidityState
from feidi.engines.rules.codes import how_of, what_of
from feidi.engines.rules.conditions import All, Compare, Op, Since
from feidi.engines.rules.language import gather, parse_policy
from tests.engines.rules.language.support import CLAUSE, clause_with, dictionary, policy, policy_text, source

WHOLE = """
代码: LG-RD-01
名称: 研发投入奖励
name_en: R&D reward
对象: 项目
方式: 免申即享
效力: {状态: 待核实, 自: 2025-01-01, 至: 2026-12-31, 说明: 原文未见有效期}
可信度: B
依据: {条: 第三条, 原文: 按研发费用分档奖励, 所见: 全文, 网址: "https://example.invalid/3"}
待遇: 分档奖励
条件: {全部: [研发费用 >= 300万元, {人工核定: 起到实质性作用}]}
金额: 5万元
最高: true
取整: {方式: 舍去, 到: 元}
受理: {自: 2025-10-10, 至: 2025-11-10, 平台: 佛山扶持通}
申领期限: {自: 条件达成日, 在: 1年, 内: true}
名额: {已用: 本年已核准场景数, 每年: 10}
总盘: {每年: 15000万元, 已用: 同类已得奖励}
互斥: [LG-SME-01]
同类: 专精特新奖励
合计上限: [both]
义务: [五年内不得出租、出售]
材料: [营业执照, 审计报告]
公平竞争: [本地纳税]
适用飞地企业: 否
产业: [智能机器人]
备注: 演示
"""
CAPS = """
valid_from: 2026-11-29
source: 演示
document: {title: 演示办法, number: 演府〔2025〕1号, issued: 2025-06-09, issuer: 演示, url: "https://example.invalid", grade: C}
shared_caps:
  both: {label: 两项合计, amount: 300万元}
clauses:
"""


def said(finding: Finding) -> str:
    return f"{what_of(finding)} {how_of(finding)}"


def test_a_whole_clause_is_read() -> None:
    found = policy(WHOLE, head=CAPS)
    assert not found.findings
    (clause,) = found.clauses
    assert (clause.subject, clause.decision, clause.trust) == (SubjectKind.PROJECT, Decision.AUTOMATIC, Trust.B)
    assert clause.validity.state is ValidityState.UNCONFIRMED
    assert clause.validity.end == date(2026, 12, 31).toordinal()
    assert clause.citation.url == "https://example.invalid/3"
    assert (clause.citation.number, clause.citation.seen) == ("演府〔2025〕1号", "full")
    assert (clause.up_to, clause.rounding, clause.unit_fen) == (True, Rounding.DOWN, 100)
    assert clause.window is not None
    assert clause.window.platform == "佛山扶持通"
    assert clause.excludes == {"LG-SME-01"}
    assert clause.shared_caps == ("both",)
    assert found.shared_caps["both"].fen == 300_000_000
    assert (clause.fair_competition, clause.enclave_tenant) == (("本地纳税",), Tenant.NO)
    assert [each.name for each in clause.manual] == ["起到实质性作用"]
    assert (clause.file, clause.line, clause.sha256) == ("yunxi/policies/x.yaml", 8, "0" * 64)


def test_claim_and_quota_become_conditions_and_a_pool_a_cap() -> None:
    (clause,) = policy(WHOLE, head=CAPS).clauses
    assert isinstance(clause.condition, All)
    *_others, claim, quota = clause.condition.parts
    assert isinstance(claim, Since)
    assert (claim.op, claim.mark.role) == (Op.LE, "claim")
    assert isinstance(quota, Compare)
    assert (quota.op, quota.linear.constant, quota.mark.role) == (Op.LT, -10, "quota")
    assert isinstance(clause.amount, Capped)
    assert (clause.amount.per, clause.amount.cap) == ("pool", Fixed(Fraction(15_000 * 1_000_000)))
    assert (clause.pool, clause.quota) == ("每年 1.5亿元", "每年 10")


def test_a_clause_with_a_fault_is_left_out_and_the_others_stay() -> None:
    found = policy(
        clause_with(代码="YX-01"), clause_with(代码="YX-02", 条件="研发支出 >= 3万元"), clause_with(代码="YX-03")
    )
    assert [each.code for each in found.clauses] == ["YX-01", "YX-03"]
    (finding,) = found.findings
    assert finding.row == 20
    assert finding.params["file"] == "yunxi/policies/x.yaml"
    assert finding.params["clause"] == "YX-02"
    assert "yunxi/policies/x.yaml:20 YX-02 条件" in what_of(finding)
    assert "您是不是要写 研发费用" in how_of(finding)


@pytest.mark.parametrize(
    ("changes", "code", "says"),
    [
        ({"代码": "YX 01"}, "clause_code", "LG-RD-01"),
        ({"代码": ""}, "key_missing", "代码"),
        ({"条件": ""}, "key_missing", "条件"),
        ({"金额": ""}, "key_missing", "金额"),
        ({"金额": "null"}, "amount_null", "未见"),
        ({"对象": "企事业"}, "choice_unknown", "企业"),
        ({"方式": "自动"}, "choice_unknown", "核准"),
        ({"效力": "{状态: 生效}"}, "choice_unknown", "有效"),
        ({"效力": "有效"}, "mapping_expected", "状态"),
        ({"效力": "{状态: 有效, 自: 2026-05-01, 至: 2026-01-01}"}, "days_reversed", "2026-05-01"),
        ({"受理": "{自: 2025-11-10, 至: 2025-10-10}"}, "days_reversed", "颠倒"),
        ({"受理": "[{自: 2025-10-10}, {自: 2025-11-10}]"}, "one_window", "一段"),
        ({"受理": "{自: 十月}"}, "day_expected", "2025-01-31"),
        ({"依据": "{条: 第三条}"}, "key_missing", "原文"),
        ({"依剧": "x"}, "key_unknown", "依据"),
        ({"最高": "是"}, "flag_expected", "true"),
        ({"取整": "{方式: 去尾}"}, "choice_unknown", "舍去"),
        ({"互斥": "[YX-01]"}, "excludes_itself", "YX-01"),
        ({"合计上限": "[both]"}, "shared_cap_unknown", "shared_caps"),
        ({"名额": "{已用: 本年已核准场景数, 每年: 十}"}, "quantity_expected", "十"),
        ({"名额": "{已用: 本年已核准场景数}"}, "key_missing", "每年"),
        ({"申领期限": "{自: 研发费用, 在: 1年}"}, "fact_type", "date"),
        ({"申领期限": "{自: 条件达成日, 在: 一年}"}, "span_expected", "3年"),
        ({"总盘": "{每年: 300}"}, "unit_needed", "300万元"),
        ({"总盘": "{每年: 300万元}", "金额": "无"}, "pool_without_amount", "总盘"),
        ({"义务": "{a: b}"}, "texts_expected", "列"),
        ({"名称": "3.5"}, "text_expected", "文字"),
    ],
)
def test_a_fault_of_a_clause_is_told_with_its_place(changes: dict[str, str], code: str, says: str) -> None:
    found = policy(clause_with(**changes))
    assert not found.clauses
    finding = next(each for each in found.findings if each.code == f"rules.{code}")
    assert says in said(finding)
    assert finding.row is not None
    assert finding.row >= 5


@pytest.mark.parametrize(
    ("head", "code"),
    [
        ("valid_from: 2026-11-29\nsource: 演示\ndocument: {title: x, number: null, issued: 九月, url: null, grade: C}\nclauses:\n", "issued_shape"),
        ("valid_from: 2026-11-29\nsource: 演示\ndocument: {title: null, number: null, issued: null, url: null, grade: C}\nclauses:\n", "title_needed"),
        ("valid_from: 2026-11-29\nsource: 演示\ndocument: {title: x, number: null, issued: null, url: null, grade: E}\nclauses:\n", "choice_unknown"),
        ("valid_from: 2026-11-29\nsource: 演示\ndocument: x\nclauses:\n", "mapping_expected"),
        ("source: 演示\ndocument: {title: x, number: null, issued: null, url: null, grade: C}\nclauses:\n", "key_missing"),
        ("valid_from: 2026-11-29\nsource: 演示\nshared_caps: {a: {amount: 3}}\ndocument: {title: x, number: null, issued: null, url: null, grade: C}\nclauses:\n", "unit_needed"),
    ],
)  # fmt: skip
def test_a_fault_of_the_document_is_told(head: str, code: str) -> None:
    found = policy(CLAUSE, head=head)
    assert f"rules.{code}" in [each.code for each in found.findings]
    assert all("{" not in said(each) for each in found.findings)


def test_one_code_means_one_clause_within_a_file_and_between_files() -> None:
    twice = policy(CLAUSE, CLAUSE)
    assert [each.code for each in twice.findings] == ["rules.clause_twice"]
    assert len(twice.clauses) == 1
    other = parse_policy(source(policy_text(CLAUSE), "binhai/policies/y.yaml"), dictionary())
    clauses, findings = gather([policy(CLAUSE), other])
    assert list(clauses.clauses) == ["YX-01"]
    assert "binhai/policies/y.yaml:6" in what_of(findings[0])
    assert "yunxi/policies/x.yaml:6" in what_of(findings[0])


def test_a_shared_cap_of_one_name_is_one_amount() -> None:
    other = CAPS.replace("300万元", "200万元")
    _clauses, findings = gather([policy(CLAUSE, head=CAPS), policy(clause_with(代码="YX-02"), head=other)])
    assert [each.code for each in findings] == ["rules.shared_cap_twice"]
