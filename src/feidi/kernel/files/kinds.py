"""The kinds of file that are taken, and how each is named and served."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class FileKind:
    """One accepted kind: its code, the extensions a name may bear (the first is the usual one), its media type.

    ``inline``: a browser may show it inside the page; everything else is only ever downloaded.
    """

    code: str
    extensions: tuple[str, ...]
    media_type: str
    inline: bool = False


_OFFICE = "application/vnd.openxmlformats-officedocument"
FILE_KINDS: Final = {
    kind.code: kind
    for kind in (
        FileKind("pdf", ("pdf",), "application/pdf", inline=True),
        FileKind("jpeg", ("jpg", "jpeg"), "image/jpeg", inline=True),
        FileKind("png", ("png",), "image/png", inline=True),
        FileKind("webp", ("webp",), "image/webp", inline=True),
        FileKind("xlsx", ("xlsx",), f"{_OFFICE}.spreadsheetml.sheet"),
        FileKind("xls", ("xls", "et"), "application/vnd.ms-excel"),
        FileKind("docx", ("docx",), f"{_OFFICE}.wordprocessingml.document"),
        FileKind("csv", ("csv", "tsv"), "text/csv; charset=utf-8"),
        FileKind("txt", ("txt",), "text/plain; charset=utf-8"),
    )
}
PICTURES: Final = frozenset({"jpeg", "png", "webp"})
ACCEPTED_WORDS: Final = "PDF、JPG、PNG、WEBP、XLSX、XLS、DOCX、CSV、TXT"
