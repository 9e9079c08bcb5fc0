"""Whatever stands in a file: findings, never a crash, never a long wait, never a partial clause."""

from __future__ import annotations

import copy
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feidi.engines.rules.codes import CODES, how_of, what_of
from feidi.engines.rules.language import (
    RuleError,
    Source,
    parse_amount,
    parse_condition,
    parse_dictionary,
    parse_policy,
)
from feidi.kernel.content.yaml_reader import read_yaml
from tests.engines.rules.language.support import CLAUSE, FACTS, clause_with, dictionary, policy, policy_text
from tests.engines.rules.language.test_policies import CAPS, WHOLE

WORDS = dictionary()
SECONDS = 10.0


def clause_value(**changes: Any) -> dict[str, Any]:
    value = read_yaml(policy_text(CLAUSE)).value
    value["clauses"][0].update(changes)
    return value


def nested(depth: int, leaf: Any = "在佛山工作") -> Any:
    for _level in range(depth):
        leaf = {"非": leaf}
    return leaf


def test_deep_nesting_is_refused() -> None:
    for value in (nested(100_000), nested(31)):
        found = parse_policy(Source("x", "x.yaml", clause_value(条件=value)), WORDS)
        assert [each.code for each in found.findings] == ["rules.too_deep"]
        assert not found.clauses
    assert not parse_policy(Source("x", "x.yaml", clause_value(条件=nested(29))), WORDS).findings


def test_deep_nesting_of_an_amount_is_refused() -> None:
    amount: Any = "5万元"
    for _level in range(100_000):
        amount = {"合计": [amount]}
    found = parse_policy(Source("x", "x.yaml", clause_value(金额=amount)), WORDS)
    assert [each.code for each in found.findings] == ["rules.too_deep"]


@pytest.mark.parametrize(
    "line",
    ["(" * 900 + "研发费用 >= 1元", "非（" * 600 + "在佛山工作" + "）" * 600, "-" * 1900, "非 " * 900 + "在佛山工作"],
)
def test_deep_nesting_within_a_line_is_refused(line: str) -> None:
    with pytest.raises(RuleError) as caught:
        parse_condition(line, WORDS)
    assert caught.value.findings[0].code in {"rules.too_deep", "rules.fact_not_in_dictionary", "rules.line_ends"}


def test_a_rule_of_a_million_nodes_is_refused_at_once() -> None:
    started = time.perf_counter()
    found = parse_policy(Source("x", "x.yaml", clause_value(条件={"全部": ["在佛山工作"] * 1_000_000})), WORDS)
    assert [each.code for each in found.findings] == ["rules.too_many_nodes"]
    amounts = parse_policy(Source("x", "x.yaml", clause_value(金额={"合计": ["1元"] * 1_000_000})), WORDS)
    assert [each.code for each in amounts.findings] == ["rules.too_many_nodes"]
    assert time.perf_counter() - started < SECONDS


def test_a_million_faults_are_not_a_million_findings() -> None:
    wrong = clause_value(条件={"全部": ["霹雳"] * 1_000_000})
    good = clause_value(代码="YX-02")["clauses"][0]
    bad = clause_value(代码="YX-03", 条件="霹雳")["clauses"][0]
    wrong["clauses"] += [good, bad]
    found = parse_policy(Source("x", "x.yaml", wrong), WORDS)
    assert len(found.findings) == 301
    assert found.findings[-1].code == "rules.more_faults"
    assert [each.code for each in found.clauses] == ["YX-02"]


def test_a_yaml_bomb_never_reaches_the_rules() -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*{'a' if n == 0 else f'b{n - 1}'}, *a]\n" for n in range(40))
    document = read_yaml(bomb)
    assert document.value is None
    assert parse_policy(Source("x", "x.yaml", document.value), WORDS).findings


_SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.sampled_from([10**20, 10**400]), st.floats(allow_nan=True), st.dates(),
    st.datetimes(), st.text(max_size=30), st.binary(max_size=5),
    st.sampled_from(["研发费用 >= 300万元", "5万元", "30%", "[1元, 2元)", "全部（；）", "非", "在", "研发费用 在", "(", "无", "1 / 0", "研发费用 / 0 > 1元",
                     "研发费用 >= 1元 / 0", "研发费用 >= 0元 * 0", "企业称号 含", "企业称号 含 、、", "成立日期 满 999999年", "成立日期 = 0000-01-01"]),
)  # fmt: skip
_KEYS = st.one_of(
    st.text(max_size=6),
    st.sampled_from(["条件", "金额", "全部", "任一", "非", "至少2项", "至少0项", "人工核定", "依据", "如果", "则", "比例", "基数", "率", "单价", "数量",
                     "每", "分档", "按", "档", "区间", "累进", "到", "按级", "表", "逐年", "自", "倍数", "倍", "补差", "已得", "封顶", "上限", "合计", "未见"]),
)  # fmt: skip
_ANY = st.recursive(
    _SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS, inner, max_size=4), max_leaves=12
)


def _paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path]
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in items:
        found += _paths(each, (*path, key))
    return found


def _with(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new
    changed = copy.copy(value)
    changed[path[0]] = _with(value[path[0]], path[1:], new)
    return changed


GOOD = read_yaml(policy_text(WHOLE, head=CAPS)).value
GOOD_FACTS = read_yaml(FACTS).value
PATHS, FACT_PATHS = _paths(GOOD), _paths(GOOD_FACTS)


def told(findings: Any) -> None:
    """Every finding has words, a place and no hole left open."""
    for each in findings:
        assert each.code in CODES
        assert each.row is not None
        for hole in ("{where}", "{near}", "{found}", "{text}", "{word}", "{how}", "{keys}"):
            assert hole not in CODES[each.code][0].format_map(_Given(each.params))
        what_of(each), how_of(each)


class _Given(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


@settings(deadline=None, max_examples=60)
@given(value=_ANY)
def test_any_value_at_all_gives_findings(value: Any) -> None:
    found = parse_policy(Source("x", "x.yaml", value), WORDS)
    assert found.findings
    assert not found.clauses
    told(found.findings)
    facts, findings = parse_dictionary([Source("x", "x.yaml", value)])
    assert findings
    assert not facts.facts
    told(findings)


@settings(deadline=None, max_examples=120)
@given(path=st.sampled_from(PATHS), value=_ANY)
def test_any_value_in_any_place_of_a_policy_is_read_or_told(path: tuple[Any, ...], value: Any) -> None:
    found = parse_policy(Source("x", "x.yaml", _with(GOOD, path, value)), WORDS)
    told(found.findings)
    assert found.clauses or found.findings


@settings(deadline=None, max_examples=100)
@given(path=st.sampled_from(FACT_PATHS), value=_ANY)
def test_any_value_in_any_place_of_a_dictionary_is_read_or_told(path: tuple[Any, ...], value: Any) -> None:
    facts, findings = parse_dictionary([Source("x", "x.yaml", _with(GOOD_FACTS, path, value))])
    told(findings)
    assert findings or facts.facts


@settings(deadline=None, max_examples=120)
@given(value=_ANY)
def test_any_condition_and_any_amount_is_read_or_told(value: Any) -> None:
    for read in (parse_condition, parse_amount):
        try:
            read(value, WORDS)
        except RuleError as error:
            told(error.findings)


_LINES = st.lists(
    st.sampled_from(["研发费用", "营业收入", "成立日期", "企业称号", "在佛山工作", "研发机构级别", ">=", "<", "在", "含", "满", "3年", "300万元", "5%",
                     "[", "]", "(", ")", ",", "、", "；", "全部", "非", "*", "/", "-", "+", "省级", "单项冠军", "2025-01-01", " ", "1", "0"]),
    max_size=12,
).map("".join)  # fmt: skip


@settings(deadline=None, max_examples=200)
@given(line=_LINES)
def test_any_jumble_of_words_is_read_or_told(line: str) -> None:
    try:
        parse_condition(line, WORDS)
    except RuleError as error:
        told(error.findings)


def test_days_and_times_are_not_confused() -> None:
    found = policy(clause_with(效力="{状态: 有效, 自: 2026-01-01 10:00:00}"))
    assert [each.code for each in found.findings] == ["rules.day_expected"]


@pytest.mark.parametrize(
    "path",
    [("clauses", 0, "金额"), ("clauses", 0, "条件"), ("clauses", 0, "代码"), ("document", "issued"), ("valid_from",)],
)
def test_a_number_too_long_to_print_is_told(path: tuple[Any, ...]) -> None:
    found = parse_policy(Source("x", "x.yaml", _with(GOOD, path, 10**5000)), WORDS)
    told(found.findings)
    assert found.findings
