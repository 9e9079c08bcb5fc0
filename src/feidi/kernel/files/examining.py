"""The examination of an upload: what it is, how it may be named, which marks it bears, what is to be noted."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from feidi.engines.findings import Finding, Level, refuse
from feidi.kernel.files.first_page import read_first_page
from feidi.kernel.files.kinds import FILE_KINDS, PICTURES
from feidi.kernel.files.marks import Mark, marks_in_name, marks_in_page
from feidi.kernel.files.pictures import check_picture
from feidi.kernel.files.sniffing import sniff

_NAME_LENGTH: Final = 200
_UNSAFE: Final = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')


@dataclass(frozen=True, slots=True)
class Examination:
    """What is known of an upload: its kind, the name it is kept under, its marks, and notes for the uploader."""

    kind: str
    name: str
    marks: tuple[Mark, ...]
    findings: tuple[Finding, ...]


def examine(path: Path, name: str) -> Examination:
    """Examine the bytes in ``path``. Refused: kinds that are not taken, broken, encrypted or dangerous files."""
    clean = clean_name(name)
    kind = sniff(path, clean)
    findings: list[Finding] = []
    marks = marks_in_name(clean)
    if kind in PICTURES:
        if check_picture(path, clean):
            findings.append(Finding(Level.NOTE, "files.picture_has_place", {"name": clean}))
    else:
        page = read_first_page(path, kind)
        if page.unread == "encrypted":
            raise refuse("files.encrypted", name=clean)
        if page.unread:
            findings.append(Finding(Level.NOTE, f"files.page_unread_{page.unread}", {"name": clean}))
        marks += marks_in_page(page.text)
    return Examination(kind, named_as(clean, kind), marks, tuple(findings))


def check_marks(marks: tuple[Mark, ...], name: str, reason: str) -> None:
    """Refuse a secret mark always, an internal or red-head mark unless a reason is given."""
    secret = [mark for mark in marks if mark.secret]
    if secret:
        raise refuse("files.secret", *map(_finding, secret), name=name, mark=secret[0].words)
    if marks and not reason.strip():
        raise refuse("files.internal", *map(_finding, marks), name=name, mark=marks[0].words)


def _finding(mark: Mark) -> Finding:
    return Finding(Level.PROBLEM, f"files.mark_in_{mark.where}", {"mark": mark.words})


def clean_name(name: str) -> str:
    r"""Return the last part of a name without characters that deceive (control, direction) or break a path.

    >>> clean_name("C:\\a\\营业执照.pdf"), clean_name("../../x.pdf"), clean_name("  ")
    ('营业执照.pdf', 'x.pdf', 'file')
    """
    last = re.split(r"[\\/]", name)[-1]
    visible = "".join(char for char in last if unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"})
    plain = _UNSAFE.sub("_", visible).strip(" .")
    if len(plain) > _NAME_LENGTH:
        stem, dot, extension = plain.rpartition(".")
        plain = f"{stem[: _NAME_LENGTH - 10]}{dot}{extension[:9]}" if dot else plain[:_NAME_LENGTH]
    return plain or "file"


def named_as(name: str, kind: str) -> str:
    """Return ``name`` ending in an extension of ``kind``: a picture called .pdf is kept as .pdf.jpg.

    >>> named_as("照片.pdf", "jpeg"), named_as("照片.JPEG", "jpeg")
    ('照片.pdf.jpg', '照片.JPEG')
    """
    extensions = FILE_KINDS[kind].extensions
    return name if name.rpartition(".")[2].lower() in extensions else f"{name}.{extensions[0]}"
