"""A blank form is looked at: sheets or tables, cells with text, merged areas, names."""

from __future__ import annotations

from lxml.etree import _Element as Element

from feidi.kernel.documents.office.containers import OfficeKind, Package, open_package
from feidi.kernel.documents.office.shapes import FormShape
from feidi.kernel.documents.office.sheet_styles import SheetStyles
from feidi.kernel.documents.office.sheet_xml import SheetXml, shared_strings, sheet_parts, tag
from feidi.kernel.documents.office.word_xml import bookmark_text, bookmarks, document_root, paragraph_text, word_tables
from feidi.kernel.documents.office.word_xml import tag as word_tag


def inspect_form(data: bytes, *, name: str = "form") -> FormShape:
    """Return what a form looks like. Refused: no .docx or .xlsx, encrypted, with macros, swollen, broken, too large."""
    package = open_package(data, name=name)
    return (
        shape_of(package, open_sheets(package))
        if package.kind is OfficeKind.XLSX
        else word_shape(document_root(package), name)
    )


def open_sheets(package: Package) -> tuple[SheetXml, ...]:
    """Return the worksheets of a workbook, opened, with one book of styles between them."""
    shared, styles = shared_strings(package), SheetStyles(package)
    return tuple(SheetXml(package, part, shared, styles) for part in sheet_parts(package))


def shape_of(package: Package, sheets: tuple[SheetXml, ...]) -> FormShape:
    """Return the shape of a workbook whose sheets are open."""
    names = {
        each.get("name") or "": (each.text or "").replace("$", "")
        for each in package.xml(package.main).iter(tag("definedName"))
        if each.get("hidden") not in ("1", "true") and not (each.get("name") or "").startswith("_xlnm")
    }
    return FormShape(OfficeKind.XLSX, tuple(sheet.grid() for sheet in sheets), names)


def word_shape(root: Element, name: str) -> FormShape:
    """Return the shape of a Word document whose main part is open."""
    grids = tuple(table.grid() for table in word_tables(root, name))
    names = {mark: "…".join(bookmark_text(start)) for mark, start in bookmarks(root).items()}
    outside = [
        each for each in root.iter(word_tag("p")) if not any(up.tag == word_tag("tbl") for up in each.iterancestors())
    ]
    texts = tuple(text for each in outside if (text := paragraph_text(each).strip()))
    return FormShape(OfficeKind.DOCX, grids, names, texts)
