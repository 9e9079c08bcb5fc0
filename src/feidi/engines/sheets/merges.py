"""Merged cells in the body: a value merged over rows holds for each of them; over columns only for the first."""

from __future__ import annotations

from collections.abc import Sequence

from feidi.engines.findings import Level, Scalar
from feidi.engines.sheets.cells import shown
from feidi.engines.sheets.grid import Merge, Raw, is_blank
from feidi.engines.sheets.model import Log, column_letter

_MAX_MERGES = 100_000


class MergeFill:
    """Fills values down, row by row in order."""

    def __init__(self, merges: Sequence[Merge], start: int, width: int) -> None:
        self._tops: dict[int, list[Merge]] = {}
        self._open: dict[int, tuple[int, Raw]] = {}
        self._begun: dict[int, int] = {}
        self._width = width
        for merge in merges[:_MAX_MERGES]:
            top, left, bottom, right = merge
            if top >= start and left < width and (bottom > top or right > left):
                self._tops.setdefault(top, []).append(merge)

    def active_at(self, row: int) -> bool:
        """Tell whether any merge begins or is open at this row."""
        return bool(self._open) or row in self._tops

    def top_of(self, column: int) -> int | None:
        """Return the row where the last merge of this column began."""
        return self._begun.get(column)

    def begun_at(self, row: int) -> list[int]:
        """Return the columns whose merge begins at this row."""
        return [column for column in self._open if self._begun[column] == row]

    def apply(self, row: list[Raw], index: int, log: Log) -> tuple[int, ...]:
        """Fill blanks of ``row`` in place from merges begun above; return the filled columns."""
        filled = []
        for column, (bottom, value) in list(self._open.items()):
            if index > bottom:
                del self._open[column]
            elif is_blank(row[column]) and not is_blank(value):
                row[column] = value
                filled.append(column)
        for merge in self._tops.get(index, ()):
            self._begin(merge, row, log)
        return tuple(filled)

    def _begin(self, merge: Merge, row: Sequence[Raw], log: Log) -> None:
        top, left, bottom, right = merge
        value = row[left]
        if is_blank(value):
            return
        where: dict[str, Scalar] = {
            "first": top + 1,
            "last": bottom + 1,
            "letter": column_letter(left),
            "text": shown([value], 40),
        }
        if bottom > top:
            self._open[left] = (bottom, value)
            self._begun[left] = top
            log.put(Level.NOTE, "sheets.cell.merged_down", where, row=top + 1)
        elif right > left and right < self._width:
            where["last_letter"] = column_letter(right)
            log.put(Level.NOTE, "sheets.cell.merged_across", where, row=top + 1)
