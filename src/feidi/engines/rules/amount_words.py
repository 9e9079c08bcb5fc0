"""Amounts in Chinese words: one line (``say_amount``), or a line for each part with its depth (``amount_lines``)."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from feidi.engines.rules.amounts import (
    Amount,
    Band,
    Banded,
    ByCode,
    ByYear,
    Capped,
    Fixed,
    Largest,
    Less,
    Progressive,
    Rate,
    Smallest,
    Sum,
    Times,
    Unstated,
    Where,
)
from feidi.engines.rules.condition_words import SPAN_WORDS, say_condition, say_linear
from feidi.engines.rules.conditions import Linear
from feidi.engines.rules.facts import FactDictionary
from feidi.engines.rules.quantities import money_words, name_of, said_in, spelled, spelled_number
from feidi.engines.rules.units import MONEY, PLAIN, RATE, base_of, small_unit

#: (depth, words)
Lines = Iterator[tuple[int, str]]
PER_WORDS: Final = {
    "project": "每项目",
    "firm": "每企业",
    "year": "每年",
    "person": "每人",
    "case": "每次",
    "pool": "总盘",
}


def say_amount(amount: Amount | None, dictionary: FactDictionary) -> str:
    """Return an amount in one line; None is 无."""
    if amount is None:
        return "无"
    lines = list(amount_lines(amount, dictionary))
    return _joined(lines, 0, len(lines), 0)


def _joined(lines: list[tuple[int, str]], start: int, end: int, depth: int) -> str:
    """Return lines of one depth side by side, the deeper ones in brackets behind the line they belong to."""
    said: list[str] = []
    at = start
    while at < end:
        inner = at + 1
        while inner < end and lines[inner][0] > depth:
            inner += 1
        below = _joined(lines, at + 1, inner, depth + 1)
        said.append(f"{lines[at][1]}（{below}）" if below else lines[at][1])
        at = inner
    return "；".join(said)


def amount_lines(amount: Amount, dictionary: FactDictionary, depth: int = 0, before: str = "") -> Lines:
    """Yield an amount line by line: the kind first, its parts one deeper. ``before`` stands in front of the first line."""
    match amount:
        case Fixed(fen=fen):
            yield depth, before + money_words(fen)
        case Rate(linear=linear):
            yield depth, before + rate_words(linear, dictionary)
        case Unstated(reason=reason):
            yield depth, f"{before}未载明：{reason}"
        case Banded() | Progressive() | ByCode() | ByYear() | Times():
            yield from _tables(amount, dictionary, depth, before)
        case _:
            yield from _around(amount, dictionary, depth, before)


def _around(
    amount: Less | Capped | Sum | Largest | Smallest | Where, dictionary: FactDictionary, depth: int, before: str
) -> Lines:
    """Yield the amounts that stand around others."""
    match amount:
        case Less(amount=inner, received=received):
            yield depth, f"{before}补差：减去 {say_linear(received, dictionary)}"
            yield from amount_lines(inner, dictionary, depth + 1)
        case Capped():
            yield from _capped(amount, dictionary, depth, before)
        case Where():
            yield from _where(amount, dictionary, depth, before)
        case _:
            yield depth, before + {Sum: "合计", Largest: "取其中最高", Smallest: "取其中最低"}[type(amount)]
            for each in amount.parts:
                yield from amount_lines(each, dictionary, depth + 1)


def _where(amount: Where, dictionary: FactDictionary, depth: int, before: str) -> Lines:
    yield depth, f"{before}如果 {say_condition(amount.condition, dictionary)}"
    yield from amount_lines(amount.amount, dictionary, depth + 1)
    if amount.otherwise is not None:
        yield from amount_lines(amount.otherwise, dictionary, depth, "否则 ")


def _capped(amount: Capped, dictionary: FactDictionary, depth: int, before: str) -> Lines:
    used = f"，减去已用的 {say_linear(amount.used, dictionary)}" if amount.used is not None else ""
    name = f"（{amount.name}）" if amount.name else ""
    per = f"{before}{PER_WORDS.get(amount.per, amount.per)}最高"
    if isinstance(amount.cap, Fixed):
        yield depth, f"{per} {money_words(amount.cap.fen)}{used}{name}"
    else:
        yield depth, f"{per}按下面计{used}{name}"
        yield from amount_lines(amount.cap, dictionary, depth + 1, "上限 ")
    yield from amount_lines(amount.amount, dictionary, depth + 1)


def _tables(
    amount: Banded | Progressive | ByCode | ByYear | Times, dictionary: FactDictionary, depth: int, before: str
) -> Lines:
    match amount:
        case Banded(basis=basis, bands=bands):
            yield depth, f"{before}按 {say_linear(basis, dictionary)} 分档"
            for band in bands:
                yield from amount_lines(band.amount, dictionary, depth + 1, f"{band_words(band, basis, dictionary)}：")
        case Progressive(basis=basis, steps=steps):
            yield depth, f"{before}按 {say_linear(basis, dictionary)} 分段累进"
            for step in steps:
                upto = "其余" if step.upto is None else f"至 {money_words(step.upto)}"
                yield depth + 1, f"{upto}：{spelled(step.rate, RATE)}"
        case ByCode():
            yield from _by_code(amount, dictionary, depth, before)
        case ByYear():
            yield from _by_year(amount, dictionary, depth, before)
        case Times():
            yield from _times(amount, dictionary, depth, before)


def _by_code(amount: ByCode, dictionary: FactDictionary, depth: int, before: str) -> Lines:
    yield depth, f"{before}按 {name_of(amount.fact, dictionary)}"
    for code, each in amount.table:
        yield from amount_lines(each, dictionary, depth + 1, f"{_label(amount.fact, code, dictionary)}：")
    if amount.otherwise is not None:
        yield from amount_lines(amount.otherwise, dictionary, depth + 1, "其他：")


def _by_year(amount: ByYear, dictionary: FactDictionary, depth: int, before: str) -> Lines:
    yield depth, f"{before}自 {name_of(amount.since, dictionary)} 起逐{SPAN_WORDS[amount.span]}"
    for first, last, each in amount.table:
        number = str(first) if first == last else f"{first}-{last}"
        yield from amount_lines(each, dictionary, depth + 1, f"第 {number} {SPAN_WORDS[amount.span]}：")


def _times(amount: Times, dictionary: FactDictionary, depth: int, before: str) -> Lines:
    factors = [f"{_label(amount.fact, code, dictionary)} {_factor(factor)}" for code, factor in amount.table]
    if amount.otherwise != 1:
        factors.append(f"其他 {_factor(amount.otherwise)}")
    yield depth, f"{before}按 {name_of(amount.fact, dictionary)} 的倍数：{'，'.join(factors)}"
    yield from amount_lines(amount.base, dictionary, depth + 1)


def _factor(factor: Fraction) -> str:
    return f"{spelled_number(factor)}倍"


def _label(fact: str, code: str, dictionary: FactDictionary) -> str:
    return dictionary[fact].labels.get(code, code) if fact in dictionary else code


def band_words(band: Band, basis: Linear, dictionary: FactDictionary) -> str:
    """Return a band as it is written: [300万元, 1,000万元)."""
    unit = said_in(basis, dictionary)
    low = "" if band.lo is None else spelled(band.lo * unit.small, unit.base)
    high = "" if band.hi is None else spelled(band.hi * unit.small, unit.base)
    return f"{'[' if band.lo_inclusive else '('}{low}, {high}{']' if band.hi_inclusive else ')'}"


def rate_words(linear: Linear, dictionary: FactDictionary) -> str:
    """Return a linear amount: 研发费用 × 30%, (固定资产投资 - 地价款) × 30%, 购置面积 × 1,000元/㎡."""
    if not linear.terms:
        return money_words(linear.constant)
    first = dictionary.find(linear.terms[0][0])
    rate = abs(linear.terms[0][1])
    base = PLAIN if first is None else base_of(first)
    if first is None or base == MONEY:
        whole = Linear(tuple((fact, each / rate) for fact, each in linear.terms), linear.constant / rate)
        return f"{_bracketed(whole, dictionary)}{'' if rate == 1 else f' × {spelled(rate, RATE)}'}"
    price = rate / small_unit(first)
    scale = 1 / rate
    whole = Linear(tuple((fact, each * scale) for fact, each in linear.terms), linear.constant * scale)
    return f"{_bracketed(whole, dictionary)} × {money_words(price)}/{base or '单位'}"


def _bracketed(linear: Linear, dictionary: FactDictionary) -> str:
    said = say_linear(linear, dictionary)
    return f"({said})" if len(linear.terms) + bool(linear.constant) > 1 else said
