"""On an English page, words that are there in Chinese only are marked as Chinese: a screen reader reads them as such."""

from __future__ import annotations

import re
from typing import Final

_HAN: Final = "\u3400-\u9fff"
#: A tag, and the text up to the next one.
_PIECE: Final = re.compile(r"(<[^<>]*>)([^<]*)")
#: From the first Chinese sign to the last before a wide space, with the marks around them.
_RUN: Final = re.compile(rf"[《“（【〔]?[{_HAN}](?:[^\u3000]*[{_HAN}])?[》”）】〕。]*")
_CHINESE: Final = re.compile(rf"[{_HAN}]")
#: Elements that hold text alone: they say their language themselves.
_TEXT_ALONE: Final = frozenset({"title", "option", "textarea", "text"})
#: Elements whose name is read out and stands in an attribute.
_NAMED: Final = frozenset({"img", "svg", "input"})
_NAME: Final = re.compile(r"</?([a-z0-9]+)")
_LANG: Final = ' lang="zh-CN"'


def mark_chinese(page: str) -> str:
    """Return the markup with every run of Chinese marked; what says its language already stays as it is.

    >>> mark_chinese('<html lang="en"><p>Floor: 8层（虚构） of 9</p></html>')
    '<html lang="en"><p>Floor: 8<span lang="zh-CN">层（虚构）</span> of 9</p></html>'
    """
    return _PIECE.sub(_marked, page) if _CHINESE.search(page) else page


def _marked(found: re.Match[str]) -> str:
    tag, text = found.group(1), found.group(2)
    if not _CHINESE.search(tag) and not _CHINESE.search(text):
        return found.group(0)
    name = _name(tag)
    if 'lang="zh' in tag or tag.startswith("<!"):
        return found.group(0)
    if (name in _NAMED and _CHINESE.search(tag)) or (name in _TEXT_ALONE and _CHINESE.search(text)):
        tag = _with_language(tag)
        if name in _TEXT_ALONE:
            return tag + text
    if not _CHINESE.search(text):
        return tag + text
    return tag + _RUN.sub(lambda run: f"<span{_LANG}>{run.group(0)}</span>", text)


def _name(tag: str) -> str:
    found = _NAME.match(tag)
    return found.group(1) if found and not tag.startswith("</") else ""


def _with_language(tag: str) -> str:
    if " lang=" in tag:
        return tag
    end = -2 if tag.endswith("/>") else -1
    return f"{tag[:end]}{_LANG}{tag[end:]}"
