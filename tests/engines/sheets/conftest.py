"""Ways to make ledgers for the tests, and where the shared messy ones are."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def ledgers() -> Path:
    """The folder of messy ledgers; absent outside the workshop, and then said so."""
    folder = SHARED / "ledgers"
    if not folder.is_dir():
        pytest.skip("../shared/ledgers is absent: the real messy ledgers were NOT read")
    return folder


@pytest.fixture(scope="session")
def golden() -> Path:
    """The folder of golden cases."""
    folder = SHARED / "golden"
    if not folder.is_dir():
        pytest.skip("../shared/golden is absent: the golden cases were NOT checked")
    return folder


Fill = Callable[[Any, Any], None]


@pytest.fixture
def xlsx() -> Callable[..., bytes]:
    """Make an .xlsx from rows; ``fill(workbook, sheet)`` does what rows cannot say."""

    def make(rows: Sequence[Sequence[Any]] = (), fill: Fill | None = None) -> bytes:
        import xlsxwriter

        buffer = io.BytesIO()
        book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
        sheet = book.add_worksheet("台账")
        for index, row in enumerate(rows):
            sheet.write_row(index, 0, row)
        if fill:
            fill(book, sheet)
        book.close()
        return buffer.getvalue()

    return make


def with_part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return the package with one part rewritten (or added, from nothing)."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            body = old.read(entry)
            new.writestr(entry.filename, change(body) if entry.filename == name else body)
        if name not in old.namelist():
            new.writestr(name, change(b""))
    return out.getvalue()
