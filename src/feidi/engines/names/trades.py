"""Where a brand ends and the words for the trade begin: the cheapest division by a table of trade words.

Every division of the text into brand + trade words has a cost: the brand's length (two or three characters are usual),
each trade word a little, each character behind the brand that no trade word explains a lot. A text that trade words
explain from its first character has no brand.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from feidi.engines.names.tables import lines_of

#: Cost of a brand of so many units (a Chinese character, or a run of letters or digits).
_BRAND: Final = (1.15, 1.9, 0.0, 0.1, 0.45, 1.3, 2.0)
_LONGER: Final = 0.7
_WORD: Final = 0.15
_UNEXPLAINED: Final = 1.6
#: What a brand pays that is itself a trade word (电力, 外墙): most such names have no brand.
_TRADE_AS_BRAND: Final = 1.35
_LETTERS: Final = -0.2
_UNITS = re.compile(r"[A-Za-z0-9&.+'’-]+(?: [A-Za-z0-9&.+'’-]+)*?(?=[^A-Za-z0-9&.+'’-]|$)|.", re.DOTALL)
_LATIN = re.compile(r"[A-Za-z0-9&.+'’-]")
_ENGLISH_TRADE = re.compile(
    r"\b(?:technolog(?:y|ies)|group|holdings?|international|industr(?:y|ies|ial)|trading|electronics?|investments?|"
    r"development|services?|systems?|solutions?|enterprises?|pharmaceuticals?|bio(?:tech|technology|logics?|sciences?)|"
    r"medical|software|digital|media|logistics|energy|materials?|chemicals?|engineering|consulting|capital|"
    r"management|partners|ventures?|robotics|semiconductors?|devices?|instruments?|healthcare|therapeutics|"
    r"science|sciences|education|network|networks|communications?|co|company|limited)\b.*",
    re.IGNORECASE | re.DOTALL,
)


@cache
def _words_by_head() -> dict[str, tuple[str, ...]]:
    """Return the trade words by their first two characters, so that no others are tried."""
    words: dict[str, list[str]] = {}
    for line in lines_of("trades.txt"):
        for word in line.split():
            words.setdefault(word[:2], []).append(word)
    return {head: tuple(dict.fromkeys(found)) for head, found in words.items()}


def _words_at(text: str) -> list[tuple[int, ...]]:
    """Return, for each position, where the trade words end that begin there."""
    heads = _words_by_head()
    return [
        tuple([at + len(word) for word in found if text.startswith(word, at)])
        if (found := heads.get(text[at : at + 2]))
        else ()
        for at in range(len(text))
    ]


def split_brand(text: str) -> int:
    """Return how many characters of ``text`` (a name without place and legal form) are the brand.

    >>> [split_brand(each) for each in ("路畅机电设备", "国际货运", "映月书房电子商务", "TCL科技", "")]
    [2, 0, 4, 3, 0]
    """
    if not text:
        return 0
    if text.isascii():
        found = _ENGLISH_TRADE.search(text)
        return found.start() if found and found.start() else len(text)
    words = _words_at(text)
    rest, tiled = _trade_costs(words), _tiled(words)
    ends = [0, *(each.end() for each in _UNITS.finditer(text))] if _LATIN.search(text) else list(range(len(text) + 1))
    costs = [_brand_cost(text[:end], units, trade=end in tiled) + rest[end] for units, end in enumerate(ends)]
    return ends[costs.index(min(costs))]


def _brand_cost(brand: str, units: int, *, trade: bool) -> float:
    cost = _BRAND[units] if units < len(_BRAND) else _BRAND[-1] + _LONGER * (units - len(_BRAND) + 1)
    if brand and brand.isascii() and len(brand) > 1:
        return _LETTERS
    return cost + (_TRADE_AS_BRAND if units > 1 and trade else 0.0)


def _tiled(words: list[tuple[int, ...]]) -> set[int]:
    """Return the ends of those beginnings of the text that trade words explain whole."""
    ends = {0}
    for at, found in enumerate(words):
        if found and at in ends:
            ends.update(found)
    return ends


def _trade_costs(words: list[tuple[int, ...]]) -> list[float]:
    """Return, for each position, what it costs to read the text from there to its end as trade words."""
    costs = [0.0] * (len(words) + 1)
    for at in range(len(words) - 1, -1, -1):
        best = costs[at + 1] + _UNEXPLAINED
        for end in words[at]:
            best = min(best, costs[end] + _WORD)
        costs[at] = best
    return costs
