"""Finding the header: under title rows, over one to several rows, with merged cells.

A row is scored for how much it looks like a line of names above a table; then rows above and below
join it where merged cells, or blanks that fill each other, tie them together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from feidi.engines.sheets.folding import fold, fold_tight
from feidi.engines.sheets.grid import Merge, Raw, is_blank

_MAX_DEPTH = 6
_MAX_NAME = 60
_MIN_SCORE = 1.2
_WIDE_TITLE = 0.75
_HALF = 0.5
_NUMBER = re.compile(r"^[-+]?[\d,]+(?:\.\d+)?%?$")
_YEAR = re.compile(r"^(?:19|20)\d\d(?:\.0)?$")
_DATE_NAME = re.compile(r"^(?:19|20)\d\d[-/.年]\d{1,2}(?:[-/.月]\d{1,2}日?|月)?$")
_WORDS = re.compile(
    r"名称|编号|序号|代码|日期|时间|金额|投资|单位|备注|电话|联系|地址|姓名|类别|类型|阶段|面积|来源|进展|负责|产业|行业|状态|数量|^id$|name|date|code|type|^no\.?$",
    re.IGNORECASE,
)
#: "填报人：张三" is a line above a table; "其中：固定资产投资" is a name.
_FILLED_IN = re.compile(r"^(?!其中).*[::]\s*\S")
_SENTENCE = re.compile(r"[;；。]")
Grid2 = Sequence[Sequence[Raw]]


@dataclass(frozen=True, slots=True)
class HeaderBlock:
    """Rows ``first..last`` (0-based, inclusive) hold the names; rows before are titles. ``found`` False: a guess."""

    first: int
    last: int
    found: bool
    parts: tuple[tuple[str, ...], ...]


def find_header(rows: Grid2, merges: Sequence[Merge], width: int) -> HeaderBlock | None:
    """Find the header among the top rows; None when there is no filled row at all."""
    filled = [index for index, row in enumerate(rows) if _count(row)]
    if not filled:
        return None
    scores = {index: _score(rows, index, filled) for index in filled}
    best = max(filled, key=lambda index: (scores[index] - 0.06 * filled.index(index), -index))
    found = scores[best] >= _MIN_SCORE
    first = _extend_up(rows, merges, best, width)
    last = _extend_down(rows, merges, first, best, width)
    return HeaderBlock(first, last, found, _parts(rows, merges, first, last, width))


def _count(row: Sequence[Raw]) -> int:
    return sum(1 for value in row if not is_blank(value))


def header_like(value: Raw) -> bool:
    """Tell whether a value could be a column's name: words, or a year or date as a period's name.

    >>> header_like("投资方"), header_like("1,200"), header_like(2007.0), header_like("填报人：张三")
    (True, False, True, False)
    """
    if isinstance(value, bool):
        return False
    if isinstance(value, (int, float)):
        return bool(_YEAR.match(str(value)))
    if isinstance(value, date):
        return True
    if not isinstance(value, str):
        return False
    text = fold(value)
    if _YEAR.match(text) or _DATE_NAME.match(text):
        return True
    return bool(text) and not _NUMBER.match(text) and not _FILLED_IN.search(text) and len(text) <= _MAX_NAME


def _score(rows: Grid2, index: int, filled: Sequence[int]) -> float:
    """Score one row. Coverage of the table's width + names rather than values + distinct + known words."""
    cells = [value for value in rows[index] if not is_blank(value)]
    below = [_count(rows[other]) for other in filled if other > index][:20]
    typical = sorted(below)[len(below) // 2] if below else len(cells)
    coverage = min(1.0, len(cells) / max(1, typical))
    if len(cells) == 1 and typical > 1:
        return 0.0
    like = sum(map(header_like, cells)) / len(cells)
    texts = [fold_tight(str(value)) for value in cells]
    distinct = len(set(texts)) / len(texts)
    known = sum(bool(_WORDS.search(text)) for text in texts) / len(texts)
    starred = any(text.startswith("*") for text in texts)
    sentences = sum(bool(_SENTENCE.search(text)) for text in texts) / len(texts)
    years_only = sum(1 for text in texts if _YEAR.match(text)) == len(texts)
    return (
        coverage
        + like
        + 0.3 * distinct
        + 0.5 * known
        + 0.2 * starred
        - sentences
        - (0.3 if years_only else 0)
        - (0.5 if coverage < _HALF else 0)
    )


def _is_title(row: Sequence[Raw], merges: Sequence[Merge], index: int, width: int) -> bool:
    """A line across the table: one filled cell, or one merged over most of the width."""
    if _count(row) == 1:
        spans = [last - first + 1 for top, first, bottom, last in merges if top <= index <= bottom and last > first]
        tall = any(top <= index < bottom and first == last for top, first, bottom, last in merges)
        return not tall and (not spans or max(spans) >= _WIDE_TITLE * width)
    return any(top == index and last - first + 1 >= max(3, _WIDE_TITLE * width) for top, first, _bottom, last in merges)


def _extend_up(rows: Grid2, merges: Sequence[Merge], best: int, width: int) -> int:
    first = best
    while first > 0 and best - first < _MAX_DEPTH:
        above = first - 1
        tied = any(top <= above and bottom >= first for top, _c, bottom, _d in merges)
        if not tied and (not _count(rows[above]) or _is_title(rows[above], merges, above, width)):
            break
        if not tied and not _is_parent(rows, merges, above, first):
            break
        first = above
    return first


def _is_parent(rows: Grid2, merges: Sequence[Merge], above: int, below: int) -> bool:
    """Does the row above hold group names of the row below? Its names must be names, and fit its gaps."""
    parents = rows[above]
    names = [value for value in parents if not is_blank(value)]
    if not all(isinstance(value, str) and header_like(value) for value in names):
        return False
    if any(top == above == bottom and last > first for top, first, bottom, last in merges):
        return True
    gaps = [column for column, value in enumerate(rows[below]) if is_blank(value)]
    filled_gaps = [column for column in gaps if column < len(parents) and not is_blank(parents[column])]
    # Without merged cells (CSV): each gap below is named above, and some name above spans blanks.
    spans = any(is_blank(value) for value in parents[: len(rows[below])])
    return len(names) > 1 and bool(filled_gaps) and len(filled_gaps) == len(gaps) and spans


def _extend_down(rows: Grid2, merges: Sequence[Merge], first: int, best: int, width: int) -> int:
    last = best
    while last + 1 < len(rows) and last - first + 1 < _MAX_DEPTH:
        tied = any(first <= top <= last < bottom and bottom - top < _MAX_DEPTH for top, _c, bottom, _d in merges)
        below = rows[last + 1]
        if not (tied or _is_child(rows, merges, first, last, width)):
            break
        if not all(header_like(value) for value in below if not is_blank(value)):
            break
        last += 1
    return last


def _is_child(rows: Grid2, merges: Sequence[Merge], first: int, last: int, width: int) -> bool:
    """Does the next row hold sub-names? Only under merged group names, or exactly where the row above has gaps."""
    below = rows[last + 1]
    filled = [column for column, value in enumerate(below) if not is_blank(value)]
    if not filled or not all(isinstance(below[column], str) and header_like(below[column]) for column in filled):
        return False
    groups = [
        (left, right)
        for top, left, bottom, right in merges
        if first <= top and bottom == last and right > left and right - left + 1 < _WIDE_TITLE * width
    ]
    if groups:
        return all(any(left <= column <= right for left, right in groups) for column in filled)
    current = rows[last]
    gaps = {column for column in range(len(below)) if column >= len(current) or is_blank(current[column])}
    # A name with a gap to its right spans it; its own column then has a sub-name too.
    spanned = {column - 1 for column in gaps if column - 1 not in gaps and column > 0}
    under_group = any(column in gaps and column - 1 in spanned for column in filled)
    return under_group and set(filled) <= gaps | spanned and len(filled) < len(below)


def _parts(rows: Grid2, merges: Sequence[Merge], first: int, last: int, width: int) -> tuple[tuple[str, ...], ...]:
    """Return for each column the names above it, outermost first; merged names reach all their columns."""
    table = [[_text(rows[row], column) for column in range(width)] for row in range(first, last + 1)]
    for top, left, bottom, right in merges:
        if first <= top <= last:
            name = table[top - first][left] if left < width else ""
            for row in range(top, min(bottom, last) + 1):
                for column in range(left, min(right, width - 1) + 1):
                    table[row - first][column] = name
    if not any(first <= top <= last and right > left for top, left, _b, right in merges):
        _spread(table)
    return tuple(tuple(_unrepeated(row[column] for row in table)) for column in range(width))


def _spread(table: list[list[str]]) -> None:
    """Without merged cells a group name reaches right over blanks that have a sub-name below."""
    for depth, row in enumerate(table[:-1]):
        for column in range(1, len(row)):
            below = any(deeper[column] for deeper in table[depth + 1 :])
            if not row[column] and row[column - 1] and below:
                row[column] = row[column - 1]


def _text(row: Sequence[Raw], column: int) -> str:
    value = row[column] if column < len(row) else ""
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    return str(value).strip()


def _unrepeated(names: Iterable[str]) -> list[str]:
    found: list[str] = []
    for name in names:
        if name and (not found or found[-1] != name):
            found.append(name)
    return found
