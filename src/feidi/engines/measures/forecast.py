"""Whether a goal is in reach: how many of those under way will arrive, by the conversion measured so far.

No model: each one arrives with the share of those before it that did (binomial). The range comes from the single years,
once two of them have been observed to the end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb
from typing import Literal

#: sure: four out of five at least; even: one out of two; short: less; unknown: nothing was measured yet.
Outlook = Literal["sure", "even", "short", "unknown"]
SURE, EVEN, FULL_YEARS = Fraction(4, 5), Fraction(1, 2), 2


@dataclass(frozen=True, slots=True)
class Cohort:
    """Those of one year that have been observed for the whole window: how many there were, how many arrived."""

    year: int
    base: int
    hit: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """``standing`` are under way, ``goal`` must arrive. ``chance`` that they do, ``expected`` how many (None: not measured).

    ``low``…``high``: what the worst and the best full year would give; None before two of them.
    """

    standing: int
    goal: int
    hit: int
    base: int
    outlook: Outlook
    chance: Fraction | None
    expected: Fraction | None
    low: Fraction | None
    high: Fraction | None


def outlook_of(standing: int, goal: int, cohorts: Sequence[Cohort]) -> Forecast:
    """Return the outlook.

    >>> six = outlook_of(6, 3, [Cohort(2024, 10, 2)])
    >>> six.outlook, six.expected, six.low
    ('short', Fraction(6, 5), None)
    >>> outlook_of(6, 3, []).outlook
    'unknown'
    >>> both = outlook_of(6, 3, [Cohort(2023, 10, 2), Cohort(2024, 10, 8)])
    >>> both.outlook, both.low, both.high
    ('even', Fraction(6, 5), Fraction(24, 5))
    """
    base, hit = sum(each.base for each in cohorts), sum(each.hit for each in cohorts)
    if not base:
        return Forecast(standing, goal, hit, base, "unknown", None, None, None, None)
    rate = Fraction(hit, base)
    chance = at_least(standing, goal, rate)
    rates = [Fraction(each.hit, each.base) * standing for each in cohorts if each.base]
    full = len(rates) >= FULL_YEARS
    outlook: Outlook = "sure" if chance >= SURE else "even" if chance >= EVEN else "short"
    return Forecast(
        standing, goal, hit, base, outlook, chance, rate * standing, min(rates) if full else None, max(rates) if full else None
    )  # fmt: skip


def at_least(n: int, least: int, rate: Fraction) -> Fraction:
    """Return the chance that at least ``least`` of ``n`` arrive, each with the chance ``rate``. Exact.

    >>> at_least(2, 1, Fraction(1, 2)), at_least(2, 3, Fraction(1, 2)), at_least(2, 0, Fraction(0))
    (Fraction(3, 4), Fraction(0, 1), Fraction(1, 1))
    """
    return sum((comb(n, k) * rate**k * (1 - rate) ** (n - k) for k in range(least, n + 1)), Fraction(0))
