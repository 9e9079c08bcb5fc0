"""Everything from outside is bad input: refused with what, why and how, never a crash."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feidi.engines.findings import RefusedError
from feidi.kernel.documents.office.binding import TargetKind, bind
from feidi.kernel.documents.office.containers import MAX_BYTES, OfficeKind, open_package
from feidi.kernel.documents.office.filling import fill_form
from feidi.kernel.documents.office.form_values import FormValues
from feidi.kernel.documents.office.inspecting import inspect_form
from feidi.kernel.documents.office.reading import read_paragraphs
from feidi.kernel.messages import fix_of, text_of
from tests.kernel.documents.office.office_forms import SHEET, word_form, workbook

BOOK, WORD = workbook(), word_form()


def with_parts(data: bytes, **changed: bytes | None) -> bytes:
    """Return the zip with parts replaced, added, or (None) left out; ``__`` in a name stands for a slash."""
    wanted = {name.replace("__", "/").replace("_dot_", "."): part for name, part in changed.items()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename not in wanted:
                new.writestr(entry.filename, old.read(entry))
        for name, part in wanted.items():
            if part is not None:
                new.writestr(name, part)
    return buffer.getvalue()


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
DOCUMENT, BOOK_XML, SHEET_XML = "word__document_dot_xml", "xl__workbook_dot_xml", "xl__worksheets__sheet1_dot_xml"
BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "office.empty"),
    "a text": ("签约11个".encode, "office.not_office"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n", "office.not_office"),
    "huge": (lambda: b"PK" + b"\0" * MAX_BYTES, "office.too_large"),
    "doc, xls, et": (lambda: OLE, "office.old_kind"),
    "with a password": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "office.encrypted"),
    "cut off": (lambda: WORD[:2000], "office.broken"),
    "some zip": (lambda: with_parts(b"PK\x05\x06" + b"\0" * 18, a=b"x"), "office.not_office"),
    "slides": (lambda: with_parts(b"PK\x05\x06" + b"\0" * 18, ppt__presentation_dot_xml=b"x"), "office.old_kind"),
    "macros": (lambda: with_parts(WORD, word__vbaProject_dot_bin=b"x"), "office.macro"),
    "macros by type": (lambda: with_parts(BOOK, **{"[Content_Types]_dot_xml": b"<Types>macroEnabled</Types>"}), "office.macro"),
    "old macros": (lambda: with_parts(BOOK, xl__macrosheets__sheet1_dot_xml=b"<x/>"), "office.macro"),
    "a bomb": (lambda: with_parts(WORD, word__media__a_dot_bin=b"\0" * (40 << 20)), "office.bomb"),
    "entities": (
        lambda: with_parts(WORD, **{DOCUMENT: b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
        "office.entities",
    ),
    "no XML": (lambda: with_parts(WORD, **{DOCUMENT: b"<w:document"}), "office.broken"),
    "deep": (lambda: with_parts(WORD, **{DOCUMENT: b"<a>" * 3000 + b"</a>" * 3000}), "office.broken"),
    "strict": (
        lambda: with_parts(BOOK, **{BOOK_XML: b'<workbook xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"/>'}),
        "office.strict",
    ),
    "a row beyond all rows": (
        lambda: with_parts(BOOK, **{SHEET_XML: part(BOOK, "xl/worksheets/sheet1.xml").replace(b'r="5"', b'r="99999999"', 1)}),
        "office.broken",
    ),
    "merged a million times": (
        lambda: with_parts(BOOK, **{SHEET_XML: part(BOOK, "xl/worksheets/sheet1.xml").replace(
            b'<mergeCell ref="A1:F1"/>', b'<mergeCell ref="A1:F1"/>' + b'<mergeCell ref="A1:CV60"/>' * 5000)}),
        "office.too_many_cells",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD)
def test_bad_input_is_refused_with_what_and_how(what: str) -> None:
    make, code = BAD[what]
    with pytest.raises(RefusedError) as refused:
        inspect_form(make(), name="来表.xlsx")
    refusal = refused.value.refusal
    assert refusal.code == code
    assert "来表.xlsx" in text_of(refusal)
    assert fix_of(refusal)
    with pytest.raises(RefusedError):
        fill_form(make(), [], FormValues())


def test_the_wrong_kind_is_said() -> None:
    with pytest.raises(RefusedError) as refused:
        open_package(BOOK, name="表.xlsx", wanted=OfficeKind.DOCX)
    assert text_of(refused.value.refusal) == "“表.xlsx”是 xlsx 文件，这里要的是 docx"


def test_a_merge_over_whole_columns_is_no_danger() -> None:
    data = with_parts(
        BOOK,
        **{SHEET_XML: part(BOOK, "xl/worksheets/sheet1.xml").replace(b'ref="A1:F1"', b'ref="A1:XFD1048576"')},
    )
    assert inspect_form(data).grid(SHEET) is not None


def test_a_signature_that_breaks_is_said() -> None:
    signed = with_parts(BOOK, _xmlsignatures__sig1_dot_xml=b"<x/>", xl__pivotTables__pivotTable1_dot_xml=b"<x/>")
    binding = bind(inspect_form(signed), kind=TargetKind.CELL, place=f"{SHEET}!B5", source="K")
    codes = [each.code for each in fill_form(signed, [binding], FormValues({"K": 1})).findings]
    assert codes == ["office.recalculated", "office.pivot_stale", "office.signature_broken"]


def assert_refused_or_read(use: Callable[[], object]) -> None:
    """Run ``use``: it may succeed, or refuse in words; nothing else."""
    refused: list[RefusedError] = []
    try:
        use()
    except RefusedError as error:
        refused.append(error)
    assert all(text_of(each.refusal) != each.refusal.code for each in refused)


def bind_and_fill(data: bytes) -> None:
    shape = inspect_form(data)
    place = f"{shape.grids[0].name}!B5" if shape.grids else "表1!B5"
    fill_form(data, [bind(shape, kind=TargetKind.CELL, place=place, source="K")], FormValues({"K": 1}))


@settings(max_examples=60)
@given(st.sampled_from([BOOK, WORD]), st.integers(0, 10**6), st.binary(min_size=1, max_size=40))
def test_damaged_files_never_crash(data: bytes, at: int, noise: bytes) -> None:
    at %= len(data)
    broken = data[:at] + noise + data[at + len(noise) :]
    for use in (inspect_form, read_paragraphs):
        assert_refused_or_read(lambda use=use: use(broken))


@settings(max_examples=60)
@given(st.integers(0, 10**6), st.text(alphabet='<>/="&;:AZ19w r', max_size=12))
def test_damaged_xml_never_crashes(at: int, noise: str) -> None:
    for whole, name, key in ((BOOK, "xl/worksheets/sheet1.xml", SHEET_XML), (WORD, "word/document.xml", DOCUMENT)):
        text = part(whole, name)
        place = at % len(text)
        broken = with_parts(whole, **{key: text[:place] + noise.encode() + text[place:]})
        assert_refused_or_read(lambda broken=broken: bind_and_fill(broken))


def test_crc_errors_are_refused() -> None:
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as archive:
        archive.writestr("word/document.xml", b"<a/>" * 100)
    with pytest.raises(RefusedError, match=r"office\.broken"):
        open_package(stored.getvalue().replace(b"<a/><a/>", b"<b/><b/>", 1), name="x")
