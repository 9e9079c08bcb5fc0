"""Ties between people and projects that only apps above know (a mentor and a tenant): they register who can tell.

Whoever must not judge a project is found from here too; the app that asks need not know the app that knows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from feidi.domain.pipeline.models import Project

#: (user or None, cards of the person, project) → ties in words.
Source = Callable[[int | None, frozenset[int], Project], Iterable[str]]
_SOURCES: list[Source] = []


def register_ties(source: Source) -> None:
    """Let an app say what ties it knows; run from ``AppConfig.ready``."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def further_ties(user_id: int | None, persons: frozenset[int], project: Project) -> Iterator[str]:
    """Yield the ties that apps above know of, in words."""
    for source in _SOURCES:
        yield from source(user_id, persons, project)
