"""What a text of a profile may be: said in words, of a length that somebody reads, nothing invisible in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from feidi.engines.findings import RefusedError, refuse

#: Characters (not bytes) that a text, and that a title, may have at most; letters that it has at least.
LONGEST: Final = 4000
LONGEST_TITLE: Final = 120
LEAST: Final = 4
#: A title that is made of a text has at most so many characters.
_TITLE: Final = 40
#: Ordinary white space.
_SPACE: Final = frozenset("\t\n\r")
#: Blocks of pictures: symbols and pictographs, dingbats, regional letters, variation selectors, the joiner, key caps.
_EMOJI: Final = re.compile(
    "[\U0001f000-\U0001faff\U00002600-\U000027bf\U0001f1e6-\U0001f1ff\U0000fe0e\U0000fe0f\U0000200d\U000020e3\U00002b50\U00002b55]"
)
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def clean_text(text: str, field: str, *, longest: int = LONGEST, least: int = LEAST) -> str:
    """Return a text as it is kept: line ends alike, edges trimmed. ``field`` names it in a refusal.

    Refused: nothing in it, fewer than ``least`` letters or digits, longer than ``longest``, a control character
    (a byte order mark and the marks that turn the direction of writing are among them), a picture.
    """
    if len(text) > longest * 2:
        # before anything else looks at it: a megabyte costs nothing but its length
        raise refuse("matching.text_long", field=field, n=len(text), most=longest)
    kept = text.replace("\r\n", "\n").replace("\r", "\n").strip().strip("\ufeff")
    if not kept:
        raise refuse("matching.text_empty", field=field)
    if len(kept) > longest:
        raise refuse("matching.text_long", field=field, n=len(kept), most=longest)
    for error in _faults(kept, field):
        raise error
    said = sum(1 for each in kept if each.isalnum())
    if said < least:
        raise refuse("matching.text_short", field=field, n=said, least=least)
    return kept


def _faults(text: str, field: str) -> Iterator[RefusedError]:
    for at, each in enumerate(text, start=1):
        code = f"U+{ord(each):04X}"
        if _EMOJI.match(each):
            yield refuse("matching.text_emoji", field=field, at=at, code=code)
        elif each not in _SPACE and unicodedata.category(each) in _INVISIBLE:
            yield refuse("matching.text_control", field=field, at=at, code=code)


def sentences(text: str) -> list[str]:
    r"""Return the sentences of a text, in order, without the marks that end them.

    >>> sentences("喷嘴老堵。窑炉温度飘！\n想找人看")
    ['喷嘴老堵', '窑炉温度飘', '想找人看']
    """
    return [part.strip() for part in re.split(r"[。！？!?；;\n]+", text) if part.strip()]


def short_title(text: str) -> str:
    """Return the first sentence of a text as its title, cut where it is long.

    >>> short_title("喷嘴老堵。窑炉温度飘！")
    '喷嘴老堵'
    """
    first = next(iter(sentences(text)), text)
    return first if len(first) <= _TITLE else f"{first[: _TITLE - 1]}…"
