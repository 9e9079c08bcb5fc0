"""How far judges agree: Krippendorff's alpha (interval) for any table, Kendall's W where everybody scored everything."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from feidi.engines.judging.model import Corrected, Score
from feidi.engines.judging.ranking import by_project


@dataclass(frozen=True, slots=True)
class Agreement:
    """1 = as one, 0 = as chance; None = cannot be said.

    ``alpha``: in level and order; ``alpha_corrected``: after the judges' harshness is taken out, so of order alone; far
    above ``alpha`` it says that they differ in strictness, not in judgement. ``concordance``: Kendall's W.
    """

    alpha: float | None
    alpha_corrected: float | None
    concordance: float | None


def agreement(scores: Sequence[Score], corrected: Corrected | None = None) -> Agreement:
    """Return how far the judges agree."""
    of = by_project(scores)
    raw = [[float(each.value) for each in given] for given in of.values()]
    level = None
    if corrected is not None:
        effects = {each.judge: each.effect for each in corrected.judges}
        level = krippendorff([[float(each.value) - effects[each.judge] for each in given] for given in of.values()])
    return Agreement(krippendorff(raw), level, _concordance(of))


def krippendorff(units: Sequence[Sequence[float]]) -> float | None:
    """Return alpha for interval data; None where fewer than two values can be paired, or all are equal.

    >>> round(krippendorff([[1, 1], [2, 3], [3, 3], [4, 4]]), 3)
    0.911
    """
    pairable = [unit for unit in units if len(unit) > 1]
    values = [value for unit in pairable for value in unit]
    n = len(values)
    if n < 2:  # noqa: PLR2004 - nothing to compare
        return None
    expected = _squares(values) / (n - 1)
    if expected <= 0:
        return None
    observed = math.fsum(_squares(unit) / (len(unit) - 1) for unit in pairable)
    return 1 - observed / expected


def _squares(values: Sequence[float]) -> float:
    """Return the sum of squared distances over ordered pairs."""
    middle = math.fsum(values) / len(values)
    return 2 * len(values) * math.fsum((value - middle) ** 2 for value in values)


def _concordance(of: Mapping[str, Sequence[Score]]) -> float | None:
    """Return Kendall's W with ties, None unless every judge scored every project."""
    judges = {each.judge for given in of.values() for each in given}
    if len(judges) < 2 or len(of) < 2 or any(len(given) != len(judges) for given in of.values()):  # noqa: PLR2004
        return None
    rows = {judge: [float(_of(given, judge)) for given in of.values()] for judge in judges}
    ranks = [_mean_ranks(row) for row in rows.values()]
    n, m = len(of), len(judges)
    sums = [math.fsum(rank[at] for rank in ranks) for at in range(n)]
    middle = math.fsum(sums) / n
    tied = math.fsum(row.count(value) ** 2 - 1 for row in rows.values() for value in row)
    below = m * m * (n**3 - n) - m * tied
    return 12 * math.fsum((each - middle) ** 2 for each in sums) / below if below > 0 else None


def _of(given: Sequence[Score], judge: str) -> float:
    return float(next(each.value for each in given if each.judge == judge))


def _mean_ranks(row: Sequence[float]) -> list[float]:
    return [sum(other < value for other in row) + (row.count(value) + 1) / 2 for value in row]
