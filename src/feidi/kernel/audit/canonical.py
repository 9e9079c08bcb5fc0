"""The one way a row's values become text, and text becomes a digest.

SHA-256 today; the algorithm's name stands in every link, so that SM3 can follow.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping, Sized
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings

from feidi.kernel.audit.register import AuditedKind

ALGORITHM = "SHA256"
#: How a keyed digest begins.
KEYED = "keyed:"
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


def keyed_digest(value: Any, *, place: str = "") -> str:
    """Return a digest of a personal value that nobody without the installation's key can guess.

    ``place`` binds it to one field of one row (``place_of``), so that equal answers of two persons do not look equal.
    Entries made before that are bound to none.
    """
    text = json.dumps(plain(value), ensure_ascii=False, sort_keys=True)
    key = settings.SECRET_KEY.encode()
    return KEYED + hmac.new(key, f"{place}{text}".encode(), hashlib.sha256).hexdigest()[:32]


def is_keyed(recorded: Json) -> bool:
    """Tell whether a recorded value is a keyed digest."""
    return isinstance(recorded, str) and recorded.startswith(KEYED)


def place_of(kind: str, uid: str, name: str) -> str:
    """Return the name of one field of one row, to which its digest is bound."""
    return f"{kind}:{uid}:{name}:"


def says_something(value: Any) -> bool:
    """Tell whether there is anything to hide: 0 and False are answers, an empty text or list is none."""
    return value is not None and not (isinstance(value, Sized) and len(value) == 0)


def state_of(row: Any, kind: AuditedKind) -> dict[str, Json]:
    """Return the recorded values of ``row``: field name → value (foreign keys by id, personal by digest)."""
    values = {each.name: getattr(row, each.attname) for each in kind.fields()}
    hidden = {name for name in kind.personal_in(row) & values.keys() if says_something(values[name])}
    return {
        name: keyed_digest(value, place=place_of(kind.kind, row.uid, name)) if name in hidden else plain(value)
        for name, value in values.items()
    }


def reason_for(row: Any, kind: AuditedKind, reason: str) -> str:
    """Return the reason of a change as the trail keeps it: of a row about a person by digest, for it may tell on them."""
    if not reason or not kind.about_a_person(row):
        return reason
    return keyed_digest(reason, place=place_of(kind.kind, row.uid, "reason"))


def differing(row: Any, kind: AuditedKind, recorded: Mapping[str, Json]) -> list[str]:
    """Return the fields of ``row`` that do not hold what an entry recorded.

    A value is proved in the form in which it was recorded, in clear or as a digest: a field may become personal later
    without its earlier entries reading as altered.
    """
    personal = kind.personal_in(row)

    def holds(name: str, value: Any) -> bool:
        then = recorded[name]
        if plain(value) == then and not (name in personal and is_keyed(then)):
            return True
        place = place_of(kind.kind, row.uid, name)
        return is_keyed(then) and then in {keyed_digest(value, place=place), keyed_digest(value)}

    values = {each.name: getattr(row, each.attname) for each in kind.fields() if each.name in recorded}
    return sorted(name for name, value in values.items() if not holds(name, value))


def digest(*parts: Json) -> str:
    """Return the hex digest of ``parts`` in canonical JSON."""
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
