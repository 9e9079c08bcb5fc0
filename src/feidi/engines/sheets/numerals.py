"""Chinese numerals: 大写 (壹贰叁), small (一二三), mixed with digits (1亿2000万, 3千5百万)."""

from __future__ import annotations

import re
from decimal import Decimal

_DIGITS = {
    **dict(zip("零〇一二三四五六七八九", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)),
    **dict(zip("壹贰叁肆伍陆柒捌玖两", (1, 2, 3, 4, 5, 6, 7, 8, 9, 2), strict=True)),
    **dict(zip("壱貳參叄陸", (1, 2, 3, 3, 6), strict=True)),
}
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1_000, "仟": 1_000}
_BIG = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
_TEN, _WAN = 10, 10_000
_MAX_DIGITS = 60
#: Nobody writes a longer number in words.
_MAX_CHARS = 40
_DESCENDING = (
    (100_000_000, frozenset("亿億")), (10_000, frozenset("万萬")), (1_000, frozenset("千仟")), (100, frozenset("百佰")),
    (10, frozenset("十拾")),
)  # fmt: skip
#: Characters that a written number may be made of.
NUMERAL_CHARS = "".join((*_DIGITS, *_SMALL, *_BIG))
_TOKEN = re.compile(rf"\d+(?:\.\d+)?|[{NUMERAL_CHARS}]")
_PLAIN = re.compile(r"^\d{1,3}(?:,\d{3})+(?:\.\d+)?$|^\d+(?:\.\d+)?$")


def text_of(value: object) -> str:
    """Write a value as plain text without exponent; absurdly long numbers are shortened, never an error.

    >>> text_of(0.1 + 0.2), text_of(Decimal("1E+3")), text_of(None), text_of(" 5 ")
    ('0.3', '1000', '', '5')
    """
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, float):
        value = Decimal(format(value, ".15g"))
    if isinstance(value, (int, Decimal)):
        number = Decimal(value)
        short = not number.is_finite() or abs(number.adjusted()) < _MAX_DIGITS
        return format(number, "f" if short else ".3E")
    return str(value).strip()


def parse_plain_number(text: str) -> Decimal | None:
    """Read digits with well-formed thousands separators; anything doubtful is None.

    >>> parse_plain_number("1,965.50"), parse_plain_number("1,2"), parse_plain_number("1.234.5")
    (Decimal('1965.50'), None, None)
    """
    return Decimal(text.replace(",", "")) if _PLAIN.match(text) and text.isascii() else None


def parse_numeral(text: str) -> Decimal | None:
    """Read a number in Chinese numerals or digits with 十百千万亿; None when it is not clear.

    >>> [int(parse_numeral(t)) for t in ("伍佰万", "一亿二千万", "1亿2000万", "3千5百万", "十五", "壹仟零伍拾", "两亿")]
    [5000000, 120000000, 120000000, 35000000, 15, 1050, 200000000]
    >>> parse_numeral("二百五"), parse_numeral("3亿5"), parse_numeral("数千万")
    (None, None, None)
    """
    if len(text) > _MAX_CHARS:
        return None
    tokens = _TOKEN.findall(text)
    if not tokens or "".join(tokens) != text:
        return None
    if len(tokens) > 1 and all(token in _DIGITS for token in tokens):
        return Decimal("".join(str(_DIGITS[token]) for token in tokens))
    return _value(tokens)


def _value(tokens: list[str]) -> Decimal | None:
    """Split at the largest unit: what stands before is multiplied by it, what stands after is added."""
    for unit, words in _DESCENDING:
        places = [place for place, token in enumerate(tokens) if token in words]
        if places:
            return _around(tokens[: places[-1]], tokens[places[-1] + 1 :], unit)
    if len(tokens) != 1:
        return None
    return Decimal(_DIGITS[tokens[0]]) if tokens[0] in _DIGITS else Decimal(tokens[0])


def _around(before: list[str], after: list[str], unit: int) -> Decimal | None:
    times = _value(before) if before else Decimal(1) if unit == _TEN else None
    if times is None or (unit < _WAN and times >= _TEN):
        return None
    rest = _rest(after, unit)
    return None if rest is None else times * unit + rest


def _rest(after: list[str], unit: int) -> Decimal | None:
    """Read what follows a unit. 二百五 and 3亿5 leave open what the last digit counts; 二百零五 does not."""
    bare = [token for place, token in enumerate(after) if place or token not in ("零", "〇")]
    if not bare:
        return Decimal(0) if not after else None
    value = _value(bare)
    open_end = len(bare) == len(after) == 1 and unit != _TEN
    return None if value is None or value >= unit or open_end else value
