"""Random problems of combination: clauses of one subject with exclusions, groups and shared caps, and their outcomes.

``make_problem(seed, clauses, crossing)``   one problem; the same seed gives the same. Without ``crossing`` caps lie
within each other or apart, as in real texts; with it they may cross.
"""

from __future__ import annotations

import random
from fractions import Fraction

from benchmarks.inside.rule_parts import plain_clause
from feidi.engines.rules.amounts import Fixed
from feidi.engines.rules.clauses import (
    Clause,
    ClauseSet,
    Decision,
    SharedCap,
    Tenant,
    Trust,
    Validity,
    WindowState,
)
from feidi.engines.rules.conditions import All
from feidi.engines.rules.results import Granted, Outcome, Verdict

WAN = 1_000_000


def make_problem(seed: int, clauses: int = 12, *, crossing: bool = False) -> tuple[ClauseSet, list[Outcome]]:
    """Return the clauses of one problem and what each says of one subject."""
    chance = random.Random(seed)
    codes = [f"Q{number:03d}" for number in range(clauses)]
    amounts = {code: _amount(chance) for code in codes}
    caps, under = _caps(chance, codes, amounts, crossing=crossing)
    density = chance.choice((0.0, 0.1, 0.2, 0.4))
    listed = {}
    for code in codes:
        excludes = frozenset(other for other in codes if other != code and chance.random() < density / 2)
        group = chance.choice(("", "", "", "A", "B"))
        listed[code] = _clause(
            code, amounts[code], excludes, group, tuple(name for name, codes_ in under.items() if code in codes_)
        )
    return ClauseSet(listed, caps), [_outcome(code, amounts[code]) for code in codes]


def _amount(chance: random.Random) -> int:
    return chance.choice((5, 10, 20, 20, 30, 50, 100)) * WAN + (chance.randint(0, 9999) if chance.random() < 0.3 else 0)


def _caps(
    chance: random.Random, codes: list[str], amounts: dict[str, int], *, crossing: bool
) -> tuple[dict[str, SharedCap], dict[str, set[str]]]:
    """Return caps and which clauses count towards each: parts of the clauses, one within another, or any sets."""
    under: dict[str, set[str]] = {}
    if crossing:
        for number in range(chance.randint(0, 3)):
            under[f"cap {number}"] = set(chance.sample(codes, chance.randint(2, max(2, len(codes) // 2))))
    else:
        shuffled = chance.sample(codes, len(codes))
        half = len(shuffled) // 2
        for number, part in enumerate((shuffled[:half], shuffled[half:])):
            if len(part) > 1 and chance.random() < 0.6:
                under[f"outer {number}"] = set(part)
                if chance.random() < 0.5:
                    under[f"inner {number}"] = set(part[: max(1, len(part) // 2)])
    caps = {
        name: SharedCap(name, int(sum(amounts[code] for code in members) * chance.choice((0.2, 0.4, 0.6, 0.9))))
        for name, members in under.items()
    }
    return caps, under


def _clause(code: str, fen: int, excludes: frozenset[str], group: str, caps: tuple[str, ...]) -> Clause:
    return plain_clause(code, All(()), Fixed(Fraction(fen)), excludes=excludes, group=group, shared_caps=caps)


def _outcome(code: str, fen: int) -> Outcome:
    return Outcome(
        code, Verdict.ELIGIBLE, Decision.APPROVAL, Validity.IN_FORCE, Trust.B, WindowState.NONE, Granted(fen, fen),
        (), Tenant.UNKNOWN,
    )  # fmt: skip
