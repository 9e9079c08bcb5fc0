"""Who acts, and what they were granted. Knows no outpost: a scope is a kind and a number."""

from feidi.kernel.access.actor import (
    ANONYMOUS,
    Actor,
    ActorKind,
    Grant,
    Scope,
    ScopeKind,
    command_actor,
    schedule_actor,
)
from feidi.kernel.access.grants import GrantSource, actor_for_user, grant_source, set_grant_source

__all__ = [
    "ANONYMOUS",
    "Actor",
    "ActorKind",
    "Grant",
    "GrantSource",
    "Scope",
    "ScopeKind",
    "actor_for_user",
    "command_actor",
    "grant_source",
    "schedule_actor",
    "set_grant_source",
]
