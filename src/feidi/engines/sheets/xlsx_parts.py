"""The small parts of an .xlsx file: which sheets there are, which number format each style has."""

from __future__ import annotations

import posixpath
import zipfile
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from feidi.engines.sheets.archive import read_part
from feidi.engines.sheets.model import Limits, UnreadableError
from feidi.engines.sheets.number_format import BUILT_IN, FormatMeaning, meaning_of

_MAX_SMALL = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class XlsxParts:
    """``sheets``: sheet name -> part path. ``formats``: style number -> meaning, only those that matter."""

    sheets: dict[str, str]
    formats: dict[int, FormatMeaning]
    recalculates: bool


def read_parts(archive: zipfile.ZipFile, limits: Limits) -> XlsxParts:
    """Read workbook, relations and styles. Raises UnreadableError when they are broken."""
    names = {name.lower(): name for name in archive.namelist()}
    book_path = _workbook_path(archive, names, limits)
    book = _parse(archive, book_path, limits)
    relations = _relations(archive, names, book_path, limits)
    sheets: dict[str, str] = {}
    for sheet in _all(book, "sheet"):
        target = relations.get(_attribute(sheet, "id") or "")
        if target and target[1].lower() in names:
            sheets[sheet.get("name") or ""] = names[target[1].lower()]
    styles = next((path for kind, path in relations.values() if kind == "styles"), None)
    formats = _formats(archive, names[styles.lower()], limits) if styles and styles.lower() in names else {}
    return XlsxParts(sheets, formats, _flag(book, "calcPr", "fullCalcOnLoad"))


def _workbook_path(archive: zipfile.ZipFile, names: dict[str, str], limits: Limits) -> str:
    if "_rels/.rels" in names:
        for relation in _all(_parse(archive, names["_rels/.rels"], limits), "Relationship"):
            target = (relation.get("Target") or "").lstrip("/")
            if (relation.get("Type") or "").endswith("/officeDocument") and target.lower() in names:
                return names[target.lower()]
    if "xl/workbook.xml" in names:
        return names["xl/workbook.xml"]
    raise UnreadableError("sheets.file.broken")


def _relations(
    archive: zipfile.ZipFile, names: dict[str, str], book_path: str, limits: Limits
) -> dict[str, tuple[str, str]]:
    folder, _, base = book_path.rpartition("/")
    path = names.get(f"{folder}/_rels/{base}.rels".lstrip("/").lower())
    if path is None:
        return {}
    found: dict[str, tuple[str, str]] = {}
    for relation in _all(_parse(archive, path, limits), "Relationship"):
        target = relation.get("Target") or ""
        whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        found[relation.get("Id") or ""] = ((relation.get("Type") or "").rpartition("/")[2], whole)
    return found


def _formats(archive: zipfile.ZipFile, path: str, limits: Limits) -> dict[int, FormatMeaning]:
    root = _parse(archive, path, limits)
    codes = dict(BUILT_IN)
    for entry in _all(root, "numFmt"):
        number = entry.get("numFmtId") or ""
        if number.isdecimal():
            codes[int(number)] = entry.get("formatCode") or ""
    found: dict[int, FormatMeaning] = {}
    for style, xf in enumerate(xf for block in _all(root, "cellXfs") for xf in block):
        number = xf.get("numFmtId") or "0"
        meaning = meaning_of(codes.get(int(number), "")) if number.isdecimal() else None
        # 27-58 are dates that a reader without a Chinese locale takes for plain numbers.
        if meaning and (meaning.matters or (meaning.is_date and int(number) in range(27, 59))):
            found[style] = meaning
    return found


def _parse(archive: zipfile.ZipFile, path: str, limits: Limits) -> Element:
    from defusedxml.common import DefusedXmlException  # noqa: PLC0415 - only needed for .xlsx
    from defusedxml.ElementTree import fromstring  # noqa: PLC0415

    data = read_part(archive, path, limits)
    if len(data) > _MAX_SMALL:
        raise UnreadableError("sheets.limit.unpacked", megabytes=len(data) >> 20, limit=_MAX_SMALL >> 20)
    try:
        root: Element = fromstring(data)
    except DefusedXmlException as error:
        raise UnreadableError("sheets.file.entities") from error
    except (ParseError, ValueError, LookupError) as error:
        raise UnreadableError("sheets.file.broken") from error
    return root


def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2]


def _all(root: Element, name: str) -> list[Element]:
    return [element for element in root.iter() if _local(element.tag) == name]


def _attribute(element: Element, name: str) -> str | None:
    """Find a namespaced attribute (``r:id``) whichever of the two office namespaces the file uses."""
    return next((value for key, value in element.attrib.items() if key.endswith("}" + name)), None)


def _flag(root: Element, tag: str, name: str) -> bool:
    return any(element.get(name) in ("1", "true") for element in _all(root, tag))
