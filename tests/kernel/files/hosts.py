"""A stand-in for a domain row on which files, evidence, forms, clocks and to-dos hang.

The host is a user row; an actor sees it who holds ``host.view`` over the organization of the same number.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import count
from zoneinfo import ZoneInfo

from feidi.kernel.access import Actor, ActorKind, Grant, Scope, ScopeKind
from feidi.kernel.identity.models import User
from feidi.kernel.subjects import Subject, SubjectKind, register, registry

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
KIND = "test.host"
_numbers = count(1)


@contextmanager
def host_kind() -> Iterator[None]:
    register(
        SubjectKind(
            kind=KIND,
            model="identity.User",
            label=str,
            visible_to=lambda actor, rows: rows.filter(pk__in=actor.scopes("host.view", ScopeKind.ORGANIZATION)),
        )
    )
    try:
        yield
    finally:
        registry._KINDS.pop(KIND)


def make_user(name: str = "某人") -> User:
    return User.objects.create(login=f"u{next(_numbers)}", display_name=name, created_at=NOW)


def subject_of(row: User) -> Subject:
    return Subject(KIND, row.uid)


def make_actor(
    *hosts: User, user: User | None = None, permissions: tuple[str, ...] = ("file.view", "todo.edit")
) -> Actor:
    """Return a person who sees ``hosts`` and holds ``permissions`` over them."""
    user = user or make_user()
    granted = frozenset({"host.view", *permissions})
    return Actor(
        kind=ActorKind.PERSON,
        label=f"{user.display_name} ({user.login})",
        user_id=user.pk,
        grants=tuple(Grant("officer", granted, Scope(ScopeKind.ORGANIZATION, host.pk)) for host in hosts),
    )
