"""Means of scores, exact; what is printed is rounded half up, as officials do."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from feidi.engines.findings import refuse
from feidi.engines.judging.model import TRIM_NEEDS, Method


def mean_of(values: Sequence[Decimal]) -> Fraction:
    """Return the mean, exact.

    >>> rounded(mean_of([Decimal("88.5"), Decimal(90), Decimal(76)]))
    Decimal('84.83')
    """
    return Fraction(sum(map(Fraction, values)), len(values))


def trimmed_mean(values: Sequence[Decimal], project: str = "") -> Fraction:
    """Return the mean without one highest and one lowest score. Refused under five: too little would be left.

    >>> rounded(trimmed_mean([Decimal("88.5"), Decimal(90), Decimal(76), Decimal(95), Decimal(90)]))
    Decimal('89.50')
    >>> rounded(trimmed_mean([Decimal(80)] * 5))
    Decimal('80.00')
    >>> trimmed_mean([Decimal(80)] * 3, "甲")
    Traceback (most recent call last):
    feidi.engines.findings.RefusedError: judging.too_few_to_trim
    """
    if len(values) < TRIM_NEEDS:
        raise refuse("judging.too_few_to_trim", project=project, judges=len(values), needed=TRIM_NEEDS)
    return mean_of(sorted(values)[1:-1])


def by_method(method: Method, values: Sequence[Decimal], project: str) -> Fraction:
    """Return what the written rule makes of a project's scores."""
    return trimmed_mean(values, project) if method is Method.TRIMMED else mean_of(values)


def rounded(value: Fraction, decimals: int = 2) -> Decimal:
    """Round half up, exactly.

    >>> rounded(Fraction(1, 8)), rounded(Fraction(5, 2), 0)
    (Decimal('0.13'), Decimal('3'))
    """
    scaled = value * 10**decimals
    whole = (2 * abs(scaled.numerator) + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(whole if scaled >= 0 else -whole).scaleb(-decimals)
