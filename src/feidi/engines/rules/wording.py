"""Rules in Chinese words: a condition in one line, an amount in one line, a whole clause line by line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from feidi.engines.rules.amount_words import amount_lines, say_amount
from feidi.engines.rules.amounts import Rounding
from feidi.engines.rules.clauses import Clause
from feidi.engines.rules.condition_words import (
    LEVEL_WORDS,
    SIGNS,
    SINCE_WORDS,
    SPAN_WORDS,
    atom_words,
    balanced,
    ratio_of,
    say_atom,
    say_condition,
    say_linear,
)
from feidi.engines.rules.conditions import All, Any, AtLeast, Condition, Is, Not, parts_of
from feidi.engines.rules.facts import FactDictionary
from feidi.engines.rules.quantities import money_words

_ROUNDINGS: Final = {Rounding.HALF_UP: "四舍五入", Rounding.DOWN: "舍去", Rounding.UP: "进一"}
_ROUND_TO: Final = {1: "分", 100: "元", 10_000: "百元", 100_000: "千元", 1_000_000: "万元"}


def rule_lines(clause: Clause, dictionary: FactDictionary) -> list[tuple[int, str]]:
    """Return the rule of a clause in words, (depth, line) each: its condition, then its amount."""
    words = dictionary.including({fact.id: fact for fact in clause.manual})
    lines = [(0, "条件"), *_condition_lines(clause.condition, words, 1), (0, "金额")]
    if clause.amount is None:
        return [*lines, (1, "不给钱")]
    lines += amount_lines(clause.amount, words, 1)
    if clause.up_to:
        lines.append((1, "以上是最高数，不是应得数"))
    if clause.rounding is not Rounding.HALF_UP or clause.unit_fen != 1:
        unit = _ROUND_TO.get(clause.unit_fen, money_words(clause.unit_fen))
        lines.append((1, f"{_ROUNDINGS[clause.rounding]}到{unit}"))
    return lines


def _condition_lines(condition: Condition, dictionary: FactDictionary, depth: int) -> Iterator[tuple[int, str]]:
    said = condition.mark.words or atom_words(condition, dictionary)
    if isinstance(condition, Is) and condition.fact in dictionary and dictionary[condition.fact].judgement:
        said = f"人工核定：{said.removeprefix('人工核定：')}"
    yield depth, f"{said}（{condition.mark.article}）" if condition.mark.article else said
    if _is_said_whole(condition, dictionary):
        return
    for part in parts_of(condition):
        yield from _condition_lines(part, dictionary, depth + 1)


def _is_said_whole(condition: Condition, dictionary: FactDictionary) -> bool:
    """Tell whether the line of a group says its parts too: an interval, the negation of one line."""
    match condition:
        case All() | Not():
            return atom_words(condition, dictionary) not in ("同时满足", "不得")
        case Any() | AtLeast():
            return False
        case _:
            return True


__all__ = [
    "LEVEL_WORDS",
    "SIGNS",
    "SINCE_WORDS",
    "SPAN_WORDS",
    "amount_lines",
    "atom_words",
    "balanced",
    "ratio_of",
    "rule_lines",
    "say_amount",
    "say_atom",
    "say_condition",
    "say_linear",
]
