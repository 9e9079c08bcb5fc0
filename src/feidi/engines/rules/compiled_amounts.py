"""Amounts as closures over the ends of facts: the same meaning as ``granting``, in whole numbers of one common scale.

Every closure returns (lo, hi, bound_by, unstated, missing) in 1/scale hundredths of a yuan; hi is inf without bound.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import inf, lcm
from typing import Any as Anything

from feidi.engines.rules.amounts import (
    Amount,
    Banded,
    ByCode,
    ByYear,
    Capped,
    Fixed,
    Largest,
    Less,
    Progressive,
    Rate,
    Smallest,
    Sum,
    Times,
    Unstated,
    Where,
    amounts_in,
)
from feidi.engines.rules.closures import (
    NOTHING,
    Closure,
    EndsOf,
    HeldOf,
    Value,
    by_fact,
    capped,
    constant,
    hull,
    interval_of,
    largest,
    largest_of,
    less,
    rows_of_ranks,
    settled,
    smallest,
    summed,
)
from feidi.engines.rules.compiling import Compiler, Ends
from feidi.engines.rules.conditions import Linear
from feidi.engines.rules.days import running
from feidi.engines.rules.facts import FactType
from feidi.engines.rules.pieces import touched, whole_numbers


def scale_of(amount: Amount) -> int:
    """Return a scale in which everything that an amount comes to is a whole number."""
    below = lcm(*(scale_of(part) for part in amounts_in(amount)))
    match amount:
        case Fixed(fen=fen):
            return fen.denominator
        case Rate(linear=linear):
            return _scale(linear)
        case Progressive(basis=basis, steps=steps):
            ends = [step.upto.denominator for step in steps if step.upto is not None]
            return lcm(_scale(basis), *ends) * lcm(*(step.rate.denominator for step in steps))
        case Times(table=table, otherwise=otherwise):
            return below * lcm(otherwise.denominator, *(factor.denominator for _code, factor in table))
        case Less(received=received):
            return lcm(below, _scale(received))
        case Capped(used=used) if used is not None:
            return lcm(below, _scale(used))
        case _:
            return below


def _scale(linear: Linear) -> int:
    return lcm(linear.constant.denominator, *(each.denominator for _fact, each in linear.terms))


class AmountCompiler:
    """Makes the closures of amounts over the slots of one compiler of conditions."""

    def __init__(self, compiler: Compiler, scale: int) -> None:
        self.compiler, self.scale = compiler, scale

    def closure(self, amount: Amount) -> Closure:
        """Return what computes an amount from the ends of the facts."""
        match amount:
            case Fixed(fen=fen):
                return constant((self._whole(fen), self._whole(fen), (), "", ()))
            case Unstated(reason=reason):
                return constant((0, inf, (), reason, ()))
            case Rate(linear=linear):
                return self._rate(linear)
            case Progressive():
                return self._progressive(amount)
            case Banded() | ByCode() | ByYear() | Where():
                return self._chosen(amount)
            case _:
                return self._combined(amount)

    def _chosen(self, amount: Banded | ByCode | ByYear | Where) -> Closure:
        match amount:
            case Banded():
                return self._banded(amount)
            case ByCode():
                return self._by_code(amount)
            case ByYear():
                return self._by_year(amount)
            case Where():
                return self._where(amount)

    def _combined(self, amount: Times | Less | Capped | Sum | Largest | Smallest) -> Closure:
        match amount:
            case Times():
                return self._times(amount)
            case Less(amount=inner, received=received):
                return less(self.closure(inner), self.ends_of(received))
            case Capped(amount=inner, cap=cap, used=used):
                taken = None if used is None else self.ends_of(used)
                return capped(self.closure(inner), self.closure(cap), taken, (amount.name or amount.per,))
            case Sum(parts=parts):
                return summed([self.closure(part) for part in parts])
            case Largest(parts=parts):
                return largest([self.closure(part) for part in parts])
            case Smallest(parts=parts):
                return smallest([self.closure(part) for part in parts])

    def _whole(self, value: Fraction) -> int:
        return max(int(value * self.scale), 0)

    def ends_of(self, linear: Linear) -> EndsOf:
        """Return what computes both ends of a sum and which of its facts are open."""
        constant = int(linear.constant * self.scale)
        terms = [
            (self.compiler.slots.place(fact, FactType.NUMBER), int(each * self.scale), fact)
            for fact, each in linear.terms if each
        ]  # fmt: skip

        def ends(low: Ends, high: Ends) -> tuple[Anything, Anything, tuple[str, ...]]:
            least = most = constant
            waiting: tuple[str, ...] = ()
            for place, factor, fact in terms:
                lo, hi = low[place], high[place]
                if lo == hi:
                    least += factor * lo
                    most += factor * lo
                    continue
                waiting = (*waiting, fact)
                least += factor * (lo if factor > 0 else hi)
                most += factor * (hi if factor > 0 else lo)
            return least, most, waiting

        return ends

    def _rate(self, linear: Linear) -> Closure:
        ends = self.ends_of(linear)

        def value(low: Ends, high: Ends) -> Value:
            least, most, waiting = ends(low, high)
            least, most = max(least, 0), max(most, 0)
            return least, most, (), "", () if least == most else waiting

        return value

    def _progressive(self, amount: Progressive) -> Closure:
        """Compute the basis in units that the ends of all steps are whole numbers of; rates make up the rest of the scale."""
        rates = lcm(*(step.rate.denominator for step in amount.steps))
        unit = self.scale // rates
        steps = [
            (inf if step.upto is None else int(step.upto * unit), max(int(step.rate * rates), 0))
            for step in amount.steps
        ]
        ends = AmountCompiler(self.compiler, unit).ends_of(amount.basis)

        def total(basis: Anything) -> Anything:
            result, below = 0, 0
            for upto, rate in steps:
                end = max(min(basis, upto), below)
                result += (end - below) * rate if rate and end > below else 0
                below = end
            return result

        def value(low: Ends, high: Ends) -> Value:
            least, most, waiting = ends(low, high)
            least, most = total(least), total(most)
            return least, most, (), "", () if least == most else waiting

        return value

    def _banded(self, amount: Banded) -> Closure:
        """Look at every band that can be; where the basis is one fact, that fact is narrowed to the band meanwhile."""
        terms = [(fact, each) for fact, each in amount.basis.terms if each]
        closures = [self.closure(band.amount) for band in amount.bands]
        if len(terms) == 1 and len(amount.basis.terms) == 1:
            ((fact, factor),) = terms
            rows = [whole_numbers(band, factor, amount.basis.constant) for band in amount.bands]
            return by_fact(self.compiler.slots.place(fact, FactType.NUMBER), fact, rows, closures, narrowing=True)
        scale = _scale(amount.basis)
        rows = [whole_numbers(band, Fraction(1, scale), Fraction(0)) for band in amount.bands]
        ends = AmountCompiler(self.compiler, scale).ends_of(amount.basis)

        def value(low: Ends, high: Ends) -> Value:
            least, most, waiting = ends(low, high)
            found, outside = touched(interval_of(least, most), rows)
            branches = [closures[number](low, high) for number, _within in found]
            return hull([*branches, *([NOTHING] if outside or not branches else [])], waiting)

        return value

    def _by_year(self, amount: ByYear) -> Closure:
        rows = [running(first, last, amount.span, self.compiler.day) for first, last, _amount in amount.table]
        closures = [self.closure(each) for _first, _last, each in amount.table]
        place = self.compiler.slots.place(amount.since, FactType.DATE)
        return by_fact(place, amount.since, rows, closures, narrowing=False)

    def _held(self, fact: str, written: Sequence[str]) -> HeldOf:
        """Return what finds the rows a fact can fall into: which, whether certainly those, whether maybe none."""
        slots = self.compiler.slots
        place = slots.place(fact, FactType.CODES)
        kind, declared = slots.types[place], list(slots.codes[place])
        definition = slots.dictionary.facts.get(fact)
        rows = {code: [number for number, each in enumerate(written) if each == code] for code in written}
        if definition is None or not definition.codes:
            declared = []
        anything = [number for number, code in enumerate(written) if not declared or code in declared]
        maybe_none = kind is FactType.CODES or not declared or not set(declared) <= set(written)
        if kind is FactType.LEVEL:
            return rows_of_ranks(place, [rows.get(code, []) for code in declared])
        if kind is FactType.CODES:
            masks = [slots.mask(place, [code]) for code in written]
            return lambda low, high: (
                (anything, False, maybe_none) if low[place] != high[place]
                else ([number for number, mask in enumerate(masks) if low[place] & mask], True, False)
            )  # fmt: skip
        return lambda low, _high: (
            (anything, len(declared) == 1, maybe_none)
            if low[place] is None
            else (rows.get(low[place], []), True, False)
        )

    def _by_code(self, amount: ByCode) -> Closure:
        held = self._held(amount.fact, [code for code, _amount in amount.table])
        closures = [self.closure(each) for _code, each in amount.table]
        other = constant(NOTHING) if amount.otherwise is None else self.closure(amount.otherwise)

        def value(low: Ends, high: Ends) -> Value:
            rows, certain, maybe_none = held(low, high)
            branches = [closures[number](low, high) for number in rows]
            if certain and branches:
                return largest_of(branches)
            if maybe_none or not branches:
                branches.append(other(low, high))
            return hull(branches, (amount.fact,))

        return value

    def _times(self, amount: Times) -> Closure:
        common = lcm(amount.otherwise.denominator, *(factor.denominator for _code, factor in amount.table))
        base = AmountCompiler(self.compiler, self.scale // common).closure(amount.base)
        factors = [max(int(factor * common), 0) for _code, factor in amount.table]
        otherwise, held = (
            max(int(amount.otherwise * common), 0),
            self._held(amount.fact, [code for code, _f in amount.table]),
        )

        def value(low: Ends, high: Ends) -> Value:
            rows, certain, maybe_none = held(low, high)
            found = [factors[number] for number in rows]
            if certain and found:
                found = [max(found)]
            if not found or (maybe_none and not certain):
                found.append(otherwise)
            least, most = min(found), max(found)
            lo, hi, bound, unstated, missing = base(low, high)
            top = hi * most if most else 0
            if least != most and amount.fact not in missing:
                missing = (*missing, amount.fact)
            return settled(lo * least, top, bound, unstated, missing)

        return value

    def _where(self, amount: Where) -> Closure:
        certain, possible = self.compiler.certain(amount.condition), self.compiler.possible(amount.condition)
        lines = self.compiler.missing(amount.condition, " ") or [" pass"]
        scope = self.compiler.compile("\n".join((
            f"def verdict(L, H): return 1 if {certain} else 2 if {possible} else 0",
            "def missing(L, H, m):", *lines,
        )))  # fmt: skip
        verdict, gather = scope["verdict"], scope["missing"]
        then = self.closure(amount.amount)
        other = constant(NOTHING) if amount.otherwise is None else self.closure(amount.otherwise)

        def value(low: Ends, high: Ends) -> Value:
            answered = verdict(low, high)
            if answered != 2:  # noqa: PLR2004 - 2 is unknown
                return then(low, high) if answered else other(low, high)
            waiting: dict[str, None] = {}
            gather(low, high, waiting)
            return hull([then(low, high), other(low, high)], tuple(waiting))

        return value
