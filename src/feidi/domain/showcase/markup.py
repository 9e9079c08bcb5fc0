"""The text of a publication: a plain subset of Markdown, so that nothing an author pastes can become markup.

Everything is escaped first; then only these become elements: ``##`` and ``###`` headings, ``-`` and ``1.`` lists,
``>`` quotations, ``**bold**``, ``[words](address)`` with an address that is a web page, a mail or a page of the site.
HTML is not cleaned, it is not understood: there is no tag that could get through. See docs/decisions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Final

_LINK: Final = re.compile(r"\[([^\[\]\n]{1,200})\]\(([^()\s]{1,500})\)")
_BOLD: Final = re.compile(r"\*\*([^*\n]{1,300})\*\*")
_BULLET: Final = re.compile(r"^[-*·•]\s+(.*)$")
_NUMBERED: Final = re.compile(r"^\d{1,3}[.、．]\s*(.*)$")
_HEADING: Final = re.compile(r"^(#{2,3})\s+(.*)$")
_ADDRESS: Final = re.compile(r"^(?:https?://[^\s]+|mailto:[^\s@]+@[^\s]+|/[^/\s][^\s]*)$", re.IGNORECASE)
#: What nobody writes by mistake into a text for the public: it is refused, so that its author learns of it.
_ACTIVE: Final = re.compile(
    r"<\s*/?\s*(script|iframe|object|embed|style|link|meta|svg|form|base)\b|\bon[a-z]{3,20}\s*=\s*[\"'\w]|javascript\s*:"
    r"|vbscript\s*:|data\s*:\s*text/html",
    re.IGNORECASE,
)


def active_part(text: str) -> str:
    """Return the first part of a text that would be a program on a web page, "" when there is none.

    >>> active_part("请看 <script>alert(1)</script>"), active_part("价格 < 3 万元，one=1")
    ('<script', '')
    """
    found = _ACTIVE.search(text)
    return found[0].strip() if found else ""


def render(text: str) -> str:
    r"""Return a text as HTML that holds nothing but the elements named above.

    >>> render("第一段 <b>\n\n- 甲\n- **乙**")
    '<p>第一段 &lt;b&gt;</p>\n<ul><li>甲</li><li><strong>乙</strong></li></ul>'
    """
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return "\n".join(
        html for block in blocks for html in _block([line.strip() for line in block.split("\n") if line.strip()])
    )


def _block(lines: list[str]) -> Iterator[str]:
    kept: list[str] = []
    kind = ""
    for line in [*lines, ""]:
        now, words = _kind_of(line)
        if kept and now != kind:
            yield _element(kind, kept)
            kept = []
        if line:
            kind = now
            kept.append(words)
            if kind in {"h2", "h3"}:
                yield _element(kind, kept)
                kept, kind = [], ""


def _kind_of(line: str) -> tuple[str, str]:
    if found := _HEADING.match(line):
        return f"h{len(found[1])}", found[2]
    if found := _BULLET.match(line):
        return "ul", found[1]
    if found := _NUMBERED.match(line):
        return "ol", found[1]
    if line.startswith(">"):
        return "blockquote", line[1:].strip()
    return ("p" if line else ""), line


def _element(kind: str, lines: list[str]) -> str:
    if kind in {"ul", "ol"}:
        return f"<{kind}>{''.join(f'<li>{_inline(line)}</li>' for line in lines)}</{kind}>"
    inner = "<br>".join(_inline(line) for line in lines)
    return f"<blockquote><p>{inner}</p></blockquote>" if kind == "blockquote" else f"<{kind}>{inner}</{kind}>"


def _inline(line: str) -> str:
    made, at = [], 0
    for found in _LINK.finditer(line):
        made.append(_bold(line[at : found.start()]))
        made.append(_link(found[1], found[2]))
        at = found.end()
    return "".join([*made, _bold(line[at:])])


def _link(words: str, address: str) -> str:
    if not _ADDRESS.match(address):
        return _bold(f"[{words}]({address})")
    away = "" if address.startswith("/") else ' rel="noopener nofollow"'
    return f'<a href="{escape(address)}"{away}>{_bold(words)}</a>'


def _bold(text: str) -> str:
    made, at = [], 0
    for found in _BOLD.finditer(text):
        made.append(escape(text[at : found.start()]))
        made.append(f"<strong>{escape(found[1])}</strong>")
        at = found.end()
    return "".join([*made, escape(text[at:])])
