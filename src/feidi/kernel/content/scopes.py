"""Over which scopes somebody must hold a permission to propose or decide content of a place.

The kernel knows no outpost; the domain registers what a place means: who proposes, who decides.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Final

from feidi.kernel.access import Scope, ScopeKind

INSTALLATION: Final = Scope(ScopeKind.INSTALLATION)


@dataclass(frozen=True, slots=True)
class PlaceScopes:
    """A permission over any one of these is enough."""

    propose: tuple[Scope, ...] = (INSTALLATION,)
    decide: tuple[Scope, ...] = (INSTALLATION,)


PlaceSource = Callable[[Collection[str]], Mapping[str, PlaceScopes]]
_source: list[PlaceSource] = []


def set_place_scopes(source: PlaceSource) -> None:
    """Register the one function that knows the scopes of place codes."""
    _source[:] = [source]


def scopes_of_all(places: Collection[str]) -> Mapping[str, PlaceScopes]:
    """Return the scopes of places; without a registered source only those of the installation."""
    return _source[0](places) if _source else dict.fromkeys(places, PlaceScopes())


def scopes_of(place: str) -> PlaceScopes:
    """Return the scopes of one place."""
    return scopes_of_all([place])[place]
