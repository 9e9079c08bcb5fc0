"""Units and required marks in header texts: ``*计划总投资(万元)`` is 计划总投资, in 万元, required."""

from __future__ import annotations

import re
from dataclasses import dataclass

from feidi.engines.sheets.folding import fold, one_line

_MONEY = (
    r"(?:百万|千万|十万|百|千|万|亿)?(?:元人民币|人民币元|人民币|美元|美金|港元|港币|欧元|英镑|日元|澳门元|澳元|元|rmb|cny|usd|hkd)"
    r"|(?:百万|千万|万|亿)"
)
_PLAIN = (
    r"㎡|m²|m2|m\^2|平方米|平米|平方|亩|公顷|平方公里|km²|人次|人|个|家|项|件|台|套|次|天|日|年|月|小时|h|分钟|分|%|‰|％|"
    r"吨标煤|吨标准煤|吨|t|千克|公斤|kg|克|g|千瓦时|kwh|kw·h|度|千瓦|kw|kva|mw|立方米|m³|m3|公里|km|米|m|℃|层|辆|篇|户|批|岁|吨/年"
)
_ONE = rf"(?:{_MONEY}|{_PLAIN})"
_UNIT = re.compile(rf"^(?:单位[::]?)?(?P<unit>{_ONE}(?:[/·每]{_ONE})*)$", re.IGNORECASE)
_BRACKETS = re.compile(r"[(\[【〔](?P<inside>[^()\[\]【】〔〕]*)[)\]】〕]")
_REQUIRED = re.compile(r"^(?:必填|必填项|必须|必选|required)$", re.IGNORECASE)
_OPTIONAL = re.compile(r"^(?:选填|非必填|可选|可不填|optional)$", re.IGNORECASE)
_TAIL = re.compile(rf"[/,、:;]\s*(?:单位[::]?)?(?P<unit>{_MONEY}|㎡|平方米|亩|%)$", re.IGNORECASE)
_TITLE_UNIT = re.compile(
    rf"(?:金额)?(?:计量)?单位\s*[::]\s*(?P<unit>{_ONE}(?:[、,/]{_ONE})*)(?![\u4e00-\u9fff\w])", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class HeaderText:
    """A header taken apart. ``text`` keeps it as written, on one line."""

    name: str
    unit: str | None
    required: bool
    text: str


def as_unit(text: str) -> str | None:
    """Return the text as a unit when it is nothing else.

    >>> as_unit("万元/年"), as_unit("单位：万元"), as_unit("核定"), as_unit(" ㎡ ")
    ('万元/年', '万元', None, '㎡')
    """
    match = _UNIT.match(fold(text).replace(" ", ""))
    return match["unit"] if match else None


def read_header(text: str) -> HeaderText:
    r"""Take one header apart.

    >>> read_header("*计划总投资\n（万元）")
    HeaderText(name='计划总投资', unit='万元', required=True, text='*计划总投资（万元）')
    >>> read_header("单个产品净重KG(必填)").required, read_header("需求(用地/厂房㎡)").unit
    (True, None)
    """
    whole = one_line(text)
    name, unit, required = fold(whole), None, False
    for match in list(_BRACKETS.finditer(name)):
        inside = match["inside"].strip()
        found = as_unit(inside)
        if _REQUIRED.match(inside) or _OPTIONAL.match(inside):
            required = required or bool(_REQUIRED.match(inside))
        elif found and unit is None:
            unit = found
        else:
            continue
        name = name.replace(match.group(0), "", 1)
    name, starred = _strip_stars(name)
    tail = _TAIL.search(name) if unit is None else None
    if tail:
        name, unit = name[: tail.start()].strip(), tail["unit"]
    return HeaderText(name.strip(" :") or name.strip(), unit, required or starred, whole)


def _strip_stars(name: str) -> tuple[str, bool]:
    bare = name.strip().strip("*＊★※").strip()
    return bare, bare != name.strip()


def title_unit(text: str) -> str | None:
    """Find "单位：万元" in a line above the table; an organisation ("填报单位：某某局") is not a unit.

    >>> title_unit("填报时间：2026年11月   单位：万元"), title_unit("填报单位：人民医院")
    ('万元', None)
    """
    match = _TITLE_UNIT.search(fold(text))
    return match["unit"] if match else None
