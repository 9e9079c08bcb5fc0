"""Which offers are worth scoring by all parts: best by words, hard facts met or not known, nobody who is kept away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from feidi.engines.affinity.checks import Check, checks_of, looked_at, passing_of
from feidi.engines.affinity.columns import Columns
from feidi.engines.affinity.facts import NO
from feidi.engines.affinity.folding import Array
from feidi.engines.affinity.lexical import SLACK, Asked, Reached, Touched, limit, touched
from feidi.engines.affinity.model import Asking, Need
from feidi.engines.affinity.reading import Sought
from feidi.engines.affinity.segment import Segment
from feidi.engines.affinity.view import Part, View

#: Offers whose facts are looked at first for each that is wanted: many fail one.
FIRST: Final = 8
#: The same for a need that asks for no hard fact: sums over some of the terms are a rough order, and to look further costs little.
FIRST_OF_ALL: Final = 3
#: Offers that do not pass and are looked at for each near miss that is told, and how many times as many next.
_TRIED: Final = 32
#: Then so many that enough would pass at the same rate, and some to spare; at most so many times as many.
_SPARE: Final = 1.25
_MOST: Final = 6
#: Postings that are followed at most (or this share of the offers), from at least so many terms.
_FOLLOWED: Final = 50_000
_SHARE: Final = 6
_FEWEST: Final = 6
#: How many times as many when too few offers pass.
_WIDER: Final = 4
#: Of equal sums at the end of the list so many are kept at most, as a multiple of the list.
TIES: Final = 20


@dataclass(frozen=True, slots=True)
class Listed:
    """Offers of one part: rows, single precision sums, answers of the hard facts (checks by rows)."""

    part: int
    rows: Array
    sums: Array
    answers: Array

    def kept(self, which: Array) -> Listed:
        """Return those at some places."""
        return Listed(self.part, self.rows[which], self.sums[which], self.answers.take(which, axis=1))


@dataclass(frozen=True, slots=True)
class Shortlist:
    """``passing`` and ``failing_one`` by part; no offer left out could get more than ``bound`` by words."""

    checks: tuple[Check, ...]
    passing: tuple[Listed, ...]
    failing_one: tuple[Listed, ...]
    bound: float


@dataclass(frozen=True, slots=True)
class _Question:
    need: Need
    asking: Asking
    checks: tuple[Check, ...]
    terms: Array
    weights: Array
    others: Array
    their_weights: Array


def wanted_of(asking: Asking) -> int:
    """Return how many offers are read: sums over some of the terms say less than exact ones, so more of them."""
    return asking.looked_at if asking.exhaustive else max(asking.looked_at, asking.reread)


def shortlist(view: View, need: Need, asking: Asking, asked: Asked, idf: Array, found: Array) -> Shortlist:
    """Return the offers to be scored. The rarest terms are followed first; while too few offers pass, more of them."""
    checks = tuple(checks_of(need.facts, asking.on))
    order = np.lexsort((asked.numbers, found))
    order = order[found[order] > 0]
    led = np.cumsum(found[order])
    follow = len(order) if asking.exhaustive else _followed(led, asking.rarest, view.statistics.offers)
    while True:
        chosen, rest = order[:follow], order[follow:]
        weights = idf * asked.times
        numbers = asked.numbers.astype(np.int64)
        question = _Question(
            need, asking, checks, numbers[chosen], weights[chosen], numbers[rest], weights[rest].astype(np.float32)
        )
        passing, failing, floor = _over_parts(view, question)
        enough = sum(len(each.rows) for each in passing) >= asking.looked_at
        if enough or not len(rest):
            break
        follow = widened(led, follow)
    segments = [part.segment for part in view.parts]
    unseen = limit(segments, asked.numbers[rest].astype(np.int64), weights[rest], view.least_norm)
    bound = (floor + unseen) * (1 + SLACK) if floor or unseen else 0.0
    return Shortlist(checks, passing, failing, bound)


def _followed(led: Array, rarest: int, offers: int) -> int:
    """Return how many terms are followed: the rarest, but not so many postings (summed up in ``led``) that it becomes slow."""
    within = int(np.searchsorted(led, max(_FOLLOWED, offers // _SHARE), "right"))
    return min(rarest, len(led), max(within, _FEWEST))


def widened(led: Array, follow: int) -> int:
    """Return how many terms are followed next: so many that they lead to a few times as many postings, at least one more."""
    return max(follow + 1, int(np.searchsorted(led, _WIDER * led[follow - 1], "right")))


def followed_each(view: View, asking: Asking, sought: Sought) -> tuple[Array, Array, list[Array], list[int]]:
    """Return the terms of all needs, the rarest of each first, where each need's begin, their ``led``, and how many are followed."""
    found, owners = view.found(sought.numbers), sought.owners
    order = np.lexsort((sought.numbers, found, owners))
    order = order[found[order] > 0]
    starts = np.searchsorted(owners[order], np.arange(len(sought.starts)))
    led = [np.cumsum(each) for each in np.split(found[order], starts[1:-1])]
    offers = view.statistics.offers
    follow = [len(each) if asking.exhaustive else _followed(each, asking.rarest, offers) for each in led]
    return order, starts, led, follow


def _over_parts(view: View, question: _Question) -> tuple[tuple[Listed, ...], tuple[Listed, ...], float]:
    passing, failing, floors = [], [], [0.0]
    for number, (part, weighing) in enumerate(zip(view.parts, view.weighing, strict=True)):
        ends = [0, len(question.terms)]
        for entries in touched(part.segment, question.terms, question.weights, ends, weighing):
            passed, near, floor = _of_part(part, number, entries, question)
            passing.append(passed)
            failing.append(near)
            floors.append(floor)
    likely = [_likely(view, each, question) for each in passing]
    kept, floor = cut(passing, likely, wanted_of(question.asking))
    near_all, _floor = cut(failing, [each.sums for each in failing], question.asking.near_misses)
    return tuple(_answered(view, each, question) for each in kept), near_all, max(floor, *floors)


def _answered(view: View, listed: Listed, question: _Question) -> Listed:
    """Return offers of which it is only known that they pass, with the answers of the hard facts."""
    answers = looked_at(question.checks, view.parts[listed.part].segment.columns, listed.rows)
    return Listed(listed.part, listed.rows, listed.sums, answers)


def _likely(view: View, listed: Listed, question: _Question) -> Array:
    """Return the sums with what the terms that were not followed likely give: as if each stood once where it stands."""
    more = view.parts[listed.part].segment.common.sums(listed.rows, question.others, question.their_weights)
    return np.asarray(listed.sums + more * view.firsts[listed.part][listed.rows])


def _of_part(part: Part, number: int, entries: Touched | Reached, question: _Question) -> tuple[Listed, Listed, float]:
    """Look at the best entries, more and more of them, until enough offers pass; the third is what the others may have."""
    wanted = wanted_of(question.asking) * question.asking.pool
    count = wanted * (FIRST if question.checks else FIRST_OF_ALL)
    columns = part.segment.columns
    while True:
        rows, sums, least = entries.best(count)
        free = np.flatnonzero(free_of(part, rows, question.need))
        rows, sums = rows[free], sums[free]
        passing = passing_of(question.checks, columns, rows)
        if not least or len(passing) >= wanted:
            break
        count = more(count, len(passing), wanted)
    listed = Listed(number, rows[passing], sums[passing], np.zeros((0, len(passing)), np.int8))
    return listed, _near(number, columns, rows, sums, passing, question), least


def _near(number: int, columns: Columns, rows: Array, sums: Array, passing: Array, question: _Question) -> Listed:
    """Return the best that fail exactly one hard fact: of the best that do not pass, of more of them while there are too few."""
    wanted, failing = question.asking.near_misses, np.ones(len(rows), np.bool_)
    failing[passing] = False
    rows, sums = rows[failing], sums[failing]
    count = min(len(rows), wanted * _TRIED)
    while True:
        best = np.argpartition(-sums, count)[:count] if count < len(rows) else np.arange(len(rows))
        answers = looked_at(question.checks, columns, rows[best])
        near = np.flatnonzero((answers == NO).sum(axis=0) == 1)
        if len(near) >= wanted or count == len(rows):
            return Listed(number, rows[best][near], sums[best][near], answers[:, near])
        count = min(len(rows), count * _TRIED)


def more(count: int, passed: int, wanted: int) -> int:
    """Return how many offers are looked at next when of ``count`` too few passed.

    >>> more(800, 80, 100), more(800, 0, 100), more(800, 99, 100)
    (1250, 4800, 1200)
    """
    likely = count * wanted / max(1, passed) * _SPARE
    return int(min(_MOST * count, max(1.5 * count, likely)))


def free_of(part: Part, rows: Array, need: Need) -> Array:
    """Tell which offers may be shown at all: living, not blocked from either side, among the allowed."""
    segment = part.segment
    free = np.ones(len(rows), np.bool_) if part.alive is None else part.alive[rows].copy()
    if need.blocked:
        owners = [code + 1 for code in map(segment.owners.find, sorted(need.blocked)) if code is not None]
        free &= ~np.isin(segment.owner[rows], owners) & ~np.isin(rows, _rows_of(segment, need.blocked))
    if need.owner and segment.blocked is not None:
        refusing = [code for code, owners in enumerate(segment.blocked.values, 1) if need.owner in owners]
        free &= ~np.isin(segment.blocked.codes[rows], refusing)
    if need.allowed is not None:
        free &= np.isin(rows, _rows_of(segment, need.allowed))
    return free


def _rows_of(segment: Segment, ids: frozenset[str]) -> list[int]:
    return [row for row in map(segment.ids.find, sorted(ids)) if row is not None]


def cut(lists: Sequence[Listed], likely: Sequence[Array], wanted: int) -> tuple[tuple[Listed, ...], float]:
    """Keep the likely best of all parts together, with those that equal the last one; the second is the best sum of the others."""
    values = np.concatenate([*likely, np.zeros(0, np.float32)])
    if len(values) <= wanted:
        return tuple(lists), 0.0
    least = np.inf if not wanted else float(np.partition(values, len(values) - wanted)[len(values) - wanted])
    kept = [np.flatnonzero(each >= least)[: wanted * TIES] for each in likely]
    others = (np.delete(each.sums, some) for each, some in zip(lists, kept, strict=True))
    floor = max((float(each.max()) for each in others if len(each)), default=0.0)
    return tuple(each.kept(some) for each, some in zip(lists, kept, strict=True)), floor


def is_kept_away(part: Part, row: int, need: Need) -> bool:
    """Tell whether one living offer must not be shown for this need."""
    return not bool(free_of(part, np.array([row]), need)[0])
