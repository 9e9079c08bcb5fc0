"""Place names at the head of a name: provinces, cities, counties, and what may follow them (zones, towns).

省, 市, 区, 县 may be left out of a province or prefecture. A county without its ending counts only where a reader would
take it for a place: behind its own province or city, or where a brand is left over and its characters are not those
of which brands are made (永安, 新兴, 东方 are counties too).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from feidi.engines.names.tables import lines_of

#: The one character that stands for a province, by the first two digits of its code.
PROVINCE_SIGNS: Final = {
    "11": "京", "12": "津", "13": "冀", "14": "晋", "15": "蒙", "21": "辽", "22": "吉", "23": "黑", "31": "沪",
    "32": "苏", "33": "浙", "34": "皖", "35": "闽", "36": "赣", "37": "鲁", "41": "豫", "42": "鄂", "43": "湘",
    "44": "粤", "45": "桂", "46": "琼", "50": "渝", "51": "川", "52": "黔", "53": "滇", "54": "藏", "61": "陕",
    "62": "甘", "63": "青", "64": "宁", "65": "新", "71": "台", "81": "港", "82": "澳",
}  # fmt: skip
_PEOPLES = (
    "壮族|回族|维吾尔|藏族|土家族|苗族|羌族|彝族|布依族|侗族|哈尼族|傣族|白族|景颇族|傈僳族|朝鲜族|蒙古族|蒙古|哈萨克族|"
    "哈萨克|柯尔克孜|满族|瑶族|黎族|畲族|仡佬族|水族|毛南族|仫佬族|土族|撒拉族|东乡族|保安族|裕固族|塔吉克|锡伯|拉祜族|"
    "佤族|布朗族|纳西族|普米族|怒族|独龙族|达斡尔族|鄂伦春|鄂温克族|各族"
)
_LONG_ENDING = re.compile(rf"(?:(?:{_PEOPLES})*(?:自治区|自治州|自治县|自治旗)|特别行政区)$")
_SHORT_ENDING = re.compile(r"(?:省|市|地区|盟|县|区|旗|林区)$")
#: Characters that brands are made of: a county written only with these needs its ending to be a place.
_BRANDISH = frozenset(
    "兴隆永安吉泰和新华长东方宏伟阳金建大开天元平康福德信义利丰盛昌荣同通达顺明光富民乐清文武龙凤凰宝玉林江海河山"
    "西南北中正太广源远洪高百万千城都红旗向星月云水石木青白黄赤嘉祥瑞惠仁仙灵宁定远成功万年双合集保乾孝礼"
)
#: Behind a county's bare name these make a mountain or a lake of it (栖霞山).
_LANDSCAPE = frozenset("山湖岛")
_ZONE = re.compile(
    r"(?:经济技术|高新技术产业|高新|经济|综合|技术|产业|工业|自由贸易|出口加工|循环经济)*"
    r"(?:开发区|高新区|经开区|保税区|保税港区|自贸区|示范区|工业园区?|科技园区?|产业园区?|新区|度假区)"
)
_TOWN = re.compile(r"[\u4e00-\u9fff]{1,4}?(?:镇|乡|街道|(?<=[\u4e00-\u9fff]{2})街)(?=[\u4e00-\u9fff]{2})")
_UNKNOWN = re.compile(r"[\u4e00-\u9fff]{2}(?<![城超都夜股上早门集楼闹菜百花书州])(?:市|县)(?=[\u4e00-\u9fff]{2})")
_LONGEST: Final = 12


@dataclass(frozen=True, slots=True)
class Place:
    """A division: its code (2, 4 or 6 digits; empty for a country), its short form, whether it ends as divisions do."""

    code: str
    short: str
    full: bool


@dataclass(frozen=True, slots=True)
class Placed:
    """A run of place names: how far it goes in the text, and the divisions named."""

    end: int
    places: tuple[Place, ...]


def short_place(name: str) -> str:
    """Return a division's name without 省, 市, 自治区 and the like.

    >>> short_place("广西壮族自治区"), short_place("深圳市"), short_place("大厂回族自治县"), short_place("涉县")
    ('广西', '深圳', '大厂', '涉县')
    """
    if name == "内蒙古自治区":
        return "内蒙古"
    for ending in (_LONG_ENDING, _SHORT_ENDING):
        short = ending.sub("", name)
        if short != name:
            return short if len(short) > 1 else name
    return name


@cache
def _table() -> dict[str, tuple[Place, ...]]:
    """Every way to write a division → the divisions so written (朝阳 is a city and three districts)."""
    ways: dict[str, list[Place]] = {"中国": [Place("", "中国", full=True)]}
    for line in lines_of("places.txt"):
        code, name = line.split(" ")
        short = short_place(name)
        ways.setdefault(name, []).append(Place(code, short, full=True))
        if short != name:
            ways.setdefault(short, []).append(Place(code, short, full=name == short))
    return {way: tuple(sorted(found, key=lambda place: len(place.code))) for way, found in ways.items()}


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """Return how long the names of divisions are that begin with these two characters, the longest first."""
    lengths: dict[str, set[int]] = {}
    for way in _table():
        lengths.setdefault(way[:2], set()).add(len(way))
    return {head: tuple(sorted(found, reverse=True)) for head, found in lengths.items()}


def _ways_at(text: str, at: int) -> Iterator[tuple[int, Place]]:
    """Yield the divisions whose names begin at ``at``, the longest names first, with where they end."""
    room, table = min(_LONGEST, len(text) - at), _table()
    for size in _lengths().get(text[at : at + 2], ()):
        if size <= room:
            for place in table.get(text[at : at + size], ()):
                yield at + size, place


def place_prefix(text: str, at: int = 0) -> Placed:
    """Return the place names that begin at ``at``; ``end == at`` when there are none.

    >>> [each.short for each in place_prefix("深圳市南山区某某").places]
    ['深圳', '南山']
    >>> place_prefix("东方国信").end, place_prefix("大厂回族自治县祁各庄镇宝艺").end
    (0, 11)
    """
    end, places = at, list[Place]()
    while found := _next(text, end, places):
        end, place = found
        if place:
            places.append(place)
    return Placed(end, tuple(places))


def place_suffix(text: str, *, counties: bool = False) -> Placed | None:
    """Return where a name of province or city (中国; a county) begins that ends ``text``: ``Placed(start, …)``, or None."""
    table = _table()
    for size in range(min(_LONGEST, len(text) - 2), 1, -1):
        for each in table.get(text[-size:], ()):
            if counties or len(each.code) in {0, 2, 4}:
                return Placed(len(text) - size, (each,))
    return None


def place_inside(text: str) -> tuple[int, int, Place] | None:
    """Return a province or city named in the middle of ``text``, behind two characters or more: begin, end, place.

    >>> found = place_inside("中节能秦皇岛环保")
    >>> (found[0], found[1], found[2].short) if found else None
    (3, 6, '秦皇岛')
    """
    for at in range(2, len(text) - 1):
        for end, place in _ways_at(text, at):
            if len(place.code) in {2, 4} and (place.full or not _brandish(place.short)):
                return at, end, place
    return None


def whole_place(text: str) -> tuple[Place, ...]:
    """Return the divisions that make up the whole of ``text``; empty when it is not a place.

    >>> [each.short for each in whole_place("深圳市南山区")], whole_place("集团")
    (['深圳', '南山'], ())
    """
    found = place_prefix(text)
    if found.end == len(text):
        return found.places
    exact = _table().get(text, ())
    return exact[:1]


def _next(text: str, at: int, before: list[Place]) -> tuple[int, Place | None] | None:
    for end, place in _ways_at(text, at):
        if _accepted(place, text, end, before):
            return end, place
    return _unlisted(text, at, before)


def _unlisted(text: str, at: int, before: list[Place]) -> tuple[int, Place | None] | None:
    """A zone or town behind a listed place, or a 市 or 县 that no table knows (an invented one, an old one)."""
    for pattern in (_ZONE, _TOWN) if before else (_UNKNOWN,):
        if found := pattern.match(text, at):
            word = found[0]
            return found.end(), Place("?", short_place(word), full=True) if pattern is _UNKNOWN else None
    return None


def _accepted(place: Place, text: str, end: int, before: list[Place]) -> bool:
    if before:
        inside = any(place.code.startswith(each.code) or each.code == "" for each in before if each.code != "?")
        fresh = all(place.code != each.code for each in before)
        return inside and fresh and (place.full or len(text) - end >= len(place.short))
    if not place.full and _UNKNOWN.match(text, end - 2):
        return False
    if place.full or len(place.code) < len("110000"):
        return True
    return len(text) - end > 1 and text[end] not in _LANDSCAPE and not _brandish(place.short)


def _brandish(short: str) -> bool:
    return all(char in _BRANDISH for char in short)


def province_signs(places: tuple[Place, ...]) -> Iterator[str]:
    """Yield the one-character signs of the provinces of these places (深圳 → 粤)."""
    yield from dict.fromkeys(PROVINCE_SIGNS[each.code[:2]] for each in places if each.code[:2] in PROVINCE_SIGNS)
