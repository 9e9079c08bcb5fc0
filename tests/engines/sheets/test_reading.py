"""Tables as people make them: titles, merged heads, totals, notes, units, formats."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from feidi.engines.findings import Level
from feidi.engines.sheets import (
    ColumnType,
    RecordKind,
    Sheet,
    Visibility,
    cell_date,
    cell_money,
    open_workbook,
    read_summary,
    read_workbook,
)

Make = Callable[..., bytes]


def _only(data: bytes, name: str = "台账.xlsx") -> Sheet:
    book = read_workbook(data, name=name)
    assert book.fatal is None
    assert len(book.sheets) == 1
    return book.sheets[0]


def _codes(sheet: Sheet, level: Level | None = None) -> list[str]:
    return [item.code for item in sheet.findings if level is None or item.level is level]


def _names(sheet: Sheet) -> list[str]:
    return [column.name for column in sheet.columns]


def test_title_unit_two_row_head_totals_and_signatures(xlsx: Make) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.merge_range("A1:F1", "招商项目台账")
        sheet.write("A2", "填报单位：经科局")
        sheet.write("E2", "单位：万元")
        for letter, name in (("A", "序号"), ("B", "*项目名称"), ("F", "最新进展")):
            sheet.merge_range(f"{letter}3:{letter}4", name)
        sheet.merge_range("C3:D3", "投资方")
        sheet.write_row("C4", ["名称", "注册地"])
        sheet.write("E3", "计划总投资")
        sheet.write("E4", "（万元）")
        sheet.write_row("A5", [1, "甲项目", "甲公司", "深圳", "1200万", "已签约"])
        sheet.write_row("A6", [2, "乙项目", "乙公司", "佛山", 300, "在谈"])
        sheet.write("F7", "11.10 来访，李博士等3人")
        sheet.write_row("A9", ["序号", "*项目名称", "投资方", "", "计划总投资", "最新进展"])
        sheet.write_row("A10", [3, "丙项目", "丙公司", "广州", "数千万", ""])
        sheet.write_row("A11", ["", "合  计", "", "", 1500, ""])
        sheet.write_row("A12", ["填表人：张三", "", "审核人：李四"])

    sheet = _only(xlsx(fill=fill))
    assert sheet.header_rows == (3, 4)
    assert _names(sheet) == ["序号", "项目名称", "投资方-名称", "投资方-注册地", "计划总投资", "最新进展"]
    assert [column.unit for column in sheet.columns] == [None, None, None, None, "万元", None]
    assert [column.required for column in sheet.columns] == [False, True, False, False, False, False]
    assert sheet.titles[0] == "招商项目台账"
    assert sheet.default_unit == "万元"
    records = list(sheet.iter_records())
    assert [record.row for record in records] == [5, 6, 7, 10]
    assert (records[2].kind, records[2].continues) == (RecordKind.CONTINUATION, 6)
    rows = {item.code: item.row for item in sheet.findings}
    assert rows["sheets.row.header"] == 9
    assert rows["sheets.row.total"] == 11
    assert rows["sheets.row.note"] == 12
    assert rows["sheets.row.continuation"] == 7
    assert "sheets.row.blank" in rows
    assert [item.code for item in sheet.findings if item.level is Level.PROBLEM] == ["sheets.row.continuation"]


def test_three_row_head(xlsx: Make) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.merge_range("A1:A3", "项目名称")
        sheet.merge_range("B1:D1", "投资（万元）")
        sheet.merge_range("B2:B3", "计划")
        sheet.merge_range("C2:D2", "到位")
        sheet.write_row("C3", ["本月", "累计"])
        sheet.write_row("A4", ["甲", 1, 2, 3])

    sheet = _only(xlsx(fill=fill))
    assert sheet.header_rows == (1, 2, 3)
    assert _names(sheet) == ["项目名称", "投资-计划", "投资-到位-本月", "投资-到位-累计"]
    assert [column.unit for column in sheet.columns] == [None, "万元", "万元", "万元"]


def test_csv_head_over_two_rows_without_merged_cells() -> None:
    text = "项目名称,投资方,,备注\n,名称,地址,\n甲,甲公司,深圳,无\n乙,乙公司,佛山,无\n"
    sheet = _only(text.encode(), "a.csv")
    assert sheet.header_rows == (1, 2)
    assert _names(sheet) == ["项目名称", "投资方-名称", "投资方-地址", "备注"]
    assert len(list(sheet.iter_records())) == 2


def test_number_formats_carry_units(xlsx: Make) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row("A1", ["项目名称", "甲额", "乙额", "丙额", "丁额(万元)", "签约月"])
        formats = ['0"万元"', '#,##0.00,"千元"', '0!.0,"万元"', '0.00"亿元"', 'yyyy"年"m"月"']
        sheet.write("A2", "甲")
        for column, code in enumerate(formats[:4], 1):
            sheet.write_number(1, column, 5_000_000 if column in (2, 3) else 500, book.add_format({"num_format": code}))
        sheet.write_datetime(1, 5, date(2023, 5, 1), book.add_format({"num_format": formats[4]}))

    sheet = _only(xlsx(fill=fill))
    record = next(sheet.iter_records())
    amounts = [cell_money(record.values[i], sheet.columns[i])[0].lo_fen for i in range(1, 5)]
    assert amounts == [500_000_000, 500_000_000, 500_000_000, 5_000_000_000_000]
    assert [record.values[i].unit for i in range(1, 5)] == ["万元", "元", "元", "亿元"]
    month, _ = cell_date(record.values[5])
    assert (month.date, month.year, month.month) == (None, 2023, 5)
    assert record.values[5].text == "2023-05"
    assert _codes(sheet).count("sheets.format.unit") == 3
    assert _codes(sheet, Level.PROBLEM) == ["sheets.format.unit_conflict"]
    assert "sheets.format.date_precision" in _codes(sheet)


def test_a_scale_without_a_word_is_not_used(xlsx: Make) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row("A1", ["项目名称", "金额（万元）"])
        sheet.write_row("A2", ["甲", ""])
        sheet.write_number("B2", 5_000_000, book.add_format({"num_format": "0.0,"}))

    sheet = _only(xlsx(fill=fill))
    amount, findings = cell_money(next(sheet.iter_records()).values[1], sheet.columns[1])
    assert amount.lo_fen is None
    assert findings[0].code == "sheets.cell.unreliable"
    assert "sheets.format.unclear" in _codes(sheet, Level.PROBLEM)


def test_a_code_typed_as_a_number_is_never_used(xlsx: Make) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row("A1", ["企业名称", "统一社会信用代码"])
        sheet.write("A2", "甲")
        sheet.write_number("B2", 914406001234567890)

    sheet = _only(xlsx(fill=fill))
    cell = next(sheet.iter_records()).values[1]
    assert not cell.reliable
    assert isinstance(cell.value, str)
    assert cell.text.startswith("91440600123456")
    lost = [item for item in sheet.findings if item.code == "sheets.cell.digits_lost"]
    assert [(item.row, item.column, item.level) for item in lost] == [(2, "统一社会信用代码", Level.PROBLEM)]


def test_formulas_without_result_and_errors(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["项目名称", "金额", "比例"], ["甲", "=1+1", 0.5], ["乙", 3, "#DIV/0!"]):
        sheet.append(row)
    sheet["C3"].data_type = "e"
    book.save(tmp_path / "a.xlsx")
    read = _only((tmp_path / "a.xlsx").read_bytes())
    problems = {(item.code, item.row, item.column) for item in read.findings if item.level is Level.PROBLEM}
    assert ("sheets.cell.formula_without_value", 2, "金额") in problems
    assert ("sheets.cell.error_value", 3, "比例") in problems
    assert ("sheets.formula.not_calculated", None, None) in problems
    first, second = read.iter_records()
    assert (first.values[1].text, first.values[1].reliable) == ("", False)
    assert (second.values[2].text, second.values[2].value, second.values[2].reliable) == ("#DIV/0!", None, False)


def test_hidden_sheets_rows_and_columns_are_read_and_marked(xlsx: Make) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column("B:B", None, None, {"hidden": True})
        other = book.add_worksheet("旧表")
        other.write_row("A1", ["编号", "名称"])
        other.write_row("A2", [1, "甲"])
        other.hide()

    rows = [["序号", "项目名称", "备注"], [1, "甲", "x"], [2, "乙", "y"]]
    book = read_workbook(xlsx(rows, fill), name="a.xlsx")
    sheet, other = book.sheets
    assert [record.hidden for record in sheet.iter_records()] == [False, True]
    assert [column.hidden for column in sheet.columns] == [False, True, False]
    assert other.hidden is Visibility.HIDDEN
    assert {"sheets.row.hidden", "sheets.column.hidden"} <= set(_codes(sheet))
    assert "sheets.sheet.hidden" in _codes(other)


def test_a_value_merged_down_holds_for_each_row(xlsx: Make) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row("A1", ["片区", "项目名称", "金额"])
        sheet.merge_range("A2:A4", "南山")
        for row, name in enumerate("甲乙丙", 1):
            sheet.write_row(row, 1, [name, row])

    sheet = _only(xlsx(fill=fill))
    cells = [record.values[0] for record in sheet.iter_records()]
    assert [(cell.text, cell.filled) for cell in cells] == [("南山", False), ("南山", True), ("南山", True)]
    assert _codes(sheet) == ["sheets.cell.merged_down"]


def test_a_merged_amount_keeps_the_unit_of_its_format_in_every_row(xlsx: Make) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row("A1", ["项目名称", "金额"])
        sheet.merge_range("B2:B3", 500, book.add_format({"num_format": '0"万元"'}))
        sheet.write_number("B4", 500, book.add_format({"num_format": '0"万元"'}))
        for row, name in enumerate("甲乙丙", 1):
            sheet.write(row, 0, name)

    cells = [record.values[1] for record in _only(xlsx(fill=fill)).iter_records()]
    assert [(cell.value, cell.unit, cell.filled) for cell in cells] == [
        (500, "万元", False),
        (500, "万元", True),
        (500, "万元", False),
    ]


def test_a_merged_month_stays_a_month_in_every_row(xlsx: Make) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row("A1", ["项目名称", "签约月"])
        sheet.merge_range("B2:B3", date(2023, 5, 1), book.add_format({"num_format": 'yyyy"年"m"月"'}))
        sheet.write_column("A2", ["甲", "乙"])

    cells = [record.values[1] for record in _only(xlsx(fill=fill)).iter_records()]
    assert [(cell.text, cell_date(cell)[0].date, cell.filled) for cell in cells] == [
        ("2023-05", None, False),
        ("2023-05", None, True),
    ]


def test_a_doubtful_total_stays_a_record(xlsx: Make) -> None:
    rows = [
        ["序号", "项目名称", "投资方", "进展", "备注"],
        [1, "甲", "a", "b", "c"],
        ["", "合计", "甲公司", "在谈", "很好"],
    ]
    sheet = _only(xlsx(rows))
    assert len(list(sheet.iter_records())) == 2
    assert _codes(sheet, Level.PROBLEM) == ["sheets.row.total_doubtful"]


def test_section_headings_are_skipped_and_told(xlsx: Make) -> None:
    rows = [["序号", "项目名称"], ["一、在谈项目", ""], [1, "甲"], ["（二）签约项目", ""], [2, "乙"]]
    sheet = _only(xlsx(rows))
    assert [record.row for record in sheet.iter_records()] == [3, 5]
    assert _codes(sheet) == ["sheets.row.section"] * 2


def test_blank_and_double_headers() -> None:
    sheet = _only(b"id,,name,name\n1,a,b,c\n2,d,e,f\n", "a.csv")
    assert _names(sheet) == ["id", "列B", "name", "name (2)"]
    assert _codes(sheet, Level.PROBLEM) == ["sheets.header.blank", "sheets.header.duplicate"]


def test_types_describe_the_columns(xlsx: Make) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_datetime("D2", date(2023, 5, 6), book.add_format({"num_format": "yyyy-mm-dd"}))

    sheet = _only(xlsx([["甲", "乙", "丙", "丁"], ["x", 1, True, None], ["y", 2, False, None]], fill))
    assert [column.type for column in sheet.columns] == [
        ColumnType.TEXT,
        ColumnType.NUMBER,
        ColumnType.BOOL,
        ColumnType.DATE,
    ]
    first = next(sheet.iter_records())
    assert [cell.value for cell in first.values] == ["x", 1, True, date(2023, 5, 6)]


def test_records_can_be_read_twice_and_findings_come_with_iteration() -> None:
    sheet = open_workbook("a,b\n1,2\n合计,2\n".encode(), name="a.csv").sheets[0]
    assert sheet.findings == ()
    seen: list[str] = []
    assert list(sheet.iter_records(lambda item: seen.append(item.code))) == list(sheet.iter_records())
    assert seen == ["sheets.row.total"]


def test_an_empty_sheet_is_told(xlsx: Make) -> None:
    sheet = _only(xlsx())
    assert (sheet.columns, sheet.row_count, _codes(sheet)) == ((), 0, ["sheets.sheet.empty"])


def test_many_findings_of_one_kind_are_counted_not_listed() -> None:
    lines = ["序号,项目名称,进展", *("1,甲,x\n,,续" for _ in range(300))]
    sheet = _only("\n".join(lines).encode(), "a.csv")
    assert _codes(sheet).count("sheets.row.continuation") == 200
    more = [item for item in sheet.findings if item.code == "sheets.findings.more"]
    assert [item.params["more"] for item in more] == [100]


def test_summary_is_the_contract(xlsx: Make, tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(xlsx([["序号", "金额(万元)"], *([i, i * 10] for i in range(30))]))
    summary = read_summary(path)
    (sheet,) = summary["sheets"]
    assert list(sheet) == ["name", "header_rows", "columns", "rows", "records", "findings"]
    assert sheet["columns"][1] == {"name": "金额", "unit": "万元", "type": "number"}
    assert (sheet["rows"], len(sheet["records"]), sheet["records"][1]) == (30, 20, {"序号": "1", "金额": "10"})
    missing = read_summary(path, sheet="没有")
    assert (missing["sheets"], [item["code"] for item in missing["findings"]]) == ([], ["sheets.sheet.missing"])


def test_command_prints_json_without_django(xlsx: Make, tmp_path: Path) -> None:
    path = tmp_path / "台账.csv"
    path.write_text("a,b\n1,合计\n", encoding="utf-8")
    code = "import sys; from feidi.engines.sheets.__main__ import main; c = main(sys.argv[1:]); assert 'django' not in sys.modules; sys.exit(c)"
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, check=True, text=True)
    assert json.loads(done.stdout)["sheets"][0]["header_rows"] == [1]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_path_and_bytes_read_alike(kind: str, xlsx: Make, tmp_path: Path) -> None:
    data = xlsx([["a", "b"], ["x", "y"]]) if kind == "xlsx" else b"a,b\nx,y\n"
    path = tmp_path / f"Sheet.{kind}"
    path.write_bytes(data)
    assert read_workbook(path).sheets[0].records == read_workbook(data, name=path.name).sheets[0].records
