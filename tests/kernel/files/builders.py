"""Files of every kind, made here and now."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import typst
from PIL import Image

_DOCX = """<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:body>{}</w:body></w:document>"""


def pdf(text: str = "营业执照复印件", *, second_page: str = "") -> bytes:
    lines = "\n\n".join(text.splitlines())
    more = f"\n#pagebreak()\n{second_page}" if second_page else ""
    return bytes(typst.compile(f'#set text(font: "Noto Serif CJK SC")\n{lines}{more}'.encode(), format="pdf"))


def docx(*paragraphs: str, header: str = "") -> bytes:
    body = "".join(f"<w:p>{''.join(f'<w:r><w:t>{run}</w:t></w:r>' for run in each)}</w:p>" for each in paragraphs)
    parts = {"[Content_Types].xml": "<Types/>", "word/document.xml": _DOCX.format(body)}
    if header:
        parts["word/header1.xml"] = _DOCX.format(f"<w:p><w:r><w:t>{header}</w:t></w:r></w:p>")
    return archive(parts)


def xlsx(*rows: tuple[str, ...]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def archive(parts: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return buffer.getvalue()


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), *, located: bool = False) -> bytes:
    image, buffer, exif = Image.new("RGB", size, "white"), io.BytesIO(), Image.Exif()
    if located:
        exif.get_ifd(0x8825).update({1: "N", 2: (22.0, 30.0, 0.0)})
    image.save(buffer, kind, exif=exif)
    return buffer.getvalue()


def ole(*streams: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512 + b"".join(each.encode("utf-16-le") for each in streams)


def write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path
