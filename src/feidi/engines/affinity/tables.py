"""An index and needs as plain tables, for engines of SQL: postings, offers, terms of needs, needs, and pairs that fail.

=============  ======================================================================================================
``postings``   term, offer, gain: ``c (k1 + 1) / (c + norm)``; living offers, terms that are asked for
``offers``     offer, and for each check ``c_<check>``: its fact as a number, equal facts alike (0 unknown)
``asked``      need, term, weight: idf times occurrences
``needs``      need, and for each check ``s_<check>``: what it asks as a number (0 nothing)
``fails``      check_name, signature, code: facts that do not meet what is asked
``away``       need, offer: pairs that must never meet
=============  ======================================================================================================

``fails`` has at most as many rows as there are different things asked times different facts, check by check.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Final

import numpy as np

from feidi.engines.affinity.checks import ORDER, Check, checks_of
from feidi.engines.affinity.columns import Coded, Columns
from feidi.engines.affinity.facts import NO
from feidi.engines.affinity.folding import Array
from feidi.engines.affinity.lexical import asked_of
from feidi.engines.affinity.model import Asking, Need
from feidi.engines.affinity.reading import K1
from feidi.engines.affinity.shortlist import free_of
from feidi.engines.affinity.view import View, exact_norms

Table = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Tables:
    """All tables by name, and which checks are signatures."""

    tables: dict[str, Table]
    checks: tuple[str, ...]


def offsets_of(view: View) -> list[int]:
    """Return at which number the offers of each part begin."""
    return list(accumulate((len(part.segment) for part in view.parts), initial=0))


def tables_of(view: View, needs: Sequence[Need], asking: Asking) -> Tables:
    """Return the tables of an index and some needs."""
    offsets = offsets_of(view)
    asked, weights = _asked(view, needs)
    signatures, fails, checks = _signatures(view, needs, asking)
    tables = {
        "postings": _postings(view, np.unique(asked["term"]), offsets),
        "offers": {"offer": np.arange(offsets[-1], dtype=np.int64), **_codes(view, checks)},
        "asked": {**asked, "weight": weights},
        "needs": {"need": np.arange(len(needs), dtype=np.int64), **signatures},
        "fails": fails,
        "away": _away(view, needs, offsets),
    }
    return Tables(tables, checks)


def _asked(view: View, needs: Sequence[Need]) -> tuple[Table, Array]:
    rows, terms, weights = [], [], []
    for number, need in enumerate(needs):
        asked = asked_of(need)
        numbers = asked.numbers.astype(np.int64)
        found = view.found(numbers)
        some = found > 0
        rows.append(np.full(int(some.sum()), number, np.int64))
        terms.append(numbers[some])
        weights.append((view.statistics.idf(found) * asked.times)[some])
    return {"need": np.concatenate(rows), "term": np.concatenate(terms)}, np.concatenate(weights)


def _postings(view: View, terms: Array, offsets: Sequence[int]) -> Table:
    """Return the postings of the terms that are asked for."""
    columns: list[tuple[Array, Array, Array]] = []
    for part, offset in zip(view.parts, offsets, strict=False):
        postings = part.segment.postings
        begins, sizes = postings.starts[terms], postings.starts[terms + 1] - postings.starts[terms]
        places = np.repeat(begins - (np.cumsum(sizes) - sizes), sizes) + np.arange(int(sizes.sum()))
        rows, counts = postings.rows[places].astype(np.int64), postings.counts[places].astype(np.float64)
        alive = np.ones(len(rows), np.bool_) if part.alive is None else part.alive[rows]
        gain = counts * (K1 + 1) / (counts + exact_norms(view, part, rows))
        columns.append((np.repeat(terms, sizes)[alive], rows[alive] + offset, gain[alive]))
    return {name: np.concatenate([each[at] for each in columns]) for at, name in enumerate(("term", "offer", "gain"))}


def _distinct(needs: Sequence[Need], asking: Asking) -> dict[str, dict[Any, tuple[int, Check]]]:
    """Return for each check the different things asked, numbered from 1, each with one check that asks it."""
    found: dict[str, dict[Any, tuple[int, Check]]] = {}
    for need in needs:
        for check in checks_of(need.facts, asking.on):
            known = found.setdefault(check.name, {})
            key = _key(check, need, asking)
            if key not in known:
                known[key] = (len(known) + 1, check)
    return found


def _key(check: Check, need: Need, asking: Asking) -> Any:
    return asking.on if check.asked == "on" else getattr(need.facts, check.asked)


def _signatures(view: View, needs: Sequence[Need], asking: Asking) -> tuple[Table, Table, tuple[str, ...]]:
    """Return the needs' signatures, the values that fail each, and which checks there are."""
    found = _distinct(needs, asking)
    checks = tuple(name for name in ORDER if name in found)
    codes = _values(view, checks)
    numbers = {name: np.zeros(len(needs), np.int64) for name in checks}
    for row, need in enumerate(needs):
        for check in checks_of(need.facts, asking.on):
            numbers[check.name][row] = found[check.name][_key(check, need, asking)][0]
    fails: dict[str, list[Any]] = {"check_name": [], "signature": [], "code": []}
    for name in checks:
        for number, check in found[name].values():
            for code in _failing(view, check, codes[name]):
                fails["check_name"].append(name)
                fails["signature"].append(number)
                fails["code"].append(code)
    return {f"s_{name}": each for name, each in numbers.items()}, fails, checks


def _failing(view: View, check: Check, codes: Array) -> list[int]:
    """Return the codes of a fact whose offers fail a check: one offer of each is looked at."""
    different, first = np.unique(codes, return_index=True)
    offsets = offsets_of(view)
    answers = np.zeros(len(first), np.int8)
    for at, part in enumerate(view.parts):
        inside = np.flatnonzero((first >= offsets[at]) & (first < offsets[at + 1]))
        answers[inside] = check.answers(part.segment.columns, first[inside] - offsets[at])
    return [int(code) for code, answer in zip(different.tolist(), answers.tolist(), strict=True) if answer == NO]


def _values(view: View, checks: Sequence[str]) -> dict[str, Array]:
    """Return by check a number for each offer: equal numbers, equal facts."""
    return {name: np.asarray(_codes(view, (name,))[f"c_{name}"]) for name in checks}


_FACT: Final = {"kind": "kinds", "mandate": "regions", "located": "place", "round": "rounds", "stage": "stages",
                "expiry": "expires_on", "exclusivity": "exclusive_until", "opening": "open_from"}  # fmt: skip


def _codes(view: View, checks: Sequence[str]) -> Table:
    """Return by check the offers' values as numbers over all parts."""
    table: Table = {}
    for name in checks:
        known: dict[Any, int] = {}
        parts = [_own(part.segment.columns, _FACT.get(name, name), len(part.segment), known) for part in view.parts]
        table[f"c_{name}"] = np.concatenate(parts) if parts else np.zeros(0, np.int64)
    return table


def _own(columns: Columns, fact: str, count: int, known: dict[Any, int]) -> Array:
    """Return the values of one part as numbers of ``known``, 0 unknown."""
    if fact in columns.coded:
        return _recoded(columns.coded[fact], known)
    if fact in columns.days:
        return np.asarray(columns.days[fact], np.int64)
    if fact not in columns.ends:
        return np.zeros(count, np.int64)
    ends, currency = columns.ends[fact], columns.coded.get(f"{fact}_currency")
    money = np.zeros(count) if currency is None else np.array([0, *range(1, len(currency.values) + 1)])[currency.codes]
    names = ("",) if currency is None else ("", *map(str, currency.values))
    rows = np.stack([np.nan_to_num(ends.low, nan=0.5), np.nan_to_num(ends.high, nan=0.5), money], axis=1)
    different, places = np.unique(rows, axis=0, return_inverse=True)
    numbers = [
        known.setdefault((low, high, names[int(code)]), len(known) + 1) for low, high, code in different.tolist()
    ]
    unknown = np.isnan(ends.low)
    return np.where(unknown, 0, np.array(numbers, np.int64)[places.ravel()])


def _recoded(coded: Coded, known: dict[Any, int]) -> Array:
    numbers = [0, *(known.setdefault(value, len(known) + 1) for value in coded.values)]
    return np.array(numbers, np.int64)[coded.codes]


def _away(view: View, needs: Sequence[Need], offsets: Sequence[int]) -> Table:
    table: dict[str, list[int]] = {"need": [], "offer": []}
    for number, need in enumerate(needs):
        if not (need.blocked or need.owner or need.allowed is not None):
            continue
        for part, offset in zip(view.parts, offsets, strict=False):
            rows = np.flatnonzero(~free_of(part, np.arange(len(part.segment)), need))
            table["offer"] += (rows + offset).tolist()
            table["need"] += [number] * len(rows)
    return {name: np.array(each, np.int64) for name, each in table.items()}
