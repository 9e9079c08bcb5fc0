"""Content words in the reader's language."""

from __future__ import annotations

from typing import Protocol

from django.utils.translation import get_language


class Bilingual(Protocol):
    """Anything that holds a Chinese and an English text."""

    @property
    def zh(self) -> str:
        """Chinese."""

    @property
    def en(self) -> str:
        """English."""


def say(label: Bilingual) -> str:
    """Return the label in the active language."""
    return label.en if get_language() == "en" and label.en else label.zh


def say_pair(zh: str, en: str) -> str:
    """Return one of two texts by the active language."""
    return en if get_language() == "en" and en else zh
