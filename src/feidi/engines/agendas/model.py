"""Two sides that want to meet, who was matched with whom, and when."""

from __future__ import annotations

from dataclasses import dataclass

from feidi.engines.findings import Finding


@dataclass(frozen=True, slots=True)
class Party:
    """One firm, need, table or offer.

    ``prefers``: ids of the other side, best first; those left out are not wanted; None = anybody, in the order in which
    the other side is listed. ``capacity``: at most so many meetings (0 = none).
    """

    id: str
    prefers: tuple[str, ...] | None
    capacity: int = 1


@dataclass(frozen=True, slots=True)
class Pair:
    """A match: ``first`` of the asking side, ``second`` of the other; ranks from 1: how high each had the other."""

    first: str
    second: str
    first_rank: int
    second_rank: int


@dataclass(frozen=True, slots=True)
class Left:
    """A party with room left and why (``reason``); ``free``: meetings it could still have had."""

    id: str
    free: int
    reason: Finding


@dataclass(frozen=True, slots=True)
class Matching:
    """Stable: no two who would both rather meet each other than (one of) those they got. Best such for the asking side."""

    pairs: tuple[Pair, ...]
    first_left: tuple[Left, ...]
    second_left: tuple[Left, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Meeting:
    """``first`` meets ``second`` in time slot ``slot``, from 1."""

    slot: int
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Agenda:
    """Everybody in at most one meeting a slot. ``slots``: the number used, which is the least possible.

    ``busiest``: whose meetings need all of them. ``free_slots``: those allowed but not needed (0 when no number was given).
    """

    matching: Matching
    meetings: tuple[Meeting, ...]
    slots: int
    busiest: tuple[str, ...]
    free_slots: int = 0
