"""Days: where spans end, and which days answer a question about time (sentences 8, 9 and 11 of the policy language).

The end of ``n`` spans never moves back when the day moves forward, so every question about the time since a day is
one interval of days: ``holding`` folds 满, 不满, 未超过, 已过 at a day into it, once, before any fact is looked at.
Days are proleptic ordinals; 0 stands before every day and ``AFTER`` behind every day of the calendar.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from feidi.engines.rules.conditions import OnDay, Op, Since, Span
from feidi.engines.rules.facts import Interval

#: Behind the last day there is.
AFTER = date.max.toordinal() + 1
_MONTHS = {Span.MONTH: 1, Span.YEAR: 12}


def end_of(day: int, n: int, span: Span) -> int:
    """Return the day on which ``n`` spans from ``day`` end; the last day of a month that has no corresponding day.

    >>> date.fromordinal(end_of(date(2024, 2, 29).toordinal(), 1, Span.YEAR)).isoformat()
    '2025-02-28'
    """
    if span is Span.DAY:
        return min(day + n, AFTER)
    begun = date.fromordinal(day)
    year, month = _moved(begun, n * _MONTHS[span])
    if year > date.max.year:
        return AFTER
    return date(year, month, min(begun.day, monthrange(year, month)[1])).toordinal()


def latest_begin(as_of: int, n: int, span: Span) -> int:
    """Return the last day from which ``n`` spans have ended on or before ``as_of``; 0 when there is none.

    >>> date.fromordinal(latest_begin(date(2025, 2, 28).toordinal(), 1, Span.YEAR)).isoformat()
    '2024-02-29'
    """
    if span is Span.DAY:
        return max(as_of - n, 0)
    asked = date.fromordinal(as_of)
    year, month = _moved(asked, -n * _MONTHS[span])
    if year < 1:
        return 0
    last = monthrange(year, month)[1]
    is_month_end = asked.day == monthrange(asked.year, asked.month)[1]
    return date(year, month, last if is_month_end else min(asked.day, last)).toordinal()


def _moved(day: date, months: int) -> tuple[int, int]:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return year, month + 1


def holding(atom: Since | OnDay, as_of: int) -> Interval:
    """Return the days for which the atom holds: ``lo`` ≤ day ≤ ``hi``, empty when ``lo`` > ``hi``.

    A day after ``as_of`` has not come: no question about the time since it holds.
    """
    return _since(atom, as_of) if isinstance(atom, Since) else _on(atom)


def _since(atom: Since, as_of: int) -> Interval:
    match atom.op:
        case Op.GE:
            return Interval(None, latest_begin(as_of, atom.n, atom.span))
        case Op.GT:
            return Interval(None, latest_begin(as_of - 1, atom.n, atom.span))
        case Op.LT:
            return Interval(latest_begin(as_of, atom.n, atom.span) + 1, as_of)
        case Op.LE:
            return Interval(latest_begin(as_of - 1, atom.n, atom.span) + 1, as_of)
        case _:
            raise ValueError(f"the time since a day is not asked with {atom.op.value}")


def _on(atom: OnDay) -> Interval:
    match atom.op:
        case Op.GE:
            return Interval(atom.day, None)
        case Op.GT:
            return Interval(atom.day + 1, None)
        case Op.LE:
            return Interval(None, atom.day)
        case Op.LT:
            return Interval(None, atom.day - 1)
        case Op.EQ:
            return Interval(atom.day, atom.day)
        case Op.NE:
            raise ValueError("a day that must not be is written with 非")


def running(first: int, last: int, span: Span, as_of: int) -> Interval:
    """Return the days since which the ``first``-th to ``last``-th span is running at ``as_of`` (逐年).

    The first begins on the day itself, the second on its corresponding day.
    """
    return Interval(latest_begin(as_of, last, span) + 1, latest_begin(as_of, first - 1, span))
