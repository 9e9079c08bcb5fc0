"""Which subjects above belong to an organization: an upper app tells, because this one must not look up.

A firm's project has facts of its own (investment, land price); clauses for projects are asked of the two together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from feidi.domain.parties.models import Outpost
from feidi.domain.policy.selectors.known import ORGANIZATION
from feidi.kernel.subjects import Subject

#: (outpost, uids of organizations) → uid of the organization → its subjects at this outpost.
Companions = Callable[[Outpost, Sequence[str]], Mapping[str, Sequence[Subject]]]
_SOURCES: list[Companions] = []


def register_companions(source: Companions) -> None:
    """Add a source of companions (from an upper app's ``AppConfig.ready``); the same one twice is harmless."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def companions_of(outpost: Outpost, organizations: Sequence[str]) -> dict[str, tuple[Subject, ...]]:
    """Return what belongs to each organization at an outpost, nothing for most."""
    found: dict[str, tuple[Subject, ...]] = {}
    for source in _SOURCES:
        for uid, subjects in source(outpost, organizations).items():
            found[uid] = (*found.get(uid, ()), *subjects)
    return found


def subjects_of(organization: str, companions: Sequence[Subject], chosen: str = "") -> tuple[Subject, ...]:
    """Return of whom facts are taken: the organization, and its project when it has just one or one is ``chosen``.

    Of several nobody can say which is meant, so none is taken: its facts stay unknown.
    """
    own = Subject(ORGANIZATION, organization)
    named = [each for each in companions if each.uid == chosen]
    return (own, *(named or (companions if len(companions) == 1 else ())))
