"""Cells that should be numbers: each fault is a finding that names row and column."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from numbers import Real
from typing import Final

import numpy as np

from feidi.engines.findings import Finding, Level
from feidi.engines.regions.model import Floats

#: Sums of so large, and products of so small figures are still exact enough to tell a quotient of 1.
LARGEST: Final = 1e15
SMALLEST: Final = 1e-12
#: So many faults of one kind are listed one by one.
LISTED: Final = 20
_NUMBER = re.compile(r"[+-]?(?=[\d.])(?:\d+|\d{1,3}(?:,\d{3})+)?(?:\.\d+)?(?:[eE][+-]?\d+)?")


@dataclass(slots=True)
class Faults:
    """Collects findings; of each code the first ``LISTED`` stand alone, the others are counted."""

    found: list[Finding] = field(default_factory=list)
    count: int = 0
    _seen: dict[str, int] = field(default_factory=dict)

    def put(self, finding: Finding) -> None:
        """Add one."""
        self.count += 1
        self._seen[finding.code] = self._seen.get(finding.code, 0) + 1
        if self._seen[finding.code] <= LISTED:
            self.found.append(finding)

    def all(self) -> tuple[Finding, ...]:
        """Return the findings with a line for each kind that was cut off."""
        rest = [
            Finding(Level.FATAL, "regions.more", {"code": code, "n": n - LISTED})
            for code, n in self._seen.items()
            if n > LISTED
        ]
        return (*self.found, *rest)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of cells with its label, and its number in the sheet (None: it comes from no sheet)."""

    label: str
    cells: Sequence[object]
    row: int | None = None


def number_of(text: str) -> float | None:
    """Return the number a cell shows, None when it is none; full-width digits and thousands separators are read.

    >>> number_of(" 1,234.5 "), number_of("１２"), number_of("12万"), number_of("1,2,3")
    (1234.5, 12.0, None, None)
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if not any(sign.isdigit() for sign in plain) or not _NUMBER.fullmatch(plain):
        return None
    return float(plain.replace(",", ""))


def read_figures(lines: Sequence[Line], columns: Sequence[str], faults: Faults) -> Floats:
    """Return (lines, columns) figures ≥ 0; what is none is a fault and NaN."""
    values = np.full((len(lines), len(columns)), np.nan)
    for at, line in enumerate(lines):
        for to, column in enumerate(columns):
            cell = line.cells[to] if to < len(line.cells) else ""
            figure = _figure(cell)
            if isinstance(figure, str):
                params = {"label": line.label, "industry": column, "value": str(cell).strip()}
                faults.put(Finding(Level.FATAL, figure, params, line.row, column))
            else:
                values[at, to] = figure
    return values


def _figure(cell: object) -> float | str:
    """Return the figure of a cell, or the code of what is wrong with it."""
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return "regions.cell_missing"
    if isinstance(cell, bool | np.bool_) or not isinstance(cell, str | Real):
        return "regions.not_number"
    value = number_of(cell) if isinstance(cell, str) else float(cell)
    if value is None:
        return "regions.not_number"
    if math.isnan(value):
        return "regions.cell_missing"
    if value < 0:
        return "regions.negative"
    return "regions.out_of_range" if value > LARGEST or 0 < value < SMALLEST else value


def twice(labels: Iterable[tuple[str, int | None]], faults: Faults, *, in_head: bool) -> None:
    """Note labels that occur twice: with their row, or in the head as a column."""
    seen: set[str] = set()
    for label, row in labels:
        if label in seen:
            where = label if in_head else None
            faults.put(Finding(Level.FATAL, "regions.label_twice", {"label": label}, row, where))
        seen.add(label)
