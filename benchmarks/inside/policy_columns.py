"""The facts of ``policies`` as columns, in any number: the same facts drawn alike, by numpy instead of one by one.

``draw(rows, seed, unknown_share)``   fact id → (values, known): whole numbers, days, ranks, 0 or 1, places of codes, masks of sets
``columns(drawn)``   the same as the columns the kernel runs over
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.inside import policies
from feidi.engines.rules.facts import FactType
from feidi.engines.rules.many import Columns
from feidi.engines.rules.many.columns import code_column, number_column

Drawn = dict[str, tuple[NDArray[np.int64], NDArray[np.bool_]]]


def draw(rows: int, seed: int, unknown_share: float = 0.15) -> Drawn:
    """Return the facts of that many firms and where they are known."""
    chance = np.random.default_rng(seed)
    return {
        definition.id: (_values(definition.id, rows, chance), chance.random(rows) >= unknown_share)
        for definition in policies.make_dictionary()
    }


def _values(fact: str, rows: int, chance: np.random.Generator) -> NDArray[np.int64]:
    number = policies.MONEY.get(fact) or policies.COUNTS.get(fact)
    if number is not None:
        unit = policies.WAN if fact in policies.MONEY else 1
        return (10 ** chance.uniform(number.low, number.high, rows) * unit).astype(np.int64)
    if fact in policies.DATES:
        return chance.integers(policies._DAYS[0] + 7000, policies._DAYS[1] + 1, rows)  # noqa: SLF001
    if fact in policies.LEVEL_FACTS:
        return chance.choice(5, rows, p=(0.6, 0.2, 0.1, 0.08, 0.02))
    if fact in policies.YESNO:
        return (chance.random(rows) < policies.YESNO[fact]).astype(np.int64)
    if fact == policies.CODE_FACT:
        return chance.integers(0, 8, rows)
    bits: Any = sum((chance.random(rows) < 0.2).astype(np.int64) << place for place in range(6))
    return np.asarray(bits, dtype=np.int64)


def columns(drawn: Drawn) -> Columns:
    """Return what was drawn as columns."""
    made = {}
    for definition in policies.make_dictionary():
        values, known = drawn[definition.id]
        if definition.type in {FactType.CODE, FactType.CODES}:
            made[definition.id] = code_column(np.where(known, values, -1), definition)
        else:
            made[definition.id] = number_column((values, known), None, definition)
    return Columns(len(known), made)
