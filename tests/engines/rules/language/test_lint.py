"""What can be read and is hardly meant is told: tiers, conditions, exclusions, days, words beside the rule."""

from __future__ import annotations

from datetime import date

import pytest

from feidi.engines.findings import Finding, Level
from feidi.engines.rules.codes import what_of
from feidi.engines.rules.language import gather
from feidi.engines.rules.lint import lint
from feidi.engines.rules.lint_texts import money_in
from tests.engines.rules.language.support import clause_with, dictionary, policy
from tests.engines.rules.language.test_policies import CAPS

WORDS = dictionary()
DAY = date(2026, 6, 1)


def linted(*clauses: str, head: str = CAPS) -> list[Finding]:
    found = policy(*clauses, head=head)
    assert not found.findings, found.findings
    return lint(gather([found])[0], WORDS, as_of=DAY)


def codes(*clauses: str) -> list[str]:
    return [each.code.removeprefix("rules.lint_") for each in linted(*clauses)]


def scale(*bands: str, by: str = "研发费用", condition: str = "在佛山工作") -> str:
    rows = ", ".join(f'{{区间: "{band}", 金额: 5万元}}' for band in bands)
    return clause_with(条件=condition, 金额=f"{{分档: {{按: {by}, 档: [{rows}]}}}}")


def test_a_clean_clause_has_nothing_to_tell() -> None:
    assert codes(clause_with()) == []
    assert codes(scale("[300万元, 1000万元)", "[1000万元, 3000万元)", "[3000万元, )")) == []


@pytest.mark.parametrize(
    ("bands", "told"),
    [
        (("[300万元, 1000万元)", "(1000万元, 3000万元)"), [("band_gap", "1,000万元")]),
        (("[300万元, 1000万元)", "[2000万元, 3000万元)"), [("band_gap", "1,000万元（含）至 2,000万元（不含）")]),
        (("[300万元, 1000万元]", "[1000万元, 3000万元)"), [("band_overlap", "1,000万元")]),
        (("[300万元, 1000万元)", "[500万元, 3000万元)"), [("band_overlap", "500万元（含）至 1,000万元（不含）")]),
        (("[300万元, )", "[500万元, 3000万元)"), [("band_unreachable", "前面各档")]),
        (("[1万元, 2万元)", "[2万元, 3万元)", "[1万元, 3万元)"), [("band_unreachable", "第 3 档")]),
    ],
)
def test_tiers_with_a_gap_an_overlap_or_out_of_reach(bands: tuple[str, ...], told: list[tuple[str, str]]) -> None:
    found = linted(scale(*bands))
    assert [each.code.removeprefix("rules.lint_") for each in found] == [code for code, _says in told]
    for finding, (_code, says) in zip(found, told, strict=True):
        assert finding.level is Level.PROBLEM
        assert says in what_of(finding)


def test_a_tier_beyond_the_range_or_ruled_out_by_the_condition() -> None:
    (beyond,) = linted(scale("[60%, 100%]", "(100%, 150%)", by="高新收入占比"))
    assert (beyond.code, beyond.level) == ("rules.lint_band_unreachable", Level.PROBLEM)
    (out,) = linted(scale("[0元, 300万元)", "[300万元, )", condition="研发费用 >= 300万元"))
    assert (out.code, out.level) == ("rules.lint_band_unreachable", Level.NOTE)
    table = "{按级: {按: 研发机构级别, 表: {区级: 5万元, 省级: 5万元}}}"
    (code,) = linted(clause_with(条件="研发机构级别 不低于 市级", 金额=table))
    assert "区级" in what_of(code)
    (year,) = linted(clause_with(金额="{逐年: {自: 成立日期, 表: {1-2: 5万元, 4: 5万元}}}"))
    assert "第 3 年" in what_of(year)


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        ("研发费用 >= 0元", "always_true"),
        ("高新收入占比 <= 100%", "always_true"),
        ("高新收入占比 > 100%", "always_false"),
        ("研发费用 - 研发费用 >= 0元", "always_true"),
        ("研发机构级别 不低于 无", "always_true"),
        ("引荐人类型 属于 法人、其他组织、自然人", "always_true"),
        ("成立日期 >= 1970-01-01", "always_true"),
        ("成立日期 < 1970-01-01", "always_false"),
        ("{全部: [研发费用 >= 300万元, 营业收入 > 1元, 研发费用 < 200万元]}", "contradiction"),
        ("{全部: [研发费用 > 300万元, {全部: [研发费用 <= 300万元]}]}", "contradiction"),
        ("{全部: [引荐人类型 属于 法人, 引荐人类型 属于 自然人]}", "contradiction"),
        ("{全部: [在佛山工作, 在佛山工作 = 否]}", "contradiction"),
        ("{全部: [在佛山工作, 非 在佛山工作]}", "contradiction"),
        ("{全部: [企业称号 含 单项冠军, 企业称号 不含 单项冠军、省级专精特新]}", "contradiction"),
        ("{全部: [成立日期 >= 2025-01-01, 成立日期 < 2024-01-01]}", "contradiction"),
        ("{任一: [研发费用 >= 300万元, 研发费用 < 200万元]}", None),
        ("{全部: [研发费用 >= 300万元, 研发费用 <= 300万元]}", None),
        ("职工人数 >= 10", None),
    ],
)
def test_a_condition_that_says_nothing_or_too_much(condition: str, told: str | None) -> None:
    assert codes(clause_with(条件=condition)) == ([told] if told else [])


def test_a_denominator_that_may_be_0_is_told_once() -> None:
    twice = "{任一: [研发费用 / 营业收入 >= 5%, 研发费用 / 营业收入 < 1%, 研发费用 / 职工人数 > 1元/人]}"
    found = linted(clause_with(条件=twice))
    assert [(each.code, each.level) for each in found] == [("rules.lint_ratio_may_be_zero", Level.NOTE)] * 2


def test_what_has_run_out() -> None:
    old = clause_with(效力="{状态: 有效, 自: 2020-01-01, 至: 2025-12-31}", 受理="{自: 2025-10-10, 至: 2025-11-10}")
    assert codes(old) == ["expired", "window_closed"]
    late = clause_with(效力="{状态: 有效, 自: 2026-01-01, 至: 2026-12-31}", 受理="{自: 2027-01-01, 至: 2027-02-01}")
    assert codes(late) == ["window_after_validity"]


def test_exclusions_and_groups() -> None:
    assert codes(clause_with(互斥="[YX-99]")) == ["excludes_unknown"]
    one_sided = (clause_with(互斥="[YX-02]"), clause_with(代码="YX-02"))
    assert codes(*one_sided) == ["excludes_one_sided"]
    both = (clause_with(互斥="[YX-02]"), clause_with(代码="YX-02", 互斥="[YX-01]"))
    assert codes(*both) == []
    grouped = (clause_with(互斥="[YX-02]", 同类="甲"), clause_with(代码="YX-02", 互斥="[YX-01]", 同类="甲"))
    assert codes(*grouped) == ["excludes_and_group"] * 2
    capped = (
        clause_with(互斥="[YX-02]", 合计上限="[both]"),
        clause_with(代码="YX-02", 互斥="[YX-01]", 合计上限="[both]"),
    )
    assert codes(*capped) == ["excludes_and_shared_cap"] * 2
    together = (clause_with(同类="甲", 合计上限="[both]"), clause_with(代码="YX-02", 同类="甲", 合计上限="[both]"))
    assert codes(*together) == ["group_with_shared_cap"]
    assert codes(clause_with(同类="甲")) == ["group_alone"]


def test_a_shared_cap_is_idle_only_where_no_two_clauses_under_it_can_be_had_together() -> None:
    excluding = (
        clause_with(互斥="[YX-02]", 合计上限="[both]"),
        clause_with(代码="YX-02", 互斥="[YX-01]", 合计上限="[both]"),
    )
    grouped = (clause_with(同类="甲", 合计上限="[both]"), clause_with(代码="YX-02", 同类="甲", 合计上限="[both]"))
    third = clause_with(代码="YX-03", 合计上限="[both]")
    assert codes(*excluding, third) == []
    assert codes(*grouped, third) == []
    beside_none = clause_with(代码="YX-03", 互斥="[YX-01, YX-02]", 合计上限="[both]")
    assert codes(*excluding, beside_none).count("excludes_and_shared_cap") == 4


def test_a_clause_without_a_rule_and_a_rule_without_a_clause() -> None:
    assert codes(clause_with(条件="无")) == ["clause_without_rule"]
    assert codes(clause_with(条件="无", 备注="原文没有条件")) == []
    assert "rule_without_clause" in codes(clause_with(依据="{条: null, 原文: null, 所见: 节选}"))


def test_fair_competition_triggers() -> None:
    by_fact = linted(clause_with(条件="地方贡献 >= 300万元"))
    assert [(each.code, each.level) for each in by_fact] == [("rules.lint_fair_competition_fact", Level.PROBLEM)]
    assert codes(
        clause_with(
            条件="在佛山工作", 金额="{比例: {基数: 地方贡献, 率: 10%}}", 依据="{条: 一, 原文: 按10%, 所见: 全文}"
        )
    ) == ["fair_competition_fact"]
    assert codes(clause_with(条件="地方贡献 >= 300万元", 公平竞争="[本地纳税]")) == []
    for words, kind in (
        ("对新迁入企业给予5万元", "迁移注册地"),
        ("按税收贡献给予5万元", "本地纳税"),
        ("纳入本区统计的给予5万元", "本地统计"),
        ("四上企业给予5万元", "本地统计"),
    ):
        (note,) = linted(clause_with(依据=f"{{条: 一, 原文: {words}, 所见: 全文}}"))
        assert (note.code, note.level, note.params["kind"]) == ("rules.lint_fair_competition_words", Level.NOTE, kind)
    assert codes(clause_with(条件="{人工核定: 注册地迁移至本区}")) == ["fair_competition_words"]


def quoted(words: str, amount: str) -> str:
    return clause_with(依据=f"{{条: 一, 原文: {words}, 所见: 全文}}", 金额=amount)


def test_amounts_that_differ_between_text_and_rule() -> None:
    assert codes(quoted("给予5万元", "5万元")) == []
    (differs,) = [each for each in linted(quoted("给予50万元", "5万元")) if each.level is Level.PROBLEM]
    assert "5万元" in what_of(differs)
    assert "50万元" in what_of(differs)
    assert "amount_not_in_rule" in codes(quoted("给予5万元，另给3万元", "5万元"))
    assert codes(quoted("研发费用300万元以上的给予5万元", "5万元")) == []
    rate = "{封顶: {金额: {比例: {基数: 研发费用, 率: 30%}}, 上限: 50万元}}"
    assert codes(quoted("按30%给予，最高50万元", rate)) == []
    assert codes(quoted("按20%给予，最高50万元", rate)) == ["amount_not_in_text"]
    assert (
        codes(
            quoted("每平方米1000元，最高50万元", "{封顶: {金额: {单价: {数量: 购置面积, 每: 1000元}}, 上限: 50万元}}")
        )
        == []
    )
    assert codes(quoted("给予奖励", "5万元")) == ["amount_guessed"]
    assert codes(quoted("给予一百万元奖励", "100万元")) == []


@pytest.mark.parametrize(
    ("text", "wan"),
    [
        ("奖励300-1000万元", {300, 1000}),
        ("分别奖励10、20、30万元", {10, 20, 30}),
        ("10/20/30万元", {10, 20, 30}),
        ("最高1.5亿元", {15_000}),
        ("20万奖励", {20}),
        ("20万人次、3万平方米", set()),
        ("1,200万元", {1200}),
    ],
)
def test_money_in_a_text(text: str, wan: set[int]) -> None:
    assert money_in(text) == {each * 1_000_000 for each in wan}


def test_sums_that_would_not_fit_64_bits() -> None:
    huge = clause_with(条件="9999999 * 研发费用 + 1元 > 营业收入 / 7777777")
    assert "overflow" in codes(huge)
    assert codes(clause_with(条件="20 * 研发费用 - 固定资产投资 > 营业收入 / 3")) == []
