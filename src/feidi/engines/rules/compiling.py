"""Conditions as generated Python: the same meaning as ``meaning``, with thresholds and days folded into whole numbers.

Everything known of a subject stands in two lists, the lower and the upper end of each fact (``Slots``). A condition
becomes two expressions over them, one for certain and one for possible, and lines that gather what is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor, inf, lcm
from typing import Any as Anything

from feidi.engines.rules.conditions import (
    All,
    Any,
    AtLeast,
    Atom,
    Compare,
    Condition,
    Holds,
    Is,
    Linear,
    Not,
    OnDay,
    OneOf,
    Op,
    Since,
    facts_of,
)
from feidi.engines.rules.days import holding
from feidi.engines.rules.facts import FactDictionary, Facts, FactType, Interval

#: The ends of every fact: whole numbers (±inf: no bound, compared exactly), 0 and 1, bit masks of codes, or a code.
Ends = list[Anything]
_UNKNOWN_CODE = (None, "")
_EVERY, _NONE = "True", "False"


@dataclass(slots=True)
class Slots:
    """The place of each fact in the lists of ends, and what stands there when nothing is known of it."""

    dictionary: FactDictionary
    places: dict[str, int] = field(default_factory=dict)
    facts: list[str] = field(default_factory=list)
    types: list[FactType] = field(default_factory=list)
    codes: list[dict[str, int]] = field(default_factory=list)
    unknown: list[tuple[Anything, Anything]] = field(default_factory=list)

    def place(self, fact: str, kind: FactType) -> int:
        """Return the place of a fact; ``kind`` is what a fact is that the dictionary does not have."""
        if fact not in self.places:
            definition = self.dictionary.facts.get(fact)
            self.places[fact] = len(self.facts)
            self.facts.append(fact)
            self.types.append(kind if definition is None else definition.type)
            declared = () if definition is None else definition.codes
            self.codes.append({code: 1 << number for number, code in enumerate(declared)})
            self.unknown.append(self._unknown(fact))
        return self.places[fact]

    def _unknown(self, fact: str) -> tuple[Anything, Anything]:
        kind, definition = self.types[self.places[fact]], self.dictionary.facts.get(fact)
        match kind:
            case FactType.YESNO:
                return 0, 1
            case FactType.CODE:
                return _UNKNOWN_CODE
            case FactType.CODES:
                codes = self.codes[self.places[fact]]
                return 0, (1 << len(codes)) - 1 if codes else -1
            case _:
                declared = Interval(None, None) if definition is None else definition.range
                return -inf if declared.lo is None else declared.lo, inf if declared.hi is None else declared.hi

    def mask(self, place: int, codes: Iterable[str]) -> int:
        """Return codes of a set as a bit mask; a code that the dictionary does not declare gets a bit of its own."""
        known = self.codes[place]
        return sum(known.setdefault(code, 1 << len(known)) for code in sorted(codes))

    def read(self, facts: Facts) -> tuple[Ends, Ends]:
        """Return the ends of every fact of one subject."""
        lows, highs = [], []
        for fact, (low, high), codes in zip(self.facts, self.unknown, self.codes, strict=True):
            known = facts.get(fact)
            if isinstance(known, Interval):
                low, high = (low if known.lo is None else known.lo), (high if known.hi is None else known.hi)  # noqa: PLW2901
            elif known is not None:
                low = high = _masked(known, codes) if isinstance(known, frozenset) else known  # noqa: PLW2901
            lows.append(low)
            highs.append(high)
        return lows, highs


def _masked(known: frozenset[str], codes: Mapping[str, int]) -> int:
    """Return a set of codes as a bit mask; a code that no rule asks for and nobody declares has no bit."""
    return sum([codes.get(each, 0) for each in known])


@dataclass(slots=True)
class Compiler:
    """Writes conditions as Python over the lists L and H of one ``Slots``, for one day; ``given`` are the constants used."""

    slots: Slots
    day: int
    given: dict[str, Anything] = field(default_factory=dict)

    def certain(self, condition: Condition) -> str:
        """Return the expression of certain."""
        return self._written(condition)[0]

    def possible(self, condition: Condition) -> str:
        """Return the expression of possible."""
        return self._written(condition)[1]

    def _written(self, condition: Condition) -> tuple[str, str]:
        match condition:
            case All(parts=parts):
                return self._joined(parts, " and ", _EVERY)
            case Any(parts=parts):
                return self._joined(parts, " or ", _NONE)
            case AtLeast(k=k, parts=parts):
                certain, possible = self._joined(parts, " + ", "0")
                return f"({certain} >= {k})", f"({possible} >= {k})"
            case Not(part=part):
                certain, possible = self._written(part)
                return f"(not {possible})", f"(not {certain})"
            case _:
                return self.atom(condition)

    def _joined(self, parts: tuple[Condition, ...], word: str, empty: str) -> tuple[str, str]:
        if not parts:
            return empty, empty
        written = [self._written(part) for part in parts]
        return f"({word.join(c for c, _p in written)})", f"({word.join(p for _c, p in written)})"

    def atom(self, atom: Atom) -> tuple[str, str]:
        """Return both expressions of an atom; each is True, False, 1 or 0."""
        match atom:
            case Compare():
                return self._compare(atom)
            case Since() | OnDay():
                return self._on_days(atom)
            case Is(fact=fact, value=value):
                low, high = self._ends(fact, FactType.YESNO)
                return (f"({low} == 1)", f"({high} == 1)") if value else (f"({high} == 0)", f"({low} == 0)")
            case OneOf():
                return self._one_of(atom)
            case Holds():
                return self._holds(atom)

    def _ends(self, fact: str, kind: FactType = FactType.NUMBER) -> tuple[str, str]:
        place = self.slots.place(fact, kind)
        return f"L[{place}]", f"H[{place}]"

    def _compare(self, atom: Compare) -> tuple[str, str]:
        certain, possible = self._stands(atom.linear, atom.op)
        if atom.denominator is None:
            return certain, possible
        below = self.scaled(atom.denominator)[0]
        return f"({below} > 0 and {certain})", f"({below} <= 0 or {possible})"

    def scaled(self, linear: Linear) -> tuple[str, str, int]:
        """Return the lower and upper end of a sum as expressions in whole numbers, and the factor they are scaled by."""
        terms = [(fact, each) for fact, each in linear.terms if each]
        scale = lcm(linear.constant.denominator, *(each.denominator for _fact, each in terms))
        lows, highs = [str(int(linear.constant * scale))], [str(int(linear.constant * scale))]
        for fact, coefficient in terms:
            low, high = self._ends(fact)
            factor = int(coefficient * scale)
            lows.append(f"{factor} * {low if factor > 0 else high}")
            highs.append(f"{factor} * {high if factor > 0 else low}")
        return f"({' + '.join(lows)})", f"({' + '.join(highs)})", scale

    def _stands(self, linear: Linear, op: Op) -> tuple[str, str]:
        terms = [(fact, each) for fact, each in linear.terms if each]
        if len(terms) != 1:
            low, high, _scale = self.scaled(linear)
            return _against(low, high, op, Fraction(0))
        ((fact, coefficient),) = terms
        low, high = self._ends(fact)
        return _against(low, high, op if coefficient > 0 else _TURNED[op], -linear.constant / coefficient)

    def _on_days(self, atom: Since | OnDay) -> tuple[str, str]:
        low, high = self._ends(atom.fact)
        if isinstance(atom, OnDay) and atom.op is Op.NE:
            return _against(low, high, Op.NE, Fraction(atom.day))
        days = holding(atom, self.day)
        if days.lo is not None and days.hi is not None and days.lo > days.hi:
            return _NONE, _NONE
        certain = [
            *([] if days.lo is None else [f"{low} >= {days.lo}"]),
            *([] if days.hi is None else [f"{high} <= {days.hi}"]),
        ]
        possible = [
            *([] if days.lo is None else [f"{high} >= {days.lo}"]),
            *([] if days.hi is None else [f"{low} <= {days.hi}"]),
        ]
        return f"({' and '.join(certain)})", f"({' and '.join(possible)})"

    def _one_of(self, atom: OneOf) -> tuple[str, str]:
        place = self.slots.place(atom.fact, FactType.CODE)
        declared = self.slots.codes[place]
        if self.slots.types[place] is FactType.LEVEL:
            ranks = [code in atom.codes for code in declared]
            name = self._given(_LevelsAsked(tuple(ranks)))
            return f"{name}.all(L[{place}], H[{place}])", f"{name}.any(L[{place}], H[{place}])"
        known = frozenset({*atom.codes, None})
        certain = self._given(known if declared and declared.keys() <= atom.codes else atom.codes)
        possible = self._given(known if not declared or declared.keys() & atom.codes else atom.codes)
        return f"(L[{place}] in {certain})", f"(L[{place}] in {possible})"

    def _holds(self, atom: Holds) -> tuple[str, str]:
        low, high = self._ends(atom.fact, FactType.CODES)
        place = self.slots.places[atom.fact]
        declared = self.slots.dictionary.facts.get(atom.fact)
        limited = declared is not None and bool(declared.codes)
        mask = self.slots.mask(place, atom.codes)
        if atom.k <= 0:
            return _EVERY, _EVERY
        if limited or atom.k > 1:
            return f"(({low} & {mask}).bit_count() >= {atom.k})", f"(({high} & {mask}).bit_count() >= {atom.k})"
        return f"(({low} & {mask}) != 0)", f"(({high} & {mask}) != 0)"

    def _given(self, value: object) -> str:
        name = f"G{len(self.given)}"
        self.given[name] = value
        return name

    def missing(self, condition: Condition, indent: str) -> list[str]:
        """Return lines that put into the dictionary m the facts an undecided condition waits for, in rule order."""
        if isinstance(condition, All | Any | AtLeast):
            parts: tuple[Condition, ...] = condition.parts
        elif isinstance(condition, Not):
            return self.missing(condition.part, indent)
        else:
            return self._missing_in(condition, indent)
        lines = []
        for part in parts:
            certain, possible = self._written(part)
            below = self.missing(part, f"{indent} ")
            if below:
                lines += [f"{indent}if {possible} and not {certain}:", *below]
        return lines

    def _missing_in(self, atom: Atom, indent: str) -> list[str]:
        kinds = {Is: FactType.YESNO, OneOf: FactType.CODE, Holds: FactType.CODES}
        kind, lines, opens = kinds.get(type(atom), FactType.NUMBER), [], []
        for fact in facts_of(atom):
            low, high = self._ends(fact, kind)
            lines.append(f"{indent}if {low} != {high}: m[{fact!r}] = None")
            opens.append(f"{low} == {high}")
        if isinstance(atom, Compare) and atom.denominator is not None:
            lines.append(
                f"{indent}if {' and '.join(opens) or _EVERY}: m.update({[(f, None) for f, _c in atom.denominator.terms]!r})"
            )
        return lines

    def compile(self, source: str) -> dict[str, Anything]:
        """Run a source over the constants and return what it defines."""
        scope: dict[str, Anything] = {"__builtins__": {}, **self.given}
        exec(compile(source, "<rules>", "exec"), scope)  # noqa: S102 - written here from typed conditions alone
        return scope


@dataclass(frozen=True, slots=True)
class _LevelsAsked:
    """Which ranks of a level are asked for."""

    ranks: tuple[bool, ...]

    def all(self, low: int, high: int) -> bool:
        """Whether every rank from low to high is asked for."""
        return all(self.ranks[low : high + 1])

    def any(self, low: int, high: int) -> bool:
        """Whether some rank from low to high is asked for."""
        return any(self.ranks[low : high + 1])


_TURNED = {Op.GE: Op.LE, Op.GT: Op.LT, Op.LE: Op.GE, Op.LT: Op.GT, Op.EQ: Op.EQ, Op.NE: Op.NE}


def _against(low: str, high: str, op: Op, value: Fraction) -> tuple[str, str]:
    """Return whether every and some whole number from low to high stands so to a value."""
    up, down = ceil(value), floor(value)
    match op:
        case Op.GE:
            return f"({low} >= {up})", f"({high} >= {up})"
        case Op.GT:
            return f"({low} > {down})", f"({high} > {down})"
        case Op.LE:
            return f"({high} <= {down})", f"({low} <= {down})"
        case Op.LT:
            return f"({high} < {up})", f"({low} < {up})"
        case Op.EQ:
            return f"({low} == {up} and {high} == {down})", f"({low} <= {down} and {high} >= {up})"
        case Op.NE:
            return f"({low} > {down} or {high} < {up})", f"({low} != {up} or {high} != {down})"


Verdicts = Callable[[Ends, Ends], int]
Missing = Callable[[Ends, Ends, dict[str, None]], None]
