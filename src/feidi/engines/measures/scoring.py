"""考核计分: an assessment sheet as data. A cap belongs to each item or there is none; what is not known scores nothing
and is said; a grade needs score, rank and the absence of a veto.

The published line of a city, 2024 (https://www.qianlima.com/bid-486863651.html): domestic signings are capped at the
item's points, foreign investment is not.

>>> F = Fraction
>>> home = Item("home", F(1, 2), parts=(Part("count", F(1, 2)), Part("sum", F(1, 2))), cap=F(1, 2))
>>> abroad = Item("abroad", F(1, 2), parts=(Part("abroad", F(1)),))
>>> order = Item("order", F(1, 2), deductions=(("late", F(1, 10)), ("false", F(1, 5))))
>>> done = {"count": (F(28), F(27)), "sum": (F("177.7"), F(54)), "abroad": (F(120), F(100))}
>>> scored = score_sheet((home, abroad, order), done, {"late": 2, "false": 0})
>>> [each.points for each in scored.items]
[Fraction(1, 2), Fraction(3, 5), Fraction(3, 10)]
>>> scored.items[0].capped, scored.items[1].capped, scored.total
(True, False, Fraction(7, 5))
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

#: Done and to be done; either may not be known.
Done = tuple[Fraction | None, Fraction | None]


@dataclass(frozen=True, slots=True)
class Part:
    """One completion ratio of an item and the share of its points that it is worth."""

    code: str
    share: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class Item:
    """One item: ``points`` for completing its ``parts``, less so much per case of each of ``deductions``.

    ``cap``: the most it gives, None: more than its points may be scored. ``floor``: the least, None: it may go below 0.
    """

    code: str
    points: Fraction
    parts: tuple[Part, ...] = ()
    deductions: tuple[tuple[str, Fraction], ...] = ()
    cap: Fraction | None = None
    floor: Fraction | None = Fraction(0)


@dataclass(frozen=True, slots=True)
class ScoredItem:
    """What an item came to. ``points`` None: something of it is not known (``missing``); ``raw``: before cap and floor."""

    item: Item
    points: Fraction | None
    raw: Fraction | None
    missing: tuple[str, ...] = ()

    @property
    def capped(self) -> bool:
        """Whether the cap took something away."""
        return self.raw is not None and self.points is not None and self.points < self.raw


@dataclass(frozen=True, slots=True)
class Scored:
    """A sheet: the items, their sum, and what is missing for it to be whole. ``total`` is of what is known."""

    items: tuple[ScoredItem, ...]
    total: Fraction
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grade:
    """One grade: from how many points on, and at best which share of all ranked may have it (None: all).

    ``barred_by_veto``: nobody with a veto gets it.
    """

    code: str
    least: Fraction
    top_share: Fraction | None = None
    barred_by_veto: bool = False


def score_sheet(items: Sequence[Item], done: Mapping[str, Done], cases: Mapping[str, int | None]) -> Scored:
    """Return the score of every item and their sum."""
    scored = tuple(_score(each, done, cases) for each in items)
    total = sum((each.points for each in scored if each.points is not None), Fraction(0))
    return Scored(scored, total, tuple(code for each in scored for code in each.missing))


def _score(item: Item, done: Mapping[str, Done], cases: Mapping[str, int | None]) -> ScoredItem:
    ratios = {part.code: _ratio(done.get(part.code, (None, None))) for part in item.parts}
    counted = {code: cases.get(code) for code, _each in item.deductions}
    missing = (*(code for code, n in ratios.items() if n is None), *(code for code, n in counted.items() if n is None))
    if missing:
        return ScoredItem(item, None, None, missing)
    shares = [part.share * (ratios[part.code] or 0) for part in item.parts]
    raw = item.points * sum(shares, Fraction(0)) if item.parts else item.points
    raw -= sum((each * (counted[code] or 0) for code, each in item.deductions), Fraction(0))
    points = raw if item.cap is None else min(raw, item.cap)
    return ScoredItem(item, points if item.floor is None else max(points, item.floor), raw)


def _ratio(done: Done) -> Fraction | None:
    what, target = done
    return None if what is None or not target else what / target


def ranked(scores: Mapping[str, Fraction]) -> dict[str, int]:
    """Return the place of everybody, the highest score first; equal scores share a place.

    >>> ranked({"a": Fraction(90), "b": Fraction(80), "c": Fraction(90)})
    {'a': 1, 'b': 3, 'c': 1}
    """
    return {name: 1 + sum(other > score for other in scores.values()) for name, score in scores.items()}


def grade_of(grades: Sequence[Grade], score: Fraction, *, rank: int, of: int, veto: bool = False) -> str | None:
    """Return the best grade that score, rank and veto allow; None: not even the lowest.

    Fuyang 2022: 80 and the top fifth is good, 60 passes, a major breach bars good.

    >>> fuyang = (Grade("good", Fraction(80), Fraction(1, 5), True), Grade("passed", Fraction(60)), Grade("failed", Fraction(0)))
    >>> [grade_of(fuyang, Fraction(85), rank=rank, of=10) for rank in (2, 3)]
    ['good', 'passed']
    >>> grade_of(fuyang, Fraction(95), rank=1, of=10, veto=True), grade_of(fuyang, Fraction(59), rank=9, of=10)
    ('passed', 'failed')
    """
    for grade in sorted(grades, key=lambda each: each.least, reverse=True):
        placed = grade.top_share is None or rank <= grade.top_share * of
        if score >= grade.least and placed and not (veto and grade.barred_by_veto):
            return grade.code
    return None
