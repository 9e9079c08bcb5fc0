"""Text and attachments of a mail as one sealed value."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from feidi.kernel.sealing import seal, unseal


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes along: its name, its type (``text/calendar; method=REQUEST``), its bytes."""

    name: str
    content_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Body:
    """What a mail says."""

    text: str
    attachments: Sequence[Attachment] = ()
    headers: Mapping[str, str] = field(default_factory=dict)


def seal_body(body: Body, uid: str) -> bytes:
    """Encrypt a body for the mail ``uid``."""
    files = [[each.name, each.content_type, b64encode(each.data).decode()] for each in body.attachments]
    told = {"text": body.text, "attachments": files, "headers": dict(body.headers)}
    return seal(json.dumps(told, ensure_ascii=False), context=_context(uid, "body"))


def unseal_body(sealed: bytes | memoryview, uid: str) -> Body:
    """Decrypt a body; raises ``UnreadableError`` without its key."""
    told = json.loads(unseal(sealed, context=_context(uid, "body")))
    files = [Attachment(name, content_type, b64decode(data)) for name, content_type, data in told["attachments"]]
    return Body(told["text"], files, told["headers"])


def seal_address(address: str, uid: str) -> bytes:
    """Encrypt an address for the mail ``uid``."""
    return seal(address, context=_context(uid, "to"))


def unseal_address(sealed: bytes | memoryview, uid: str) -> str:
    """Decrypt an address; raises ``UnreadableError`` without its key."""
    return unseal(sealed, context=_context(uid, "to"))


def mask_address(address: str) -> str:
    """Return an address of which only the first letter and the server show.

    >>> mask_address("li.si@example.cn")
    'l***@example.cn'
    """
    name, _at, server = address.rpartition("@")
    return f"{name[:1]}***@{server}"[:80]


def _context(uid: str, part: str) -> str:
    return f"notify.mail:{uid}:{part}"
