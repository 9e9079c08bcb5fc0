"""Static files: collected when they differ from what was collected last."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

_STAMP = ".collected"


def present_digest() -> str:
    """Return a digest of the name, size and time of every static source file."""
    hasher = hashlib.sha256(str(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
            status = Path(storage.path(name)).stat()
            hasher.update(f"{name}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return hasher.hexdigest()


def collect_if_stale() -> bool:
    """Collect the static files unless nothing changed since the last time; tells whether it did."""
    root = Path(settings.STATIC_ROOT)
    stamp = root / _STAMP
    digest = present_digest()
    if stamp.exists() and stamp.read_text(encoding="ascii") == digest:
        return False
    root.mkdir(parents=True, exist_ok=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(digest, encoding="ascii")
    return True
