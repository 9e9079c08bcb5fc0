"""What is held in many rooms, as columns: from the kept pages of whole months, from the rows where there is no page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import numpy as np
from django.db.models import BigIntegerField, Func, Q
from numpy.typing import NDArray
from typing_extensions import override

from feidi.domain.space.models import LedgerPage, Occupation
from feidi.domain.space.selectors.holding import live_in_rooms, running_at
from feidi.engines.slots import Interval, Taken, seconds_of

#: A shorter stretch is read from the rows: fewer than a month's.
_FROM_PAGES: Final = timedelta(days=7)
#: How a page keeps its numbers.
NUMBER: Final = np.dtype("<i8")
_Table = NDArray[np.int64]


class Seconds(Func):
    """A moment as whole seconds since 1970, reckoned by the database: tens of thousands of rows need no datetimes."""

    template = "CAST(EXTRACT(EPOCH FROM %(expressions)s) AS bigint)"
    output_field = BigIntegerField()

    @override
    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """SQLite keeps moments as text in UTC, and counts them in days since noon of a day long past."""
        template = "CAST(ROUND((julianday(%(expressions)s) - 2440587.5) * 86400) AS INTEGER)"
        return self.as_sql(compiler, connection, template=template, **context)


def taken_within(roots: set[int], span: Interval, *, known: Taken | None = None) -> Taken:
    """Return the live occupations of these rooms as columns (some that only lie in the same months may be among them).

    ``known``: what was read of a shorter span with the same beginning: what runs at it is not asked for again.
    """
    if span.end - span.start <= _FROM_PAGES:
        return _columns([_table(live_in_rooms(roots, span))])
    months = months_of(span)
    kept = LedgerPage.objects.filter(root_id__in=roots, month__in=months)
    pages = {(root, month): columns for root, month, columns in kept.values_list("root_id", "month", "columns")}
    tables = [_earlier(known, roots, start_of(months[0])), _unpacked(pages)]
    lacking = defaultdict(set)
    for month in months:
        lacking[month] = {root for root in roots if (root, month) not in pages}
    if any(lacking.values()):
        tables.append(_table(_beginning(lacking)))
    return _columns(tables)


def months_of(span: Interval) -> list[date]:
    """Return the first days of the months (UTC) that a span touches."""
    found, at = [], span.start.date().replace(day=1)
    while start_of(at) < span.end:
        found.append(at)
        at = (at + timedelta(days=31)).replace(day=1)
    return found


def start_of(month: date) -> datetime:
    """Return the moment a month begins (UTC)."""
    return datetime(month.year, month.month, 1, tzinfo=UTC)


def beginning_in(roots: Iterable[int], month: date) -> Q:
    """Return the condition of rows of these rooms that begin in a month."""
    after = (month + timedelta(days=31)).replace(day=1)
    return Q(root_id__in=sorted(roots), starts_at__gte=start_of(month), starts_at__lt=start_of(after))


def _earlier(known: Taken | None, roots: set[int], at: datetime) -> _Table:
    """Return what began before a moment and still runs."""
    if known is None:
        return _table(running_at(roots, at))
    table = np.column_stack((known.unit, known.root, known.start, known.end))
    return table[known.start < seconds_of(at)]


def _beginning(rooms: dict[date, set[int]]) -> Any:
    wanted = Q()
    for month, roots in rooms.items():
        if roots:
            wanted |= beginning_in(roots, month)
    return Occupation.objects.filter(wanted, freed_at__isnull=True)


def _table(rows: Any) -> _Table:
    found = rows.order_by().values_list("unit_id", "root_id", Seconds("starts_at"), Seconds("ends_at"))
    return np.array(list(found), np.int64).reshape(-1, 4)


def _unpacked(pages: dict[tuple[int, date], Any]) -> _Table:
    if not pages:
        return np.zeros((0, 4), np.int64)
    columns = np.frombuffer(b"".join(pages.values()), NUMBER).reshape(-1, 3)
    lengths = [len(each) // (3 * NUMBER.itemsize) for each in pages.values()]
    roots = np.repeat(np.array([root for root, _month in pages], np.int64), lengths)
    return np.column_stack((columns[:, 0], roots, columns[:, 1:]))


def _columns(tables: Sequence[_Table]) -> Taken:
    table = np.concatenate(tables)
    return Taken(table[:, 0], table[:, 1], table[:, 2], table[:, 3])
