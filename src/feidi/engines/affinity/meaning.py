"""Meaning without a model: latent semantics (LSA). Offers and needs as directions in a space of ``DIMENSIONS``.

Rows of a sample of offers are ``log(1 + count) · idf`` over the commoner terms, of length 1; their truncated singular value
decomposition (randomised, Halko, Martinsson, Tropp 2011, fixed seed; exact for few offers) gives the directions. Any text is
folded in by its terms; likeness is the cosine, below 0 counted as 0. Vectors are kept as 8-bit numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from feidi.engines.affinity.folding import Array
from feidi.engines.affinity.forward import Forward, counts_in, terms_in
from feidi.engines.affinity.postings import MOST
from feidi.engines.affinity.terms import TERMS

DIMENSIONS: Final = 256
#: Offers that are learnt from at most.
SAMPLE: Final = 12_000
#: Below so many offers there is nothing to learn.
LEAST: Final = 8
#: Terms that are used at most, the commonest in the sample; a term in more than this share of it says nothing.
FEATURES: Final = 30_000
_TOO_COMMON: Final = 0.3
_EXACT: Final = 1_500
_OVERSAMPLING: Final = 16
_POWERS: Final = 2
_SEED: Final = 20_261_124
_FULL: Final = 127
#: log(1 + count) by count.
_LOGS: Final = np.log1p(np.arange(MOST + 1, dtype=np.float32))


@dataclass(frozen=True, eq=False)
class Meaning:
    """``feature[t]`` is the row of term t in ``directions`` (idf included), -1 when it is not used."""

    feature: Array
    directions: Array

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        return int(self.directions.shape[1])

    def vectors(self, forward: Forward) -> Array:
        """Return the directions of offers as 8-bit numbers, one row each; all 0 for one without a known term."""
        return quantised(np.asarray(_matrix(forward, self.feature, len(self.directions)) @ self.directions))

    def vector(self, terms: Array, counts: Array) -> Array:
        """Return the direction of one text given by its terms, of length 1 (or 0)."""
        at = self.feature[terms]
        known = at >= 0
        found: Array = np.log1p(counts[known]).astype(np.float32) @ self.directions[at[known]]
        length = float(np.sqrt(found @ found))
        return np.asarray(found / length, np.float32) if length else found

    def vectors_of(self, terms: Array, starts: Array, counts: Array) -> Array:
        """Return the directions of several texts, one row each; text i has the terms ``starts[i]:starts[i + 1]``."""
        from scipy.sparse import csr_array  # noqa: PLC0415

        at = self.feature[terms]
        known = at >= 0
        own = np.log1p(counts[known]).astype(np.float32)
        ends = np.concatenate([[0], np.cumsum(known)])[starts]
        shape = (len(starts) - 1, len(self.directions))
        found = np.asarray(csr_array((own, at[known], ends), shape=shape) @ self.directions)
        lengths = np.sqrt(np.einsum("ij,ij->i", found, found))[:, None]
        return np.asarray(np.divide(found, lengths, out=np.zeros_like(found), where=lengths > 0))


def quantised(vectors: Array) -> Array:
    """Return vectors as 8-bit numbers, each to its own scale."""
    most = np.abs(vectors).max(axis=1, keepdims=True) if vectors.size else np.zeros((len(vectors), 1), np.float32)
    scale = np.divide(_FULL, most, out=np.zeros_like(most), where=most > 0)
    return np.asarray(np.rint(vectors * scale), np.int8)


def likeness(vectors: Array, asked: Array) -> Array:
    """Return the cosines of 8-bit vectors with one direction, 0..1."""
    plain = vectors.astype(np.float32)
    lengths = np.sqrt(np.einsum("ij,ij->i", plain, plain))
    cosines = np.divide(plain @ asked, lengths, out=np.zeros(len(plain), np.float32), where=lengths > 0)
    clipped: Array = np.clip(cosines.astype(np.float64), 0, 1)
    return clipped


def _matrix(forward: Forward, feature: Array, features: int) -> Any:
    """Return offers by features (log counts) as a sparse matrix."""
    from scipy.sparse import csr_array  # noqa: PLC0415 - 0.1 s, only where vectors are made

    at = feature[terms_in(forward.packed)]
    kept = np.flatnonzero(at >= 0)
    starts = np.searchsorted(kept, forward.starts)
    data = _LOGS[counts_in(forward.packed[kept])]
    return csr_array((data, at[kept], starts), shape=(len(forward), features))


def learn(forward: Forward, dimensions: int = DIMENSIONS) -> Meaning | None:
    """Return the directions learnt from a sample of these offers; None when there are too few, or too few terms."""
    if len(forward) < LEAST:
        return None
    if len(forward) > SAMPLE:
        forward = forward.some(np.linspace(0, len(forward) - 1, SAMPLE).astype(np.int64))
    feature, idf = _features(forward)
    if len(idf) < LEAST:
        return None
    directions = _decomposed(_sampled(forward, feature, idf), dimensions)
    return Meaning(feature, np.ascontiguousarray(directions * idf[:, None], np.float32))


def _features(sample: Forward) -> tuple[Array, Array]:
    """Choose the terms that are used; return the feature of every term, and the idf of every feature."""
    offers = len(sample)
    found = np.bincount(terms_in(sample.packed), minlength=TERMS)
    usable = np.flatnonzero((found >= min(3, 1 + offers // 100)) & (found <= max(2.0, _TOO_COMMON * offers)))
    order = np.argsort(-found[usable], kind="stable")[:FEATURES]
    chosen = np.sort(usable[order])
    feature = np.full(TERMS, -1, np.int32)
    feature[chosen] = np.arange(len(chosen))
    return feature, np.log(offers / found[chosen]).astype(np.float32) + np.float32(1)


def _sampled(sample: Forward, feature: Array, idf: Array) -> Any:
    """Return the sample as a sparse matrix of rows of length 1."""
    whole = _matrix(sample, feature, len(idf))
    whole.data *= idf[whole.indices]
    lengths = np.sqrt(np.asarray(whole.multiply(whole).sum(axis=1)).ravel())
    whole.data /= np.repeat(np.where(lengths > 0, lengths, 1), np.diff(whole.indptr)).astype(whole.dtype)
    return whole


def _decomposed(matrix: Any, dimensions: int) -> Array:
    """Return the right singular directions of a sparse matrix, features by dimensions, the strongest first."""
    wanted = min(dimensions, matrix.shape[0] - 1, matrix.shape[1] - 1)
    if matrix.shape[0] <= _EXACT:
        squares, left = np.linalg.eigh(np.asarray((matrix @ matrix.T).todense(), np.float64))
        order = np.argsort(squares)[::-1][:wanted]
        order = order[squares[order] > 1e-9 * squares[order[0]]]
        return np.asarray(matrix.T @ (left[:, order] / np.sqrt(squares[order])))
    draw = np.random.default_rng(_SEED)
    basis = matrix @ draw.standard_normal((matrix.shape[1], wanted + _OVERSAMPLING), np.float32)
    for _again in range(_POWERS):
        basis = matrix @ _orthonormal(matrix.T @ _orthonormal(basis))
    small = (matrix.T @ _orthonormal(basis)).T
    squares, left = np.linalg.eigh(np.asarray(small @ small.T, np.float64))
    order = np.argsort(squares)[::-1][:wanted]
    return np.asarray(small.T @ (left[:, order] / np.sqrt(np.maximum(squares[order], 1e-12))))


def _orthonormal(basis: Array) -> Array:
    """Return an orthonormal basis of the same columns' span, by the eigenvectors of their products (much faster than QR)."""
    squares, turned = np.linalg.eigh(np.asarray(basis.T @ basis, np.float64))
    least = float(squares[-1]) * 1e-10
    return np.asarray(basis @ (turned / np.sqrt(np.maximum(squares, least))), np.float32)
