"""Bytes on disk: written once under their SHA-256, never changed.

A file that no row names (its transaction was rolled back) is harmless: the same upload finds it again.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings

from feidi.engines.findings import refuse

_CHUNK: Final = 1 << 20
_INCOMING: Final = "incoming"


@dataclass(frozen=True, slots=True)
class Received:
    """An upload while it is examined: where it lies, its size in bytes, its digest."""

    path: Path
    size: int
    sha256: str


def files_folder() -> Path:
    """Return the folder of all uploads."""
    return Path(settings.FEIDI_FILES)


@contextmanager
def received(source: Iterable[bytes] | Path, name: str) -> Iterator[Received]:
    """Write the chunks (or a copy of the file) to a temporary file; remove it unless it was kept.

    Refused as soon as more than ``FEIDI_UPLOAD_LIMIT`` bytes have come.
    """
    folder = files_folder() / _INCOMING
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / secrets.token_hex(16)
    try:
        size, digest = _write(path, _chunks_of(source) if isinstance(source, Path) else source, name)
        yield Received(path, size, digest)
    finally:
        path.unlink(missing_ok=True)


def keep(upload: Received) -> str:
    """Move an upload to its place and return that place relative to the folder. Equal bytes are kept once."""
    relative = f"{upload.sha256[:2]}/{upload.sha256[2:4]}/{upload.sha256}"
    target = files_folder() / relative
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not target.exists() or target.stat().st_size != upload.size:
        upload.path.replace(target)
    return relative


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _write(path: Path, chunks: Iterable[bytes], name: str) -> tuple[int, str]:
    limit, size, hasher = int(settings.FEIDI_UPLOAD_LIMIT), 0, hashlib.sha256()
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        for chunk in chunks:
            size += len(chunk)
            if size > limit:
                raise refuse("files.too_large", name=name, limit_mb=max(1, limit >> 20))
            hasher.update(chunk)
            stream.write(chunk)
        stream.flush()
        os.fsync(stream.fileno())
    return size, hasher.hexdigest()


def _chunks_of(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk
