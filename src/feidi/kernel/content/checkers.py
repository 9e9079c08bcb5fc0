"""What a schema cannot say: an app above registers a check of its own kind of file, by the schema's path.

``policies/_each.yaml`` stands for every file of ``policies/``; a policy's rules are checked by the app that reads them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from feidi.engines.findings import Finding
from feidi.kernel.content.folder import Folder, Key

#: Findings carry the 1-based line as ``row`` and the key's path as ``column``.
Checker = Callable[[Folder, Key], Iterable[Finding]]
_checkers: dict[str, Checker] = {}


def register_checker(schema_path: str, checker: Checker) -> None:
    """Have ``checker`` look at every file that the schema of this path describes, once the schema finds no fault."""
    _checkers[schema_path] = checker


def checker_of(schema_path: str) -> Checker | None:
    """Return the registered check of a kind of file, or None."""
    return _checkers.get(schema_path)


def registered() -> frozenset[tuple[str, Checker]]:
    """Return all that is registered: what a check says depends on it."""
    return frozenset(_checkers.items())
