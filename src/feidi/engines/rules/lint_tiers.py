"""Tiers that leave a gap, overlap, or can never be reached: 分档, 逐年, 按级."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from math import isinf

from feidi.engines.findings import Finding, Level
from feidi.engines.rules.amounts import Band, Banded, ByCode, ByYear, Times
from feidi.engines.rules.clauses import Clause
from feidi.engines.rules.conditions import Compare, OneOf
from feidi.engines.rules.facts import FactDictionary, FactType
from feidi.engines.rules.language.gathering import finding_at
from feidi.engines.rules.lint_conditions import amounts_of
from feidi.engines.rules.lint_ranges import (
    EVERYTHING,
    Place,
    Span,
    after,
    bounds,
    demanded,
    limit_of,
    limits_on,
    span_of,
)
from feidi.engines.rules.lint_words import COVERED, OUT_OF_RANGE, RULED_OUT, Pair, pair, span_words, years_words
from feidi.engines.rules.quantities import said_in


def lint_tiers(clause: Clause, dictionary: FactDictionary) -> Iterator[Finding]:
    """Yield what is odd in the tables of a clause's amount."""
    for amount in amounts_of(clause):
        match amount:
            case Banded():
                yield from _Scale(clause, amount, dictionary).findings()
            case ByYear(table=table):
                yield from _years(clause, [(first, last) for first, last, _amount in table])
            case ByCode(fact=fact, table=table):
                yield from _codes(clause, fact, [code for code, _amount in table], dictionary)
            case Times(fact=fact, table=table):
                yield from _codes(clause, fact, [code for code, _factor in table], dictionary)
            case _:
                pass


class _Scale:
    """The bands of one scale on one number line."""

    def __init__(self, clause: Clause, scale: Banded, dictionary: FactDictionary) -> None:
        self.clause, self.scale, self.dictionary = clause, scale, dictionary
        terms = scale.basis.terms
        self.whole = len(terms) == 1 and terms[0][1] == 1 and scale.basis.constant == 0
        self.spans = [self.span(each) for each in scale.bands]
        self.unit = said_in(scale.basis, dictionary)

    def span(self, band: Band) -> Span:
        return span_of(band.lo, band.hi, lo_in=band.lo_inclusive, hi_in=band.hi_inclusive, whole=self.whole)

    def findings(self) -> Iterator[Finding]:
        yield from self.unreachable()
        yield from self.overlaps()
        yield from self.gaps()

    def unreachable(self) -> Iterator[Finding]:
        low, high = bounds(self.scale.basis, self.dictionary)
        can = Span((low, 0), (high, 0))
        asked = self.asked()
        for n, span in enumerate(self.spans):
            why: Pair | None = None
            level = Level.PROBLEM
            if self.covered(span, self.spans[:n]):
                why = COVERED
            elif span.within(can).empty:
                why = OUT_OF_RANGE
            elif span.within(asked).empty:
                why, level = RULED_OUT, Level.NOTE
            if why is not None:
                told = {**self.said("band", span), **pair("why", why)}
                yield self.finding(n, "rules.lint_band_unreachable", level, **told)

    def asked(self) -> Span:
        """Return the span of the basis that the clause's own condition leaves."""
        basis = self.scale.basis
        if not basis.terms:
            return EVERYTHING
        first = basis.terms[0][1]
        limit = limits_on(self.clause.condition).get(tuple((fact, each / first) for fact, each in basis.terms))
        return limit if limit is not None and first == 1 and basis.constant == 0 else EVERYTHING

    def covered(self, span: Span, earlier: Sequence[Span]) -> bool:
        place = span.lo
        for each in sorted((one for one in earlier if not one.empty), key=lambda one: one.lo):
            if each.lo <= place <= each.hi:
                place = after(each.hi, whole=self.whole)
                if each.hi >= span.hi:
                    return True
        return place > span.hi

    def overlaps(self) -> Iterator[Finding]:
        for n, span in enumerate(self.spans):
            for other in range(n):
                both = span.within(self.spans[other])
                if not both.empty and not self.covered(span, self.spans[:n]):
                    told = self.said("gap", both)
                    yield self.finding(other, "rules.lint_band_overlap", Level.PROBLEM, other=n + 1, **told)

    def gaps(self) -> Iterator[Finding]:
        order = sorted(range(len(self.spans)), key=lambda n: self.spans[n].lo)
        reached: Place | None = None
        before = 0
        for n in order:
            span = self.spans[n]
            if reached is not None and span.lo > reached and not isinf(reached[0]):
                gap = Span(reached, self.before(span.lo))
                if not gap.empty:
                    yield self.finding(before, "rules.lint_band_gap", Level.PROBLEM, **self.said("gap", gap))
            end = after(span.hi, whole=self.whole)
            if reached is None or end > reached:
                reached, before = end, n

    def before(self, place: Place) -> Place:
        if self.whole and place[1] == 0:
            return (place[0] - 1, 0)
        return (place[0], place[1] - 1)

    def said(self, name: str, span: Span) -> Mapping[str, str]:
        return pair(name, span_words(span, self.unit, whole=self.whole))

    def finding(self, n: int, code: str, level: Level, **params: str | int) -> Finding:
        return finding_at(self.clause, code, level=level, line=self.scale.bands[n].line, n=n + 1, **params)


def _years(clause: Clause, rows: Sequence[tuple[int, int]]) -> Iterator[Finding]:
    for n, ((_first, last), (following, _last)) in enumerate(pairwise(rows), 1):
        if following > last + 1:
            told = pair("gap", years_words(last + 1, following - 1))
            yield finding_at(clause, "rules.lint_band_gap", level=Level.PROBLEM, line=0, n=n, **told)


def _codes(clause: Clause, fact: str, table: Sequence[str], dictionary: FactDictionary) -> Iterator[Finding]:
    """Yield the codes of a table that the clause's own condition rules out."""
    if fact not in dictionary:
        return
    known = dictionary[fact]
    allowed = set(known.codes)
    for part in demanded(clause.condition):
        if isinstance(part, OneOf) and part.fact == fact:
            allowed &= part.codes
        elif isinstance(part, Compare) and known.type is FactType.LEVEL:
            allowed &= _levels(part, fact, known.codes)
    for code in table:
        if code not in allowed:
            told = {"word": known.labels.get(code, code), **pair("why", RULED_OUT)}
            yield finding_at(clause, "rules.lint_code_unreachable", level=Level.NOTE, line=0, **told)


def _levels(atom: Compare, fact: str, codes: Sequence[str]) -> set[str]:
    limit = limit_of(atom)
    if limit is None or limit.terms != ((fact, Fraction(1)),):
        return set(codes)
    return {code for rank, code in enumerate(codes) if limit.span.lo <= (rank, 0) <= limit.span.hi}
