"""What is known, as evaluation sees it: every fact reaches over the values it can have, on the day of the question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from feidi.engines.rules.conditions import Linear
from feidi.engines.rules.facts import FactDef, FactDictionary, Facts, FactType, Interval

_ANY = Interval(None, None)


@dataclass(frozen=True, slots=True)
class Reach:
    """The values a sum can have: lo ≤ value ≤ hi, exact; None: no bound."""

    lo: Fraction | None
    hi: Fraction | None


@dataclass(frozen=True, slots=True)
class World:
    """The facts of one subject on one day. ``narrowed`` holds what a branch of an amount adds to them."""

    facts: Facts
    dictionary: FactDictionary
    day: int
    narrowed: Mapping[str, Interval] = field(default_factory=dict)

    def definition(self, fact: str) -> FactDef | None:
        """Return what the dictionary says of a fact; None for a judgement that a clause declares by itself."""
        return self.dictionary.facts.get(fact)

    def reach(self, fact: str) -> Interval:
        """Return the values a number, day or level can have. An open end is the end of the declared range."""
        if fact in self.narrowed:
            return self.narrowed[fact]
        definition = self.definition(fact)
        declared = _ANY if definition is None else definition.range
        known = self.facts.get(fact)
        if not isinstance(known, Interval):
            return declared
        lo = declared.lo if known.lo is None else known.lo
        return Interval(lo, declared.hi if known.hi is None else known.hi)

    def codes(self, fact: str) -> frozenset[str]:
        """Return the codes the dictionary declares for a fact; none: it says nothing of them."""
        definition = self.definition(fact)
        return frozenset(() if definition is None else definition.codes)

    def codes_within(self, fact: str) -> frozenset[str]:
        """Return the codes that a code or level fact can have; none: nothing is declared."""
        definition = self.definition(fact)
        if definition is None or definition.type is not FactType.LEVEL:
            return self.codes(fact)
        reach = self.reach(fact)
        return frozenset(definition.codes[reach.lo or 0 : None if reach.hi is None else reach.hi + 1])

    def is_exact(self, fact: str) -> bool:
        """Whether a fact has just one value."""
        known = self.facts.get(fact)
        if known is None or isinstance(known, Interval):
            return self.reach(fact).is_exact
        return True

    def open_facts(self, facts: Iterable[str]) -> tuple[str, ...]:
        """Return those of the facts that are not known exactly."""
        return tuple(fact for fact in facts if not self.is_exact(fact))

    def narrow(self, fact: str, within: Interval) -> World:
        """Return this world with a fact known to lie within an interval."""
        return World(self.facts, self.dictionary, self.day, {**self.narrowed, fact: within})

    def sum_of(self, linear: Linear) -> Reach:
        """Return the values a linear sum can have; each fact in it has one value at a time."""
        lo: Fraction | None = linear.constant
        hi: Fraction | None = linear.constant
        for fact, coefficient in linear.terms:
            if not coefficient:
                continue
            reach = self.reach(fact)
            below, above = (reach.lo, reach.hi) if coefficient > 0 else (reach.hi, reach.lo)
            lo = None if lo is None or below is None else lo + coefficient * below
            hi = None if hi is None or above is None else hi + coefficient * above
        return Reach(lo, hi)


def world_of(facts: Facts, dictionary: FactDictionary, as_of: date) -> World:
    """Return the world of one subject's facts on a day."""
    return World(facts, dictionary, as_of.toordinal())
