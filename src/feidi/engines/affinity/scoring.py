"""The score of listed offers: a sum of weighted parts, each 0..1, and what an offer not looked at could have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from feidi.engines.affinity.folding import Array
from feidi.engines.affinity.lexical import Asked, gains, scores
from feidi.engines.affinity.meaning import likeness
from feidi.engines.affinity.model import Asking, Need
from feidi.engines.affinity.parts import NEUTRAL, asked_parts, values_of
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
class Scored:
    """Offers of one part of the index: ``values`` (offers by parts, NaN unknown) and ``scores``; ``lexical`` is BM25."""

    listed: Listed
    lexical: Array
    values: Array
    scores: Array


@dataclass(frozen=True, slots=True)
class Read:
    """Listed offers with their BM25, counted exactly."""

    listed: Listed
    lexical: Array


@dataclass(frozen=True, slots=True)
class Measured:
    """Before the scale is known: BM25 and the other parts of listed offers."""

    listed: Listed
    lexical: Array
    values: dict[str, Array]


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
    """Return the share of each part that counts here; empty when none of those with a weight does."""
    asking = question.asking
    counting = ["lexical", *(["meaning"] if question.vector is not None or question.semantics else [])]
    counting += asked_parts(question.need.facts, asking.on, evidence=view.knows_evidence)
    weights = {part: weight for part, weight in asking.weights.as_mapping().items() if part in counting and weight}
    total = sum(weights.values())
    return {part: weight / total for part, weight in weights.items()} or {"lexical": 1.0}


def read(view: View, question: Question, listed: Listed) -> Read:
    """Return the BM25 of listed offers, from their texts."""
    part = view.parts[listed.part]
    norms = exact_norms(view, part, listed.rows)
    return Read(listed, scores(part.segment, listed.rows, question.asked, question.weights, norms))


def gains_of(view: View, question: Question, places: Sequence[tuple[int, int]]) -> list[Array]:
    """Return for each place (part, row) what each term of the need gives that offer."""
    found: dict[tuple[int, int], Array] = {}
    for number in sorted({part for part, _row in places}):
        part, rows = view.parts[number], np.array([row for at, row in places if at == number])
        gained = gains(part.segment, rows, question.asked, question.weights, exact_norms(view, part, rows))
        found |= {(number, row): each for row, each in zip(rows.tolist(), gained, strict=True)}
    return [found[place] for place in places]


def best_of(found: Sequence[Read], wanted: int) -> tuple[list[Read], float]:
    """Keep the best by words, with those that equal the last one; the second is what the others may have."""
    lexical = np.concatenate([each.lexical for each in found]) if found else np.zeros(0)
    if len(lexical) <= wanted:
        return list(found), 0.0
    least = float(np.partition(lexical, len(lexical) - wanted)[len(lexical) - wanted])
    kept = [np.flatnonzero(each.lexical >= least) for each in found]
    return [Read(each.listed.kept(which), each.lexical[which]) for each, which in zip(found, kept, strict=True)], least


def measure(view: View, question: Question, given: Read, parts: Sequence[str]) -> Measured:
    """Return what listed offers get for each part."""
    listed = given.listed
    segment, rows = view.parts[listed.part].segment, listed.rows
    values: dict[str, Array] = {}
    for name in parts:
        if name == "meaning":
            texts = [segment.text(row) for row in rows.tolist()] if question.semantics else ()
            vectors = None if segment.vectors is None else segment.vectors[rows]
            values[name] = _meaning(question, texts, vectors, len(rows))
        elif name != "lexical":
            values[name] = values_of(name, question.need.facts, question.asking.on, segment.columns, rows)
    return Measured(listed, given.lexical, values)


def _meaning(question: Question, texts: Sequence[str], vectors: Array | None, count: int) -> Array:
    found = []
    if question.vector is not None and vectors is not None:
        found.append(likeness(vectors, question.vector))
    if question.semantics is not None and count:
        found.append(np.clip(question.semantics.likeness(question.need.text, texts), 0, 1))
    return np.mean(found, axis=0) if found else np.full(count, np.nan)


def scored(measured: Measured, scale: Scale) -> Scored:
    """Return the scores: what is not known counts ``NEUTRAL``."""
    best = scale.best_lexical
    lexical = np.minimum(measured.lexical / best, 1.0) if best else np.zeros(len(measured.lexical))
    columns = [lexical if part == "lexical" else measured.values[part] for part in scale.parts]
    values = np.stack(columns, axis=1)
    shares = np.array(list(scale.shares.values()))
    found = np.where(np.isnan(values), NEUTRAL, values) @ shares
    return Scored(measured.listed, measured.lexical, values, found)


def bound_of(scale: Scale, lexical_bound: float) -> float:
    """Return the highest score of an offer whose BM25 is at most the bound, were it best in all else; 0 for 0."""
    if not lexical_bound or not scale.best_lexical:
        return 0.0
    share = scale.shares.get("lexical", 0.0)
    return share * min(1.0, lexical_bound / scale.best_lexical) + (1 - share)
