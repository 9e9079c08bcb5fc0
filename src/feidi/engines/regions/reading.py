"""From rows of text or numbers to a matrix; what cannot be reckoned with is refused with row and column."""

from __future__ import annotations

from collections.abc import Sequence

from feidi.engines.findings import Finding
from feidi.engines.regions.model import Flows, Matrix, Relatedness, Source

Rows = Sequence[Sequence[str]]


def matrix_of(regions: Sequence[str], industries: Sequence[str], values: object, source: Source = Source()) -> Matrix:
    """Return a matrix of numbers (regions × industries). Raises RefusedError for shapes, labels, negatives, NaN."""
    raise NotImplementedError


def read_matrix(rows: Rows, source: Source = Source()) -> tuple[Matrix | None, tuple[Finding, ...]]:
    """Read a table of text: heads are industries, first cells regions. None when a finding is fatal."""
    raise NotImplementedError


def read_relatedness(rows: Rows, source: Source = Source()) -> tuple[Relatedness | None, tuple[Finding, ...]]:
    """Read a square table of text industry × industry."""
    raise NotImplementedError


def read_flows(rows: Rows, source: Source = Source()) -> tuple[Flows | None, tuple[Finding, ...]]:
    """Read an input–output table of text: a square of flows and a last row 总产出 (or 总投入)."""
    raise NotImplementedError
