"""What a file really is, told by its bytes. The extension is only a claim; text alone has to be named as text."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Final

from feidi.engines.findings import refuse
from feidi.kernel.files.kinds import ACCEPTED_WORDS, FILE_KINDS

_HEAD: Final = 4096
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAX_PARTS: Final = 5000
_MAX_UNPACKED: Final = 1 << 30
_RATIO_FROM: Final = 10 << 20
_MAX_RATIO: Final = 200
_ENCRYPTED: Final = 1
_BROKEN_ZIP: Final = (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError)
_ACTIVE_STARTS: Final = (b"<!doctype", b"<html", b"<svg", b"<?xml", b"<script", b"<?php", b"#!", b"mime-version:")
_ACTIVE_ANYWHERE: Final = (b"<script", b"<html", b"<svg", b"javascript:")
_ARCHIVES: Final = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_HEIC_BRANDS: Final = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
_USUAL: Final = re.compile(r"[\t\r\n -~\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_MOSTLY: Final = 0.95
_PRINTABLE_FROM: Final = 32
_TEXT_CONTROLS: Final = frozenset(b"\t\n\r\f\x1b\x1a")


def sniff(path: Path, name: str) -> str:
    """Return the code of the accepted kind in ``path``, or refuse with what it is instead.

    Refused: empty, archives, macros, encrypted office files, pages and programs, old office kinds, anything unknown.
    """
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    if not head:
        raise refuse("files.empty", name=name)
    return _of_pictures(head, name) or _of_containers(path, head, name) or _of_text(head, name)


def _of_pictures(head: bytes, name: str) -> str | None:
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        raise refuse("files.heic", name=name)
    return None


def _of_containers(path: Path, head: bytes, name: str) -> str | None:
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK"):
        return _of_zip(path, name)
    if head.startswith(_OLE):
        return _of_ole(path, name)
    if head.startswith(_ARCHIVES):
        raise refuse("files.archive", name=name)
    return None


def _of_zip(path: Path, name: str) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except _BROKEN_ZIP as error:
        raise refuse("files.broken", name=name) from error
    _check_directory(entries, name)
    names = {entry.filename.lower() for entry in entries}
    if any("vbaproject" in each or each.endswith(("/activex1.xml", ".xlm")) for each in names):
        raise refuse("files.macro", name=name)
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.bin" in names or "ppt/presentation.xml" in names or "content.xml" in names:
        raise refuse("files.office_kind", name=name, accepted=ACCEPTED_WORDS)
    raise refuse("files.archive", name=name)


def _check_directory(entries: list[zipfile.ZipInfo], name: str) -> None:
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise refuse("files.encrypted", name=name)
    swollen = any(
        entry.file_size > _RATIO_FROM and entry.file_size > _MAX_RATIO * max(1, entry.compress_size)
        for entry in entries
    )
    if swollen or len(entries) > _MAX_PARTS or sum(entry.file_size for entry in entries) > _MAX_UNPACKED:
        raise refuse("files.bomb", name=name)


def _of_ole(path: Path, name: str) -> str:
    data = path.read_bytes()

    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if has("EncryptedPackage"):
        raise refuse("files.encrypted", name=name)
    if has("_VBA_PROJECT"):
        raise refuse("files.macro", name=name)
    if has("Workbook") or has("Book"):
        return "xls"
    raise refuse("files.office_kind", name=name, accepted=ACCEPTED_WORDS)


def _of_text(head: bytes, name: str) -> str:
    extension = name.rpartition(".")[2].lower()
    plain = _eight_bit(head)
    lower = plain.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if lower.startswith(_ACTIVE_STARTS) or any(each in lower for each in _ACTIVE_ANYWHERE):
        raise refuse("files.active", name=name)
    if any(byte < _PRINTABLE_FROM and byte not in _TEXT_CONTROLS for byte in plain):
        raise refuse("files.unknown_kind", name=name, accepted=ACCEPTED_WORDS)
    for code in ("csv", "txt"):
        if extension in FILE_KINDS[code].extensions:
            return code
    raise refuse("files.text_named_otherwise", name=name, extension=extension)


def _eight_bit(head: bytes) -> bytes:
    """Return UTF-16 (by its mark, or by how it reads) as UTF-8, anything else unchanged."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace").encode()
    if b"\x00" in head:
        for encoding in ("utf-16-le", "utf-16-be"):
            text = head.decode(encoding, "replace")
            if len(_USUAL.findall(text)) >= len(text) * _MOSTLY:
                return text.encode()
    return head
