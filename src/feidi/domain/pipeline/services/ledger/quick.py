"""Two things done once per row, made quick: sort keys and check digits. Tests hold them to the plain ways."""

from __future__ import annotations

import re
from functools import lru_cache

from feidi.engines.names import fold_name

_CODE = re.compile(r"^[0-9A-HJ-NPQRTUWXY]{18}$")
_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WORTH = {letter: worth for worth, letter in enumerate(_LETTERS)}
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))


def quick_sort_key(name: str) -> str:
    """Return what ``registering.sort_key_of`` returns; words that names share are looked up once.

    >>> quick_sort_key("重庆路8号Café")
    'chongqinglu8haocafé'
    """
    from pypinyin.seg.simpleseg import seg  # noqa: PLC0415 - as in registering

    return "".join(map(_sound, seg(name))).lower()[:160]


#: A row's names are folded where they are read, compared and matched: the same few again and again.
folded = lru_cache(maxsize=20_000)(fold_name)


@lru_cache(maxsize=100_000)
def _sound(word: str) -> str:
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 - as in registering

    return "".join(lazy_pinyin(word, style=Style.NORMAL))


def valid_uscc(code: str) -> bool:
    """Tell whether a clean credit code has the right shape and check digit (GB 32100-2015), as ``stdnum.cn.uscc`` does.

    >>> valid_uscc("91110000600037341L"), valid_uscc("91110000600037341M")
    (True, False)
    """
    if not _CODE.match(code) or not code[:8].isdigit():
        return False
    total = sum(_WORTH[letter] * weight for letter, weight in zip(code, _WEIGHTS, strict=False))
    return _LETTERS[(31 - total) % 31] == code[17]
