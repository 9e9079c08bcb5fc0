"""What a file really is, by its first bytes: the extension is only a claim."""

from __future__ import annotations

import io
import zipfile

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TEXT_REFUSED = ((b"%pdf", "pdf"), (b"{\\rtf", "rtf"))
#: A bare BIFF stream is Excel 2 to 4; pictures and other archives are named so that the refusal can say it.
_BINARY = (
    (
        (b"\x09\x08\x10\x00", b"\x09\x08\x08\x00", b"\x09\x04\x06\x00", b"\x09\x02\x06\x00", b"\x09\x00\x04\x00"),
        "xls_old",
    ),
    ((b"\x89PNG", b"\xff\xd8\xff", b"GIF8"), "image"),
    ((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b"), "archive"),
)
#: Extensions that are plain text with separators.
TEXT_EXTENSIONS = frozenset({"csv", "tsv", "txt", "tab"})


def extension_of(name: str) -> str:
    """Return the extension in lower case without dot.

    >>> extension_of("台账.XLSX"), extension_of("no")
    ('xlsx', '')
    """
    return name.rpartition(".")[2].lower() if "." in name else ""


def sniff(head: bytes, data: bytes) -> str:
    """Name the kind: xlsx xlsm xlsb ods docx pptx zip xls doc encrypted et ole pdf html xml image rtf empty text."""
    if not data:
        return "empty"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _sniff_zip(data)
    if head.startswith(_OLE):
        return _sniff_ole(data)
    for magics, kind in _BINARY:
        if head.startswith(magics):
            return kind
    return _sniff_text(head)


def _sniff_zip(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {name.lower() for name in archive.namelist()[:5000]}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return "broken_zip"
    if any(name.endswith("vbaproject.bin") for name in names):
        return "xlsm"
    for part, kind in (
        ("xl/workbook.bin", "xlsb"),
        ("xl/workbook.xml", "xlsx"),
        ("word/document.xml", "docx"),
        ("ppt/presentation.xml", "pptx"),
    ):
        if part in names:
            return kind
    if "content.xml" in names and "mimetype" in names:
        return "ods"
    # The workbook part may have another name; it is then found through the package relations.
    return "xlsx" if "[content_types].xml" in names and any("worksheets/" in name for name in names) else "zip"


def _sniff_ole(data: bytes) -> str:
    def has(name: str) -> bool:
        return name.encode("utf-16-le") in data

    if has("EncryptedPackage"):
        return "encrypted"
    if has("_VBA_PROJECT") and (has("Workbook") or has("Book")):
        return "xls_macros"
    if has("Workbook") or has("Book"):
        return "xls"
    if has("WordDocument"):
        return "doc"
    if has("PowerPoint Document"):
        return "ppt"
    return "ole"


def _sniff_text(head: bytes) -> str:
    lower = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    for magic, kind in _TEXT_REFUSED:
        if lower.startswith(magic):
            return kind
    if lower.startswith((b"<!doctype html", b"<html")) or (lower.startswith(b"<") and b"<table" in lower):
        return "html"
    if lower.startswith((b"<?xml", b"<workbook")):
        return "xml"
    if lower.startswith(b"mime-version:"):
        return "html"
    return "text"
