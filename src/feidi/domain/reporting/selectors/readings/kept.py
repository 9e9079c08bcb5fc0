"""Readings that are kept in the process as long as nothing they rest on was written, as the audit trail tells.

Every service writes through ``recorded()``, so the newest link names the state of everything. A reading is read anew
when an entry since then is of one of its kinds; a test holds what is kept equal to what is read anew.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Final, TypeVar

from feidi.domain.reporting.selectors.figures_columns import Mark, state_mark
from feidi.kernel.audit.models import AuditEntry, AuditLink
from feidi.kernel.content.library import library

Value = TypeVar("Value")
#: What the columns of projects are gathered from, plaques included.
PROJECT_KINDS: Final = ("pipeline.", "evidence.", "parties.")
#: So many answers are kept, and of all together so many keys of rows (of 36 bytes each).
_KEPT, _KEYS = 400, 2_000_000
_values: OrderedDict[Hashable, tuple[Mark, Any]] = OrderedDict()
_weights: dict[Hashable, int] = {}
_touched: OrderedDict[tuple[Mark, Mark], frozenset[str] | None] = OrderedDict()
_lock = Lock()


class Keeper:
    """One look at the state of the trail and of the content, for as many questions as one page has."""

    def __init__(self, *, content: bool = True) -> None:
        """Look. ``content`` False: for what does not rest on published content."""
        self.mark = state_mark()
        self.content = library().mark if content else None

    def keep(
        self,
        key: tuple[Hashable, ...],
        kinds: tuple[str, ...],
        read: Callable[[], Value],
        weigh: Callable[[Value], int] = lambda _value: 0,
    ) -> Value:
        """Return the answer to ``key``: as it was read, unless something of ``kinds`` (prefixes) was written since.

        ``weigh`` counts the keys that an answer holds; the answers not asked for longest go first.
        """
        if self.mark is None:
            return read()
        whole = (self.content, *key)
        with _lock:
            found = _values.get(whole)
        if found is not None and self._holds(found[0], kinds):
            value: Value = found[1]
        else:
            value = read()
        with _lock:
            _values[whole] = (self.mark, value)
            _weights[whole] = weigh(value)
            _values.move_to_end(whole)
            while len(_values) > _KEPT or (len(_values) > 1 and sum(_weights.values()) > _KEYS):
                _weights.pop(_values.popitem(last=False)[0], None)
        return value

    def _holds(self, then: Mark, kinds: tuple[str, ...]) -> bool:
        if self.mark is None or then == self.mark:
            return then == self.mark
        written = kinds_written(then, self.mark)
        return written is not None and not any(each.startswith(kinds) for each in written)


def kinds_written(since: Mark, until: Mark) -> frozenset[str] | None:
    """Return the kinds of rows written to between two states of the trail; None when it is not the same trail."""
    key = (since, until)
    if key not in _touched:
        found: frozenset[str] | None = None
        if AuditLink.objects.filter(pk=since[0], hash=since[1]).exists():
            rows = AuditEntry.objects.filter(link_id__gt=since[0], link_id__lte=until[0])
            found = frozenset(rows.order_by().values_list("subject_kind", flat=True).distinct())
        _touched[key] = found
        while len(_touched) > _KEPT:
            _touched.popitem(last=False)
    return _touched[key]


def forget() -> None:
    """Keep nothing of what was read: for whoever loads rows past the services."""
    with _lock:
        _values.clear()
        _weights.clear()
        _touched.clear()
