"""Which judge reads which project: each project equally often, judges equally loaded, experts first, panels crossing.

Conflicts are never overridden: a project that cannot have enough judges is told. Deterministic: the same lists give the
same deal. In this order it weighs: even loads, judges of the trade, and that no two judges always sit together (without
crossing no correction of harsh judges is possible later).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final

from feidi.engines.findings import Finding, Level, Scalar, refuse
from feidi.engines.judging.correcting import OVERLAP, lots

#: An end to the swapping; it comes to rest long before.
_ROUNDS: Final = 60
_Seats = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Reader:
    """A judge: the trades he knows, and the projects he must not read."""

    id: str
    trades: AbstractSet[str] = frozenset()
    conflicts: AbstractSet[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Reading:
    """A project and its trades."""

    id: str
    trades: AbstractSet[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Assigned:
    """One judge for one project. ``expert``: they share a trade. ``load``: projects of this judge in all."""

    project: str
    judge: str
    expert: bool
    load: int


@dataclass(frozen=True, slots=True)
class Deal:
    """Who reads what, and what could not be had."""

    assigned: tuple[Assigned, ...]
    findings: tuple[Finding, ...] = field(default=())


def assign(judges: Sequence[Reader], projects: Sequence[Reading], reads: int) -> Deal:
    """Deal the projects to the judges, ``reads`` to each project.

    >>> judges = [Reader("张", {"生物"}), Reader("王", {"材料"}), Reader("李", conflicts={"甲"})]
    >>> deal = assign(judges, [Reading("甲", {"材料"}), Reading("乙", {"生物"}), Reading("丙")], 2)
    >>> sorted((each.project, each.judge) for each in deal.assigned if each.project == "甲")
    [('甲', '张'), ('甲', '王')]
    >>> {each.load for each in deal.assigned}
    {2}
    """
    if reads < 1:
        raise refuse("judging.deal_reads", value=reads)
    known = {each.id: each for each in judges}
    wanted = {each.id: each for each in projects}
    seats: _Seats = {}
    # those with the fewest to choose from first
    for project in sorted(projects, key=lambda each: (_free(known, each.id), each.id)):
        seats[project.id] = []
        for _turn in range(min(reads, _free(known, project.id))):
            seats[project.id].append(_next(known, wanted, seats, project.id))
    _settle(known, wanted, seats)
    loads = _loads(known, seats)
    assigned = (
        Assigned(project.id, judge, bool(known[judge].trades & project.trades), loads[judge])
        for project in projects
        for judge in sorted(seats[project.id])
    )
    return Deal(tuple(assigned), tuple(_findings(seats, reads)))


def _free(known: Mapping[str, Reader], project: str) -> int:
    return sum(project not in each.conflicts for each in known.values())


def _next(known: Mapping[str, Reader], wanted: Mapping[str, Reading], seats: _Seats, project: str) -> str:
    loads, met = _loads(known, seats), _met(seats)
    open_to = [each for each in known.values() if project not in each.conflicts and each.id not in seats[project]]

    def weight(judge: Reader) -> tuple[int, bool, int, str]:
        crossing = sum(met.get(_pair(judge.id, other), 0) for other in seats[project])
        return loads[judge.id], not judge.trades & wanted[project].trades, crossing, judge.id

    return min(open_to, key=weight).id


def _settle(known: Mapping[str, Reader], wanted: Mapping[str, Reading], seats: _Seats) -> None:
    """Replace and swap judges as long as it gets better."""
    cost = _cost(known, wanted, seats)
    for _round in range(_ROUNDS):
        before = cost
        for move in _moves(known, seats):
            _apply(seats, move)
            changed = _cost(known, wanted, seats)
            if changed < cost:
                cost = changed
            else:
                _apply(seats, [(project, new, old) for project, old, new in reversed(move)])
        if cost == before:
            return


def _moves(known: Mapping[str, Reader], seats: _Seats) -> Iterator[list[tuple[str, str, str]]]:
    """Yield changes (project, out, in), each possible at the moment it is yielded."""
    yield from _replacements(known, seats)
    yield from _swaps(known, seats)


def _replacements(known: Mapping[str, Reader], seats: _Seats) -> Iterator[list[tuple[str, str, str]]]:
    for project in seats:
        for new in known.values():
            for old in list(seats[project]):
                if old in seats[project] and _may(new, project, seats):
                    yield [(project, old, new.id)]


def _swaps(known: Mapping[str, Reader], seats: _Seats) -> Iterator[list[tuple[str, str, str]]]:
    for one, other in combinations(seats, 2):
        for mine in list(seats[one]):
            for theirs in list(seats[other]):
                both = mine in seats[one] and theirs in seats[other]
                if both and _may(known[theirs], one, seats) and _may(known[mine], other, seats):
                    yield [(one, mine, theirs), (other, theirs, mine)]


def _may(judge: Reader, project: str, seats: _Seats) -> bool:
    return project not in judge.conflicts and judge.id not in seats[project]


def _apply(seats: _Seats, move: Sequence[tuple[str, str, str]]) -> None:
    for project, old, new in move:
        seats[project][seats[project].index(old)] = new


def _cost(known: Mapping[str, Reader], wanted: Mapping[str, Reading], seats: _Seats) -> tuple[int, int, int]:
    loads = sum(load * load for load in _loads(known, seats).values())
    strangers = sum(
        not known[judge].trades & wanted[project].trades for project, panel in seats.items() for judge in panel
    )
    return loads, strangers, sum(count * count for count in _met(seats).values())


def _loads(known: Mapping[str, Reader], seats: _Seats) -> dict[str, int]:
    loads = dict.fromkeys(known, 0)
    for panel in seats.values():
        for judge in panel:
            loads[judge] += 1
    return loads


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def _met(seats: _Seats) -> dict[tuple[str, str], int]:
    """Return how often two judges sit together."""
    met: dict[tuple[str, str], int] = {}
    for panel in seats.values():
        for pair in combinations(sorted(panel), 2):
            met[pair] = met.get(pair, 0) + 1
    return met


def _findings(seats: _Seats, reads: int) -> Iterator[Finding]:
    for project, panel in seats.items():
        if len(panel) < reads:
            params: dict[str, Scalar] = {"project": project, "got": len(panel), "needed": reads}
            yield Finding(Level.PROBLEM, "judging.reads_short", params)
    reading = sorted({judge for panel in seats.values() for judge in panel})
    if reading and len(lots(seats, reading, OVERLAP)) > 1:
        yield Finding(Level.NOTE, "judging.no_overlap_dealt", {})
