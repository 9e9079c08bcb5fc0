"""Writing cell texts that a spreadsheet must not take for formulas, and reading them back."""

from __future__ import annotations

import re

from feidi.engines.sheets.folding import fold

_STARTS = "=+-@\t\r\n＝＋－＠|%"
_NUMBER = re.compile(r"^[-+]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?(?:[eE][-+]?\d+)?%?$")
_PHONE = re.compile(r"^\+\d{1,4}(?:[ -]?\d){5,14}$")
_DASHES = re.compile(r"^-+$")


def is_formula_like(text: str) -> bool:
    """Tell whether a spreadsheet may run this text. Numbers, phone numbers and dashes are harmless.

    >>> [is_formula_like(t) for t in ("=1+1", "-12.5", "+86 13800138000", "@SUM(A1)", "-", "－5", "+cmd|' /C calc'!A0")]
    [True, False, False, True, False, False, True]
    """
    if not text or text[0] not in _STARTS:
        return False
    folded = fold(text)
    return not (_NUMBER.match(folded) or _PHONE.match(folded) or _DASHES.match(folded)) or text[0] in "\t\r\n"


def safe_cell_text(value: object) -> str:
    """Return the text to write into a CSV cell: a ``'`` goes before what might run as a formula.

    >>> safe_cell_text("=cmd|' /C calc'!A0"), safe_cell_text(-5), safe_cell_text("+86-13800138000"), safe_cell_text(None)
    ("'=cmd|' /C calc'!A0", '-5', '+86-13800138000', '')
    """
    text = "" if value is None else str(value)
    bare = text.lstrip("'")
    # A text that already begins with '= gets one more ', so that reading back takes off exactly one.
    return "'" + text if is_formula_like(bare) else text


def plain_cell_text(text: str) -> str:
    """Undo ``safe_cell_text``: take off one guarding ``'``.

    >>> plain_cell_text("'=1+1"), plain_cell_text("'90后")
    ('=1+1', "'90后")
    """
    return text[1:] if text.startswith("'") and is_formula_like(text.lstrip("'")) else text
