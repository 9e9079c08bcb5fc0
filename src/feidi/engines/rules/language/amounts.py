"""From the plain values of a file to an amount: a text (30万元), or a mapping with the word of one kind of amount."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import partial
from typing import Any, Final

from feidi.engines.rules.amounts import (
    Amount,
    Capped,
    Fixed,
    Largest,
    Less,
    Rate,
    Smallest,
    Sum,
    Times,
    Unstated,
    Where,
)
from feidi.engines.rules.language.conditions import Rules, read_condition
from feidi.engines.rules.language.expressions import linear_of, times, unit_name
from feidi.engines.rules.language.numbers import quantity_of
from feidi.engines.rules.language.parts import CODED, coded, fact_at, keys_of, linear_at, money_of, rate_of
from feidi.engines.rules.language.scales import banded, by_code, by_year, progressive
from feidi.engines.rules.language.source import Path, WrongError
from feidi.engines.rules.language.words import fold, one_line, shown, suggestion
from feidi.engines.rules.units import MONEY, PLAIN, RATE, unit_of

PER: Final = {
    "项目": "project",
    "企业": "firm",
    "单位": "firm",
    "年": "year",
    "人": "person",
    "次": "case",
    "总盘": "pool",
}
#: What stands where an amount could not be read; the clause is left out anyway.
NOTHING: Final = Fixed(Fraction(0))
Reader = Callable[[Any, Rules, Path, int], Amount]


def read_amount(value: Any, rules: Rules, path: Path, depth: int = 0) -> Amount:
    """Return the amount at ``path``. What is wrong is noted, and stands as nothing."""
    if not rules.counted(path, depth):
        return NOTHING
    if isinstance(value, Mapping):
        return _mapping(value, rules, path, depth)
    with rules.notes.catching(path):
        return Fixed(money_of(value))
    return NOTHING


def _mapping(value: Mapping[str, Any], rules: Rules, path: Path, depth: int) -> Amount:
    keys = [str(key) for key in value]
    if "如果" in value:
        return _where(value, rules, path, depth)
    reader = READERS.get(keys[0]) if len(keys) == 1 else None
    if reader is None:
        words = (*READERS, "如果")
        odd = next((key for key in keys if key not in words), keys[0] if keys else "")
        found = shown("、".join(keys[:6])) or "—"
        rules.notes.problem(path, "rules.amount_kind", found=found, near=suggestion(odd, words))
        return NOTHING
    with rules.notes.catching((*path, keys[0])):
        return reader(value[keys[0]], rules, (*path, keys[0]), depth + 1)
    return NOTHING


def _rate(given: Any, rules: Rules, path: Path, _depth: int) -> Amount:
    value = keys_of(given, rules, path, ("基数", "率"))
    found, _linear = linear_at(value, "基数", rules, path, MONEY)
    with rules.notes.catching((*path, "率")):
        return Rate(linear_of(times(found, rate_of(value["率"])), per=Fraction(1)))
    return NOTHING


def _per_unit(given: Any, rules: Rules, path: Path, _depth: int) -> Amount:
    value = keys_of(given, rules, path, ("数量", "每"))
    found, _linear = linear_at(value, "数量", rules, path)
    if found.unit in (MONEY, RATE):
        raise WrongError("rules.count_expected", text=shown(value["数量"]), unit=unit_name(found.unit))
    with rules.notes.catching((*path, "每")):
        return Rate(linear_of(times(found, _each_of(value["每"], found.unit)), per=Fraction(1)))
    return NOTHING


def _each_of(text: Any, unit: str) -> Fraction:
    """Return the money for one base unit: ``1000元``, also ``1000元/㎡``."""
    money, slash, per = str(text).partition("/") if isinstance(text, str) else (text, "", "")
    if not slash:
        return money_of(money)
    word = unit_of(fold(per), frozenset({unit}))
    if word is None or word.base != unit:
        raise WrongError("rules.per_unit", found=shown(text), unit=unit_name(unit))
    return money_of(money) / word.factor


def _by_factor(given: Any, rules: Rules, path: Path, depth: int) -> Amount:
    value = keys_of(given, rules, path, ("基数", "按", "倍"), ("其他",))
    base = read_amount(value["基数"], rules, (*path, "基数"), depth)
    fact = fact_at(value, "按", rules, CODED)
    table = coded(value["倍"], fact, rules, (*path, "倍"), lambda each, _path: _factor(each))
    otherwise = Fraction(1) if value.get("其他") is None else _factor(value["其他"])
    return Times(base, fact.id, table, otherwise)


def _factor(value: object) -> Fraction:
    number, word = quantity_of(value)
    unit = unit_of(word)
    if unit is None or unit.base not in (PLAIN, RATE) or not 0 <= number * unit.factor <= 1000:  # noqa: PLR2004
        raise WrongError("rules.factor_expected", found=shown(value))
    return number * unit.factor


def _less(given: Any, rules: Rules, path: Path, depth: int) -> Amount:
    value = keys_of(given, rules, path, ("金额", "已得"))
    amount = read_amount(value["金额"], rules, (*path, "金额"), depth)
    return Less(amount, linear_at(value, "已得", rules, path, MONEY)[1])


def _capped(given: Any, rules: Rules, path: Path, depth: int) -> Amount:
    value = keys_of(given, rules, path, ("金额", "上限"), ("每", "已用", "名"))
    amount = read_amount(value["金额"], rules, (*path, "金额"), depth)
    cap = read_amount(value["上限"], rules, (*path, "上限"), depth)
    per = value.get("每", "次")
    if not isinstance(per, str) or per not in PER:
        raise WrongError("rules.choice_unknown", word=shown(per), near=suggestion(shown(per), PER))
    name = value.get("名")
    if not isinstance(name, str | None):
        raise WrongError("rules.text_expected", found=shown(name))
    used = linear_at(value, "已用", rules, path, MONEY)[1] if value.get("已用") is not None else None
    return Capped(amount, cap, PER[per], used, one_line(name or ""))


def _listed(kind: type[Sum | Largest | Smallest]) -> Reader:
    def read(given: Any, rules: Rules, path: Path, depth: int) -> Amount:
        if not isinstance(given, list | tuple) or not given:
            raise WrongError("rules.amounts_expected", found=shown(given))
        return kind(tuple(read_amount(each, rules, (*path, at), depth) for at, each in enumerate(given)))

    return read


def _where(given: Mapping[str, Any], rules: Rules, path: Path, depth: int) -> Amount:
    with rules.notes.catching(path):
        value = keys_of(given, rules, path, ("如果", "则"), ("否则",))
        condition = read_condition(value["如果"], rules, (*path, "如果"), depth + 1)
        amount = read_amount(value["则"], rules, (*path, "则"), depth + 1)
        otherwise = value.get("否则")
        return Where(
            condition, amount, None if otherwise is None else read_amount(otherwise, rules, (*path, "否则"), depth + 1)
        )
    return NOTHING


def _unstated(given: Any, _rules: Rules, _path: Path, _depth: int) -> Amount:
    if not isinstance(given, str) or not given.strip():
        raise WrongError("rules.text_expected", found=shown(given))
    return Unstated(one_line(given))


READERS: Final[Mapping[str, Reader]] = {
    "比例": _rate, "单价": _per_unit,
    "分档": partial(banded, read=read_amount), "累进": progressive,
    "按级": partial(by_code, read=read_amount), "逐年": partial(by_year, read=read_amount),
    "倍数": _by_factor, "补差": _less, "封顶": _capped,
    "合计": _listed(Sum), "取高": _listed(Largest), "取低": _listed(Smallest), "未见": _unstated,
}  # fmt: skip
