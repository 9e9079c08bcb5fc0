"""Text folding: full-width forms, odd spaces and invisible characters, so that alike texts compare equal."""

from __future__ import annotations

import re
import unicodedata

_WIDE = {0x3000: " ", 0xA0: " ", 0x2212: "-", 0xFF0D: "-", 0x2013: "-", 0x2014: "-", 0x2015: "-", 0x301C: "~"}
for _code in range(0xFF01, 0xFF5F):
    _WIDE.setdefault(_code, chr(_code - 0xFEE0))
_INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xAD, 0x200E, 0x200F], None)
_TABLE: dict[int, str | None] = {**_WIDE, **_INVISIBLE, 0xFFE5: "¥", 0xFFE1: "£", 0xFFE0: "¢"}
_SPACES = re.compile(r"\s+")


def fold(text: str) -> str:
    """Fold full-width letters, digits and signs to ASCII, drop invisible characters, trim.

    >>> fold("１，２００ 万元（约）")
    '1,200 万元(约)'
    """
    return text.translate(_TABLE).strip()


def fold_tight(text: str) -> str:
    r"""Fold and remove every space and line break: the form for comparing words.

    >>> fold_tight("合　 计\n")
    '合计'
    """
    return _SPACES.sub("", fold(text))


def one_line(text: str) -> str:
    r"""Join lines and runs of spaces; between two Chinese characters a break vanishes.

    >>> one_line("计划总投资\n（万元）"), one_line("Machinery and \n equipment")
    ('计划总投资（万元）', 'Machinery and equipment')
    """
    parts = [part.strip() for part in re.split(r"[\r\n\t]+", text) if part.strip()]
    joined = ""
    for part in parts:
        gap = " " if joined and joined[-1].isascii() and part[0].isascii() else ""
        joined += gap + part
    return _SPACES.sub(" ", joined)


def is_cjk(char: str) -> bool:
    """Tell whether a character is a Chinese ideograph (including extension A and compatibility forms)."""
    return (
        "\u3400" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff" or unicodedata.name(char, "").startswith("CJK U")
    )
