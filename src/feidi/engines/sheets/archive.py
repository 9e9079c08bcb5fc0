"""The container of an .xlsx file: checked before anything is unpacked, and counted while it is unpacked.

The central directory may lie, so every part that a reader will open is read once here against the
limits; only then may another library unpack it again.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from feidi.engines.sheets.model import Limits, UnreadableError

_CHUNK = 4 * 1024 * 1024
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_RATIO_FROM = 10 * 1024 * 1024
_ENCRYPTED_FLAG = 1
_BROKEN = (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError, zlib.error)


@contextmanager
def open_archive(data: bytes, limits: Limits) -> Iterator[zipfile.ZipFile]:
    """Open a zip after checking its directory against the limits.

    Raises UnreadableError when it is broken, encrypted, or promises too much.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN as error:
        raise UnreadableError("sheets.file.broken") from error
    with archive:
        _check_directory(archive.infolist(), limits)
        yield archive


def _check_directory(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(entries) > limits.max_entries:
        raise UnreadableError("sheets.limit.entries", count=len(entries), limit=limits.max_entries)
    names = [entry.filename.lower() for entry in entries]
    if len(set(names)) != len(names):
        # Two parts of one name: two readers may each see another one.
        raise UnreadableError("sheets.file.broken")
    total = sum(entry.file_size for entry in entries)
    if total > limits.max_unpacked_bytes:
        raise UnreadableError("sheets.limit.unpacked", megabytes=total >> 20, limit=limits.max_unpacked_bytes >> 20)
    for entry in entries:
        if entry.flag_bits & _ENCRYPTED_FLAG:
            raise UnreadableError("sheets.file.encrypted")
        if entry.file_size > _RATIO_FROM and entry.file_size > limits.max_ratio * max(1, entry.compress_size):
            raise UnreadableError("sheets.limit.ratio", part=entry.filename[:80], limit=limits.max_ratio)


def iter_part(archive: zipfile.ZipFile, name: str, limits: Limits) -> Iterator[bytes]:
    """Yield the unpacked bytes of one part in chunks; refuse document types and more bytes than allowed."""
    try:
        with archive.open(name) as stream:
            yield from _counted(stream, limits)
    except UnreadableError:
        raise
    except (KeyError, *_BROKEN) as error:
        raise UnreadableError("sheets.file.broken") from error


def _counted(stream: IO[bytes], limits: Limits) -> Iterator[bytes]:
    total, tail = 0, b""
    while chunk := stream.read(_CHUNK):
        total += len(chunk)
        if total > limits.max_unpacked_bytes:
            raise UnreadableError("sheets.limit.unpacked", megabytes=total >> 20, limit=limits.max_unpacked_bytes >> 20)
        _refuse_doctype(tail + chunk)
        tail = chunk[-64:]
        yield chunk


def _refuse_doctype(text: bytes) -> None:
    """Office files have no DOCTYPE: one is an attack by entities. UTF-16 parts are looked at without their NULs."""
    plain = text.replace(b"\x00", b"") if b"\x00" in text[:256] else text
    if b"<!" in plain and _DOCTYPE.search(plain):
        raise UnreadableError("sheets.file.entities")


def read_part(archive: zipfile.ZipFile, name: str, limits: Limits) -> bytes:
    """Return one part whole (for the small parts: workbook, styles, relations)."""
    return b"".join(iter_part(archive, name, limits))


def verify_parts(archive: zipfile.ZipFile, limits: Limits, *, skip: frozenset[str]) -> None:
    """Unpack every other part that a reader may open, so that a lying directory is found here."""
    for entry in archive.infolist():
        lower = entry.filename.lower()
        if entry.filename not in skip and lower.endswith((".xml", ".rels", ".bin")):
            for _chunk in iter_part(archive, entry.filename, limits):
                pass
