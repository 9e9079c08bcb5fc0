"""Deferred acceptance on 100,000 lists of 50 in several kinds of markets, and whether anybody would rather meet somebody else."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from feidi.engines.affinity.folding import Array
from feidi.engines.agendas.arrays import match_arrays

_SEED = 20_261_130
_WISHES = 50


@dataclass(frozen=True)
class Market:
    """Who wants whom: how much all want the same (0..1), how much those wanted agree, how many meetings each of them has."""

    name: str
    alike: float
    agreed: float
    capacity: int


#: Five asking for each that is asked.
MARKETS = (
    Market("everybody has an own taste, room for all", 0.0, 0.0, 5),
    Market("own taste, room for two in five", 0.0, 0.0, 2),
    Market("all want nearly the same", 0.9, 0.0, 5),
    Market("all want nearly the same, and those wanted agree", 0.9, 0.9, 5),
    Market("all want nearly the same, room for two in five", 0.9, 0.0, 2),
)


def made(market: Market, count: int) -> tuple[Array, Array, Array]:
    """Return lists, scores and capacities; the same every time."""
    draw = np.random.default_rng(_SEED)
    others = count // 5
    steps = draw.integers(1, others // _WISHES + 1, (count, _WISHES))
    lists = (np.cumsum(steps, axis=1) + draw.integers(0, others, (count, 1))) % others
    taste = draw.random((count, _WISHES)) * (1 - market.alike) + draw.random(others)[lists] * market.alike
    lists = np.take_along_axis(lists, np.argsort(-taste, axis=1), axis=1)
    scores = draw.random((count, _WISHES)) * (1 - market.agreed) + draw.random((count, 1)) * market.agreed
    return lists, scores, np.full(others, market.capacity)


def blocking(lists: Array, scores: Array, capacities: Array, held: Array) -> int:
    """Return how many pairs would both rather meet each other (everybody asking has one meeting)."""
    counts = np.bincount(lists[held], minlength=len(capacities))
    worst = np.full(len(capacities), -np.inf)
    full = counts >= capacities
    least = np.full(len(capacities), np.inf)
    np.minimum.at(least, lists[held], scores[held])
    worst[full] = least[full]
    got = np.where(held.any(axis=1), held.argmax(axis=1), lists.shape[1])
    better = np.arange(lists.shape[1])[None, :] < got[:, None]
    return int((better & (scores > worst[lists])).sum())


def table_rows(count: int) -> list[list[object]]:
    """Return one row for each market: name, seconds (the best of three), meetings, blocking pairs."""
    rows: list[list[object]] = []
    for market in MARKETS:
        given = made(market, count)
        seconds, held = [], None
        for _time in range(3):
            begun = time.perf_counter()
            held = match_arrays(*given)
            seconds.append(time.perf_counter() - begun)
        assert held is not None
        rows.append([market.name, f"{min(seconds):.3f} s", f"{int(held.sum()):,}", blocking(*given, held)])
    return rows
