"""What markup written by hand is made of: text that is escaped, and addresses of row after row."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from typing import Any, Final

from django.urls import reverse

#: Stands for the uid while an address is taken apart; a uid that looks like one needs no quoting.
_PLACE: Final = "uid0place"
_PLAIN: Final = re.compile(r"[0-9A-Za-z_-]+")


def said(value: Any) -> str:
    """Return a value as it stands in HTML: like ``conditional_escape``, which costs three times as much.

    >>> said("甲 & 乙")
    '甲 &amp; 乙'
    """
    return value.__html__() if hasattr(value, "__html__") else escape(str(value))


def addresses(name: str) -> Callable[[str], str]:
    """Return what writes the address of one row after the other, as ``reverse(name, args=[uid])`` would."""
    before, _uid, after = reverse(name, args=[_PLACE]).partition(_PLACE)
    return lambda uid: f"{before}{uid}{after}" if _PLAIN.fullmatch(uid) else reverse(name, args=[uid])
