"""What is taken and what is refused, by content."""

from __future__ import annotations

import pytest

from feidi.engines.findings import RefusedError
from feidi.kernel.files.examining import clean_name, examine
from feidi.kernel.files.kinds import FILE_KINDS
from tests.kernel.files import builders

TAKEN = [
    ("pdf", "营业执照.pdf", builders.pdf),
    ("png", "照片.png", builders.picture),
    ("jpeg", "照片.jpg", lambda: builders.picture("JPEG")),
    ("webp", "照片.webp", lambda: builders.picture("WEBP")),
    ("docx", "合同.docx", lambda: builders.docx("租赁合同")),
    ("xlsx", "台账.xlsx", lambda: builders.xlsx(("项目", "金额"))),
    ("xls", "台账.xls", lambda: builders.ole("Workbook")),
    ("csv", "台账.csv", "项目,金额\n甲,1\n".encode("gb18030")),
    ("txt", "说明.txt", "现场查看说明".encode()),
    ("txt", "说明16.txt", "现场查看说明".encode("utf-16")),
    ("csv", "台账16.csv", "项目,金额\n甲,1\n".encode("utf-16-le")),
]
REFUSED = [
    ("files.empty", "空.pdf", b""),
    ("files.archive", "一批.zip", lambda: builders.archive({"a.txt": "x"})),
    ("files.archive", "一批.rar", b"Rar!\x1a\x07\x00"),
    ("files.macro", "台账.xlsx", lambda: builders.archive({"xl/workbook.xml": "", "xl/vbaProject.bin": "x"})),
    ("files.macro", "台账.xls", lambda: builders.ole("Workbook", "_VBA_PROJECT")),
    ("files.encrypted", "台账.xlsx", lambda: builders.ole("EncryptedPackage")),
    ("files.office_kind", "合同.doc", lambda: builders.ole("WordDocument")),
    ("files.office_kind", "路演.pptx", lambda: builders.archive({"ppt/presentation.xml": ""})),
    ("files.office_kind", "台账.xlsb", lambda: builders.archive({"xl/workbook.bin": ""})),
    ("files.active", "看板.html", b"<!DOCTYPE html><script>1</script>"),
    ("files.active", "图.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>"),
    ("files.active", "图.txt", b"\xef\xbb\xbf  <svg onload='x()'/>"),
    ("files.active", "台账.csv", b"a,<script>alert(1)</script>"),
    ("files.active", "图16.txt", "<svg onload='x()'/>".encode("utf-16")),
    ("files.active", "台账16.csv", "a,b\n<script>1</script>".encode("utf-16-be")),
    ("files.text_named_otherwise", "脚本.js", b"alert(1)"),
    ("files.text_named_otherwise", "脚本.bat", b"del *.*"),
    ("files.unknown_kind", "程序.exe", b"MZ\x90\x00\x03\x00\x00\x00"),
    ("files.unknown_kind", "证明.txt", b"\x7fELF\x02\x01\x01\x00"),
    ("files.heic", "照片.jpg", b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00"),
    ("files.broken", "坏.xlsx", b"PK\x03\x04rubbish"),
    ("files.broken", "坏.jpg", b"\xff\xd8\xff\xe0rubbish"),
    ("files.broken", "断.png", lambda: builders.picture("PNG", (400, 400))[:-60]),
    ("files.bomb", "弹.xlsx", lambda: builders.archive({"xl/workbook.xml": b"0" * (30 << 20)})),
]


def _bytes(source: object) -> bytes:
    return source() if callable(source) else source  # type: ignore[return-value]


@pytest.mark.parametrize(("kind", "name", "source"), TAKEN, ids=[each[1] for each in TAKEN])
def test_taken_kinds_are_told_by_content(tmp_path, kind, name, source):
    path = builders.write(tmp_path, "upload", _bytes(source))
    examination = examine(path, name)
    assert (examination.kind, examination.name, examination.marks) == (kind, name, ())
    assert kind in FILE_KINDS


@pytest.mark.parametrize(("code", "name", "source"), REFUSED, ids=[f"{each[1]}-{each[0]}" for each in REFUSED])
def test_everything_else_is_refused_with_its_reason(tmp_path, code, name, source):
    path = builders.write(tmp_path, "upload", _bytes(source))
    with pytest.raises(RefusedError) as refused:
        examine(path, name)
    assert refused.value.refusal.code == code
    assert refused.value.refusal.params["name"] == name


def test_a_wrong_extension_is_put_right(tmp_path):
    path = builders.write(tmp_path, "upload", builders.picture("JPEG"))
    assert examine(path, "营业执照.pdf").name == "营业执照.pdf.jpg"


def test_names_cannot_deceive():
    assert clean_name("..\\..\\a/b/照片\u202egnp.exe\x00.pdf") == "照片gnp.exe.pdf"
    assert len(clean_name("长" * 300 + ".pdf")) <= 200
    assert clean_name("长" * 300 + ".pdf").endswith(".pdf")


def test_a_picture_of_too_many_pixels_is_refused(tmp_path):
    header = builders.picture("PNG", (1, 1))
    # the size stands in the IHDR chunk: 60,000 × 60,000, with its checksum put right
    import struct
    import zlib

    ihdr = b"IHDR" + struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    data = header[:8] + struct.pack(">I", 13) + ihdr + struct.pack(">I", zlib.crc32(ihdr)) + header[33:]
    with pytest.raises(RefusedError) as refused:
        examine(builders.write(tmp_path, "upload", data), "大.png")
    assert refused.value.refusal.code == "files.picture_too_large"


def test_a_place_in_a_picture_is_noted(tmp_path):
    path = builders.write(tmp_path, "upload", builders.picture("JPEG", located=True))
    assert [each.code for each in examine(path, "现场.jpg").findings] == ["files.picture_has_place"]
    plain = builders.write(tmp_path, "plain", builders.picture("JPEG"))
    assert examine(plain, "现场.jpg").findings == ()
