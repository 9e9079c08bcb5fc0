"""The score of listed offers: a sum of weighted parts, each 0..1, and what an offer not looked at could have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from feidi.engines.affinity.folding import Array
from feidi.engines.affinity.lexical import Asked
from feidi.engines.affinity.meaning import likeness
from feidi.engines.affinity.model import Asking, Need
from feidi.engines.affinity.parts import NEUTRAL, asked_parts, values_of
from feidi.engines.affinity.reading import Hits, hits
from feidi.engines.affinity.segment import Segment
from feidi.engines.affinity.semantics import Semantics
from feidi.engines.affinity.shortlist import Listed
from feidi.engines.affinity.view import View, exact_norms


@dataclass(frozen=True, slots=True)
class Scale:
    """What the parts of one question are measured by: their shares, which add up to 1, and the BM25 that counts as 1."""

    shares: dict[str, float]
    best_lexical: float

    @property
    def parts(self) -> list[str]:
        """The parts that count, in the order of the columns."""
        return list(self.shares)


@dataclass(frozen=True, slots=True)
class Read:
    """Listed offers with their BM25, counted exactly, term by term in ``hits``; ``places`` which of its offers they are."""

    listed: Listed
    lexical: Array
    places: Array
    hits: Hits

    def kept(self, which: Array) -> Read:
        """Return some of them."""
        return Read(self.listed.kept(which), self.lexical[which], self.places[which], self.hits)

    def gained(self, at: int) -> Array:
        """Return what each term of the need gives one of them."""
        return self.hits.gained(int(self.places[at]))


@dataclass(frozen=True, slots=True)
class Measured:
    """Before the scale is known: offers read, and what they get for the other parts."""

    read: Read
    values: dict[str, Array]


@dataclass(frozen=True, slots=True)
class Scored:
    """Offers of one part of the index: ``values`` (offers by parts, NaN unknown) and ``scores``."""

    read: Read
    values: Array
    scores: Array

    @property
    def listed(self) -> Listed:
        """The offers."""
        return self.read.listed

    @property
    def lexical(self) -> Array:
        """Their BM25."""
        return self.read.lexical


@dataclass(frozen=True, slots=True)
class Question:
    """A need with everything that is worked out once for it."""

    need: Need
    asking: Asking
    asked: Asked
    weights: Array
    vector: Array | None
    semantics: Semantics | None


def shares_of(view: View, question: Question) -> dict[str, float]:
    """Return the share of each part that counts here."""
    asking, has_meaning = question.asking, question.vector is not None or question.semantics is not None
    asked = asked_parts(question.need.facts, asking.on, evidence=view.knows_evidence)
    return shares_of_parts(asking, asked, meaning=has_meaning)


def shares_of_parts(asking: Asking, asked: Sequence[str], *, meaning: bool) -> dict[str, float]:
    """Return the share of each part that counts when these soft facts are asked; words alone when none of them has a weight."""
    counting = {"lexical", *asked, *(["meaning"] if meaning else [])}
    weights = {part: weight for part, weight in asking.weights.as_mapping().items() if part in counting and weight}
    total = sum(weights.values())
    return {part: weight / total for part, weight in weights.items()} or {"lexical": 1.0}


def _by_part(lists: Sequence[Listed]) -> Iterator[tuple[int, list[int], Array, Array]]:
    """Yield each part of the index with its lists, their rows one behind the other, and where each ends but the last."""
    for number in sorted({each.part for each in lists}):
        own = [at for at, each in enumerate(lists) if each.part == number]
        rows = [lists[at].rows for at in own]
        yield number, own, np.concatenate(rows), np.cumsum([len(each) for each in rows])[:-1]


def read(view: View, question: Question, lists: Sequence[Listed]) -> list[Read]:
    """Return the exact BM25 of listed offers; those of one part of the index are read together."""
    found: dict[int, Read] = {}
    for number, own, rows, ends in _by_part(lists):
        part = view.parts[number]
        norms = exact_norms(view, part, rows)
        counted = hits(part.segment.forward, rows, question.asked.numbers, question.weights, norms)
        lexical = counted.scores
        for at, here in zip(own, np.split(np.arange(len(rows)), ends), strict=True):
            found[at] = Read(lists[at], lexical[here], here, counted)
    return [found[at] for at in range(len(lists))]


def best_of(found: Sequence[Read], wanted: int) -> tuple[list[Read], float]:
    """Keep the best by words, with those that equal the last one; the second is what the others may have."""
    lexical = np.concatenate([each.lexical for each in found]) if found else np.zeros(0)
    if len(lexical) <= wanted:
        return list(found), 0.0
    least = float(np.partition(lexical, len(lexical) - wanted)[len(lexical) - wanted])
    return [each.kept(np.flatnonzero(each.lexical >= least)) for each in found], least


def measure(view: View, question: Question, given: Sequence[Read], parts: Sequence[str]) -> list[Measured]:
    """Return what offers that were read get for each part but words."""
    found: dict[int, Measured] = {}
    for number, own, rows, ends in _by_part([each.listed for each in given]):
        values = [dict[str, Array]() for _each in own]
        for name in parts:
            if name == "lexical":
                continue
            whole = _values(question, view.parts[number].segment, name, rows)
            for each, some in zip(values, np.split(whole, ends), strict=True):
                each[name] = some
        found |= {at: Measured(given[at], each) for at, each in zip(own, values, strict=True)}
    return [found[at] for at in range(len(given))]


def _values(question: Question, segment: Segment, name: str, rows: Array) -> Array:
    if name != "meaning":
        return values_of(name, question.need.facts, question.asking.on, segment.columns, rows)
    texts = [segment.text(row) for row in rows.tolist()] if question.semantics else ()
    return _meaning(question, texts, None if segment.vectors is None else segment.vectors[rows], len(rows))


def _meaning(question: Question, texts: Sequence[str], vectors: Array | None, count: int) -> Array:
    found = []
    if question.vector is not None and vectors is not None:
        found.append(likeness(vectors, question.vector))
    if question.semantics is not None and count:
        found.append(np.clip(question.semantics.likeness(question.need.text, texts), 0, 1))
    return np.mean(found, axis=0) if found else np.full(count, np.nan)


def scored(measured: Measured, scale: Scale) -> Scored:
    """Return the scores: what is not known counts ``NEUTRAL``."""
    best, words = scale.best_lexical, measured.read.lexical
    lexical = np.minimum(words / best, 1.0) if best else np.zeros(len(words))
    columns = [lexical if part == "lexical" else measured.values[part] for part in scale.parts]
    values = np.stack(columns, axis=1)
    shares = np.array(list(scale.shares.values()))
    found = np.where(np.isnan(values), NEUTRAL, values) @ shares
    return Scored(measured.read, values, found)


def bound_of(scale: Scale, lexical_bound: float) -> float:
    """Return the highest score of an offer whose BM25 is at most the bound, were it best in all else; 0 for 0."""
    if not lexical_bound or not scale.best_lexical:
        return 0.0
    share = scale.shares.get("lexical", 0.0)
    return share * min(1.0, lexical_bound / scale.best_lexical) + (1 - share)
