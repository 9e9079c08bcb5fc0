"""A paper becomes a .docx: no content controls, no macros, no embedded fonts; equal papers give equal bytes."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime, time
from typing import Final

import docx
from docx.document import Document
from docx.enum.text import WD_BREAK, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from PIL import Image, UnidentifiedImageError

from feidi.engines.findings import refuse
from feidi.kernel.documents.office.containers import pack
from feidi.kernel.documents.office.frame import add_foot, add_head, add_margins, add_signature
from feidi.kernel.documents.office.paper_checks import check_paper
from feidi.kernel.documents.office.paper_tables import add_field_grid, add_sign_boxes, add_table
from feidi.kernel.documents.office.papers import (
    LAYOUTS,
    Align,
    Block,
    FieldGrid,
    Heading,
    Labelled,
    Paper,
    Paragraph,
    Picture,
    SignBoxes,
    Spacer,
    Table,
)  # fmt: skip
from feidi.kernel.documents.office.styles import CELL, HEI, element, font_table, indent, set_page, set_styles
from feidi.kernel.documents.office.wording import clean, heading_mark
from feidi.kernel.documents.office.writing import ALIGNMENTS, Look, Marks, add_run, add_spans

_PICTURES: Final = ("PNG", "JPEG")
_THUMBNAIL: Final = re.compile(rb"<Relationship [^>]*thumbnail[^>]*/>")
_LEVELS: Final = 4


def render_paper(paper: Paper) -> bytes:
    """Return the .docx of a paper. Refused: a secrecy mark in the masthead, a picture that is none."""
    check_paper(paper)
    layout = LAYOUTS[paper.kind]
    document = docx.Document()
    set_styles(document)
    set_page(document, sheet=layout.sheet, landscape=paper.landscape)
    marks = Marks()
    add_margins(document, paper)
    add_head(document, paper, marks)
    _Body(document, marks).add(paper.blocks)
    add_signature(document, paper)
    add_foot(document, paper)
    _describe(document, paper)
    return _packed(document)


class _Body:
    """Writes the blocks, counting headings as it goes."""

    def __init__(self, document: Document, marks: Marks) -> None:
        self._document = document
        self._marks = marks
        self._counts = [0] * (_LEVELS + 1)
        section = document.sections[0]
        sides = (section.left_margin or 0) + (section.right_margin or 0)
        self._width = Length((section.page_width or 0) - sides)

    def add(self, blocks: tuple[Block, ...]) -> None:
        """Write all blocks; two tables in a row are kept apart, or they would become one."""
        tables = (Table, FieldGrid, SignBoxes)
        for at, block in enumerate(blocks):
            bare = isinstance(block, FieldGrid | SignBoxes) or (isinstance(block, Table) and not block.caption)
            if at and bare and isinstance(blocks[at - 1], tables):
                self._gap()
            self._add(block)

    def _add(self, block: Block) -> None:
        match block:
            case Heading():
                self._heading(block)
            case Paragraph() | Labelled():
                self._text(block)
            case Table():
                add_table(self._document, block, self._marks, self._width)
            case FieldGrid():
                add_field_grid(self._document, block, self._marks, self._width)
            case SignBoxes():
                add_sign_boxes(self._document, block, self._marks, self._width)
            case Picture():
                self._picture(block)
            case Spacer():
                self._space(block)

    def _gap(self) -> None:
        gap = self._document.add_paragraph(style=CELL)
        gap.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        gap.paragraph_format.line_spacing = Pt(6)

    def _heading(self, block: Heading) -> None:
        level = min(max(block.level, 1), _LEVELS)
        mark = ""
        if block.numbered:
            self._counts[level] += 1
            self._counts[level + 1 :] = [0] * (_LEVELS - level)
            mark = heading_mark(level, self._counts[level])
        paragraph = self._document.add_paragraph(style=f"Heading {level}")
        add_run(paragraph, f"{mark}{block.text}")

    def _text(self, block: Paragraph | Labelled) -> None:
        paragraph = self._document.add_paragraph()
        properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - indents by characters
        if isinstance(block, Labelled):
            width = len(block.label) + 1
            indent(properties, left=width + 2, hanging=width)
            add_run(paragraph, f"{block.label}：", Look(font=HEI))
        else:
            paragraph.alignment = ALIGNMENTS[block.align]
            if block.indent and block.align in (Align.BOTH, Align.LEFT):
                indent(properties, first=2)
        add_spans(paragraph, block.spans, self._marks)

    def _picture(self, block: Picture) -> None:
        paragraph = self._document.add_paragraph(style=CELL)
        paragraph.alignment = ALIGNMENTS[Align.CENTRE]
        paragraph.paragraph_format.keep_with_next = bool(block.caption)
        run = add_run(paragraph, "")
        run.add_picture(_checked(block.data), width=Mm(block.width_mm))
        if block.caption:
            caption = self._document.add_paragraph(style=CELL)
            caption.alignment = ALIGNMENTS[Align.CENTRE]
            add_run(caption, block.caption)

    def _space(self, block: Spacer) -> None:
        if block.page:
            add_run(self._document.add_paragraph(style=CELL), "").add_break(WD_BREAK.PAGE)
            return
        for _ in range(block.lines):
            self._document.add_paragraph()


def _checked(data: bytes) -> io.BytesIO:
    try:
        with Image.open(io.BytesIO(data), formats=_PICTURES) as image:
            image.verify()
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
        raise refuse("office.no_picture") from error
    return io.BytesIO(data)


def _describe(document: Document, paper: Paper) -> None:
    """Write what the file says of itself: title and day, and nothing about programs or machines."""
    says = document.core_properties
    day = datetime.combine(paper.dated, time(), UTC) if paper.dated else datetime(1980, 1, 1, tzinfo=UTC)
    says.title = clean(paper.title.replace("\n", ""))[:255]
    says.author = clean(paper.signature or (paper.masthead.issuer if paper.masthead else ""))[:255]
    says.last_modified_by = says.comments = says.keywords = says.subject = ""
    says.category = LAYOUTS[paper.kind].words
    says.identifier = clean(paper.reference)[:255]
    says.created = says.modified = day
    says.revision = 1
    _modern(document)


def _modern(document: Document) -> None:
    """Ask for today's layout rules, so that no program opens the paper in a mode for old files."""
    settings = document.settings.element
    compat = settings.find(qn("w:compat"))
    if compat is None:
        compat = element("w:compat")
        settings.append(compat)
    for each in compat.findall(qn("w:compatSetting")):
        if each.get(qn("w:name")) == "compatibilityMode":
            compat.remove(each)
    setting = element("w:compatSetting")
    for name, value in (
        ("name", "compatibilityMode"),
        ("uri", "http://schemas.microsoft.com/office/word"),
        ("val", "15"),
    ):
        setting.set(qn(f"w:{name}"), value)
    compat.append(setting)


def _packed(document: Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        parts: dict[str, bytes | None] = {name: archive.read(name) for name in archive.namelist()}
    parts["word/fontTable.xml"] = font_table()
    parts["_rels/.rels"] = _THUMBNAIL.sub(b"", parts["_rels/.rels"] or b"")
    parts.pop("docProps/thumbnail.jpeg", None)
    return pack(parts)
