"""Texts of authors: folding of full-width signs, numbers exact, days, and the words that look alike."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any, Final

from feidi.engines.rules.language.source import WrongError

_TABLE: Final = {
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    0x3000: " ", 0xA0: " ", 0x2212: "-", 0x2013: "-", 0x2014: "-", 0x00D7: "*", 0x301C: "~",
    0x2265: ">=", 0x2264: "<=", 0x2260: "≠", 0x00B2: "2", 0x33A1: "㎡",
}  # fmt: skip
_SPACES: Final = re.compile(r"\s+")
#: Nobody writes longer numbers; longer ones are somebody's mistake.
_MAX_DIGITS: Final = 24
_NUMBER: Final = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_DAY: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_SHOWN: Final = 60
_NEAR: Final = 3


def fold(text: str) -> str:
    """Fold full-width letters, digits and signs, and runs of white space.

    >>> fold("研发费用　≥　３００万元（含）")
    '研发费用 >= 300万元(含)'
    """
    return _SPACES.sub(" ", text.translate(_TABLE)).strip()


def shown(value: object) -> str:
    """Return a value as it may be quoted back: short, on one line."""
    try:
        text = _SPACES.sub(" ", value if isinstance(value, str) else str(value))
    except (ValueError, RecursionError):
        text = "…"
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def near(word: str, known: Iterable[str]) -> str:
    """Return the known words that ``word`` may have been meant to be, joined by 、; "" when none is like it."""
    from difflib import get_close_matches  # noqa: PLC0415 - only when something is wrong

    words = sorted({each for each in known if each})
    like = get_close_matches(word[:_SHOWN], words, n=_NEAR, cutoff=0.5)
    within = [each for each in words if len(word) > 1 and (word in each or each in word) and each not in like]
    return "、".join([*like, *within][:_NEAR])


def suggestion(word: str, known: Iterable[str]) -> str:
    """Return the words that may have been meant: the near ones, else the first of all that may be written."""
    words = list(known)
    return near(word, words) or "、".join(words[:12]) or "—"


def exact(value: object) -> Fraction:
    """Return a number exactly as it was written: an integer, a float's shortest text, or digits with separators.

    >>> exact("1,200.5"), exact(0.05), exact(3)
    (Fraction(2401, 2), Fraction(1, 20), Fraction(3, 1))
    """
    if isinstance(value, bool):
        raise WrongError("rules.number_expected", found=shown(value))
    if isinstance(value, int):
        if value.bit_length() > 4 * _MAX_DIGITS:
            raise WrongError("rules.number_too_long", digits=_MAX_DIGITS)
        return Fraction(value)
    if isinstance(value, Fraction):
        return value
    text = repr(value) if isinstance(value, float) else str(value).strip()
    if len(text) > _MAX_DIGITS:
        raise WrongError("rules.number_too_long", digits=_MAX_DIGITS)
    if not isinstance(value, float | Decimal) and not _NUMBER.fullmatch(text):
        raise WrongError("rules.number_expected", found=shown(value))
    return _decimal(text.replace(",", ""))


def _decimal(text: str) -> Fraction:
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise WrongError("rules.number_expected", found=shown(text)) from error
    if not number.is_finite() or abs(number.adjusted()) > _MAX_DIGITS:
        raise WrongError("rules.number_expected", found=shown(text))
    return Fraction(number)


def day_of(value: Any) -> int:
    """Return a day (a date, or 2025-01-31) as its ordinal."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.toordinal()
    match = _DAY.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise WrongError("rules.day_expected", found=shown(value))
    try:
        return date(int(match[1]), int(match[2]), int(match[3])).toordinal()
    except ValueError as error:
        raise WrongError("rules.day_impossible", found=shown(value)) from error


def one_line(text: str) -> str:
    """Return a text without line breaks and runs of white space."""
    return _SPACES.sub(" ", text).strip()
