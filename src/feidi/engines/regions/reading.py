"""From rows of text or numbers to a matrix; what cannot be reckoned with is refused with row and column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from feidi.engines.findings import Finding, Level, refuse
from feidi.engines.regions.figures import Faults, Line, read_figures, twice
from feidi.engines.regions.model import NO_SOURCE, Flows, Matrix, Method, Relatedness, Source

#: (number of the row as the user sees it, its cells as text).
Rows = Iterable[tuple[int, Sequence[str]]]
#: How the row of total outputs of an input–output table is called (spaces and case do not matter).
OUTPUT_ROWS: Final = frozenset(
    {"总产出", "总投入", "totaloutput", "totaloutputs", "totalinput", "totalinputs", "output"}
)
_SAID: Final = {
    "来源": "name", "source": "name", "年份": "year", "年": "year", "year": "year", "单位": "unit", "unit": "unit",
    "虚构": "invented", "invented": "invented",
}  # fmt: skip
_REMARK = re.compile(r"#\s*([^:：]+)[:：]\s*(.*)")
_NO: Final = frozenset({"否", "no", "false", "0"})


@dataclass(frozen=True, slots=True)
class _Frame:
    """A table taken apart: heads, lines, and what its remarks say of the source."""

    heads: tuple[str, ...]
    lines: tuple[Line, ...]
    source: Source


def matrix_of(
    regions: Sequence[str], industries: Sequence[str], values: Sequence[Sequence[Any]], source: Source = NO_SOURCE
) -> Matrix:
    """Return a matrix of numbers, (regions, industries). Raises RefusedError with every fault.

    >>> matrix_of(["甲"], ["陶瓷", "家电"], [[3, 1]]).values.tolist()
    [[3.0, 1.0]]
    """
    faults = Faults()
    _check_shape(regions, industries, values, faults)
    lines = [Line(label, tuple(cells)) for label, cells in zip(regions, values, strict=False)]
    matrix = _matrix(_Frame(tuple(industries), tuple(lines), source), faults)
    if faults.count:
        raise refuse("regions.matrix_faulty", *faults.all(), n=faults.count)
    return matrix


def _check_shape(rows: Sequence[str], columns: Sequence[str], values: Sequence[Sequence[Any]], faults: Faults) -> None:
    widths = {len(cells) for cells in values}
    if len(values) != len(rows) or widths - {len(columns)}:
        odd = next(iter(sorted(widths - {len(columns)})), len(columns))
        params = {"rows": len(values), "columns": odd, "row_labels": len(rows), "column_labels": len(columns)}
        faults.put(Finding(Level.FATAL, "regions.shape", params))


def read_matrix(rows: Rows, source: Source = NO_SOURCE) -> tuple[Matrix | None, tuple[Finding, ...]]:
    """Read a table of text: the first row's heads are industries, first cells regions. None when a finding is fatal.

    Rows that begin with ``#`` say the source: ``# 来源: …``, ``# 年份: 2023``, ``# 单位: 人``, ``# 虚构: 是``.
    """
    faults = Faults()
    frame = _frame(rows, source, faults)
    matrix = None if frame is None else _matrix(frame, faults)
    if matrix is None or faults.count:
        return None, faults.all()
    return matrix, tuple(undefined_in(matrix, {line.label: line.row for line in frame.lines} if frame else {}))


def read_relatedness(rows: Rows, source: Source = NO_SOURCE) -> tuple[Relatedness | None, tuple[Finding, ...]]:
    """Read a square table industry × industry: row i, column j = how much having j helps i. The diagonal does not count."""
    faults = Faults()
    frame = _frame(rows, source, faults)
    if frame is None:
        return None, faults.all()
    lines = [replace(line, cells=_without(line, frame.heads)) for line in _square(frame, faults)]
    values = read_figures(lines, frame.heads, faults)
    if faults.count:
        return None, faults.all()
    return Relatedness(frame.heads, values, Method.GIVEN, frame.source), ()


def _without(line: Line, heads: Sequence[str]) -> list[object]:
    """Return the cells with the diagonal put to 0: no industry is its own relative."""
    cells = [*line.cells, *([""] * (len(heads) - len(line.cells)))]
    return [0 if head == line.label else cell for head, cell in zip(heads, cells, strict=False)]


def read_flows(rows: Rows, source: Source = NO_SOURCE) -> tuple[Flows | None, tuple[Finding, ...]]:
    """Read an input–output table: row i, column j = what j buys of i; one row 总产出 (or 总投入), same unit."""
    faults = Faults()
    frame = _frame(rows, source, faults)
    if frame is None:
        return None, faults.all()
    outputs = [line for line in frame.lines if _folded(line.label) in OUTPUT_ROWS][:1]
    if not outputs:
        faults.put(Finding(Level.FATAL, "regions.no_outputs"))
    inner = replace(frame, lines=tuple(line for line in frame.lines if _folded(line.label) not in OUTPUT_ROWS))
    values = read_figures([*_square(inner, faults), *outputs], frame.heads, faults)
    if faults.count:
        return None, faults.all()
    return Flows(frame.heads, values[:-1], values[-1], frame.source), ()


def _folded(label: str) -> str:
    return label.replace(" ", "").casefold()


def _frame(rows: Rows, source: Source, faults: Faults) -> _Frame | None:
    """Take a table apart; None when there is nothing in it."""
    heads: tuple[str, ...] | None = None
    lines: list[Line] = []
    for number, cells in rows:
        texts = [cell.strip().lstrip("\ufeff") for cell in cells]
        if not any(texts):
            continue
        if texts[0].startswith("#"):
            source = _said("，".join(filter(None, texts)), source)
        elif heads is None:
            heads = _heads(texts)
        else:
            lines.append(_line(number, texts, heads, faults))
    if heads is None or not heads or not lines:
        faults.put(Finding(Level.FATAL, "regions.empty"))
        return None
    for at, head in enumerate(heads):
        if not head:
            faults.put(Finding(Level.FATAL, "regions.label_missing", {"at": at + 2}))
    return _Frame(heads, tuple(lines), source)


def _heads(texts: Sequence[str]) -> tuple[str, ...]:
    heads = list(texts[1:])
    while heads and not heads[-1]:
        heads.pop()
    return tuple(heads)


def _line(number: int, texts: Sequence[str], heads: Sequence[str], faults: Faults) -> Line:
    label, cells, more = texts[0], texts[1 : len(heads) + 1], texts[len(heads) + 1 :]
    if not label:
        faults.put(Finding(Level.FATAL, "regions.row_label_missing", {}, number))
    if any(more):
        faults.put(Finding(Level.FATAL, "regions.row_longer", {"label": label}, number))
    return Line(label, cells, number)


def _said(text: str, source: Source) -> Source:
    found = _REMARK.fullmatch(text)
    key = _SAID.get(found[1].strip().casefold()) if found else None
    value = found[2].strip() if found else ""
    if key is None or not value:
        return source
    if key == "year":
        year = re.search(r"\d{4}", value)
        return replace(source, year=int(year[0])) if year else source
    if key == "invented":
        return replace(source, invented=value.casefold() not in _NO)
    return replace(source, name=value) if key == "name" else replace(source, unit=value)


def _matrix(frame: _Frame, faults: Faults) -> Matrix:
    twice(((head, None) for head in frame.heads if head), faults, in_head=True)
    twice(((line.label, line.row) for line in frame.lines if line.label), faults, in_head=False)
    values = read_figures(frame.lines, frame.heads, faults)
    if not frame.heads or not frame.lines:
        faults.put(Finding(Level.FATAL, "regions.empty"))
    elif not faults.count and not values.any():
        faults.put(Finding(Level.FATAL, "regions.all_zero"))
    values.flags.writeable = False
    return Matrix(tuple(line.label for line in frame.lines), frame.heads, values, frame.source)


def _square(frame: _Frame, faults: Faults) -> list[Line]:
    """Return the lines in the order of the heads; a label without its other side is a fault."""
    twice(((head, None) for head in frame.heads if head), faults, in_head=True)
    twice(((line.label, line.row) for line in frame.lines if line.label), faults, in_head=False)
    lines = {line.label: line for line in frame.lines}
    for label in dict.fromkeys([*frame.heads, *lines]):
        if label and (label not in lines or label not in frame.heads):
            row = lines[label].row if label in lines else None
            faults.put(Finding(Level.FATAL, "regions.not_square", {"label": label}, row, label))
    return [lines[head] for head in frame.heads if head in lines]


def undefined_in(matrix: Matrix, row_of: dict[str, int | None]) -> list[Finding]:
    """Return what has only zeros: a region (problem, likely a mistake) or an industry (note)."""
    regions = [
        Finding(Level.PROBLEM, "regions.region_zero", {"region": region}, row_of.get(region))
        for region, has in zip(matrix.regions, matrix.regions_known, strict=True)
        if not has
    ]
    industries = [
        Finding(Level.NOTE, "regions.industry_zero", {"industry": industry}, None, industry)
        for industry, has in zip(matrix.industries, matrix.industries_known, strict=True)
        if not has
    ]
    return regions + industries


def relatedness_figures(industries: Sequence[str], values: Sequence[Sequence[Any]]) -> np.ndarray[Any, Any]:
    """Return a square of figures ≥ 0 with a diagonal of 0. Raises RefusedError."""
    faults = Faults()
    _check_shape(industries, industries, values, faults)
    pairs = zip(industries, values, strict=False)
    lines = [Line(label, _without(Line(label, tuple(cells)), industries)) for label, cells in pairs]
    twice(((each, None) for each in industries), faults, in_head=True)
    figures = read_figures(lines, industries, faults)
    if faults.count:
        raise refuse("regions.relatedness_faulty", *faults.all(), n=faults.count)
    return figures


def flow_figures(
    industries: Sequence[str], values: Sequence[Sequence[Any]], outputs: Sequence[Any]
) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Return flows and outputs, all ≥ 0. Raises RefusedError."""
    faults = Faults()
    _check_shape([*industries, "总产出"], industries, [*values, outputs], faults)
    lines = [Line(label, tuple(cells)) for label, cells in zip(industries, values, strict=False)]
    twice(((each, None) for each in industries), faults, in_head=True)
    figures = read_figures([*lines, Line("总产出", tuple(outputs))], industries, faults)
    if faults.count:
        raise refuse("regions.flows_faulty", *faults.all(), n=faults.count)
    return figures[:-1], figures[-1]
