"""Exact intervals lo..hi of fractions. What is not known is ``None``, never an interval and never 0."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Range:
    """Somewhere from ``lo`` to ``hi``, both included; ``lo == hi`` is a point."""

    lo: Fraction
    hi: Fraction

    def __post_init__(self) -> None:
        if self.lo > self.hi:
            message = f"{self.lo} is more than {self.hi}"
            raise ValueError(message)

    @property
    def is_point(self) -> bool:
        """Tell whether it is one exact number."""
        return self.lo == self.hi

    def __add__(self, other: Range) -> Range:
        return Range(self.lo + other.lo, self.hi + other.hi)

    def __sub__(self, other: Range) -> Range:
        return Range(self.lo - other.hi, self.hi - other.lo)

    def __neg__(self) -> Range:
        return Range(-self.hi, -self.lo)

    def __mul__(self, other: Range) -> Range:
        ends = [a * b for a in (self.lo, self.hi) for b in (other.lo, other.hi)]
        return Range(min(ends), max(ends))

    def times(self, factor: int | Fraction) -> Range:
        """Return the interval times a number."""
        ends = (self.lo * factor, self.hi * factor)
        return Range(min(ends), max(ends))


ZERO = Range(Fraction(0), Fraction(0))


def point(value: int | Fraction) -> Range:
    """Return the interval of one exact number."""
    return Range(Fraction(value), Fraction(value))


def hull(*parts: Range) -> Range:
    """Return the smallest interval that holds all parts."""
    return Range(min(each.lo for each in parts), max(each.hi for each in parts))


def clamped(value: Range, floor: Range | None, ceiling: Range | None) -> Range | None:
    """Return ``value`` held between a floor and a ceiling; an unknown ceiling lies anywhere above the floor and so on.

    Only with neither known nothing is known. Monotone in all three, so the ends decide.

    >>> clamped(point(9), point(2), None) == Range(Fraction(2), Fraction(9))
    True
    """
    if floor is None:
        return None if ceiling is None else Range(min(value.lo, ceiling.lo), ceiling.hi)
    if ceiling is None:
        return Range(floor.lo, max(value.hi, floor.hi))
    return Range(max(floor.lo, min(value.lo, ceiling.lo)), max(floor.hi, min(value.hi, ceiling.hi)))


def whole_fen(value: Fraction) -> int:
    """Return hundredths of a yuan rounded half away from zero: the one rounding, where an amount is shown.

    >>> whole_fen(Fraction(5, 2)), whole_fen(Fraction(-5, 2)), whole_fen(Fraction(1, 3))
    (3, -3, 0)
    """
    doubled = abs(value) * 2
    rounded = (doubled.numerator + doubled.denominator) // (doubled.denominator * 2)
    return rounded if value >= 0 else -rounded
