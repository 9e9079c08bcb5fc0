"""A name as a row of symbols with weights: the form in which two names are laid beside each other.

A symbol is a character, or a whole word of letters or digits. Order: sign of the province (粤, weight 0), places in
short form, brand, trade. Legal form and branch are compared apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from zlib import crc32

from feidi.engines.names.folding import fold_name
from feidi.engines.names.forms import same_form
from feidi.engines.names.parsing import ParsedName, parse_name
from feidi.engines.names.places import Place, province_signs

#: More symbols than this are not looked at: the trade words of the longest names.
WIDTH: Final = 16
BRAND_WEIGHT: Final = 20
TRADE_WEIGHT: Final = 7
PLACE_WEIGHT: Final = 4
#: Where there is no brand, place and trade carry the name (上海机场).
BARE_TRADE_WEIGHT: Final = 12
BARE_PLACE_WEIGHT: Final = 8
#: Symbols from here on are words of letters or digits; below, characters.
WORDS_FROM: Final = 1 << 21
_ASCII = re.compile(r"[\x00-\x7f]")
_PIECE = re.compile(r"[a-z0-9]+|[^\W_]")
_KEPT_SHORT: Final = frozenset({"", "股份", "集团"})
_HASH: Final = (1 << 22) - 1


@dataclass(frozen=True, slots=True)
class Profile:
    """``symbols`` and ``weights`` (equally long), where the brand begins, and what is compared beside them.

    ``weight`` is their sum; ``where`` the numbers of province, city and county and of a lone place's bare name, 0 where
    not said; ``form`` and ``branch`` stand for legal form and branch, 0 for none; ``core`` for brand and trade; ``whole`` for the folded name. ``full``: it has
    a legal form that no short name has (股份 and 集团 are kept in those). ``length`` of the folded name.
    """

    symbols: tuple[int, ...]
    weights: tuple[int, ...]
    head: int
    weight: int
    where: tuple[int, int, int, int]
    form: int
    branch: int
    core: int
    whole: int
    full: bool
    length: int


def symbols_of(text: str) -> list[int]:
    """Return the symbols of a piece of a name.

    >>> symbols_of("TCL科") == symbols_of("tcl科"), len(symbols_of("3M 中国"))
    (True, 3)
    """
    folded = text.casefold()
    if folded.isalnum() and not _ASCII.search(folded):
        return [ord(each) for each in folded]
    pieces = _PIECE.findall(folded)
    return [
        ord(each) if len(each) == 1 and not each.isascii() else WORDS_FROM + (_number(each) & _HASH) for each in pieces
    ]


@lru_cache(maxsize=4096)
def profile_of(name: ParsedName | str) -> Profile:
    """Return the profile of a name.

    >>> profile_of("深圳市甲乙科技有限公司").weights
    (0, 4, 4, 20, 20, 7, 7)
    """
    return make_profile(parse_name(name) if isinstance(name, str) else name)


def make_profile(parsed: ParsedName) -> Profile:
    """Return the profile of a parsed name, made anew."""
    brand = symbols_of(parsed.brand)
    place_weight, trade_weight = (PLACE_WEIGHT, TRADE_WEIGHT) if brand else (BARE_PLACE_WEIGHT, BARE_TRADE_WEIGHT)
    sign = [ord(next(province_signs(parsed.divisions), " "))] if parsed.divisions else []
    places = [symbol for each in parsed.divisions for symbol in symbols_of(each.short)]
    folded = parsed.folded
    form, full = _form(parsed.legal_form)
    trade = symbols_of(parsed.trade)
    symbols = [*sign, *places, *brand, *trade][:WIDTH]
    weights = [0] * len(sign) + [place_weight] * len(places) + [BRAND_WEIGHT] * len(brand) + [trade_weight] * len(trade)
    weights = weights[:WIDTH]
    head = len(sign) + (len(places) if brand else 0)
    return Profile(
        tuple(symbols),
        tuple(weights),
        min(head, max(0, len(symbols) - 1)),
        sum(weights),
        _where(parsed.divisions),
        form,
        _number(fold_name(parsed.branch)),
        _number(fold_name(parsed.brand + parsed.trade)),
        hash(folded) if folded else 0,
        full,
        len(folded),
    )


@lru_cache(maxsize=4096)
def _form(written: str) -> tuple[int, bool]:
    """Return the number of a legal form, and whether no short name has it."""
    return _number(same_form(written)), written.strip("()") not in _KEPT_SHORT


def _number(text: str) -> int:
    return crc32(text.encode()) & 0x7FFFFFFF if text else 0


def _where(places: tuple[Place, ...]) -> tuple[int, int, int, int]:
    """Return province, city and county of the first place, told more closely by those inside it, and a lone name.

    A lone place's name is told too, since several places share one (朝阳) and no table knows them all.
    """
    listed = [each for each in places if each.code]
    if not listed:
        return 0, 0, 0, 0
    name = _number(listed[0].short) if len(listed) == 1 else 0
    if listed[0].code == "?":
        return 1000 + name, 0, 0, name
    code = listed[0].code
    for each in listed:
        if each.code.startswith(code):
            code = each.code
    return int(code[:2]), int(code[:4]) if len(code) > 2 else 0, int(code) if len(code) > 4 else 0, name  # noqa: PLR2004
