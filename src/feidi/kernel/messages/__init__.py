"""Texts for codes: the only place where a ``Finding`` or ``Refusal`` becomes words.

Each owner registers ``code → Text(what, fix)`` in its ``AppConfig.ready``. Source strings are
Chinese (gettext), English is a complete catalogue. ``{name}`` in a text is filled from the params.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import get_language

from feidi.engines.findings import Finding, Refusal

Words = str | Promise
#: A text that ends so needs no stop of its own before the next sentence.
_ENDS: Final = frozenset("。！？：；.!?:;…")


@dataclass(frozen=True, slots=True)
class Text:
    """What happened (with which value, why), and how to fix it (may be empty)."""

    what: Words
    fix: Words = ""


_TEXTS: dict[str, Text] = {}


def register_texts(texts: Mapping[str, Text]) -> None:
    """Add texts. A code said twice with other words is a programming error."""
    for code, text in texts.items():
        known = _TEXTS.get(code)
        if known is not None and (str(known.what), str(known.fix)) != (str(text.what), str(text.fix)):
            message = f"two texts for code {code!r}"
            raise ValueError(message)
        _TEXTS[code] = text


def known_codes() -> frozenset[str]:
    """Return every code that has a text."""
    return frozenset(_TEXTS)


def _words(params: Mapping[str, Any]) -> dict[str, Any]:
    """Return the params; a pair ``label_zh``/``label_en`` is also there as ``label``, in the active language."""
    found = dict(params)
    for name, value in params.items():
        base = name.removesuffix("_zh")
        if base != name:
            english = params.get(f"{base}_en")
            found[base] = english if english and get_language() == "en" else value
    return found


class _Params(dict[str, Any]):
    """Leaves ``{name}`` standing when a parameter is missing, so that a text never fails to show."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def text_of(answer: Finding | Refusal) -> str:
    """Return the words of a finding or a refusal in the active language; an unknown code shows itself."""
    text = _TEXTS.get(answer.code)
    return str(text.what).format_map(_Params(_words(answer.params))) if text else answer.code


def sentence_of(answer: Finding | Refusal) -> str:
    """Return what it is and how to fix it as two sentences of one line."""
    what, fix = text_of(answer), fix_of(answer)
    if not (what and fix) or what[-1] in _ENDS:
        return f"{what} {fix}".strip()
    return f"{what}. {fix}" if get_language() == "en" else f"{what}。{fix}"


def fix_of(answer: Finding | Refusal) -> str:
    """Return how to fix it, or an empty string."""
    text = _TEXTS.get(answer.code)
    return str(text.fix).format_map(_Params(_words(answer.params))) if text else ""
