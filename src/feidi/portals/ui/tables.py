"""Lists: which columns, sorted how, which page; read from the address, so that a list can be sent to a colleague."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.http import QueryDict

from feidi.portals.ui import reading
from feidi.portals.ui.pieces import Column, Row

if TYPE_CHECKING:
    from django.db.models import QuerySet

#: Counting stops here: a ranked, exact count of a million rows costs seconds.
COUNT_LIMIT = 1000
PER_PAGE = 50

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's head as drawn: its sort state and the address that sorts by it."""

    column: Column
    query: str
    direction: str


@dataclass(frozen=True, slots=True)
class Table:
    """A list ready to be drawn. Read its state with ``read_table``, then add the rows."""

    all_columns: Sequence[Column]
    columns: Sequence[Column]
    sort: str
    descending: bool
    query: QueryDict
    rows: Sequence[Row] = ()
    selectable: bool = False

    def order_by(self, fields: Mapping[str, str | Sequence[str]], default: Sequence[str]) -> list[str]:
        """Return what ``QuerySet.order_by`` takes; ``fields`` maps column codes to fields, ``default`` ends the order."""
        chosen = fields.get(self.sort)
        if chosen is None:
            return list(default)
        names = [chosen] if isinstance(chosen, str) else list(chosen)
        return [f"-{name}" if self.descending else name for name in names] + list(default)

    def headings(self) -> list[Heading]:
        """Return the heads of the shown columns."""
        return [self._heading(column) for column in self.columns]

    def _heading(self, column: Column) -> Heading:
        here = self.sort == column.code
        direction = ("descending" if self.descending else "ascending") if here else "none"
        wanted = f"-{column.code}" if here and not self.descending else column.code
        return Heading(column, with_query(self.query, sort=wanted, page=None), direction)

    def hidden_fields(self) -> list[tuple[str, str]]:
        """Return the filters that the column form must carry along."""
        kept = {"cols", "page"}
        return [(key, value) for key, values in self.query.lists() if key not in kept for value in values]

    @property
    def has_actions(self) -> bool:
        """Tell whether any row offers an action."""
        return any(row.actions for row in self.rows)

    def with_rows(self, rows: Sequence[Row]) -> Table:
        """Return the same list with these rows."""
        return Table(
            self.all_columns, self.columns, self.sort, self.descending, self.query, tuple(rows), self.selectable
        )


def with_query(query: QueryDict, **changes: str | None) -> str:
    """Return ``?…`` with some parameters replaced (None removes)."""
    changed = query.copy()
    for key, value in changes.items():
        if value is None:
            changed.pop(key, None)
        else:
            changed[key] = value
    return f"?{changed.urlencode()}"


def read_table(
    query: QueryDict, columns: Sequence[Column], *, default_sort: str = "", selectable: bool = False
) -> Table:
    """Read ``cols`` (repeated) and ``sort`` (``-code`` descends) from the address; what is not known is left out."""
    asked = set(query.getlist("cols"))
    known = [each for each in columns if each.code in asked]
    shown = [each for each in columns if each.lead or each in known] if known else [e for e in columns if e.shown]
    sortable = {each.code for each in columns if each.sortable}
    wanted = query.get("sort") or default_sort
    code, descending = wanted.removeprefix("-"), wanted.startswith("-")
    if code not in sortable and wanted != default_sort:
        code, descending = default_sort.removeprefix("-"), default_sort.startswith("-")
    return Table(tuple(columns), tuple(shown), code, descending, query, (), selectable)


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list. ``total`` is exact up to ``COUNT_LIMIT``, beyond it a lower bound."""

    items: Sequence[T]
    number: int
    per_page: int
    total: int
    exact: bool
    has_next: bool

    @property
    def total_text(self) -> str:
        """1,234 or 1,000+."""
        return reading.read_count(self.total, exact=self.exact)

    @property
    def first(self) -> int:
        """Number of the first row shown, 1-based; 0 on an empty list."""
        return (self.number - 1) * self.per_page + 1 if self.items else 0

    @property
    def last(self) -> int:
        """Number of the last row shown."""
        return self.first + len(self.items) - 1 if self.items else 0

    @property
    def previous_number(self) -> int:
        """The page before."""
        return self.number - 1

    @property
    def next_number(self) -> int:
        """The page after."""
        return self.number + 1

    @property
    def last_number(self) -> int | None:
        """The last page, None when the rows were not counted to the end."""
        return max(1, -(-self.total // self.per_page)) if self.exact else None


def paginate(rows: QuerySet[Any, T], asked: str | None, *, per_page: int = PER_PAGE) -> Page[T]:
    """Return page ``asked`` (text from the address; nonsense is page 1). Two queries, neither counts past the limit."""
    number = _number(asked)
    counted = rows.order_by()[: COUNT_LIMIT + 1].count()
    exact = counted <= COUNT_LIMIT
    if exact:
        number = min(number, max(1, -(-counted // per_page)))
    start = (number - 1) * per_page
    window = list(rows[start : start + per_page + 1])
    return Page(window[:per_page], number, per_page, min(counted, COUNT_LIMIT), exact, len(window) > per_page)


def paginate_keys(
    among: Callable[[Sequence[int]], QuerySet[Any, T]],
    keys: Sequence[int],
    asked: str | None,
    *,
    per_page: int = PER_PAGE,
) -> Page[T]:
    """Return page ``asked`` of the rows with these keys, newest first; ``among``: those of some keys that may be seen.

    Of very many keys only the newest are asked for, as long as all of them may be seen: the page is the same.
    """
    number = _number(asked)
    start, newest = (number - 1) * per_page, sorted(keys, reverse=True)
    looked_at = newest[: max(COUNT_LIMIT, start + per_page) + 1]
    if len(looked_at) == len(newest) or among(looked_at).count() < len(looked_at):
        return paginate(among(keys).order_by("-pk"), asked, per_page=per_page)
    window = list(among(newest[start : start + per_page + 1]).order_by("-pk"))
    return Page(window[:per_page], number, per_page, COUNT_LIMIT, exact=False, has_next=len(window) > per_page)


def _number(asked: str | None) -> int:
    return int(asked) if asked and asked.isdecimal() and 0 < int(asked) < 10**6 else 1


def paginate_listed(rows: Sequence[T], asked: str | None, *, per_page: int = PER_PAGE) -> Page[T]:
    """Return page ``asked`` of rows that are all at hand (published content), counted to the end."""
    number = _number(asked)
    number = min(number, max(1, -(-len(rows) // per_page)))
    start = (number - 1) * per_page
    window = rows[start : start + per_page]
    return Page(window, number, per_page, len(rows), exact=True, has_next=start + per_page < len(rows))
