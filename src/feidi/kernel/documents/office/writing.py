"""Runs, bookmarks, fields and rules: the small things that paragraphs of a paper are made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Length, RGBColor
from docx.text.paragraph import Paragraph as DocxParagraph
from docx.text.run import Run

from feidi.kernel.documents.office.figures import mark_name
from feidi.kernel.documents.office.papers import Align, FigureSpan, Inline, Inlines
from feidi.kernel.documents.office.styles import RED, element, name_fonts
from feidi.kernel.documents.office.wording import clean

ALIGNMENTS: Final = {
    Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    Align.CENTRE: WD_ALIGN_PARAGRAPH.CENTER,
    Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
    Align.BOTH: WD_ALIGN_PARAGRAPH.JUSTIFY,
}


@dataclass(slots=True)
class Marks:
    """Numbers the bookmarks of one paper: ids are unique, and so are names."""

    _last: int = 0
    _seen: dict[str, int] = field(default_factory=dict)

    def around(self, span: FigureSpan) -> tuple[BaseOxmlElement, BaseOxmlElement]:
        """Return start and end of the bookmark around the next place where a figure is printed."""
        first = mark_name(span.figure)
        self._seen[first] = self._seen.get(first, 0) + 1
        return self.named(mark_name(span.figure, self._seen[first]))

    def named(self, name: str) -> tuple[BaseOxmlElement, BaseOxmlElement]:
        """Return start and end of a bookmark."""
        self._last += 1
        start, end = element("w:bookmarkStart"), element("w:bookmarkEnd")
        start.set(qn("w:id"), str(self._last))
        start.set(qn("w:name"), name)
        end.set(qn("w:id"), str(self._last))
        return start, end


@dataclass(frozen=True, slots=True)
class Look:
    """How runs look where they differ from their paragraph's style."""

    font: str | None = None
    size: Length | None = None
    bold: bool | None = None
    color: RGBColor | None = None


PLAIN_LOOK: Final = Look()


def add_run(paragraph: DocxParagraph, text: str, look: Look = PLAIN_LOOK, *, new: bool = False) -> Run:
    """Add a run; ``new`` makes it red."""
    run = paragraph.add_run(clean(text))
    if look.font:
        name_fonts(run._element.get_or_add_rPr(), look.font)  # noqa: SLF001 - python-docx names Latin fonts only
    if look.size is not None:
        run.font.size = look.size
    if look.bold is not None:
        run.font.bold = look.bold
    if new or look.color is not None:
        run.font.color.rgb = RED if new else look.color
    return run


def add_spans(paragraph: DocxParagraph, spans: Inlines | str, marks: Marks, look: Look = PLAIN_LOOK) -> None:
    """Add texts and figures; each figure stands in a bookmark of its own."""
    pieces: Iterable[Inline] = (spans,) if isinstance(spans, str) else spans
    for each in pieces:
        if isinstance(each, str):
            add_run(paragraph, each, look)
        elif isinstance(each, FigureSpan):
            start, end = marks.around(each)
            paragraph._p.append(start)  # noqa: SLF001 - python-docx writes no bookmarks
            add_run(paragraph, each.shown, look, new=each.new)
            paragraph._p.append(end)  # noqa: SLF001
        else:
            bold = Look(look.font, look.size, each.bold or look.bold, look.color)
            add_run(paragraph, each.text, bold, new=each.new)


def add_field(paragraph: DocxParagraph, code: str, look: Look = PLAIN_LOOK) -> None:
    """Add a field (PAGE) that the office program fills."""
    for kind, text in (("begin", ""), ("", code), ("separate", ""), (None, "1"), ("end", "")):
        run = add_run(paragraph, text if kind is None else "", look)
        if kind:
            mark = element("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._element.append(mark)  # noqa: SLF001 - python-docx writes no fields
        elif kind == "":
            instruction = element("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = f" {text} "
            run._element.append(instruction)  # noqa: SLF001


def rule(
    paragraph: DocxParagraph, side: str, *, color: str = "000000", eighths: int = 8, shape: str = "single"
) -> None:
    """Draw a line above or below a paragraph; ``eighths`` of a point thick."""
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - python-docx draws no borders
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = element("w:pBdr")
        followers = ("w:shd", "w:tabs", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:rPr")
        properties.insert_element_before(borders, *followers)
    line = element(f"w:{side}")
    for name, value in (("val", shape), ("sz", str(eighths)), ("space", "1"), ("color", color)):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
