"""Somebody's own form: bound once, filled for ever, nothing of it lost, nothing overwritten silently."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from decimal import Decimal

import docx
import openpyxl
import pytest

from feidi.engines.findings import RefusedError
from feidi.kernel.documents.office.binding import (
    Binding,
    BindingOptions,
    TargetKind,
    bind,
    binding_as_json,
    binding_from_json,
    rebind,
)  # fmt: skip
from feidi.kernel.documents.office.figures import IssuedFigure
from feidi.kernel.documents.office.filling import fill_form
from feidi.kernel.documents.office.form_values import Entry, FormValues, cell_value, shown
from feidi.kernel.documents.office.inspecting import inspect_form
from feidi.kernel.documents.office.row_insertion import moved_formula
from feidi.kernel.messages import fix_of, text_of
from tests.kernel.documents.office.office_forms import SHEET, word_form, workbook
from tests.kernel.documents.office.office_samples import DAY, DONE, LANDED, MONEY, SIGNED

FIGURES = {"K08": SIGNED, "K08.completion": DONE, "K11": LANDED, "K09": MONEY, "unit": "招商联络处", "day": DAY}
BEFORE = {**FIGURES, "K08": 9}
ROWS = [{"code": f"P{n}", "name": f"某某项目{n}", "amount": Decimal(n * 100), "progress": "注册"} for n in range(1, 6)]
OLD_ROWS = [{**row, "progress": "在谈" if row["code"] == "P2" else row["progress"]} for row in ROWS[:4]]
VALUES = FormValues(FIGURES, {"projects": ROWS})
PREVIOUS = FormValues(BEFORE, {"projects": OLD_ROWS})
ROOM = BindingOptions(insert_rows=True, key="code")


def bindings_of(data: bytes, places: dict[str, str], options: dict[str, BindingOptions]) -> list[Binding]:
    shape = inspect_form(data)
    found = []
    for source, place in places.items():
        column = source.startswith("projects.")
        kind = TargetKind.COLUMN if column else TargetKind.CELL if "!" in place else TargetKind.BOOKMARK
        found.append(bind(shape, kind=kind, place=place, source=source, options=options.get(source)))
    return found


def bound(data: bytes, options: BindingOptions = ROOM) -> list[Binding]:
    places = {
        "K08": f"{SHEET}!B5", "K11": f"{SHEET}!B6", "K08.completion": f"{SHEET}!C6", "unit": f"{SHEET}!B2",
        "day": "填报日期", "projects.name": f"{SHEET}!B11", "projects.amount": f"{SHEET}!C11",
        "projects.progress": f"{SHEET}!D11",
    }  # fmt: skip
    return bindings_of(data, places, dict.fromkeys(places, options))


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_workbook_is_filled_and_nothing_else_changes() -> None:
    blank = workbook()
    filled = fill_form(
        blank, bound(blank, BindingOptions(key="code")), FormValues(FIGURES, {"projects": ROWS[:3]}), PREVIOUS
    )
    before, after = parts_of(blank), parts_of(filled.data)
    assert {name for name in before if before[name] != after[name]} == {
        "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/styles.xml", "xl/workbook.xml",
    }  # fmt: skip
    assert list(before) == list(after), "charts, pictures, comments are where they were"
    book = openpyxl.load_workbook(io.BytesIO(filled.data))
    sheet = book[SHEET]
    assert (sheet["B5"].value, sheet["B6"].value, sheet["B2"].value) == (11, 2, "招商联络处")
    assert sheet["C6"].value == pytest.approx(0.367)
    assert sheet["C6"].number_format == "0.0%"
    assert sheet["C5"].value == "=B5/D5"
    assert [[cell.value for cell in row] for row in sheet["B11:D13"]] == [
        ["某某项目1", 100, "注册"], ["某某项目2", 200, "注册"], ["某某项目3", 300, "注册"],
    ]  # fmt: skip
    assert sheet["B15"].value == "2026-11-20"
    # red: the figure that grew (its bold 仿宋 kept), the cell that changed; what stayed is as the form has it
    assert (sheet["B5"].font.color.rgb, sheet["B5"].font.bold, sheet["B5"].font.name) == ("FFFF0000", True, "仿宋")
    assert sheet["D12"].font.color.rgb == "FFFF0000"
    assert [sheet[c].font.color is None or sheet[c].font.color.rgb != "FFFF0000" for c in ("B6", "D11", "B12")] == [
        True
    ] * 3
    assert sheet["B12"].fill.fgColor.rgb == "00FFFFE0"
    assert [(each.place, each.old, each.new) for each in filled.changed] == [
        (f"{SHEET}!B5", "9", "11个"), (f"{SHEET}!D12", "", "注册"),
    ]  # fmt: skip
    assert {str(each) for each in sheet.merged_cells.ranges} == {"A1:F1", "A3:A4", "B3:C3"}
    assert [each.code for each in filled.findings] == ["office.recalculated"]
    assert book.calculation.fullCalcOnLoad
    assert (
        fill_form(blank, bound(blank), VALUES, PREVIOUS).data == fill_form(blank, bound(blank), VALUES, PREVIOUS).data
    )


def test_a_longer_list_pushes_the_rest_down_if_it_may() -> None:
    blank = workbook()
    filled = fill_form(blank, bound(blank), VALUES, PREVIOUS)
    book = openpyxl.load_workbook(io.BytesIO(filled.data))
    sheet = book[SHEET]
    assert [sheet[f"B{row}"].value for row in range(11, 16)] == [row["name"] for row in ROWS]
    assert sheet["A16"].value == "合计"
    assert sheet["C16"].value == "=SUM(C11:C15)"
    assert book["说明"]["A1"].value == f"='{SHEET}'!C16"
    assert book["说明"]["A2"].value == "=SUM(B1:B2)"
    assert [sheet[f"E{row}"].value for row in range(11, 16)] == [f"=C{row}*2" for row in range(11, 16)]
    assert all(sheet[f"B{row}"].fill.fgColor.rgb == "00FFFFE0" for row in range(11, 16))
    assert sheet["B15"].font.color.rgb == "FFFF0000", "a new project is red"
    assert sheet["B17"].value == "2026-11-20", "a defined name below moved along"
    assert sheet["A16"].comment.text == "含增资"
    assert str(sheet.print_area) in (f"'{SHEET}'!$A$1:$F$17", "$A$1:$F$17")
    assert [str(each.sqref) for each in sheet.conditional_formatting] == ["C11:C15"]
    assert str(sheet.data_validations.dataValidation[0].sqref) == "D11:D15"
    after = parts_of(filled.data)
    assert f"'{SHEET}'!$C$11:$C$15" in after["xl/charts/chart1.xml"].decode()
    assert "<xdr:row>17</xdr:row>" in after["xl/drawings/drawing1.xml"].decode() or "<row>17</row>" in after[
        "xl/drawings/drawing1.xml"
    ].decode().replace("xdr:", "")
    assert [each.code for each in filled.findings] == ["office.rows_inserted", "office.recalculated"]
    tight = fill_form(blank, bound(blank, BindingOptions(key="code")), VALUES, PREVIOUS)
    assert openpyxl.load_workbook(io.BytesIO(tight.data))[SHEET]["A14"].value == "合计"
    told = next(each for each in tight.findings if each.code == "office.rows_do_not_fit")
    assert text_of(told) == f"{SHEET}!B11 下方只有 3 行空格，名单有 5 行，后 2 行未填"


def test_serial_numbers_are_counted_and_are_no_obstacle() -> None:
    blank = workbook()
    serial = bind(inspect_form(blank), kind=TargetKind.COLUMN, place=f"{SHEET}!A11", source="projects.#", options=ROOM)
    filled = fill_form(blank, [serial, *bound(blank)], VALUES, PREVIOUS)
    sheet = openpyxl.load_workbook(io.BytesIO(filled.data))[SHEET]
    assert [sheet[f"A{row}"].value for row in range(11, 17)] == [1, 2, 3, 4, 5, "合计"]
    assert [each.code for each in filled.findings] == ["office.rows_inserted", "office.recalculated"]


def test_a_large_list_is_filled_quickly() -> None:
    blank = workbook()
    rows = [{"code": str(n), "name": f"项目{n}", "amount": n, "progress": "在谈"} for n in range(2000)]
    filled = fill_form(blank, bound(blank), FormValues(FIGURES, {"projects": rows}), PREVIOUS)
    sheet = openpyxl.load_workbook(io.BytesIO(filled.data))[SHEET]
    assert (sheet["B2010"].value, sheet["C2011"].value) == ("项目1999", "=SUM(C11:C2010)")


def test_formulas_and_words_are_not_written_over_silently() -> None:
    blank = workbook()
    shape = inspect_form(blank)
    with pytest.raises(RefusedError, match="place_is_formula"):
        bind(shape, kind=TargetKind.CELL, place=f"{SHEET}!C5", source="K08")
    with pytest.raises(RefusedError, match="no_such_place"):
        bind(shape, kind=TargetKind.CELL, place="没有!C5", source="K08")
    for place in ("A1", f"{SHEET}!ZZZ9999999", "填报", f"{SHEET}!B"):
        with pytest.raises(RefusedError, match="no_such_place"):
            bind(shape, kind=TargetKind.CELL, place=place, source="K08")
    label = bind(shape, kind=TargetKind.CELL, place=f"{SHEET}!A5", source="unit")
    number = bind(shape, kind=TargetKind.CELL, place=f"{SHEET}!A12", source="K08")
    missing = bind(shape, kind=TargetKind.CELL, place=f"{SHEET}!D6", source="K99")
    filled = fill_form(blank, [label, number, missing], VALUES)
    assert [each.code for each in filled.findings] == [
        "office.source_unknown", "office.kept_label", "office.replaced_number", "office.recalculated",
    ]  # fmt: skip
    sheet = openpyxl.load_workbook(io.BytesIO(filled.data))[SHEET]
    assert (sheet["A5"].value, sheet["A12"].value) == ("签约项目", 11)
    allowed = bind(
        shape, kind=TargetKind.CELL, place=f"{SHEET}!A15", source="unit", options=BindingOptions(overwrite=True)
    )
    assert (
        openpyxl.load_workbook(io.BytesIO(fill_form(blank, [allowed], VALUES).data))[SHEET]["A15"].value == "招商联络处"
    )
    # 1.2 亿元 into a column headed 万元: said, not converted; converted where the binding says by what
    money = bind(shape, kind=TargetKind.CELL, place=f"{SHEET}!B7", source="K09")
    assert [each.code for each in fill_form(blank, [money], VALUES).findings][:1] == ["office.unit_differs"]
    times = BindingOptions(factor=Decimal(10000))
    scaled = bind(shape, kind=TargetKind.CELL, place=f"{SHEET}!B7", source="K09", options=times)
    assert openpyxl.load_workbook(io.BytesIO(fill_form(blank, [scaled], VALUES).data))[SHEET]["B7"].value == 12000


def test_a_changed_layout_refuses_and_says_where_things_went() -> None:
    blank = workbook()
    bindings = [binding_from_json(json.loads(json.dumps(binding_as_json(each)))) for each in bound(blank)]
    assert bindings == bound(blank)
    fill_form(workbook(month="12"), bindings, VALUES)  # another month in the title is the same form
    with pytest.raises(RefusedError) as refused:
        fill_form(workbook(shift=2), bindings, VALUES, name="新表.xlsx")
    refusal = refused.value.refusal
    assert refusal.code == "office.form_changed"
    said = [text_of(each) for each in refusal.reasons]
    assert f"{SHEET}!B5（本年 / 累计 / 签约项目）现在到了 {SHEET}!B7" in said
    assert fix_of(refusal.reasons[0]) == f"请确认把绑定改到 {SHEET}!B7"
    proposed = {each.params["place"]: each.params.get("proposal") for each in refusal.reasons}
    assert proposed[f"{SHEET}!C11"] == f"{SHEET}!C13"
    shape = inspect_form(workbook(shift=2))
    moved = [rebind(shape, each, str(proposed.get(each.place, each.place))) for each in bindings]
    sheet = openpyxl.load_workbook(io.BytesIO(fill_form(workbook(shift=2), moved, VALUES).data))[SHEET]
    assert (sheet["B7"].value, sheet["B13"].value) == (11, "某某项目1")


def test_a_word_form_keeps_its_form() -> None:
    blank = word_form()
    places = {"unit": "unit", "K08": "表1!B2", "K08.completion": "表1!B3", "projects.name": "表1!A5", "projects.amount": "表1!B5",
              "projects.progress": "表1!D5"}  # fmt: skip
    bindings = bindings_of(blank, places, {key: ROOM for key in places if key.startswith("projects.")})
    filled = fill_form(blank, bindings, VALUES, PREVIOUS)
    document = docx.Document(io.BytesIO(filled.data))
    assert document.paragraphs[1].text == "填报单位：招商联络处（盖章）"
    table = document.tables[0]
    assert [row.cells[0].text for row in table.rows] == [
        "指标", "签约项目", "完成率", "项目名称", *(row["name"] for row in ROWS), "合计",
    ]  # fmt: skip
    assert [table.cell(1, 1).text, table.cell(2, 1).text] == ["11", "36.7%"]
    run = table.cell(1, 1).paragraphs[0].runs[0]
    assert (run.font.bold, run.font.color.rgb) == (True, (255, 0, 0))
    assert table.cell(2, 1).paragraphs[0].runs[0].font.color.rgb is None
    assert table.cell(8, 3).paragraphs[0].runs[0].font.color.rgb == (255, 0, 0)
    before, after = parts_of(blank), parts_of(filled.data)
    assert {name for name in before if before[name] != after[name]} == {"word/document.xml"}
    assert {"unit", "fg_K08_20261120"} <= set(inspect_form(filled.data).names)
    tight = fill_form(
        blank, [Binding(b.kind, b.place, b.source, BindingOptions(), b.landmarks) for b in bindings], VALUES
    )
    assert [each.code for each in tight.findings] == ["office.rows_do_not_fit"]
    assert docx.Document(io.BytesIO(tight.data)).tables[0].cell(6, 3).text == ""
    with pytest.raises(RefusedError) as refused:
        fill_form(word_form(extra_row=True), bindings, VALUES)
    assert "表1!B2（数值 / 签约项目）现在到了 表1!B3" in [text_of(each) for each in refused.value.refusal.reasons]


def test_formulas_that_speak_of_rows_below_follow_them() -> None:
    def moved(formula: str, *, inside: bool = True) -> str:
        return moved_formula(formula, "表 一", 10, 5, inside=inside)

    assert moved("SUM(A1:A10,$B$9:B$12)") == "SUM(A1:A15,$B$9:B$17)"
    assert moved("'表 一'!A10+A10", inside=False) == "'表 一'!A15+A10"
    assert moved("'其他'!A10&\"A10\"&LOG10(A9)") == "'其他'!A10&\"A10\"&LOG10(A9)"
    assert moved("SUM(10:12)+SUM(A:A)+[1]Sheet1!A10") == "SUM(15:17)+SUM(A:A)+[1]Sheet1!A10"
    assert moved('IF(A12="",0,表1[金额])') == 'IF(A17="",0,表1[金额])'
    assert moved('"unclosed') == '"unclosed'


def test_days_and_texts_are_written_as_what_they_are() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "表"
    sheet["A1"], sheet["B1"] = "日期", "公式样文字"
    sheet["A2"].number_format = "yyyy-mm-dd"
    buffer = io.BytesIO()
    book.save(buffer)
    blank = buffer.getvalue()
    shape = inspect_form(blank)
    made = [bind(shape, kind=TargetKind.CELL, place=f"表!{cell}", source=source) for cell, source in (
        ("A2", "day"), ("B2", "text"), ("C2", "float"), ("D2", "none"))]  # fmt: skip
    values = FormValues({"day": date(2026, 2, 28), "text": "=1+1\x00", "float": 0.1 + 0.2, "none": None})
    sheet = openpyxl.load_workbook(io.BytesIO(fill_form(blank, made, values, FormValues()).data))["表"]
    assert sheet["A2"].value.date() == date(2026, 2, 28)
    assert (sheet["B2"].value, sheet["B2"].data_type) == ("=1+1", "s")
    assert (sheet["C2"].value, sheet["D2"].value) == (0.3, None)
    assert sheet["A2"].font.color.rgb == "FFFF0000", "against an empty issue all is new"


def test_what_belongs_behind_a_label_leaves_the_label() -> None:
    """填报单位（盖章）： and 填报日期：　年　月　日 keep their label; in Word only what is new is red."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "表"
    sheet["A1"], sheet["A2"], sheet["A3"] = "填报单位（盖章）：", "填报日期：    年  月  日", "填表人：张三"
    stream = io.BytesIO()
    book.save(stream)
    places = {"unit": "表!A1", "day": "表!A2", "K08": "表!A3"}
    blank = stream.getvalue()
    filled = fill_form(blank, bindings_of(blank, places, {}), VALUES, FormValues())
    cells = openpyxl.load_workbook(io.BytesIO(filled.data))["表"]
    assert [cells[each].value for each in ("A1", "A2", "A3")] == [
        "填报单位（盖章）：招商联络处", f"填报日期：{DAY.year}年{DAY.month}月{DAY.day}日", "填表人：张三"]  # fmt: skip
    assert [each.code for each in filled.findings if each.code != "office.source_unknown"] == ["office.kept_label"]
    document = docx.Document()
    document.add_table(1, 1).cell(0, 0).text = "填报单位："
    stream = io.BytesIO()
    document.save(stream)
    word = stream.getvalue()
    done = fill_form(word, bindings_of(word, {"unit": "表1!A1"}, {}), VALUES, FormValues())
    runs = docx.Document(io.BytesIO(done.data)).tables[0].cell(0, 0).paragraphs[0].runs
    assert [each.text for each in runs] == ["填报单位：", "招商联络处"]
    assert [each.font.color.rgb is not None for each in runs] == [False, True]


def test_fast_and_slow_are_said_in_words() -> None:
    pace = IssuedFigure("K08_pace", "签约比序时进度快慢", Decimal("-88.5"), "个百分点", DAY)
    assert shown(pace) == "慢88.5个百分点"
    binding = Binding(TargetKind.CELL, "表!A1", "K08_pace", options=BindingOptions(as_text=True))
    assert cell_value(Entry(binding, pace, new=False)) == "慢88.5个百分点"
