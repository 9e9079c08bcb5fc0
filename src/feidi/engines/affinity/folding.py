"""Texts as numbers: folded characters and what each of them is, a whole batch of texts at once.

A text is folded to one width, case and script (the names engine's simplified forms). For nearly every character the fold is
one character again, so a table of the first 65,536 code points does it; a text that holds another (``℃``, letters with
marks, characters beyond the table) is folded by itself and is called *intricate*.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from feidi.engines.names.folding import simplified

Array = NDArray[Any]
#: What a character is: it parts words, it stands for itself (Chinese), it is part of a word of letters and digits.
BREAK, SIGN, LETTER = 0, 1, 2
_TABLE: Final = 1 << 16
_LINE: Final = 10
#: What an intricate character is folded to at first, until its text is folded by itself: no character.
_INTRICATE: Final = 0xFFFF
_SIGNS: Final = (
    (0x3005, 0x3007), (0x3041, 0x3096), (0x30A1, 0x30FA), (0x3400, 0x4DBF), (0x4E00, 0x9FFF),
    (0xAC00, 0xD7A3), (0xF900, 0xFAFF), (0x20000, 0x323AF),
)  # fmt: skip
_JAMO: Final = (0x1100, 0x11FF)
_SURROGATES: Final = (0xD800, 0xDFFF)


def fold(text: str) -> str:
    """Return the text in one width, case and script.

    >>> fold("５Ｇ基站　濱海ＰＣＲ檢測")
    '5g基站 滨海pcr检测'
    """
    return simplified(unicodedata.normalize("NFKC", text)).casefold()


def kind_of(code: int) -> int:
    """Return what a folded character is."""
    if any(low <= code <= high for low, high in _SIGNS):
        return SIGN
    return LETTER if chr(code).isalnum() else BREAK


def _is_intricate(code: int, folded: str) -> bool:
    char = chr(code)
    if _SURROGATES[0] <= code <= _SURROGATES[1] or unicodedata.category(char).startswith("M"):
        return True
    if _JAMO[0] <= code <= _JAMO[1]:
        return True
    single = len(folded) == 1 and ord(folded) < _TABLE
    return not single and any(kind_of(ord(each)) != BREAK for each in folded)


@cache
def folds() -> Array:
    """Return by code point the folded one, or that its text is intricate; made once, in about 0.1 s."""
    folded = np.zeros(_TABLE, np.uint16)
    for code in range(_TABLE):
        text = chr(code) if _SURROGATES[0] <= code <= _SURROGATES[1] else fold(chr(code))
        # what becomes several breaks ("…") is one of them
        plain = ord(text) if len(text) == 1 and ord(text) < _TABLE else _LINE
        folded[code] = _INTRICATE if _is_intricate(code, text) else plain
    return folded


@cache
def _kinds() -> Array:
    return np.array([kind_of(code) for code in range(_TABLE)], np.uint8)


def kinds_of(codes: Array) -> Array:
    """Return what folded characters are, also those beyond the table."""
    if codes.dtype == np.uint16:
        return _kinds()[codes]
    kinds = _kinds()[np.minimum(codes, _TABLE - 1)]
    beyond = codes >= _TABLE
    if beyond.any():
        kinds[beyond] = [kind_of(int(code)) for code in codes[beyond]]
    return kinds


def units_of(text: str) -> Array:
    """Return a text as 16-bit units (UTF-16); nothing is lost, not even halves of pairs."""
    return np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)


def text_of(units: Array) -> str:
    """Return the text of 16-bit units."""
    return np.ascontiguousarray(units).tobytes().decode("utf-16-le", "surrogatepass")


@dataclass(frozen=True, slots=True)
class Folded:
    """Texts, folded, one behind the other, with a break after each: ``codes`` by position.

    ``starts`` has one entry more than there are texts; text i is ``codes[starts[i]:starts[i + 1] - 1]``.
    """

    codes: Array
    starts: Array

    @property
    def kinds(self) -> Array:
        """By position, what the character is."""
        return kinds_of(self.codes)

    @property
    def numbers(self) -> Array:
        """By position, the number of the text."""
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))

    @property
    def text(self) -> str:
        """All texts as one, without the last break: as long as the texts themselves where none is intricate."""
        return self.codes[:-1].astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")


def folded_units(units: Array, starts: Array) -> Folded:
    """Fold texts given as 16-bit units, ``starts`` as in ``Folded`` with a break at the end of each."""
    codes = folds()[units]
    wrong = codes == _INTRICATE
    if not wrong.any():
        return Folded(codes, starts)
    numbers = np.unique(np.searchsorted(starts[1:], np.flatnonzero(wrong), side="right"))
    return _with_intricate(Folded(codes, starts), units, numbers.tolist())


def _with_intricate(plain: Folded, units: Array, numbers: Sequence[int]) -> Folded:
    """Put the texts of these numbers in their places, each folded by itself."""
    codes, parts, lengths, at = plain.codes.astype(np.uint32), [], np.diff(plain.starts), 0
    for number in numbers:
        begin, end = int(plain.starts[number]), int(plain.starts[number + 1])
        own = fold(text_of(units[begin : end - 1]))
        single = np.frombuffer((own + "\n").encode("utf-32-le", "surrogatepass"), np.uint32)
        parts += [codes[at:begin], single]
        lengths[number], at = len(single), end
    starts = np.concatenate([[0], np.cumsum(lengths)])
    return Folded(np.concatenate([*parts, codes[at:]]), starts)


def folded_texts(texts: Sequence[str]) -> Folded:
    r"""Fold texts.

    >>> folded_texts(["５Ｇ…濱海"]).text, fold("５Ｇ…濱海")
    ('5g\n滨海', '5g...滨海')
    """
    starts = np.zeros(len(texts) + 1, np.int64)
    units = units_of("\n".join([*texts, ""]))
    if len(units) == sum(map(len, texts)) + len(texts):
        np.cumsum([len(each) + 1 for each in texts], out=starts[1:])
    else:
        np.cumsum([len(each.encode("utf-16-le", "surrogatepass")) // 2 + 1 for each in texts], out=starts[1:])
    return folded_units(units, starts)
