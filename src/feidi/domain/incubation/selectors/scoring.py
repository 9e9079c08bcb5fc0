"""How points become a total and totals a result. Exact: hundredths of a point, half up. No database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction
from typing import Final

from feidi.domain.incubation.admission_enums import ScoreRule

#: With fewer scores leaving two out would leave too little to stand on.
TRIM_FROM: Final = 5
HUNDREDTHS, MOST = 100, 10_000


@dataclass(frozen=True, slots=True)
class Result:
    """The result in hundredths, and whether the highest and lowest were left out."""

    hundredths: int
    trimmed: bool


def read_points(text: object) -> int | None:
    """Return points 0…100 with at most two decimals in hundredths, None when it is no such number.

    >>> read_points("88.5"), read_points("101"), read_points("1.234")
    (8850, None, None)
    """
    try:
        value = Decimal(str(text).strip()) * HUNDREDTHS
    except InvalidOperation:
        return None
    if not value.is_finite() or value != value.to_integral_value() or not 0 <= value <= MOST:
        return None
    return int(value)


def total_of(points: Mapping[str, int], weights: Mapping[str, int]) -> int:
    """Return the weighted mean of one judge's points, in hundredths."""
    whole = sum(weights.values())
    return half_up(Fraction(sum(points[code] * weight for code, weight in weights.items()), whole))


def result_of(totals: Sequence[int], rule: ScoreRule) -> Result:
    """Return the mean of the totals; by the trimmed rule without one highest and one lowest, from five scores on.

    >>> result_of([8850, 9000, 7600, 9500, 9000], ScoreRule.TRIMMED)
    Result(hundredths=8950, trimmed=True)
    >>> result_of([8000, 9000, 7000], ScoreRule.TRIMMED)
    Result(hundredths=8000, trimmed=False)
    """
    trimmed = rule is ScoreRule.TRIMMED and len(totals) >= TRIM_FROM
    counted = sorted(totals)[1:-1] if trimmed else list(totals)
    return Result(half_up(Fraction(sum(counted), len(counted))), trimmed)


def half_up(value: Fraction) -> int:
    """Return the nearest whole number, a half upwards."""
    decimal = Decimal(value.numerator) / Decimal(value.denominator)
    return int(decimal.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def shown(hundredths: int | None) -> str:
    """Return points as they are read: 89.50; "—" when there are none.

    >>> shown(8950), shown(None)
    ('89.50', '—')
    """
    return "—" if hundredths is None else f"{hundredths // HUNDREDTHS}.{hundredths % HUNDREDTHS:02d}"
