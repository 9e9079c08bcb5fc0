"""``feidi policy combine``: the best combination of a subject, the runner-up, what is given up and why; unusable input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from feidi.portals.cli.main import main

UNUSABLE = 2
FACTS = """
valid_from: 2026-01-01
source: 演示
facts:
  - {id: local, name: 在本地, type: yesno, subject: organization, period: moment, source: 演示, confirmer: 演示, question: {zh: 是否在本地, en: Is it local}}
"""
CLAUSE = """
  - 代码: {code}
    名称: {title}
    对象: 企业
    方式: {decision}
    效力: {{状态: {state}, 自: null, 至: null, 说明: 演示}}
    依据: {{条: 第一条, 原文: "演示", 所见: 全文}}
    待遇: 演示
    条件: 在本地
    金额: {amount}
"""
POLICY = """
valid_from: 2026-01-01
source: 演示
document: {title: 演示办法, number: null, issued: null, issuer: null, url: null, grade: A}
shared_caps: {together: {label: 两项合计, amount: 30万元}}
clauses:
"""


def clause(code: str, title: str, amount: str, *more: str, decision: str = "核准", state: str = "有效") -> str:
    lines = CLAUSE.format(code=code, title=title, amount=amount, decision=decision, state=state)
    return lines + "".join(f"    {line}\n" for line in more)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    (folder / "policies").mkdir(parents=True)
    (folder / "facts.yaml").write_text(FACTS, "utf-8")
    rules = (
        clause("T-01", "大奖", "50万元")
        + clause("T-02", "小奖", "30万元", "互斥: [T-01]")
        + clause("T-03", "补贴", "20万元", "合计上限: [together]")
        + clause("T-04", "租金", "25万元", "合计上限: [together]")
        + clause("T-05", "专项", "90万元", decision="评审")
        + clause("T-06", "草案奖", "90万元", state="草案")
    )
    (folder / "policies" / "all.yaml").write_text(POLICY + rules, "utf-8")
    return folder


def asked(content: Path, tmp_path: Path, facts: object, *more: str) -> list[str]:
    file = tmp_path / "facts.json"
    file.write_text(json.dumps({"subjects": facts}), "utf-8")
    return ["policy", "combine", "--content", str(content), "--facts", str(file), "--as-of", "2026-11-29", *more]


def test_the_best_the_runner_up_and_what_is_given_up(
    content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(asked(content, tmp_path, {"甲": {"在本地": "是"}, "乙": {}}, "--subject", "甲", "--json")) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line) == {
        "subject": "甲",
        "best": {
            "clauses": ["T-01", "T-03", "T-04"], "total_fen": 80_000_000, "sum_fen": 95_000_000, "bound_by": ["together"],
        },
        "runner_up": {
            "clauses": ["T-02", "T-03", "T-04"], "total_fen": 60_000_000, "sum_fen": 75_000_000, "bound_by": ["together"],
        },
        "given_up": [
            {"clause": "T-02", "fen": 30_000_000, "excluded_by": ["T-01"], "caps": [], "instead_fen": 60_000_000}
        ],
        "possible": [{"clause": "T-05", "amount_fen": 90_000_000, "up_to": False, "excluded_by": []}],
        "left_out": {"T-06": "draft"},
    }  # fmt: skip


def test_in_words(content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(asked(content, tmp_path, {"甲": {"在本地": "是"}, "乙": {}})) == 0
    said = capsys.readouterr().out
    assert "最优组合 80万元（相加 95万元，受“两项合计”限制）" in said
    assert "✓ T-01 大奖 50万元" in said
    assert "其次 60万元" in said
    assert "放弃 T-02 小奖 30万元，与 T-01 大奖 不能同时享受；坚持它则合计最多 60万元" in said
    assert "T-05 专项 90万元：评审，可申请，不保证" in said
    assert "未计入（草案）：T-06" in said
    second = said.split("【乙】")[1]
    assert "没有可以相加的条款" in second
    assert "未计入（待核实）：T-01、T-02、T-03、T-04、T-05" in second


def test_facts_that_cannot_be_read_give_no_answer(
    content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(asked(content, tmp_path, {"甲": {"在本地": "也许"}, "乙": {"在本地": "是"}})) == UNUSABLE
    said = capsys.readouterr()
    assert said.out == ""
    assert "也许" in said.err
    assert main(asked(content, tmp_path, {"甲": {}}, "--subject", "丙")) == UNUSABLE
