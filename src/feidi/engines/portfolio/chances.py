"""Chances with their range."""

from __future__ import annotations

from feidi.engines.findings import refuse
from feidi.engines.portfolio.model import Chance


def chance_of(successes: int, cases: int, level: float = 0.9) -> Chance:
    """Return what so many landings in so many cases tell: Jeffreys' mean (s+½)/(n+1) and central interval of ``level``.

    With no landing the low end is 0, with nothing but landings the high end 1 (Brown, Cai & DasGupta 2001).
    Raises RefusedError for counts that cannot be; without any case nothing is known: give None instead of a chance.

    >>> chance = chance_of(2, 5)
    >>> round(chance.p, 3), round(chance.lo, 3), round(chance.hi, 3)
    (0.417, 0.128, 0.739)
    """
    if cases < 1 or not 0 <= successes <= cases:
        raise refuse("portfolio.cases_wrong", successes=successes, cases=cases)
    if not 0 < level < 1:
        raise refuse("portfolio.level_wrong", level=level)
    from scipy.special import betaincinv  # noqa: PLC0415 - a command that asks no chances of it starts without

    ours, theirs, tail = successes + 0.5, cases - successes + 0.5, (1 - level) / 2
    lo = 0.0 if successes == 0 else float(betaincinv(ours, theirs, tail))
    hi = 1.0 if successes == cases else float(betaincinv(ours, theirs, 1 - tail))
    return Chance(ours / (cases + 1), lo, hi, successes, cases, level)


def chance_given(p: float, lo: float | None = None, hi: float | None = None) -> Chance:
    """Return somebody's estimate, with the range they give it, if any. Checked where it is used.

    >>> chance_given(0.4, 0.3, 0.6).cases is None
    True
    """
    return Chance(p, lo, hi)
