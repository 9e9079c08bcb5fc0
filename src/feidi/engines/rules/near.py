"""Near misses: clauses that are 不符合 and would be certain if one atom that certainly fails held.

An atom under 非 fails when it holds. Every place of a condition counts by itself: an atom written twice is two atoms.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from feidi.engines.rules.clauses import Clause, ClauseSet
from feidi.engines.rules.conditions import All, Any, AtLeast, Not
from feidi.engines.rules.depth import check_depth
from feidi.engines.rules.explaining import why_of
from feidi.engines.rules.facts import FactDictionary, Facts
from feidi.engines.rules.meaning import Answer, answer
from feidi.engines.rules.outcome import granted_by
from feidi.engines.rules.results import Granted, Why
from feidi.engines.rules.worlds import world_of

#: Where an atom stands: the number of the part at each level, from the whole condition down.
Path = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NearMiss:
    """One atom that alone keeps a clause from being certain: which clause, where it stands, why it fails, what it costs.

    ``granted``  what the clause would grant as if its condition held; None: no money
    """

    clause: str
    path: Path
    why: Why
    granted: Granted | None = None


def near_misses(clauses: ClauseSet, facts: Facts, dictionary: FactDictionary, *, as_of: date) -> tuple[NearMiss, ...]:
    """Return the near misses of one subject, in the order of the clauses; several for one clause where any would do."""
    return tuple(
        miss for clause in clauses.clauses.values() for miss in near_misses_of(clause, facts, dictionary, as_of=as_of)
    )


def near_misses_of(clause: Clause, facts: Facts, dictionary: FactDictionary, *, as_of: date) -> tuple[NearMiss, ...]:
    """Return the atoms of one clause of which one alone keeps it from being certain."""
    check_depth(clause)
    world = world_of(facts, dictionary.including({fact.id: fact for fact in clause.manual}), as_of)
    answered = answer(clause.condition, world)
    if answered.possible:
        return ()
    found = list(single_faults(answered))
    if not found:
        return ()
    granted, _missing = granted_by(clause, world)
    return tuple(NearMiss(clause.code, path, why_of(each, world), granted) for path, each in found)


def single_faults(answered: Answer) -> Iterator[tuple[Path, Answer]]:
    """Yield each atom that, answered the other way, would make a condition certain."""
    waiting: list[tuple[Path, Answer, bool]] = [((), answered, True)]
    while waiting:
        path, each, wanted = waiting.pop()
        if not each.parts and not isinstance(each.condition, All | Any | AtLeast | Not):
            if each.certain is not wanted and each.possible is not wanted:
                yield path, each
            continue
        waiting.extend(
            ((*path, number), part, way) for number, part, way in reversed(_parts_that_could(each, wanted=wanted))
        )


def _parts_that_could(each: Answer, *, wanted: bool) -> list[tuple[int, Answer, bool]]:
    """Return the parts of which one alone, being certainly so, would make the whole certain (or, not wanted, impossible)."""
    if isinstance(each.condition, Not):
        return [(0, each.parts[0], not wanted)]
    lacking = [(number, part, wanted) for number, part in enumerate(each.parts) if not _is(part, wanted=wanted)]
    so = len(each.parts) - len(lacking)
    return lacking if so == _needed(each, wanted=wanted) - 1 else []


def _is(part: Answer, *, wanted: bool) -> bool:
    return part.certain if wanted else not part.possible


def _needed(each: Answer, *, wanted: bool) -> int:
    """Return how many parts must be so: of at least k among n parts, k to hold and n + 1 - k to fail."""
    total = len(each.parts)
    k = each.condition.k if isinstance(each.condition, AtLeast) else 1 if isinstance(each.condition, Any) else total
    return k if wanted else total + 1 - k
