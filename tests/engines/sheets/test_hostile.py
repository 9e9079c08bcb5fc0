"""Files that mean harm, or are not what they claim: refused with a reason, never with a crash."""

from __future__ import annotations

import io
import struct
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feidi.engines.findings import Level
from feidi.engines.sheets import (
    FieldSpec,
    Limits,
    match_columns,
    open_workbook,
    parse_area,
    parse_date_text,
    parse_integer,
    parse_money,
    read_workbook,
)
from feidi.engines.sheets.sniff import sniff
from tests.engines.sheets.conftest import with_part

Make = Callable[..., bytes]
_SHEET = "xl/worksheets/sheet1.xml"


def _refused(data: bytes, name: str = "a.xlsx", limits: Limits | None = None) -> str:
    book = read_workbook(data, name=name, limits=limits or Limits())
    assert book.sheets == ()
    assert book.fatal is not None
    assert book.fatal.level is Level.FATAL
    return book.fatal.code


def test_macros_are_refused(xlsx: Make) -> None:
    data = with_part(xlsx([["a", "b"]]), "xl/vbaProject.bin", lambda _old: b"\x00")
    assert _refused(data, "a.xlsm") == "sheets.file.macros"
    assert _refused(data, "a.xlsx") == "sheets.file.macros"


def test_encrypted_package_is_refused() -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 600
    assert _refused(data) == "sheets.file.encrypted"


def test_encrypted_zip_entry_is_refused(xlsx: Make) -> None:
    data = bytearray(xlsx([["a", "b"]]))
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    assert _refused(bytes(data)) == "sheets.file.encrypted"


def test_zip_bomb_by_ratio(xlsx: Make) -> None:
    data = with_part(
        xlsx([["a", "b"]]), _SHEET, lambda old: old.replace(b"<sheetData>", b" " * 30_000_000 + b"<sheetData>")
    )
    assert _refused(data) == "sheets.limit.ratio"


def test_zip_bomb_by_total_size(xlsx: Make) -> None:
    assert _refused(xlsx([["a", "b"]]), limits=Limits(max_unpacked_bytes=1000)) == "sheets.limit.unpacked"


def test_a_directory_that_lies_about_sizes(xlsx: Make) -> None:
    """The directory says 10 bytes; what unpacks is more: found while reading, before the fast reader sees it."""
    data = bytearray(with_part(xlsx([["a", "b"]]), "xl/sharedStrings.xml", lambda old: old + b" " * 1_000_000))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        name = b"xl/sharedStrings.xml"
        assert archive.getinfo(name.decode()).file_size > 1_000_000
    entry = data.rfind(name) - 46
    assert data[entry : entry + 4] == b"PK\x01\x02"
    data[entry + 24 : entry + 28] = struct.pack("<I", 10)
    assert _refused(bytes(data)) == "sheets.file.broken"


def test_too_many_entries(xlsx: Make) -> None:
    buffer = io.BytesIO(xlsx([["a", "b"]]))
    with zipfile.ZipFile(buffer, "a") as archive:
        for index in range(60):
            archive.writestr(f"x/{index}", b"")
    assert _refused(buffer.getvalue(), limits=Limits(max_entries=50)) == "sheets.limit.entries"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (b'<row r="2"><c r="ZZZZZ1"><v>1</v></c></row>', "sheets.limit.columns"),
        (b'<row r="2"><c r="XFD2"><v>1</v></c></row>', "sheets.limit.columns"),
        (b'<row r="2"><c r="A9999999"><v>1</v></c></row>', "sheets.limit.rows"),
        (b'<row r="99999999999999"><c r="A99999999999999"><v>1</v></c></row>', "sheets.limit.rows"),
        (b'<row r="2"><c r="SA290000"><v>1</v></c></row>', "sheets.limit.cells"),
        (b'<row r="2"><c  r = "ZZZ2" ><v>1</v></c></row>', "sheets.limit.columns"),
        (b"<row>" + b"<c><v>1</v></c>" * 600 + b"</row>", "sheets.limit.columns"),
    ],
)
def test_a_sheet_that_reaches_too_far(xlsx: Make, cell: bytes, code: str) -> None:
    data = with_part(xlsx([["a", "b"]]), _SHEET, lambda old: old.replace(b"</sheetData>", cell + b"</sheetData>"))
    tracemalloc.start()
    began = time.monotonic()
    assert _refused(data) == code
    assert time.monotonic() - began < 2
    assert tracemalloc.get_traced_memory()[1] < 50_000_000
    tracemalloc.stop()


def test_a_dimension_that_lies_costs_nothing(xlsx: Make) -> None:
    data = with_part(
        xlsx([["名称", "金额"], ["甲", 1]]), _SHEET, lambda old: old.replace(b'ref="A1:B2"', b'ref="A1:XFD1048576"')
    )
    assert b"XFD1048576" in zipfile.ZipFile(io.BytesIO(data)).read(_SHEET)
    assert len(list(read_workbook(data, name="a.xlsx").sheets[0].iter_records())) == 1


def test_merged_ranges_that_reach_too_far_cost_nothing(xlsx: Make) -> None:
    merge = b'</sheetData><mergeCells count="1"><mergeCell ref="A2:XFD1048576"/></mergeCells>'
    data = with_part(xlsx([["名称", "金额"], ["甲", 1]]), _SHEET, lambda old: old.replace(b"</sheetData>", merge))
    sheet = read_workbook(data, name="a.xlsx").sheets[0]
    assert [record.texts() for record in sheet.iter_records()] == [("甲", "1")]


@pytest.mark.parametrize("part", [_SHEET, "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"])
def test_entities_are_refused_in_every_part(xlsx: Make, part: str) -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    data = with_part(xlsx([["a", "b"]]), part, lambda old: bomb + old.partition(b"?>")[2])
    assert _refused(data) == "sheets.file.entities"


def test_entities_are_found_in_utf16_parts(xlsx: Make) -> None:
    def change(old: bytes) -> bytes:
        text = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a "b">]>' + old.decode().partition("?>")[2]
        return text.encode("utf-16")

    assert _refused(with_part(xlsx([["a", "b"]]), _SHEET, change)) == "sheets.file.entities"


@pytest.mark.parametrize(
    ("data", "name", "code", "kind"),
    [
        (b"", "a.xlsx", "sheets.file.empty", None),
        (b"%PDF-1.7 ...", "a.xlsx", "sheets.file.unsupported", "PDF"),
        (b"<html><body><table><tr><td>1</td></tr></table></body></html>", "a.xls", "sheets.file.html", None),
        (b"<?xml version='1.0'?><Workbook/>", "a.xls", "sheets.file.unsupported", "XML"),
        (b"PK\x03\x04 broken", "a.xlsx", "sheets.file.broken", None),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"),
            "a.doc",
            "sheets.file.unsupported",
            "Word",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "a.xls", "sheets.file.broken", None),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"),
            "a.et",
            "sheets.file.unsupported",
            "WPS .et",
        ),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a.xlsx", "sheets.file.unsupported", "JPG/PNG"),
        (b"Rar!\x1a\x07\x00", "a.xlsx", "sheets.file.unsupported", "RAR/7z/gz"),
        (bytes(range(1, 9)) * 100, "a.csv", "sheets.file.unsupported", "csv"),
    ],
)
def test_other_kinds_are_named_and_refused(data: bytes, name: str, code: str, kind: str | None) -> None:
    book = read_workbook(data, name=name)
    assert book.fatal is not None
    assert book.fatal.code == code
    if kind:
        assert book.fatal.params["kind"] == kind


@pytest.mark.parametrize(
    ("part", "kind"),
    [("word/document.xml", "docx"), ("ppt/presentation.xml", "pptx"), ("xl/workbook.bin", "xlsb"), ("x", "zip")],
)
def test_other_packages_are_told_apart(part: str, kind: str) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(part, b"x")
    assert sniff(buffer.getvalue()[:4096], buffer.getvalue()) == kind


@pytest.mark.parametrize(("name", "kind"), [("a.xls", "xlsx"), ("a.csv", "xlsx"), ("a.XLSX", "xlsx")])
def test_content_counts_not_the_extension(xlsx: Make, name: str, kind: str) -> None:
    book = read_workbook(xlsx([["名称", "金额"], ["甲", 1]]), name=name)
    assert book.kind == kind
    assert [item.code for item in book.findings] == ([] if name == "a.XLSX" else ["sheets.file.wrong_extension"])
    assert len(list(book.sheets[0].iter_records())) == 1


def test_a_csv_named_xlsx_is_read_and_told() -> None:
    book = read_workbook("名称,金额\n甲,1\n".encode(), name="a.xlsx")
    assert (book.kind, [item.code for item in book.findings]) == ("csv", ["sheets.file.wrong_extension"])


def test_limits_of_text_tables() -> None:
    assert _refused(b"a,b\n" * 20, "a.csv", Limits(max_rows=10)) == "sheets.limit.rows"
    assert _refused(b"a," * 20, "a.csv", Limits(max_columns=10)) == "sheets.limit.columns"
    assert _refused(b"a,b\n" * 20, "a.csv", Limits(max_cells=10)) == "sheets.limit.cells"
    assert _refused(b"a,b\n" * 20, "a.csv", Limits(max_file_bytes=10)) == "sheets.limit.file"


def test_quotes_do_not_cost_quadratic_time() -> None:
    began = time.monotonic()
    open_workbook(b"a,b\n" + b'x,"y\n' * 20_000, name="a.csv")
    assert time.monotonic() - began < 10


@pytest.mark.parametrize(
    "text",
    ["a" + " " * 30_000 + "b", "年" * 30_000, "1" * 30_000, "万" * 30_000, "：" * 30_000, "(" * 30_000, "合" * 30_000],
)
def test_long_texts_do_not_cost_quadratic_time(text: str) -> None:
    began = time.monotonic()
    parse_money(text, unit_hint=text)
    parse_date_text(text)
    parse_integer(text)
    parse_area(text, unit_hint=text)
    book = read_workbook(f"{text},名称\n{text},{text}\n".encode(), name="a.csv")
    match_columns(book.sheets[0].columns, (FieldSpec("a", "名称"),))
    assert time.monotonic() - began < 3


def test_too_many_sheets(xlsx: Make) -> None:
    def fill(book: Any, _sheet: Any) -> None:
        for _ in range(5):
            book.add_worksheet()

    assert _refused(xlsx([["a"]], fill), limits=Limits(max_sheets=3)) == "sheets.limit.sheets"


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_a_damaged_workbook_is_read_or_refused(data: st.DataObject) -> None:
    broken = bytearray(_GOOD)
    for _ in range(data.draw(st.integers(1, 8))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    book = read_workbook(bytes(broken[: data.draw(st.integers(0, len(broken)))]), name="a.xlsx")
    assert book.sheets or book.fatal or book.findings


def _good() -> bytes:
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.add_worksheet().write_row(0, 0, ["名称", "金额"])
    book.close()
    # Stored, not deflated: damage then reaches the XML instead of the checksum only.
    out = io.BytesIO()
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, old.read(entry))
    return out.getvalue()


_GOOD = _good()


def test_other_spellings_of_the_xml_are_understood(xlsx: Make) -> None:
    """Prefixed names and other attribute orders are legal; units must not be lost by them."""

    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row("A1", ["名称", "金额"])
        sheet.write("A2", "甲")
        sheet.write_number("B2", 500, book.add_format({"num_format": '0"万元"'}))

    data = with_part(xlsx(fill=fill), _SHEET, lambda old: old.replace(b'<c r="B2" s="1">', b"<c s='1' r='B2'>"))
    assert next(iter(read_workbook(data, name="a.xlsx").sheets[0].iter_records())).values[1].unit == "万元"


def test_cells_without_references_are_read_but_told(xlsx: Make) -> None:
    import re

    data = with_part(xlsx([["名称", "金额"], ["甲", 1]]), _SHEET, lambda old: re.sub(rb'<c r="[A-Z]\d"', b"<c", old))
    book = read_workbook(data, name="a.xlsx")
    assert next(iter(book.sheets[0].iter_records())).texts() == ("甲", "1")
    assert "sheets.format.unknown" in [item.code for item in book.sheets[0].findings]
