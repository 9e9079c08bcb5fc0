"""The numbers that stand in a sentence: where, what they are worth, in which unit. Dates and counters are left out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from feidi.engines.sheets.folding import fold
from feidi.engines.sheets.numerals import NUMERAL_CHARS, parse_numeral, parse_plain_number

_SCALES: Final = {
    "": 1, "十": 10, "百": 100, "千": 1_000, "万": 10_000, "十万": 100_000, "百万": 1_000_000, "千万": 10_000_000,
    "亿": 100_000_000, "十亿": 1_000_000_000, "百亿": 10_000_000_000, "千亿": 100_000_000_000,
    "万亿": 1_000_000_000_000,
}  # fmt: skip
_UNITS: Final = (
    "个百分点", "百分点", "平方公里", "平方米", "公顷", "立方米", "人次", "万元", "亿元", "元", "美元", "港元", "个", "家",
    "项", "人", "名", "件", "台", "套", "户", "次", "位", "批", "场", "篇", "条", "亩", "吨", "年", "月", "天", "日", "倍",
    "期", "号", "章", "页", "份", "字", "期", "季度", "周", "小时", "分钟", "款", "岁", "层", "栋", "间", "支", "只", "%",
    "‰", "㎡", "m²", "米", "公里", "类", "大类", "方面", "点", "轮", "分", "度",
)  # fmt: skip
_UNIT: Final = "|".join(sorted(map(re.escape, set(_UNITS)), key=len, reverse=True))
_SAME_UNIT: Final = {"百分点": "个百分点", "㎡": "平方米", "m²": "平方米", "名": "人", "位": "人", "户": "家"}
#: Words between a number and what it counts, of which one is as good as another.
_COUNTERS: Final = frozenset({"个", "家", "项", "件", "批", "次", "场", "条", "支", "份", "类"})
_DIGITS: Final = r"(?<![\d.A-Za-z])[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![\d.A-Za-z])[-+]?\d+(?:\.\d+)?"
_TOKEN: Final = re.compile(
    rf"(?:(?P<hundredth>百分之|千分之)(?P<spoken>[{NUMERAL_CHARS}]+(?:点[{NUMERAL_CHARS}]+)?|\d+(?:\.\d+)?))"
    rf"|(?:(?P<digits>{_DIGITS})(?P<more>[余多几])?(?P<scale>[十百千]?[万亿]|万亿|[十百千](?=[元个家人项名]))?"
    rf"(?P<moreafter>[余多])?(?: ?(?P<unit>{_UNIT}))?)"
    rf"|(?:(?P<words>[{NUMERAL_CHARS}]{{1,20}})(?P<wordsmore>[余多])?(?P<wordsunit>{_UNIT}))"
)
#: What looks like a number and counts nothing that anybody issued: days, document numbers, counters, addresses.
_NOT_FIGURES: Final = re.compile(
    r"(?:\d{2,4}\s*年\s*)?(?<!\d)\d{1,2}\s*月?-+\d{1,2}\s*月(?:份)?|\d{2,4}\s*年(?:\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*[日号])?)?|\d{1,2}\s*月\s*\d{1,2}\s*[日号]|\d{1,2}\s*月(?:份|底|初|末|中旬|上旬|下旬)"
    r"|(?<!\d)\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)|\d{1,2}[:]\d{2}(?::\d{2})?|〔\d{4}〕\s*(?:第\s*)?\d+\s*号"
    r"|[(]\d{1,2}[)]"
    rf"|第\s*[\d{NUMERAL_CHARS}]+|(?<!\d)1[3-9]\d(?:[\s-]?\d{{4}}){{2}}(?!\d)|(?<!\d)0\d{{2,3}}-\d{{7,8}}"
    r"|\d{1,2}\s*月(?!\w*度)|(?<![\da-zA-Z])[a-zA-Z][\da-zA-Z-]*|(?<![\d.a-zA-Z])\d{1,20}[a-zA-Z][\da-zA-Z-]*"
    rf"|[{NUMERAL_CHARS}]{{2,}}年|[一二三四五六七八九十]+月(?:[一二三四五六七八九十]+日)?"
)
_LIST_MARK: Final = re.compile(
    rf"^\s*(?:[(]?[\d{NUMERAL_CHARS}]{{1,3}}[)]|\d{{1,2}}[.、](?!\d)|[{NUMERAL_CHARS}]{{1,3}}、)"
)
#: A single small numeral counts only where somebody issued it: 一个, 两次 are words.
_SMALL_WORDS: Final = frozenset("零〇一二两三")
#: 签约, 合约, 最近 end in the same characters and say nothing of the number.
_ABOUT: Final = re.compile(r"(?:(?<![签合履协违预节制公契特])约|大约|(?<![最附新])近|将近|接近|超|超过|逾|突破)$")
_WORDS_BEFORE: Final = 4
_FULL_WIDTH: Final = "０１２３４５６７８９"


@dataclass(frozen=True, slots=True)
class NumberInText:
    """A number at ``start:end`` of a text. ``value`` counts ``unit``, with 万 and 亿 multiplied out (1.2亿元 = 120000000 元).

    ``step`` is what one unit of its last written digit is worth; ``about`` the word before or in it (约, 近, 超, 余).
    """

    start: int
    end: int
    text: str
    value: Decimal
    unit: str
    step: Decimal
    about: str = ""


def folded_alike(text: str) -> str:
    """Fold full-width forms and keep every character's place; a full-width comma between them joins digits only if they are wide.

    >>> folded_alike("１，２００人，3，000")
    '1,200人;3;000'
    """
    folded = []
    for at, char in enumerate(text):
        if char == "，":
            wide = text[at - 1 : at] in _FULL_WIDTH and text[at + 1 : at + 2] in _FULL_WIDTH
            folded.append("," if at and wide and text[at + 1 : at + 2] else ";")
        else:
            folded.append((fold(char) or " ")[0] if not char.isspace() else " ")
    return "".join(folded)


def find_numbers(text: str) -> tuple[NumberInText, ...]:
    """Return the figures of a text in their order. Days, 〔2026〕12号, 第12期, list counters, phones are not figures.

    >>> [(n.text, str(n.value), n.unit) for n in find_numbers("截至11月20日，签约１３个，到位1.2亿元，完成36.7%")]
    [('１３个', '13', '个'), ('1.2亿元', '120000000.0', '元'), ('36.7%', '36.7', '%')]
    """
    folded = folded_alike(text)
    hidden = _hidden(folded)
    found = []
    at = 0
    while match := _TOKEN.search(folded, at):
        number = _number(match, text, folded)
        at = max(match.end(), at + 1)
        if number is None:
            at = match.start() + 1 if match["words"] else at
        elif not hidden[number.start]:
            found.append(number)
    return tuple(found)


def _hidden(folded: str) -> bytearray:
    """Return one byte for each character: 1 where a number is none."""
    hidden = bytearray(len(folded))
    mark = _LIST_MARK.match(folded)
    for match in (*_NOT_FIGURES.finditer(folded), *((mark,) if mark else ())):
        hidden[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    return hidden


def _number(match: re.Match[str], text: str, folded: str) -> NumberInText | None:
    if match["hundredth"]:
        value, places = _spoken(match["spoken"])
        unit, factor = ("%" if match["hundredth"] == "百分之" else "‰"), Decimal(1)
    elif match["digits"]:
        value, places = parse_plain_number(match["digits"].lstrip("+-")), len(match["digits"].partition(".")[2])
        unit, factor = _unit_of(match["unit"] or "", Decimal(_SCALES[match["scale"] or ""]))
    else:
        value, places = _in_words(match["words"], match["wordsunit"]), 0
        unit, factor = _unit_of(match["wordsunit"], Decimal(1))
    if value is None:
        return None
    signed = -value if (match["digits"] or "").startswith("-") and not _joins(match, folded) else value
    step = factor / (Decimal(10) ** places)
    return NumberInText(
        match.start(),
        match.end(),
        text[match.start() : match.end()],
        signed * factor,
        unit,
        step,
        _about(match, folded),
    )


def _joins(match: re.Match[str], folded: str) -> bool:
    """Tell whether the dash before a number joins it to what stands before (3-5家) rather than negates it."""
    before = folded[match.start() - 1 : match.start()]
    return (before.isascii() and before.isalnum()) or (bool(before) and before in "%个家项人元年月日万亿")


def _about(match: re.Match[str], folded: str) -> str:
    before = _ABOUT.search(folded[max(0, match.start() - _WORDS_BEFORE) : match.start()])
    inside = match["more"] or match["moreafter"] or match["wordsmore"] or ""
    return inside or (before.group() if before else "")


def _unit_of(unit: str, factor: Decimal) -> tuple[str, Decimal]:
    if unit in ("万元", "亿元"):
        return "元", factor * _SCALES[unit[0]]
    return _SAME_UNIT.get(unit, unit), factor


def _in_words(words: str, unit: str) -> Decimal | None:
    if len(words) == 1 and (words in _SMALL_WORDS or unit in ("点", "分", "方面", "度", "层")):
        return None
    return parse_numeral(words)


def _spoken(text: str) -> tuple[Decimal | None, int]:
    whole, point, part = text.partition("." if text[0].isdigit() else "点")
    number = parse_plain_number(whole) if text[0].isdigit() else parse_numeral(whole)
    if number is None or not point:
        return number, 0
    digits = [parse_numeral(char) if not char.isdigit() else Decimal(char) for char in part]
    if any(digit is None for digit in digits):
        return None, 0
    return Decimal(f"{number}.{''.join(str(digit) for digit in digits)}"), len(part)


@lru_cache(maxsize=2048)
def read_number(text: str) -> NumberInText | None:
    """Return the one number a short text says (13, 十三, 13个, 36.7%, 1.2亿元), or None.

    >>> read_number("十三").value, read_number("百分之三十六点七").value, read_number("很多")
    (Decimal('13'), Decimal('36.7'), None)
    """
    numbers = find_numbers(text)
    if len(numbers) == 1 and numbers[0].text == text.strip():
        return numbers[0]
    bare = parse_numeral(fold(text)) if not numbers else None
    return NumberInText(0, len(text), text, bare, "", Decimal(1)) if bare is not None else None


def equal_worth(number: NumberInText, value: Decimal, unit: str) -> bool:
    """Tell whether a number says ``value`` of ``unit`` (both multiplied out): exactly, or rounded where it says 约, 近, 超.

    A number without a unit may stand for any; one with another unit says something else.
    """
    if number.unit and unit and number.unit != unit and not {number.unit, unit} <= _COUNTERS:
        return False
    value, said = abs(value), abs(number.value)
    if said == value:
        return True
    if not number.about:
        return False
    if number.about in ("近", "将近", "接近"):
        return value <= said <= value + 10 * number.step
    if number.about in ("约", "大约"):
        return abs(value - said) <= max(number.step, value / 20)
    return said <= value < said + 10 * number.step
