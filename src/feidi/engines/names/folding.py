"""One folding for every comparison of names."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from feidi.engines.names.tables import lines_of

_NOISE = re.compile(r"[\s\u3000\-_·•.,，。、;；:：'\"“”‘’()（）\[\]【】《》<>〈〉/\\|*&+!！?？]+")
_SPACES = re.compile(r"\s+")
#: Brackets that stand for round ones, after NFKC.
_BRACKETS = str.maketrans("[]【】〔〕〈〉《》「」『』{}<>", "()" * 9)
#: A space says nothing beside a Chinese character, and parts words elsewhere.
_IDLE_SPACE = re.compile(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])|(?<=\() | (?=\))")


@cache
def _traditional() -> dict[int, str]:
    pairs = (pair for line in lines_of("traditional.txt") for pair in line.split())
    return {ord(pair[0]): pair[1] for pair in pairs}


@cache
def _traditional_characters() -> frozenset[str]:
    return frozenset(map(chr, _traditional()))


def simplified(text: str) -> str:
    """Return the text with simplified forms, character for character; most have no other, and are let through at once.

    >>> simplified("濱海陶瓷")
    '滨海陶瓷'
    """
    return text if _traditional_characters().isdisjoint(text) else text.translate(_traditional())


def fold_name(name: str) -> str:
    """Return ``name`` with width, case, traditional forms, spaces and punctuation folded away.

    >>> fold_name("滨海某某（集团） 有限公司") == fold_name("濱海某某(集團)有限公司")
    True
    >>> fold_name("  ")
    ''
    """
    if not name:
        return ""
    return _NOISE.sub("", simplified(unicodedata.normalize("NFKC", name).casefold()))


def plain_text(name: str) -> str:
    """Return ``name`` readable but in one form: narrow, simplified, round brackets, no idle spaces; case is kept.

    >>> plain_text(" 濱海 ＡＢＣ【集團】有限公司 ")
    '滨海ABC(集团)有限公司'
    """
    narrow = simplified(unicodedata.normalize("NFKC", name))
    if narrow.isalnum():
        return narrow
    return _IDLE_SPACE.sub("", _SPACES.sub(" ", narrow.translate(_BRACKETS)).strip())


def is_traditional(name: str) -> bool:
    """Tell whether a character of ``name`` is a traditional form.

    >>> is_traditional("廣東"), is_traditional("广东")
    (True, False)
    """
    return not _traditional_characters().isdisjoint(name)


def is_wide(name: str) -> bool:
    """Tell whether letters, digits, brackets or spaces of ``name`` are full-width forms.

    >>> is_wide("滨海（集团）"), is_wide("滨海(集团)")
    (True, False)
    """
    return any(char == "\u3000" or "\uff01" <= char <= "\uff5e" for char in name)
