"""The text of a file's first page, for the search of secrecy marks. Reads little, and says when it could not."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse
from python_calamine import CalamineError, CalamineWorkbook

_TEXT_BYTES: Final = 16_384
_PART_BYTES: Final = 4 << 20
_PIECES: Final = 300
_PDF_SECONDS: Final = 20
_ENCODINGS: Final = ("utf-8-sig", "gb18030")


@dataclass(frozen=True, slots=True)
class FirstPage:
    """The text, or why there is none: no_text (a scan), no_reader (pdftotext is missing), unreadable, picture."""

    text: str = ""
    unread: str = ""


class _TooLongError(ValueError):
    """An office part is larger than is read here."""


class _Capped:
    """A reader that stops in an office part longer than is looked at here."""

    def __init__(self, stream: IO[bytes], limit: int) -> None:
        self._stream, self._left = stream, limit

    def read(self, size: int = -1) -> bytes:
        """Return up to ``size`` bytes; raises past the limit."""
        data = self._stream.read(size if size >= 0 else self._left + 1)
        self._left -= len(data)
        if self._left < 0:
            raise _TooLongError
        return data


def read_first_page(path: Path, kind: str) -> FirstPage:
    """Return the text of the first page of a file of ``kind``; never raises on a damaged file."""
    reader = _READERS.get(kind)
    if reader is None:
        return FirstPage(unread="picture")
    try:
        return reader(path)
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, EOFError, CalamineError):
        return FirstPage(unread="unreadable")
    except (ParseError, DefusedXmlException):
        return FirstPage(unread="unreadable")


def _pdf(path: Path) -> FirstPage:
    reader = shutil.which("pdftotext")
    if reader is None:
        return FirstPage(unread="no_reader")
    command = [reader, "-f", "1", "-l", "1", "-enc", "UTF-8", "-layout", str(path), "-"]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_PDF_SECONDS, check=False)  # noqa: S603 - fixed program, our own path
    except (subprocess.TimeoutExpired, OSError):
        return FirstPage(unread="unreadable")
    if b"Incorrect password" in done.stderr:
        return FirstPage(unread="encrypted")
    if done.returncode:
        return FirstPage(unread="unreadable")
    text = done.stdout.decode("utf-8", "replace")
    return FirstPage(text) if text.strip() else FirstPage(unread="no_text")


def _plain(path: Path) -> FirstPage:
    return FirstPage(_decoded(path))


def _decoded(path: Path) -> str:
    with path.open("rb") as stream:
        data = stream.read(_TEXT_BYTES)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    for encoding in _ENCODINGS:
        try:
            return data[: _TEXT_BYTES - 4].decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", "replace")


def _docx(path: Path) -> FirstPage:
    return FirstPage(_office(path, ("word/header", "word/document.xml"), "}t", ("}p",)))


def _xlsx(path: Path) -> FirstPage:
    return FirstPage(_office(path, ("xl/sharedstrings.xml", "xl/worksheets/sheet1.xml"), "}t", ("}si", "}is", "}row")))


def _office(path: Path, parts: tuple[str, ...], text_tag: str, breaks: tuple[str, ...]) -> str:
    """Join the first pieces of text of the named parts of a zip; a break after each paragraph or string."""
    pieces: list[str] = []
    with zipfile.ZipFile(path) as archive:
        wanted = [entry for part in parts for entry in archive.infolist() if entry.filename.lower().startswith(part)]
        for entry in wanted:
            with archive.open(entry) as stream:
                pieces.extend(_pieces(stream, text_tag, breaks))
    return "".join(pieces)


def _pieces(stream: IO[bytes], text_tag: str, breaks: tuple[str, ...]) -> Iterator[str]:
    count = 0
    try:
        for _event, element in iterparse(_Capped(stream, _PART_BYTES), events=("end",), forbid_dtd=True):
            if element.tag.endswith(text_tag):
                yield element.text or ""
                count += 1
            elif element.tag.endswith(breaks):
                yield "\n"
                element.clear()
            if count >= _PIECES:
                return
    except _TooLongError:
        return  # the head of the part is what was wanted


def _xls(path: Path) -> FirstPage:
    book = CalamineWorkbook.from_path(str(path))
    rows = book.get_sheet_by_index(0).to_python(nrows=30)
    return FirstPage("\n".join(str(cell) for row in rows for cell in row if cell != ""))


_READERS: Final[dict[str, Callable[[Path], FirstPage]]] = {
    "pdf": _pdf,
    "csv": _plain,
    "txt": _plain,
    "docx": _docx,
    "xlsx": _xlsx,
    "xls": _xls,
}
