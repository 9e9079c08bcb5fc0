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
#: Characters that a written number may be made of.
NUMERAL_CHARS = "".join((*_DIGITS, *_SMALL, *_BIG))
_TOKEN = re.compile(rf"\d+(?:\.\d+)?|[{NUMERAL_CHARS}]")
_PLAIN = re.compile(r"^\d{1,3}(?:,\d{3})+(?:\.\d+)?$|^\d+(?:\.\d+)?$")


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
    tokens = _TOKEN.findall(text)
    if not tokens or "".join(tokens) != text:
        return None
    if len(tokens) > 1 and all(token in _DIGITS for token in tokens):
        return Decimal("".join(str(_DIGITS[token]) for token in tokens))
    return _evaluate(tokens)


def _evaluate(tokens: list[str]) -> Decimal | None:
    """Sum sections: small multipliers inside a section, 万 and 亿 close one; they must fall from left to right."""
    total, section = Decimal(0), Decimal(0)
    pending: Decimal | None = None
    last_small, last_big, after_zero = 10_000, 10**12, False
    for token in tokens:
        if token in _SMALL:
            factor = _SMALL[token]
            if factor >= last_small or (pending is None and factor != 10):  # noqa: PLR2004 - only 十 may stand alone
                return None
            section += (Decimal(1) if pending is None else pending) * factor
            pending, last_small, after_zero = None, factor, False
        elif token in _BIG:
            factor = _BIG[token]
            closed = section + (pending or 0)
            if not closed and total and factor == 100_000_000 and last_big == 10_000:  # noqa: PLR2004 - 万亿
                total *= factor
            elif not closed or factor >= last_big:
                return None
            else:
                total += closed * factor
            section, pending, last_small, last_big, after_zero = Decimal(0), None, 10_000, factor, False
        elif token in ("零", "〇"):
            if pending is not None:
                return None
            after_zero = True
            pending = Decimal(0) if len(tokens) == 1 else None
        else:
            if pending is not None:
                return None
            pending = Decimal(_DIGITS[token]) if token in _DIGITS else Decimal(token)
    if pending is not None and not _clear_end(pending, last_small, last_big, after_zero=after_zero):
        return None
    return total + section + (pending or 0)


def _clear_end(pending: Decimal, last_small: int, last_big: int, *, after_zero: bool) -> bool:
    """A digit at the end is clear after 十 or 零, or when nothing came before; 二百五 and 3亿5 are not."""
    first = last_small == 10_000 and last_big == 10**12  # noqa: PLR2004
    return first or after_zero or last_small == 10 or pending == 0  # noqa: PLR2004
