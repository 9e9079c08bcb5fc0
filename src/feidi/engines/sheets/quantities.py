"""Plain quantities in cells: whole numbers, areas, yes and no."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from feidi.engines.findings import Finding, Level, Scalar
from feidi.engines.sheets.folding import fold_tight
from feidi.engines.sheets.model import finding
from feidi.engines.sheets.money_words import NOT_STATED
from feidi.engines.sheets.numerals import parse_numeral, parse_plain_number, text_of
from feidi.engines.sheets.units import as_unit

_COUNT_WORDS = re.compile(r"(?:人次|人|名|个|家|项|件|台|套|户|次|位|批|岁|层|辆|篇|条|天|年|月|亩|吨)$")
_ABOUT = re.compile(r"^(?:约|大约|近)|(?:左右|上下)$")
_AREA = re.compile(r"^(?P<number>[\d,.]+|[零〇一二三四五六七八九十百千万两]+)(?P<scale>万)?(?P<unit>[^\d]*)$")
#: Square metres of one unit; 亩 is 2000/3 m² by definition (1 hectare = 15 亩).
_AREA_UNITS: dict[str, tuple[int, int]] = {
    **dict.fromkeys(("㎡", "m²", "m2", "m^2", "平方米", "平米", "平方", "平", "方"), (1, 1)),
    "亩": (2000, 3),
    "公顷": (10_000, 1),
    "平方公里": (1_000_000, 1),
    "km²": (1_000_000, 1),
}
_YES = frozenset(
    {"是", "有", "对", "√", "✓", "✔", "☑", "y", "yes", "true", "1", "已", "已完成", "符合", "需要", "同意", "通过", "■"}
)
_NO = frozenset(
    {
        "否",
        "无",
        "没有",
        "不",
        "不是",
        "未",
        "×",
        "✗",
        "✘",
        "x",
        "n",
        "no",
        "false",
        "0",
        "不符合",
        "不需要",
        "不同意",
        "未完成",
        "□",
        "☐",
    }
)


@dataclass(frozen=True, slots=True)
class Area:
    """An area in square metres, exact to 0.01 m²; ``unit`` as written."""

    text: str
    square_metres: Decimal | None = None
    unit: str | None = None
    approximate: bool = False


def _doubt(code: str, text: str, **params: Scalar) -> tuple[Finding, ...]:
    return (finding(Level.PROBLEM, code, {"text": text[:80], **params}),)


def parse_integer(value: str | float | Decimal | None) -> tuple[int | None, tuple[Finding, ...]]:
    """Read a whole number: full-width digits, thousands separators, 人/家/个 behind it, Chinese numerals.

    >>> parse_integer("１，２００人")[0], parse_integer("十五")[0], parse_integer("")[0]
    (1200, 15, None)
    >>> parse_integer("3-5人")[1][0].code, parse_integer("1.5")[1][0].code
    ('sheets.number.unclear', 'sheets.number.not_whole')
    """
    raw = text_of(value)
    text = fold_tight(raw)
    if not text:
        return None, ()
    if NOT_STATED.match(text):
        return None, (finding(Level.NOTE, "sheets.number.not_stated", {"text": raw[:80]}),)
    bare = _ABOUT.sub("", text)
    notes = (finding(Level.NOTE, "sheets.number.approximate", {"text": raw[:80]}),) if bare != text else ()
    bare = _COUNT_WORDS.sub("", bare)
    sign, bare = (-1, bare[1:]) if bare.startswith("-") else (1, bare)
    number = parse_plain_number(bare)
    number = parse_numeral(bare) if number is None else number
    if number is None or number > 10**15:
        return None, _doubt("sheets.number.unclear", raw)
    if number != number.to_integral_value():
        return None, _doubt("sheets.number.not_whole", raw)
    return sign * int(number), notes


def parse_area(
    value: str | float | Decimal | None, *, unit_hint: str | None = None
) -> tuple[Area, tuple[Finding, ...]]:
    """Read an area into square metres. ``unit_hint``: the column's unit for a bare number; 亩 is converted with a note.

    >>> parse_area("1,200㎡")[0].square_metres, parse_area("15亩")[0].square_metres, parse_area("1.2万平方米")[0].square_metres
    (Decimal('1200'), Decimal('10000.00'), Decimal('12000.0'))
    """
    raw = text_of(value)
    text = fold_tight(raw).lower()
    if not text:
        return Area(raw), ()
    if NOT_STATED.match(text):
        return Area(raw), (finding(Level.NOTE, "sheets.number.not_stated", {"text": raw[:80]}),)
    bare = _ABOUT.sub("", text)
    match = _AREA.match(bare)
    number = (parse_plain_number(match["number"]) or parse_numeral(match["number"])) if match else None
    if match is None or (number is None and match["number"] != "0"):
        return Area(raw), _doubt("sheets.number.unclear", raw)
    unit = match["unit"] or _area_hint(unit_hint)
    if unit not in _AREA_UNITS:
        code = "sheets.area.unit_unknown" if unit else "sheets.area.no_unit"
        return Area(raw), _doubt(code, raw, unit=unit or "")
    return _area(raw, (number or Decimal(0)) * (10_000 if match["scale"] else 1), unit, approximate=bare != text)


def _area_hint(hint: str | None) -> str | None:
    return as_unit(hint) or fold_tight(hint).lower() if hint else None


def _area(raw: str, number: Decimal, unit: str, *, approximate: bool) -> tuple[Area, tuple[Finding, ...]]:
    numerator, denominator = _AREA_UNITS[unit]
    metres = number * numerator
    if denominator != 1:
        metres = (metres / denominator).quantize(Decimal("0.01"))
    notes: tuple[Finding, ...] = ()
    if (numerator, denominator) != (1, 1):
        notes = (
            finding(
                Level.NOTE,
                "sheets.area.converted",
                {"text": raw[:80], "unit": unit, "square_metres": format(metres, "f")},
            ),
        )
    return Area(raw, metres, unit, approximate), notes


def parse_yes_no(value: object) -> tuple[bool | None, tuple[Finding, ...]]:
    """Read 是/否, 有/无, √/×, Y/N, 1/0. Blank is unknown (None), not no.

    >>> parse_yes_no("√")[0], parse_yes_no("否")[0], parse_yes_no("")[0], parse_yes_no("可能")[1][0].code
    (True, False, None, 'sheets.yes_no.unclear')
    """
    if isinstance(value, bool):
        return value, ()
    raw = text_of(value)
    text = fold_tight(raw).lower()
    if not text:
        return None, ()
    if text in _YES or text in _NO:
        return text in _YES, ()
    return None, _doubt("sheets.yes_no.unclear", raw)
