"""What a month of a tenancy costs and forgoes, day-exact: the arithmetic of its dated terms, without the database.

A month counts as its calendar days; a term that covers part of it owes the same part, rounded half up to whole fen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Dated:
    """One term: from ``since`` until the next. Amounts a month in hundredths; None: not said."""

    since: date
    rent_fen: int | None
    forgone_fen: int | None
    forgone_until: date | None
    currency: str


@dataclass(frozen=True, slots=True)
class MonthDue:
    """What one calendar month [first, last] owes and forgoes, within the tenancy. None: some term of it does not say."""

    first: date
    last: date
    rent_fen: int | None
    forgone_fen: int | None
    currency: str


def months_between(first: date, last: date) -> Iterator[tuple[date, date]]:
    """Yield (first day, last day) of each calendar month from the month of ``first`` to that of ``last``.

    >>> [(a.isoformat(), b.isoformat()) for a, b in months_between(date(2026, 1, 31), date(2026, 2, 1))]
    [('2026-01-01', '2026-01-31'), ('2026-02-01', '2026-02-28')]
    """
    day = first.replace(day=1)
    while day <= last:
        after = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
        yield day, after - timedelta(days=1)
        day = after


def month_due(terms: Iterable[Dated], starts_on: date, ends_on: date, first: date, last: date) -> MonthDue | None:
    """Return what the month [first, last] owes of a tenancy [starts_on, ends_on]; None when it has no day in it.

    >>> half = [Dated(date(2026, 1, 16), 310_000, 0, None, "CNY")]
    >>> month_due(half, date(2026, 1, 16), date(2026, 12, 31), date(2026, 1, 1), date(2026, 1, 31)).rent_fen
    160000
    """
    begins, ends = max(first, starts_on), min(last, ends_on)
    if begins > ends:
        return None
    days = (last - first).days + 1
    rent, forgone, currency = Fraction(0), Fraction(0), ""
    rent_said = forgone_said = True
    for term, since, until in _pieces(terms, begins, ends):
        share = Fraction((until - since).days + 1, days)
        currency = currency or term.currency
        rent_said = rent_said and term.rent_fen is not None
        rent += share * (term.rent_fen or 0)
        free_until = until if term.forgone_until is None else min(until, term.forgone_until)
        if term.forgone_fen is None:
            forgone_said = False
        elif free_until >= since:
            forgone += Fraction((free_until - since).days + 1, days) * term.forgone_fen
    return MonthDue(
        begins, ends, _whole(rent) if rent_said else None, _whole(forgone) if forgone_said else None, currency
    )


def _pieces(terms: Iterable[Dated], begins: date, ends: date) -> Iterator[tuple[Dated, date, date]]:
    """Yield each term with the part of [begins, ends] over which it holds."""
    ordered = sorted(terms, key=lambda each: each.since)
    for number, term in enumerate(ordered):
        until = ordered[number + 1].since - timedelta(days=1) if number + 1 < len(ordered) else ends
        since, until = max(term.since, begins), min(until, ends)
        if since <= until:
            yield term, since, until


def _whole(value: Fraction) -> int:
    """Round half up to whole hundredths."""
    return int((value + Fraction(1, 2)).__floor__())
