"""What a reader would miss in a paper, which figures it prints, and about how long it is."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

from feidi.engines.findings import Finding, Level, Scalar, refuse
from feidi.engines.sheets.folding import fold_tight
from feidi.kernel.documents.office.figures import IssuedFigure
from feidi.kernel.documents.office.papers import (
    LAYOUTS,
    Block,
    FieldGrid,
    FigureSpan,
    Heading,
    Inline,
    Inlines,
    Labelled,
    Paper,
    PaperKind,
    Paragraph,
    Picture,
    SignBoxes,
    Spacer,
    Table,
)
from feidi.kernel.documents.office.wording import text_width

LINES_PER_PAGE: Final = 22
CHARS_PER_LINE: Final = 28
_SECRET_WORDS: Final = ("绝密", "机密", "秘密", "★")
_FIELD_WORDS: Final = {"addressees": "主送", "signature": "署名", "dated": "日期", "masthead": "报头"}


def check_paper(paper: Paper) -> tuple[Finding, ...]:
    """Return what a reader would miss: signature, addressee, date, a 专报 longer than a page. Refused: a secrecy mark."""
    layout = LAYOUTS[paper.kind]
    if paper.masthead and any(word in fold_tight(paper.masthead.mark) for word in _SECRET_WORDS):
        raise refuse("office.secret_mark", mark=paper.masthead.mark)
    found = [
        Finding(Level.PROBLEM, "office.paper_lacks", {"kind": layout.words, "part": _FIELD_WORDS[need]})
        for need in layout.needs
        if not getattr(paper, need)
    ]
    if paper.kind is PaperKind.REQUEST and len(paper.addressees) > 1:
        found.append(Finding(Level.NOTE, "office.paper_addressees", {"count": len(paper.addressees)}))
    lines = estimated_lines(paper)
    if layout.one_page and lines > LINES_PER_PAGE:
        pages = f"{lines / LINES_PER_PAGE:.1f}"
        params: dict[str, Scalar] = {"pages": pages, "lines": lines - LINES_PER_PAGE}
        found.append(Finding(Level.PROBLEM, "office.paper_one_page", params))
    return tuple(found)


def figures_of(paper: Paper) -> tuple[IssuedFigure, ...]:
    """Return the figures a paper prints, each once, in their order: what is kept to check an edited copy against."""
    seen = {span.figure.id: span.figure for span in _spans(paper) if isinstance(span, FigureSpan)}
    return tuple(seen.values())


def _spans(paper: Paper) -> Iterator[Inline]:
    for block in paper.blocks:
        for spans in _inlines(block):
            yield from (spans,) if isinstance(spans, str) else spans


def _inlines(block: Block) -> Iterator[Inlines | str]:
    match block:
        case Paragraph() | Labelled():
            yield block.spans
        case Table():
            yield from (cell for row in block.rows for cell in row)
        case FieldGrid():
            yield from (each.spans for each in block.fields)
        case SignBoxes():
            yield from (box.opinion for box in block.boxes)
        case Heading() | Picture() | Spacer():
            pass


def plain(spans: Inlines | str) -> str:
    """Return the text of spans without their marks."""
    if isinstance(spans, str):
        return spans
    return "".join(
        each if isinstance(each, str) else each.shown if isinstance(each, FigureSpan) else each.text for each in spans
    )


def estimated_lines(paper: Paper) -> int:
    """Return about how many lines of 28 characters a paper takes (22 make a page); a picture counts by its width."""
    head = 2 * (len(paper.title) // 20 + 1) + (4 if paper.masthead else 0) + bool(paper.addressees)
    foot = (4 if paper.signature or paper.dated else 0) + (1 + len(paper.attachments) if paper.attachments else 0)
    return head + foot + sum(map(_lines, paper.blocks)) + len(paper.copies)


def _lines(block: Block) -> int:
    match block:
        case Paragraph() | Labelled():
            return math.ceil((text_width(plain(block.spans)) + 2) / CHARS_PER_LINE)
        case Table():
            return len(block.rows) + 1 + bool(block.caption)
        case FieldGrid():
            return len(block.fields)
        case SignBoxes():
            return 2 * len(block.boxes)
        case Picture():
            return math.ceil(block.width_mm * 0.75 / 10) + bool(block.caption)
        case Spacer():
            return LINES_PER_PAGE if block.page else block.lines
        case Heading():
            return 1
