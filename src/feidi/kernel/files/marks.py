"""Secrecy marks 密级标志 in a file's name and in the text of its first page.

This is not a system for state secrets. 绝密, 机密, 秘密 and 工作秘密 are never taken; 内部资料 and red-head
documents only with a reason. A word inside a sentence (商业秘密保护, 机密计算) is not a mark: a mark
stands alone on its line, at the start of a name, or before a star.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

_LEVELS: Final = "绝密|机密|秘密"
_HAN: Final = r"\u3400-\u9fff"
#: Which lines of the first page can bear a mark: 版头 stands above the text.
_HEAD_LINES: Final = 25
_BEFORE_STAR: Final = re.compile(rf"(?<!商业)(?<!工作)({_LEVELS})[★☆✩✭⭐*]")
_WHOLE_LINE: Final = re.compile(
    rf"^(?:密级[:：]?)?[【\[(（《]?({_LEVELS}|工作秘密)级?[】\])）》]?(?:[0-9一二三四五六七八九十]+(?:年|个月)|长期)?$"
)
_NAME_START: Final = re.compile(rf"^[^{_HAN}]*({_LEVELS}|工作秘密)(?=$|[^{_HAN}]|级|文件|件|资料|材料)")
_NAME_BRACKET: Final = re.compile(rf"[【\[(（《]({_LEVELS}|工作秘密)级?[】\])）》]")
_INTERNAL: Final = re.compile(r"内部(?:资料|文件|材料|刊物|参考|使用)|注意保存|不得外传|仅供内部")
_NUMBER_CORE: Final = r"[〔\[(（【]20\d\d[〕\])）】](?:第)?\d{1,5}号"
_NUMBER_LINE: Final = re.compile(rf"^[{_HAN}A-Za-z]{{1,16}}{_NUMBER_CORE}(?:签发人.*)?$")
_NUMBER_IN_NAME: Final = re.compile(rf"[{_HAN}A-Za-z]{{1,16}}{_NUMBER_CORE}")


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: the words found, where (``name`` or ``page``), and whether it is never taken."""

    words: str
    where: str
    secret: bool


def marks_in_name(name: str) -> tuple[Mark, ...]:
    """Return the marks that a file's name bears.

    >>> [mark.words for mark in marks_in_name("机密★3年 情况.pdf")], marks_in_name("商业秘密保护承诺书.pdf")
    (['机密'], ())
    """
    stem = _folded(name.rpartition(".")[0] or name)
    for pattern in (_BEFORE_STAR, _NAME_START, _NAME_BRACKET):
        if found := pattern.search(stem):
            return (Mark(found[1], "name", secret=True),)
    return tuple(
        Mark(found[0], "name", secret=False)
        for pattern in (_INTERNAL, _NUMBER_IN_NAME)
        if (found := pattern.search(stem))
    )


def marks_in_page(text: str) -> tuple[Mark, ...]:
    r"""Return the marks in the head of a first page; a secret one stands alone.

    >>> [mark.words for mark in marks_in_page("机 密 ★ 一 年\n某某区文件")]
    ['机密']
    >>> marks_in_page("根据国办函〔2026〕12号，保护商业秘密")
    ()
    """
    lines = [line for each in text.splitlines() if (line := _folded(each))][:_HEAD_LINES]
    for line in lines:
        if found := _BEFORE_STAR.search(line) or _WHOLE_LINE.match(line):
            return (Mark(found[1], "page", secret=True),)
    found_marks = [
        Mark(found[0], "page", secret=False)
        for line in lines
        if (found := _INTERNAL.search(line) or _NUMBER_LINE.match(line))
    ]
    return tuple(dict.fromkeys(found_marks))


def _folded(text: str) -> str:
    """Full-width to half-width, and no spaces: red heads are printed s p a c e d."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
