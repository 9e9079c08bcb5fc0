"""Sealing 加密: personal values at rest, and a blind index to find them again.

A sealed value is ``version | key id | algorithm id | nonce | ciphertext``: both ids travel with the
value, so that keys rotate and SM4-GCM can follow AES-GCM without touching old rows. The row's own
address is the associated data: a value copied into another row does not open.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from feidi.kernel.sealing.keys import read_or_make_field_keys

_VERSION = 1
_AES_GCM = 1
_NONCE = 12


class UnreadableError(ValueError):
    """A sealed value cannot be opened: its key is not here, or it was altered or moved."""


@lru_cache(maxsize=1)
def _keys() -> dict[str, bytes]:
    return read_or_make_field_keys(settings.FEIDI_KEYS)


def seal(text: str, *, context: str) -> bytes:
    """Encrypt ``text`` for the row named by ``context`` (``parties.contact_point:<uid>``)."""
    key_id, key = list(_keys().items())[-1]
    nonce = os.urandom(_NONCE)
    name = key_id.encode()
    head = bytes([_VERSION, len(name)]) + name + bytes([_AES_GCM])
    return head + nonce + AESGCM(key).encrypt(nonce, text.encode(), context.encode())


def unseal(sealed: bytes | memoryview, *, context: str) -> str:
    """Decrypt a value sealed for the same ``context``; raises ``UnreadableError``."""
    raw = bytes(sealed)
    if len(raw) < 3 or raw[0] != _VERSION:  # noqa: PLR2004 - version, length, algorithm
        message = "not a sealed value"
        raise UnreadableError(message)
    name_end = 2 + raw[1]
    key = _keys().get(raw[2:name_end].decode("ascii", "replace"))
    algorithm = raw[name_end]
    if key is None or algorithm != _AES_GCM:
        message = f"key {raw[2:name_end]!r} or algorithm {algorithm} is not here"
        raise UnreadableError(message)
    nonce = raw[name_end + 1 : name_end + 1 + _NONCE]
    try:
        return AESGCM(key).decrypt(nonce, raw[name_end + 1 + _NONCE :], context.encode()).decode()
    except InvalidTag as error:
        message = "altered, or moved from another row"
        raise UnreadableError(message) from error


def blind_index(text: str) -> str:
    """Return a keyed digest by which equal values are found without opening them."""
    key = next(iter(_keys().values()))
    return hmac.new(key, b"blind:" + text.encode(), hashlib.sha256).hexdigest()[:40]
