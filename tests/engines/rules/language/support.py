"""One small invented dictionary and policy file that the tests of the language write against."""

from __future__ import annotations

from textwrap import dedent, indent

from feidi.engines.rules.facts import FactDictionary
from feidi.engines.rules.language import ParsedPolicy, Source, parse_dictionary, parse_policy
from feidi.kernel.content.yaml_reader import read_yaml

FACTS = """
valid_from: 2026-11-29
source: 演示
facts:
  - {id: rd_spend, name: 研发费用, type: number, unit: 元, scale: 2, range: ["0元", null], aliases: [研发投入]}
  - {id: revenue, name: 营业收入, type: number, unit: 元, scale: 2, range: ["0元", null]}
  - {id: invested, name: 固定资产投资, type: number, unit: 元, scale: 2, range: ["0元", null]}
  - {id: land, name: 地价款, type: number, unit: 元, scale: 2, range: ["0元", null]}
  - {id: received, name: 同类已得奖励, type: number, unit: 元, scale: 2, range: ["0元", null]}
  - {id: local_tax, name: 地方贡献, type: number, unit: 元, scale: 2, range: ["0元", null], fair_competition: 本地纳税}
  - {id: area, name: 购置面积, type: number, unit: ㎡, scale: 2, range: ["0㎡", null]}
  - {id: plot, name: 用地面积, type: number, unit: 亩, scale: 1, range: ["0亩", null]}
  - {id: energy, name: 储能容量, type: number, unit: kWh, range: [0, null]}
  - {id: share, name: 高新收入占比, type: number, unit: "%", scale: 2, range: ["0%", "100%"]}
  - {id: staff, name: 职工人数, type: number, unit: 人, range: [0, 1000000]}
  - {id: scientists, name: 科技人员数, type: number, unit: 人, range: [0, 1000000]}
  - {id: scenes, name: 本年已核准场景数, type: number, unit: 个, range: [0, null]}
  - {id: centre, name: 研发机构级别, type: level, codes: [无, 区级, 市级, 省级, 国家级]}
  - {id: founded, name: 成立日期, type: date, range: [1978-01-01, null]}
  - {id: met, name: 条件达成日, type: date}
  - {id: in_foshan, name: 在佛山工作, type: yesno}
  - {id: clean, name: 无不良记录, type: yesno}
  - {id: referrer, name: 引荐人类型, type: code, codes: [法人, 其他组织, 自然人]}
  - {id: titles, name: 企业称号, type: codes, codes: {provincial_sme: 省级专精特新, little_giant: 专精特新小巨人, champion: 单项冠军}}
"""

CLAUSE = """
代码: YX-01
名称: 演示奖励
对象: 企业
方式: 核准
效力: {状态: 有效, 自: 2026-01-01, 至: null, 说明: null}
依据: {条: 第三条, 原文: 给予5万元奖励, 所见: 全文}
条件: 研发费用 >= 300万元
金额: 5万元
"""

HEAD = """
valid_from: 2026-11-29
source: 演示
document: {title: 演示办法, number: null, issued: 2025-06, issuer: null, url: "https://example.invalid", grade: C}
clauses:
"""


def source(text: str, file: str = "yunxi/policies/x.yaml") -> Source:
    document = read_yaml(text)
    assert not document.findings, document.findings
    return Source("yunxi", file, document.value, document.line_of, "0" * 64)


def dictionary() -> FactDictionary:
    made, findings = parse_dictionary([source(FACTS, "cn/facts.yaml")])
    assert not findings, findings
    return made


def policy_text(*clauses: str, head: str = HEAD) -> str:
    return head + "".join("  -" + indent(dedent(each).strip(), "    ")[3:] + "\n" for each in clauses or (CLAUSE,))


def policy(*clauses: str, head: str = HEAD) -> ParsedPolicy:
    return parse_policy(source(policy_text(*clauses, head=head)), dictionary())


def clause_with(**changes: str) -> str:
    """Return the example clause with lines replaced, added, or (value "") left out."""
    lines = dict(line.split(": ", 1) for line in CLAUSE.strip().splitlines())
    lines.update(changes)
    return "\n".join(f"{key}: {value}" for key, value in lines.items() if value)
