"""考核计分: an assessment sheet as data. A cap belongs to each item or there is none; what is not known scores nothing
and is said; a grade needs score, rank and the absence of a veto.

The published line of a city, 2024 (https://www.qianlima.com/bid-486863651.html): domestic signings are capped at the
item's points, foreign investment is not.

>>> F = Fraction
>>> home = Item("home", F(1, 2), parts=(Part("count", F(1, 2)), Part("sum", F(1, 2))), cap=F(1, 2))
>>> abroad = Item("abroad", F(1, 2), parts=(Part("abroad", F(1)),))
>>> order = Item("order", F(1, 2), deductions=(Case("late", F(1, 10)), Case("false", F(1, 5))))
>>> done = {"count": (F(28), F(27)), "sum": (F("177.7"), F(54)), "abroad": (F(120), F(100))}
>>> scored = score_sheet((home, abroad, order), done, {"late": 2, "false": 0})
>>> [each.points for each in scored.items]
[Fraction(1, 2), Fraction(3, 5), Fraction(3, 10)]
>>> scored.items[0].capped, scored.items[1].capped, scored.total
(True, False, Fraction(7, 5))

A county's rule for units: all of the task 100, four fifths of it and a fifth of the money 75, half of it 50; a monthly
report that is missing takes 1, at most 12.

>>> rungs = (Rung(F(100), (("task", F(1)),)), Rung(F(75), (("task", F(4, 5)), ("money", F(1, 5)))), Rung(F(50), (("task", F(1, 2)),)))
>>> unit = Item("unit", F(100), (Part("task"), Part("money")), (Case("reports", F(1), F(12)),), rungs=rungs)
>>> score_sheet((unit,), {"task": (F(9), F(10)), "money": (F(1), F(5))}, {"reports": 20}).total
Fraction(63, 1)

A county's rule of 2006: 60 at the target, nothing below, half a point for each further tenth, at most 10.

>>> money = Item("money", F(60), (Part("paid"),), past=Past(F(1, 10), F(1, 2), F(10)))
>>> [score_sheet((money,), {"paid": (F(n), F(100))}, {}).total for n in (99, 100, 125, 900)]
[Fraction(0, 1), Fraction(60, 1), Fraction(61, 1), Fraction(70, 1)]
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
class Case:
    """What is given or taken for each case of something; ``most``: no more than so many points in all."""

    code: str
    each: Fraction
    most: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Rung:
    """So many points from so much on: ``least`` is what each part must have reached."""

    points: Fraction
    least: tuple[tuple[str, Fraction], ...]


@dataclass(frozen=True, slots=True)
class Past:
    """The item's points at the target and nothing below it; ``points`` more for every ``every`` beyond, at most ``most``."""

    every: Fraction
    points: Fraction
    most: Fraction


@dataclass(frozen=True, slots=True)
class Item:
    """One item: ``points`` for completing its ``parts`` (or by ``rungs``, or ``past`` the target), less so much per case
    of each of ``deductions``, more for each of ``bonuses``.

    ``cap``: the most it gives, None: more than its points may be scored. ``floor``: the least, None: it may go below 0.
    """

    code: str
    points: Fraction
    parts: tuple[Part, ...] = ()
    deductions: tuple[Case, ...] = ()
    cap: Fraction | None = None
    floor: Fraction | None = Fraction(0)
    bonuses: tuple[Case, ...] = ()
    rungs: tuple[Rung, ...] = ()
    past: Past | None = None


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
    base, lacking = _base(item, ratios)
    uncounted = (each.code for each in (*item.bonuses, *item.deductions) if cases.get(each.code) is None)
    missing = (*lacking, *uncounted)
    if missing:
        return ScoredItem(item, None, None, missing)
    raw = base + _counted(item.bonuses, cases) - _counted(item.deductions, cases)
    points = raw if item.cap is None else min(raw, item.cap)
    return ScoredItem(item, points if item.floor is None else max(points, item.floor), raw)


def _base(item: Item, ratios: Mapping[str, Fraction | None]) -> tuple[Fraction, tuple[str, ...]]:
    """Return what the parts come to, and which of them that cannot be said without."""
    if item.rungs:
        return _stepped(item.rungs, ratios)
    missing = tuple(code for code, ratio in ratios.items() if ratio is None)
    if not item.parts or missing:
        return item.points, missing
    reached = sum((part.share * (ratios[part.code] or 0) for part in item.parts), Fraction(0))
    if item.past is None:
        return item.points * reached, ()
    if reached < 1:
        return Fraction(0), ()
    return item.points + min(item.past.most, (reached - 1) // item.past.every * item.past.points), ()


def _stepped(steps: Sequence[Rung], ratios: Mapping[str, Fraction | None]) -> tuple[Fraction, tuple[str, ...]]:
    """Return the points of the highest step that was reached; a higher one that is open leaves it open (unknown is not no)."""
    open_ones: list[str] = []
    for step in sorted(steps, key=lambda each: each.points, reverse=True):
        known = {code: ratios.get(code) for code, _least in step.least}
        if any(known[code] is not None and (known[code] or 0) < least for code, least in step.least):
            continue
        unknown = [code for code, ratio in known.items() if ratio is None]
        if not unknown:
            return step.points, tuple(dict.fromkeys(open_ones))
        open_ones += unknown
    return Fraction(0), tuple(dict.fromkeys(open_ones))


def _counted(listed: Sequence[Case], cases: Mapping[str, int | None]) -> Fraction:
    found = Fraction(0)
    for each in listed:
        points = each.each * (cases[each.code] or 0)
        found += points if each.most is None else min(points, each.most)
    return found


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
