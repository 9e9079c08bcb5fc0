"""The container of a .docx or .xlsx: looked at with suspicion, taken apart, and put together with nothing lost."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, cast

from lxml import etree
from lxml.etree import _Element as Element

from feidi.engines.findings import RefusedError, refuse
from feidi.engines.sheets.archive import open_archive
from feidi.engines.sheets.model import Limits, UnreadableError

MAX_BYTES: Final = 30 << 20
_MAX_UNPACKED: Final = 200 << 20
_MAX_XML: Final = 48 << 20
_LIMITS: Final = Limits(max_unpacked_bytes=_MAX_UNPACKED)
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RELATIONS: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STRICT: Final = b"http://purl.oclc.org/ooxml/"
_HEAD: Final = 4096
_BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, RuntimeError, EOFError,
)  # fmt: skip
#: Every part carries this moment, so that equal papers are equal bytes.
FIXED_MOMENT: Final = (1980, 1, 1, 0, 0, 0)
_OWN_CODES: Final = {
    "sheets.file.broken": "office.broken",
    "sheets.file.encrypted": "office.encrypted",
    "sheets.file.entities": "office.entities",
}


class OfficeKind(StrEnum):
    """What a container holds."""

    DOCX = "docx"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of an office file in their order, each part's bytes, and which part is the main one."""

    name: str
    kind: OfficeKind
    main: str
    parts: Mapping[str, bytes]

    def xml(self, path: str) -> Element:
        """Return a part parsed. Refused: broken, or with a document type."""
        return parse_xml(self.parts[path], self.name)

    def relations(self, path: str) -> dict[str, tuple[str, str]]:
        """Return {id: (last word of the type, path of the target)} of a part; outside targets are left out."""
        folder, _, base = path.rpartition("/")
        own = f"{folder}/_rels/{base}.rels".lstrip("/")
        if own not in self.parts:
            return {}
        found: dict[str, tuple[str, str]] = {}
        for each in self.xml(own).iter(_RELATIONS):
            if each.get("TargetMode") != "External":
                kind = (each.get("Type") or "").rpartition("/")[2]
                found[each.get("Id") or ""] = (kind, _joined(folder, each.get("Target") or ""))
        return found

    def saved(self, changed: Mapping[str, bytes | None]) -> bytes:
        """Return the container with ``changed`` parts in place of the old ones (None = left out); all else as it was."""
        return pack({name: changed.get(name, data) for name, data in (*self.parts.items(), *_added(self, changed))})


def _added(package: Package, changed: Mapping[str, bytes | None]) -> list[tuple[str, bytes]]:
    return [(name, data) for name, data in changed.items() if name not in package.parts and data is not None]


def _joined(folder: str, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    steps = folder.split("/") if folder else []
    for step in target.split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps)


def pack(parts: Mapping[str, bytes | None]) -> bytes:
    """Return a zip of the parts in their order, with a fixed moment: equal parts give equal bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            if data is not None:
                entry = zipfile.ZipInfo(name, FIXED_MOMENT)
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, data)
    return buffer.getvalue()


def parse_xml(data: bytes, name: str) -> Element:
    """Parse one part without entities, document types and network. Refused: broken or too large."""
    if len(data) > _MAX_XML:
        raise refuse("office.too_large", name=name, limit_mb=_MAX_XML >> 20)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise refuse("office.broken", name=name) from error
    if b"<!DOCTYPE" in data[:_HEAD] or root.getroottree().docinfo.internalDTD is not None:
        raise refuse("office.entities", name=name)
    return cast("Element", root)


def xml_bytes(root: Element) -> bytes:
    """Return a part's bytes as office programs write them."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def open_package(data: bytes, *, name: str, wanted: OfficeKind | None = None) -> Package:
    """Take a .docx or .xlsx apart.

    Refused: empty, too large, not such a file (or not the ``wanted`` one), encrypted, with macros, swollen, broken.
    """
    _check_outside(data, name)
    try:
        parts = _unpacked(data)
    except UnreadableError as error:
        raise _refused(error, name) from error
    if any(_is_macro(each, parts) for each in parts):
        raise refuse("office.macro", name=name)
    kind, main = _kind_of(parts, name)
    if wanted is not None and kind is not wanted:
        raise refuse("office.other_kind", name=name, wanted=wanted.value, found=kind.value)
    if _STRICT in parts[main][:_HEAD]:
        raise refuse("office.strict", name=name)
    return Package(name, kind, main, parts)


def _check_outside(data: bytes, name: str) -> None:
    if not data:
        raise refuse("office.empty", name=name)
    if len(data) > MAX_BYTES:
        raise refuse("office.too_large", name=name, limit_mb=MAX_BYTES >> 20)
    if data.startswith(_OLE):
        encrypted = "EncryptedPackage".encode("utf-16-le") in data
        raise refuse("office.encrypted" if encrypted else "office.old_kind", name=name)
    if not data.startswith(b"PK"):
        raise refuse("office.not_office", name=name)


def _unpacked(data: bytes) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    with open_archive(data, _LIMITS) as archive:
        for entry in archive.infolist():
            if not entry.is_dir():
                try:
                    # no more is unpacked than the directory, which was checked, has promised
                    parts[entry.filename] = archive.read(entry)
                except _BROKEN as error:
                    raise UnreadableError("sheets.file.broken") from error
    return parts


def _refused(error: UnreadableError, name: str) -> RefusedError:
    code = error.finding.code
    if code in _OWN_CODES:
        return refuse(_OWN_CODES[code], name=name)
    return refuse("office.bomb", error.finding, name=name)


def _is_macro(path: str, parts: Mapping[str, bytes]) -> bool:
    lower = path.lower()
    if "vbaproject" in lower or "/activex" in lower or "macrosheets/" in lower or lower.endswith(".xlm"):
        return True
    return lower == "[content_types].xml" and b"macroEnabled" in parts[path]


def _kind_of(parts: Mapping[str, bytes], name: str) -> tuple[OfficeKind, str]:
    for path, kind in (("word/document.xml", OfficeKind.DOCX), ("xl/workbook.xml", OfficeKind.XLSX)):
        if path in parts:
            return kind, path
    lower = {each.lower() for each in parts}
    if lower & {"xl/workbook.bin", "ppt/presentation.xml", "content.xml"}:
        raise refuse("office.old_kind", name=name)
    raise refuse("office.not_office", name=name)
