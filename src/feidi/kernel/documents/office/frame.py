"""What stands around the text of a paper: masthead, title, addressee, signature, foot, page numbers, watermark."""

from __future__ import annotations

from typing import Final

from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import _Footer, _Header
from docx.shared import Length, Mm, Pt, RGBColor
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph as DocxParagraph

from feidi.kernel.documents.office.papers import LAYOUTS, Align, Masthead, Paper
from feidi.kernel.documents.office.styles import (
    ADDRESSEE,
    CELL,
    FIVE,
    FOUR,
    GREY,
    HEI,
    MASTHEAD,
    SIGNATURE,
    SONG,
    SONG_TITLE,
    TITLE,
    element,
    indent,
    watermark,
)  # fmt: skip
from feidi.kernel.documents.office.wording import date_words, text_width, title_lines
from feidi.kernel.documents.office.writing import ALIGNMENTS, Look, Marks, add_field, add_run, rule

_DEMONSTRATION: Final = "演示数据"
_HEAD_RED: Final = RGBColor(0xE6, 0x00, 0x12)
_RED_HEX: Final = "E60012"
_PAGE: Final = Look(font=SONG, size=FOUR)
_DATE_RIGHT: Final = 4.0
_LINE_POINTS: Final = 440
_ISSUE_RIGHT_TAB: Final = Mm(156)


def add_margins(document: Document, paper: Paper) -> None:
    """Write the page number on the outer side (— 1 —) and, above each page, what marks the print."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    _page_number(section.footer, Align.RIGHT)
    _page_number(section.even_page_footer, Align.LEFT)
    for header in (section.header, section.even_page_header):
        _print_mark(header, paper)


def _page_number(footer: _Footer, align: Align) -> None:
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.alignment = ALIGNMENTS[align]
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - indents by characters
    indent(properties, right=1 if align is Align.RIGHT else 0, left=1 if align is Align.LEFT else 0)
    add_run(paragraph, "— ", _PAGE)
    add_field(paragraph, "PAGE", _PAGE)
    add_run(paragraph, " —", _PAGE)


def _print_mark(header: _Header, paper: Paper) -> None:
    header.is_linked_to_previous = False
    words = [_DEMONSTRATION + "，非真实业务"] if paper.demonstration else []
    words += [paper.watermark] if paper.watermark else []
    paragraph = header.paragraphs[0]
    paragraph.alignment = ALIGNMENTS[Align.RIGHT]
    add_run(paragraph, "　".join(words), Look(font=SONG, size=FIVE, color=GREY))
    if paper.demonstration:
        paragraph._p.append(watermark(_DEMONSTRATION))  # noqa: SLF001 - python-docx draws no watermark


def add_head(document: Document, paper: Paper, marks: Marks) -> None:
    """Write masthead, number, title and addressee."""
    _drop_first(document)
    layout = LAYOUTS[paper.kind]
    if paper.masthead is not None:
        _letter_head(document, paper, paper.masthead) if layout.letter_head else _masthead(
            document, paper, paper.masthead
        )
    elif paper.number:
        _line(document, paper.number, MASTHEAD, Align.RIGHT)
    start, end = marks.named(f"fd_{paper.reference}"[:40] if paper.reference.isalnum() else "fd_title")
    first: DocxParagraph | None = None
    for line in title_lines(paper.title):
        title = _line(document, line, TITLE, Align.CENTRE)
        first = first or title
    if first is not None:
        first._p.append(start)  # noqa: SLF001 - python-docx writes no bookmarks
        first._p.append(end)  # noqa: SLF001
    document.add_paragraph(style=CELL if layout.sheet else None)
    if paper.addressees:
        _line(document, f"{'、'.join(paper.addressees)}：", ADDRESSEE, Align.LEFT)


def _drop_first(document: Document) -> None:
    for paragraph in document.paragraphs:
        document.element.body.remove(paragraph._p)  # noqa: SLF001 - the template's own empty line


def _line(document: Document, text: str, style: str, align: Align, look: Look | None = None) -> DocxParagraph:
    paragraph = document.add_paragraph(style=style)
    paragraph.alignment = ALIGNMENTS[align]
    add_run(paragraph, text, look or Look())
    return paragraph


def _masthead(document: Document, paper: Paper, head: Masthead) -> None:
    """密级 left above, the name large and red, the number below it, who and when on one line over a red rule."""
    if head.mark or paper.number:
        _line(document, head.mark or paper.number, MASTHEAD, Align.LEFT, Look(font=HEI))
    name = _line(
        document,
        head.name,
        MASTHEAD,
        Align.CENTRE,
        Look(font=SONG_TITLE, size=_fitting(head.name, 42), color=_HEAD_RED),
    )
    name.paragraph_format.line_spacing = Pt(60)
    if head.issue:
        _line(document, head.issue, MASTHEAD, Align.CENTRE)
    line = document.add_paragraph(style=MASTHEAD)
    line.paragraph_format.tab_stops.add_tab_stop(_ISSUE_RIGHT_TAB, WD_TAB_ALIGNMENT.RIGHT)
    add_run(line, f"{head.issuer}\t{date_words(paper.dated) if paper.dated else ''}")
    rule(line, "bottom", color=_RED_HEX, eighths=16)
    document.add_paragraph()


def _fitting(name: str, points: float) -> Length:
    """Return the size at which a name fits on one line of the text area."""
    return Pt(min(points, int(_LINE_POINTS / max(1.0, text_width(name)))))


def _letter_head(document: Document, paper: Paper, head: Masthead) -> None:
    """The sender's name in red over a thick and a thin line; its number at the right below."""
    name = _line(
        document,
        head.name,
        MASTHEAD,
        Align.CENTRE,
        Look(font=SONG_TITLE, size=_fitting(head.name, 32), color=_HEAD_RED),
    )
    name.paragraph_format.line_spacing = Pt(46)
    rule(name, "bottom", color=_RED_HEX, eighths=24, shape="thickThinSmallGap")
    _line(document, paper.number, MASTHEAD, Align.RIGHT)
    document.add_paragraph()


def add_signature(document: Document, paper: Paper) -> None:
    """Write 附件, 署名 and 成文日期 (the day four characters from the right, the name centred above it)."""
    _attachments(document, paper)
    if LAYOUTS[paper.kind].sheet and not paper.signature:
        if paper.dated:
            _line(document, date_words(paper.dated), SIGNATURE, Align.RIGHT)
        return
    if paper.signature:
        for _ in range(2):
            document.add_paragraph().paragraph_format.keep_with_next = True
    day = date_words(paper.dated) if paper.dated and (paper.signature or paper.masthead is None) else ""
    shift = (text_width(day) - text_width(paper.signature)) / 2
    _signed(document, paper.signature, _DATE_RIGHT + shift if day else _DATE_RIGHT, keep=bool(day))
    # a name longer than its day hangs out to both sides: the day moves in, the name stays within the text area
    _signed(document, day, _DATE_RIGHT + max(0.0, -shift - _DATE_RIGHT), keep=False)
    if paper.contact:
        contact = _line(document, f"（联系人：{paper.contact}）", SIGNATURE, Align.LEFT)
        indent(contact._p.get_or_add_pPr(), first=2)  # noqa: SLF001


def _signed(document: Document, text: str, right: float, *, keep: bool) -> None:
    if text:
        paragraph = _line(document, text, SIGNATURE, Align.RIGHT)
        paragraph.paragraph_format.keep_with_next = keep
        indent(paragraph._p.get_or_add_pPr(), right=max(0.0, right))  # noqa: SLF001


def _attachments(document: Document, paper: Paper) -> None:
    if not paper.attachments:
        return
    document.add_paragraph()
    several = len(paper.attachments) > 1
    for number, name in enumerate(paper.attachments, start=1):
        paragraph = document.add_paragraph(style=SIGNATURE)
        mark = f"{number}. " if several else ""
        lead = "附件：" if number == 1 else ""
        hanging = (3 if lead else 0) + (1 if several else 0)
        indent(paragraph._p.get_or_add_pPr(), left=6 if several else 5, hanging=hanging)  # noqa: SLF001
        add_run(paragraph, f"{lead}{mark}{name}")


def add_foot(document: Document, paper: Paper) -> None:
    """Write the foot: 报, 送, 发 or 抄送, who printed it, and the number of copies, between lines at the page's end."""
    rows = [(f"{each.word}：{'，'.join(each.to)}。", "") for each in paper.copies]
    if paper.printed_by:
        rows.append((paper.printed_by, f"{date_words(paper.dated)}印发" if paper.dated else ""))
    if paper.print_count is not None:
        rows.append(("", f"（共印{paper.print_count}份）"))
    if not rows:
        return
    document.add_paragraph(style=CELL)
    table = document.add_table(rows=0, cols=1)
    table.autofit = False
    _at_the_end(table._tbl.tblPr)  # noqa: SLF001 - python-docx places no tables
    section = document.sections[0]
    width = Length((section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0))
    for number, (left, right) in enumerate(rows, start=1):
        cell = _new_cell(table)
        paragraph = cell.paragraphs[0]
        paragraph.style = CELL
        paragraph.paragraph_format.keep_with_next = number < len(rows)
        paragraph.paragraph_format.tab_stops.add_tab_stop(width - Mm(4), WD_TAB_ALIGNMENT.RIGHT)
        add_run(paragraph, left + (f"\t{right}" if right else ""), Look(size=FOUR))
        _ruled(cell._tc.get_or_add_tcPr(), width)  # noqa: SLF001
    # a table is followed by a paragraph; as small as can be, or it would open a page of its own
    last = document.add_paragraph(style=CELL)
    last.paragraph_format.line_spacing = Pt(1)


def _new_cell(table: Table) -> _Cell:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call] # python-docx forgot its type
    return row.cells[0]


def _at_the_end(properties: BaseOxmlElement) -> None:
    """Let the table float to the lower edge of the text area of its page; text keeps clear of it."""
    place = element("w:tblpPr")
    for name, value in (("horzAnchor", "margin"), ("vertAnchor", "margin"), ("tblpXSpec", "center")):
        place.set(qn(f"w:{name}"), value)
    place.set(qn("w:tblpYSpec"), "bottom")
    properties.insert_element_before(
        place, "w:tblOverlap", "w:bidiVisual", "w:tblW", "w:jc", "w:tblLayout", "w:tblLook"
    )


def _ruled(properties: BaseOxmlElement, width: Length) -> None:
    cell_width = properties.find(qn("w:tcW"))
    if cell_width is not None:
        cell_width.set(qn("w:w"), str(round(width.twips)))
    borders = element("w:tcBorders")
    for side in ("top", "bottom"):
        line = element(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "6"), ("space", "0"), ("color", "000000")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    properties.append(borders)
