"""Regions 产业互补: what two regions' industries have that the other lacks, from a region × industry matrix.

Location quotient, relatedness, density and added density (EconGeo's conventions; Balland & Boschma 2021), input–output
linkages, complexity; ``complementarity`` ranks the 互补点 of (home, host) with the rows behind every number.
Undefined is None, never 0; bad figures are refused with row and column. Formulas: docs/regions.md.
"""

from feidi.engines.regions.codes import CODES, CODES_EN, words_of
from feidi.engines.regions.complexity import complexity, reflections
from feidi.engines.regions.density import added_densities, added_density, density, grow
from feidi.engines.regions.indices import indices
from feidi.engines.regions.linkages import flows_of, linkages
from feidi.engines.regions.model import (
    Cell,
    Complementarity,
    Contribution,
    Flows,
    Growth,
    Indices,
    Link,
    Linkages,
    Matrix,
    Method,
    Part,
    PartCode,
    Point,
    Relatedness,
    Source,
    Table,
    Weights,
)
from feidi.engines.regions.pairing import complementarity
from feidi.engines.regions.quotients import quotients, specialised
from feidi.engines.regions.reading import matrix_of, read_flows, read_matrix, read_relatedness
from feidi.engines.regions.relating import above, related_by_inputs, relatedness, relatedness_of

__all__ = [
    "CODES",
    "CODES_EN",
    "Cell",
    "Complementarity",
    "Contribution",
    "Flows",
    "Growth",
    "Indices",
    "Link",
    "Linkages",
    "Matrix",
    "Method",
    "Part",
    "PartCode",
    "Point",
    "Relatedness",
    "Source",
    "Table",
    "Weights",
    "above",
    "added_densities",
    "added_density",
    "complementarity",
    "complexity",
    "density",
    "flows_of",
    "grow",
    "indices",
    "linkages",
    "matrix_of",
    "quotients",
    "read_flows",
    "read_matrix",
    "read_relatedness",
    "reflections",
    "related_by_inputs",
    "relatedness",
    "relatedness_of",
    "specialised",
    "words_of",
]
