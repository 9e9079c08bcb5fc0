"""The keys beside a backup, never in it: fingerprints in the manifest, the keys themselves in a file of their own."""

from __future__ import annotations

import hashlib
import json
import os
from datetime import datetime
from pathlib import Path

from django.conf import settings

from feidi.engines.findings import refuse
from feidi.kernel import sealing
from feidi.kernel.sealing.keys import FIELD_KEYS_FILE, SECRET_FILE, read_or_make_field_keys

_SECRET = "secret"  # noqa: S105 - the name of a key, not a key


def _fingerprint(key: bytes) -> str:
    # keys are 256 random bits: sixteen hex digits of a digest tell them apart and give nothing away
    return hashlib.sha256(b"feidi key:" + key).hexdigest()[:16]


def fingerprints() -> dict[str, str]:
    """Return {key id: fingerprint} of the installation's keys; ``secret`` is the signing key."""
    fields = read_or_make_field_keys(settings.FEIDI_KEYS)
    return {_SECRET: _fingerprint(settings.SECRET_KEY.encode())} | {
        name: _fingerprint(key) for name, key in fields.items()
    }


def missing(expected: dict[str, str]) -> list[str]:
    """Return the ids of the keys that the manifest names and this installation does not have."""
    here = fingerprints()
    return sorted(name for name, fingerprint in expected.items() if here.get(name) != fingerprint)


def write_keys(path: Path) -> None:
    """Write the installation's keys to ``path`` (mode 0600); refused when the file exists."""
    read_or_make_field_keys(settings.FEIDI_KEYS)
    fields = (settings.FEIDI_KEYS / FIELD_KEYS_FILE).read_text(encoding="ascii")
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise refuse("backup.exists", path=path.name) from None
    with os.fdopen(descriptor, "w", encoding="ascii") as handle:
        json.dump({SECRET_FILE: settings.SECRET_KEY, FIELD_KEYS_FILE: fields}, handle)


def read_keys(path: Path) -> dict[str, str]:
    """Return {file name: text} from a file of ``write_keys`` or a keys folder; refused when it is neither."""
    try:
        if path.is_dir():
            texts = {name: (path / name).read_text(encoding="ascii") for name in (SECRET_FILE, FIELD_KEYS_FILE)}
        else:
            loaded = json.loads(path.read_text(encoding="ascii"))
            texts = {name: str(loaded[name]) for name in (SECRET_FILE, FIELD_KEYS_FILE)}
    except (OSError, ValueError, KeyError, TypeError):
        raise refuse("backup.keys_unreadable", path=path.name) from None
    return texts


def install_keys(texts: dict[str, str], *, now: datetime) -> None:
    """Put the keys into the keys folder and use them from here on; keys found there are kept beside, dated."""
    folder: Path = settings.FEIDI_KEYS
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name, text in texts.items():
        target = folder / name
        if target.exists() and target.read_text(encoding="ascii").strip() != text.strip():
            target.rename(folder / f"{name}.before-restore-{now:%Y%m%d%H%M%S}")
        if not target.exists():
            descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="ascii") as handle:
                handle.write(text)
    settings.SECRET_KEY = texts[SECRET_FILE].strip()
    sealing._keys.cache_clear()  # noqa: SLF001 - the one place where keys change under a running process
