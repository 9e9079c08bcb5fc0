"""The same question for columns of projects, by numpy: which could enter this stage now.

Columns are ``dict[str, ndarray]`` with a known-mask per fact, so that "not known" stays apart from "no".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from feidi.engines.stages.evaluate import evaluate
from feidi.engines.stages.table import Guard, GuardKind, Known, Position, StageTable

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
YES, NO, UNKNOWN = 1, 0, -1


@dataclass(frozen=True, slots=True)
class Columns:
    """n projects as columns.

    ``stages``: track → array of stage codes (n, text). ``facts`` and ``facts_known``: fact → (n,) bool.
    ``evidence``, ``interactions``, ``agreements``: kind → (n,) counts. Absent columns are unknown / zero.
    """

    n: int
    stages: Mapping[str, NDArray[np.str_]]
    facts: Mapping[str, Bools] = field(default_factory=dict)
    facts_known: Mapping[str, Bools] = field(default_factory=dict)
    evidence: Mapping[str, Ints] = field(default_factory=dict)
    interactions: Mapping[str, Ints] = field(default_factory=dict)
    agreements: Mapping[str, Ints] = field(default_factory=dict)


def evaluate_many(
    table: StageTable, columns: Columns, *, track: str, to: str, roles: frozenset[str] | None = None
) -> tuple[Bools, dict[str, NDArray[np.int8]]]:
    """Return (allowed (n,), guard code → (n,) status 1 yes, 0 no, -1 unknown). No 待补, no force."""
    allowed = _order_allows(table, columns, track, to, roles)
    statuses: dict[str, NDArray[np.int8]] = {}
    target = table.stage(track, to)
    for guard in target.guards if target else ():
        status = _status(guard, columns, roles)
        applies, when_known = _applies(guard, columns)
        status = np.where(~when_known & (status != YES), np.int8(UNKNOWN), status).astype(np.int8)
        statuses[guard.code] = status
        allowed &= (status == YES) | ~applies
    return allowed, statuses


def _order_allows(table: StageTable, columns: Columns, track: str, to: str, roles: frozenset[str] | None) -> Bools:
    """Order, opening and roles depend only on the pair (talks, own stage): answer once per pair met."""
    empty = np.full(columns.n, "", dtype="U16")
    own = columns.stages.get(track, empty)
    talks = columns.stages.get("talks", empty)
    allowed = np.zeros(columns.n, dtype=bool)
    for pair in set(zip(talks.tolist(), own.tolist(), strict=True)):
        position = Position({"talks": pair[0], track: pair[1]})
        answer = evaluate(table, position, Known(roles=roles), track=track, to=to)
        only_guards = all(reason.code.startswith("stages.guard_") for reason in answer.reasons)
        allowed |= (talks == pair[0]) & (own == pair[1]) & only_guards
    return allowed


def _status(guard: Guard, columns: Columns, roles: frozenset[str] | None) -> NDArray[np.int8]:
    n = columns.n
    match guard.kind:
        case GuardKind.FACT:
            return _fact_status(guard, columns)
        case GuardKind.ROLE:
            value = UNKNOWN if roles is None else int(bool(roles & set(guard.keys)))
            return np.full(n, value, dtype=np.int8)
        case GuardKind.EVIDENCE:
            return _counted(guard, columns.evidence, n)
        case GuardKind.INTERACTION:
            return _counted(guard, columns.interactions, n)
        case GuardKind.AGREEMENT:
            return _counted(guard, columns.agreements, n)


def _counted(guard: Guard, counts: Mapping[str, Ints], n: int) -> NDArray[np.int8]:
    zero = np.zeros(n, dtype=np.int64)
    total = sum((counts.get(key, zero) for key in guard.keys), start=zero)
    return np.where(total >= guard.n, np.int8(YES), np.int8(NO)).astype(np.int8)


def _fact_status(guard: Guard, columns: Columns) -> NDArray[np.int8]:
    yes = np.zeros(columns.n, dtype=bool)
    unknown = np.zeros(columns.n, dtype=bool)
    for key in guard.keys:
        value, known = _fact(key, columns)
        yes |= value & known
        unknown |= ~known
    return np.where(yes, np.int8(YES), np.where(unknown, np.int8(UNKNOWN), np.int8(NO))).astype(np.int8)


def _fact(key: str, columns: Columns) -> tuple[Bools, Bools]:
    absent = np.zeros(columns.n, dtype=bool)
    value = columns.facts.get(key, absent)
    known = columns.facts_known.get(key, np.full(columns.n, key in columns.facts))
    return value, known


def _applies(guard: Guard, columns: Columns) -> tuple[Bools, Bools]:
    everywhere = np.ones(columns.n, dtype=bool)
    if guard.when is None:
        return everywhere, everywhere
    value, known = _fact(guard.when.fact, columns)
    return ~known | (value == guard.when.value), known
