"""Amounts by a table: 分档, 累进, 按级, 逐年. The rows stand in order; two of them never claim the same value."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from feidi.engines.rules.amounts import Amount, Band, Banded, ByCode, ByYear, Progressive, Step
from feidi.engines.rules.facts import FactType
from feidi.engines.rules.language.conditions import Rules
from feidi.engines.rules.language.expressions import Ratio, Sum, matched, read_side
from feidi.engines.rules.language.intervals import interval_parts
from feidi.engines.rules.language.lines import unit_span
from feidi.engines.rules.language.parts import CODED, coded, fact_at, keys_of, linear_at, money_of, rate_of
from feidi.engines.rules.language.scanner import Scanner
from feidi.engines.rules.language.source import Path, WrongError
from feidi.engines.rules.language.words import fold, shown
from feidi.engines.rules.units import MONEY

#: Reads an amount inside another.
ReadAmount = Callable[[Any, Rules, Path, int], Amount]

_YEARS: Final = re.compile(r"(\d{1,3}) ?(?:[-~至到] ?(\d{1,3}))?")
_MOST_ROWS: Final = 200


def _rows(given: Any, word: str) -> Sequence[Any]:
    if not isinstance(given, list | tuple) or not 1 <= len(given) <= _MOST_ROWS:
        raise WrongError("rules.rows_expected", word=word, found=shown(given))
    return given


def banded(given: Any, rules: Rules, path: Path, depth: int, *, read: ReadAmount) -> Amount:
    """分档: {按: 研发费用, 档: [{区间: "[300万元, 1000万元)", 金额: …}]}."""
    value = keys_of(given, rules, path, ("按", "档"))
    basis, linear = linear_at(value, "按", rules, path)
    bands = []
    for position, each in enumerate(_rows(value["档"], "档")):
        here = (*path, "档", position)
        with rules.notes.catching(here):
            row = keys_of(each, rules, here, ("区间", "金额"))
            amount = read(row["金额"], rules, (*here, "金额"), depth)
            bands.append(_band(row["区间"], basis, amount, rules, here))
    return Banded(linear, tuple(bands))


def _band(text: Any, basis: Sum, amount: Amount, rules: Rules, path: Path) -> Band:
    ends = interval_parts(text)
    scale = basis.finest or Fraction(1)
    low, high = (_end(each, basis, rules, scale) for each in (ends.lo, ends.hi))
    if low is not None and high is not None:
        empty = low > high or (low == high and not (ends.lo_inclusive and ends.hi_inclusive))
        if empty:
            raise WrongError("rules.interval_reversed", text=shown(text))
    return Band(
        low,
        ends.lo_inclusive and low is not None,
        high,
        ends.hi_inclusive and high is not None,
        amount,
        rules.notes.line(path),
    )


def _end(text: str, basis: Sum, rules: Rules, scale: Fraction) -> Fraction | None:
    if not text:
        return None
    scanner = Scanner(text, rules.vocabulary)
    side = read_side(scanner)
    if isinstance(side, Ratio) or not side.is_number or not scanner.done:
        raise WrongError("rules.interval_end", end=shown(text), text=shown(text))
    return matched(Sum(basis.unit, {"": Fraction(1)}), side)[1].constant / scale


def progressive(given: Any, rules: Rules, path: Path, _depth: int) -> Amount:
    """累进: {基数: 销售额, 档: [{到: 1000万元, 率: 1%}, {到: null, 率: 2%}]}."""
    value = keys_of(given, rules, path, ("基数", "档"))
    _basis, linear = linear_at(value, "基数", rules, path, MONEY)
    steps: list[Step] = []
    rows = _rows(value["档"], "档")
    for position, each in enumerate(rows):
        here = (*path, "档", position)
        with rules.notes.catching(here):
            steps.append(_step(keys_of(each, rules, here, ("率",), ("到",)), steps, last=position == len(rows) - 1))
    return Progressive(linear, tuple(steps))


def _step(row: Mapping[str, Any], before: Sequence[Step], *, last: bool) -> Step:
    upto = row.get("到")
    if upto is None and not last:
        raise WrongError("rules.step_open")
    end = None if upto is None else money_of(upto)
    if end is not None and before and before[-1].upto is not None and end <= before[-1].upto:
        raise WrongError("rules.step_order", found=shown(upto))
    return Step(end, rate_of(row["率"]))


def by_code(given: Any, rules: Rules, path: Path, depth: int, *, read: ReadAmount) -> Amount:
    """按级: {按: 团队评级, 表: {A: 800万元, B: 500万元}, 其他: 0元}."""
    value = keys_of(given, rules, path, ("按", "表"), ("其他",))
    fact = fact_at(value, "按", rules, CODED)
    table = coded(value["表"], fact, rules, (*path, "表"), lambda each, here: read(each, rules, here, depth))
    otherwise = value.get("其他")
    return ByCode(fact.id, table, None if otherwise is None else read(otherwise, rules, (*path, "其他"), depth))


def by_year(given: Any, rules: Rules, path: Path, depth: int, *, read: ReadAmount) -> Amount:
    """逐年: {自: 入驻日期, 单位: 年, 表: {1-2: …, 3-5: …}}."""
    value = keys_of(given, rules, path, ("自", "表"), ("单位",))
    fact = fact_at(value, "自", rules, frozenset({FactType.DATE}))
    span = unit_span(value.get("单位", "年"))
    if span is None:
        raise WrongError("rules.span_unit", found=shown(value.get("单位")))
    table = value["表"]
    if not isinstance(table, Mapping) or not table:
        raise WrongError("rules.years_expected", found=shown(table))
    rows: list[tuple[int, int, Amount]] = []
    for key, each in table.items():
        here = (*path, "表", key)
        with rules.notes.catching(here):
            first, last = _years(key, rows)
            rows.append((first, last, read(each, rules, here, depth)))
    return ByYear(fact.id, span, tuple(sorted(rows, key=lambda row: row[0])))


def _years(key: Any, before: Sequence[tuple[int, int, Amount]]) -> tuple[int, int]:
    match = _YEARS.fullmatch(fold(str(key)).removeprefix("第").removesuffix("年"))
    if match is None:
        raise WrongError("rules.years_expected", found=shown(key))
    first, last = int(match[1]), int(match[2] or match[1])
    if not 1 <= first <= last:
        raise WrongError("rules.years_expected", found=shown(key))
    if any(first <= high and low <= last for low, high, _amount in before):
        raise WrongError("rules.years_twice", found=shown(key))
    return first, last
