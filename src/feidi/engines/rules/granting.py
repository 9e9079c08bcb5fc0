"""The meaning of amounts: the reference. Every amount is lo..hi in exact hundredths of a yuan, over the values its facts can have.

A cap bounds the amount and never becomes it: with an unknown base the amount is 0 (or what is certain) up to the cap.
Where a fact decides between rows of a table, every row it can fall into is looked at, the fact taken to lie within it.
Nothing is rounded before the one rounding at the end (``rounded``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor, lcm

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
    Rounding,
    Smallest,
    Sum,
    Times,
    Unstated,
    Where,
)
from feidi.engines.rules.conditions import Linear
from feidi.engines.rules.days import running
from feidi.engines.rules.facts import FactType, Interval
from feidi.engines.rules.meaning import answer, missing_of
from feidi.engines.rules.pieces import touched, whole_numbers
from feidi.engines.rules.results import Truth
from feidi.engines.rules.worlds import Reach, World

_ZERO = Fraction(0)
OTHERWISE = "otherwise"
"""The row of a table for what it does not name."""


@dataclass(frozen=True, slots=True)
class Valued:
    """What one amount comes to, with the parts that were looked at.

    ``amount``    None: the 0 outside every row of a table
    ``bound_by``  the caps that certainly held it down      ``unstated``  why it cannot be computed
    ``missing``   facts that keep it from being exact       ``row``       which row of its table a part is from (code, number, factor)
    """

    amount: Amount | None
    lo: Fraction
    hi: Fraction | None
    bound_by: tuple[str, ...] = ()
    unstated: str = ""
    missing: tuple[str, ...] = ()
    parts: tuple[Valued, ...] = ()
    row: str = ""

    @property
    def is_exact(self) -> bool:
        """Whether there is just one value."""
        return self.lo == self.hi


_NOTHING = Valued(None, _ZERO, _ZERO)


def value_of(amount: Amount, world: World) -> Valued:
    """Return what an amount comes to, at least containing every value it can have."""
    match amount:
        case Fixed(fen=fen):
            return Valued(amount, max(fen, _ZERO), max(fen, _ZERO))
        case Unstated(reason=reason):
            return Valued(amount, _ZERO, None, unstated=reason)
        case Rate(linear=linear):
            return _plain(amount, world.sum_of(linear), linear, world)
        case Progressive():
            return _progressive(amount, world)
        case Banded() | ByCode() | ByYear() | Where():
            return _chosen(amount, world)
        case _:
            return _combined(amount, world)


def _chosen(amount: Banded | ByCode | ByYear | Where, world: World) -> Valued:
    match amount:
        case Banded():
            return _banded(amount, world)
        case ByCode():
            return _by_code(amount, world)
        case ByYear():
            return _by_year(amount, world)
        case Where():
            return _where(amount, world)


def _combined(amount: Times | Less | Capped | Sum | Largest | Smallest, world: World) -> Valued:
    match amount:
        case Times():
            return _times(amount, world)
        case Less():
            return _less(amount, world)
        case Capped():
            return _capped(amount, world)
        case Sum(parts=parts):
            return _sum(amount, [value_of(part, world) for part in parts])
        case Largest(parts=parts) | Smallest(parts=parts):
            return _extreme(amount, [value_of(part, world) for part in parts])


def _settled(valued: Valued) -> Valued:
    """Return a value that, once exact, waits for nothing."""
    return replace(valued, unstated="", missing=()) if valued.is_exact else valued


def _merged(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for group in groups for each in group))


def _reason(parts: Sequence[Valued]) -> str:
    return next((part.unstated for part in parts if part.unstated), "")


def _facts(linear: Linear, world: World) -> tuple[str, ...]:
    return world.open_facts(fact for fact, _coefficient in linear.terms)


def _positive(value: Fraction | None) -> Fraction | None:
    return None if value is None else max(value, _ZERO)


def _plain(amount: Amount, reach: Reach, linear: Linear, world: World) -> Valued:
    """Return a value that follows from a sum alone; below 0 it is 0."""
    lo = _ZERO if reach.lo is None else max(reach.lo, _ZERO)
    return _settled(Valued(amount, lo, _positive(reach.hi), missing=_facts(linear, world)))


def _progressive(amount: Progressive, world: World) -> Valued:
    basis = world.sum_of(amount.basis)
    lo = _ZERO if basis.lo is None else _by_steps(amount, basis.lo)
    hi = _unbounded(amount) if basis.hi is None else _by_steps(amount, basis.hi)
    return _plain(amount, Reach(lo, hi), amount.basis, world)


def _by_steps(amount: Progressive, basis: Fraction) -> Fraction:
    """Return each part of a basis at the rate of its own step; a negative rate counts as 0."""
    total, below = _ZERO, _ZERO
    for step in amount.steps:
        upto = max(basis if step.upto is None else min(step.upto, basis), below)
        total += (upto - below) * max(step.rate, _ZERO)
        below = upto
    return total


def _unbounded(amount: Progressive) -> Fraction | None:
    """Return what a basis without bound comes to: what the steps come to when the last has an end (or gives nothing)."""
    ends = [step.upto for step in amount.steps if step.upto is not None]
    is_open = any(step.upto is None and step.rate > 0 for step in amount.steps)
    return None if is_open else _by_steps(amount, max(ends, default=_ZERO))


def _one_of(amount: Amount, branches: Sequence[Valued], deciding: tuple[str, ...]) -> Valued:
    """Return the hull of the branches that can be the one; ``deciding`` facts would say which."""
    if len(branches) == 1:
        return replace(branches[0], amount=amount, parts=tuple(branches), row="")
    hi = _highest(branches)
    bound = tuple(name for name in branches[0].bound_by if all(name in branch.bound_by for branch in branches))
    missing = _merged((deciding, *(branch.missing for branch in branches)))
    lo = min(branch.lo for branch in branches)
    return _settled(Valued(amount, lo, hi, bound, _reason(branches), missing, tuple(branches)))


def _highest(parts: Sequence[Valued]) -> Fraction | None:
    highs = [part.hi for part in parts if part.hi is not None]
    return max(highs) if len(highs) == len(parts) else None


def _banded(amount: Banded, world: World) -> Valued:
    """Look at every band the basis can fall into; where the basis is one fact, that fact lies within the band."""
    terms, constant = amount.basis.terms, amount.basis.constant
    alone = terms[0] if len(terms) == 1 and terms[0][1] else None
    if alone is None:
        scale = lcm(constant.denominator, *(coefficient.denominator for _fact, coefficient in terms))
        factor, offset, values = Fraction(1, scale), _ZERO, _whole(world.sum_of(amount.basis), scale)
    else:
        factor, offset, values = alone[1], constant, world.reach(alone[0])
    found, outside = touched(values, (whole_numbers(band, factor, offset) for band in amount.bands))
    branches = []
    for number, within in found:
        inside = world if alone is None else world.narrow(alone[0], within)
        branches.append(replace(value_of(amount.bands[number].amount, inside), row=str(number + 1)))
    return _one_of(amount, [*branches, *([_NOTHING] if outside or not branches else [])], _facts(amount.basis, world))


def _whole(reach: Reach, scale: int) -> Interval:
    """Return a reach as whole numbers of 1/scale; its ends are such numbers."""
    lo = None if reach.lo is None else int(reach.lo * scale)
    return Interval(lo, None if reach.hi is None else int(reach.hi * scale))


def _by_year(amount: ByYear, world: World) -> Valued:
    rows = (running(first, last, amount.span, world.day) for first, last, _amount in amount.table)
    found, outside = touched(world.reach(amount.since), rows)
    branches = [
        replace(value_of(amount.table[number][2], world), row=f"{amount.table[number][0]}-{amount.table[number][1]}")
        for number, _within in found
    ]
    return _one_of(
        amount, [*branches, *([_NOTHING] if outside or not branches else [])], world.open_facts((amount.since,))
    )


@dataclass(frozen=True, slots=True)
class _Codes:
    """The codes a fact can have; ``known``: it has all of them; else one of them, or ``maybe_none`` of those written."""

    codes: frozenset[str]
    known: bool
    maybe_none: bool


def _codes_of(fact: str, written: Iterable[str], world: World) -> _Codes:
    known, definition = world.facts.get(fact), world.definition(fact)
    if isinstance(known, str):
        return _Codes(frozenset({known}), known=True, maybe_none=False)
    if isinstance(known, frozenset):
        return _Codes(known, known=True, maybe_none=False)
    if definition is None or not definition.codes:
        return _Codes(frozenset(written), known=False, maybe_none=True)
    codes = definition.codes
    if definition.type is FactType.LEVEL:
        reach = world.reach(fact)
        codes = codes[reach.lo or 0 : None if reach.hi is None else reach.hi + 1]
    maybe_none = definition.type is FactType.CODES or not set(codes) <= set(written)
    return _Codes(
        frozenset(codes), known=len(codes) == 1 and definition.type is not FactType.CODES, maybe_none=maybe_none
    )


def _by_code(amount: ByCode, world: World) -> Valued:
    """Take the row of the code; of a set that is known the largest; of what is unknown every row it can be."""
    held = _codes_of(amount.fact, (code for code, _amount in amount.table), world)
    rows = [replace(value_of(part, world), row=code) for code, part in amount.table if code in held.codes]
    if held.known and rows:
        return _extreme(amount, rows)
    if not rows or held.maybe_none:
        other = _NOTHING if amount.otherwise is None else value_of(amount.otherwise, world)
        rows.append(replace(other, row=OTHERWISE))
    return _one_of(amount, rows, world.open_facts((amount.fact,)))


def _times(amount: Times, world: World) -> Valued:
    held = _codes_of(amount.fact, (code for code, _factor in amount.table), world)
    factors = [max(factor, _ZERO) for code, factor in amount.table if code in held.codes]
    if held.known:
        factors = [max(factors)] if factors else []
    if not factors or (held.maybe_none and not held.known):
        factors.append(max(amount.otherwise, _ZERO))
    base, low, high = value_of(amount.base, world), min(factors), max(factors)
    top = _ZERO if high == 0 else None if base.hi is None else base.hi * high
    missing = _merged((base.missing, world.open_facts((amount.fact,)) if low != high else ()))
    row = str(low) if low == high else f"{low}-{high}"
    return _settled(Valued(amount, base.lo * low, top, base.bound_by, base.unstated, missing, (base,), row))


def _less(amount: Less, world: World) -> Valued:
    base, received = value_of(amount.amount, world), world.sum_of(amount.received)
    lo = _left(base.lo, received.hi)
    hi = None if base.hi is None else _left(base.hi, received.lo or _ZERO)
    missing = _merged((base.missing, _facts(amount.received, world)))
    return _settled(Valued(amount, lo, hi, base.bound_by, base.unstated, missing, (base,)))


def _left(whole: Fraction, taken: Fraction | None) -> Fraction:
    """Return what is left of a whole when something is taken (None: without bound); never below 0, nothing negative taken."""
    return _ZERO if taken is None else max(whole - max(taken, _ZERO), _ZERO)


def _capped(amount: Capped, world: World) -> Valued:
    """Bound an amount by what is left of the cap; the cap binds certainly where the amount is more whatever is true."""
    inner, cap = value_of(amount.amount, world), value_of(amount.cap, world)
    left_lo, left_hi = cap.lo, cap.hi
    waiting: tuple[str, ...] = ()
    if amount.used is not None:
        used, waiting = world.sum_of(amount.used), _facts(amount.used, world)
        left_lo = _left(cap.lo, used.hi)
        left_hi = None if cap.hi is None else _left(cap.hi, used.lo or _ZERO)
    hi = _least([inner.hi, left_hi])
    binds = left_hi is not None and inner.lo > left_hi
    spared = inner.hi is not None and inner.hi <= left_lo
    bound = (amount.name or amount.per,) if binds else inner.bound_by
    missing = _merged((() if binds else inner.missing, () if spared else (*cap.missing, *waiting)))
    reason = _reason([*([] if binds else [inner]), *([] if spared else [cap])])
    return _settled(Valued(amount, min(inner.lo, left_lo), hi, bound, reason, missing, (inner, cap)))


def _least(values: Iterable[Fraction | None]) -> Fraction | None:
    return min((each for each in values if each is not None), default=None)


def _sum(amount: Sum, parts: list[Valued]) -> Valued:
    highs = [part.hi for part in parts if part.hi is not None]
    hi = sum(highs, _ZERO) if len(highs) == len(parts) else None
    bound, missing = _merged(part.bound_by for part in parts), _merged(part.missing for part in parts)
    return Valued(amount, sum((part.lo for part in parts), _ZERO), hi, bound, _reason(parts), missing, tuple(parts))


def _extreme(amount: Amount, parts: list[Valued]) -> Valued:
    """Return the largest (smallest) of the parts; the caps of the part that certainly is the one held it down."""
    if not parts:
        return replace(_NOTHING, amount=amount)
    if isinstance(amount, Smallest):
        lo, hi = min(part.lo for part in parts), _least([part.hi for part in parts])
        sure = next((part for part in parts if all(_not_above(part, other.lo) for other in _others(part, parts))), None)
    else:
        lo, hi = max(part.lo for part in parts), _highest(parts)
        sure = next((part for part in parts if all(_not_above(other, part.lo) for other in _others(part, parts))), None)
    if sure is not None:
        return replace(sure, amount=amount, parts=tuple(parts), row="")
    missing = _merged(part.missing for part in parts)
    return _settled(Valued(amount, lo, hi, (), _reason(parts), missing, tuple(parts)))


def _others(part: Valued, parts: Iterable[Valued]) -> Iterable[Valued]:
    return (other for other in parts if other is not part)


def _not_above(part: Valued, bound: Fraction) -> bool:
    return part.hi is not None and part.hi <= bound


def _where(amount: Where, world: World) -> Valued:
    answered = answer(amount.condition, world)
    branches = []
    if answered.truth is not Truth.NO:
        branches.append(replace(value_of(amount.amount, world), row=Truth.YES.value))
    if answered.truth is not Truth.YES:
        other = _NOTHING if amount.otherwise is None else value_of(amount.otherwise, world)
        branches.append(replace(other, row=Truth.NO.value))
    return _one_of(amount, branches, missing_of(answered, world))


def rounded(value: Fraction, rounding: Rounding, unit: int) -> int:
    """Return a value as whole units, in hundredths of a yuan: the one rounding."""
    units = value / unit
    match rounding:
        case Rounding.DOWN:
            return floor(units) * unit
        case Rounding.UP:
            return ceil(units) * unit
        case Rounding.HALF_UP:
            return floor(units + Fraction(1, 2)) * unit
