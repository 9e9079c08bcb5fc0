"""``DATABASE_URL`` as Django's settings want it."""

from __future__ import annotations

from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

_POSTGRESQL = frozenset({"postgres", "postgresql"})


def parse_database_url(url: str) -> dict[str, Any]:
    """Return the settings of ``postgres://user:password@host:port/name?option=value`` or ``sqlite:///path``.

    A unix socket's folder is given percent-encoded as the host (``%2Frun%2Fpostgresql``). ValueError otherwise.

    >>> parse_database_url("postgres://feidi:p%40ss@db:5433/feidi?sslmode=require")["HOST"]
    'db'
    >>> parse_database_url("sqlite:////srv/feidi.sqlite3")["NAME"]
    '/srv/feidi.sqlite3'
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite" and parts.path[1:]:
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": unquote(parts.path[1:])}
    if parts.scheme in _POSTGRESQL and parts.path[1:]:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path[1:]),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": _host(parts),
            "PORT": str(parts.port or ""),
            "OPTIONS": dict(parse_qsl(parts.query)),
        }
    message = "DATABASE_URL: only postgres://…/name and sqlite:///path are supported"
    raise ValueError(message)


def _host(parts: SplitResult) -> str:
    # ``hostname`` would fold a socket folder's capitals
    place = parts.netloc.rpartition("@")[2]
    return (parts.hostname or "") if place.startswith("[") else unquote(place.partition(":")[0])
