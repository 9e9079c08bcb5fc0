"""The one way a row's values become text, and text becomes a digest.

SHA-256 today; the algorithm's name stands in every link, so that SM3 can follow.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Model

from feidi.kernel.audit.register import AuditedKind

ALGORITHM = "SHA256"
Json = None | bool | int | float | str | list[Any] | dict[str, Any]


def plain(value: Any) -> Json:
    """Return ``value`` as JSON holds it: times in UTC, dates as ISO, decimals and the rest as text."""
    match value:
        case None | bool() | int() | float() | str():
            return value
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case Decimal():
            return str(value)
        case bytes() | memoryview():
            return hashlib.sha256(bytes(value)).hexdigest()
        case Mapping():
            return {str(key): plain(each) for key, each in value.items()}
        case list() | tuple() | set() | frozenset():
            return [plain(each) for each in value]
        case _:
            return str(value)


def keyed_digest(value: Any) -> str:
    """Return a digest of a personal value that nobody without the installation's key can guess."""
    text = json.dumps(plain(value), ensure_ascii=False, sort_keys=True).encode()
    key = settings.SECRET_KEY.encode()
    return "keyed:" + hmac.new(key, text, hashlib.sha256).hexdigest()[:32]


def state_of(row: Model, kind: AuditedKind) -> dict[str, Json]:
    """Return the recorded values of ``row``: field name → value (foreign keys by id, personal by digest)."""
    state: dict[str, Json] = {}
    for each in kind.fields():
        value = getattr(row, each.attname)
        state[each.name] = keyed_digest(value) if each.name in kind.personal and value else plain(value)
    return state


def digest(*parts: Json) -> str:
    """Return the hex digest of ``parts`` in canonical JSON."""
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
