"""How deep a rule may be nested: evaluators walk a rule by recursion, so its depth is limited, and said."""

from __future__ import annotations

from typing import Final

from feidi.engines.rules.amounts import Amount, Where, amounts_in
from feidi.engines.rules.clauses import Clause
from feidi.engines.rules.conditions import (
    All,
    Any,
    AtLeast,
    Compare,
    Condition,
    Holds,
    Is,
    Not,
    OnDay,
    OneOf,
    Since,
    parts_of,
)

MAX_DEPTH: Final = 200
"""Levels of conditions and amounts within each other, counted from the clause."""

_CONDITIONS = (Compare, Since, OnDay, Is, OneOf, Holds, All, Any, AtLeast, Not)


class RuleTooDeepError(ValueError):
    """A clause nests conditions and amounts deeper than ``MAX_DEPTH``."""

    def __init__(self, clause: str, depth: int) -> None:
        super().__init__(f"{clause}: {depth} levels, at most {MAX_DEPTH}")
        self.clause, self.depth = clause, depth


def depth_of(root: Condition | Amount) -> int:
    """Return how many levels a condition or an amount has, without recursion; a leaf is one level."""
    deepest, waiting = 0, [(root, 1)]
    while waiting:
        node, depth = waiting.pop()
        deepest = max(deepest, depth)
        waiting.extend((part, depth + 1) for part in _below(node))
    return deepest


def _below(node: Condition | Amount) -> tuple[Condition | Amount, ...]:
    if isinstance(node, _CONDITIONS):
        return parts_of(node)
    return (*amounts_in(node), node.condition) if isinstance(node, Where) else amounts_in(node)


def check_depth(clause: Clause) -> None:
    """Raise ``RuleTooDeepError`` when a clause is nested deeper than can be evaluated."""
    depth = max(depth_of(clause.condition), 0 if clause.amount is None else depth_of(clause.amount))
    if depth > MAX_DEPTH:
        raise RuleTooDeepError(clause.code, depth)
