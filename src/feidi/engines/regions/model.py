"""What goes into the reckoning of regions and industries, and what comes out. All frozen; undefined is None, never 0."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from feidi.engines.findings import Finding

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Source:
    """Whose figures they are, of which year, in which unit, and of which places (a city's are not its district's)."""

    name: str = ""
    year: int | None = None
    unit: str = ""
    invented: bool = False


NO_SOURCE: Final = Source()


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Figures by two labels. ``values`` (rows, columns): NaN inside means undefined; whoever asks gets None."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: Floats

    def at(self, row: str, column: str) -> float | None:
        """Return one figure, None when it is undefined. Raises ValueError for an unknown label."""
        return none_if_nan(self.values[self.rows.index(row), self.columns.index(column)])

    def row(self, row: str) -> dict[str, float | None]:
        """Return column → figure of one row."""
        figures = self.values[self.rows.index(row)]
        return {column: none_if_nan(value) for column, value in zip(self.columns, figures, strict=True)}

    def told(self) -> list[list[float | None]]:
        """Return all figures as lists, None where undefined."""
        return [[none_if_nan(value) for value in row] for row in self.values]


@dataclass(frozen=True, slots=True, eq=False)
class Matrix:
    """Regions × industries: ``values[r, i]`` ≥ 0 (workers, output, firms … in ``source.unit``), none missing.

    Made by ``matrix_of`` (from numbers) or ``read_matrix`` (from text), which refuse what cannot be reckoned with.
    """

    regions: tuple[str, ...]
    industries: tuple[str, ...]
    values: Floats
    source: Source = NO_SOURCE

    @property
    def regions_known(self) -> list[bool]:
        """Tell of each region whether it has figures: with zeros only its indices are undefined."""
        return [bool(row.any()) for row in self.values]

    @property
    def industries_known(self) -> list[bool]:
        """Tell of each industry whether anybody has it."""
        return [bool(column.any()) for column in self.values.T]


class Method(StrEnum):
    """Where a relatedness comes from; the first three are EconGeo's, from co-occurrence."""

    PROB = "prob"
    COSINE = "cosine"
    JACCARD = "jaccard"
    GIVEN = "given"
    INPUTS = "inputs"


@dataclass(frozen=True, slots=True, eq=False)
class Relatedness:
    """``values[i, j]`` ≥ 0: how much having industry j helps industry i. The diagonal is 0: none is its own relative."""

    industries: tuple[str, ...]
    values: Floats
    method: Method
    source: Source = NO_SOURCE

    @property
    def directed(self) -> bool:
        """Tell whether i → j may differ from j → i."""
        return not bool(np.array_equal(self.values, self.values.T))


@dataclass(frozen=True, slots=True, eq=False)
class Flows:
    """An input–output table: ``values[i, j]`` what j buys of i, ``outputs[j]`` the whole output of j, same unit."""

    industries: tuple[str, ...]
    values: Floats
    outputs: Floats
    source: Source = NO_SOURCE


@dataclass(frozen=True, slots=True, eq=False)
class Linkages:
    """What an input–output table says (n industries). NaN inside = undefined (no output, no sales).

    ``supply[i, j]`` = a_ij = z_ij / output of j; ``inputs[i, j]`` = share of i in all j buys;
    ``sales[i, j]`` = z_ij / all that industries buy of i. ``backward``, ``forward``: Rasmussen, mean 1.
    """

    industries: tuple[str, ...]
    supply: Floats
    inputs: Floats
    sales: Floats
    backward: Floats
    forward: Floats
    spectral_radius: float
    source: Source = NO_SOURCE


@dataclass(frozen=True, slots=True)
class Link:
    """What goes from one industry to the other: coefficient a_ij, share in the buyer's purchases, in the seller's sales."""

    seller: str
    buyer: str
    supply: float | None
    input_share: float | None
    sales_share: float | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of the matrix with all that its location quotient is made of: (value/region)/(industry/whole)."""

    region: str
    industry: str
    value: float
    region_total: float
    industry_total: float
    whole: float
    quotient: float | None
    specialised: bool | None


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one related industry j contributes to a density: ``points`` (of 100); they add up to the density.

    ``relatedness``: φ_ij. ``here``, ``there``: the location quotients of j in the region itself and in the other one.
    """

    industry: str
    relatedness: float
    points: float
    here: float | None
    there: float | None


@dataclass(frozen=True, slots=True)
class Growth:
    """What the other region's industries would do for one industry of this region.

    ``density`` D(r,i) + ``added`` C(r←s,i) = density of both together, in 0..100; None when the industry has no
    relatives. ``complexity_gap``: how much more complex than the mean of what the region has (standard deviations).
    ``why_undefined``: the code that says why, "" when all is defined.
    """

    region: str
    other: str
    industry: str
    cell: Cell
    density: float | None
    added: float | None
    complexity_gap: float | None
    own: tuple[Contribution, ...]
    gained: tuple[Contribution, ...]
    why_undefined: str = ""


class PartCode(StrEnum):
    """The parts of a point's score, each 0..100."""

    HOST_ADDS = "host_adds"
    HOME_ADDS = "home_adds"
    HOME_LEADS = "home_leads"
    HOST_LEADS = "host_leads"
    LINKED = "linked"


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each part counts, ≥ 0, not all 0. ``linked`` counts only where an input–output table is given."""

    host_adds: float = 1.0
    home_adds: float = 1.0
    home_leads: float = 1.0
    host_leads: float = 1.0
    linked: float = 1.0


EVEN: Final = Weights()


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a score: ``value`` 0..100 or None (undefined, ``why`` says why); ``share`` = what it adds to the score."""

    code: PartCode
    value: float | None
    weight: float
    share: float
    why: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """One 互补点: an industry the home district is strong in beside one the host is strong in.

    ``score`` = Σ ``share`` of the parts (0..100), undefined parts adding nothing; ``possible`` = the score were they 100.
    ``cells``: the four figures behind it: home and host of the home industry, then of the host industry.
    ``relatedness``: φ of the host industry to the home industry, and back. ``adds``: points of density that the host
    industry adds to the home industry at home, and the home industry to the host industry at the host (None: undefined).
    ``links``: from the home industry to the host industry, and back; empty without an input–output table.
    """

    home_industry: str
    host_industry: str
    score: float
    possible: float
    parts: tuple[Part, ...]
    cells: tuple[Cell, ...]
    relatedness: tuple[float, float]
    adds: tuple[float | None, float | None]
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Complementarity:
    """The whole answer for (home, host), best first; ``home_grows``: by the host's industries, ``host_grows``: by home's.

    ``findings``: what is undefined and why, what was left out. Sources are carried along.
    """

    home: str
    host: str
    points: tuple[Point, ...]
    home_grows: tuple[Growth, ...]
    host_grows: tuple[Growth, ...]
    method: Method
    weights: Weights
    source: Source
    relatedness_source: Source
    linkage_source: Source | None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Indices:
    """Every index of a matrix. (r) and (i) are columns by region and by industry, None where undefined.

    ``specialised``: 1 where LQ ≥ 1. ``krugman`` 0..2, ``herfindahl`` 0..1, ``entropy`` bits, ``hachman`` 0..1,
    ``specialisation`` 0..1, ``gini`` locational. ``complexity`` None when the network falls apart (``findings`` says so).
    """

    matrix: Matrix
    quotients: Table
    specialised: Table
    relatedness: Relatedness
    density: Table
    diversity: tuple[int | None, ...]
    ubiquity: tuple[int | None, ...]
    krugman: tuple[float | None, ...]
    herfindahl: tuple[float | None, ...]
    entropy: tuple[float | None, ...]
    hachman: tuple[float | None, ...]
    specialisation: tuple[float | None, ...]
    gini: tuple[float | None, ...]
    region_complexity: tuple[float | None, ...]
    industry_complexity: tuple[float | None, ...]
    findings: tuple[Finding, ...] = ()


def none_if_nan(value: float | np.float64) -> float | None:
    """Return a plain float, None for NaN.

    >>> none_if_nan(float("nan")), none_if_nan(0.5)
    (None, 0.5)
    """
    return None if np.isnan(value) else float(value)
