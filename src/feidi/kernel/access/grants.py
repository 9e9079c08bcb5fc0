"""Where grants come from: the domain registers one source (``parties.Membership``)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from feidi.kernel.access.actor import Actor, ActorKind, Grant


class UserLike(Protocol):
    """What of a user is needed to act."""

    pk: int
    login: str
    display_name: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A user's grants and the organizations the user works for, at one moment."""

    grants: tuple[Grant, ...]
    organization_ids: frozenset[int]


GrantSource = Callable[[int, datetime], Standing]
_source: list[GrantSource] = []


def set_grant_source(source: GrantSource) -> None:
    """Register the one function that knows a user's standing."""
    _source[:] = [source]


def grant_source() -> GrantSource:
    """Return the registered source; without one nobody is granted anything."""
    return _source[0] if _source else (lambda _user_id, _now: Standing((), frozenset()))


def actor_for_user(user: UserLike, now: datetime) -> Actor:
    """Return the person behind a signed-in user, with what they hold at ``now``."""
    standing = grant_source()(user.pk, now)
    return Actor(
        kind=ActorKind.PERSON,
        label=f"{user.display_name} ({user.login})",
        user_id=user.pk,
        grants=standing.grants,
        organization_ids=standing.organization_ids,
    )
