"""The paragraphs of a Word paper as a reader counts them, with the bookmarks of figures in their places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from lxml.etree import _Element as Element

from feidi.engines.findings import refuse
from feidi.kernel.documents.office.containers import OfficeKind, Package, open_package
from feidi.kernel.documents.office.figures import read_mark
from feidi.kernel.documents.office.shapes import cell_name
from feidi.kernel.documents.office.styles import FRAME_STYLES
from feidi.kernel.documents.office.word_xml import document_root, tag, text_pieces, value_of, word_tables

MOST_PARAGRAPHS: Final = 5_000
_REFERENCE: Final = "fd_"


@dataclass(frozen=True, slots=True)
class TextMark:
    """A figure's bookmark over ``start:end`` of a paragraph's text (start = end: what stood in it was deleted)."""

    start: int
    end: int
    key: str
    as_of: date


@dataclass(frozen=True, slots=True)
class ReadParagraph:
    """A paragraph: ``number`` counts the text's own paragraphs (no titles, headings, tables); ``place`` is for people."""

    place: str
    text: str
    marks: tuple[TextMark, ...] = ()
    number: int | None = None
    in_table: bool = False


def read_paragraphs(source: bytes | str, *, name: str = "paper") -> tuple[ReadParagraph, ...]:
    """Return the paragraphs that say something, of a .docx or of a plain text. Refused: no .docx, or too long."""
    if isinstance(source, str):
        lines = [line.strip() for line in source.splitlines() if line.strip()]
        found = [
            ReadParagraph(f"第{n}段", line, number=n) for n, line in enumerate(lines[: MOST_PARAGRAPHS + 1], start=1)
        ]
    else:
        package = open_package(source, name=name, wanted=OfficeKind.DOCX)
        found = list(_of_document(package))
    if len(found) > MOST_PARAGRAPHS:
        raise refuse("office.paper_too_long", name=name, limit=MOST_PARAGRAPHS)
    return tuple(found)


def paper_reference(data: bytes, *, name: str = "paper") -> str:
    """Return the reference that a rendered paper carries (``Paper.reference``), or an empty text. Refused: no .docx."""
    root = document_root(open_package(data, name=name, wanted=OfficeKind.DOCX))
    names = (each.get(tag("name")) or "" for each in root.iter(tag("bookmarkStart")))
    return next(
        (each.removeprefix(_REFERENCE) for each in names if each.startswith(_REFERENCE) and each != "fd_title"), ""
    )


def _of_document(package: Package) -> Iterator[ReadParagraph]:
    root = document_root(package)
    styles = _style_names(package)
    cells = {
        cell: f"{table.name} {cell_name(*place)}"
        for table in word_tables(root, package.name)
        for place, cell in table.cells.items()
    }
    number = 0
    for paragraph in root.iter(tag("p")):
        text, marks = _read(paragraph)
        if not text.strip() and not marks:
            continue
        cell = next((up for up in paragraph.iterancestors() if up in cells), None)
        if cell is not None:
            yield ReadParagraph(cells[cell], text, marks, in_table=True)
        elif _is_frame(paragraph, styles):
            yield ReadParagraph(f"“{text.strip()[:12]}”", text, marks)
        else:
            number += 1
            yield ReadParagraph(f"第{number}段", text, marks, number)


def _style_names(package: Package) -> dict[str, str]:
    paths = [
        path for kind, path in package.relations(package.main).values() if kind == "styles" and path in package.parts
    ]
    if not paths:
        return {}
    return {
        each.get(tag("styleId")) or "": value_of(each.find(tag("name")))
        for each in package.xml(paths[0]).iter(tag("style"))
    }


def _is_frame(paragraph: Element, styles: dict[str, str]) -> bool:
    style = value_of(paragraph.find(f"{tag('pPr')}/{tag('pStyle')}"))
    name = styles.get(style, style)
    return name in FRAME_STYLES or name.lower().startswith(("heading", "标题", "title"))


def _read(paragraph: Element) -> tuple[str, tuple[TextMark, ...]]:
    shown = dict(text_pieces(paragraph))
    opened: dict[str, tuple[str, int]] = {}
    marks: list[TextMark] = []
    text = ""
    for each in paragraph.iter(
        tag("t"), tag("tab"), tag("br"), tag("noBreakHyphen"), tag("bookmarkStart"), tag("bookmarkEnd")
    ):
        if each.tag == tag("bookmarkStart"):
            opened[each.get(tag("id")) or ""] = (each.get(tag("name")) or "", len(text))
        elif each.tag == tag("bookmarkEnd"):
            marks += _closed(opened.pop(each.get(tag("id")) or "", None), len(text))
        else:
            text += shown.get(each, "")
    for left in opened.values():
        marks += _closed(left, len(text))
    return text, tuple(marks)


def _closed(opened: tuple[str, int] | None, end: int) -> list[TextMark]:
    mark = read_mark(opened[0]) if opened else None
    return [TextMark(opened[1], end, mark.key, mark.as_of)] if opened and mark else []
