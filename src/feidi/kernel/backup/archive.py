"""The archive: a ``.tar.gz`` whose last member, the manifest, names every other one with its SHA-256."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import IO, Any, Self

from typing_extensions import override

from feidi.engines.findings import refuse

FORMAT = 1
MANIFEST = "manifest.json"
TABLES, FILES = "tables", "files"
_BLOCK = 1 << 20
#: What reading a damaged or foreign archive raises, depending on where it is damaged.
_DAMAGE = (tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError, OSError, ValueError, KeyError, TypeError)


class _Hashing(io.RawIOBase):
    """Reads through to another stream and digests what passes."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self.sha256 = hashlib.sha256()

    @override
    def read(self, size: int = -1) -> bytes:
        block = self._source.read(size)
        self.sha256.update(block)
        return block


class ArchiveWriter:
    """Writes members, remembers their checksums, ends with the manifest; nothing appears under the name before."""

    def __init__(self, path: Path) -> None:
        if path.exists():
            raise refuse("backup.exists", path=path.name)
        self._path = path
        self._partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
        self.members: dict[str, dict[str, Any]] = {}

    def __enter__(self) -> Self:
        """Open the partial file (mode 0600)."""
        descriptor = os.open(self._partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        self._raw = os.fdopen(descriptor, "wb")
        self._gzip = gzip.GzipFile(filename="", fileobj=self._raw, mode="wb", compresslevel=5, mtime=0)
        self._tar = tarfile.open(fileobj=self._gzip, mode="w|", format=tarfile.PAX_FORMAT)
        return self

    def add(self, name: str, source: IO[bytes], size: int) -> None:
        """Add ``size`` bytes of ``source`` as ``name``; OSError when it holds fewer."""
        info = tarfile.TarInfo(name)
        info.size, info.mode = size, 0o600
        hashing = _Hashing(source)
        self._tar.addfile(info, hashing)
        self.members[name] = {"bytes": size, "sha256": hashing.sha256.hexdigest()}

    def finish(self, manifest: dict[str, Any]) -> None:
        """Add the manifest with the checksums of all members, and put the archive under its name."""
        text = json.dumps({**manifest, "members": self.members}, ensure_ascii=False, indent=1).encode()
        info = tarfile.TarInfo(MANIFEST)
        info.size, info.mode = len(text), 0o600
        self._tar.addfile(info, io.BytesIO(text))
        self._tar.close()
        self._gzip.close()
        self._raw.flush()
        os.fsync(self._raw.fileno())
        self._raw.close()
        self._partial.rename(self._path)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Throw the partial file away unless ``finish`` has been reached."""
        if not self._raw.closed:
            self._raw.close()
        self._partial.unlink(missing_ok=True)


@contextmanager
def _reading(path: Path) -> Iterator[tarfile.TarFile]:
    with path.open("rb") as raw, tarfile.open(fileobj=raw, mode="r|gz") as tar:
        yield tar


def members_of(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """Yield (name, stream) of every member but the manifest, in the archive's order."""
    with _reading(path) as tar:
        for info in tar:
            stream = tar.extractfile(info)
            if stream is not None and info.name != MANIFEST:
                yield info.name, stream


def verify_archive(path: Path) -> dict[str, Any]:
    """Read the whole archive and compare every checksum; returns the manifest.

    Refused: ``backup.unreadable`` (not an archive of ours), ``backup.damaged`` (which member and why),
    ``backup.unknown_format``.
    """
    found: dict[str, str] = {}
    last = MANIFEST
    manifest: dict[str, Any] | None = None
    try:
        with _reading(path) as tar:
            for info in tar:
                last = info.name
                stream = tar.extractfile(info)
                if stream is None:
                    raise refuse("backup.damaged", member=info.name, why="not a file")
                if info.name == MANIFEST:
                    manifest = json.loads(stream.read())
                else:
                    found[info.name] = _digest(stream)
    except _DAMAGE as error:
        if not found and manifest is None:
            raise refuse("backup.unreadable", path=path.name) from error
        raise refuse("backup.damaged", member=last, why=type(error).__name__) from error
    if manifest is None:
        raise refuse("backup.damaged", member=MANIFEST, why="missing")
    _compare(manifest, found)
    return manifest


def _digest(stream: IO[bytes]) -> str:
    hasher = hashlib.sha256()
    while block := stream.read(_BLOCK):
        hasher.update(block)
    return hasher.hexdigest()


def _compare(manifest: dict[str, Any], found: dict[str, str]) -> None:
    if manifest.get("format") != FORMAT:
        raise refuse("backup.unknown_format", format=str(manifest.get("format")))
    expected = {name: each["sha256"] for name, each in manifest["members"].items()}
    for name in sorted(expected.keys() | found.keys()):
        if name not in found:
            raise refuse("backup.damaged", member=name, why="missing")
        if expected.get(name) != found[name]:
            raise refuse("backup.damaged", member=name, why="checksum")
        if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
            raise refuse("backup.damaged", member=name, why="path")


def read_manifest(path: Path) -> dict[str, Any]:
    """Return the manifest of an archive without comparing checksums; ValueError when it has none."""
    try:
        with _reading(path) as tar:
            for info in tar:
                if info.name == MANIFEST and (stream := tar.extractfile(info)) is not None:
                    return dict(json.loads(stream.read()))
    except _DAMAGE as error:
        raise ValueError(path.name) from error
    raise ValueError(path.name)
