"""The formulas: each item of a comparison as a sum of terms, quantity × figures, in hundredths of a yuan.

A term keeps the figures it used and what it lacked, so that an amount opens its sources and an unknown says why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from feidi.engines.costing.catalogue import INSURANCES
from feidi.engines.costing.figures import Key, Table, Use
from feidi.engines.costing.profile import Asked, Group, Profile
from feidi.engines.costing.ranges import ZERO, Range, clamped, hull, point

_FEN: Final = 100
_POWER: Final = ("power_peak", "power_flat", "power_valley")


@dataclass(frozen=True, slots=True)
class Term:
    """One product. ``amount`` in fen, None when not known; ``missing``: codes of figures or of the profile that lack.

    An interval may stand although something is missing (an unknown ceiling bounds a base all the same).
    """

    amount: Range | None
    uses: tuple[Use, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[Key, ...] | None:
        """What the amount hangs on besides the profile; None when part of that is unknown on this side alone."""
        keys = [each.key for each in self.uses]
        return tuple(each for each in keys if each is not None) if None not in keys else None


def _term(amount: Callable[[], Range | None], uses: Iterable[Use], *, lacks: Iterable[str] = ()) -> Term:
    """Return the term; its amount is asked for only when nothing it must have is missing."""
    listed = tuple(uses)
    missing = (*lacks, *(each.code for each in listed if each.base is None))
    return Term(None if missing else amount(), listed, missing)


def _product(quantity: Range | None, name: str, *uses: Use) -> Term:
    def amount() -> Range:
        total = (quantity or ZERO).times(_FEN)
        for each in uses:
            total *= _base(each)
        return total

    return _term(amount, uses, lacks=(name,) if quantity is None else ())


def _base(use: Use) -> Range:
    """Return the value of a figure that is known."""
    if use.base is None:  # pragma: no cover - only asked where nothing is missing
        raise ValueError(use.code)
    return use.base


def terms_of(item: str, profile: Profile, table: Table) -> tuple[Term, ...] | None:
    """Return the terms of an item, or None when the profile does not ask about it."""
    asked = _FORMULAS.get(item)
    if asked is not None:
        return asked(profile, table)
    return (
        (_term(lambda: _base(table.use(item)).times(_FEN), [table.use(item)]),) if item in profile.conversion else None
    )


def _measured(quantity: Asked | None, name: str, use: Use) -> tuple[Term, ...] | None:
    return None if quantity is None else (_product(quantity.value, name, use),)


def _wage(group: Group, table: Table) -> tuple[Range | None, tuple[Use, ...], tuple[str, ...]]:
    """Return yearly pay, the figures it came from, and what is missing of it."""
    if group.wage is not None:
        return group.wage, (), ()
    if group.average is None:
        return None, (), ("wage",)
    use = table.use(f"wage_{group.average}")
    return use.base, (use,), ()


def _wages(profile: Profile, table: Table) -> tuple[Term, ...] | None:
    if not profile.people:
        return None
    terms = []
    for group in profile.people:
        wage, uses, lacks = _wage(group, table)
        count = group.count
        terms.append(_term(lambda wage=wage, count=count: (count * (wage or ZERO)).times(_FEN), uses, lacks=lacks))  # type: ignore[misc]
    return tuple(terms)


def _contribution(group: Group, table: Table, rate: str, base: str) -> Term:
    """Return what the employer pays: rate × the wage held between the floor and the ceiling of the base."""
    wage, uses, lacks = _wage(group, table)
    share, floor, ceiling = (table.use(code) for code in (rate, f"{base}_base_floor", f"{base}_base_ceiling"))
    missing = (*lacks, *(each.code for each in (*uses, share, floor, ceiling) if each.base is None))
    amount = None
    if wage is not None and share.base is not None:
        paid_on = clamped(wage, floor.base, ceiling.base)
        amount = None if paid_on is None else (group.count * share.base * paid_on).times(_FEN)
    return Term(amount, (*uses, share, floor, ceiling), missing)


def _social(profile: Profile, table: Table) -> tuple[Term, ...] | None:
    if not profile.people:
        return None
    pairs = [(group, each, base) for group in profile.people for each, base in INSURANCES.items()]
    return tuple(_contribution(group, table, f"{each}_rate", base) for group, each, base in pairs)


def _housing(profile: Profile, table: Table) -> tuple[Term, ...] | None:
    if not profile.people:
        return None
    return tuple(_contribution(group, table, "housing_rate", "housing") for group in profile.people)


def _power(profile: Profile, table: Table) -> tuple[Term, ...] | None:
    """Return kWh at the three prices by share; without shares anything between the cheapest and the dearest."""
    if profile.power is None:
        return None
    uses = [table.use(code) for code in _POWER]
    used = profile.power.value

    def amount() -> Range:
        prices = [_base(each) for each in uses]
        price = hull(*prices)
        if profile.power_shares is not None:
            parts = [each.times(share) for each, share in zip(prices, profile.power_shares, strict=True)]
            price = parts[0] + parts[1] + parts[2]
        return ((used or ZERO) * price).times(_FEN)

    return (_term(amount, uses, lacks=("power",) if used is None else ()),)


def _tax(profile: Profile, table: Table) -> tuple[Term, ...] | None:
    """Return rate × max(0, taxable income − extra deduction × R&D spending)."""
    if profile.profit is None:
        return None
    rates = {True: ("income_tax_high_tech",), False: ("income_tax",), None: ("income_tax", "income_tax_high_tech")}
    uses = [table.use(code) for code in rates[profile.high_tech]]
    profit = profile.profit.value
    taxable = None if profit is None else _floored(profit)
    lacks: tuple[str, ...] = ("profit",) if profit is None else ()
    extra: tuple[Use, ...] = ()
    if profile.research is not None:
        extra = (table.use("research_deduction"),)
        taxable = None if profit is None else _deducted(profit, profile.research.value, extra[0].base)
    term = _term(lambda: (hull(*map(_base, uses)) * (taxable or ZERO)).times(_FEN), uses, lacks=lacks)
    unknown = tuple(each.code for each in extra if each.base is None)
    return (Term(term.amount, (*term.uses, *extra), (*term.missing, *unknown)),)


def _deducted(profit: Range, research: Range | None, share: Range | None) -> Range:
    """Return the taxable income; an unknown deduction takes off anything from nothing to all of it."""
    if research is None or share is None:
        return Range(Fraction(0), max(Fraction(0), profit.hi))
    return _floored(profit - research * share)


def _floored(value: Range) -> Range:
    return Range(max(Fraction(0), value.lo), max(Fraction(0), value.hi))


_FORMULAS: Final[dict[str, Callable[[Profile, Table], tuple[Term, ...] | None]]] = {
    "office": lambda profile, table: _measured(profile.office, "office", table.use(f"office_{profile.office_kind}")),
    "plant": lambda profile, table: _measured(profile.plant, "plant", table.use("plant_rent")),
    "wages": _wages,
    "social": _social,
    "housing": _housing,
    "power": _power,
    "gas": lambda profile, table: _measured(profile.gas, "gas", table.use("gas_price")),
    "water": lambda profile, table: _measured(profile.water, "water", table.use("water_price")),
    "tax": _tax,
}


def summed(terms: Iterable[Term]) -> Range | None:
    """Return the sum of the terms, None as soon as one of them is not known."""
    total = point(0)
    for each in terms:
        if each.amount is None:
            return None
        total += each.amount
    return total


def differing(home: Iterable[Term], host: Iterable[Term]) -> Range | None:
    """Return host − home term by term. Two terms on the very same figures differ by exactly 0, known or not."""
    total = point(0)
    for here, there in zip(home, host, strict=True):
        if here.key is not None and here.key == there.key:
            continue
        if here.amount is None or there.amount is None:
            return None
        total += there.amount - here.amount
    return total
