"""A Word document's own XML: tables as grids, bookmarks, paragraphs; read and written in place."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from feidi.engines.findings import refuse
from feidi.kernel.documents.office.containers import Package
from feidi.kernel.documents.office.shapes import MAX_CELLS, Area, GridShape, Position, ShapeCell, make_grid
from feidi.kernel.documents.office.wording import clean

MAIN: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_MOST_COLUMNS: Final = 200
_RUN_LIKE: Final = ("r", "hyperlink", "ins", "smartTag", "fldSimple", "sdt")


def tag(name: str) -> str:
    """Return the full name of a WordprocessingML element."""
    return f"{{{MAIN}}}{name}"


def value_of(element: Element | None) -> str:
    """Return the ``w:val`` of an element, or an empty text."""
    return (element.get(tag("val")) or "") if element is not None else ""


def paragraph_text(paragraph: Element) -> str:
    """Return the text of a paragraph as it stands after all changes are accepted (what was deleted is left out)."""
    return "".join(text for _, text in text_pieces(paragraph))


def text_pieces(paragraph: Element) -> Iterator[tuple[Element, str]]:
    """Yield each element of a paragraph that shows text, with that text."""
    for each in paragraph.iter(tag("t"), tag("tab"), tag("br"), tag("noBreakHyphen")):
        if any(up.tag in _HIDDEN for up in each.iterancestors()):
            continue
        if each.tag == tag("t"):
            yield each, each.text or ""
        elif (up := each.getparent()) is not None and up.tag == tag("r"):
            yield each, "-" if each.tag == tag("noBreakHyphen") else " "


#: A text box stands twice in the XML (drawing and its fallback); the fallback is left out.
_HIDDEN: Final = frozenset(
    {tag("del"), tag("moveFrom"), "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
)


@dataclass(frozen=True, slots=True)
class WordTable:
    """A table: its rows, the cell that stands at each place, and the merged areas."""

    name: str
    element: Element
    rows: tuple[Element, ...]
    cells: dict[Position, Element]
    merges: tuple[Area, ...]
    columns: int

    def text(self, row: int, column: int) -> str:
        """Return the text of a cell, paragraphs joined by spaces."""
        cell = self.cells.get((row, column))
        return " ".join(filter(None, map(paragraph_text, cell.iter(tag("p"))))) if cell is not None else ""

    def grid(self) -> GridShape:
        """Return the table as a grid of texts."""
        texts = {place: self.text(*place).strip() for place in self.cells}
        cells = {place: ShapeCell(*place, text) for place, text in texts.items() if text}
        return make_grid(self.name, cells, self.merges, size=(len(self.rows), self.columns))


def word_tables(root: Element, name: str) -> tuple[WordTable, ...]:
    """Return the outer tables of a document in their order, named 表1, 表2 and so on."""
    outer = [each for each in root.iter(tag("tbl")) if not any(up.tag == tag("tbl") for up in each.iterancestors())]
    return tuple(_table(each, f"表{number}", name) for number, each in enumerate(outer, start=1))


def _table(element: Element, name: str, file: str) -> WordTable:
    rows = tuple(element.iterchildren(tag("tr")))
    cells: dict[Position, Element] = {}
    spans: dict[Position, int] = {}
    low: dict[Position, int] = {}
    open_above: dict[int, Position] = {}
    columns = 0
    for number, row in enumerate(rows, start=1):
        column = 1 + _count(row.find(f"{tag('trPr')}/{tag('gridBefore')}"), 0)
        for cell in row.iterchildren(tag("tc")):
            wide = max(1, _count(cell.find(f"{tag('tcPr')}/{tag('gridSpan')}"), 1))
            merge = cell.find(f"{tag('tcPr')}/{tag('vMerge')}")
            if merge is not None and value_of(merge) != "restart" and column in open_above:
                low[open_above[column]] = number
            else:
                cells[number, column], spans[number, column], low[number, column] = cell, wide, number
                open_above.pop(column, None)
                if merge is not None:
                    open_above[column] = (number, column)
            column += wide
            columns = max(columns, column - 1)
    if columns > _MOST_COLUMNS or columns * len(rows) > MAX_CELLS:
        raise refuse("office.too_many_cells", name=file, limit=MAX_CELLS)
    merges = tuple(
        (row, column, low[row, column], column + wide - 1)
        for (row, column), wide in spans.items()
        if wide > 1 or low[row, column] > row
    )
    return WordTable(name, element, rows, cells, merges, columns)


def _count(element: Element | None, otherwise: int) -> int:
    text = value_of(element)
    return min(int(text), _MOST_COLUMNS + 1) if text.isdecimal() else otherwise


def bookmarks(root: Element) -> dict[str, Element]:
    """Return the starts of all bookmarks by name; Word's own hidden ones are left out."""
    found: dict[str, Element] = {}
    for each in root.iter(tag("bookmarkStart")):
        name = each.get(tag("name")) or ""
        if name and not name.startswith("_"):
            found.setdefault(name, each)
    return found


def bookmark_text(start: Element) -> tuple[str, str, str]:
    """Return what stands before, in and after a bookmark in its paragraph."""
    paragraph = next((up for up in start.iterancestors() if up.tag == tag("p")), None)
    if paragraph is None:
        return "", "", ""
    mine = start.get(tag("id"))
    parts, at = ["", "", ""], 0
    for each in paragraph.iter():
        if each is start:
            at = 1
        elif at == 1 and each.tag == tag("bookmarkEnd") and each.get(tag("id")) == mine:
            at = 2
        elif each.tag == tag("t") and not any(up.tag in _HIDDEN for up in each.iterancestors()):
            parts[at] += each.text or ""
    return parts[0], parts[1], parts[2]


def new_run(text: str, look: Element | None, *, red: bool) -> Element:
    """Return a run that looks like ``look`` (its properties), in red if asked."""
    run = etree.Element(tag("r"))
    properties = deepcopy(look) if look is not None else etree.Element(tag("rPr"))
    for unwanted in ("rStyle", "vanish", "ins", "del", "rPrChange"):
        for each in properties.findall(tag(unwanted)):
            properties.remove(each)
    if red:
        _redden(properties)
    if len(properties):
        run.append(properties)
    lines = clean(text).split("\n")
    for number, line in enumerate(lines):
        if number:
            etree.SubElement(run, tag("br"))
        piece = etree.SubElement(run, tag("t"))
        piece.text = line
        piece.set(_SPACE, "preserve")
    return run


_AFTER_COLOR: Final = frozenset(
    map(tag, ("spacing", "w", "kern", "position", "sz", "szCs", "highlight", "u", "effect", "bdr", "shd", "fitText",
              "vertAlign", "rtl", "cs", "em", "lang", "eastAsianLayout", "specVanish", "oMath"))
)  # fmt: skip


def _redden(properties: Element) -> None:
    for old in properties.findall(tag("color")):
        properties.remove(old)
    color = etree.Element(tag("color"))
    color.set(tag("val"), "FF0000")
    follower = next((each for each in properties if each.tag in _AFTER_COLOR), None)
    if follower is not None:
        follower.addprevious(color)
    else:
        properties.append(color)


def look_of(paragraph: Element) -> Element | None:
    """Return the properties that new text of a paragraph should have: of its first run, else of its mark."""
    for run in paragraph.iter(tag("r")):
        return run.find(tag("rPr"))
    return paragraph.find(f"{tag('pPr')}/{tag('rPr')}")


def write_cell(cell: Element, runs: list[Element]) -> None:
    """Put runs into a cell in place of its text; its first paragraph keeps its form, further ones go."""
    paragraphs = list(cell.iterchildren(tag("p")))
    first = paragraphs[0] if paragraphs else etree.SubElement(cell, tag("p"))
    for extra in paragraphs[1:]:
        cell.remove(extra)
    for child in list(first):
        if child.tag in {tag(name) for name in _RUN_LIKE}:
            first.remove(child)
    first.extend(runs)


def write_bookmark(start: Element, text: str, *, red: bool) -> bool:
    """Put text into a bookmark in place of what stood in it; the bookmark stays. False: it does not end in its paragraph."""
    mine, parent = start.get(tag("id")), start.getparent()
    if parent is None:
        return False
    inside: list[Element] = []
    for each in start.itersiblings():
        if each.tag == tag("bookmarkEnd") and each.get(tag("id")) == mine:
            break
        inside.append(each)
    else:
        return False
    runs = [each for each in inside if each.tag in {tag(name) for name in _RUN_LIKE}]
    look = runs[0].find(tag("rPr")) if runs else look_of(parent)
    run = new_run(text, look, red=red)
    for each in runs:
        parent.remove(each)
    start.addnext(run)
    return True


def document_root(package: Package) -> Element:
    """Return the main part of a Word file."""
    return package.xml(package.main)
