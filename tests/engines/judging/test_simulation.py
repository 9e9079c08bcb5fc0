"""Recall of the true top six on simulated panels, by fixed seeds. The figures stand in docs/judging.md."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import numpy as np

from feidi.engines.judging import Deal, Method, Reader, Reading, Rule, Score, assign, correct, official

PROJECTS, JUDGES, READS, TOP, SEEDS = 30, 10, 5, 6, 200
#: Spread of the projects' true worth, of judges' harshness, and of what is left to chance; points of a hundred.
WORTH, HARSHNESS, CHANCE = 6.0, 9.0, 5.5


@cache
def deal() -> Deal:
    return assign([Reader(f"j{at}") for at in range(JUDGES)], [Reading(f"p{at:02}") for at in range(PROJECTS)], READS)


def recalls(harshness: float) -> dict[str, float]:
    """Return method → mean share of the true top six that its top six holds."""
    total = {"mean": 0.0, "trimmed": 0.0, "additive": 0.0}
    for seed in range(SEEDS):
        rng = np.random.default_rng(seed)
        worth = dict(zip((f"p{at:02}" for at in range(PROJECTS)), rng.normal(75, WORTH, PROJECTS), strict=True))
        judges = dict(zip((f"j{at}" for at in range(JUDGES)), rng.normal(0, harshness, JUDGES), strict=True))
        scores = [
            Score(each.project, each.judge, Decimal(f"{worth[each.project] + judges[each.judge] + chance:.2f}"))
            for each, chance in zip(deal().assigned, rng.normal(0, CHANCE, len(deal().assigned)), strict=True)
        ]
        best = set(sorted(worth, key=lambda name: -worth[name])[:TOP])
        found = {
            "mean": [each.project for each in official(scores, Rule(Method.MEAN, decimals=4)).places],
            "trimmed": [each.project for each in official(scores, Rule(Method.TRIMMED, decimals=4)).places],
            "additive": [each.project for each in correct(scores).places],
        }
        for method, order in found.items():
            total[method] += len(best & set(order[:TOP])) / TOP / SEEDS
    return total


def test_harsh_and_lenient_panels() -> None:
    found = recalls(HARSHNESS)
    assert found["additive"] >= 0.75
    assert found["additive"] - found["mean"] >= 0.08
    assert found["mean"] > found["trimmed"]


def test_unbiased_panels_lose_little() -> None:
    found = recalls(0.0)
    assert found["mean"] >= found["additive"]
    assert found["mean"] - found["additive"] <= 0.015
