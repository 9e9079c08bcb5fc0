"""What a spreadsheet number format says beyond the number: a unit, a scale, how much of a date is shown.

``0"万元"`` shows 500 as 500万元: the stored number counts 万元. ``0.00,"千"`` shows 1234567 as
1234.57千: the comma divides by 1000 and the word multiplies again, so the stored number counts 1.
``0!.0,"万元"`` (comma: by 1000, written point: by 10) shows 元 in 万元: the stored number counts 元.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_FACTORS = {
    "": 1,
    "百": 100,
    "千": 1_000,
    "万": 10_000,
    "十万": 100_000,
    "百万": 1_000_000,
    "千万": 10_000_000,
    "亿": 100_000_000,
}
_NAMES = {factor: name for name, factor in _FACTORS.items()}
_UNIT = re.compile(
    r"^(?P<factor>百|千|十万|百万|千万|万|亿)?(?P<base>元|人民币|美元|港元|港币|欧元|日元|英镑|澳门元|澳元)?$"
)
_PLAIN_UNITS = frozenset(
    {"㎡", "m²", "m2", "平方米", "平米", "亩", "公顷", "人", "家", "个", "项", "台", "套", "吨", "天", "年", "月", "%"}
)
#: Built-in formats that a file names by number only; 27-58 as Excel shows them in a Chinese locale.
BUILT_IN = {
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm",
    21: "h:mm:ss", 22: "yyyy/m/d h:mm", 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"', 36: 'yyyy"年"m"月"', 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"', 54: 'm"月"d"日"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
_QUOTED = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|_.|\*.|!(.)')


@dataclass(frozen=True, slots=True)
class FormatMeaning:
    """``unit``: unit of the stored number, or None. ``precision``: of a date, when less than a day is shown.

    ``year_hidden``: a date format that shows no year. ``unclear``: a word with a scale we cannot resolve.
    """

    code: str
    unit: str | None = None
    precision: str | None = None
    year_hidden: bool = False
    unclear: bool = False
    is_date: bool = False

    @property
    def matters(self) -> bool:
        """True when the plain value alone would mislead."""
        return bool(self.unit is not None or self.precision or self.year_hidden or self.unclear)


@lru_cache(maxsize=1024)
def meaning_of(code: str) -> FormatMeaning:
    """Read one number format.

    >>> meaning_of('0"万元"').unit, meaning_of('#,##0.00,"千"').unit, meaning_of('0!.0,"万元"').unit
    ('万元', '', '元')
    >>> meaning_of('yyyy"年"m"月"').precision, meaning_of("General").matters
    ('month', False)
    """
    section = _first_section(code)
    literals = "".join(_literals(section))
    bare = _QUOTED.sub("", re.sub(r"\[([hmsHMS]+)\]", r"\1", section))
    if _is_date(bare):
        return _date_meaning(code, bare)
    if "0" not in bare and "#" not in bare and "?" not in bare:
        return FormatMeaning(code)
    # A word such as 元 may also stand unquoted: "0万元" is a legal format.
    words = re.sub(r"[\s()（）¥￥$:：+-]", "", literals + re.sub(r"[0#?.,;%\sEe+@/-]", "", bare))
    words = words.replace("General", "").replace("!", "").replace(".", "")
    return _number_meaning(code, section, words)


def _first_section(code: str) -> str:
    depth = False
    for position, char in enumerate(code):
        if char == '"':
            depth = not depth
        elif char == ";" and not depth:
            return code[:position]
    return code


def _literals(section: str) -> list[str]:
    return [match[1] or match[2] or match[3] or "" for match in _QUOTED.finditer(section)]


def _is_date(bare: str) -> bool:
    return bool(re.search(r"[ymdhs]", bare, re.IGNORECASE)) and not re.search(r"[0#?]", bare.split(".", maxsplit=1)[0])


def _date_meaning(code: str, bare: str) -> FormatMeaning:
    lower = bare.lower()
    has_time = "h" in lower or "s" in lower
    if has_time and not any(part in lower for part in "yde"):
        return FormatMeaning(code)
    if has_time or "d" in lower or "e" in lower:
        hidden = "d" in lower and "y" not in lower and not has_time and "e" not in lower
        return FormatMeaning(code, year_hidden=hidden, is_date=True)
    if "m" in lower:
        return FormatMeaning(code, precision="month", year_hidden="y" not in lower, is_date=True)
    return FormatMeaning(code, precision="year" if "y" in lower else None, is_date=True)


def _number_meaning(code: str, section: str, words: str) -> FormatMeaning:
    divisor = _divisor(section)
    if "%" in re.sub(r'"[^"]*"', "", section):
        # 0.5 shown as 50%: the stored number counts 1, whatever a header (%) says.
        return FormatMeaning(code, unit="", unclear=divisor != 1)
    match = _UNIT.match(words)
    if words in _PLAIN_UNITS and divisor == 1:
        return FormatMeaning(code, unit=words)
    if not match or not words:
        # A scale without any word ("0,") hides 10^3 from the reader of the printout.
        return FormatMeaning(code, unclear=divisor != 1)
    factor, base = _FACTORS[match["factor"] or ""], match["base"] or ""
    if factor % divisor or factor // divisor not in _NAMES:
        return FormatMeaning(code, unclear=True)
    return FormatMeaning(code, unit=_NAMES[factor // divisor] + base)


def _divisor(section: str) -> int:
    """Return by how much the shown number was divided: trailing commas, and a literal point among the digits."""
    body = re.sub(r'"[^"]*"|\[[^\]]*\]', "", section)
    digits = re.search(r"[0#?][0#?.,!\\]*", body)
    if not digits:
        return 1
    text = digits.group(0)
    commas = len(text) - len(text.rstrip(","))
    literal_point = re.search(r"[!\\]\.([0#?]+)", text)
    return int(1000**commas * (10 ** len(literal_point.group(1)) if literal_point else 1))
