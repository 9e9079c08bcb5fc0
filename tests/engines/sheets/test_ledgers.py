"""The real messy ledgers: each is read without a crash, and the page about them is true."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feidi.engines.sheets import read_summary, read_workbook
from tests.engines.sheets.conftest import ROOT
from tests.engines.sheets.ledger_table import ledger_table


def test_every_ledger_is_read(ledgers: Path) -> None:
    files = [path for path in ledgers.iterdir() if path.is_file()]
    assert len(files) >= 20
    for path in files:
        summary = read_summary(path)
        assert summary["sheets"], path.name
        assert not [item for item in summary["findings"] if item["level"] == "fatal"], path.name
        for sheet in summary["sheets"]:
            assert all(len(record) == len(sheet["columns"]) for record in sheet["records"]), path.name


def test_the_page_about_them_is_true_and_every_row_was_looked_at(ledgers: Path) -> None:
    page = ledger_table(ledgers)
    assert (ROOT / "docs" / "ledgers_read.md").read_text("utf-8") == page
    assert [line for line in page.splitlines() if line.endswith("|  |")] == []


def test_what_the_formats_of_an_xls_say(ledgers: Path) -> None:
    sheet = read_workbook(ledgers / "easyexcel_dataformat.xls").sheets[0]
    months = [record.row for record in sheet.iter_records() if record.values[0].precision == "month"]
    assert months == [6, 9, 17, 18, 19]


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_xls_is_read_or_refused(ledgers: Path, data: st.DataObject) -> None:
    broken = bytearray((ledgers / "frictionless_merged-cells.xls").read_bytes())
    for _ in range(data.draw(st.integers(1, 20))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    book = read_workbook(bytes(broken), name="a.xls")
    assert book.sheets or book.fatal or book.findings
