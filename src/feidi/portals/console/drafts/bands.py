"""From a table of tiers copied out of Excel to the lines of a policy file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

#: A number with its unit, as the policy language reads it.
_AMOUNT: Final = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?\s*(?:元|千元|万元|亿元|%|㎡|人|kWh|[A-Za-z㎡%‰]+)")
_NOTHING: Final = {"", "-", "—", "/", "不限", "以上", "无"}


@dataclass(frozen=True, slots=True)
class PastedBands:
    """The lines made, and per row what could not be read (nothing is made while there is any)."""

    text: str
    problems: tuple[str, ...]


def bands_from(basis: str, pasted: str) -> PastedBands:
    """Return 分档 lines: per row a lower end (included), an upper end (not included), an amount; no guess at a unit.

    A first row without any number is taken for a heading and passed over.
    """
    rows = [line.split("\t") for line in pasted.splitlines() if line.strip()]
    if rows and not any(re.search(r"\d", cell) for cell in rows[0]):
        rows = rows[1:]
    problems: list[str] = []
    lines: list[str] = []
    for number, row in enumerate(rows, start=1):
        cells = [cell.strip().replace(",", "") for cell in row]
        problem = _problem(cells)
        if problem:
            problems.append(_("第 {n} 行：{why}").format(n=number, why=problem))
            continue
        low, high, amount = ("" if cell in _NOTHING else cell for cell in cells)
        opening, closing = ("[" if low else "("), ")"
        lines.append(f'  - {{区间: "{opening}{low}, {high}{closing}", 金额: {amount}}}')
    if not rows:
        problems.append(_("没有看到数据行：请从 Excel 选中三列再复制粘贴"))
    text = "" if problems else "\n".join(["分档:", f"  按: {basis}", "  档:", *(f"  {line}" for line in lines)])
    return PastedBands(text, tuple(problems))


def _problem(cells: list[str]) -> str:
    if len(cells) != 3:  # noqa: PLR2004 - lower end, upper end, amount
        return _("有 {n} 列，应为三列：下限、上限、金额").format(n=len(cells))
    for cell in cells[:2]:
        if cell not in _NOTHING and not _AMOUNT.fullmatch(cell):
            return _("“{cell}”没有单位，写成 300万元、800㎡ 这样").format(cell=cell)
    if not _AMOUNT.fullmatch(cells[2]):
        return _("金额“{cell}”没有单位，写成 5万元 这样").format(cell=cells[2])
    if cells[0] in _NOTHING and cells[1] in _NOTHING:
        return _("下限和上限都空着")
    return ""
