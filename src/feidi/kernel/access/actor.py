"""The frozen actor that every service takes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class ActorKind(StrEnum):
    """Through which door somebody acts."""

    PERSON = "person"
    TOKEN = "token"  # noqa: S105 - a kind of actor
    SCHEDULE = "schedule"
    COMMAND = "command"
    ANONYMOUS = "anonymous"


class ScopeKind(StrEnum):
    """What a role is held over. The domain decides what the numbers mean."""

    INSTALLATION = "installation"
    OUTPOST = "outpost"
    HOME = "home"
    ORGANIZATION = "organization"


@dataclass(frozen=True, slots=True)
class Scope:
    """The extent of a grant: one outpost, one home place, one organization, or the installation (id None)."""

    kind: ScopeKind
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Grant:
    """A role held over a scope, with the permissions that content gives this role."""

    role: str
    permissions: frozenset[str]
    scope: Scope


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: through which door, which user (or none), with which grants, for whom.

    ``label`` is what the audit trail shows. ``organization_id`` is the organization the person works
    for (an operator's staff may not verify their own operator's landings), None when not stated.
    """

    kind: ActorKind
    label: str
    user_id: int | None = None
    grants: tuple[Grant, ...] = ()
    organization_ids: frozenset[int] = frozenset()
    on_behalf_of: str | None = None

    def scopes(self, permission: str, kind: ScopeKind) -> frozenset[int]:
        """Return the ids of the scopes of ``kind`` over which the actor holds ``permission``."""
        return frozenset(
            grant.scope.id
            for grant in self.grants
            if permission in grant.permissions and grant.scope.kind is kind and grant.scope.id is not None
        )

    def may(self, permission: str, *scopes: Scope) -> bool:
        """Tell whether ``permission`` is granted over any of ``scopes`` (none given: over anything)."""
        if not scopes:
            return any(permission in grant.permissions for grant in self.grants)
        return any(permission in grant.permissions and grant.scope in scopes for grant in self.grants)

    def roles(self, *scopes: Scope) -> frozenset[str]:
        """Return the role codes held over any of ``scopes`` (none given: all)."""
        return frozenset(grant.role for grant in self.grants if not scopes or grant.scope in scopes)

    def for_person(self, name: str) -> Actor:
        """Return the same actor, acting on behalf of a named person (a signature on paper)."""
        return replace(self, on_behalf_of=name)


ANONYMOUS = Actor(kind=ActorKind.ANONYMOUS, label="anonymous")


def schedule_actor(name: str) -> Actor:
    """Return the actor of a timed job: it holds no grant; services that it calls take what they need."""
    return Actor(kind=ActorKind.SCHEDULE, label=f"schedule:{name}")


def command_actor(actor: Actor) -> Actor:
    """Return ``actor`` acting through the command line."""
    return replace(actor, kind=ActorKind.COMMAND)
