"""People of the tests of identity: one user, and the administrator who looks after accounts."""

from __future__ import annotations

from datetime import datetime

from feidi.kernel.access import Actor, ActorKind, Grant, Scope, ScopeKind, actor_for_user
from feidi.kernel.identity.models import User
from feidi.kernel.identity.services.users import add_user

PASSWORD = "yunxi-bridge-2026"
NUMBER = "13900001234"
ADMIN = Actor(
    kind=ActorKind.PERSON,
    label="admin",
    grants=(Grant("administrator", frozenset({"user.manage"}), Scope(ScopeKind.INSTALLATION)),),
)


def a_user(now: datetime, login: str = "zhang.san", name: str = "张三") -> User:
    return add_user(actor=ADMIN, now=now, login=login, display_name=name, password=PASSWORD, must_change=False)


def themselves(user: User, now: datetime) -> Actor:
    return actor_for_user(user, now)
