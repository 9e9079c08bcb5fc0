"""Questions about one sum, or one ratio of sums, taken together: where one look at the facts serves certain and possible.

Where all facts of a sum are known it has one value, and both ends of it are that. Where one is unknown, its declared
range often decides by itself: with nothing known of the investment, "investment - land reaches 2000万元" is never certain
and always possible. What is so for every question of a family is proved here, from the ranges of the columns; then the
sum is computed once, the rows with unknown facts are taken out of what is certain, and added to what is possible.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from feidi.engines.rules.lowering.bounds import resting
from feidi.engines.rules.lowering.graph import Graph, Quotient, Reaches
from feidi.engines.rules.many.sources import Table

#: The largest common denominator of rates for which one division serves a family of ratios.
_MOST_PARTS: Final = 10**6
#: Whole numbers below this are exact as floats, and so is the comparison of their quotient with a whole number: a
#: quotient below n lies at least 1/denominator below it, more than rounding moves it.
_EXACT: Final = 2**53
Terms = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """Σ coefficient × fact + constant."""

    terms: Terms
    constant: int = 0


@dataclass(frozen=True, slots=True)
class Family:
    """What is asked of ``above``, or of ``parts`` × ``above / below``: thresholds from ``least`` to ``most``."""

    above: Sum
    below: Sum | None
    parts: int
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Shared:
    """Both ends come from one look. ``plain``: facts that are read as they stand, whose unknown rows are always possible.

    ``floats``   a ratio of these columns may be computed and compared in floating point without any loss
    """

    plain: frozenset[str]
    floats: bool = False


Families = Mapping[Sum | tuple[Sum, Sum], Family]


def sides_of(quotient: Quotient) -> tuple[Sum, Sum]:
    """Return numerator and denominator of a ratio: what a family of ratios is known by."""
    return Sum(quotient.above, quotient.above_constant), Sum(quotient.below, quotient.below_constant)


def families_of(graph: Graph, roots: Iterable[int]) -> Families:
    """Return every sum of several facts that is asked about, and every ratio that is asked about with several rates."""
    asked = [node for node in (graph.nodes[number] for number in resting(graph, roots)) if isinstance(node, Reaches)]
    ratios = _ratios([node.quotient for node in asked if node.quotient is not None])
    sums: dict[Sum, list[int]] = {}
    for node in asked:
        single = len(node.total.terms) == 1 and node.total.terms[0][1] == 1
        if not single and (node.quotient is None or sides_of(node.quotient) not in ratios):
            sums.setdefault(Sum(node.total.terms), []).append(node.at)
    return {**ratios, **{one: Family(one, None, 1, min(ats), max(ats)) for one, ats in sums.items()}}


def _ratios(asked: Iterable[Quotient]) -> dict[Sum | tuple[Sum, Sum], Family]:
    by_sides: dict[tuple[Sum, Sum], list[Quotient]] = {}
    for each in asked:
        by_sides.setdefault(sides_of(each), []).append(each)
    found: dict[Sum | tuple[Sum, Sum], Family] = {}
    for sides, quotients in by_sides.items():
        parts = math.lcm(*(each.denominator for each in quotients))
        if len({(each.numerator, each.denominator) for each in quotients}) > 1 and parts <= _MOST_PARTS:
            thresholds = [each.numerator * (parts // each.denominator) for each in quotients]
            found[sides] = Family(*sides, parts, min(thresholds), max(thresholds))
    return found


def shared_by(families: Families, table: Table) -> dict[Sum | tuple[Sum, Sum], Shared]:
    """Return the families of which both ends come from one look at these columns."""
    found = {}
    for key, family in families.items():
        shared = _Proof(family, table).shared()
        if shared is not None:
            found[key] = shared
    return found


class _Proof:
    """What the ranges of the columns say of one family."""

    def __init__(self, family: Family, table: Table) -> None:
        self.family, self.table = family, table
        sides = (family.above, *([] if family.below is None else [family.below]))
        columns = {fact: table.column(fact) for side in sides for fact, _coefficient in side.terms}
        self.exact = not any(column.has_intervals for column in columns.values())
        self.unknown = [fact for fact, column in columns.items() if column.unknown is not None]

    def shared(self) -> Shared | None:
        """Return how both ends are had from one look; None where they are not."""
        if not self.exact or not self.unknown:
            return None
        if any(self.can_be_certain(fact) for fact in self.unknown):
            return None
        plain = frozenset(fact for fact in self.unknown if self.is_possible(fact))
        if self.family.below is None:
            return Shared(plain)
        return Shared(plain, self.fits_floats()) if len(plain) == len(self.unknown) else None

    def can_be_certain(self, unknown: str) -> bool:
        """Whether the lower end may reach a threshold although a fact is unknown."""
        family = self.family
        above = self.highest_lower(family.above, unknown)
        if family.below is None:
            return above >= family.least
        # where the ratio is asked its denominator is at least 1
        below = max(self.lowest_upper(family.below, unknown), 1)
        return above > 0 and above * family.parts >= family.least * below

    def is_possible(self, unknown: str) -> bool:
        """Whether the upper end surely reaches every threshold where a fact is unknown and can be read as it stands."""
        family = self.family
        if self.table.column(unknown).least is None:
            return False
        above = self.lowest_upper(family.above, unknown)
        if family.below is None:
            return above >= family.most
        below = self.highest_lower(family.below, unknown)
        # a denominator that may be 0 makes the ratio possible by itself
        is_undefined = below <= 0 and any(fact == unknown for fact, _coefficient in family.below.terms)
        return is_undefined or above * family.parts > family.most * below

    def highest_lower(self, side: Sum, unknown: str) -> float:
        """Return what the lower end of a sum is at most where a fact is unknown."""
        return side.constant + sum(max(self._lower(each, unknown)) for each in side.terms)

    def lowest_upper(self, side: Sum, unknown: str) -> float:
        """Return what the upper end of a sum is at least where a fact is unknown."""
        return side.constant + sum(min(self._upper(each, unknown)) for each in side.terms)

    def _lower(self, term: tuple[str, int], unknown: str) -> list[float]:
        fact, coefficient = term
        column = self.table.column(fact)
        bound = column.least if coefficient > 0 else column.most
        far = -math.inf if bound is None else coefficient * bound
        known = [coefficient * each for each in column.measured]
        return [far] if fact == unknown else [*known, *([] if column.unknown is None else [far])]

    def _upper(self, term: tuple[str, int], unknown: str) -> list[float]:
        return [-each for each in self._lower((term[0], -term[1]), unknown)]

    def fits_floats(self) -> bool:
        """Whether numerator, denominator and thresholds of a ratio of plain facts are exact as floats."""
        family = self.family
        sides = [self._largest(family.above) * family.parts, family.most]
        return max(sides if family.below is None else [*sides, self._largest(family.below)]) < _EXACT

    def _largest(self, side: Sum) -> int:
        return abs(side.constant) + sum(abs(each) * self.table.plain_magnitude(fact) for fact, each in side.terms)
