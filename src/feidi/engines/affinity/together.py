"""Many needs against one segment, worked out together as columns of (need, offer): the same lists as one by one.

What costs the same for one need and for hundreds (folding, hard facts, parts, order, diversity) is done once for all of them;
only postings are followed need by need, in rounds: those needs for which too few offers pass are followed further.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Final

import numpy as np

from feidi.engines.affinity.checks import ORDER, Check, checks_of
from feidi.engines.affinity.facts import NO, UNKNOWN, YES
from feidi.engines.affinity.folding import Array, folded_texts
from feidi.engines.affinity.kernels import loops_for
from feidi.engines.affinity.lexical import asked_of, touched
from feidi.engines.affinity.matching import missing_of
from feidi.engines.affinity.meaning import likeness
from feidi.engines.affinity.model import PARTS, Asking, Need
from feidi.engines.affinity.parts import NEUTRAL, SOFT, asked_parts, values_of
from feidi.engines.affinity.reading import Sought, hits
from feidi.engines.affinity.scoring import shares_of_parts
from feidi.engines.affinity.segment import LONGEST
from feidi.engines.affinity.shortlist import FIRST, FIRST_OF_ALL, TIES, followed_each, free_of, more, wanted_of, widened
from feidi.engines.affinity.terms import TERMS, terms_of
from feidi.engines.affinity.view import View, exact_norms

#: What each part of a need's facts is asked by; the others depend on the day or the index alone.
_ASKED_BY: Final = {"node": "nodes", "region": "place", "stage": "stages", "ticket": "ticket"}


@dataclass(frozen=True, slots=True)
class Columns:
    """Offers of needs, need by need: row i says that offer ``rows[i]`` is looked at for need ``which[i]``; ``values`` goes along.

    ``answers`` those of the hard facts ``checks``: checks by rows.
    """

    which: Array
    rows: Array
    values: Array
    answers: Array

    def kept(self, some: Array) -> Columns:
        """Return some of the rows."""
        return Columns(self.which[some], self.rows[some], self.values[some], self.answers[:, some])


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists of needs, best first: need i has ``starts[i]:starts[i + 1]``; ``shares`` by ``PARTS``, NaN where not asked."""

    starts: Array
    offer: list[str]
    score: Array
    bm25: Array
    shares: Array
    missing: list[list[str]]


def lists_of(view: View, needs: Sequence[Need], asking: Asking) -> Lists:
    """Return the lists of needs against an index of one segment. Refused: a need without words."""
    sought, times = _sought_of(view, needs)
    hard = _hard(needs, asking)
    found = _shortlists(view, needs, asking, sought, hard)
    bm25 = _read(view, sought, found)
    best = _best_each(found.which, bm25, len(needs), asking.looked_at)
    found, bm25 = found.kept(best), bm25[best]
    shares = _shares(view, needs, asking)
    values = _values(view, needs, asking, found, shares)
    vectors = view.meaning.vectors_of(sought.numbers, sought.starts, times) if view.meaning else None
    _put_meaning(view, found, vectors, shares, values)
    values[:, 0] = _normalised(found.which, bm25, len(needs))
    counted = np.where(np.isnan(values), NEUTRAL, values)
    score = (np.nan_to_num(shares)[found.which] * counted).sum(axis=1)
    order = _listed(view, found, score, asking)
    which = found.which[order]
    return Lists(
        starts=np.searchsorted(which, np.arange(len(needs) + 1)),
        offer=[view.parts[0].segment.ids[row] for row in found.rows[order].tolist()],
        score=score[order],
        bm25=bm25[order],
        shares=shares[which] * counted[order],
        missing=_missing(
            found.answers[:, order], np.isnan(values[order]) & ~np.isnan(shares[which]), [each.fact for each in hard]
        ),
    )


def _sought_of(view: View, needs: Sequence[Need]) -> tuple[Sought, Array]:
    """Return the terms of all needs, and how often each stands there."""
    for need in needs:
        if len(need.text) > LONGEST:
            asked_of(need)
    folded = folded_texts([need.text for need in needs])
    terms = terms_of(folded)
    keys, times = np.unique(folded.numbers[terms.at] * TERMS + terms.numbers, return_counts=True)
    owners = keys // TERMS
    numbers = keys - owners * TERMS
    starts = np.searchsorted(owners, np.arange(len(needs) + 1))
    for wordless in np.flatnonzero(np.diff(starts) == 0).tolist():
        asked_of(needs[wordless])
    weights = view.statistics.idf(view.found(numbers)) * times
    return Sought(numbers, starts, weights), times


@dataclass(frozen=True, slots=True)
class _Hard:
    """One hard fact: what is asked by at least one need, each with one check that asks it, and which of them each need asks."""

    fact: str
    checks: list[Check]
    members: list[list[int]]


def _hard(needs: Sequence[Need], asking: Asking) -> list[_Hard]:
    """Return the hard facts that any need asks, in the order in which they are told."""
    asked: dict[str, dict[Hashable, int]] = {}
    found: dict[str, _Hard] = {}
    for number, need in enumerate(needs):
        for check in checks_of(need.facts, asking.on):
            value = asking.on if check.asked == "on" else getattr(need.facts, check.asked)
            hard = found.setdefault(check.name, _Hard(check.fact, [], []))
            place = asked.setdefault(check.name, {}).setdefault(value, len(hard.checks))
            if place == len(hard.checks):
                hard.checks.append(check)
                hard.members.append([])
            hard.members[place].append(number)
    return [found[name] for name in ORDER if name in found]


def _shortlists(view: View, needs: Sequence[Need], asking: Asking, sought: Sought, hard: Sequence[_Hard]) -> Columns:
    """Return the offers to be read. The rarest terms are followed first; where too few offers pass, more of them."""
    wanted = wanted_of(asking)
    order, starts, led, follow = followed_each(view, asking, sought)
    first, waiting, accepted = wanted * asking.pool, list(range(len(needs))), list[Columns]()
    asking_facts = {number for each in hard for members in each.members for number in members}
    counts = [first * (FIRST if number in asking_facts else FIRST_OF_ALL) for number in waiting]
    while waiting:
        terms = [order[starts[number] : starts[number] + follow[number]] for number in waiting]
        found, complete = _touched(view, sought, waiting, terms, [counts[number] for number in waiting])
        found = _passing(view, needs, hard, found)
        passing, again = np.bincount(found.which, minlength=len(needs)), set[int]()
        for number, is_complete in zip(waiting, complete, strict=True):
            if is_complete and passing[number] < asking.looked_at and follow[number] < len(led[number]):
                again.add(number)
                follow[number] = widened(led[number], follow[number])
            elif not is_complete and passing[number] < first:
                again.add(number)
                counts[number] = more(counts[number], int(passing[number]), first)
        waiting = sorted(again)
        accepted.append(found.kept(~np.isin(found.which, waiting)))
    rest = [order[begin + past : end] for (begin, end), past in zip(pairwise(starts.tolist()), follow, strict=True)]
    return _cut(view, sought, rest, accepted, wanted)


def _cut(view: View, sought: Sought, rest: Sequence[Array], accepted: Sequence[Columns], wanted: int) -> Columns:
    """Keep the likely best of each need: ``rest`` are the terms that were not followed."""
    names = ("which", "rows", "values")
    which, rows, values = (np.concatenate([getattr(each, name) for each in accepted]) for name in names)
    found = Columns(which, rows, values, np.concatenate([each.answers for each in accepted], axis=1))
    found = found.kept(np.argsort(which, kind="stable"))
    ends = np.searchsorted(found.which, np.arange(len(rest) + 1)).tolist()
    common, likely = view.parts[0].segment.common, found.values.copy()
    for (first, last), terms in zip(pairwise(ends), rest, strict=True):
        own = found.rows[first:last]
        sums = common.sums(own, sought.numbers[terms], sought.weights[terms].astype(np.float32))
        likely[first:last] += sums * view.firsts[0][own]
    return found.kept(_best_each(found.which, likely, len(rest), wanted, most=wanted * TIES))


def _touched(
    view: View, sought: Sought, numbers: Sequence[int], terms: Sequence[Array], counts: Sequence[int]
) -> tuple[Columns, list[bool]]:
    """Follow these terms of these needs; return the best offers that they lead to, and for each need whether that is all of them."""
    segment = view.parts[0].segment
    own, ends = np.concatenate(terms), [0, *accumulate(map(len, terms))]
    entries = touched(segment, sought.numbers[own], sought.weights[own], ends, view.weighing[0])
    found = [each.best(count) for each, count in zip(entries, counts, strict=True)]
    which = np.repeat(numbers, [len(rows) for rows, _sums, _least in found])
    rows, sums = (np.concatenate([each[at] for each in found]) for at in (0, 1))
    return Columns(which, rows, sums, np.zeros((0, len(rows)), np.int8)), [not least for _rows, _sums, least in found]


def _passing(view: View, needs: Sequence[Need], hard: Sequence[_Hard], given: Columns) -> Columns:
    """Return those that may be shown and fail no hard fact, with their answers; what a need does not ask is met."""
    part = view.parts[0]
    free = np.ones(len(given.rows), np.bool_) if part.alive is None else part.alive[given.rows]
    ends = np.searchsorted(given.which, np.arange(len(needs) + 1)).tolist()
    for number, need in enumerate(needs):
        if need.blocked or need.allowed is not None or (need.owner and part.segment.blocked is not None):
            own = slice(ends[number], ends[number + 1])
            free[own] = free_of(part, given.rows[own], need)
    passing = np.flatnonzero(free)
    if loops_for(len(part.segment)):
        passing, answers = _asked_each(view, hard, given, passing, ends)
        return Columns(given.which[passing], given.rows[passing], given.values[passing], answers)
    answers = np.full((len(hard), len(given.rows)), YES, np.int8)
    for row, each in zip(answers, hard, strict=True):
        # most fail one of the first: the others are asked of those that are left
        which, rows = given.which[passing], given.rows[passing]
        for number, here in _grouped(each.members, which, len(needs)):
            row[passing[here]] = each.checks[number].answers(part.segment.columns, rows[here])
        passing = passing[row[passing] != NO]
    return Columns(given.which[passing], given.rows[passing], given.values[passing], answers[:, passing])


def _asked_each(
    view: View, hard: Sequence[_Hard], given: Columns, free: Array, ends: Sequence[int]
) -> tuple[Array, Array]:
    """Ask the hard facts need by need, where that takes no longer than asking them together; return who passes and the answers."""
    columns, asked = view.parts[0].segment.columns, [list[tuple[int, Check]]() for _need in ends[1:]]
    for row, each in enumerate(hard):
        for check, members in zip(each.checks, each.members, strict=True):
            for number in members:
                asked[number].append((row, check))
    borders, places, answers = np.searchsorted(free, ends).tolist(), [free[:0]], [np.zeros((len(hard), 0), np.int8)]
    for (first, last), checks in zip(pairwise(borders), asked, strict=True):
        if first == last:
            continue
        passing, told = free[first:last], list[tuple[int, Array]]()
        for row, check in checks:
            found = check.answers(columns, given.rows[passing])
            kept = np.flatnonzero(found != NO)
            passing, told = passing[kept], [*((before, own[kept]) for before, own in told), (row, found[kept])]
        own = np.full((len(hard), len(passing)), YES, np.int8)
        for row, found in told:
            own[row] = found
        places.append(passing)
        answers.append(own)
    return np.concatenate(places), np.concatenate(answers, axis=1)


def _grouped(members: Sequence[list[int]], which: Array, needs: int) -> Iterator[tuple[int, Array]]:
    """Yield the number of each group of needs with the places of its rows."""
    if len(members) == 1 and len(members[0]) == needs:
        yield 0, np.arange(len(which))
        return
    numbers = np.zeros(needs, np.uint16)
    for number, own in enumerate(members, 1):
        numbers[own] = number
    groups = numbers[which]
    order = np.argsort(groups, kind="stable")
    ends = np.searchsorted(groups[order], np.arange(len(members) + 2)).tolist()
    for number in range(len(members)):
        if ends[number + 1] < ends[number + 2]:
            yield number, order[ends[number + 1] : ends[number + 2]]


def _best_each(which: Array, values: Array, needs: int, wanted: int, *, most: int | None = None) -> Array:
    """Return the places of the best of each need, with those that equal the last one (at most so many)."""
    order = np.argsort(-values)
    order = order[np.argsort(which[order].astype(np.uint16), kind="stable")]
    starts = np.searchsorted(which, np.arange(needs + 1))
    sizes = np.diff(starts)
    least = np.full(needs, -np.inf)
    full = np.flatnonzero(sizes > wanted)
    least[full] = values[order[starts[full] + wanted - 1]]
    kept = values >= least[which]
    if most is not None and int(sizes.max(initial=0)) > most:
        place = np.empty(len(order), np.int64)
        place[order] = np.arange(len(order)) - np.repeat(starts[:-1], sizes)
        kept &= place < most
    return np.flatnonzero(kept)


def _read(view: View, sought: Sought, found: Columns) -> Array:
    """Return the BM25 of all rows, exactly."""
    needs, part = len(sought.starts) - 1, view.parts[0]
    norms = exact_norms(view, part, found.rows)
    ends, terms = np.searchsorted(found.which, np.arange(needs + 1)).tolist(), sought.starts.tolist()
    parts = [np.zeros(0)]
    for here, asked in zip(pairwise(ends), pairwise(terms), strict=True):
        own, of = slice(*here), slice(*asked)
        given = (sought.numbers[of], sought.weights[of], norms[own])
        parts.append(hits(part.segment.forward, found.rows[own], *given).scores)
    return np.concatenate(parts)


def _normalised(which: Array, bm25: Array, needs: int) -> Array:
    best = np.zeros(needs)
    np.maximum.at(best, which, bm25)
    best[best == 0] = 1.0
    return np.minimum(bm25 / best[which], 1.0)


def _shares(view: View, needs: Sequence[Need], asking: Asking) -> Array:
    """Return the share of each part: needs by ``PARTS``, NaN where it does not count."""
    shares, known = np.full((len(needs), len(PARTS)), np.nan), dict[tuple[str, ...], dict[str, float]]()
    columns = {part: at for at, part in enumerate(PARTS)}
    for number, need in enumerate(needs):
        asked = tuple(asked_parts(need.facts, asking.on, evidence=view.knows_evidence))
        if asked not in known:
            known[asked] = shares_of_parts(asking, asked, meaning=view.meaning is not None)
        for part, share in known[asked].items():
            shares[number, columns[part]] = share
    return shares


def _values(view: View, needs: Sequence[Need], asking: Asking, found: Columns, shares: Array) -> Array:
    """Return the soft facts: rows by ``PARTS``, NaN not known; 0 where a part does not count."""
    values = np.zeros((len(found.rows), len(PARTS)))
    columns = view.parts[0].segment.columns
    for at, part in enumerate(PARTS):
        members = np.flatnonzero(~np.isnan(shares[:, at])).tolist()
        if part not in SOFT or not members:
            continue
        by, groups = _ASKED_BY.get(part), dict[Hashable, list[int]]()
        for number in members:
            groups.setdefault(getattr(needs[number].facts, by) if by else None, []).append(number)
        alike = list(groups.values())
        for group, here in _grouped(alike, found.which, len(needs)):
            values[here, at] = values_of(part, needs[alike[group][0]].facts, asking.on, columns, found.rows[here])
    return values


def _put_meaning(view: View, found: Columns, vectors: Array | None, shares: Array, values: Array) -> None:
    at, own = PARTS.index("meaning"), view.parts[0].segment.vectors
    if vectors is None or np.isnan(shares[:, at]).all():
        return
    if own is None:
        values[:, at] = np.nan
        return
    ends = np.searchsorted(found.which, np.arange(len(vectors) + 1)).tolist()
    for vector, (first, last) in zip(vectors, pairwise(ends), strict=True):
        values[first:last, at] = likeness(own[found.rows[first:last]], vector)


def _listed(view: View, found: Columns, score: Array, asking: Asking) -> Array:
    """Return the places of the lists: need by need the best first, of equal scores the smaller id, at most so many of an owner."""
    rounded = np.round(score, 9)
    order = np.argsort(-rounded)
    order = order[np.argsort(found.which[order].astype(np.uint16), kind="stable")]
    which = found.which[order]
    _by_id(view, found, order, (np.diff(rounded[order]) == 0) & (np.diff(which) == 0))
    if asking.per_owner is not None:
        owner = view.parts[0].segment.owner[found.rows[order]].astype(np.int64)
        kept = (owner == 0) | (_place_in(which * (int(owner.max(initial=0)) + 1) + owner) < asking.per_owner)
        order, which = order[kept], which[kept]
    top: Array = order[_place_in(which) < asking.top]
    return top


def _by_id(view: View, found: Columns, order: Array, same: Array) -> None:
    """Put those in the order of their ids that have the score of the one before."""
    ids, ties = view.parts[0].segment.ids, np.flatnonzero(same)
    for run in np.split(ties, np.flatnonzero(np.diff(ties) > 1) + 1) if len(ties) else ():
        here = slice(int(run[0]), int(run[-1]) + 2)
        order[here] = sorted(order[here].tolist(), key=lambda at: ids[int(found.rows[at])])


def _place_in(keys: Array) -> Array:
    """Return for each key how often it stood before."""
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    first = np.flatnonzero(np.diff(ordered, prepend=-1))
    place = np.empty(len(keys), np.int64)
    place[order] = np.arange(len(keys)) - np.repeat(first, np.diff(first, append=len(keys)))
    return place


def _missing(answers: Array, lacking: Array, facts: Sequence[str]) -> list[list[str]]:
    """Return for each row the facts to ask for; rows alike are looked at once."""
    bits = np.concatenate([answers == UNKNOWN, lacking.T])
    codes = (bits.T @ (1 << np.arange(len(bits)))).astype(np.int64)
    _codes, first, places = np.unique(codes, return_index=True, return_inverse=True)
    told = []
    for at in first.tolist():
        hard = [fact for fact, unknown in zip(facts, bits[: len(facts), at].tolist(), strict=True) if unknown]
        soft = [part for part, unknown in zip(PARTS, bits[len(facts) :, at].tolist(), strict=True) if unknown]
        told.append(list(missing_of(hard, soft)))
    return [told[place] for place in places.tolist()]
