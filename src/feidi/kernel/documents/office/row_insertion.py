"""Rows are inserted into a worksheet's XML: everything that speaks of rows below is told, in every part of the file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element
from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token, TokenizerError
from openpyxl.formula.translate import Translator, TranslatorError

from feidi.kernel.documents.office.containers import Package, parse_xml, xml_bytes
from feidi.kernel.documents.office.shapes import Area, cell_name
from feidi.kernel.documents.office.sheet_xml import SheetXml, area_name, read_area, tag

_MOST_ROWS: Final = 1_048_576
_QUALIFIED: Final = re.compile(r"(?:(?P<sheet>'(?:[^']|'')*'|[^'!]+)!)?(?P<area>[^!]+)")
_CELL: Final = re.compile(r"(\$?[A-Z]{1,3}\$?)([1-9]\d{0,6})", re.IGNORECASE)
_ROW_ONLY: Final = re.compile(r"(\$?)([1-9]\d{0,6})")
_LISTED: Final = ("conditionalFormatting", "dataValidation", "protectedRange", "ignoredError")
_REFERRED: Final = ("mergeCell", "hyperlink", "autoFilter", "sortState", "dimension")
_FORMULAS: Final = ("f", "formula", "formula1", "formula2")
_DRAWING: Final = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_CHART_FORMULA: Final = "{http://schemas.openxmlformats.org/drawingml/2006/chart}f"
_EXCEL_MAIN: Final = "{http://schemas.microsoft.com/office/excel/2006/main}"
_NOTE_ROW: Final = re.compile(rb"(<x:Row>)(\d{1,7})(</x:Row>)")

Parts = dict[str, bytes | None]


def insert_rows(
    package: Package,
    sheets: Sequence[SheetXml],
    sheet: SheetXml,
    *,
    at: int,
    count: int,
    model: int,
    others: Mapping[str, bytes | None],
) -> Parts:
    """Insert ``count`` rows before row ``at`` of a sheet, made like row ``model`` (its styles and formulas, no values).

    The opened sheets are changed in place; the other parts that changed (``others``: as changed so far) are returned.
    """
    for each in sheets:
        _spell_out_shared(each)
    for each in sheets:
        _move_formulas(each.root, sheet.part.name, at, count, inside=each is sheet)
    _move_areas(sheet, at, count)
    _move_rows(sheet, at, count)
    _add_rows(sheet, at, count, model if model < at else model + count)
    sheet.index()
    return _move_others(package, sheet, at, count, others)


def _moved(row: int, at: int, count: int) -> int:
    return min(row + count, _MOST_ROWS) if row >= at else row


def moved_formula(formula: str, sheet: str, at: int, count: int, *, inside: bool) -> str:
    """Return a formula that speaks of the same cells after rows were inserted into ``sheet``.

    ``inside``: the formula stands in that sheet, so that a reference without a sheet's name means it.

    >>> moved_formula("SUM(B5:B14)+'11月'!C20+$A$3", "11月", 14, 3, inside=True)
    "SUM(B5:B17)+'11月'!C23+$A$3"
    """
    try:
        tokens = Tokenizer(f"={formula}")
    except (TokenizerError, IndexError):
        return formula
    for token in tokens.items:
        if token.type == Token.OPERAND and token.subtype == Token.RANGE:
            token.value = _moved_reference(token.value, sheet, at, count, inside=inside)
    return "".join(token.value for token in tokens.items)


def _moved_reference(reference: str, sheet: str, at: int, count: int, *, inside: bool) -> str:
    found = _QUALIFIED.fullmatch(reference)
    if found is None or "[" in reference:
        return reference
    named = found["sheet"]
    plain = named[1:-1].replace("''", "'") if named and named.startswith("'") else named
    if (plain is None and not inside) or (plain is not None and plain != sheet):
        return reference
    moved = ":".join(_moved_end(end, at, count) for end in found["area"].split(":"))
    return f"{named}!{moved}" if named else moved


def _moved_end(end: str, at: int, count: int) -> str:
    found = _CELL.fullmatch(end) or _ROW_ONLY.fullmatch(end)
    return f"{found[1]}{_moved(int(found[2]), at, count)}" if found else end


def _spell_out_shared(sheet: SheetXml) -> None:
    """Give each cell of a shared formula its own: after a shift they are no longer alike."""
    masters: dict[str, tuple[str, str]] = {}
    for (row, column), cell in sorted(sheet.cells.items()):
        formula = cell.find(tag("f"))
        if formula is None or formula.get("t") != "shared":
            continue
        group = formula.get("si") or ""
        if formula.text:
            masters[group] = (formula.text, cell_name(row, column))
        elif group in masters:
            formula.text = _translated(*masters[group], cell_name(row, column))
        for name in ("t", "si", "ref"):
            if name in formula.attrib:
                del formula.attrib[name]


def _translated(formula: str, origin: str, place: str) -> str:
    try:
        return str(Translator(f"={formula}", origin=origin).translate_formula(place)).removeprefix("=")
    except (TranslatorError, TokenizerError, ValueError):
        return formula


def _move_formulas(root: Element, sheet: str, at: int, count: int, *, inside: bool) -> None:
    for each in root.iter(*map(tag, _FORMULAS), f"{_EXCEL_MAIN}f"):
        if each.text:
            each.text = moved_formula(each.text, sheet, at, count, inside=inside)
        area = read_area(each.get("ref") or "") if inside else None
        if area:
            each.set("ref", area_name(_moved_area(area, at, count)))


def _moved_area(area: Area, at: int, count: int) -> Area:
    return _moved(area[0], at, count), area[1], _moved(area[2], at, count), area[3]


def _moved_list(text: str, at: int, count: int) -> str:
    areas = ((each, read_area(each)) for each in text.split())
    return " ".join(area_name(_moved_area(area, at, count)) if area else each for each, area in areas)


def _move_areas(sheet: SheetXml, at: int, count: int) -> None:
    for each in sheet.root.iter(*map(tag, _LISTED)):
        if each.get("sqref"):
            each.set("sqref", _moved_list(each.get("sqref") or "", at, count))
    for each in sheet.root.iter(f"{_EXCEL_MAIN}sqref"):
        each.text = _moved_list(each.text or "", at, count)
    for each in sheet.root.iter(*map(tag, _REFERRED)):
        if each.get("ref"):
            each.set("ref", _moved_list(each.get("ref") or "", at, count))
    for each in sheet.root.iter(tag("brk")):
        up = each.getparent()
        if up is not None and up.tag == tag("rowBreaks") and (each.get("id") or "").isdecimal():
            each.set("id", str(_moved(int(each.get("id") or 0), at, count)))


def _move_rows(sheet: SheetXml, at: int, count: int) -> None:
    for number, row in sheet.rows.items():
        row.set("r", str(_moved(number, at, count)))
    for (number, column), cell in sheet.cells.items():
        cell.set("r", cell_name(_moved(number, at, count), column))


def _add_rows(sheet: SheetXml, at: int, count: int, model: int) -> None:
    sheet.index()
    source = sheet.rows.get(model)
    if source is None:
        return
    merged = [area for area in sheet.merges if area[0] == area[2] == model]
    before = sheet.rows[max(number for number in sheet.rows if number < at)] if min(sheet.rows) < at else None
    for number in range(at + count - 1, at - 1, -1):
        row = _copied(source, model, number)
        if before is not None:
            before.addnext(row)
        else:
            sheet.data.insert(0, row)
    holder = sheet.root.find(tag("mergeCells"))
    if holder is not None:
        for area in merged:
            for number in range(at, at + count):
                copy = deepcopy(holder[0])
                copy.set("ref", area_name((number, area[1], number, area[3])))
                holder.append(copy)
        holder.set("count", str(len(holder)))


def _copied(source: Element, model: int, number: int) -> Element:
    row = deepcopy(source)
    row.set("r", str(number))
    for cell in row.iterchildren(tag("c")):
        place = re.sub(r"\d+", "", cell.get("r") or "A")
        cell.set("r", f"{place}{number}")
        formula = cell.find(tag("f"))
        words = _translated(formula.text or "", f"{place}{model}", f"{place}{number}") if formula is not None else ""
        for child in list(cell):
            if child is not formula:
                cell.remove(child)
        if formula is not None:
            formula.text = words
        if "t" in cell.attrib:
            del cell.attrib["t"]
    return row


def _move_others(package: Package, sheet: SheetXml, at: int, count: int, others: Mapping[str, bytes | None]) -> Parts:
    parts: Parts = {}

    def change(path: str, work: Callable[[Element], None]) -> None:
        data = others.get(path) or package.parts[path]
        root = parse_xml(data, package.name)
        work(root)
        parts[path] = xml_bytes(root)

    for path, work in _jobs(package, sheet, at, count):
        change(path, work)
    for kind, path in package.relations(sheet.part.path).values():
        if kind == "vmlDrawing" and path in package.parts:
            parts[path] = _NOTE_ROW.sub(lambda m: _moved_note(m, at, count), others.get(path) or package.parts[path])
    return parts | _without_chain(package, others)


def _moved_note(match: re.Match[bytes], at: int, count: int) -> bytes:
    return match[1] + str(_moved(int(match[2]) + 1, at, count) - 1).encode() + match[3]


def _jobs(package: Package, sheet: SheetXml, at: int, count: int) -> Iterator[tuple[str, Callable[[Element], None]]]:
    move = _Move(sheet.part.name, at, count)
    yield package.main, move.names
    charts = (path for path in package.parts if path.startswith("xl/charts/chart") and path.endswith(".xml"))
    yield from ((path, move.series) for path in charts)
    by_kind = {"drawing": move.anchors, "table": move.references, "comments": move.references}
    for kind, path in package.relations(sheet.part.path).values():
        if kind in by_kind and path in package.parts:
            yield path, by_kind[kind]


@dataclass(frozen=True, slots=True)
class _Move:
    """What happens to the other parts: names, charts, anchors of drawings, tables and comments."""

    sheet: str
    at: int
    count: int

    def names(self, root: Element) -> None:
        """Move the areas of defined names (print areas among them)."""
        self._formulas(root.iter(tag("definedName")))

    def series(self, root: Element) -> None:
        """Move what the series of a chart point at."""
        self._formulas(root.iter(_CHART_FORMULA))

    def _formulas(self, elements: Iterable[Element]) -> None:
        for each in elements:
            each.text = moved_formula(each.text or "", self.sheet, self.at, self.count, inside=False)

    def anchors(self, root: Element) -> None:
        """Move pictures and charts that hang below."""
        for each in root.iter(f"{_DRAWING}row"):
            if (each.text or "").isdecimal():
                each.text = str(_moved(int(each.text or 0) + 1, self.at, self.count) - 1)

    def references(self, root: Element) -> None:
        """Move the areas of tables and the cells of comments."""
        for each in root.iter(etree.Element):
            if each.get("ref"):
                each.set("ref", _moved_list(each.get("ref") or "", self.at, self.count))


def _without_chain(package: Package, others: Mapping[str, bytes | None]) -> Parts:
    """Leave out the order of calculation: it names cells that are elsewhere now, and is made anew when opened."""
    chain = "xl/calcChain.xml"
    if chain not in package.parts:
        return {}
    parts: Parts = {chain: None}
    folder, _, base = package.main.rpartition("/")
    for path, attribute in (("[Content_Types].xml", "PartName"), (f"{folder}/_rels/{base}.rels", "Target")):
        root = parse_xml(others.get(path) or package.parts[path], package.name)
        for each in list(root):
            if (each.get(attribute) or "").endswith("calcChain.xml"):
                root.remove(each)
        parts[path] = xml_bytes(root)
    return parts
