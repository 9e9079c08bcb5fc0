"""Keys made on first start and kept outside the database: the session secret and the field-encryption keys.

The folder is readable by its owner only. A backup never contains it; ``feidi doctor`` says so.
"""

from __future__ import annotations

import base64
import os
import secrets
from pathlib import Path

SECRET_FILE = "secret.key"  # noqa: S105 - a file name
FIELD_KEYS_FILE = "fields.keys"


def _write_private(path: Path, text: str) -> str:
    """Create ``path`` with mode 0600; when another process was faster, return what it wrote."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as handle:
        handle.write(text)
        handle.flush()
        os.fsync(handle.fileno())
    try:
        # a hard link fails when the name exists: the first writer wins, nobody reads half a key
        os.link(temporary, path)
    except FileExistsError:
        return path.read_text(encoding="ascii")
    finally:
        temporary.unlink()
    return text


def read_or_make_secret_key(folder: Path) -> str:
    """Return the signing key of sessions and tokens, making it when the folder has none."""
    path = folder / SECRET_FILE
    if path.exists():
        return path.read_text(encoding="ascii").strip()
    return _write_private(path, secrets.token_urlsafe(50)).strip()


def read_or_make_field_keys(folder: Path) -> dict[str, bytes]:
    """Return {key id: 32 bytes}, newest last, making a first key ``k1`` when the folder has none.

    File format: one ``<key id> <algorithm> <base64>`` per line. The last line encrypts; all decrypt.
    """
    path = folder / FIELD_KEYS_FILE
    text = path.read_text(encoding="ascii") if path.exists() else ""
    if not text:
        first = base64.b64encode(secrets.token_bytes(32)).decode()
        text = _write_private(path, f"k1 AESGCM {first}\n")
    keys: dict[str, bytes] = {}
    for line in text.splitlines():
        if line.strip():
            key_id, _algorithm, encoded = line.split()
            keys[key_id] = base64.b64decode(encoded)
    return keys
