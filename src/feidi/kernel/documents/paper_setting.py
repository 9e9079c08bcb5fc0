"""A paper as PDF or as pictures: the tree of values of which the Word file is made, set by typst.

The PDF is for reading: its fonts are those of this machine, checked before (``typesetting.fonts``).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from feidi.kernel.documents.forms import TEMPLATES
from feidi.kernel.documents.office.paper_checks import check_paper
from feidi.kernel.documents.office.papers import (
    LAYOUTS,
    Block,
    FieldGrid,
    FigureSpan,
    Heading,
    Inlines,
    Labelled,
    Masthead,
    Paper,
    Paragraph,
    Picture,
    SignBoxes,
    Spacer,
    Table,
)
from feidi.kernel.documents.office.wording import clean, date_words, heading_mark, text_width, title_lines
from feidi.kernel.documents.typesetting import set_pdf, set_pictures

_TEMPLATE: Final = TEMPLATES / "paper.typ"
_LEVELS: Final = 4
_Other = Paragraph | Labelled | Table | FieldGrid | SignBoxes | Picture | Spacer


def paper_pdf(paper: Paper, at: datetime, *, mark: str = "") -> bytes:
    """Return the PDF of a paper. ``mark``: what its head says of this print (草稿). Equal input gives equal bytes.

    Refused: a secrecy mark in the masthead, a missing Chinese font.
    """
    check_paper(paper)
    return set_pdf(_TEMPLATE, _values(paper, mark), at, tagged=False)


def paper_pictures(paper: Paper, at: datetime, *, mark: str = "") -> list[bytes]:
    """Return one PNG a page, for where a PDF cannot be opened."""
    check_paper(paper)
    return set_pictures(_TEMPLATE, _values(paper, mark), at)


def _values(paper: Paper, mark: str) -> dict[str, Any]:
    layout, dated = LAYOUTS[paper.kind], paper.dated
    day = date_words(dated) if dated else ""
    marks = ["演示数据，非真实业务"] if paper.demonstration else []
    masthead = paper.masthead
    signed = day if dated and (paper.signature or masthead is None) else ""
    return {
        "marks": [*marks, *filter(None, (paper.watermark, mark))],
        "demonstration": paper.demonstration,
        "paper": {
            "title": clean(paper.title.replace("\n", "")),
            "title-lines": [clean(each) for each in title_lines(paper.title)],
            "author": clean(paper.signature or (masthead.issuer if masthead else "")),
            "masthead": _masthead(masthead) if masthead else None,
            "number": clean(paper.number),
            "date": day,
            "addressees": clean(f"{'、'.join(paper.addressees)}：") if paper.addressees else "",
            "blocks": _blocks(paper.blocks),
            "attachments": [clean(each) for each in paper.attachments],
            "signature": clean(paper.signature),
            "signed-date": signed,
            "contact": clean(paper.contact),
            "foot": _foot(paper, day),
            "landscape": paper.landscape,
            "sheet": layout.sheet,
        },
    }


def _masthead(head: Masthead) -> dict[str, Any]:
    said = {name: clean(getattr(head, name)) for name in ("name", "issue", "issuer", "mark")}
    return {**said, "width": text_width(head.name), "dated": True}


def _foot(paper: Paper, day: str) -> list[dict[str, str]]:
    rows = [{"left": clean(f"{each.word}：{'，'.join(each.to)}。"), "right": ""} for each in paper.copies]
    if paper.printed_by:
        rows.append({"left": clean(paper.printed_by), "right": f"{day}印发" if day else ""})
    if paper.print_count is not None:
        rows.append({"left": "", "right": f"（共印{paper.print_count}份）"})
    return rows


def _blocks(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    counts = [0] * (_LEVELS + 1)
    found = []
    for block in blocks:
        if isinstance(block, Heading):
            found.append(_heading(block, counts))
        else:
            found.append(_block(block))
    return found


def _heading(block: Heading, counts: list[int]) -> dict[str, Any]:
    level, mark = min(max(block.level, 1), _LEVELS), ""
    if block.numbered:
        counts[level] += 1
        counts[level + 1 :] = [0] * (_LEVELS - level)
        mark = heading_mark(level, counts[level])
    return {"kind": "heading", "level": level, "text": clean(f"{mark}{block.text}")}


def _block(block: _Other) -> dict[str, Any]:
    match block:
        case Paragraph():
            return {
                "kind": "paragraph", "runs": _runs(block.spans), "indent": block.indent, "align": block.align.value,
            }  # fmt: skip
        case Labelled():
            return {"kind": "labelled", "label": clean(block.label), "runs": _runs(block.spans)}
        case Table():
            return _table(block)
        case FieldGrid():
            fields = [{"label": each.label, "runs": _runs(each.spans), "wide": each.wide} for each in block.fields]
            return {"kind": "grid", "fields": fields}
        case SignBoxes():
            boxes = [{"label": each.label, "runs": _runs(each.opinion), "seal": each.seal} for each in block.boxes]
            return {"kind": "boxes", "boxes": boxes}
        case Picture():
            return {
                "kind": "picture", "data": list(block.data), "width": block.width_mm, "caption": clean(block.caption),
            }  # fmt: skip
        case Spacer():
            return _space(block)


def _space(block: Spacer) -> dict[str, Any]:
    return {"kind": "page"} if block.page else {"kind": "space", "lines": block.lines}


def _table(block: Table) -> dict[str, Any]:
    return {
        "kind": "table",
        "caption": clean(block.caption),
        "unit-note": clean(block.unit_note),
        "heads": [clean(each.title) for each in block.columns],
        "widths": [each.weight for each in block.columns],
        "aligns": [each.align.value for each in block.columns],
        "rows": [[_runs(cell) for cell in row] for row in block.rows],
        "total": block.total,
    }


def _runs(spans: Inlines | str) -> list[dict[str, Any]]:
    if isinstance(spans, str):
        return [{"t": clean(spans), "new": False, "bold": False}]
    found = []
    for each in spans:
        if isinstance(each, str):
            found.append({"t": clean(each), "new": False, "bold": False})
        elif isinstance(each, FigureSpan):
            found.append({"t": clean(each.shown), "new": each.new, "bold": False})
        else:
            found.append({"t": clean(each.text), "new": each.new, "bold": each.bold})
    return found
