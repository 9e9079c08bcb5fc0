"""What a form says, as one hash; and the line in its QR that names the form and that hash."""

from __future__ import annotations

import hashlib
import io
import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import segno

from feidi.kernel.subjects import Subject

_PREFIX: Final = "FEIDI1"
#: no 0 O 1 I: a person may have to type it from paper
_ALPHABET: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
TOKEN_LENGTH: Final = 16
DIGEST_LENGTH: Final = 16
_LINE: Final = re.compile(rf"{_PREFIX}:([{_ALPHABET}]{{{TOKEN_LENGTH}}}):([0-9A-F]{{{DIGEST_LENGTH}}})")


@dataclass(frozen=True, slots=True)
class FormCode:
    """What a form's QR says: the token of the print, and the first 16 hex digits of its content's SHA-256."""

    token: str
    digest: str


def new_token() -> str:
    """Return a random token of 16 characters (80 bits)."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(TOKEN_LENGTH))


def folded_token(typed: str) -> str:
    """Return a token as it is stored, from how a person types it.

    >>> folded_token(" abcd-efgh jkmn pqrs ")
    'ABCDEFGHJKMNPQRS'
    """
    return re.sub(r"[^0-9A-Z]", "", typed.upper())


def spaced(text: str, size: int = 4) -> str:
    """Return ``text`` in groups, to be read and compared by eye.

    >>> spaced("ABCDEFGH")
    'ABCD EFGH'
    """
    return " ".join(text[start : start + size] for start in range(0, len(text), size))


def content_hash(*, subject: Subject, form: str, title: str, data: Mapping[str, Any]) -> str:
    """Return the SHA-256 (hex) over what is printed: subject, form, title and data in canonical JSON."""
    said = [subject.kind, subject.uid, form, title, data]
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def code_line(token: str, sha256: str) -> str:
    """Return the line of the QR: upper case only, so that the QR stays coarse and easy to photograph."""
    return f"{_PREFIX}:{token}:{sha256[:DIGEST_LENGTH].upper()}"


def read_line(line: str) -> FormCode | None:
    """Return what a QR's text says if it is a form's, else None.

    >>> read_line("FEIDI1:ABCDEFGHJKMNPQRS:0123456789ABCDEF").digest
    '0123456789abcdef'
    """
    found = _LINE.fullmatch(line.strip())
    return FormCode(found[1], found[2].lower()) if found else None


def qr_svg(line: str) -> str:
    """Return the QR of ``line`` as SVG, with the highest error correction: seals and thumbs cover parts of it."""
    buffer = io.BytesIO()
    segno.make(line, error="h", micro=False, boost_error=False).save(buffer, kind="svg", border=3, light="white")
    return buffer.getvalue().decode()
