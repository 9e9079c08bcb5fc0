"""Soft facts: how well an offer meets each of them, 0..1; NaN where it is not known. Asked only where the need (or day) says so."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import product
from typing import Final

import numpy as np

from feidi.engines.affinity.checks import STAGE_SLACK, gap, same_currency
from feidi.engines.affinity.columns import Columns, Value
from feidi.engines.affinity.facts import Facts, Ticket
from feidi.engines.affinity.folding import Array
from feidi.engines.affinity.places import nearness

#: What a soft fact that is not known counts: neither for nor against.
NEUTRAL: Final = 0.5
#: An offer counts half when it was last confirmed so many days ago.
HALF_LIFE_DAYS: Final = 365.0
_NOWHERE: Final = frozenset({"other", "其他"})
#: The soft facts and the fact of an offer that each is read from.
SOFT: Final = {
    "node": "nodes",
    "region": "place",
    "stage": "stages",
    "ticket": "ticket",
    "freshness": "updated_on",
    "evidence": "evidence",
}


def _steps(path: str) -> tuple[str, ...]:
    return tuple(step for step in path.split("/") if step and step not in _NOWHERE)


def node_nearness(one: Iterable[str], other: Iterable[str]) -> float | None:
    """Return how near the nearest two chain nodes are: shared steps from the root over the longer path. None: 其他 says nothing.

    >>> node_nearness({"biomed/ivd/poct"}, {"biomed/ivd/reagent", "green"})
    0.6666666666666666
    >>> node_nearness({"other"}, {"green"}) is None
    True
    """
    found = []
    for ours, theirs in product(filter(None, map(_steps, one)), filter(None, map(_steps, other))):
        shared = 0
        for step, counterpart in zip(ours, theirs, strict=False):
            if step != counterpart:
                break
            shared += 1
        found.append(shared / max(len(ours), len(theirs)))
    return max(found, default=None)


def asked_parts(need: Facts, on: date | None, *, evidence: bool) -> list[str]:
    """Return the soft facts that count for a need; ``evidence`` when the index knows of any."""
    asked = {
        "node": bool(need.nodes) and any(_steps(each) for each in need.nodes or ()),
        "region": need.place is not None,
        "stage": need.stages is not None,
        "ticket": need.ticket is not None,
        "freshness": on is not None,
        "evidence": evidence,
    }
    return [part for part, is_asked in asked.items() if is_asked]


def values_of(part: str, need: Facts, on: date | None, columns: Columns, rows: Array) -> Array:
    """Return how well offers meet one soft fact."""
    if part in ("node", "region"):
        return _by_code(part, need, columns, rows)
    if part == "freshness":
        days = columns.days.get("updated_on")
        return _freshness(days[rows], on) if days is not None and on else np.full(len(rows), np.nan)
    if part == "evidence":
        share = columns.numbers.get("evidence")
        return np.asarray(share[rows]) if share is not None else np.full(len(rows), np.nan)
    return _by_ends(part, need, columns, rows)


def _by_code(part: str, need: Facts, columns: Columns, rows: Array) -> Array:
    coded = columns.coded.get(SOFT[part])
    if coded is None:
        return np.full(len(rows), np.nan)

    def worth(value: Value) -> float:
        found = node_nearness(need.nodes or (), value) if part == "node" else nearness(need.place or "", str(value))
        return np.nan if found is None else found

    return coded.worth(rows, (part, need.nodes if part == "node" else need.place), worth, np.nan)


def _freshness(days: Array, on: date) -> Array:
    age = np.maximum(on.toordinal() - days, 0)
    return np.where(days == 0, np.nan, 0.5 ** (age / HALF_LIFE_DAYS))


def _by_ends(part: str, need: Facts, columns: Columns, rows: Array) -> Array:
    ends = columns.ends.get(SOFT[part])
    needed = need.stages if part == "stage" else need.ticket
    if ends is None or needed is None:
        return np.full(len(rows), np.nan)
    low, high = ends.low[rows], ends.high[rows]
    far = gap(low, high, needed)
    if not isinstance(needed, Ticket):
        return np.where(np.isnan(far), np.nan, np.select([far <= 0, far <= STAGE_SLACK], [1.0, 0.5], 0.0))
    met = _share_met(low, high, needed) * (far <= 0)
    comparable = same_currency(columns, "ticket", needed, rows)
    return np.where(np.isnan(far) | ~comparable, np.nan, met)


def _share_met(low: Array, high: Array, ask: Ticket) -> Array:
    """Return the share of the ask that is covered; one amount (on either side) and an ask with an open end are met or not."""
    if ask.low is None or ask.high is None or ask.low == ask.high:
        return np.ones(len(low))
    covered = np.minimum(high, ask.high) - np.maximum(low, ask.low)
    return np.where(low == high, 1.0, np.clip(covered / (ask.high - ask.low), 0, 1))
