"""How a pair of words is said in the reader's language: English where there is some, else Chinese."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.showcase.fields import FIELDS, NAME, PICTURE
from feidi.domain.showcase.markup import render
from feidi.domain.showcase.selectors.published import Shown


def say(pair: Any) -> str:
    """Return one of the pair; an object with ``zh`` and ``en``, a mapping, or nothing."""
    if not pair:
        return ""
    zh, en = (pair.get("zh"), pair.get("en")) if isinstance(pair, Mapping) else (pair.zh, pair.en)
    return str((en or zh) if get_language() == "en" else zh or "")


def listed(words: Iterable[str]) -> str:
    """Return words as a list is written in the reader's language."""
    return (", " if get_language() == "en" else "、").join(words)


def body_of(pair: Any) -> SafeString:
    """Return a text as the few elements it may hold; everything in it was escaped."""
    return mark_safe(render(say(pair)))  # noqa: S308 - the renderer escapes first and knows no tag


def card_of(shown: Shown) -> dict[str, Any]:
    """Return a publication as a list shows it: title, one line, picture, day."""
    line = shown.content.get("one_line") or shown.content.get("what") or shown.content.get("summary")
    return {
        "uid": shown.uid,
        "kind": shown.kind,
        "title": say(shown.title),
        "line": say(line)[:160],
        "picture": shown.picture,
        "on": shown.visible_from.astimezone(SHANGHAI).date(),
    }


def lines_of(shown: Shown) -> list[tuple[str, str]]:
    """Return the released fields of an owner's row, each with its name; the title and the picture stand elsewhere."""
    return [
        (str(field.label), say(shown.content[field.code]))
        for field in FIELDS[shown.kind]
        if field.code in shown.content and field.code not in {NAME, PICTURE}
    ]
