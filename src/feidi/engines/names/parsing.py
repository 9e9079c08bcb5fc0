"""From a name as written to its parts: place, brand, trade, legal form, branch; no character is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from feidi.engines.names.folding import fold_name, is_traditional, is_wide, plain_text
from feidi.engines.names.forms import ending_of, same_form, share_marks
from feidi.engines.names.places import Place, place_inside, place_prefix, place_suffix, whole_place
from feidi.engines.names.trades import split_brand

PLACE, BRAND, TRADE, FORM, BRANCH, MARK = "place", "brand", "trade", "legal_form", "branch", "mark"
_NAMED: Final = (PLACE, BRAND, TRADE, FORM, BRANCH)
_BRACKET = re.compile(r"\(([^()]*)\)")
_FORM_WORDS: Final = frozenset({"集团", "控股集团", "有限合伙", "普通合伙", "特殊普通合伙", "个体工商户", "个人独资"})
_NOTE = re.compile(r"(?:原|曾用名|原名|现名|更名|筹|暂定|简称|以下)")
_ENGLISH_PLACES: Final = {
    "hong kong": "香港", "hongkong": "香港", "hk": "香港", "macau": "澳门", "macao": "澳门", "china": "中国",
    "shenzhen": "深圳", "guangzhou": "广州", "foshan": "佛山", "guangdong": "广东", "dongguan": "东莞", "zhuhai": "珠海",
    "beijing": "北京", "shanghai": "上海", "suzhou": "苏州", "hangzhou": "杭州", "taiwan": "台湾",
}  # fmt: skip
_ENGLISH_HEAD = re.compile(rf"(?:{'|'.join(_ENGLISH_PLACES)})(?= [A-Za-z])", re.IGNORECASE)
#: Longer texts are no names; what is beyond is kept, as a mark, and not looked at.
LONGEST: Final = 120


@dataclass(frozen=True, slots=True)
class Part:
    """A run of the name: what it is (``place``, ``brand`` … ``mark``) and its characters."""

    kind: str
    text: str


@dataclass(frozen=True)
class ParsedName:
    """A name and its parts. ``text`` is the name in plain form; the parts' texts, one behind the other, are ``text``.

    ``place`` … ``branch``: the characters of each kind, in order, empty where there are none: 深圳市南山区, the brand
    (字号), the words for the trade, the legal form as written, 云溪分公司. ``divisions``: the places named. ``raw`` is
    what was handed in.
    """

    raw: str
    text: str
    parts: tuple[Part, ...]
    divisions: tuple[Place, ...]
    place: str
    brand: str
    trade: str
    legal_form: str
    branch: str

    @cached_property
    def folded(self) -> str:
        """The whole name as ``fold_name`` has it."""
        return fold_name(self.raw)

    @cached_property
    def form_class(self) -> str:
        """The legal form under which names are compared (有限责任公司 = 有限公司)."""
        return same_form(self.legal_form)

    @cached_property
    def places(self) -> tuple[str, ...]:
        """The divisions named, in short form and in order."""
        return tuple(each.short for each in self.divisions)

    @property
    def traditional(self) -> bool:
        """Whether the name was written with traditional forms."""
        return is_traditional(self.raw)

    @property
    def wide(self) -> bool:
        """Whether the name was written with full-width letters or brackets."""
        return is_wide(self.raw)


@lru_cache(maxsize=4096)
def parse_name(text: str) -> ParsedName:
    """Divide a name into its parts.

    >>> parsed = parse_name("华为（深圳）科技有限责任公司云溪分公司")
    >>> parsed.place, parsed.brand, parsed.trade, parsed.legal_form, parsed.branch
    ('深圳', '华为', '科技', '有限责任公司', '云溪分公司')
    >>> parse_name("*ST 信 威").brand, parse_name("广东省").place, parse_name("").parts
    ('信威', '广东省', ())
    """
    plain = plain_text(text)
    kinds, places = _kinds(plain)
    parts = tuple(_parts(plain, kinds))
    of = dict.fromkeys(_NAMED, "")
    for part in parts:
        of[part.kind] = of.get(part.kind, "") + part.text
    return ParsedName(text, plain, parts, places, *(of[kind] for kind in _NAMED))


def _parts(plain: str, kinds: list[str]) -> Iterator[Part]:
    """Yield the runs of characters of one kind."""
    begin = 0
    for end in range(1, len(kinds) + 1):
        if end == len(kinds) or kinds[end] != kinds[begin]:
            yield Part(kinds[begin], plain[begin:end])
            begin = end


def _kinds(plain: str) -> tuple[list[str], tuple[Place, ...]]:
    """Return the kind of each character of a plain text, and the places found."""
    size = min(len(plain), LONGEST)
    head, tail = share_marks(plain[:size])
    ending = ending_of(plain[head : size - tail])
    form, branch = head + ending.form, head + ending.branch
    kinds = [MARK] * head + [""] * (form - head) + [FORM] * (branch - form) + [BRANCH] * (size - tail - branch)
    kinds += [MARK] * (len(plain) - len(kinds))
    places = _label_brackets(plain, kinds, form)
    left = [at for at in range(head, form) if not kinds[at]]
    places = _label_rest(plain, kinds, left, places)
    return kinds, places


def _label_brackets(plain: str, kinds: list[str], end: int) -> tuple[Place, ...]:
    places: list[Place] = []
    for found in _BRACKET.finditer(plain, 0, end):
        if any(kinds[at] for at in range(found.start(), found.end())):
            continue
        kind, named = _bracket_kind(found[1])
        places += named
        for at in range(found.start(), found.end()):
            kinds[at] = MARK if at in {found.start(), found.end() - 1} else kind
    for at in range(end):
        if not kinds[at] and not plain[at].isalnum():
            kinds[at] = "" if plain[at] == " " else MARK
    return tuple(places)


def _bracket_kind(inside: str) -> tuple[str, tuple[Place, ...]]:
    if named := whole_place(inside):
        return PLACE, named
    if english := _ENGLISH_PLACES.get(inside.casefold()):
        return PLACE, whole_place(english)
    if inside in _FORM_WORDS:
        return FORM, ()
    return (MARK if not inside or _NOTE.match(inside) else TRADE), ()


def _label_rest(plain: str, kinds: list[str], left: list[int], places: tuple[Place, ...]) -> tuple[Place, ...]:
    text = "".join(plain[at] for at in left)
    begin, end = 0, len(left)
    if found := _ENGLISH_HEAD.match(text):
        begin, places = found.end(), (*whole_place(_ENGLISH_PLACES[found[0].casefold()]), *places)
    else:
        placed = place_prefix(text)
        begin, places = placed.end, (*placed.places, *places)
    behind = None if places else place_suffix(text)
    if behind:
        end, places = behind.end, behind.places
    for position in (*left[:begin], *left[end:]):
        kinds[position] = PLACE
    return _label_middle(plain, kinds, left[begin:end], places)


def _label_middle(plain: str, kinds: list[str], left: list[int], places: tuple[Place, ...]) -> tuple[Place, ...]:
    """Label brand and trade, and between them a place when none has been found (中节能秦皇岛环保)."""
    text = "".join(plain[at] for at in left)
    inside = None if places else place_inside(text)
    if inside:
        begin, end, place = inside
        for position in left[begin:end]:
            kinds[position] = PLACE
        left, text, places = left[:begin] + left[end:], text[:begin] + text[end:], (place,)
    brand = len(text[: split_brand(text)].rstrip())
    for at, position in enumerate(left):
        kinds[position] = BRAND if at < brand else TRADE
        if plain[position] == " " and at >= brand:
            kinds[position] = MARK
    return places
