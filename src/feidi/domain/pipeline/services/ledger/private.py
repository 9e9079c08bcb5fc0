"""Phone numbers between reading and writing: sealed for their batch, never plain in a staged row."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from typing import Any

from feidi.kernel.sealing import blind_index, seal, unseal


def _context(batch_uid: str) -> str:
    return f"imports.batch:{batch_uid}"


def seal_phones(values: dict[str, Any], batch_uid: str) -> None:
    """Replace plain numbers by [blind index, sealed number]."""
    if "contact_phone" in values:
        values["contact_phone"] = [
            [blind_index(number), b64encode(seal(number, context=_context(batch_uid))).decode()]
            for number in values["contact_phone"]
        ]


def opened_phones(values: Mapping[str, Any], batch_uid: str) -> Iterator[tuple[str, str]]:
    """Yield (blind index, plain number) of a staged row."""
    for index, sealed in values.get("contact_phone", ()):
        yield index, unseal(b64decode(sealed), context=_context(batch_uid))
