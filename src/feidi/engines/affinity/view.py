"""What a question is asked of: sealed segments, which of their offers live, the model of meaning. A view never changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from feidi.engines.affinity.folding import Array
from feidi.engines.affinity.forward import terms_in
from feidi.engines.affinity.lexical import Statistics, Weighing, weighing_of
from feidi.engines.affinity.meaning import Meaning
from feidi.engines.affinity.reading import K1
from feidi.engines.affinity.segment import Segment
from feidi.engines.affinity.terms import TERMS

#: Single precision may round up by so much.
_ROUNDING = 1 + 1e-6


@dataclass(frozen=True)
class Part:
    """A segment with what was struck off it: ``alive`` by row (None: all), ``lost`` postings by term (None: none)."""

    segment: Segment
    alive: Array | None = None
    lost: Array | None = None

    @property
    def living(self) -> int:
        """How many offers live."""
        return len(self.segment) if self.alive is None else int(self.alive.sum())

    @cached_property
    def length(self) -> int:
        """How many terms the living offers have together."""
        lengths = self.segment.postings.lengths
        return int(lengths.sum() if self.alive is None else lengths[self.alive].sum())

    def found(self, terms: Array) -> Array:
        """Return in how many living offers each term stands."""
        starts = self.segment.postings.starts
        stands = starts[terms + 1] - starts[terms]
        found: Array = stands if self.lost is None else stands - self.lost[terms]
        return found

    def without(self, rows: Array) -> Part:
        """Return the part with these living offers struck off."""
        alive = np.ones(len(self.segment), np.bool_) if self.alive is None else self.alive.copy()
        alive[rows] = False
        lost = np.zeros(TERMS, np.int32) if self.lost is None else self.lost.copy()
        np.add.at(lost, terms_in(self.segment.forward.of(rows)[0]), 1)
        return Part(self.segment, alive, lost)

    def is_alive(self, row: int) -> bool:
        """Tell whether an offer lives."""
        return self.alive is None or bool(self.alive[row])


@dataclass(frozen=True)
class View:
    """All parts together."""

    parts: tuple[Part, ...]
    meaning: Meaning | None

    @cached_property
    def statistics(self) -> Statistics:
        """Numbers and mean length of the living offers."""
        living = sum(part.living for part in self.parts)
        return Statistics(living, sum(part.length for part in self.parts) / living if living else 0.0)

    @cached_property
    def norms(self) -> tuple[Array, ...]:
        """By part, the norms of BM25 in single precision."""
        return tuple(self.statistics.norms(part.segment.postings.lengths).astype(np.float32) for part in self.parts)

    @cached_property
    def firsts(self) -> tuple[Array, ...]:
        """By part, what the first occurrence of a term of weight 1 gives each offer."""
        return tuple(np.float32(K1 + 1) / (each + np.float32(1)) for each in self.norms)

    @cached_property
    def least_norm(self) -> float:
        """The norm of the shortest offer."""
        return min((float(each.min()) for each in self.norms if len(each)), default=1.0)

    @cached_property
    def most_of_first(self) -> float:
        """None of ``firsts`` is above it."""
        return (K1 + 1) / (self.least_norm + 1) * _ROUNDING

    @cached_property
    def weighing(self) -> tuple[Weighing, ...]:
        """By part, what its offers are weighed with."""
        given = zip(self.parts, self.norms, self.firsts, strict=True)
        return tuple(weighing_of(part.segment, norms, firsts, self.most_of_first) for part, norms, firsts in given)

    @cached_property
    def knows_evidence(self) -> bool:
        """Whether any offer states evidence."""
        return any("evidence" in part.segment.columns.numbers for part in self.parts)

    def found(self, terms: Array) -> Array:
        """Return in how many living offers each term stands."""
        return np.sum([part.found(terms) for part in self.parts], axis=0) if self.parts else np.zeros(len(terms), int)

    def place(self, offer_id: str) -> tuple[int, int] | None:
        """Return part and row of a living offer."""
        for number, part in enumerate(self.parts):
            row = part.segment.ids.find(offer_id)
            if row is not None and part.is_alive(row):
                return number, row
        return None


def exact_norms(view: View, part: Part, rows: Array) -> Array:
    """Return the norms of some offers in double precision."""
    return view.statistics.norms(part.segment.postings.lengths[rows])


def living_parts(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Return the parts that still have an offer."""
    return tuple(part for part in parts if part.living)
