"""Deferred acceptance for two lists of parties, with who is left and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from feidi.engines.agendas.arrays import match_arrays
from feidi.engines.agendas.model import Left, Matching, Pair, Party
from feidi.engines.findings import Finding, Level, Scalar, refuse

#: id → (id of the other side → place on its list, from 0).
Ranks = Mapping[str, Mapping[str, int]]


def match(first: Sequence[Party], second: Sequence[Party]) -> Matching:
    """Return the stable matching that is best for ``first``; ties cannot arise, as lists are strict.

    Raises RefusedError: an id twice on a side, a wish for somebody not on the other side or twice, a capacity below 0.
    """
    ours, theirs = ranks_of(first, second), ranks_of(second, first)
    pairs = tuple(_pairs(first, second, ours, theirs))
    met: dict[str, set[str]] = {each.id: set() for each in first}
    met_back: dict[str, set[str]] = {each.id: set() for each in second}
    for pair in pairs:
        met[pair.first].add(pair.second)
        met_back[pair.second].add(pair.first)
    asking = _Side({each.id: each for each in first}, ours, met)
    asked = _Side({each.id: each for each in second}, theirs, met_back)
    return Matching(pairs, tuple(_left(asking, asked)), tuple(_left(asked, asking)))


def ranks_of(side: Sequence[Party], other: Sequence[Party]) -> dict[str, dict[str, int]]:
    """Return whom each wants, in which place. Raises RefusedError for what cannot be."""
    known = [each.id for each in other]
    found: dict[str, dict[str, int]] = {}
    for party in side:
        if party.id in found:
            raise refuse("agendas.id_twice", id=party.id)
        if party.capacity < 0:
            raise refuse("agendas.capacity_wrong", id=party.id, value=party.capacity)
        found[party.id] = _ranks(party, known, set(known))
    return found


def _ranks(party: Party, known: Sequence[str], names: set[str]) -> dict[str, int]:
    wishes = known if party.prefers is None else party.prefers
    found: dict[str, int] = {}
    for place, wish in enumerate(wishes):
        if wish not in names:
            raise refuse("agendas.id_unknown", id=party.id, other=wish)
        if wish in found:
            raise refuse("agendas.wish_twice", id=party.id, other=wish)
        found[wish] = place
    return found


def _pairs(first: Sequence[Party], second: Sequence[Party], ours: Ranks, theirs: Ranks) -> Iterator[Pair]:
    at = {each.id: place for place, each in enumerate(second)}
    width = max((len(each) for each in ours.values()), default=0)
    lists = np.full((len(first), width), -1, dtype=np.int64)
    scores = np.full((len(first), width), np.nan)
    for row, party in enumerate(first):
        for wish, place in ours[party.id].items():
            lists[row, place] = at[wish]
            if party.id in theirs[wish]:
                scores[row, place] = -theirs[wish][party.id]
    capacities, quotas = (np.array([each.capacity for each in side], dtype=np.int64) for side in (second, first))
    for row, place in np.argwhere(match_arrays(lists, scores, capacities, quotas)).tolist():
        mine, other = first[row].id, second[lists[row, place]].id
        yield Pair(mine, other, place + 1, theirs[other][mine] + 1)


@dataclass(frozen=True, slots=True)
class _Side:
    """One side with its wishes and whom each has met."""

    parties: Mapping[str, Party]
    ranks: Ranks
    met: Mapping[str, set[str]]


def _left(side: _Side, other: _Side) -> Iterator[Left]:
    named = {wish for wishes in other.ranks.values() for wish in wishes}
    for party in side.parties.values():
        free = party.capacity - len(side.met[party.id])
        if free or not party.capacity:
            yield Left(party.id, free, _reason(party, side, other, named=party.id in named))


def _reason(party: Party, side: _Side, other: _Side, *, named: bool) -> Finding:
    """Say why one with room has not met more of those it wants; of those that are full the one it wants most."""
    if not party.capacity:
        return _say("agendas.no_capacity")
    if party.prefers == ():
        return _say("agendas.no_wishes")
    ranks = side.ranks[party.id]
    wishes = [wish for wish in ranks if wish not in side.met[party.id]]
    if not wishes:
        return _say("agendas.list_used_up")
    wanting = [wish for wish in wishes if party.id in other.ranks[wish]]
    if not wanting:
        return _say("agendas.not_wanted" if named else "agendas.nobody_named")
    full = next((wish for wish in wanting if other.parties[wish].capacity), None)
    if full is None:
        return _say("agendas.others_closed")
    kept = max(other.met[full], key=lambda each: other.ranks[full][each])
    return _say("agendas.outranked", other=full, rank=ranks[full] + 1, kept=kept)


def _say(code: str, **params: Scalar) -> Finding:
    return Finding(Level.NOTE, code, params)


def blocking_pairs(
    first: Sequence[Party], second: Sequence[Party], pairs: Sequence[Pair]
) -> tuple[tuple[str, str], ...]:
    """Return those who want each other and would both give up somebody, or room, for it: none after ``match``."""
    ours, theirs = ranks_of(first, second), ranks_of(second, first)
    met: dict[str, list[int]] = {each.id: [] for each in first}
    met_back: dict[str, list[int]] = {each.id: [] for each in second}
    for pair in pairs:
        met[pair.first].append(ours[pair.first][pair.second])
        met_back[pair.second].append(theirs[pair.second][pair.first])
    together = {(pair.first, pair.second) for pair in pairs}
    return tuple(
        (one.id, other.id)
        for one in first
        for other in second
        if (one.id, other.id) not in together
        and _would(one, ours[one.id].get(other.id), met[one.id])
        and _would(other, theirs[other.id].get(one.id), met_back[other.id])
    )


def _would(party: Party, place: int | None, has: Sequence[int]) -> bool:
    """Tell whether a party would meet somebody in that place of its list."""
    return place is not None and (len(has) < party.capacity or any(place < each for each in has))
