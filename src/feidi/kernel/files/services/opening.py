"""Opening a file: an access check, an audit entry, and headers that keep a browser from running it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.files.access import can_open, can_view
from feidi.kernel.files.disk import files_folder
from feidi.kernel.files.kinds import FILE_KINDS
from feidi.kernel.files.models import StoredFile
from feidi.kernel.subjects import is_personal

_GONE = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """The bytes of a file, to be read and closed by the caller, with the headers to send them with."""

    file: StoredFile
    stream: BinaryIO
    headers: dict[str, str]


def open_file(
    *, actor: Actor, now: datetime, file: StoredFile, inline: bool = False, even_voided: bool = False
) -> OpenedFile:
    """Open a file for ``actor`` and record the download.

    Refused: the actor does not see the file's subject (then it "does not exist"), holds no ``file.view``,
    the file was voided (unless ``even_voided``, for those who look at history), its bytes are missing.
    """
    if not can_view(actor, file):
        raise refuse("files.not_found")
    if not can_open(actor, file):
        raise refuse("files.may_not_open", name=file.name)
    if file.voided_at is not None and not even_voided:
        raise refuse("files.voided", name=file.name, reason=file.void_reason)
    path = path_of(file)
    if not path.is_file() or path.stat().st_size != file.size:
        raise refuse("files.bytes_missing", name=file.name)
    # what is kept of a person may be called after that person
    named = {} if is_personal(file.subject_kind) else {"name": file.name}
    with recorded(actor=actor, now=now) as unit:
        unit.acted("downloaded", kind="files.file", uid=file.uid, sha256=file.sha256, inline=inline, **named)
    return OpenedFile(file, path.open("rb"), download_headers(file, inline=inline))


def path_of(file: StoredFile) -> Path:
    """Return where the bytes lie. Takes no account of who asks: for services only."""
    return files_folder() / file.path


def download_headers(file: StoredFile, *, inline: bool = False) -> dict[str, str]:
    """Return the headers of a download: media type of the content, UTF-8 name, no guessing, no caching by others.

    ``inline`` is honoured for pictures and PDF only; everything else is an attachment.
    """
    kind = FILE_KINDS.get(file.kind)
    disposition = "inline" if inline and kind is not None and kind.inline else "attachment"
    extension = kind.extensions[0] if kind else "bin"
    return {
        "Content-Type": kind.media_type if kind else _GONE,
        "Content-Length": str(file.size),
        "Content-Disposition": f"{disposition}; filename=\"{file.uid}.{extension}\"; filename*=UTF-8''{quote(file.name, safe='')}",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
